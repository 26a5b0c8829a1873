"""What helps when somebody has started: the duty to adapt first, then from the first day to when it ends.

The words, paragraphs and what each claim rests on stand in already_employed.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from inclusion_rules.evidence import Advice, advice
from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, read_file, sources, text

FILE = "already_employed.yaml"


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
        items=advice(fields["items"], f"{where}.items"),
        measures=tuple(fields["measures"]),
        law=fields["law"],
    )
