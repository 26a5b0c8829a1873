"""The municipalities as they have been since 1 January 2024, and the numbers Østfold's had before.

Source: Kartverket's administrative units (CC BY 4.0); the changes of number from Statistics Norway.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolbox.places.sorting import fold, sort_key

DATA = Path(__file__).parent / "data"

#: County number. This toolbox was made for Østfold, so its lists show Østfold first.
OSTFOLD = "31"


@dataclass(frozen=True, slots=True)
class Municipality:
    """`number` is four digits as text. `name` is unambiguous: «Våler (Østfold)», never a bare «Våler»."""

    number: str
    name: str
    county_number: str
    county: str

    @property
    def short_name(self) -> str:
        """The name without the county in parentheses: for sentences where the county is clear."""
        return self.name.partition(" (")[0]


@lru_cache(maxsize=1)
def all_municipalities() -> tuple[Municipality, ...]:
    """Every municipality in Norway, in Norwegian alphabetical order."""
    found = (Municipality(**row) for row in _rows("municipalities.csv"))
    return tuple(sorted(found, key=lambda municipality: sort_key(municipality.name)))


def in_county(county_number: str) -> tuple[Municipality, ...]:
    """The municipalities of one county in alphabetical order; empty when there is no such county."""
    return tuple(m for m in all_municipalities() if m.county_number == county_number)


def to_choose_from() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(number, name) of Østfold's municipalities, and of the rest of the country's: a list in two parts."""
    ostfold = [(m.number, m.short_name) for m in in_county(OSTFOLD)]
    return ostfold, [(m.number, m.name) for m in all_municipalities() if m.county_number != OSTFOLD]


def by_number(number: str) -> Municipality | None:
    """The municipality with this number today. Østfold's old numbers (0101, 3001 …) lead to today's.

    None for anything else: an unknown number is a question to ask again, never a guess.
    """
    today = _by_number()
    return today.get(number) or today.get(_renumbered().get(number, ""))


def named(name: str) -> tuple[Municipality, ...]:
    """Every municipality that somebody who types `name` may mean, however it is typed.

    «halden» and «HALDEN» give Halden, «våler» gives two, and Østfold's former names («Askim», «Rygge») give
    the municipality they are part of now. Empty when nothing has that name.
    """
    return _by_name().get(fold(name), ())


@lru_cache(maxsize=1)
def _by_number() -> Mapping[str, Municipality]:
    return {municipality.number: municipality for municipality in all_municipalities()}


@lru_cache(maxsize=1)
def _renumbered() -> Mapping[str, str]:
    return {row["number"]: row["now"] for row in _rows("municipality_history.csv")}


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[Municipality, ...]]:
    found: dict[str, dict[str, Municipality]] = {}
    for municipality in all_municipalities():
        for name in (municipality.name, municipality.short_name):
            found.setdefault(fold(name), {})[municipality.number] = municipality
    for row in _rows("municipality_history.csv"):
        # Only where the name is free: a living Våler elsewhere is not hidden by an old one here.
        municipality = _by_number()[row["now"]]
        found.setdefault(fold(row["name"]), {municipality.number: municipality})
    return {name: tuple(municipalities.values()) for name, municipalities in found.items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
