"""«Refusjonen»: what Nav may pay for one month afterwards, and by when it must be claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.estimate import Estimate
from inclusion_rules.measures import all_measures
from inclusion_rules.money import half_towards_plus, half_up
from inclusion_rules.rates import RateBook
from inclusion_rules.refund import (
    FIXED_WAGE,
    HOLIDAY_DEDUCTION,
    Claim,
    IncomeLine,
    Refund,
    left_of_year,
    refund,
)
from inclusion_rules.refund_deadline import RefundDeadline, add_months_keep_end, refund_deadline
from inclusion_rules.subsidy import monthly_subsidy, period_amount
from toolbox.catalogue.estimate_views import Figure, show
from toolbox.catalogue.forms import Answers, PositionForm
from toolbox.catalogue.refund_form import RefundForm, months_of
from toolbox.catalogue.refund_rows import refund_rows
from toolbox.directory.queries import primary_contact
from toolbox.ui.clock import today
from toolbox.ui.figures import day, month, number, percent, rate_value
from toolbox.ui.rate_book import current_book


def one_month(request: HttpRequest) -> HttpResponse:
    """The refund of one month, or the form with what to correct; the calculator's without a position."""
    book, on = current_book(), today()
    position = PositionForm.filled(request.GET, today=on, rates=book)
    if not position.is_valid():
        return render(request, "catalogue/calculator.html", {"form": position})
    answers = position.answers()
    found = show(answers, book).found
    form = RefundForm.filled(request.GET, found)
    carried = RefundForm.without(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "carried": carried,
        "query": urlencode(carried),
        "measure": all_measures()[answers.measure],
        "contact": primary_contact(position.cleaned_data["kommune"], on),
        "parted": answers.start.day > 1,
        "deadline_rate": book.rate(_DEADLINE_RATE, answers.start),
    }
    if form.is_valid():
        context |= _shown(answers, found, form, carried, book, on)
    return render(request, "catalogue/refund.html", context)


@dataclass(frozen=True, slots=True)
class _Month:
    """One month as told, and what follows from it."""

    claim: Claim
    refund: Refund

    @property
    def paid(self) -> int:
        """What Nav pays: nothing when the refund is below zero."""
        return max(0, self.refund.amount)

    @property
    def you_pay(self) -> int:
        """What is left of the cost, never below zero."""
        return max(0, half_towards_plus(self.refund.cost_after_refunds) - self.paid)


@dataclass(frozen=True, slots=True)
class _Example:
    """The same month with one thing changed. `query` opens its whole calculation."""

    words: str
    paid: int
    you_pay: int
    query: str


def _shown(
    answers: Answers, found: Estimate, form: RefundForm, carried: Mapping[str, str], book: RateBook, on: date
) -> dict[str, Any]:
    claim = _claim(answers, found, form, book)
    paid_this_year = half_up(Decimal(form.amount("refundert")))
    minus = -half_up(Decimal(form.amount("minus")))

    def reckon(claim: Claim) -> _Month:
        left = left_of_year(
            claim.measure,
            claim.period.start,
            paid_this_year,
            lambda key, start: book.newest(key, start).value,
        )
        return _Month(claim, refund(claim, carried_minus=minus, left_of_year=left))

    told = reckon(claim)
    unit = _("kr for %(month)s") % {"month": month(claim.period.start)}
    deadline = refund_deadline(
        claim.period.end,
        book.value,
        approved_on=form.cleaned_data["godkjent"],
        other_refunds=claim.other_refunds > 0,
    )
    return {
        "about": _("%(measure)s: overslag for %(month)s, hvis Nav har godkjent %(percent)s.")
        % {
            "measure": all_measures()[answers.measure].name[get_language() or "nb"],
            "month": month(claim.period.start),
            "percent": percent(claim.subsidy_percent),
        },
        "told": told,
        "figures": (
            Figure(_("Nav kan betale"), told.paid, unit),
            Figure(_("Du betaler"), told.you_pay, unit),
        ),
        "rows": tuple(refund_rows(claim, told.refund, answers, found, paid_this_year, book)),
        "period": claim.period,
        "deadline": deadline,
        "status": deadline.status(on).value,
        "deadline_formula": _deadline_formula(deadline, claim, form, book),
        "deadline_rate": book.rate(_DEADLINE_RATE, claim.period.end),
        "examples": tuple(_examples(found, form, carried, claim, reckon)),
    }


_DEADLINE_RATE = "shared.refund_deadline_months"


def _deadline_formula(deadline: RefundDeadline, claim: Claim, form: RefundForm, book: RateBook) -> str:
    """From which day, how many months, and to which day."""
    end = claim.period.end
    counted_from, rate = max(end, form.cleaned_data["godkjent"] or end), book.rate(_DEADLINE_RATE, end)
    if claim.other_refunds:
        longer = book.rate("shared.refund_deadline_months_other_refunds", end)
        if deadline.deadline == add_months_keep_end(end, int(longer.value)):
            counted_from, rate = end, longer
    return f"{day(counted_from)} + {rate_value(rate)} = {day(deadline.deadline)}."


def _claim(answers: Answers, found: Estimate, form: RefundForm, book: RateBook) -> Claim:
    period = months_of(found)[form.cleaned_data["maned"]]
    told_percent = form.cleaned_data["navprosent"]
    each = found.cost_on(period.start)
    per_month = monthly_subsidy(each.cost.total, told_percent) or 0
    position = each.position
    return Claim(
        measure=answers.measure,
        period=period,
        subsidy_percent=told_percent,
        holiday_percent=position.holiday_percent,
        pension_percent=position.pension_percent,
        contribution_percent=position.contribution_percent,
        approved=period_amount(period, per_month, book.value("shared.days_per_month", period.start)),
        lines=_lines(form.cleaned_data["utbetalt"], form.amount("ferietrekk"), period.start),
        other_refunds=half_up(Decimal(form.amount("andre"))),
    )


def _lines(wage: Decimal, holiday: Decimal | int, start: date) -> tuple[IncomeLine, ...]:
    """The month's wage and holiday deduction as the a-melding would have them."""
    first = start.replace(day=1)
    return (
        IncomeLine(FIXED_WAGE, wage, first, earned_in_period=True),
        IncomeLine(HOLIDAY_DEDUCTION, -Decimal(holiday), first),
    )


def _examples(
    found: Estimate,
    form: RefundForm,
    carried: Mapping[str, str],
    claim: Claim,
    reckon: Callable[[Claim], _Month],
) -> Iterator[_Example]:
    """What usually happens, in the reader's own month: the agreed wage, and three things that change it."""
    agreed = found.cost.wage
    half, quarter, more = (Decimal(half_up(agreed * part)) for part in _PARTS)
    for words, wage, holiday, other in (
        (_("Lønnen er som avtalt"), agreed, Decimal(0), Decimal(0)),
        (_("Halve lønnen kommer tilbake som sykepenger"), agreed, Decimal(0), half),
        (_("En firedel av lønnen er trukket for ferie"), agreed, quarter, Decimal(0)),
        (_("Lønnen er en tidel høyere enn avtalt"), more, Decimal(0), Decimal(0)),
    ):
        lines = _lines(wage, holiday, claim.period.start)
        found_month = reckon(replace(claim, lines=lines, other_refunds=int(other)))
        changed = {"utbetalt": number(wage), "ferietrekk": number(holiday), "andre": number(other)}
        told = {name: form.data[name] for name in form.fields if form.data.get(name)}
        yield _Example(
            words, found_month.paid, found_month.you_pay, urlencode({**carried, **told, **changed})
        )


#: Of the agreed wage: what comes back as sick pay, what is deducted for holiday, and a wage that was higher.
_PARTS = (Decimal("0.5"), Decimal("0.25"), Decimal("1.1"))
