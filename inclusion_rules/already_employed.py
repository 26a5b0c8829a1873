"""What helps when somebody has started: the duty to adapt first, then from the first day to when it ends.

The words, paragraphs and what each claim rests on stand in already_employed.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, TextFileError, read_file, sources, text

FILE = "already_employed.yaml"

#: What a claim may rest on: the law, published work by how far it can be trusted, or our own advice.
EVIDENCE = ("law", "high", "medium", "low", "advice")


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do or to know. `evidence` is one of EVIDENCE."""

    words: Text
    evidence: str


@dataclass(frozen=True, slots=True)
class Section:
    """One stage. `measures` are the keys of the measures to read about."""

    key: str
    title: Text
    text: Text
    items: tuple[Advice, ...]
    measures: tuple[str, ...]
    law: str


@dataclass(frozen=True, slots=True)
class AlreadyEmployed:
    title: Text
    text: Text
    sections: tuple[Section, ...]
    checked: date
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def already_employed() -> AlreadyEmployed:
    """The stages in the order they matter, read once a process. TextFileError says what the file lacks."""
    raw = read_file(FILE)
    return AlreadyEmployed(
        title=text(raw["title"], f"{FILE} title"),
        text=text(raw["text"], f"{FILE} text"),
        sections=tuple(_section(fields) for fields in raw["sections"]),
        checked=raw["checked"],
        sources=sources(raw["sources"]),
    )


def _section(fields: dict[str, Any]) -> Section:
    where = f"{FILE} sections.{fields['key']}"
    return Section(
        key=fields["key"],
        title=text(fields["title"], f"{where}.title"),
        text=text(fields["text"], f"{where}.text"),
        items=tuple(_advice(item, f"{where}.items[{i}]") for i, item in enumerate(fields["items"])),
        measures=tuple(fields["measures"]),
        law=fields["law"],
    )


def _advice(item: dict[str, Any], where: str) -> Advice:
    if item.get("evidence") not in EVIDENCE:
        raise TextFileError(
            f"{where}: evidence is {item.get('evidence')!r}; use one of {', '.join(EVIDENCE)}"
        )
    return Advice(text(item, where), item["evidence"])
