"""What one measure's page shows beside its own words: figures, other measures, and what came instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from inclusion_rules.combining import Link, Reading, SharedRule, Together, combination
from inclusion_rules.estimate import SUBSIDIES
from inclusion_rules.measures import Measure, all_measures
from inclusion_rules.rates import DATE_UNITS, Rate, RateBook
from toolbox.catalogue.selection import ENDED, group_of
from toolbox.catalogue.validity import assumption, valid
from toolbox.catalogue.worked_example import WorkedExample, worked_example
from toolbox.ui.figures import NBSP, number, rate_value

#: How many others of its group a page points to.
NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the large figures: «40 %» with `unit` empty, or «6» and «måneder». `rate` is what it rests on.

    `assumption` is a sentence where the newest known value is used past the day it is known to.
    """

    label: Any
    amount: str
    unit: str
    note: Any
    rate: Rate
    in_words: str
    valid: str
    assumption: str


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """The measures whose links were read in one place."""

    reading: Reading
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    measure: Measure
    little_known: bool
    ended: bool
    figures: tuple[Figure, ...]
    combines: tuple[ReadTogether, ...]
    may_combine: tuple[Measure, ...]
    ruled_out: tuple[ReadTogether, ...]
    unlikely: tuple[Measure, ...]
    rules: tuple[SharedRule, ...]
    instead: tuple[Measure, ...]
    neighbours: tuple[Measure, ...]
    can_be_worked_out: bool
    example: WorkedExample | None


def by_slug(slug: str) -> Measure | None:
    """The measure with this address, or None."""
    return next((measure for measure in all_measures().values() if measure.slug == slug), None)


def page(measure: Measure, rates: RateBook, on: date) -> MeasurePage:
    """Everything the page of `measure` shows on the day `on`. What we know little of shows no figures."""
    little_known = measure.confidence == "low"
    beside = combination(measure.key)
    return MeasurePage(
        measure=measure,
        little_known=little_known,
        ended=measure.status in ENDED,
        figures=()
        if little_known
        else tuple(_figure(measure, shown, rates, on) for shown in measure.headline),
        combines=_by_reading(beside.of(Together.READ)),
        may_combine=tuple(link.other for link in beside.of(Together.INFERRED)),
        ruled_out=_by_reading(beside.of(Together.RULED_OUT)),
        unlikely=tuple(link.other for link in beside.of(Together.UNLIKELY)),
        rules=beside.rules,
        instead=_instead(measure),
        neighbours=_neighbours(measure),
        can_be_worked_out=measure.key in SUBSIDIES,
        example=worked_example(measure.key, on, rates),
    )


def _by_reading(links: Iterable[Link]) -> tuple[ReadTogether, ...]:
    found: dict[str, ReadTogether] = {}
    for link in links:
        assert link.reading is not None  # a test holds that every link we call read says where
        before = found.get(link.reading.law, ReadTogether(link.reading, ()))
        found[link.reading.law] = ReadTogether(link.reading, (*before.measures, link.other))
    return tuple(found.values())


def _instead(measure: Measure) -> tuple[Measure, ...]:
    return tuple(all_measures()[key] for key in measure.replaced_by)


def _neighbours(measure: Measure) -> tuple[Measure, ...]:
    """The most useful others that give the same kind of thing; for what has ended, what stands today."""
    instead = _instead(measure)
    group = group_of(measure)
    if group == "ended":
        group = group_of(instead[0]) if instead else "money"
    taken = {measure.key, *(other.key for other in instead)}
    others = (m for m in all_measures().values() if m.key not in taken and group_of(m) == group)
    return (*instead, *others)[:NEIGHBOURS]


def _figure(measure: Measure, shown: Any, rates: RateBook, on: date) -> Figure:
    name = shown["rate"]
    rate = rates.newest(name if "." in name else f"{measure.key}.{name}", on)
    words = rate_value(rate)
    amount, unit = _large(rate, words)
    return Figure(
        label=shown["label"],
        amount=amount,
        unit=unit,
        note=shown.get("note", ""),
        rate=rate,
        in_words=words,
        valid=valid(rate),
        assumption=assumption(rate, on),
    )


def _large(rate: Rate, words: str) -> tuple[str, str]:
    """A rate as a large figure and the small unit under it, wherever the unit stands («NOK 160,400»)."""
    if rate.unit == "percent":
        return f"{number(rate.value)}{NBSP}%", ""
    if rate.unit in DATE_UNITS or NBSP not in words:
        return words, ""
    if not words[0].isdigit():
        unit, _space, amount = words.partition(NBSP)
    else:
        amount, _space, unit = words.rpartition(NBSP)
    return amount, unit
