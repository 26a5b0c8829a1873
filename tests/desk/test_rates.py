"""S10, T10 and T11 at the desk: what an editor sees, what is refused, and what nobody can do alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date

import html5lib
import pytest

from tests.api.conftest import POSITION
from tests.journeys import pdf
from tests.publishing.conftest import CONTRIBUTION
from tests.visitor import plain
from toolbox.access.models import Account
from toolbox.guide import saved
from toolbox.publishing.models import RateChange
from toolbox.publishing.rate_changes import approve, undo
from toolbox.ui.clock import today
from toolbox.ui.rate_book import current_book

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RATE = f"/redaksjon/satser/{CONTRIBUTION}/"
FORM = {
    "nokkel": "n" * 24,
    "verdi": "15,1",
    "fra": "1.1.2027",
    "til": "31.12.2027",
    "slag": "ny",
    "lov": "Stortingets vedtak for 2027",
    "kilde": "Skatteetaten",
    "adresse": "https://www.skatteetaten.no/satser/",
    "kontrollert": "24.11.2026",
    "grunn": "",
}


def said(answer) -> str:
    return plain(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def error_of(answer, field: str) -> str:
    found = re.search(rf'id="id_{field}-feil"[^>]*>([^<]+)<', answer.content.decode())
    return found[1] if found else ""


def page_of(change: RateChange, act: str = "") -> str:
    return f"/redaksjon/satsendring/{change.pk}/{act}"


def test_S10_a_value_is_proposed_looked_at_and_approved_by_another(kari, ola, at_desk):
    answer = at_desk(kari).post(RATE, FORM)
    change = RateChange.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(change))
    assert (change.value, change.valid_from, change.known_to) == (
        "15.1",
        date(2027, 1, 1),
        date(2027, 12, 31),
    )

    preview = said(at_desk(ola).get(page_of(change)))
    assert "Uten støtte: 25 418 kr i måneden" in preview and "Uten støtte: 25 641 kr i måneden" in preview
    assert "Kafeen i Halden, start 1. januar 2027" in preview
    # A job that begins a month earlier has the new rate from its second month.
    assert "start 1. desember 2026" in preview
    assert "Fra 1. januar 2027, hvis Nav gir 40 prosent: dere betaler 15 385 kr" in preview

    assert at_desk(ola).post(page_of(change, "godkjenn/")).status_code == 302
    assert current_book().value(CONTRIBUTION, date(2027, 1, 1)).normalize().as_tuple().digits == (1, 5, 1)
    log = said(at_desk(kari).get(page_of(change)))
    assert re.search(r"Foreslått · [\d.]+ [\d.]+ · kari@redaksjonen.no", log)
    assert re.search(
        r"Godkjent · [\d.]+ [\d.]+ · ola@redaksjonen.no · fra 14,1 prosent til 15,1 prosent", log
    )


def test_S10_the_calculator_follows_from_the_date(kari, ola, at_desk, client, propose):
    approve(propose(kari).pk, ola)
    address = "/regn-ut/overslag/?kommune=3101&arbeid=kitchen&andel=60&start="
    assert "25 418 kr" in said(client.get(f"{address}1.12.2026"))
    after = said(client.get(f"{address}1.2.2027"))
    assert "25 641 kr" in after and "25 418 kr" not in after
    assert "15,1 prosent" in after and "Stortingets vedtak for 2027" in after


SPANNING = "kommune=3101&arbeid=kitchen&andel=60&start=1.12.2026"


def test_S10_an_agreement_that_spans_a_new_contribution_shows_two_periods(kari, ola, client, propose):
    address = f"/regn-ut/overslag/?{SPANNING}"
    assert "Vi bruker satsen for 2026, fordi ny sats ikke er fastsatt." in said(client.get(address))
    approve(propose(kari).pk, ola)
    shown = said(client.get(address))
    for label, days, support, pays in (
        ("Uten støtte", "1. desember – 31. desember 2026", "0 kr", "25 418 kr"),
        ("Uten støtte", "Fra 1. januar 2027", "0 kr", "25 641 kr"),
        ("Hvis Nav gir 40 prosent", "1. desember – 31. desember 2026", "10 167 kr", "15 251 kr"),
        ("Hvis Nav gir 40 prosent", "1. januar – 31. mai 2027", "10 256 kr", "15 385 kr"),
        ("Hvis Nav gir 60 prosent", "1. januar – 30. november 2027", "15 385 kr", "10 256 kr"),
    ):
        row = rf"{label} {days}[^–]*? Støtte fra Nav {support} Du betaler {pays}"
        assert re.search(row, shown), (row, shown)
    # Each opens with its own rate: value, law and days.
    opened = shown[shown.index("Sum lønnskostnad fra 1. januar 2027") :]
    assert "× 15,1 prosent" in opened and "Lov Stortingets vedtak for 2027" in opened
    assert "25 641 kr × 40 prosent" in opened
    assert "Arbeidsgiveravgiften er 15,1 prosent fra 1. januar 2027." in shown
    assert "Satsen endres" not in shown


def test_S10_sheet_papers_and_interface_show_the_same_two_periods(kari, ola, client, propose):
    approve(propose(kari).pk, ola)
    sheet = said(client.get(f"/regn-ut/kostnad-og-risiko/?{SPANNING}"))
    assert re.search(r"1. desember – 31. desember 2026 \(1 måned\)\. Lønnskostnad 25 418 kr", sheet)
    assert re.search(r"1. januar – 31. mai 2027 \(5 måneder\)\. Lønnskostnad 128 205 kr", sheet)
    assert "5 måneder × 25 641 kr = 128 205 kr" in sheet and "5 måneder × 10 256 kr = 51 280 kr" in sheet

    on_paper = pdf.read(client.get(f"/regn-ut/kostnad-og-risiko.pdf?{SPANNING}").content)
    assert "128 205 kr" in on_paper.text and "fra 1. januar 2027: 25 641 kr" in on_paper.text
    page = pdf.read(client.get(f"/start-her/oversikt.pdf?{SPANNING}").content)
    assert page.pages == 1
    assert (
        "Fra 1. januar 2027 er arbeidsgiveravgiften 15,1 prosent. Da betaler dere 25 641 kr uten støtte, "
        "15 385 kr hvis Nav gir 40 prosent"
    ) in page.text

    asked = POSITION | {"start": "2026-12-01"}
    told = client.post("/api/v1/costs", json.dumps(asked), content_type="application/json").json()
    (later,) = told["later_without_support"]
    assert (later["start"], later["total_nok"]) == ("2027-01-01", 25_641)
    assert later["rows"][3]["law"] == "Stortingets vedtak for 2027"
    assert told["without_support"]["total_nok"] == 25_418
    way = told["alternatives"][0]
    assert [(p["start"], p["you_pay_per_month_nok"]) for p in way["periods"]][:2] == [
        ("2026-12-01", 15_251),
        ("2027-01-01", 15_385),
    ]
    assert [month["cost_nok"] for month in way["months"]][:2] == [25_418, 25_641]


def test_S10_a_refund_is_reckoned_with_the_contribution_of_its_month(kari, ola, client, propose):
    approve(propose(kari).pk, ola)
    month = f"/regn-ut/refusjon/?{SPANNING}&navprosent=40&utbetalt=19500&maned="
    december, january = (said(client.get(f"{month}{each}")) for each in ("2026-12", "2027-01"))
    assert "25 418 kr × 40 prosent" in december and "Stortingets vedtak for 2027" not in december
    assert "25 641 kr × 40 prosent" in january and "Stortingets vedtak for 2027" in january


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_S10_the_longest_words_fit_their_papers_with_a_change_in_them(kari, ola, client, propose, language):
    approve(propose(kari).pk, ola)
    longest = "kommune=4219&arbeid=workshop&andel=37,5&lonn=1234,56&avgift=1&start=1.12.2026"
    for measure in ("varig_lonnstilskudd", "firearig_lonnstilskudd_unge"):
        answer = client.get(f"{language}/start-her/oversikt.pdf?{longest}&tiltak={measure}")
        assert pdf.read(answer.content).pages == 1, measure
    with_mentor = f"{SPANNING}&mentortimer=10&mentorlonn=250,50"
    answer = client.get(f"{language}/regn-ut/kostnad-og-risiko.pdf?{with_mentor}")
    assert pdf.read(answer.content).pages <= 2
    page = client.get(f"{language}/regn-ut/kostnad-og-risiko/?{with_mentor}")
    assert len(page.content) <= 60_000


def test_S10_an_agreement_that_spans_a_new_percentage_shows_two_periods(kari, ola, client, propose):
    key = "midlertidig_lonnstilskudd.percent_guidance_start"
    approve(propose(kari, key=key, value="45", known_to=None).pk, ola)
    shown = said(client.get("/regn-ut/overslag/?kommune=3101&arbeid=kitchen&andel=60&start=1.12.2026"))
    assert "1. desember – 31. desember 2026" in shown
    assert "1. januar – 31. mai 2027" in shown


@pytest.mark.parametrize("paper", ["/start-her/oversikt.pdf", "/regn-ut/kostnad-og-risiko.pdf"])
def test_S10_a_pdf_made_before_keeps_its_figures_and_names_the_rates_it_rests_on(
    kari, ola, client, propose, paper
):
    address = f"{paper}?kommune=3101&arbeid=kitchen&andel=60"
    before, change = current_book().revision, propose(kari)
    made_before = client.get(address).content
    approve(change.pk, ola)
    after = current_book().revision
    made_after = client.get(address).content
    old, new = pdf.read(made_before).text, pdf.read(made_after).text
    assert before != after
    assert "25 418 kr" in old and f"utgave {before}." in old and after not in old
    assert "25 641 kr" in new and f"utgave {after}." in new and before not in new
    # Under the rates it names, the same question is answered by the same bytes.
    undo(change.pk, kari, "Vedtaket er utsatt")
    assert client.get(address).content == made_before


def test_S10_a_result_saved_before_says_which_rates_it_was_saved_with(kari, ola, client, propose):
    query, before = "kommune=3101&arbeid=kitchen&andel=60", current_book().revision
    kept = saved.keep(query, key="k" * 24, secret="s", on=today(), rate_revision=before)
    assert kept is not None
    assert "Satsene er endret" not in said(client.get(f"/lagret/{kept.read}/"))
    approve(propose(kari).pk, ola)
    shown = said(client.get(f"/lagret/{kept.read}/"))
    after = current_book().revision
    assert f"Da gjaldt utgave {before} av satsene. Nå gjelder utgave {after}." in shown


def test_T10_an_own_change_is_not_approved_by_its_own_editor(kari, at_desk, propose):
    change = propose(kari)
    browser = at_desk(kari)
    assert "godkjenn/" not in browser.get(page_of(change)).content.decode()
    answer = browser.post(page_of(change, "godkjenn/"))
    assert answer.status_code == 403 and "Du kan ikke godkjenne din egen endring." in said(answer)
    assert "Forsøk på å godkjenne egen endring" in said(answer)
    assert current_book().value(CONTRIBUTION, date(2027, 1, 1)) < 15


@pytest.mark.parametrize("act", ["godkjenn/", "avvis/", "angre/", ""])
def test_T10_only_editors_come_to_a_change(kari, at_desk, client, propose, act):
    change = propose(kari)
    stranger = at_desk(Account.objects.create(email="mette@firma.no"))
    ask = (lambda browser: browser.post(page_of(change, act))) if act else (lambda b: b.get(page_of(change)))
    assert ask(client).status_code == 302 and "/logg-inn/" in ask(client).headers["Location"]
    assert ask(stranger).status_code == 404
    assert stranger.get(RATE).status_code == 404 and stranger.get("/redaksjon/satser/").status_code == 404
    change.refresh_from_db()
    assert change.state == "proposed"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"verdi": "-1"}, "verdi", "mellom 0 og 100"),
        ({"verdi": "1000"}, "verdi", "mellom 0 og 100"),
        ({"verdi": "1e3"}, "verdi", "Skriv et tall"),
        ({"verdi": "NaN"}, "verdi", "Skriv et tall"),
        ({"verdi": "1,500"}, "verdi", "tusener"),
        ({"verdi": "1.500"}, "verdi", "tusener"),
        ({"verdi": "14,1,2"}, "verdi", "Skriv et tall"),
        ({"verdi": "14,1234"}, "verdi", "høyst 2 desimaler"),
        ({"verdi": ""}, "verdi", "Skriv verdien"),
        ({"fra": "1.1.2026", "grunn": "Feil"}, "fra", "Det står alt en verdi"),
        ({"fra": "2.1.2027"}, "fra", "senest fra 1. januar 2027"),
        ({"fra": "31.2.2027"}, "fra", "må være en dato"),
        ({"fra": "1.10.2026"}, "grunn", "Første dag er passert"),
        ({"slag": "retter"}, "fra", "ingen verdi fra akkurat denne dagen"),
        ({"til": ""}, "til", "fastsatt til og med"),
        ({"til": "31.12.2026"}, "til", "etter første dag"),
        ({"til": "31.12.2029"}, "til", "to år"),
        ({"kontrollert": "25.11.2026"}, "kontrollert", "kan ikke være etter i dag"),
        ({"adresse": "http://skatteetaten.no/"}, "adresse", "https://"),
        ({"adresse": "javascript:alert(1)"}, "adresse", "https://"),
        ({"adresse": "https://skatteetaten.no/ feil"}, "adresse", "https://"),
        ({"lov": ""}, "lov", "hvilken lov"),
        ({"lov": "x" * 201}, "lov", "Skriv kortere"),
    ],
)
def test_T11_what_cannot_be_a_rate_is_refused_beside_its_field(kari, at_desk, changes, field, message):
    answer = at_desk(kari).post(RATE, {**FORM, **changes})
    assert message in plain(error_of(answer, field)), said(answer)
    assert f'aria-describedby="id_{field}' in answer.content.decode()
    assert not RateChange.objects.exists()


def test_T11_a_value_back_in_time_needs_a_reason_and_shows_the_saved_results_it_alters(kari, ola, at_desk):
    for query in ("kommune=3101&arbeid=kitchen&andel=60", "kommune=0301&arbeid=kitchen&andel=60"):
        saved.keep(query, key=query, secret="s", on=today(), rate_revision="r")
    wrong = {**FORM, "verdi": "13,9", "fra": "1.1.2026", "til": "31.12.2026", "slag": "retter"}
    assert "Første dag er passert" in error_of(at_desk(kari).post(RATE, wrong), "grunn")
    answer = at_desk(kari).post(RATE, {**wrong, "grunn": "Vi leste feil rad"}, follow=True)
    shown = said(answer)
    assert "Vi leste feil rad" in shown
    assert "2 lagrede resultater viser andre tall" in shown or "1 lagret resultat viser andre tall" in shown
    assert "Lagret 24. november 2026" in shown


def test_a_proposal_is_declined_with_a_reason_and_changes_nothing(kari, ola, at_desk, propose):
    change = propose(kari)
    browser = at_desk(ola)
    assert "Skriv hvorfor" in said(browser.post(page_of(change, "avvis/"), {"hvorfor": "  "}))
    assert browser.post(page_of(change, "avvis/"), {"hvorfor": "Vedtaket er utsatt"}).status_code == 302
    assert "Vedtaket er utsatt" in said(browser.get(page_of(change)))
    late = browser.post(page_of(change, "godkjenn/"))
    assert late.status_code == 409 and "Noen andre har alt behandlet endringen." in said(late)


def test_an_approved_change_is_undone_with_a_reason(kari, ola, at_desk, propose):
    change = propose(kari)
    approve(change.pk, ola)
    browser = at_desk(kari)
    assert "Skriv hvorfor" in said(browser.post(page_of(change, "angre/")))
    assert browser.post(page_of(change, "angre/"), {"hvorfor": "Feil tall"}).status_code == 302
    assert "Angret" in said(browser.get(page_of(change)))
    assert current_book().rate(CONTRIBUTION, date(2027, 1, 1)).assumed


def test_the_list_tells_what_waits_and_what_ends_first(kari, at_desk, propose):
    propose(kari)
    shown = said(at_desk(kari).get("/redaksjon/satser/"))
    assert "Arbeidsgiveravgift i sone 1: 15,1 prosent" in shown and "Utløpt" in shown


def test_T15_what_an_editor_writes_is_shown_as_text(kari, at_desk):
    evil = "<script>alert(1)</script>{{7*7}}"
    answer = at_desk(kari).post(RATE, {**FORM, "lov": evil, "kilde": evil}, follow=True)
    page = answer.content.decode()
    assert "<script>alert" not in page and "49" not in said(answer).split("Lov eller vedtak")[1][:200]
    assert "&lt;script&gt;" in page and "{{7*7}}" in page


@pytest.mark.parametrize(
    ("key", "form", "value"),
    [
        ("midlertidig_lonnstilskudd.months_to_reduction_guidance", {"verdi": "7", "til": ""}, "7"),
        ("shared.base_amount", {"verdi": "142 000", "fra": "1.5.2027", "til": "30.4.2028"}, "142000"),
    ],
)
def test_each_kind_of_rate_has_its_form(kari, at_desk, key, form, value):
    answer = at_desk(kari).post(f"/redaksjon/satser/{key}/", {**FORM, **form})
    assert answer.status_code == 302, said(answer)
    assert RateChange.objects.get().value == value


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_each_page_has_valid_markup_in_each_language(kari, ola, at_desk, propose, language):
    change = propose(kari)
    browser = at_desk(ola)
    broken = browser.post(f"{language}{RATE}", {**FORM, "verdi": "x", "slag": ""})
    pages = [browser.get(f"{language}{where}") for where in ("/redaksjon/satser/", RATE, page_of(change))]
    for answer in (broken, *pages):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(answer.content.decode())
        ids = Counter(node.get("id") for node in root.iter() if node.get("id"))
        assert not parser.errors and max(ids.values()) == 1 and len(root.findall(".//h1")) == 1
        assert len(answer.content) < 60_000
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_key_that_is_none_is_not_found(kari, at_desk):
    assert at_desk(kari).get("/redaksjon/satser/shared.finnes_ikke/").status_code == 404
