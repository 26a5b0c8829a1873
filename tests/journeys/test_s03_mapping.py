"""S03 Mapping: two minutes, then seven if you want. The answering; what it leads to is test_s03_result.py.

The HR lead of a firm of 45 in Fredrikstad answers the short form on a phone, and goes on to the full one.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.visitor import main_text

MOST_SCREENS = 12
ADDRESS = re.compile(r"/kartlegg/[0-9a-f]{48}/([\w-]+)/$")
#: Heading of the page → what is chosen on it. A list is a label and a choice.
SHORT = [
    (
        "Har dere hatt vansker med å få tak i folk de siste 12 månedene?",
        ["Ja, og minst én stilling står tom"],
    ),
    ("Tre opplysninger om bedriften", [("kommune", "Fredrikstad"), ("næring", "Industri"), "20–49"]),
    ("Inkludering er en realistisk måte for oss å skaffe arbeidskraft på.", ["Litt enig"]),
    ("Hvor sannsynlig er det", ["Vet ikke"]),
    ("Hva har dere hatt de siste tre årene?", ["Mentortilskudd", "Arbeidstrening eller praksis"]),
    ("Hvor mye bekymrer dette dere ved inkludering?", ["Mye"]),
    ("Hvor enig er du i dette?", ["Verken eller"] * 5),
]


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def begin(page: Page, which: str = "Start den korte") -> None:
    page.get_by_role("button", name=which).click()


def choose(page: Page, chosen: list[str | tuple[str, str]]) -> None:
    for group, what in enumerate(chosen):
        if isinstance(what, tuple):
            page.get_by_label(re.compile(what[0])).select_option(label=what[1])
        elif len(chosen) == 5:
            page.locator("main fieldset").nth(group).get_by_label(what, exact=True).check()
        else:
            page.get_by_label(what, exact=True).check()


def answer_short(page: Page) -> int:
    """Answer every page of the short form; how many there were."""
    for title, chosen in SHORT:
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        choose(page, chosen)
        page.get_by_role("button", name="Neste").click()
    return len(SHORT)


def asked(page: Page) -> set[str]:
    """The questions a page has fields for."""
    return set(page.locator("main form [name]").evaluate_all("all => all.map(each => each.name)")) - {
        "csrfmiddlewaretoken",
        "versjon",
        "senere",
    }


@pytest.mark.database
@pytest.mark.parametrize("javascript", [True, False])
def test_the_short_form_is_at_most_twelve_screens(visit, javascript):
    page = visit("/", javascript=javascript)
    page.goto("/kartlegg/")
    begin(page)
    screens = 1 + answer_short(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sjekk svarene")
    page.get_by_role("button", name="Vis resultatet").click()
    expect(page).to_have_url(re.compile(r"/resultat/$"))
    assert screens + 2 <= MOST_SCREENS


def test_the_first_useful_thing_comes_after_two_pages(visit):
    page = visit("/kartlegg/")
    begin(page)
    for title, chosen in SHORT[:2]:
        assert page.get_by_role("link", name="Se hva svarene gir så langt").count() == 0, title
        choose(page, chosen)
        page.get_by_role("button", name="Neste").click()
    page.get_by_role("link", name="Se hva svarene gir så langt").click()
    expect(page).to_have_url(re.compile(r"/resultat/$"))
    assert "Foreløpig" in main_text(page)


def test_back_shows_the_page_with_its_answer_and_forward_changes_nothing(visit):
    page = visit("/kartlegg/")
    begin(page)
    for title, chosen in SHORT[:3]:
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        choose(page, chosen)
        page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SHORT[3][0])
    page.go_back()
    expect(page.get_by_label("Litt enig")).to_be_checked()
    page.get_by_role("link", name="Tilbake").click()
    expect(page.get_by_label(re.compile("kommune"))).to_have_value("3107")
    expect(page.get_by_label("20–49")).to_be_checked()
    page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hvor sannsynlig er det")


def test_every_answer_can_be_changed_from_where_they_are_read_back(visit):
    page = visit("/kartlegg/")
    begin(page)
    answer_short(page)
    assert "Mentortilskudd" in main_text(page)
    page.get_by_role("link", name=re.compile("Endre Hva har dere hatt")).click()
    for other in ("Mentortilskudd", "Arbeidstrening eller praksis"):
        page.get_by_label(other, exact=True).uncheck()
    page.get_by_label("Ingen av disse").check()
    page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sjekk svarene")
    assert "Ingen av disse" in main_text(page) and "Mentortilskudd" not in main_text(page)


def test_on_to_the_full_form_without_answering_anything_twice(visit):
    page = visit("/kartlegg/")
    begin(page)
    seen: list[set[str]] = []
    for _title, chosen in SHORT:
        seen.append(asked(page))
        choose(page, chosen)
        page.get_by_role("button", name="Neste").click()
    page.get_by_role("button", name="Vis resultatet").click()
    expect(page).to_have_url(re.compile("/resultat/$"))
    page.go_back()
    page.get_by_role("button", name="Fortsett til den lange").click()
    parts = []
    while ADDRESS.search(page.url)[1] != "svar":
        parts.append(int(re.search(r"Del (\d) av 6: \w+", main_text(page))[1]))
        seen.append(asked(page))
        for unknown in page.get_by_label("Vet ikke", exact=True).all():
            unknown.check()
        page.get_by_role("button", name="Neste").click()
    assert parts == sorted(parts) and set(parts) == {1, 2, 3, 4, 5, 6}
    names = [name for page_names in seen for name in page_names if not name.endswith("_vet")]
    assert len(names) == len(set(names)) == 39
    page.get_by_role("button", name="Vis resultatet").click()
    expect(page).to_have_url(re.compile(r"/resultat/$"))


@pytest.mark.database
def test_with_the_code_the_answers_are_found_on_another_machine(visit):
    page = visit("/kartlegg/")
    begin(page)
    choose(page, SHORT[0][1])
    page.get_by_role("button", name="Lagre og fortsett senere").click()
    assert "til og med 22. februar 2027" in main_text(page)
    code = re.search(r"[A-Z]{5}-[A-Z]{5}", main_text(page))[0]

    other = visit("/kartlegg/", width=1280)
    other.get_by_role("link", name="Fortsett med koden dere fikk").click()
    other.get_by_label("Koden dere fikk").fill(f" {code.replace('-', ' ').lower()} ")
    other.get_by_role("button", name="Åpne svarene").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Tre opplysninger om bedriften")
    assert {cookie["name"] for cookie in other.context.cookies()} <= {"csrftoken"}


def test_what_is_left_open_is_told_with_focus_and_a_way_to_the_field(visit):
    page = visit("/kartlegg/")
    begin(page)
    page.get_by_role("button", name="Neste").click()
    expect(page).to_have_title(re.compile("^Feil: "))
    summary = page.get_by_role("group", name="For å gå videre må du rette opp følgende feil")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tre opplysninger om bedriften")


@pytest.mark.parametrize("language", ["nn", "en"])
def test_in_the_other_languages_the_way_is_the_same(visit, language):
    page = visit("/kartlegg/", language=language)
    page.locator("button[value=short]").click()
    for _page in SHORT:
        assert page.locator("html").get_attribute("lang") == language
        unknown = {"nn": "Veit ikkje", "en": "Do not know"}[language]
        for box in page.get_by_label(unknown, exact=True).all():
            box.check()
        for choices in page.locator("main select").all():
            choices.select_option(label=unknown)
        page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(rf"/{language}/kartlegg/[0-9a-f]+/svar/$"))


@pytest.mark.database
def test_deleted_it_is_gone(visit):
    page = visit("/kartlegg/", expects=(410,))
    begin(page)
    choose(page, SHORT[0][1])
    page.get_by_role("button", name="Lagre og fortsett senere").click()
    kept = page.url
    page.get_by_role("link", name="Slett svarene").click()
    page.get_by_role("button", name="Slett svarene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Svarene er slettet")
    page.goto(kept)
    assert heading(page) == "Lenken virker ikke lenger"
