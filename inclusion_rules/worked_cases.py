"""The worked cases of every measure (`measures/<key>/cases.yaml`), and which of them new rates change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from inclusion_rules.contribution_zone import contribution_rate_key, zone_of
from inclusion_rules.estimate import Estimate, Position, estimate
from inclusion_rules.measures import HERE, Measure, all_measures
from inclusion_rules.rates import NoRate, RateBook
from inclusion_rules.reviewed_file import read_yaml
from inclusion_rules.situation import Known, Situation
from inclusion_rules.subsidy import TEMPORARY
from inclusion_rules.verdict import State

_FACTS = {field.name: field for field in fields(Situation)}
_NUMBERS = {"position_percent", "monthly_wage", "nav_percent"}


class CaseFileError(ValueError):
    """A case breaks the schema. Says which fact, and what to write."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case. `expect` is what its file says of the shipped rates; `name` is in Norwegian."""

    measure: Measure
    name: str
    situation: Situation
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rule says of a case. `missing`: the key of the rate without which there are no amounts."""

    state: State
    reasons: tuple[str, ...]
    amounts: tuple[tuple[str, Decimal, str], ...]  # code in measure.yaml, value, unit
    missing: str | None


def situation(facts: Mapping[str, Any]) -> Situation:
    """The situation of a case: yes, no and unknown for what is known of, numbers exact. CaseFileError."""
    return Situation(**{name: _fact(name, value) for name, value in facts.items()})


def _fact(name: str, value: Any) -> Any:
    if name not in _FACTS:
        # YAML reads a bare `on` as true.
        raise CaseFileError(f'{name!r} is no fact of a situation; write "on" in quotes')
    if isinstance(_FACTS[name].default, Known):
        return Known(value)
    return Decimal(str(value)) if name in _NUMBERS and value is not None else value


@lru_cache(maxsize=1)
def worked_cases() -> tuple[WorkedCase, ...]:
    """Every case of every measure. Read once a process."""
    return tuple(
        WorkedCase(all_measures()[path.parent.name], raw["name"], situation(raw["situation"]), raw["expect"])
        for path in sorted(HERE.glob("*/cases.yaml"))
        for raw in read_yaml(path)
    )


def outcome(case: WorkedCase, rates: RateBook) -> Outcome:
    verdict = case.measure.assess(case.situation, rates)
    if verdict is None:
        raise CaseFileError(f"{case.measure.key} has cases and no rule")
    try:
        amounts = tuple((a.code, a.value, a.unit) for a in case.measure.amounts_for(case.situation, rates))
        missing = None
    except NoRate as unknown:
        amounts, missing = (), unknown.key
    return Outcome(verdict.state, verdict.reasons, amounts, missing)


def changed_cases(before: RateBook, after: RateBook) -> Iterator[tuple[WorkedCase, Outcome, Outcome]]:
    """The cases with another outcome in the second book, each with both."""
    for case in worked_cases():
        old, new = outcome(case, before), outcome(case, after)
        if old != new:
            yield case, old, new


def cafe_estimate(start: date, rates: RateBook) -> Estimate:
    """What the café of the first worked case pays, at the wage we fill in, when the job begins on `start`.

    NoRate when that lies further ahead than may be assumed.
    """
    cafe = next(case.situation for case in worked_cases() if case.measure.key == TEMPORARY)
    zone = zone_of(cafe.municipality or "")
    if zone is None or cafe.position_percent is None:
        raise CaseFileError("the café must have a municipality whose zone we know, and a position")
    contribution_key = contribution_rate_key(zone)
    position = Position(
        wage=rates.value("shared.example_hourly_wage", start),
        per_hour=True,
        position_percent=cafe.position_percent,
        holiday_percent=rates.value("shared.holiday_pay_agreement", start),
        pension_percent=rates.value("shared.pension_minimum", start),
        contribution_percent=rates.value(contribution_key, start),
    )
    return estimate(
        TEMPORARY, position, start=start, end=None, rates=rates, contribution_key=contribution_key
    )
