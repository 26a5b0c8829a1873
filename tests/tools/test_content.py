"""What every tool must hold: an owner, evidence, a date, three languages, and words that people can read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.readability import measure
from tests.repository.test_no_typed_figures import figures
from tests.repository.test_readability import names
from toolbox.directory.models import Need
from toolbox.tools.read import tools_of_files
from toolbox.tools.tool import AREAS, HELP_NEEDS, Text, Tool

LANGUAGES = ("nb", "nn", "en")
#: The aim of content/tools/README.md.
EACH_AREA, ALL = 12, 60
#: LIX of a whole tool, in the two languages the index is made for.
AIM = 40
#: Words that ux-principles.md § 17 turns away, in the languages they belong to.
TURNED_AWAY = {
    "nb": r"\bplassere|\butplasser|krav på|handikapp|funksjonsfrisk|\bcaser?\b|vanskeligstilt|restarbeid|"
    r"mislykk|droppe[rt]? ut|vennligst|\bNAV\b",
    "nn": r"\bplassere|\butplasser|krav på|handikapp|funksjonsfrisk|\bcase[rn]?\b|vanskelegstilt|restarbeid|"
    r"mislukk|droppa? ut|ver vennleg|\bNAV\b|\bikke\b|\bhva\b|\bhvordan\b|\bjeg\b|\bnoen\b|\bderes\b|"
    r"\bogså\b|\bvære\b|\bfra\b|\bhvem\b|\bmer\b",
    "en": r"handicap|\bsuffer|wheelchair-bound|entitled to|\bNAV\b|\bplease\b",
}
TOOLS = list(tools_of_files().values())


@pytest.fixture(params=TOOLS, ids=lambda tool: tool.key)
def tool(request: pytest.FixtureRequest) -> Tool:
    found: Tool = request.param
    return found


def texts(tool: Tool) -> Iterator[Text]:
    """Every text of a tool, in the order of the page."""
    yield from (tool.title, tool.promise, tool.time, tool.cost)
    for step in tool.steps:
        yield from (step.title, step.text)
    yield from tool.say
    yield from (claim.words for claim in tool.why)


def test_there_is_enough_to_choose_from():
    counted = Counter(tool.areas[0] for tool in TOOLS)
    assert len(TOOLS) >= ALL
    few = {area: counted[area] for area in AREAS if counted[area] < EACH_AREA}
    assert not few, f"write {EACH_AREA} for each area; there are {few}"


def test_the_needs_are_those_of_the_directory():
    assert set(HELP_NEEDS) == set(Need.values)


def test_it_has_an_owner_and_is_checked_again_within_a_year(tool):
    assert tool.owner
    assert timedelta(0) < tool.next_check - tool.checked <= timedelta(days=366)


def test_it_says_why_and_how_well_that_is_known(tool):
    for claim in tool.why:
        assert claim.strength in {"practice", "law"} or claim.studies
    assert tool.law or all(claim.strength != "law" for claim in tool.why)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_three_languages_and_not_copied(tool, language):
    assert all(text[language] for text in texts(tool))
    others = [text[other] for text in texts(tool) for other in LANGUAGES if other != language]
    long = [text[language] for text in texts(tool) if len(text[language].split()) > 8]
    assert not set(long) & set(others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_no_figure_of_law_and_no_word_we_turn_away(tool, language):
    for text in texts(tool):
        assert figures(text[language]) == [], "write {rate:…}"
        found = re.search(TURNED_AWAY[language], text[language])
        assert not found, f"say «{text[language]}» without «{found and found[0]}»"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_it_is_easy_to_read(tool, language):
    told = [re.sub(r"\{rate:[^}]+\}", "", text[language]) for text in texts(tool)]
    sentences = [sentence for words in told for sentence in re.split(r"[.!?:…]+(?:\s|$)", words)]
    found = measure(_without(names(language), sentence) for sentence in sentences)
    assert found.lix <= AIM, f"LIX {found.lix:.1f}; shorter sentences and shorter words help"


def _without(every: Any, sentence: str) -> str:
    for name in every:
        sentence = sentence.replace(name, "")
    return sentence
