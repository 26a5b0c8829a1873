"""A worked example on a measure's page: our own figures, what they give a month, and in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from inclusion_rules.contribution_zone import contribution_rate_key
from inclusion_rules.estimate import SUBSIDIES, Alternative, Position, SupportPeriod, estimate
from inclusion_rules.month_rows import MonthRow, month_rows
from inclusion_rules.periods import ONE_DAY, Period, add_months
from inclusion_rules.rates import NoRate, Rate, RateBook
from inclusion_rules.subsidy import MENTOR, SUMMER_JOB, Agreement
from toolbox.catalogue.explanations import Row, cost_rows, later_rows, mentor_rows, support_rows
from toolbox.catalogue.forms import HIGHEST_ZONE, Answers, ZoneSource, next_summer, usual_start
from toolbox.catalogue.validity import assumption, valid
from toolbox.ui.figures import day, kroner, number, percent, period


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """What we suppose, in one sentence, and the figures that follow, each with what it rests on."""

    supposed: str
    rows: tuple[Row, ...]


def worked_example(measure: str, today: date, rates: RateBook) -> WorkedExample | None:
    """The example of a wage subsidy or a mentor.

    None for another measure, and when next year's rates are so late that nothing can be reckoned.
    """
    try:
        if measure in SUBSIDIES:
            return _wage_subsidy(measure, today, rates)
        return _mentor(today, rates) if measure == MENTOR else None
    except NoRate:
        return None


def _answers(measure: str, today: date, rates: RateBook) -> Answers:
    """Our own position: full time, at the wage we fill in elsewhere too, with the highest contribution."""
    start = next_summer(today, rates) if measure == SUMMER_JOB else usual_start(today, rates)
    contribution_key = contribution_rate_key(HIGHEST_ZONE)
    wage = rates.value("shared.example_hourly_wage", start)
    return Answers(
        measure=measure,
        position=Position(
            wage=wage,
            per_hour=True,
            position_percent=Decimal(100),
            holiday_percent=rates.value("shared.holiday_pay_agreement", start),
            pension_percent=rates.value("shared.pension_minimum", start),
            contribution_percent=rates.value(contribution_key, start),
        ),
        start=start,
        end=None,
        contribution_key=contribution_key,
        zone_source=ZoneSource.UNKNOWN,
        mentor_hours=rates.value("shared.example_mentor_hours", start),
        mentor_wage=wage,
    )


def _wage_subsidy(measure: str, today: date, rates: RateBook) -> WorkedExample:
    answers = _answers(measure, today, rates)
    found = estimate(
        measure,
        answers.position,
        start=answers.start,
        end=None,
        rates=rates,
        contribution_key=answers.contribution_key,
    )
    cost = replace(
        cost_rows(answers, found, rates)[-1],
        where_from=_(
            "Lønn, feriepenger, tjenestepensjon og høyeste arbeidsgiveravgift. "
            "Summen er avrundet én gang, til slutt."
        ),
    )
    supposed = _("Full stilling med %(wage)s i timen, fra %(start)s.") % {
        "wage": kroner(answers.position.wage),
        "start": day(answers.start),
    }
    stretches = (stretch for way in found.alternatives for stretch in way.periods)
    monthly = [
        replace(row, label=f"{row.label}, {_when(stretch)}")
        for row, stretch in zip(support_rows(found), stretches, strict=True)
    ]
    totals = []
    for way in found.alternatives:
        rows = _rows(way, rates)
        contribution = rates.rate(answers.contribution_key, found.cost_on(rows[-1].end).start)
        label = _("Til sammen hvis Nav gir %(percent)s, %(period)s") % {
            "percent": percent(way.percent),
            "period": period(rows[0].start, rows[-1].end),
        }
        totals.append(_total(label, rows, way.periods[-1].support, contribution, monthly[0].not_included))
    return WorkedExample(supposed, (cost, *later_rows(answers, found, rates), *monthly, *totals))


def _when(stretch: SupportPeriod) -> str:
    if stretch.end is None:
        return _("fra %(start)s") % {"start": day(stretch.start)}
    return period(stretch.start, stretch.end)


def _rows(way: Alternative, rates: RateBook) -> tuple[MonthRow, ...]:
    """The months that are summed: all of them, or the first year of a support without a last day."""
    rows = month_rows(way.agreement, rates).rows
    if way.periods[-1].end is not None:
        return rows
    return tuple(row for row in rows if row.start < add_months(way.first.start, 12))


def _mentor(today: date, rates: RateBook) -> WorkedExample:
    answers = _answers(MENTOR, today, rates)
    (month,) = mentor_rows(answers, rates)
    months = int(rates.value(f"{MENTOR}.max_months_general", answers.start))
    agreement = Agreement(
        measure=MENTOR,
        start=answers.start,
        end=add_months(answers.start, months) - ONE_DAY,
        monthly_total=month.amount,
    )
    month = replace(
        month,
        where_from=_("Lønnen til kollegaen i de avtalte timene, med feriepenger, pensjon og avgift."),
    )
    supposed = _("En kollega med %(wage)s i timen er mentor %(hours)s timer i måneden, fra %(start)s.") % {
        "wage": kroner(answers.position.wage),
        "hours": number(answers.mentor_hours or 0),
        "start": day(answers.start),
    }
    rows = month_rows(agreement, rates).rows
    label = _("Til sammen, %(period)s") % {"period": period(rows[0].start, rows[-1].end)}
    contribution = rates.rate(answers.contribution_key, answers.start)
    total = _total(label, rows, month.amount, contribution, month.not_included)
    return WorkedExample(supposed, (month, total))


def _total(
    label: str, rows: tuple[MonthRow, ...], last_month: int, contribution: Rate, not_included: str
) -> Row:
    """The months added up. The contribution is part of the cost, so it too may make the sum an assumption.

    `last_month` is what the last row would be if its month were whole, in NOK.
    """
    amount = sum(row.amount for row in rows)
    rate = rows[0].rates[0]
    used = {found.key: found.source for row in rows for found in row.rates}
    return Row(
        label=label,
        amount=amount,
        formula=f"{' + '.join(_parts(rows, last_month))} = {kroner(amount)}",
        where_from=_("Beløpene måned for måned, lagt sammen."),
        law=rate.law,
        valid=f"{valid(rate)} {assumption(contribution, rows[-1].end)}".strip(),
        checked=rate.checked,
        sources=tuple(dict.fromkeys(used.values())),
        not_included=not_included,
        strong=True,
    )


def _parts(rows: Iterable[MonthRow], last_month: int) -> Iterator[str]:
    """«6 × 16 945 kr», or for days of the last month «21 182 kr ÷ 30,4375 × 28 dager, avrundet»."""
    for amount, same in groupby(rows, lambda row: row.amount):
        months = list(same)
        counted = _counts_days(months[-1])
        if counted:
            days = _("%(days)s dager, avrundet") % {"days": Period(months[-1].start, months[-1].end).days}
            yield f"{kroner(last_month)} ÷ {number(counted.value)} × {days}"
        else:
            yield f"{len(months)} × {kroner(amount)}"


def _counts_days(row: MonthRow) -> Rate | None:
    """The rate that counts days, where the row is not a whole month."""
    return next((rate for rate in row.rates if rate.key == "shared.days_per_month"), None)
