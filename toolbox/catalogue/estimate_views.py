"""«Regn ut»: a form, and what a position costs with and without support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import zip_longest

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.bad_cases import SICK_LEAVE, SUPPORT_ENDS, TWO_WEEKS, BadCase, bad_cases
from inclusion_rules.contribution_zone import ZONES, contribution_rate_key
from inclusion_rules.estimate import Estimate, SupportPeriod
from inclusion_rules.estimate import estimate as work_out
from inclusion_rules.measures import all_measures
from inclusion_rules.net_cost import Reckoning, net_cost
from inclusion_rules.periods import ONE_DAY
from inclusion_rules.rates import RateBook
from toolbox.catalogue.explanations import cost_rows, later_rows, mentor_rows, support_rows
from toolbox.catalogue.forms import Answers, PositionForm, ZoneSource
from toolbox.catalogue.validity import assumption
from toolbox.directory.queries import primary_contact
from toolbox.ui import steps
from toolbox.ui.clock import today
from toolbox.ui.figures import day, kroner, percent
from toolbox.ui.rate_book import current_book


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the large figures that stand side by side."""

    label: str
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A stretch of months in the table. `share` is the employer's part of the cost, a number of percent.

    `change` says what is new from its first day, `notes` what is uncertain or limited in it. `end` is None
    where nobody has set one: all months, or from then on.
    """

    label: str
    start: date | None
    end: date | None
    support: int
    you_pay: int
    share: float
    notes: tuple[str, ...]
    change: str = ""

    @property
    def bar(self) -> str:
        return f"{self.share:.2f}"

    @property
    def support_bar(self) -> str:
        return f"{100 - self.share:.2f}"


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The stretches of one alternative. `heading` is empty where there is only one."""

    heading: str
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An estimate as a page or a PDF shows it.

    `known_by` names it among those that are kept; None where a person's percentage is in it, so that it is
    kept nowhere.
    """

    about: str
    figures: tuple[Figure, ...]
    ranges: tuple[str, ...]
    months: tuple[MonthGroup, ...]
    found: Estimate
    known_by: Answers | None


def calculator(request: HttpRequest) -> HttpResponse:
    """The form, with what is usual filled in and whatever the address brought along."""
    form = PositionForm.filled(request.GET, today=today(), rates=current_book())
    form.hide_errors()
    return render(request, "catalogue/calculator.html", {"form": form})


def estimate(request: HttpRequest) -> HttpResponse:
    """The estimate, or the form again with what to correct."""
    book = current_book()
    form = PositionForm.filled(request.GET, today=today(), rates=book)
    if not form.is_valid():
        return render(request, "catalogue/calculator.html", {"form": form})
    answers = form.answers()
    shown = show(answers, book)
    context = {
        "answers": answers,
        "shown": shown,
        "ways": shown.figures[1:],
        # Asked for only where the page does not have them drawn already.
        "rows": lambda: (
            *cost_rows(answers, shown.found, book),
            *later_rows(answers, shown.found, book),
        ),
        "support": lambda: (*support_rows(shown.found), *mentor_rows(answers, book, shown.found)),
        "measure": all_measures()[answers.measure],
        "what_ifs": partial(_what_ifs, answers, shown.found, book),
        "query": request.GET.urlencode(),
        "whole_need": bool(request.GET.get("arbeid")),
        "contact": primary_contact(form.cleaned_data["kommune"], today()),
    }
    steps.took("calculator_result", request)
    return render(request, "catalogue/estimate.html", context)


#: The bad cases a calculator shows: the sheet shows them all, with the way out and who carries what.
_WHAT_IFS = (TWO_WEEKS, SICK_LEAVE, SUPPORT_ENDS)


def _what_ifs(answers: Answers, found: Estimate, book: RateBook) -> tuple[BadCase, ...]:
    reckoning = Reckoning(found, answers.position, rates=book, mentor=answers.mentor)
    return tuple(case for case in bad_cases(reckoning, net_cost(reckoning)) if case.key in _WHAT_IFS)


#: Estimates that are kept: most visitors leave the wage as it is, and few shares of a position are in use.
_ESTIMATES_KEPT = 500


def show(answers: Answers, book: RateBook, nav_percent: Decimal | None = None) -> Shown:
    """Ask the rules once, and lay the answer out for people. What is said of a person is not kept."""
    if nav_percent is None:
        return _shown(answers, book, get_language() or "nb")
    return _lay_out(answers, book, nav_percent)


@lru_cache(maxsize=_ESTIMATES_KEPT)
def _shown(answers: Answers, book: RateBook, language: str) -> Shown:
    return replace(_lay_out(answers, book, None), known_by=answers)


def _lay_out(answers: Answers, book: RateBook, nav_percent: Decimal | None) -> Shown:
    found = work_out(
        answers.measure,
        answers.position,
        start=answers.start,
        end=answers.end,
        rates=book,
        nav_percent=nav_percent,
        contribution_key=answers.contribution_key,
    )
    return Shown(
        about=_about(answers),
        figures=_figures(found),
        ranges=tuple(_ranges(answers, found, book)),
        months=_months(found),
        found=found,
        known_by=None,
    )


def _about(answers: Answers) -> str:
    """What the estimate is of, in one sentence."""
    position = answers.position
    words = {
        "measure": all_measures()[answers.measure].name[get_language() or "nb"],
        "wage": kroner(position.wage, 0 if position.wage == int(position.wage) else 2),
        "share": percent(position.position_percent),
        "start": day(answers.start),
    }
    if position.per_hour:
        each = _("%(measure)s: overslag for %(wage)s i timen og %(share)s stilling, med start %(start)s.")
        return each % words
    return _("%(measure)s: overslag for %(wage)s i måneden, med start %(start)s.") % words


def _figures(found: Estimate) -> tuple[Figure, ...]:
    unit = _("kr i måneden")
    label = _if_nav_gives_most if found.up_to else _if_nav_gives
    without = Figure(_("Uten støtte"), found.cost.total, unit)
    ways = (Figure(label(way.percent), way.first.you_pay, unit) for way in found.alternatives)
    return (without, *ways)


def _ranges(answers: Answers, found: Estimate, book: RateBook) -> Iterator[str]:
    """Where a rule or our knowledge leaves room: from where to where, and why."""
    total = found.cost.total
    if found.up_to:
        text = _("Nav setter prosenten for hver person. Dere betaler mellom %(low)s og %(high)s i måneden.")
        yield text % {
            "low": kroner(min(p.you_pay for p in found.alternatives[0].periods)),
            "high": kroner(max(each.cost.total for each in found.costs)),
        }
    if answers.zone_source is ZoneSource.UNKNOWN:
        lowest = min(book.newest(contribution_rate_key(zone), answers.start).value for zone in ZONES)
        position = replace(answers.position, contribution_percent=lowest)
        low = work_out(answers.measure, position, start=answers.start, end=answers.end, rates=book).cost.total
        text = _(
            "Vi kjenner ikke sonen for arbeidsgiveravgift i kommunen, og regner med den høyeste satsen. "
            "Uten støtte er kostnaden mellom %(low)s og %(high)s i måneden."
        )
        yield text % {"low": kroner(low), "high": kroner(total)}


def _months(found: Estimate) -> tuple[MonthGroup, ...]:
    without = tuple(_alone(_("Uten støtte"), found, found.start))
    if not found.changes:
        without = (replace(without[0], start=None),)
    groups = [MonthGroup("", without)]
    label = _if_nav_gives_most if found.up_to else _if_nav_gives
    for way in found.alternatives:
        rows = [
            MonthRow(
                label=label(period.percent),
                start=period.start,
                end=period.end,
                support=period.support,
                you_pay=period.you_pay,
                share=_share(period),
                notes=_notes(found, period.end or period.start, capped=period.capped),
                change=_change(found, period.start),
            )
            for period in way.periods
        ]
        if way.after:
            rows += _alone(_("Etter støtten"), found, way.after)
        several = len(found.alternatives) > 1
        heading = _("Gir Nav %(percent)s i starten") % {"percent": percent(way.percent)} if several else ""
        groups.append(MonthGroup(heading, tuple(rows)))
    return tuple(groups)


def _alone(label: str, found: Estimate, start: date) -> Iterator[MonthRow]:
    """The stretches without support from `start` on, cut where the cost changes."""
    days = [start, *(day for day in found.changes if day > start)]
    for first, following in zip_longest(days, days[1:]):
        end = following - ONE_DAY if following else None
        total = found.cost_on(first).cost.total
        yield MonthRow(label, first, end, 0, total, 100, _notes(found, first), _change(found, first))


def _share(period: SupportPeriod) -> float:
    total = period.support + period.you_pay
    return 100 * period.you_pay / total if total else 100


def _change(found: Estimate, start: date) -> str:
    """Why a row begins on `start`, where a new contribution is the reason."""
    if start not in found.changes:
        return ""
    share = percent(found.cost_on(start).position.contribution_percent)
    return _("Arbeidsgiveravgiften er %(percent)s fra %(day)s.") % {"percent": share, "day": day(start)}


def _notes(found: Estimate, on: date, *, capped: bool = False) -> tuple[str, ...]:
    """What a reader must know of a row that reaches `on`: a rate not set yet, a ceiling that bites."""
    contribution, notes = found.cost_on(on).contribution, []
    if capped:
        notes.append(_("Taket er nådd. Det som er igjen av årets støtte, er delt likt på månedene."))
    if contribution:
        notes.append(assumption(contribution, on))
    return tuple(filter(None, notes))


def _if_nav_gives(value: Decimal) -> str:
    return _("Hvis Nav gir %(percent)s") % {"percent": percent(value)}


def _if_nav_gives_most(value: Decimal) -> str:
    return _("Hvis Nav gir det høyeste, %(percent)s") % {"percent": percent(value)}
