"""P08–P10: national identity numbers in every disguise, and the numbers that are none. All are synthetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolbox.safetext.check import Outcome, check
from toolbox.safetext.national_id import looks_like_national_id, national_ids

SYNTHETIC = "15839010009"
ALL = [SYNTHETIC, "55839010779", "15839010017", "15839010025", "15839010033"]


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in national_ids(text)]


@pytest.mark.parametrize("number", ALL)
def test_P08_d_numbers_synthetic_ones_and_those_from_2032_are_found(number):
    assert found(f"Ring Kari, {number}, om vakta.") == [number]


@pytest.mark.parametrize(
    "written",
    [
        "158390 10009",
        "158390.10009",
        "158390-10009",
        "158390 - 10009",
        "158390/10009",
        "158390\u00a010009",
        "158390\u202f10009",
        "158390\u201310009",
        "158390\r\n10009",
        "158390-\r\n  10009",
        "15 83 90 100 09",
        "15.83.90 10009",
        "1 5 8 3 9 0 1 0 0 0 9",
        "158390\u200b10009",
        "158390\u00ad10009",
        "158390_10009",
        "１５８３９０１０００９",
        "١٥٨٣٩٠١٠٠٠٩",
    ],
)
def test_P08_separators_line_breaks_and_other_digits_hide_nothing(written):
    assert found(f"Se {written}, takk") == [written]


@pytest.mark.parametrize(
    "text",
    [
        "fnr15839010009.",
        "Fødselsnummer:15839010009",
        "p15839010009x",
        "15839010009_cv.pdf",
        "Kari Nordmann 15839010009.docx",
        "(15839010009)",
        "Kari15839010009",
    ],
)
def test_P08_prefixes_names_and_names_of_files_hide_nothing(text):
    assert found(text) == [SYNTHETIC]


def test_every_number_is_found_with_its_place():
    text = "15839010009, 974 760 673 og 558390 10779"
    assert [(text[a:b], a) for a, b in national_ids(text)] == [("15839010009", 0), ("558390 10779", 28)]


@pytest.mark.parametrize(
    "text",
    [
        "Organisasjonsnummer 974760673",
        "974 760 673",
        "NO 974 760 673 MVA",
        "Ring 69 12 34 56 eller 912 34 567",
        "+47 912 34 567",
        "15.03.1990",
        "15.03.1990–31.12.2026",
        "KID 123456789012",
        "KID 15839010009123",
        "Konto 69703097014",
        "6970.30.97014",
        "1 500 000 kr",
        "",
    ],
)
def test_P09_other_numbers_pass(text):
    assert found(text) == []


@pytest.mark.parametrize("number", ["15897984021", "03899416863"])
def test_P10_what_may_be_an_account_is_refused_without_blame(number):
    verdict = check(f"Konto {number}")
    assert verdict.outcome is Outcome.STOP
    assert "ser ut som" in verdict.messages("nb")[0]
    assert "ser ut som" in verdict.messages("nn")[0]
    assert "looks like" in verdict.messages("en")[0]


@pytest.mark.parametrize("day", ["00", "32", "40", "72", "99"])
def test_a_day_that_does_not_exist_is_no_number(day):
    assert not any(looks_like_national_id(f"{day}8390{tail:05d}") for tail in range(20_000))


def test_30_february_is_no_number_and_29_february_is():
    def any_of(day_and_month):
        return any(looks_like_national_id(f"{day_and_month}88{tail:05d}") for tail in range(20_000))

    assert any_of("2902") and not any_of("3002") and not any_of("3104")


@given(st.sampled_from(ALL), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_no_number(number, place, added):
    """The second check digit catches every single error."""
    wrong = number[:place] + str((int(number[place]) + added) % 10) + number[place + 1 :]
    assert not looks_like_national_id(wrong)


@given(st.text(alphabet="0123456789 .-\n/a", max_size=80))
def test_places_lie_in_the_text_and_hold_eleven_digits(text):
    for start, end in national_ids(text):
        assert sum(sign.isdigit() for sign in text[start:end]) == 11
