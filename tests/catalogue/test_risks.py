"""S14: a union representative or a board asks «what is the risk?»."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from inclusion_rules import risks as module
from inclusion_rules.measures import all_measures
from inclusion_rules.risks import risks
from inclusion_rules.three_languages import TextFileError, read_file
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.ui import content_revision

ADDRESS = "/hva-er-risikoen/"
Read = Callable[..., Page]

#: What S14 asks for at least.
ASKED_FOR = {"not_right", "absence", "time", "injury", "reputation", "support_ends", "personal_data"}


def test_s14_lists_at_least_what_a_board_asks_about() -> None:
    assert {risk.key for risk in risks().all} >= ASKED_FOR


@pytest.mark.parametrize("language", LANGUAGES)
def test_s14_each_risk_has_likelihood_remedy_bearer_law_and_a_dated_source(read: Read, language: str) -> None:
    page = read(LANGUAGES[language] + ADDRESS)
    for risk in risks().all:
        section = page.one(f"section[@aria-labelledby='{risk.key}']")
        terms, answers = section.findall("dl/dt"), section.findall("dl/dd")
        assert len(terms) == len(answers) and all(map(words, answers))
        text = words(section)
        assert risk.likelihood[language] in text and risk.unknown[language] in text
        assert re.search(r"§|artikkel", words(answers[-2]))
        assert [link.get("href") for link in answers[-1].iter("a")] == [s.url for s in risk.sources]
        assert "2026" in words(answers[-1]), "the day it was last checked"


@pytest.mark.parametrize("language", LANGUAGES)
def test_s14_likelihood_is_a_word_and_never_a_percentage(read: Read, language: str) -> None:
    main = words(read(LANGUAGES[language] + ADDRESS).one("main"))
    assert not re.search(r"\d[\s\u00a0]*(?:%|prosent|per cent)", main)


def test_s14_the_contents_tell_the_likelihood_of_each(read: Read) -> None:
    page = read(ADDRESS)
    listed = [words(item) for item in page.all("nav[@aria-label='På denne siden']/ul/li")]
    assert len(listed) == len(risks().all)
    for text, risk in zip(listed, risks().all, strict=True):
        assert risk.title["nb"] in text and risk.likelihood["nb"] in text


def test_s14_every_measure_named_exists() -> None:
    assert {key for risk in risks().all for key in risk.measures} <= set(all_measures())


def test_s14_is_reached_from_the_toolbox(read: Read) -> None:
    assert ADDRESS in [a.get("href") for a in read("/verktoykassen/").root.iter("a")]


def test_s14_asks_the_database_once(read: Read, django_assert_num_queries: Any) -> None:
    content_revision.current()
    with django_assert_num_queries(1):
        read(ADDRESS)


@pytest.mark.parametrize(
    "spoil, says",
    [
        (lambda risk: risk.update(likelihood="17"), "likelihood is a word; use one of certain"),
        (lambda risk: risk.update(sources=[]), "fill in `sources`"),
        (lambda risk: risk.pop("law"), "fill in `law`"),
        (lambda risk: risk["reduces"][0].update(evidence="sure"), "use one of law"),
    ],
)
def test_what_the_file_lacks_is_named(monkeypatch: Any, spoil: Any, says: str) -> None:
    raw = read_file("risks.yaml")
    spoil(raw["risks"][0])
    monkeypatch.setattr(module, "read_file", lambda _name: raw)
    with pytest.raises(TextFileError, match=f"risks.not_right.*{says}"):
        module.risks.__wrapped__()
