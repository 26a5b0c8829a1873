"""S02 The workshop that was asked: what does it say yes to, and what may it ask about?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.visitor import Taps, main_text, plain

FORMS = [
    "Prøve først (arbeidstrening)",
    "Ansette med midlertidig lønnstilskudd",
    "Vanlig ansettelse med mentor",
]
ROWS = ["Hvem betaler lønn", "Hvor lenge det varer", "Dette må dere gjøre", "Slik kan det avsluttes"]
ROWS += ["Hva som skjer etterpå", "Reglene"]


def test_one_tap_from_the_front_page_to_the_table(page):
    taps = Taps(page)
    taps.link("Jeg har fått spørsmål om å ta imot noen")
    assert taps.count == 1
    table = page.get_by_role("table", name="Rad for rad")
    expect(table).to_be_visible()

    # The same rows for each way, and each cell with its law.
    headings = [plain(text) for text in table.locator("tbody th[scope=row]").all_text_contents()]
    assert set(ROWS) <= set(headings)
    for row in table.locator("tbody tr").all():
        cells = [plain(text) for text in row.locator("td").all_text_contents()]
        assert len(cells) == len(FORMS)
        assert all(name in cell for name, cell in zip(FORMS, cells, strict=True)), (
            "stacked, a cell names its way"
        )
        assert all("§" in cell or "kapittel" in cell for cell in cells), cells

    questions = page.get_by_role("region", name="Fem spørsmål").get_by_role("listitem")
    expect(questions).to_have_count(5)
    for heading in ("Dette kan du spørre om", "Dette kan du ikke spørre om"):
        section = page.get_by_role("region", name=heading, exact=True)
        items = [plain(text) for text in section.get_by_role("listitem").all_text_contents()]
        assert items and all(re.search("§|artikkel", item) for item in items), items
    assert "Ikke start før Nav har godkjent avtalen." in main_text(page)

    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen


def test_the_workshop_in_sarpsborg_gets_its_office(visit):
    page = visit("/start-her/jeg-har-fatt-sporsmal/")
    taps = Taps(page)
    taps.choose("Hvilken kommune ligger arbeidsplassen i?", "Sarpsborg")
    page.locator("form", has=page.locator("[name=kommune]")).get_by_role("button").click()
    card = page.get_by_role("region", name="Hvem kan du ringe?")
    expect(card).to_have_count(1)
    said = plain(card.inner_text())
    assert "Nav Sarpsborg" in said and "55 55 33 36" in said


def test_on_paper_the_whole_table_is_there(visit):
    page = visit("/start-her/jeg-har-fatt-sporsmal/", width=1280)
    page.emulate_media(media="print")
    table = page.get_by_role("table", name="Rad for rad")
    expect(table).to_be_visible()
    expect(page.get_by_role("navigation").first).to_be_hidden()


@pytest.mark.parametrize(
    ("options", "table"),
    [
        ({"width": 1280}, "Rad for rad"),
        ({"language": "nn"}, "Rad for rad"),
        ({"language": "en"}, "Row by row"),
        ({"javascript": False}, "Rad for rad"),
    ],
    ids=["1280", "nn", "en", "without-javascript"],
)
def test_smoke(visit, options, table):
    page = visit("/", **options)
    page.locator("main a[href$='/start-her/jeg-har-fatt-sporsmal/']").first.click()
    expect(page.get_by_role("table", name=table)).to_be_visible()
    assert "§" in main_text(page) and "55 55 33 36" in main_text(page)
