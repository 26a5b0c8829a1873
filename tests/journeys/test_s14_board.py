"""S14 The board and the union representative ask what the risk is, and then prepare the agreement."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.visitor import Taps, main_text, plain

RISKS = ["Det blir ikke riktig", "Fravær", "Det tar tid fra andre", "Skade og forsikring", "Omdømme"]
RISKS += ["Støtten går ned og slutter", "Det personlige kommer ut"]
ASKED = "?kommune=3101&arbeid=kitchen&andel=60&start=1.2.2027"


def test_one_tap_from_the_toolbox_to_every_risk(visit):
    page = visit("/verktoykassen/", javascript=False)
    Taps(page).link("Hva er risikoen?")
    for name in RISKS:
        section = page.get_by_role("region", name=name, exact=True)
        expect(section).to_have_count(1)
        said = plain(section.inner_text())
        for term in ("Hvor sannsynlig?", "Det vet vi ikke", "Hva gjør den mindre?", "Hvem bærer kostnaden?"):
            assert term in said, (name, term)
        assert "Sist kontrollert" in said
    expect(page.get_by_role("link", name="Ring 55 55 33 36")).to_have_count(1)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_can_be_read_on_a_phone_and_handed_out_on_paper(visit, language):
    page = visit("/hva-er-risikoen/", width=320, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    assert len(paper.pages) <= 8
    last = plain(page.get_by_role("heading", level=2).last.inner_text())
    assert last in plain(" ".join(sheet.extract_text() for sheet in paper.pages))


def test_the_text_for_nav_is_selected_and_copied_without_javascript(visit):
    page = visit(f"/regn-ut/overslag/{ASKED}", javascript=False)
    Taps(page).link("Gjør klar det avtalen med Nav spør om, og frister til kalenderen")
    assert "Vi er ikke Nav." in main_text(page)
    area = page.get_by_label("Alle feltene som tekst")
    area.click()
    area.press("Control+A")
    area.press("Delete")
    assert "Startdato: 1. februar 2027" in plain(area.input_value()), "it can be read and not changed"


def test_the_dates_go_into_a_calendar(visit):
    page = visit(f"/regn-ut/til-avtalen/{ASKED}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned datoene til kalenderen (ics)").click()
    assert download.value.suggested_filename == "inkludering-frister-2026-11-24.ics"
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned som PDF").click()
    assert download.value.suggested_filename == "inkludering-til-avtalen-2026-11-24.pdf"
