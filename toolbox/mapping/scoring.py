"""What a company's answers say, in words: a level for each dimension, and attitude beside behaviour.

The limits stand in scoring.yaml. The questionnaire has not been validated: a level says where to look, not
how good a company is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from inclusion_rules.reviewed_file import read_yaml
from toolbox.mapping.answers import Answers, known
from toolbox.mapping.instrument import Instrument, Item, Text

SHORT: Final = "short"
FULL: Final = "full"
FORMS: Final = (SHORT, FULL)

#: A likert goes from 1 to this.
_TOP: Final = 5


@dataclass(frozen=True, slots=True)
class Band:
    """Words for every average from `start` up to the next band's."""

    start: int
    text: Text


@dataclass(frozen=True, slots=True)
class Level:
    """Where one dimension stands.

    `score` is the average on 0–100, or None when fewer than half of the questions are answered. `low` and
    `high` are what it would be with one answer one step lower or higher: within that nobody can tell two
    companies apart. `band`, `low_band` and `high_band` are places in bands(). `items` are the questions that
    were answered.
    """

    dimension: str
    score: Fraction | None
    low: Fraction
    high: Fraction
    items: tuple[str, ...]
    of: int

    @property
    def enough(self) -> bool:
        return self.score is not None

    @property
    def band(self) -> int | None:
        return None if self.score is None else _band(self.score)

    @property
    def low_band(self) -> int:
        return _band(self.low)

    @property
    def high_band(self) -> int:
        return _band(self.high)

    @property
    def firm(self) -> bool:
        """True when every question is answered, and no single step in one answer changes the words."""
        return len(self.items) == self.of and self.low_band == self.high_band


@dataclass(frozen=True, slots=True)
class Profile:
    """What the answers say. `areas` is empty for the short form: one question is no level.

    `segment` is committed, passive, sceptical or dismissive: attitude beside what was done. Its name is for
    rules and never shown. None for the short form, and when attitude or experience is not known.
    """

    form: str
    levels: Mapping[str, Level]
    areas: Mapping[str, Level]
    segment: str | None


def profile(instrument: Instrument, answers: Answers, form: str) -> Profile:
    """The levels of `answers` to the form that was answered, one of FORMS."""
    rules = _rules()
    if form == SHORT:
        return Profile(form, {}, {}, None)
    told = known(answers)
    levels = {
        dimension: _level(dimension, [instrument.items[name] for name in names], told)
        for dimension, names in rules["dimensions"].items()
    }
    areas = {area: levels[dimension] for area, dimension in rules["areas"].items()}
    return Profile(form, levels, areas, _segment(levels["attitude"], told))


def has_experience(answers: Answers) -> bool | None:
    """Whether the company has had anybody in, these three years; None when nobody has said."""
    rule = _rules()["behaviour"]
    held = known(answers).get(rule["item"])
    return rule["none"] not in held if isinstance(held, tuple) else None


@lru_cache(maxsize=1)
def bands() -> tuple[Band, ...]:
    return tuple(
        Band(row["from"], {code: row[code] for code in ("nb", "nn", "en")}) for row in _rules()["bands"]
    )


def area_items() -> Mapping[str, tuple[str, ...]]:
    """The questions about each of the five areas."""
    rules = _rules()
    return {area: tuple(rules["dimensions"][name]) for area, name in rules["areas"].items()}


def used_items() -> frozenset[str]:
    """The questions that some level or the segment rests on."""
    rules = _rules()
    return frozenset(name for names in rules["dimensions"].values() for name in names) | {
        rules["behaviour"]["item"]
    }


def _level(dimension: str, items: list[Item], told: Mapping[str, Any]) -> Level:
    values = {
        item.id: _TOP + 1 - told[item.id] if item.reverse else told[item.id]
        for item in items
        if item.id in told
    }
    answered, of = tuple(values), len(items)
    if not values or 2 * len(values) < of:
        return Level(dimension, None, Fraction(0), Fraction(100), answered, of)
    step = Fraction(100, (_TOP - 1) * len(values))
    score = sum((Fraction(value - 1) for value in values.values()), Fraction(0)) * step
    return Level(
        dimension,
        score,
        low=score - step if any(value > 1 for value in values.values()) else score,
        high=score + step if any(value < _TOP for value in values.values()) else score,
        items=answered,
        of=of,
    )


def _segment(attitude: Level, told: Mapping[str, Any]) -> str | None:
    done = has_experience(told)
    if attitude.score is None or done is None:
        return None
    if attitude.score >= _rules()["positive_from"]:
        return "committed" if done else "passive"
    return "sceptical" if done else "dismissive"


def _band(score: Fraction) -> int:
    return max(place for place, band in enumerate(bands()) if score >= band.start)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(Path(__file__).with_name("scoring.yaml"))
    return found
