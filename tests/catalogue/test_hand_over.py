"""What Nav's agreement asks for: company and job filled in, nothing about a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from inclusion_rules import agreement_fields as module
from inclusion_rules.agreement_fields import FilledBy, agreement_fields
from inclusion_rules.estimate import SUBSIDIES
from inclusion_rules.three_languages import TextFileError, read_file
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from tests.journeys import pdf

ADDRESS, PAPER = "/regn-ut/til-avtalen/", "/regn-ut/til-avtalen.pdf"
CAFE = {"kommune": "3101", "arbeid": "kitchen", "andel": "60", "start": "1.2.2027"}
WITH_MENTOR = {**CAFE, "mentortimer": "10", "mentorlonn": "250"}
STARTS = {key: "1.7.2027" if key == "sommerjobb" else "1.2.2027" for key in SUBSIDIES}

#: Fields about the person or a mentor; a reader finds them blank.
ABOUT_SOMEBODY = {"participant", "family_ties", "purpose", "follow_up", "adaptation", "mentor_person"}

Read = Callable[..., Page]


def filled(page: Page) -> dict[str, str]:
    """What stands beside each field on the page."""
    section = page.one("section[@aria-labelledby='felt']")
    pairs = zip(section.findall("dl/dt"), section.findall("dl/dd"), strict=True)
    return {words(term): words(answer) for term, answer in pairs}


def text_of(page: Page) -> str:
    return (page.one("textarea").text or "").replace("\u00a0", " ")


def test_company_and_job_are_filled_in_with_navs_own_words(read: Read) -> None:
    fields = filled(read(ADDRESS, **WITH_MENTOR))
    assert fields["Startdato"] == "1. februar 2027"
    assert fields["Stillingsprosent"] == "60 prosent"
    assert fields["Stilling eller yrke"].startswith("Kjøkken og servering")
    assert fields["Fast eller midlertidig"] == "Fast"
    assert fields["Månedslønn før skatt"].startswith("19 500 kr")
    assert fields["Feriepenger"] == "12 prosent" and fields["Arbeidsgiveravgift"] == "14,1 prosent"
    assert fields["Sum utgifter per måned"].startswith("25 418 kr")
    assert fields["Antall timer per måned"] == "10" and fields["Mentorens timelønn"] == "250,00 kr"


def test_the_end_is_told_for_each_percentage_where_they_differ(read: Read) -> None:
    said = filled(read(ADDRESS, **CAFE))["Sluttdato"]
    assert "31. januar 2028 hvis Nav gir 40 prosent" in said
    assert "31. januar 2029 hvis Nav gir 60 prosent" in said


def test_a_temporary_job_ends_when_it_ends(read: Read) -> None:
    fields = filled(read(ADDRESS, **CAFE, slutt="31.7.2027"))
    assert fields["Sluttdato"].startswith("31. juli 2027")
    assert fields["Fast eller midlertidig"] == "Midlertidig"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_concerns_a_person_stays_blank(read: Read, language: str) -> None:
    steps = (*agreement_fields().subsidy, *agreement_fields().mentor)
    together = [f for step in steps for f in step.fields if f.filled_by is FilledBy.TOGETHER]
    assert {field.key for field in together} == ABOUT_SOMEBODY
    page = read(LANGUAGES[language] + ADDRESS, **WITH_MENTOR)
    fields, text = filled(page), text_of(page)
    for field in together:
        term = f" ({field.label['nb']})" if language == "en" else ""
        said = fields[field.label[language] + term]
        assert "Nav" in said and field.label[language] + term + ": ____" in text
    assert page.all("main//input") == [], "nothing is asked for here"


def test_unknown_zone_is_not_handed_over_as_an_answer(read: Read) -> None:
    fields = filled(read(ADDRESS, **CAFE | {"kommune": "1820"}))
    assert fields["Arbeidsgiveravgift"] == "Dere fyller ut"
    assert fields["Sum utgifter per måned"].startswith("Dere fyller ut")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_to_copy_says_what_the_page_says(read: Read, language: str) -> None:
    page = read(LANGUAGES[language] + ADDRESS, **WITH_MENTOR)
    area = page.one("textarea")
    assert area.get("readonly") is not None
    text = text_of(page)
    for label, said in filled(page).items():
        (line,) = [line for line in text.splitlines() if line.startswith(f"{label}: ")]
        value = line.removeprefix(f"{label}: ")
        assert value.startswith("____") or said.startswith(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_that_we_are_not_nav_and_where_the_agreement_is_made(read: Read, language: str) -> None:
    page = read(LANGUAGES[language] + ADDRESS, **CAFE)
    assert agreement_fields().address in page.links()
    not_us = {"nb": "Vi er ikke Nav.", "nn": "Vi er ikkje Nav.", "en": "We are not Nav."}[language]
    assert not_us in words(page.one("main")) and not_us in text_of(page)


def test_every_figure_can_be_opened(read: Read) -> None:
    page = read(ADDRESS, **CAFE)
    opened = [words(node) for node in page.all("details[@class='ds-details']")]
    for figure in ("19 500 kr", "25 418 kr", "2 måneder"):
        (row,) = [text for text in opened if figure in text.partition("Formel")[0]]
        assert "Sist kontrollert" in row and "Lov" in row


@pytest.mark.parametrize("wrong", [{}, {"kommune": "9999"}, {"andel": "NaN"}, {"start": "1.1.2090"}])
@pytest.mark.parametrize("address", [ADDRESS, PAPER, "/regn-ut/frister.ics"])
def test_wrong_answers_lead_to_the_form(read: Read, address: str, wrong: dict[str, str]) -> None:
    page = read(address, **(CAFE | wrong if wrong else {}))
    assert page.all("main//form") and "aria-invalid" in page.text


@pytest.mark.parametrize("measure", SUBSIDIES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_the_paper_is_tagged_and_says_what_the_page_says(client: Any, language: str, measure: str) -> None:
    asked = WITH_MENTOR | {"tiltak": measure, "start": STARTS[measure]}
    sheet = pdf.read(client.get(LANGUAGES[language] + PAPER, asked).content)
    page = Page(client.get(LANGUAGES[language] + ADDRESS, asked))
    assert sheet.marked and sheet.language == language and sheet.tags.count("H1") == 1
    assert "TH" in sheet.tags and sheet.pages <= 4
    for step in agreement_fields().subsidy:
        assert step.title[language] in sheet.text
    rows = page.one("section[@aria-labelledby='datoer-a-huske']").findall(".//tbody/tr")
    squeezed = "".join(sheet.text.split())
    assert all("".join(words(row).split()) in squeezed for row in rows)


@pytest.mark.django_db
def test_the_same_answers_on_the_same_day_give_the_same_paper(client: Any) -> None:
    first, second = client.get(PAPER, CAFE), client.get(PAPER, CAFE)
    assert first.content == second.content
    assert first.headers["Content-Disposition"].endswith('"inkludering-til-avtalen-2026-11-24.pdf"')


def test_it_is_reached_from_the_estimate(read: Read) -> None:
    links = read("/regn-ut/overslag/", **CAFE).links()
    assert any(href.startswith(ADDRESS) and "kommune=3101" in href for href in links)


@pytest.mark.parametrize(
    "spoil, says",
    [
        (lambda raw: raw["subsidy"][0]["fields"][0].update(filled_by="us"), "contact.participant: filled_by"),
        (lambda raw: raw["mentor"][0]["title"].pop("nn"), "mentor.title: write a text in nn"),
    ],
)
def test_what_the_file_lacks_is_named(monkeypatch: Any, spoil: Any, says: str) -> None:
    raw = read_file("agreement_fields.yaml")
    spoil(raw)
    monkeypatch.setattr(module, "read_file", lambda _name: raw)
    with pytest.raises(TextFileError, match=says):
        module.agreement_fields.__wrapped__()
