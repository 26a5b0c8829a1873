"""What a change of a rate alters: worked cases, the café's estimate, and results that people have saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.measures import Measure
from inclusion_rules.offers import offers
from inclusion_rules.periods import add_months
from inclusion_rules.rates import NoRate, RateBook
from inclusion_rules.verdict import State
from inclusion_rules.worked_cases import Outcome, cafe_estimate, changed_cases
from toolbox.catalogue.estimate_views import show
from toolbox.catalogue.forms import PositionForm
from toolbox.guide.forms import NeedForm
from toolbox.guide.models import SavedResult
from toolbox.guide.need import read_need
from toolbox.ui.figures import day, kroner, number, percent

#: Saved results that are reckoned through, newest first. Each takes some milliseconds, twice.
MOST_RESULTS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changes. `before` and `after` are in words; one a row."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A saved result whose figures change. Nobody here can open it: only its days are known."""

    saved_on: date
    expires_on: date


def cases(before: RateBook, after: RateBook) -> list[Line]:
    """The worked cases that change. Their names are in Norwegian, as in the files."""
    return [
        Line(case.name, _outcome(case.measure, old), _outcome(case.measure, new))
        for case, old, new in changed_cases(before, after)
    ]


def _outcome(measure: Measure, found: Outcome) -> tuple[str, ...]:
    states = {
        State.MAY_FIT: _("Kan passe"),
        State.ONLY_IF: _("Passer bare hvis"),
        State.NOT_NOW: _("Passer ikke nå"),
    }
    language = get_language() or "nb"
    amounts = (
        f"{measure.amounts[code][language]}: {_value(value, unit)}" for code, value, unit in found.amounts
    )
    return (states[found.state], *amounts, *([_("Sats mangler")] if found.missing else []))


def _value(value: Decimal, unit: str) -> str:
    if unit == "percent":
        return percent(value)
    return kroner(value) if unit.startswith("nok") else number(value)


def cafe(before: RateBook, after: RateBook, first_day: date) -> list[Line]:
    """The café's estimate when the job begins on the first day of the change, and a month earlier."""
    lines = []
    for start in (add_months(first_day, -1), first_day):
        old, new = _cafe(start, before), _cafe(start, after)
        if old != new:
            name = _("Kafeen i Halden, start %(start)s") % {"start": day(start)}
            lines.append(Line(name, old, new))
    return lines


def _cafe(start: date, rates: RateBook) -> tuple[str, ...]:
    try:
        found = cafe_estimate(start, rates)
    except NoRate:
        return (_("Sats mangler"),)
    rows = [_("Uten støtte: %(amount)s i måneden") % {"amount": kroner(found.cost.total)}]
    for way in found.alternatives:
        rows += [
            _("Fra %(start)s, hvis Nav gir %(percent)s: dere betaler %(amount)s")
            % {"start": day(p.start), "percent": percent(p.percent), "amount": kroner(p.you_pay)}
            for p in way.periods
        ]
    return tuple(rows)


def saved_results(before: RateBook, after: RateBook, first_day: date, today: date) -> list[SavedLine]:
    """Open results, saved since `first_day` with the old value, whose figures the change alters."""
    open_ones = SavedResult.objects.filter(revoked=False, expires_on__gte=today, saved_on__gte=first_day)
    return [
        SavedLine(kept.saved_on, kept.expires_on)
        for kept in open_ones.order_by("-saved_on", "-pk")[:MOST_RESULTS]
        if _figures(kept.query, before, today) != _figures(kept.query, after, today)
    ]


def _figures(query: str, rates: RateBook, today: date) -> list[Any]:
    """Every figure a reader of the result sees."""
    asked = QueryDict(query)
    need, position = NeedForm(asked), PositionForm.filled(asked, today=today, rates=rates)
    if not (need.is_valid() and position.is_valid()):
        return []
    found = read_need(need, position, today)
    return list(_seen(found, rates))


def _seen(found: Any, rates: RateBook) -> Iterator[Any]:
    shown = show(found.answers, rates).found
    yield shown.cost.total
    for way in shown.alternatives:
        yield from ((p.start, p.end, p.percent, p.support) for p in way.periods)
    for offer in offers(found.situation, rates=rates):
        yield offer.measure.key, offer.state, tuple((a.code, a.value) for a in offer.amounts)
