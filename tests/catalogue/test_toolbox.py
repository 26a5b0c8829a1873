"""«Verktøykassen», the second front page: five areas, each with its tools, our own pages and measures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.catalogue.areas import areas
from toolbox.tools.tool import AREAS

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


def test_all_five_areas_are_there_and_each_leads_to_its_tools(read: Read) -> None:
    assert tuple(area.code for area in areas()) == AREAS
    page = read("/verktoykassen/")
    for area in areas():
        assert area.tools and area.tools_href in page.links()
        assert all(f"/verktoy/{tool.slug}/" in page.links() for tool in area.tools)


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
