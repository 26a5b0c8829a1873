"""What stands together, what excludes and what shares a limit: as a source says, or as we conclude.

Each measure's file lists its links; combining.yaml says where a link was read, and holds the rules that
concern several measures at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from inclusion_rules.measures import Measure, all_measures
from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, TextFileError, read_file, sources, text


class Together(Enum):
    """How two measures stand to each other for the same person at the same time.

    `READ` and `INFERRED` may stand together: a source says so, or we conclude it. `RULED_OUT` and `UNLIKELY`
    may not: a source says so, or we conclude it. `UNSAID`: nobody has said anything.
    """

    READ = "read"
    INFERRED = "inferred"
    RULED_OUT = "ruled_out"
    UNLIKELY = "unlikely"
    UNSAID = "unsaid"


class RuleKind(Enum):
    """What a rule is about: a limit they share, one cost covered once, what comes first, or when they may."""

    CAP = "cap"
    COST = "cost"
    FIRST = "first"
    WHEN = "when"


@dataclass(frozen=True, slots=True)
class Reading:
    """The law and the source that a link or a rule rests on, and the day somebody last checked it."""

    law: str
    source: Source
    checked: date


@dataclass(frozen=True, slots=True)
class Link:
    """Another measure, and how it stands to the one asked about. `reading` is None where we conclude."""

    other: Measure
    how: Together
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class SharedRule:
    """A rule for `measures` (keys). The words may hold {rate:…}. `inferred`: it is our conclusion."""

    key: str
    kind: RuleKind
    measures: tuple[str, ...]
    words: Text
    inferred: bool
    reading: Reading


@dataclass(frozen=True, slots=True)
class Combination:
    """Everything we know of what stands beside one measure: links in the order of usefulness, and rules."""

    links: tuple[Link, ...]
    rules: tuple[SharedRule, ...]

    def of(self, how: Together) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.how is how)


def together(one: str, other: str) -> Together:
    """How two measures stand to each other for the same person, whichever of them says it.

    Where one says that they exclude each other, that counts: we would rather promise too little.
    KeyError for a key that is no measure.
    """
    first, second = all_measures()[one], all_measures()[other]
    if other in first.excludes or one in second.excludes:
        return Together.RULED_OUT if reading(one, other) else Together.UNLIKELY
    said = {first.combines_with.get(other), second.combines_with.get(one)}
    if "source" in said:
        return Together.READ
    return Together.INFERRED if "inferred" in said else Together.UNSAID


def reading(one: str, other: str) -> Reading | None:
    """Where the link between two measures was read; None where it is our conclusion, or there is no link."""
    return _readings().get(frozenset((one, other)))


def combination(key: str) -> Combination:
    """What stands together with the measure `key`, what does not, and the rules they share.

    KeyError for a key that is no measure.
    """
    links = []
    for other in all_measures().values():
        how = together(key, other.key) if other.key != key else Together.UNSAID
        if how is not Together.UNSAID:
            links.append(Link(other, how, reading(key, other.key)))
    return Combination(tuple(links), tuple(rule for rule in shared_rules() if key in rule.measures))


@lru_cache(maxsize=1)
def shared_rules() -> tuple[SharedRule, ...]:
    """Every rule that concerns several measures. TextFileError when one lacks a language or names no kind."""
    raw = read_file("combining.yaml")
    return tuple(_rule(key, fields, raw["checked"]) for key, fields in raw["rules"].items())


@lru_cache(maxsize=1)
def _readings() -> Mapping[frozenset[str], Reading]:
    raw = read_file("combining.yaml")
    return {
        frozenset((row["between"], other)): _reading(row, raw["checked"])
        for row in raw["read"]
        for other in row["and"]
    }


def _rule(key: str, fields: Mapping[str, Any], checked: date) -> SharedRule:
    where = f"combining.yaml, {key}"
    if fields.get("kind") not in {kind.value for kind in RuleKind}:
        raise TextFileError(f"{where}: write a kind: {', '.join(kind.value for kind in RuleKind)}")
    return SharedRule(
        key=key,
        kind=RuleKind(fields["kind"]),
        measures=tuple(fields["measures"]),
        words=text(fields.get("words"), where),
        inferred=bool(fields.get("inferred")),
        reading=_reading(fields, checked),
    )


def _reading(fields: Mapping[str, Any], checked: date) -> Reading:
    (source,) = sources([fields["source"]])
    return Reading(fields["law"], source, checked)
