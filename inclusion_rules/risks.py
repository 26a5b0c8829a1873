"""What a board or a union representative asks before saying yes: what can go wrong, and who carries it (S14).

The words stand in risks.yaml. Likelihood is a word, with what it rests on and what nobody knows. No
percentage stands there, because we have found none that holds for one company.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from inclusion_rules.evidence import Advice, advice
from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, TextFileError, read_file, sources, text

FILE = "risks.yaml"


@dataclass(frozen=True, slots=True)
class Risk:
    """One thing that can go wrong. `measures` are the keys of the measures to read about."""

    key: str
    title: Text
    what: Text
    likelihood: Text
    because: Text
    unknown: Text
    reduces: tuple[Advice, ...]
    carries: Text
    law: str
    measures: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Risks:
    """All of them, in the order people ask. `checked`: the day the laws and studies were last read."""

    all: tuple[Risk, ...]
    checked: date


@lru_cache(maxsize=1)
def risks() -> Risks:
    """The risks, read once a process. TextFileError says what the file lacks, and where."""
    raw = read_file(FILE)
    levels = {key: text(words, f"{FILE} levels.{key}") for key, words in raw["levels"].items()}
    return Risks(tuple(_risk(fields, levels) for fields in raw["risks"]), raw["checked"])


def _risk(fields: dict[str, Any], levels: dict[str, Text]) -> Risk:
    where = f"{FILE} risks.{fields['key']}"
    if fields["likelihood"] not in levels:
        raise TextFileError(f"{where}: likelihood is a word; use one of {', '.join(levels)}")
    for name in ("reduces", "law", "sources"):
        if not fields.get(name):
            raise TextFileError(f"{where}: fill in `{name}`")
    return Risk(
        key=fields["key"],
        title=text(fields["title"], f"{where}.title"),
        what=text(fields["what"], f"{where}.what"),
        likelihood=levels[fields["likelihood"]],
        because=text(fields["because"], f"{where}.because"),
        unknown=text(fields["unknown"], f"{where}.unknown"),
        reduces=advice(fields["reduces"], f"{where}.reduces"),
        carries=text(fields["carries"], f"{where}.carries"),
        law=fields["law"],
        measures=tuple(fields["measures"]),
        sources=sources(fields["sources"]),
    )
