"""S02: a workshop was asked to take somebody in, and wants to know what it says yes to."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from inclusion_rules.forms_of_inclusion import forms_of_inclusion
from inclusion_rules.interview_questions import interview_questions
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.ui import content_revision

ADDRESS = "/start-her/jeg-har-fatt-sporsmal/"
Read = Callable[..., Page]


@pytest.mark.parametrize("language", LANGUAGES)
def test_s02_three_ways_are_compared_with_identical_rows(read: Read, language: str) -> None:
    table = read(LANGUAGES[language] + ADDRESS).one("table")
    assert table.find("caption") is not None
    columns = [th for th in table.findall("thead/tr/th") if th.get("scope") == "col"]
    assert len(columns) == len(forms_of_inclusion().columns) == 3
    rows = table.findall("tbody/tr")
    for row in rows:
        assert row.find("th").get("scope") == "row"
        assert len(row.findall("td")) == len(columns)
        assert all(re.search(r"§|kapittel", words(cell)) for cell in row.findall("td")), (
            "a cell without its law"
        )
    assert [row.find("th").text for row in rows] == [row.title[language] for row in forms_of_inclusion().rows]


def test_s02_the_rows_tell_wages_duration_duties_notice_afterwards_and_law() -> None:
    keys = {row.key for row in forms_of_inclusion().rows}
    assert keys >= {"pays_wages", "duration", "duties", "notice", "afterwards", "law"}


def test_s02_each_cell_names_its_column_where_the_table_is_stacked(read: Read) -> None:
    table = read(ADDRESS).one("table")
    assert "stack" in table.get("class", "").split()
    names = [words(th) for th in table.findall("thead/tr/th")]
    for row in table.findall("tbody/tr"):
        assert [words(cell.find("span")) for cell in row.findall("td")] == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("anchor, section", [("sporre", "may_ask"), ("ikke-sporre", "may_not_ask")])
def test_s02_every_question_stands_with_its_law(read: Read, language: str, anchor: str, section: str) -> None:
    page = read(LANGUAGES[language] + ADDRESS)
    shown = [words(item) for item in page.all(f"section[@aria-labelledby='{anchor}']/ul/li")]
    items = getattr(interview_questions(), section).items
    assert len(shown) == len(items) > 0
    for text, item in zip(shown, items, strict=True):
        assert item.words[language] in text and item.law in text


def test_s02_a_ban_without_exception_says_so(read: Read) -> None:
    page = read(ADDRESS)
    first = page.all("section[@aria-labelledby='ikke-sporre']/ul/li")[0]
    assert "Er du gravid?" in words(first) and "ikke noe unntak" in words(first)
    assert "ikke noe unntak" not in words(page.one("section[@aria-labelledby='sporre']"))


def test_s02_there_are_five_questions_to_the_provider(read: Read) -> None:
    assert len(read(ADDRESS).all("section[@aria-labelledby='fem']//ol/li")) == 5


def test_s02_one_contact_and_one_yellow_button(read: Read) -> None:
    page = read(ADDRESS)
    yellow = [node for node in page.root.iter() if node.get("data-color") == "next"]
    assert [node.get("href") for node in yellow] == ["tel:+4755553336"]


def test_s02_the_municipality_in_the_address_is_chosen_and_old_numbers_still_lead_home(read: Read) -> None:
    for number, name in (("3101", "Halden"), ("3001", "Halden"), ("0301", "Et annet sted i landet")):
        chosen = [o for o in read(ADDRESS, kommune=number).all("option") if o.get("selected") is not None]
        assert [words(option) for option in chosen] == [name]


@pytest.mark.parametrize("kommune", ["9999", "<script>", "'; drop", "\x00", "x" * 5000])
def test_s02_an_unknown_municipality_is_asked_for_again(read: Read, kommune: str) -> None:
    page = read(ADDRESS, kommune=kommune)
    assert "Velg hvilken kommune arbeidsplassen ligger i." in page.text
    assert "<script" not in page.text and "tel:+4755553336" in page.text


def test_s02_the_page_asks_the_database_once(
    read: Read, django_assert_num_queries: Callable[[int], object]
) -> None:
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        read(ADDRESS, kommune="3101")
