"""«Verktøykassen»: only what exists, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.catalogue.conftest import LANGUAGES, Page, words
from toolbox.catalogue.areas import areas

Visit = Callable[..., Page]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_area_has_its_mark_and_something_to_use(visit: Visit, language: str) -> None:
    page = visit(LANGUAGES[language] + "/verktoykassen/")
    sections = page.all("section")
    assert [section.get("id") for section in sections] == [area.code for area in areas()]
    for section in sections:
        marks = [node.get("href", "") for node in section.iter() if node.tag.endswith("use")]
        assert [mark.partition("#")[2] for mark in marks] == [section.get("id")]
        assert section.findall(".//ul/li/a")
    levels = page.headings()
    assert levels[0] == 1 and set(levels[1:]) == {2}


def test_an_area_with_nothing_yet_is_left_out(visit: Visit) -> None:
    assert "Lær av andre" not in visit("/verktoykassen/").text


def test_every_link_leads_somewhere(visit: Visit) -> None:
    page = visit("/verktoykassen/")
    for href in page.links():
        address, _, anchor = href.partition("#")
        target = visit(address)
        if anchor:
            assert [node for node in target.root.iter() if node.get("id") == anchor], href


def test_the_area_shows_its_most_useful_measures_and_none_that_has_ended(visit: Visit) -> None:
    support = next(area for area in areas() if area.code == "support")
    assert support.measures[0].key == "midlertidig_lonnstilskudd"
    assert "gammel ordning" not in words(visit("/verktoykassen/").one("main"))
