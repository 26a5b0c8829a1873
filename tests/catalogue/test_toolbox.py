"""«Verktøykassen»: only what exists, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.catalogue.areas import areas

Read = Callable[..., Page]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_area_has_its_mark_and_something_to_use(read: Read, language: str) -> None:
    page = read(LANGUAGES[language] + "/verktoykassen/")
    sections = page.all("section")
    assert [section.get("id") for section in sections] == [area.code for area in areas()]
    for section in sections:
        marks = [node.get("href", "") for node in section.iter() if node.tag.endswith("use")]
        assert [mark.partition("#")[2] for mark in marks] == [section.get("id")]
        assert section.findall(".//ul/li/a")
    levels = page.headings()
    assert levels[0] == 1 and set(levels[1:]) == {2}


def test_an_area_with_nothing_yet_is_left_out(read: Read) -> None:
    assert "Lær av andre" not in read("/verktoykassen/").text


def test_every_link_leads_somewhere(read: Read) -> None:
    page = read("/verktoykassen/")
    for href in page.links():
        address, _, anchor = href.partition("#")
        target = read(address)
        if anchor:
            assert [node for node in target.root.iter() if node.get("id") == anchor], href


def test_the_area_shows_its_most_useful_measures_and_none_that_has_ended(read: Read) -> None:
    support = next(area for area in areas() if area.code == "support")
    assert support.measures[0].key == "midlertidig_lonnstilskudd"
    assert "gammel ordning" not in words(read("/verktoykassen/").one("main"))
