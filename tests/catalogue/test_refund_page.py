"""«Refusjonen»: what Nav may pay for one month, what decides it, and by when it must be claimed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogue.parsed_page import LANGUAGES, Page, words

ADDRESS = "/regn-ut/refusjon/"
Read = Callable[..., Page]

#: A wage of 30 000 a month from 1 February 2027, as the calculator's form would send it.
POSITION = {
    "kommune": "3101",
    "lonn": "30000",
    "lonntype": "maned",
    "andel": "100",
    "start": "2027-02-01",
    "tiltak": "midlertidig_lonnstilskudd",
    "feriepenger": "12",
    "pensjon": "2",
    "avgift": "1",
}
MONTH = {"maned": "2027-03", "navprosent": "60", "utbetalt": "30000"}


def kroner(text: str) -> int:
    digits = re.sub(r"[^\d−]", "", text).replace("−", "-")
    return int(digits)


def large(page: Page) -> list[int]:
    """The figures people came for: what Nav may pay, and what you pay."""
    return [kroner(words(node)) for node in page.all("dl[@class='figs']//b")]


def rows(page: Page) -> dict[str, int]:
    """Each row that opens with a sum, by its first words."""
    found = {}
    for node in page.all("main//details"):
        amount = node.find("summary/span[@class='amt num']")
        if amount is not None:
            label = words(node.find("summary/span")).removesuffix("Hva bygger dette på?").strip()
            found[label] = kroner(words(amount))
    return found


def main(page: Page) -> str:
    return words(page.one("main"))


def test_without_a_position_the_calculator_asks_for_it(read: Read) -> None:
    page = read(ADDRESS)
    assert words(page.one("h1")) == "Regn ut hva det koster"
    assert "Velg hvilken kommune" in main(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_month_as_agreed_is_filled_in(read: Read, language: str) -> None:
    page = read(LANGUAGES[language] + ADDRESS, kommune="3101", arbeid="kitchen", andel="60")
    assert len(large(page)) == 2 and all(large(page))
    assert page.headings()[0] == 1 and page.headings().count(1) == 1
    chosen = [option.get("value") for option in page.all("select[@id='id_maned']/option[@selected='']")]
    assert chosen == ["2027-02"]


def test_wage_as_agreed(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH)
    assert large(page) == [23_462, 15_642]
    assert rows(page) == {
        "Lønn som teller": 30_000,
        "Feriepenger": 3600,
        "Tjenestepensjon": 672,
        "Arbeidsgiveravgift": 4832,
        "Sum lønnskostnad": 39_104,
        "Beregnet refusjon": 23_463,
        "Godkjent beløp": 23_462,
        "Refusjon": 23_462,
    }


def test_sick_pay_that_is_paid_back_is_taken_off_first(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH, andre="12 000")
    assert rows(page)["Kostnad etter andre refusjoner"] == 27_104
    assert large(page) == [16_263, 10_841]
    # Twelve months instead of two.
    assert "31. mars 2027 + 12 måneder = 31. mars 2028" in main(page)
    late = read(ADDRESS, **POSITION, **MONTH, andre="12 000", godkjent="20.3.2028")
    assert "20. mars 2028 + 2 måneder = 20. mai 2028" in main(late)


def test_holiday_deduction_lowers_the_wage(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH, ferietrekk="7500")
    assert rows(page)["Trekk for ferie"] == -7500
    assert rows(page)["Sum lønnskostnad"] == 29_328
    assert large(page) == [17_597, 11_731]


def test_higher_wage_is_capped_at_what_was_approved(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **{**MONTH, "utbetalt": "40000"})
    assert large(page)[0] == 23_462
    assert "Nav betaler det godkjente beløpet" in main(page)


def test_minus_is_not_paid_but_carried(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH, ferietrekk="40000")
    assert large(page) == [0, 0]
    assert rows(page)["Refusjon"] == -7821
    assert "trekker minuset fra den neste refusjonen" in main(page)
    after = read(ADDRESS, **POSITION, **MONTH, minus="7821")
    assert large(after)[0] == 23_462 - 7821


def test_ceiling_of_the_year_is_asked_about_only_where_there_is_one(read: Read) -> None:
    assert not read(ADDRESS, **POSITION, **MONTH).all("input[@id='id_refundert']")
    permanent = {**POSITION, "tiltak": "varig_lonnstilskudd"}
    page = read(ADDRESS, **permanent, **MONTH, refundert="675 000")
    assert rows(page)["Igjen av taket for året"] == 682_745 - 675_000
    assert large(page)[0] == 7745
    assert "Taket for året er nådd" in main(page)


def test_part_of_a_month_is_approved_by_the_day(read: Read) -> None:
    page = read(ADDRESS, **{**POSITION, "start": "2027-02-15"}, **{**MONTH, "maned": "2027-02"})
    assert rows(page)["Godkjent beløp"] == round(14 * 23_462 / 30.4375)
    assert "14" in main(page) and "to refusjoner for den måneden" in main(page)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 24), "for tidlig"),
        (date(2027, 3, 31), "for tidlig"),
        (date(2027, 4, 1), "kan kreve refusjon nå"),
        (date(2027, 5, 31), "kan kreve refusjon nå"),
        (date(2027, 6, 1), "Fristen er ute"),
    ],
)
def test_when_to_claim(read: Read, settings, today: date, said: str) -> None:  # type: ignore[no-untyped-def]
    settings.TOOLBOX_TODAY = today
    text = main(read(ADDRESS, **POSITION, **MONTH))
    assert said in text
    assert "1. april 2027" in text and "31. mai 2027" in text and "30. juni 2027" in text


def test_late_approval_moves_the_deadline(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH, godkjent="20.4.2027")
    assert "20. april 2027 + 2 måneder = 20. juni 2027" in main(page)


def test_each_example_leads_to_its_whole_calculation(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH, minus="1000")
    table = page.one("main//table")
    shown = [row for row in table.iter("tr") if row.find("td") is not None]
    assert len(shown) == 4
    for row in shown:
        address = row.find(".//a").get("href")
        opened = read(ADDRESS, **dict(parse_qsl(urlsplit(address).query)))
        assert large(opened) == [kroner(words(cell)) for cell in row.findall("td")]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("maned", "2020-01", "Velg en av månedene støtten kan vare."),
        ("maned", "", "Velg en av månedene støtten kan vare."),
        ("navprosent", "0", "Prosenten må være mellom 1 og 100."),
        ("navprosent", "seksti", "Prosenten må være et tall, for eksempel 40."),
        ("utbetalt", "-1", "Lønnen må være mellom 0 og 1 000 000."),
        ("utbetalt", "1e9", "Lønnen må være et tall, for eksempel 19 500."),
        ("utbetalt", "NaN", "Lønnen må være et tall, for eksempel 19 500."),
        ("utbetalt", "9" * 12, "Lønnen må være mellom 0 og 1 000 000."),
        ("andre", "-5", "Andre refusjoner må være mellom 0 og 1 000 000."),
        ("godkjent", "31.2.2027", "Dagen må være en dato, for eksempel 1.2.2027."),
    ],
)
def test_answer_that_cannot_be_used(read: Read, field: str, value: str, message: str) -> None:
    page = read(ADDRESS, **{**POSITION, **MONTH, field: value})
    assert message in main(page).replace("\u00a0", " ")
    assert not large(page)
    assert words(page.one("title")).startswith("Feil:")


def test_endless_job_has_a_list_one_can_choose_from(read: Read) -> None:
    page = read(ADDRESS, **{**POSITION, "tiltak": "varig_lonnstilskudd", "slutt": "9000-12-31"}, **MONTH)
    assert 24 <= len(page.all("select[@id='id_maned']/option")) <= 48


def test_approval_at_the_end_of_the_calendar_is_no_fault_of_ours(read: Read) -> None:
    assert "høyst ett år etter" in main(read(ADDRESS, **POSITION, **MONTH, godkjent="31.12.9999"))


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    wage=st.integers(0, 60_000),
    holiday=st.integers(0, 60_000),
    other=st.integers(0, 60_000),
    percent=st.integers(1, 100),
)
def test_what_you_and_nav_pay_is_what_the_rows_say(
    read: Read, wage: int, holiday: int, other: int, percent: int
) -> None:
    page = read(
        ADDRESS,
        **POSITION,
        maned="2027-03",
        navprosent=percent,
        utbetalt=wage,
        ferietrekk=holiday,
        andre=other,
    )
    shown = rows(page)
    cost = shown.get("Kostnad etter andre refusjoner", shown["Sum lønnskostnad"])
    nav, you = large(page)
    assert (
        nav == max(0, shown["Refusjon"]) == max(0, min(shown["Beregnet refusjon"], shown["Godkjent beløp"]))
    )
    assert you == max(0, cost - nav)


def test_every_page_of_the_same_answers_is_the_same(read: Read) -> None:
    assert read(ADDRESS, **POSITION, **MONTH).text == read(ADDRESS, **POSITION, **MONTH).text


def test_reached_from_the_estimate_and_from_the_toolbox(read: Read) -> None:
    estimate = read("/regn-ut/overslag/", **POSITION)
    assert any(address.startswith(f"{ADDRESS}?kommune=3101") for address in estimate.links())
    assert ADDRESS in read("/verktoykassen/").links()


def test_links_onward_carry_the_position_and_nothing_of_the_month(read: Read) -> None:
    page = read(ADDRESS, **POSITION, **MONTH)
    (back,) = [address for address in page.links() if address.startswith("/regn-ut/?")]
    assert dict(parse_qsl(urlsplit(back).query)) == POSITION
