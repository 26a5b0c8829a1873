"""S03 Two minutes, then what to do: the result of a mapping, kept, planned, shared and answered again."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.companies import CAFE, FIRM
from tests.journeys import pdf
from tests.page_types import map_one
from tests.visitor import main_text, plain
from toolbox.mapping.scoring import FULL

LEVELS = ("Kan bygges opp", "På vei", "Godt i gang", "For få svar")
AREAS = ("Lær av andre", "Støtte, kostnad og risiko", "Hvem kan dette gjelde", "Lær mer sammen")


@pytest.fixture(scope="module")
def short(site) -> str:
    """The beginning of the addresses of a café that has answered the short form."""
    return map_one(site, CAFE)[0]


@pytest.fixture(scope="module")
def full(site) -> tuple[str, str]:
    return map_one(site, FIRM, FULL)


def test_after_the_short_form_it_says_where_to_start_and_gives_no_level(visit, short):
    page = visit(f"{short}resultat/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dette kan dere gjøre nå")
    steps = page.get_by_role("region", name="De neste to stegene").get_by_role("listitem")
    expect(page.locator("main ol.steps").first.locator("> li")).to_have_count(2)
    assert steps.first.get_by_role("link", name=re.compile("Slik gjør dere")).is_visible()
    said = main_text(page)
    assert not [level for level in LEVELS if level in said]
    assert (
        said.index("De neste to stegene") < said.index("Hvem kan du ringe?") < said.index("De fem områdene")
    )


def test_after_the_full_form_five_areas_have_levels_in_words(visit, full):
    page = visit(f"{full[0]}resultat/", width=1280)
    expect(page.locator("section.area")).to_have_count(5)
    for area in page.locator("section.area").all():
        assert [level for level in LEVELS if level in area.inner_text()], area.inner_text()
    assert not re.search(r"\b\d+ (?:av|/) 100\b|\bpoeng\b", main_text(page))


def test_the_why_names_the_answers_behind_it(visit, short):
    page = visit(f"{short}resultat/")
    page.locator("main ol.steps summary").first.click()
    why = page.locator("main ol.steps details").first
    expect(why).to_contain_text("Har dere hatt vansker med å få tak i folk")
    expect(why).to_contain_text("Ja, og minst én stilling står tom")


@pytest.mark.database
def test_changing_one_answer_changes_only_what_depends_on_it(visit, site):
    base, _read = map_one(site, CAFE)

    def areas(page) -> dict[str, list[str]]:
        return {
            area.locator("h3").inner_text(): area.locator(".tools a").all_inner_texts()
            for area in page.locator("section.area").all()
        }

    page = visit(f"{base}resultat/")
    before = areas(page)
    page.goto(f"{base}hverdagen/")
    page.get_by_role("group", name=re.compile("dele opp oppgaver")).get_by_label("Helt enig").check()
    page.get_by_role("button", name="Neste").click()
    page.get_by_role("button", name="Vis resultatet").click()
    after = areas(page)
    assert {name for name in before if before[name] != after[name]} <= {"Lær mer sammen"}


@pytest.mark.database
def test_two_steps_get_a_date_and_go_into_the_calendar_without_javascript(visit, site):
    base, read = map_one(site, CAFE)
    page = visit(f"{base}resultat/", javascript=False)
    page.get_by_role("link", name="Sett dato på de to stegene").click()
    page.get_by_label("Når skal det være gjort?").first.fill("1. februar 2027")
    page.get_by_label("Hvem gjør det?").first.select_option("Mentor")
    page.get_by_role("button", name="Lagre planen").click()
    assert "Mentor, innen 1. februar 2027." in main_text(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Legg datoene i kalenderen").click()
    events = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert [str(event["dtstart"].dt.date()) for event in events] == ["2027-02-01", "2027-01-05"]
    assert "Mentor, innen 1. februar 2027." in main_text(visit(read))


def test_a_mistake_is_told_first_and_leads_to_the_field(visit, short):
    page = visit(f"{short}plan/", expects=(422,))
    page.get_by_label("Når skal det være gjort?").last.fill("snart")
    page.get_by_role("button", name="Lagre planen").click()
    expect(page).to_have_title(re.compile("^Feil: "))
    page.get_by_role("link", name="Datoen må være en dato").click()
    expect(page.get_by_label("Når skal det være gjort?").last).to_be_focused()


def test_it_is_kept_without_an_account_by_address_and_on_paper(visit, site, full):
    base, read = full
    colleague = visit(read)
    assert colleague.context.cookies() == []
    said = main_text(colleague)
    assert "Dette kan dere gjøre nå" in said and base not in colleague.content()
    status, headers, body = site.fetch(f"{read.rstrip('/')}.pdf")
    sheet = pdf.read(body)
    assert status == 200 and sheet.pages == 1 and sheet.marked and sheet.language == "nb"
    assert "no-store" in headers["cache-control"]
    for link in colleague.locator("section.area .tools a").all():
        assert plain(link.inner_text()) in re.sub(r"\s+", " ", sheet.text)


@pytest.mark.database
def test_T30_no_address_of_a_mapping_stands_in_the_log_or_the_database(site, full):
    for secret in (full[0].split("/")[2], full[1].split("/")[3]):
        assert len(secret) * 4 >= 128
        assert secret not in site.log.read_text() and secret not in site.everything_stored()


@pytest.mark.database
def test_a_reminder_is_asked_for_and_taken_back_and_the_address_cannot_be_read(visit, site):
    page = visit(f"{map_one(site, CAFE)[0]}resultat/")
    page.get_by_role("link", name="Få en påminnelse på e-post").click()
    page.get_by_label("E-postadressen din").fill("leder@example.org")
    page.get_by_role("button", name="Send meg en påminnelse").click()
    assert "Vi sender én e-post 24. mai 2027. Så sletter vi adressen." in main_text(page)
    assert "leder@example.org" not in site.everything_stored()
    page.get_by_role("button", name="Jeg vil ikke ha e-posten likevel").click()
    expect(page.get_by_label("E-postadressen din")).to_be_visible()


@pytest.mark.database
def test_answering_again_shows_last_time_beside_now(visit, site):
    base, _read = map_one(site, FIRM, FULL)
    page = visit(f"{base}resultat/")
    page.get_by_role("link", name="Svar på nytt").click()
    page.get_by_role("button", name="Begynn på nytt").click()
    new = re.search(r"/kartlegg/[0-9a-f]{48}/", page.url)[0]
    assert new != base
    page.goto(f"{new}resultat/")
    table = page.get_by_role("region", name="Forrige gang og nå")
    expect(table.get_by_role("row")).to_have_count(6)
    assert "Små forskjeller betyr lite." in main_text(page)


@pytest.mark.parametrize("options", [{"language": "nn"}, {"language": "en"}, {"javascript": False}], ids=str)
def test_smoke(visit, full, options):
    page = visit(f"{full[0]}resultat/", width=320, **options)
    expect(page.locator("section.area")).to_have_count(5)
    assert (
        page.evaluate("document.documentElement.scrollWidth") <= 320
        if options.get("javascript", True)
        else True
    )
