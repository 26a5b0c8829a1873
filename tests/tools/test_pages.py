"""The list of tools with its filters in the address, and a page for each tool that works alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.catalogue.parsed_page import LANGUAGES, Page, words
from tests.visitor import in_language
from toolbox.tools.read import tools_of_files
from toolbox.tools.tool import Tool

Read = Callable[..., Page]
TRIAL = "/verktoy/avtal-en-proveperiode-med-beslutningsdato/"


def shown(page: Page) -> set[str]:
    """The slugs of the tools on a list."""
    rows = (link for row in page.all("ul[@class='index']/li") for link in row.findall("a"))
    return {link.get("href", "").rstrip("/").rpartition("/")[2] for link in rows}


def slugs(wanted: Callable[[Tool], bool]) -> set[str]:
    return {tool.slug for tool in tools_of_files().values() if wanted(tool)}


def test_the_list_shows_every_tool_under_its_area(read: Read) -> None:
    page = read("/verktoy/")
    assert shown(page) == slugs(lambda tool: True)
    assert page.headings()[:2] == [1, 2]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"omrade": "stotte"}, lambda tool: "support" in tool.areas),
        ({"tid": "under-en-time"}, lambda tool: tool.band == "minutes"),
        ({"hvem": "mentor"}, lambda tool: "mentor" in tool.who),
        ({"tid": "timer", "hvem": "mentor"}, lambda tool: tool.band == "hours" and "mentor" in tool.who),
    ],
)
def test_each_filter_has_an_address(read: Read, query: Any, wanted: Callable[[Tool], bool]) -> None:
    page = read("/verktoy/", **query)
    assert slugs(wanted) and shown(page) == slugs(wanted)
    assert f"{len(slugs(wanted))} verktøy" in words(page.one("p[@id='treff']"))


@pytest.mark.parametrize("written", ["prøveperiode", "PRØVEPERIODE  avgjerdsdato", "decision date trial"])
def test_words_find_a_tool_in_any_language_and_however_they_are_written(read: Read, written: str) -> None:
    assert TRIAL.split("/")[2] in shown(read("/verktoy/", sok=written))


def test_no_hit_says_what_to_do(read: Read) -> None:
    page = read("/verktoy/", sok="ubåt")
    assert not shown(page)
    assert "ta bort et valg" in words(page.one("main"))


@pytest.mark.parametrize("query", [{"omrade": "x"}, {"tid": "'"}, {"hvem": "<b>"}, {"sok": "a" * 5000}])
def test_an_unknown_filter_is_no_error(read: Read, query: Any) -> None:
    read("/verktoy/", **query)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tool", tools_of_files().values(), ids=lambda tool: tool.key)
def test_a_tool_works_alone(read: Read, tool: Tool, language: str) -> None:
    page = read(f"{LANGUAGES[language]}/verktoy/{tool.slug}/")
    text = words(page.one("main"))
    assert words(page.one("h1")) == tool.title[language]
    assert all(step.title[language] in text for step in tool.steps)
    assert all(law.url in page.text for law in tool.law)
    assert all(study.url.replace("&", "&amp;") in page.text for claim in tool.why for study in claim.studies)
    assert tool.owner in text and "{rate" not in page.text
    levels = page.headings()
    assert levels[0] == 1 and all(
        after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)
    )


def test_every_link_to_our_own_pages_leads_somewhere(client: Any, db: None) -> None:
    pages = [client.get(f"/verktoy/{tool.slug}/").content.decode() for tool in tools_of_files().values()]
    links = {
        link for page in pages for link in re.findall(r'<a [^>]*href="(/[^"#]*)', page.partition("<main")[2])
    }
    assert len(links) > len(pages)
    assert [link for link in sorted(links) if client.get(unescape(link)).status_code != 200] == []


def test_an_address_without_a_tool_is_not_found(client: Any, db: None) -> None:
    assert client.get("/verktoy/finnes-ikke/").status_code == 404


def test_a_tool_is_one_sheet_on_paper(visit: Any) -> None:
    """The one with most to say, in the language that is longest."""
    page = visit("/")
    for language in ("nb", "nn", "en"):
        longest = max(tools_of_files().values(), key=lambda tool: _length(tool, language))
        page.goto(in_language(f"/verktoy/{longest.slug}/", language))
        sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(sheets) == 1, f"{longest.key} in {language} takes {len(sheets)} sheets"


def _length(tool: Tool, language: str) -> int:
    told = (*(step.text for step in tool.steps), *(claim.words for claim in tool.why), *tool.say)
    return sum(len(text[language]) for text in told)
