"""What is known, and what we assume, about one inclusion hire: figures with a range, never one number.

The figures stand in parameters.yaml with unit, origin, sources and caveat. What law or NAV sets is not among
them: ask the RateBook, with a date. Evidence notes may be told in words, and are refused to a calculation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from inclusion_rules.three_languages import Text, read_file, text, text_or_none

FILE = "parameters.yaml"
KINDS = ("measured", "derived", "assumption")
ORIGINS = ("source", "computed", "ours")
CONFIDENCES = ("high", "medium", "low")


class ParameterFileError(ValueError):
    """parameters.yaml contradicts itself. Says which parameter, and what to write instead."""


class NotInModel(ValueError):
    """A calculation asked for something it may not use. Says what to do instead."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure was read. `url` None: our own estimate."""

    title: str
    year: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure with its range, in `unit` (a key of `limits` in the file); shares are 0–1.

    `low` ≤ `mid` ≤ `high` by size, which is not from bad to good. `origin_mid` and `origin_bounds` tell who
    set them: source, computed or ours. `weeks` is the first and last week of employment an hour counts for,
    the last None when it goes on; `after_months` is when a share still employed is counted.
    """

    id: str
    label: Text
    unit: str
    low: Decimal
    mid: Decimal
    high: Decimal
    kind: str
    origin_mid: str
    origin_bounds: str
    formula: Text | None
    sources: tuple[Evidence, ...]
    caveat: Text
    confidence: str
    checked: date
    use_in_model: bool
    weeks: tuple[int, int | None] | None
    after_months: int | None

    @property
    def ours(self) -> bool:
        """Is the middle our own estimate, to be marked as ours wherever it is shown?"""
        return self.origin_mid == "ours"


def parameter(key: str) -> Parameter:
    """The parameter `key`, to be shown or used.

    KeyError when there is none; the message names the rate to ask for when law or NAV sets the figure.
    """
    found = all_parameters().get(key)
    if found is None:
        raise KeyError(_where_else(key))
    return found


@lru_cache(maxsize=1)
def all_parameters() -> Mapping[str, Parameter]:
    """Every parameter by id, in the order of the file, read and checked once a process."""
    return checked_parameters(_file())


def for_model(keys: Iterable[str]) -> dict[str, Parameter]:
    """The parameters a calculation may use, in the order asked for.

    NotInModel for an evidence note, and for two figures that count the same cost. KeyError as `parameter`.
    """
    found = {key: parameter(key) for key in keys}
    for key, each in found.items():
        if not each.use_in_model:
            raise NotInModel(f"{key} is an evidence note: tell it in words, and leave it out of arithmetic")
    for group in _file()["never_together"]:
        if len(set(group) & set(found)) > 1:
            raise NotInModel(f"{' and '.join(group)} count the same cost: use one of them")
    return found


def limits(unit: str) -> tuple[Decimal, Decimal]:
    """The smallest and the largest value a reader may put in for a figure of this unit."""
    low, high = _file()["limits"][unit]
    return Decimal(str(low)), Decimal(str(high))


def parts_of_one() -> tuple[tuple[str, ...], ...]:
    """Groups of shares that make up a whole: whoever draws several divides each by their sum."""
    return tuple(tuple(group) for group in _file()["parts_of_one"])


def never_rising() -> tuple[tuple[str, ...], ...]:
    """Groups that are one curve in order of time, which may never rise."""
    return tuple(tuple(group) for group in _file()["never_rising"])


def simulation_setting(name: str) -> Any:
    """A number that says how the simulation runs: paths, months, seed, widths of bins."""
    return _file()["simulation"][name]


def checked_parameters(raw: Mapping[str, Any]) -> dict[str, Parameter]:
    """The parameters of a file already parsed. ParameterFileError when one contradicts itself or another."""
    found = {
        key: _parameter(key, fields, raw["sources"], raw["checked"])
        for key, fields in raw["parameters"].items()
    }
    for problem in _contradictions(found, raw):
        raise ParameterFileError(f"{FILE}: {problem}")
    return found


def _contradictions(found: Mapping[str, Parameter], raw: Mapping[str, Any]) -> Iterator[str]:
    for key, each in found.items():
        if not each.low <= each.mid <= each.high:
            yield f"{key}: write low ≤ mid ≤ high"
        if each.unit not in raw["limits"]:
            yield f"{key}: use a unit of `limits`, or give {each.unit!r} a limit there"
        elif not raw["limits"][each.unit][0] <= each.low <= each.high <= raw["limits"][each.unit][1]:
            yield f"{key}: keep low and high within the limits of {each.unit}"
        for field, value, allowed in (
            ("kind", each.kind, KINDS),
            ("origin.mid", each.origin_mid, ORIGINS),
            ("origin.bounds", each.origin_bounds, ORIGINS),
            ("confidence", each.confidence, CONFIDENCES),
        ):
            if value not in allowed:
                yield f"{key}: {field} is {value!r}; use one of {', '.join(allowed)}"
        if each.kind == "assumption" and not each.ours:
            yield f"{key}: an assumption is ours; write origin.mid: ours"
        if (each.kind == "derived") != (each.formula is not None):
            yield f"{key}: a derived figure has a formula, and no other"
        if key in raw["set_by_rates"]:
            yield f"{key} is set by law: keep it in the rate files only"
    for group in raw["parts_of_one"]:
        if sum(found[key].mid for key in group) != 1:
            yield f"the mids of {', '.join(group)} must sum to 1"
    for group in raw["never_rising"]:
        for earlier, later in pairwise(group):
            for end in ("low", "mid", "high"):
                if getattr(found[later], end) > getattr(found[earlier], end):
                    yield f"{later}.{end} is above {earlier}.{end}: fewer can be left later, never more"


def _parameter(key: str, fields: Mapping[str, Any], sources: Mapping[str, Any], checked: date) -> Parameter:
    where = f"{FILE} {key}"
    try:
        return Parameter(
            id=key,
            label=text(fields["label"], f"{where}.label"),
            unit=fields["unit"],
            low=Decimal(str(fields["low"])),
            mid=Decimal(str(fields["mid"])),
            high=Decimal(str(fields["high"])),
            kind=fields["kind"],
            origin_mid=fields["origin"]["mid"],
            origin_bounds=fields["origin"]["bounds"],
            formula=text_or_none(fields.get("formula"), f"{where}.formula"),
            sources=tuple(Evidence(**sources[name]) for name in fields["sources"]),
            caveat=text(fields["caveat"], f"{where}.caveat"),
            confidence=fields["confidence"],
            checked=checked,
            use_in_model=fields.get("use_in_model", True),
            weeks=tuple(fields["weeks"]) if "weeks" in fields else None,
            after_months=fields.get("after_months"),
        )
    except KeyError as lacking:
        raise ParameterFileError(f"{where}: {lacking} is missing or not known") from None


def _where_else(key: str) -> str:
    elsewhere = _file()["set_by_rates"]
    if key not in elsewhere:
        return f"there is no parameter {key}: the ids stand in {FILE}"
    if elsewhere[key] is None:
        return f"{key} is decided by NAV each time: ask the reader what has been agreed"
    return f"{key} is set by law: ask the RateBook for {elsewhere[key]}, with a date"


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return read_file(FILE)
