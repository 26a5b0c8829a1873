"""S01 The café in Halden: five minutes on a phone, from the front page to one page for a partner.

Mette runs a café with six staff. She needs a kitchen hand at 60 %, has no account, and knows no candidate.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import pdf
from tests.visitor import Taps, main_text, plain

MOST_TAPS = 12
RESULT = "/start-her/resultat/?kommune=3101&arbeid=kitchen&andel=60"
ROWS = {
    "Lønn": ("19 500 kr", "200,00 kr × 162,5 timer × 60 prosent = 19 500,00"),
    "Feriepenger": ("2 340 kr", "19 500,00 × 12 prosent = 2 340,00"),
    "Tjenestepensjon": ("437 kr", "(19 500,00 + 2 340,00) × 2 prosent = 436,80"),
    "Arbeidsgiveravgift": ("3 141 kr", "(19 500,00 + 2 340,00 + 436,80) × 14,1 prosent = 3 141,03"),
    "Sum lønnskostnad": ("25 418 kr", "19 500,00 + 2 340,00 + 436,80 + 3 141,03 = 25 417,83, avrundet"),
    "Støtte hvis Nav gir 40 prosent": ("10 167 kr", "25 418 kr × 40 prosent = 10 167,20, avrundet"),
    "Støtte hvis Nav gir 30 prosent": ("7 625 kr", "25 418 kr × 30 prosent = 7 625,40, avrundet"),
    "Støtte hvis Nav gir 60 prosent": ("15 251 kr", "25 418 kr × 60 prosent = 15 250,80, avrundet"),
    "Støtte hvis Nav gir 50 prosent": ("12 709 kr", "25 418 kr × 50 prosent = 12 709,00, avrundet"),
}
SAY = "Si at du har en stilling på 60 prosent på kjøkken, og at du vurderer å ta inn noen gjennom Nav."


def to_the_result(taps: Taps) -> None:
    taps.link("Jeg trenger folk")
    taps.choose("Hvilken kommune ligger arbeidsplassen i?", "Halden")
    taps.radio("Kjøkken og servering")
    taps.write("Hvor stor stilling trenger dere?", "60")
    taps.button("Neste")
    expect(taps.page.get_by_role("heading", level=1)).to_have_text("Sjekk svarene")
    taps.next_step("Vis resultatet")


def download(page: Page, name: str) -> pdf.Sheet:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    return pdf.read(waiting.value.path().read_bytes())


def test_from_front_page_to_pdf_in_at_most_twelve_taps(page, site):
    before = site.kept_by_a_visit()
    taps = Taps(page)
    to_the_result(taps)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dette kan dere gjøre nå")
    taps.link("Se hva tallene bygger på")
    sheet = download(page, "Last ned én side som PDF")
    taps.count += 1

    assert taps.count <= MOST_TAPS
    assert sheet.pages == 1
    assert page.context.cookies() == []
    assert site.kept_by_a_visit() == before


def test_the_answers_are_read_back_before_the_result(page):
    taps = Taps(page)
    taps.link("Jeg trenger folk")
    taps.choose("Hvilken kommune ligger arbeidsplassen i?", "Halden")
    taps.radio("Kjøkken og servering")
    taps.write("Hvor stor stilling trenger dere?", "60")
    taps.button("Neste")
    expect(page.get_by_role("link", name="Endre stillingsprosent")).to_be_visible()
    said = main_text(page)
    assert "Halden" in said and "Kjøkken og servering" in said and "60 prosent" in said

    page.go_back()
    assert page.get_by_label("Hvilken kommune ligger arbeidsplassen i?").input_value() == "3101"
    expect(page.get_by_role("radio", name="Kjøkken og servering")).to_be_checked()
    assert page.get_by_label("Hvor stor stilling trenger dere?").input_value() == "60"

    page.go_forward()
    page.get_by_role("link", name="Endre stillingsprosent").click()
    page.get_by_label("Hvor stor stilling trenger dere?").fill("80")
    page.get_by_role("button", name="Neste").click()
    assert "80 prosent" in main_text(page) and "Halden" in main_text(page)


def test_the_result_says_what_may_fit_and_never_what_you_are_entitled_to(visit):
    page = visit(RESULT)
    said = main_text(page)
    for verdict in ("Kan passe", "Passer bare hvis …", "Passer ikke nå fordi …"):
        assert verdict in said
    assert "krav på" not in said
    assert "Nav avgjør om dere får støtte, og hvor mye." in said
    assert "Ikke start før Nav har godkjent avtalen." in said

    steps = page.get_by_role("region", name="De neste to stegene").get_by_role("listitem")
    expect(steps).to_have_count(2)


def test_with_and_without_support_stand_side_by_side_and_so_does_every_later_period(visit):
    page = visit(RESULT)
    figures = [plain(text) for text in page.locator("dl.figs > div").all_inner_texts()]
    assert figures == [
        "Uten støtte 25 418 kr i måneden",
        "Hvis Nav gir 40 prosent 15 251 kr i måneden",
        "Hvis Nav gir 60 prosent 10 167 kr i måneden",
    ]
    said = plain(page.get_by_role("table", name="Måned for måned").inner_text())
    for period, support, you_pay in [
        ("1. februar – 31. juli 2027", "10 167 kr", "15 251 kr"),
        ("1. august 2027 – 31. januar 2028", "7 625 kr", "17 793 kr"),
        ("1. februar 2027 – 31. januar 2028", "15 251 kr", "10 167 kr"),
        ("1. februar 2028 – 31. januar 2029", "12 709 kr", "12 709 kr"),
        ("Fra 1. februar 2028", "0 kr", "25 418 kr"),
    ]:
        assert re.search(
            rf"{re.escape(period)}(?: (?:Vi bruker|Vi har ikke)[^.]*\.(?: Beløpet[^.]*\.)?)?"
            rf" Støtte fra Nav {support} Du betaler {you_pay}",
            said,
        ), (period, said)


def test_each_row_that_reaches_into_a_year_without_rates_says_so(visit):
    page = visit(RESULT)
    table = page.get_by_role("table", name="Måned for måned")
    for row in table.get_by_role("row").filter(has_text=re.compile("202[789]")).all():
        said = plain(row.inner_text())
        assert "Vi bruker satsen for 2026" in said or "Vi har ikke satser for" in said, said


def test_every_figure_opens_to_its_formula_source_law_and_date(visit):
    page = visit(RESULT)
    page.get_by_role("link", name="Se hva tallene bygger på").click()
    seen = {}
    for opening in page.locator("details").filter(has_text="Hva bygger dette på?").all():
        label, amount = (plain(text) for text in opening.locator("summary > span").all_text_contents())
        opening.locator("summary").click()
        expect(opening.get_by_text("Formel", exact=True)).to_be_visible()
        terms = [plain(text) for text in opening.locator("dt").all_text_contents()]
        meanings = [plain(text) for text in opening.locator("dd").all_text_contents()]
        behind = dict(zip(terms, meanings, strict=True))
        label = label.removesuffix("Hva bygger dette på?").strip()
        seen[label] = (amount, behind["Formel"])
        assert behind["Lov"] and behind["Bygger på"] and behind["Gyldig"] and behind["Ikke med"]
        assert behind["Sist kontrollert"] == "23. november 2026"
        assert behind.get("Kilde") or label in ("Lønn", "Sum lønnskostnad"), (
            "only what is agreed or added has none"
        )
    assert seen == ROWS
    assert "Vi bruker satsen for 2026, fordi ny sats ikke er fastsatt." in main_text(page)


def test_there_is_exactly_one_to_call_with_number_age_and_words(visit):
    page = visit(RESULT)
    cards = page.get_by_role("region", name="Hvem kan du ringe?")
    expect(cards).to_have_count(1)
    said = plain(cards.inner_text())
    assert "Nav Halden-Aremark" in said and "gjennom Navs arbeidsgivertelefon" in said
    assert "Nummeret er sist bekreftet 24. juni 2026." in said
    assert "Hverdager kl. 9–15" in said or "Åpningstid: se Navs side" in said
    assert SAY in said
    numbers = cards.locator("a[href^='tel:']")
    expect(numbers).to_have_count(1)
    expect(numbers).to_have_attribute("href", "tel:+4755553336")
    assert "55 55 33 36" in plain(numbers.inner_text())


def test_the_page_for_a_partner_is_one_tagged_sheet_that_stands_alone(visit):
    page = visit(RESULT)
    sheet = download(page, "Last ned én side som PDF")
    assert sheet.pages == 1
    assert sheet.size <= 60_000
    assert sheet.marked
    assert sheet.language.startswith("nb")
    assert sheet.title == "Kjøkken og servering, 60 prosent, Halden".replace("60 ", "60\u00a0")
    assert sheet.tags.count("H1") == 1 and sheet.tags.count("H2") >= 5
    assert "Figure" in sheet.tags and "Link" in sheet.tags
    assert sheet.fonts and all("Inter" in font for font in sheet.fonts), sheet.fonts
    for words in [
        "Dette er et overslag. Nav avgjør.",
        "24. november 2026",
        "Ikke start før Nav har godkjent avtalen.",
        "Uten støtte",
        "25 418",
        "15 251",
        "10 167",
        "Nav Halden-Aremark",
        "55 55 33 36",
        SAY,
        "Vi bruker satsen for 2026",
        "Side 1 av 1",
    ]:
        assert words in sheet.text, words


def test_the_wage_can_be_changed_and_the_rest_is_kept(visit):
    page = visit(RESULT)
    page.get_by_role("link", name="Endre tallene").first.click()
    wage = page.get_by_label("Hva er lønnen?")
    assert wage.input_value() == "200"
    wage.fill("250")
    page.get_by_role("button", name="Vis overslaget").click()
    assert "31 772" in main_text(page)  # 250 × 162,5 × 60 % · 1,12 · 1,02 · 1,141
    page.get_by_role("link", name="Se støtte som kan passe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dette kan dere gjøre nå")
    assert "31 772" in main_text(page) and "Halden" in main_text(page)


def test_the_whole_way_fits_a_phone_without_sideways_scroll(visit):
    page = visit("/", width=320)
    taps = Taps(page)
    to_the_result(taps)
    taps.link("Se hva tallene bygger på")
    for _ in range(4):
        page.wait_for_load_state()
        wide, seen = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= seen, page.url
        page.go_back()


@pytest.mark.parametrize(
    ("options", "start", "number", "without"),
    [
        ({"width": 1280}, "Jeg trenger folk", "25 418", "Uten støtte"),
        ({"language": "nn"}, "Eg treng folk", "25 418", "Utan støtte"),
        ({"language": "en"}, "We need people", "25,418", "Without support"),
        ({"javascript": False}, "Jeg trenger folk", "25 418", "Uten støtte"),
    ],
    ids=["1280", "nn", "en", "without-javascript"],
)
def test_smoke(visit, options, start, number, without):
    page = visit("/", **options)
    page.locator("a[href$='/start-her/jeg-trenger-folk/']").first.click()
    page.locator("[name=kommune]").select_option("3101")
    page.locator("[name=arbeid][value=kitchen]").check()
    page.locator("[name=andel]").fill("60")
    page.locator("main button[type=submit]").click()
    page.locator("main a[href*='/start-her/resultat/']").last.click()
    page.wait_for_url("**/start-her/resultat/**")
    said = plain(page.locator("main").inner_text())
    assert number in said and without in said and "55 55 33 36" in said
    page.locator("a[href*='/regn-ut/overslag/']").first.click()
    page.wait_for_url("**/regn-ut/overslag/**")
    assert number in plain(page.locator("main").inner_text())
    with page.expect_download() as waiting:
        page.locator("a[href*='oversikt.pdf']").first.click()
    sheet = pdf.read(waiting.value.path().read_bytes())
    assert sheet.pages == 1 and number in sheet.text
    assert sheet.language[:2] == options.get("language", "nb")
