"""What Nav may pay by one agreement, month by month, and what each amount rests on.

The percentages come from `subsidy`, by law as far as it is known. Here the year's ceiling, the fixed sums and
the inclusion grant come on top, so that every measure with money gives rows of the same kind.

Source: tiltaksforskriften chapters 5 and 8–11, FOR-2026-02-04-163 § 7; navikt/tiltaksgjennomforing-api
(subsidy periods, 2026-08-20) and navikt/tiltak-refusjon-api (the ceiling of the calendar year, 2026-07-01).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from inclusion_rules.periods import Period
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.subsidy import (
    ADAPTED_WORK,
    FOUR_YEAR,
    INCLUSION_GRANT,
    PERMANENT,
    WORK_TRAINING,
    Agreement,
    period_amount,
    support_steps,
)

#: Of these Nav pays at most so many base amounts a calendar year: the measure's rate `cap_base_amounts`.
WITH_YEARLY_CEILING = (PERMANENT, FOUR_YEAR)


class NegativeAmount(ValueError):
    """A cost, or what has been paid, is below zero."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What Nav may pay for some days of one calendar month: whole NOK, both days included.

    `percent` is None for a fixed sum and for the inclusion grant, whose one row spans the whole agreement.
    `capped`: a ceiling left less than the measure would give. `assumed`: a rate is not set for these days yet
    and the newest known one was used. `rates` are what the amount rests on, besides the cost it is part of.
    """

    start: date
    end: date
    percent: Decimal | None
    amount: int
    capped: bool
    assumed: bool
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class MonthlySupport:
    """The rows of one agreement in the order of their days; `total` is their sum, in NOK."""

    rows: tuple[MonthRow, ...]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)


def month_rows(
    agreement: Agreement, rates: RateBook, *, expenses: Iterable[int] = (), paid_before: int = 0
) -> MonthlySupport:
    """The rows of `agreement`, for any of Nav's measures (subsidy.MEASURES).

    The agreement's `monthly_total` is the employer's cost, or the mentor's, in whole NOK a month. `expenses`
    are the approved and documented costs of an inclusion grant, in NOK. `paid_before` is what Nav has paid
    earlier in the calendar year of the start for the same person, business unit and measure by another
    agreement: they share the ceiling of the year.

    No rows where nothing is paid: work training, an adapted work agreement (VTA-O) that starts after the
    scheme closed, a group the temporary subsidy is not for. None either while a date or a cost is missing.
    NoRate when a day lies past what may be assumed, TooLong past a four-year subsidy's last year,
    ReversedPeriod when the end comes first, NegativeAmount for money below zero.
    """
    expenses = tuple(expenses)
    if min(paid_before, agreement.monthly_total or 0, *expenses) < 0:
        raise NegativeAmount("an amount is below zero: write what was paid, or what it cost")
    whole = agreement.period
    if whole is None or agreement.measure == WORK_TRAINING:
        return MonthlySupport(())
    if agreement.measure == INCLUSION_GRANT:
        return MonthlySupport(_grant(whole, sum(expenses), rates))
    if agreement.measure == ADAPTED_WORK:
        return MonthlySupport(tuple(_fixed_sums(whole, rates)))
    rows = tuple(_shares(agreement, whole, rates))
    if rows and agreement.measure in WITH_YEARLY_CEILING:
        rows = tuple(_under_ceiling(agreement.measure, rows, paid_before, rates))
    return MonthlySupport(rows)


def _shares(agreement: Agreement, whole: Period, rates: RateBook) -> Iterator[MonthRow]:
    """The rows of a measure that pays a percentage of a cost."""
    if agreement.monthly_total is None:
        return
    for step in support_steps(
        agreement.measure,
        agreement.group,
        whole.start,
        whole.end,
        agreement.monthly_total,
        rates,
        chosen_percent=agreement.chosen_percent,
        later_totals=agreement.later_totals,
    ):
        for month in Period(step.start, step.end).by_month():
            amount, counted = _part_of(month, step.amount_per_month, rates)
            yield MonthRow(
                month.start, month.end, step.percent, amount, False, step.assumed, (*step.rates, *counted)
            )


def _fixed_sums(whole: Period, rates: RateBook) -> Iterator[MonthRow]:
    """Adapted work (VTA-O): the sum in force on the first day of each stretch, by the day in parts."""
    last_start = rates.newest(f"{ADAPTED_WORK}.last_new_start", whole.start).value
    if whole.start > last_start:
        return
    for month in whole.by_month():
        rate = rates.rate(f"{ADAPTED_WORK}.amount_per_month", month.start)
        amount, counted = _part_of(month, int(rate.value), rates)
        yield MonthRow(month.start, month.end, None, amount, False, rate.assumed, (rate, *counted))


def _grant(whole: Period, expenses: int, rates: RateBook) -> tuple[MonthRow, ...]:
    """The inclusion grant: what was spent, up to the ceiling of the agreement's last day."""
    ceiling = rates.rate(f"{INCLUSION_GRANT}.ceiling", whole.end)
    amount = min(expenses, int(ceiling.value))
    return (MonthRow(whole.start, whole.end, None, amount, expenses > amount, ceiling.assumed, (ceiling,)),)


def _part_of(month: Period, per_month: int, rates: RateBook) -> tuple[int, tuple[Rate, ...]]:
    """What a monthly sum gives for these days. The rate that counts days is part of it in a broken month."""
    if month.months_and_days() == (1, 0):
        return per_month, ()
    days_per_month = rates.rate("shared.days_per_month", month.start)
    return period_amount(month, per_month, days_per_month.value), (days_per_month,)


def _under_ceiling(
    measure: str, rows: tuple[MonthRow, ...], paid_before: int, rates: RateBook
) -> Iterator[MonthRow]:
    """The rows with what is left of the calendar year's ceiling, counted from the first row on.

    A row belongs to the year it starts in, and the base amount is that of its first day, so the ceiling rises
    in May. Past what is set the newest base amount is used: it has never gone down, so a row that stays below
    it assumes nothing.
    """
    if stays_below_ceiling(measure, max(row.amount for row in rows), rows[0].start, rates, paid_before):
        yield from rows
        return
    paid: dict[int, int] = {}
    for row in rows:
        before = paid.setdefault(row.start.year, paid_before if not paid else 0)
        ceiling, multiple, base_amount = _ceiling(measure, row.start, rates)
        left = max(0, ceiling - before)
        if row.amount > left:
            known_to = base_amount.known_to
            yield replace(
                row,
                amount=left,
                capped=True,
                assumed=row.assumed or (known_to is not None and row.start > known_to),
                rates=(*row.rates, multiple, base_amount),
            )
        else:
            yield row
        paid[row.start.year] = before + min(row.amount, left)


def stays_below_ceiling(measure: str, most: int, start: date, rates: RateBook, paid_before: int = 0) -> bool:
    """Will an agreement from `start` that gives at most `most` NOK a month surely never reach the ceiling?

    False is no answer: lay out the rows. A year's rows, broken months too, come to less than 13 whole ones.
    """
    return paid_before + (12 + 1) * most <= _ceiling(measure, start, rates)[0]


def _ceiling(measure: str, on: date, rates: RateBook) -> tuple[int, Rate, Rate]:
    """The ceiling of a year as it stands on the day `on`, in NOK, and the two rates it is the product of."""
    multiple = rates.rate(f"{measure}.cap_base_amounts", on)
    base_amount = rates.newest("shared.base_amount", on)
    return int(multiple.value * base_amount.value), multiple, base_amount
