"""Every measure, grant, service and duty: one folder each, named by its key.

<key>/measure.yaml   words in nb, nn and en, steps, law, links, status
<key>/rates.yaml     its dated numbers, where it has any
<key>/rule.py        assess(situation, rates) → Verdict, and amounts(…), where it gives something
<key>/cases.yaml     worked examples, which are the rule's tests
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from inclusion_rules.rates import LANGUAGES, Rate, RateBook, Source
from inclusion_rules.reviewed_file import read_yaml
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import State, Verdict

HERE = Path(__file__).parent

KINDS = ("subsidised_job", "training", "follow_up", "aid", "grant", "refund", "advice", "duty")
STATUSES = ("active", "changed", "closed_to_new", "repealed")
#: What an ordinary employer may receive.
OFFERS = ("money", "work", "equipment", "help", "nothing")

#: A word that refers to a rate: {rate:name} in the measure's own file, {rate:shared.x}, {rate:other.x}.
RATE_REFERENCE = re.compile(r"\{rate:([a-z0-9_.]+)\}")


class MeasureFileError(ValueError):
    """A measure file breaks the schema. Says which measure, and what to write."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The words that finish «Passer bare hvis …» and «Passer ikke nå fordi …», by language."""

    only_if: Mapping[str, str] | None
    not_now: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Amount:
    """What an employer may receive by one measure: NOK, or a percentage of the wage cost.

    `code` finds its words in measure.yaml `amounts`. `rates` are what the figure rests on.
    """

    code: str
    value: Decimal
    unit: str
    rates: tuple[Rate, ...]

    @property
    def assumed(self) -> bool:
        return any(rate.assumed for rate in self.rates)


@dataclass(frozen=True, slots=True)
class Measure:
    """The words and facts of one measure. Texts are {nb, nn, en} and may hold rate references."""

    key: str
    slug: str
    name: Mapping[str, str]
    kind: str
    status: str
    status_since: date | None
    confidence: str
    checked: date
    offer: str
    areas: tuple[str, ...]
    needs: tuple[str, ...]  # which needs it answers: codes of the catalogue's filter
    order: int  # usefulness among equals, low first
    summary: Mapping[str, str]
    gives: Mapping[str, str]
    fits_person: tuple[Mapping[str, str], ...]
    fits_employer: tuple[Mapping[str, str], ...]
    duration: Mapping[str, str] | None
    steps: tuple[tuple[Mapping[str, str], Mapping[str, str]], ...]
    duties: tuple[Mapping[str, str], ...]
    when: Mapping[str, str] | None
    unknown: tuple[Mapping[str, str], ...]
    before_start: bool
    reasons: Mapping[str, Reason]
    amounts: Mapping[str, Mapping[str, str]]
    headline: tuple[Mapping[str, Any], ...]
    combines_with: Mapping[str, str]  # key → source | inferred
    excludes: tuple[str, ...]
    replaced_by: tuple[str, ...]  # what to look at instead of something that takes nobody in any more
    law: tuple[str, ...]
    links: tuple[Mapping[str, Any], ...]
    sources: tuple[Source, ...]

    def assess(self, situation: Situation, rates: RateBook) -> Verdict | None:
        """The verdict of the measure's rule, or None where it has no rule (duties, advice)."""
        rule = _rule(self.key)
        return rule.assess(situation, rates) if rule else None

    def amounts_for(self, situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
        """What it may give in this situation. NoRate when the situation's dates lie beyond what is known."""
        rule = _rule(self.key)
        find: Callable[..., tuple[Amount, ...]] | None = getattr(rule, "amounts", None)
        return find(situation, rates) if find else ()

    def reason(self, code: str, state: State) -> Mapping[str, str]:
        """The words of a reason: the measure's own, otherwise the shared ones."""
        reason = self.reasons.get(code) or shared_reasons()[code]
        words = reason.only_if if state is State.ONLY_IF else reason.not_now
        if words is None:
            raise MeasureFileError(f"{self.key}: the reason {code} lacks words for {state.value}")
        return words


@lru_cache(maxsize=1)
def all_measures() -> Mapping[str, Measure]:
    """Every measure by key, in the order of usefulness. Read once a process."""
    found = [_measure(path) for path in sorted(HERE.glob("*/measure.yaml"))]
    found.sort(key=lambda m: (m.order, m.key))
    return {m.key: m for m in found}


@lru_cache(maxsize=1)
def measures_with_rules() -> tuple[Measure, ...]:
    """Those a situation can be held against, in the order of usefulness."""
    return tuple(measure for measure in all_measures().values() if _rule(measure.key))


@lru_cache(maxsize=1)
def shared_reasons() -> Mapping[str, Reason]:
    """Reasons that several measures give, written once."""
    raw = read_yaml(HERE.parent / "shared_reasons.yaml")
    return {code: _reason(fields) for code, fields in raw.items()}


@cache
def _rule(key: str) -> Any | None:
    if not (HERE / key / "rule.py").exists():
        return None
    return import_module(f"inclusion_rules.measures.{key}.rule")


def _reason(fields: dict[str, Any]) -> Reason:
    return Reason(only_if=fields.get("only_if"), not_now=fields.get("not_now"))


def _measure(path: Path) -> Measure:
    raw = read_yaml(path)
    key = path.parent.name

    def text(value: Any, where: str) -> Mapping[str, str]:
        if not isinstance(value, dict) or set(value) != set(LANGUAGES) or not all(value.values()):
            raise MeasureFileError(f"{key}: {where} must have a text in nb, nn and en")
        return value

    def texts(name: str) -> tuple[Mapping[str, str], ...]:
        return tuple(text(item, f"{name}[{i}]") for i, item in enumerate(raw.get(name) or ()))

    def maybe(name: str) -> Mapping[str, str] | None:
        return text(raw[name], name) if raw.get(name) else None

    def one_of(name: str, allowed: tuple[str, ...]) -> str:
        if raw.get(name) not in allowed:
            raise MeasureFileError(f"{key}: {name} is {raw.get(name)!r}; use one of {', '.join(allowed)}")
        return str(raw[name])

    return Measure(
        key=key,
        slug=raw["slug"],
        name=text(raw["name"], "name"),
        kind=one_of("kind", KINDS),
        status=one_of("status", STATUSES),
        status_since=raw.get("status_since"),
        confidence=one_of("confidence", ("high", "medium", "low")),
        checked=raw["checked"],
        offer=one_of("offer", OFFERS),
        areas=tuple(raw["areas"]),
        needs=tuple(raw.get("needs") or ()),
        order=raw["order"],
        summary=text(raw["summary"], "summary"),
        gives=text(raw["gives"], "gives"),
        fits_person=texts("fits_person"),
        fits_employer=texts("fits_employer"),
        duration=maybe("duration"),
        steps=tuple((text(s["title"], "steps"), text(s["text"], "steps")) for s in raw.get("steps") or ()),
        duties=texts("duties"),
        when=maybe("when"),
        unknown=texts("unknown"),
        before_start=bool(raw.get("before_start")),
        reasons={code: _reason(fields) for code, fields in (raw.get("reasons") or {}).items()},
        amounts={code: text(words, f"amounts.{code}") for code, words in (raw.get("amounts") or {}).items()},
        headline=tuple(raw.get("headline") or ()),
        combines_with=dict(raw.get("combines_with") or {}),
        excludes=tuple(raw.get("excludes") or ()),
        replaced_by=tuple(raw.get("replaced_by") or ()),
        law=tuple(raw.get("law") or ()),
        links=tuple(raw.get("links") or ()),
        sources=tuple(Source(s["title"], s["url"], s.get("as_of")) for s in raw["sources"]),
    )
