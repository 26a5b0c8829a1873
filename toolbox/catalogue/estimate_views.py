"""«Regn ut»: a form, and what a position costs with and without support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from inclusion_rules.estimate import Estimate
from inclusion_rules.estimate import estimate as work_out
from inclusion_rules.rates import RateBook
from toolbox.catalogue.explanations import Row, assumption, cost_rows, support_rows
from toolbox.catalogue.forms import Answers, PositionForm
from toolbox.ui.clock import today
from toolbox.ui.figures import percent
from toolbox.ui.rate_book import current_book


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the large figures that stand side by side."""

    label: str
    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A stretch of months in the table. `share` is the employer's part of the cost, a number of percent."""

    label: str
    alternative: int
    start: Any
    end: Any
    support: int
    you_pay: int
    share: str
    note: str

    @property
    def support_share(self) -> str:
        return f"{100 - float(self.share):.2f}"


@dataclass(frozen=True, slots=True)
class Shown:
    """An estimate as a page or a PDF shows it."""

    figures: tuple[Figure, ...]
    months: tuple[MonthRow, ...]
    rows: tuple[Row, ...]
    support: tuple[Row, ...]
    found: Estimate


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
        return render(request, "catalogue/calculator.html", {"form": form}, status=422)
    answers = form.answers()
    return render(
        request,
        "catalogue/estimate.html",
        {"form": form, "answers": answers, "shown": show(answers, book), "query": request.GET.urlencode()},
    )


def show(answers: Answers, book: RateBook, nav_percent: Any = None) -> Shown:
    """Ask the rules once, and lay the answer out for people."""
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
        figures=_figures(found),
        months=_months(found),
        rows=cost_rows(answers, found, book),
        support=tuple(row for way in found.alternatives for row in support_rows(found, way)),
        found=found,
    )


def _figures(found: Estimate) -> tuple[Figure, ...]:
    unit = _("kr i måneden")
    without = Figure(_("Uten støtte"), found.cost.total, unit)
    return (without, *(Figure(_if_nav_gives(way.percent), way.first.you_pay, unit) for way in found.alternatives))


def _months(found: Estimate) -> tuple[MonthRow, ...]:
    note = assumption(found.contribution) if found.contribution else ""
    total = found.cost.total
    rows = [MonthRow(_("Uten støtte"), 0, found.start, None, 0, total, "100", note if found.assumes(found.start) else "")]
    for number, way in enumerate(found.alternatives, start=1):
        for period in way.periods:
            rows.append(
                MonthRow(
                    label=_if_nav_gives(period.percent),
                    alternative=number,
                    start=period.start,
                    end=period.end,
                    support=period.support,
                    you_pay=period.you_pay,
                    share=f"{100 * period.you_pay / total:.2f}" if total else "100",
                    note=note if period.assumed else "",
                )
            )
        rows.append(
            MonthRow(
                label=_("Etter støtten"),
                alternative=number,
                start=way.after,
                end=None,
                support=0,
                you_pay=total,
                share="100",
                note=_after_note(found, way.after, note),
            )
        )
    return tuple(rows)


def _after_note(found: Estimate, after: Any, note: str) -> str:
    known = found.last_known
    if known is None or after <= known:
        return ""
    if after.year > known.year + 1:
        return _("Vi har ikke satser for %(year)s ennå. Beløpet viser kostnaden med satsene for %(known)s.") % {
            "year": after.year,
            "known": known.year,
        }
    return note


def _if_nav_gives(value: Any) -> str:
    return _("Hvis Nav gir %(percent)s") % {"percent": percent(value)}
