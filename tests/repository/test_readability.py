"""Whoever is tired, new to the language or on the way to work can read every page: LIX of 40 at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from inclusion_rules.measures import all_measures
from inclusion_rules.reviewed_file import read_yaml
from tests.page_types import PAGE_TYPES, PageType, fetch
from tests.readability import lix, measure, sentences_of

AIM = 40
RULES = Path(__file__).resolve().parents[2] / "inclusion_rules"

#: (page, language) above the aim → why it cannot be easier. A page that has become easier leaves the list.
HARDER: dict[tuple[str, str], str] = {}


def test_a_known_text_has_its_known_lix():
    text = "Vi ringer Nav i dag. Arbeidsgiveren betaler vanlig lønn hver måned."
    counted = measure(text.split(". "))
    assert (counted.words, counted.sentences, counted.long_words) == (11, 2, 2)
    assert counted.lix == pytest.approx(11 / 2 + 200 / 11)


def test_blocks_end_sentences_and_names_numbers_and_choices_do_not_count():
    html = """<!DOCTYPE html><title>x</title><main><h1>Ring Nav</h1>
        <p>Midlertidig lønnstilskudd er <b>støtte</b> i 12 måneder. Nav avgjør</p>
        <ul><li>Én</li><li>To tre</li></ul><select><option>Halden</option></select></main>"""
    assert sentences_of(html, ["midlertidig lønnstilskudd"]) == [
        "Ring Nav",
        "er støtte i 12 måneder",
        "Nav avgjør",
        "Én",
        "To tre",
    ]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_is_easy_to_read(site, kept, language):
    hard, easy = [], []
    every_measure = (PageType(m.key, f"/stotte/{m.slug}/") for m in all_measures().values())
    for page in (*PAGE_TYPES, *every_measure):
        measured = lix(fetch(site, page, language, kept)[2], names(language))
        excused = (page.name, language) in HARDER
        if measured > AIM and not excused:
            hard.append(f"{page.name}: {measured:.1f}")
        if measured <= AIM and excused:
            easy.append(page.name)
    assert not hard, f"above {AIM}; shorter sentences and shorter words help: {hard}"
    assert not easy, f"take them out of HARDER: {easy}"


def test_no_reason_is_empty():
    assert all(len(reason) > 20 for reason in HARDER.values())


@cache
def names(language: str) -> frozenset[str]:
    """Names of measures, and every law that a file cites: nobody can write them shorter."""
    called = {measure.name[language] for measure in all_measures().values()}
    # «Nav markedskontakt og rekrutteringshjelp (WorkOp)» is also said without what stands in brackets.
    called |= {re.sub(r" \(.*\)", "", name) for name in called}
    cited = {law for path in RULES.rglob("*.yaml") for law in laws(read_yaml(path))}
    return frozenset(called | cited)


def laws(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "law" and isinstance(inner, str):
                yield inner
            else:
                yield from laws(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from laws(inner)
