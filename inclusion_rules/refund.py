"""What NAV pays back for a subsidy period, once the wages of the period are reported.

One refund follows each approved period. The percentage is taken of the exact cost here, of the rounded cost
in the agreement, so that exactly the agreed wage may come out a krone above what was approved.
Source: navikt/tiltak-refusjon-api, Refusjonsberegner, Inntektslinje and RefusjonService (2026-07-01).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from inclusion_rules.money import exactly, half_towards_plus, percent_of
from inclusion_rules.month_rows import WITH_YEARLY_CEILING
from inclusion_rules.periods import Period
from inclusion_rules.rates import NoRate
from inclusion_rules.subsidy import (
    ADAPTED_WORK,
    FOUR_YEAR,
    MENTOR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    Lookup,
)
from inclusion_rules.wage_cost import employer_contribution, holiday_pay, pension

#: The measures whose refund follows the wages; the employer claims it.
OF_WAGES = (TEMPORARY, PERMANENT, FOUR_YEAR, SUMMER_JOB)
#: Those that pay a fixed sum instead, which NAV sends by itself when the period is over.
OF_FIXED_SUMS = (ADAPTED_WORK, MENTOR)

#: The words of the a-melding, by which an employer reports wages.
_INCOME = "LOENNSINNTEKT"
FIXED_WAGE = "fastloenn"
HOLIDAY_DEDUCTION = "trekkILoennForFerie"
_WAGES = frozenset(
    {
        FIXED_WAGE,
        "timeloenn",
        "fastTillegg",
        "uregelmessigeTilleggKnyttetTilArbeidetTid",
        "loennUtbetaltAvVeldedigEllerAllmennyttigInstitusjonEllerOrganisasjon",
        "loennEtterDoedsfall",
    }
)


def is_wage(type_: str, description: str) -> bool:
    """May a reported line count as wage? Not holiday pay, overtime or bonus. The text must be exact."""
    return type_ == _INCOME and description in _WAGES


def is_holiday_deduction(type_: str, description: str) -> bool:
    """Is a reported line what was deducted from the wage for holiday?"""
    return type_ == _INCOME and description == HOLIDAY_DEDUCTION


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One line of the a-melding: NOK, reported for the month that begins on `month`.

    `earned_in_period` is the employer's own mark. Until somebody has decided, the line does not count.
    """

    description: str
    amount: Decimal
    month: date
    earned_in_period: bool = False
    type: str = _INCOME


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a refund follows from. Percentages are numbers of percent, money is NOK.

    `measure` is one of OF_WAGES. `approved` is what NAV approved for the period. `corrected_wage` is the wage
    from the measure alone, where the lines hold more; it can only lower. `other_refunds` is sick pay and the
    like that is paid back for the same period. `agreement` tells agreements of one sequence apart.
    """

    measure: str
    period: Period
    subsidy_percent: Decimal
    holiday_percent: Decimal
    pension_percent: Decimal
    contribution_percent: Decimal
    approved: int
    lines: tuple[IncomeLine, ...] = ()
    corrected_wage: int | None = None
    other_refunds: int = 0
    agreement: str = ""

    @property
    def month(self) -> date:
        """The first day of the month whose holiday deduction counts: that of the period's start."""
        return self.period.start.replace(day=1)

    @property
    def gross_wage(self) -> int:
        """The wage lines marked as earned in the period, whatever month they stand in, whole NOK."""
        with exactly():
            counted = (
                line.amount
                for line in self.lines
                if line.earned_in_period and is_wage(line.type, line.description)
            )
            wage = half_towards_plus(sum(counted, Decimal(0)))
        return wage if self.corrected_wage is None else min(self.corrected_wage, wage)

    @property
    def holiday_deduction(self) -> int:
        """The holiday lines of the period's first month with their sign, normally minus. Whole NOK."""
        with exactly():
            deducted = (
                line.amount
                for line in self.lines
                if line.month == self.month and is_holiday_deduction(line.type, line.description)
            )
            return half_towards_plus(sum(deducted, Decimal(0)))


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund, step by step. Parts of the cost are exact NOK, the rest whole.

    `wage` is `gross_wage` plus `holiday_deduction`. `calculated` is the percentage of `cost_after_refunds`;
    `amount` is what comes of it after the approved sum, `carried_minus` (0 or less), the year's ceiling and
    `already_paid`. A negative `amount` is not paid, but carried to the agreement's next refund.
    """

    gross_wage: int
    holiday_deduction: int
    wage: int
    holiday_pay: Decimal
    pension: Decimal
    contribution: Decimal
    cost: Decimal
    cost_after_refunds: Decimal
    calculated: int
    carried_minus: int
    already_paid: int
    amount: int
    over_approved: bool
    over_ceiling: bool


def refund(
    claim: Claim,
    *,
    carried_minus: int = 0,
    left_of_year: int | None = None,
    already_paid: int = 0,
    holiday_deduction_taken: bool = False,
) -> Refund:
    """The refund of one period, in the order NAV reckons.

    `carried_minus` (0 or less) is what earlier refunds of the agreement came out below zero. `left_of_year`
    is what is left under the year's ceiling, None for a measure without one. `already_paid` is what a
    correction replaces; a correction carries no minus. `holiday_deduction_taken`: another refund of the same
    agreement and month has taken the deduction, so this one does not.
    """
    gross = claim.gross_wage
    deduction = 0 if holiday_deduction_taken else claim.holiday_deduction
    wage = gross + deduction
    with exactly():
        holiday = holiday_pay(wage, claim.holiday_percent)
        saved = pension(wage, holiday, claim.pension_percent)
        contribution = employer_contribution(wage, holiday, saved, claim.contribution_percent)
        cost = wage + holiday + saved + contribution
        after_refunds = cost - claim.other_refunds
        share = percent_of(claim.subsidy_percent, cost)
        # Other refunds do not make a minus greater, and make none of a cost. Where the cost is exactly zero
        # NAV deducts them all the same.
        if share >= 0:
            least = after_refunds if share == 0 else Decimal(0)
            share = percent_of(claim.subsidy_percent, max(after_refunds, least))
    calculated = half_towards_plus(share)
    amount = min(calculated, claim.approved) + carried_minus
    most = amount if left_of_year is None else min(amount, left_of_year)
    return Refund(
        gross_wage=gross,
        holiday_deduction=deduction,
        wage=wage,
        holiday_pay=holiday,
        pension=saved,
        contribution=contribution,
        cost=cost,
        cost_after_refunds=after_refunds,
        calculated=calculated,
        carried_minus=carried_minus,
        already_paid=already_paid,
        amount=most - already_paid,
        over_approved=calculated > claim.approved,
        over_ceiling=most < amount,
    )


def year_ceiling(measure: str, on: date, look: Lookup) -> int | None:
    """The most NAV refunds in a calendar year, NOK, by the base amount of the day a period starts.

    So the new base amount in May lifts what is left in the middle of a year. None for a measure without a
    ceiling. NoRate when there is no base amount for the day.
    """
    if measure not in WITH_YEARLY_CEILING:
        return None
    base_amount = look("shared.base_amount", on)
    if base_amount is None:
        raise NoRate("shared.base_amount", on)
    return int(look(f"{measure}.cap_base_amounts", on) * base_amount)


def left_of_year(measure: str, on: date, paid_this_year: int, look: Lookup) -> int | None:
    """What is left of `year_ceiling` for a period that starts on `on`, never below zero."""
    ceiling = year_ceiling(measure, on, look)
    return None if ceiling is None else max(0, ceiling - paid_this_year)


def refunds_in_order(claims: Iterable[Claim], look: Lookup) -> tuple[Refund, ...]:
    """The refunds of one participant with one employer, in the order they are handed in.

    A negative one is carried to the next of its agreement. What is paid counts against the year's ceiling of
    its measure, across agreements, in the calendar year its period starts. A holiday deduction is taken once
    an agreement and month. NoRate as in `year_ceiling`.
    """
    open_minus: dict[str, int] = defaultdict(int)
    paid: dict[tuple[str, int], int] = defaultdict(int)
    deducted: set[tuple[str, date]] = set()
    found = []
    for claim in claims:
        start = claim.period.start
        year = (claim.measure, start.year)
        each = refund(
            claim,
            carried_minus=open_minus[claim.agreement],
            left_of_year=left_of_year(claim.measure, start, paid[year], look),
            holiday_deduction_taken=(claim.agreement, claim.month) in deducted,
        )
        open_minus[claim.agreement] = min(0, each.amount)
        paid[year] += max(0, each.amount)
        if each.holiday_deduction:
            deducted.add((claim.agreement, claim.month))
        found.append(each)
    return tuple(found)


def fixed_refund(
    measure: str, approved: int, *, already_paid: int = 0, correction: bool = False
) -> int | None:
    """The refund of a measure with a fixed sum (OF_FIXED_SUMS), NOK, whatever was worked.

    A correction of adapted work asks for everything back. A mentor's is not reckoned: None.
    """
    if measure == MENTOR:
        return None if correction else approved
    return (0 if correction else approved) - already_paid


class Outcome(Enum):
    """What comes of an amount: it is paid, there is nothing, or it is less than nothing."""

    PAID = "paid"
    NOTHING = "nothing"
    MINUS = "minus"


def outcome(amount: int) -> Outcome:
    """What comes of a refund of `amount` NOK, or of a correction: paid more, settled, or asked back."""
    if amount > 0:
        return Outcome.PAID
    return Outcome.MINUS if amount < 0 else Outcome.NOTHING
