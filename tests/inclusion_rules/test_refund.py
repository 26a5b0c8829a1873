"""The monthly refund, rule by rule: which lines count, in what order it is reckoned, what is carried on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from inclusion_rules.periods import Period
from inclusion_rules.rates import NoRate, shipped_rates
from inclusion_rules.refund import (
    FIXED_WAGE,
    HOLIDAY_DEDUCTION,
    Claim,
    IncomeLine,
    Outcome,
    fixed_refund,
    left_of_year,
    outcome,
    refund,
    refunds_in_order,
    year_ceiling,
)
from inclusion_rules.subsidy import ADAPTED_WORK, FOUR_YEAR, MENTOR, PERMANENT, SUMMER_JOB, TEMPORARY

LOOK = shipped_rates().value
JANUARY = date(2026, 1, 1)
MARCH = date(2026, 3, 1)


def wage(amount, month=MARCH, *, earned=True, description=FIXED_WAGE):
    return IncomeLine(description, Decimal(amount), month, earned)


def holiday(amount, month=MARCH):
    return IncomeLine(HOLIDAY_DEDUCTION, Decimal(amount), month)


def claim(*lines, **changed):
    told = {
        "measure": TEMPORARY,
        "period": Period(MARCH, date(2026, 3, 31)),
        "subsidy_percent": Decimal(60),
        "holiday_percent": Decimal(12),
        "pension_percent": Decimal(2),
        "contribution_percent": Decimal("14.1"),
        "approved": 30_000,
        "lines": lines,
    }
    return Claim(**{**told, **changed})


def bare(*lines, **changed):
    """A claim whose cost is the wage alone."""
    none = dict.fromkeys(("holiday_percent", "pension_percent", "contribution_percent"), Decimal(0))
    return claim(*lines, **{**none, "subsidy_percent": Decimal(50), **changed})


def month(number, *lines, year=2026, **changed):
    start = date(year, number, 1)
    end = date(year, number, 28)
    return bare(*lines, period=Period(start, end), **changed)


# Which lines count


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        (wage(1000), 1000),
        (wage(1000, date(2026, 9, 1)), 1000),  # the mark decides, not the month
        (wage(1000, earned=False), 0),
        (wage(1000, description="timeloenn"), 1000),
        (wage(1000, description="Fastloenn"), 0),  # exact text
        (wage(1000, description="overtidsgodtgjoerelse"), 0),
        (wage(1000, description="feriepenger"), 0),
        (wage(1000, description="bonus"), 0),
        (IncomeLine(FIXED_WAGE, Decimal(1000), MARCH, True, type="NAERINGSINNTEKT"), 0),
    ],
)
def test_line_counts(line, counted):
    assert refund(claim(line)).gross_wage == counted


def test_lines_are_summed_exactly_and_rounded_once():
    assert refund(claim(wage("0.25"), wage("0.25"))).gross_wage == 1
    assert refund(claim(wage("-0.25"), wage("-0.25"))).gross_wage == 0


def test_holiday_deduction_follows_the_month_of_the_start_and_keeps_its_sign():
    lines = holiday(-4000), holiday(-1000, date(2026, 4, 1)), holiday(500)
    found = refund(claim(wage(30_000), *lines))
    assert (found.gross_wage, found.holiday_deduction, found.wage) == (30_000, -3500, 26_500)


def test_corrected_wage_only_lowers():
    assert refund(claim(wage(30_000), corrected_wage=20_000)).gross_wage == 20_000
    assert refund(claim(wage(30_000), corrected_wage=40_000)).gross_wage == 30_000


# The order of the formula


def test_agreed_wage_may_come_out_a_krone_above_the_approved():
    found = refund(claim(wage(30_000), approved=23_462))
    assert (found.cost, found.calculated) == (Decimal("39104.352"), 23_463)
    assert (found.amount, found.over_approved) == (23_462, True)


def test_other_refunds_are_deducted_before_the_percentage():
    found = refund(bare(wage(30_000), other_refunds=10_000))
    assert (found.cost, found.cost_after_refunds, found.amount) == (30_000, 20_000, 10_000)


@pytest.mark.parametrize(
    ("line", "other", "amount"),
    [
        (wage(10_000), 12_000, 0),  # more than the cost: nothing, never a minus
        (wage(0), 12_000, -6000),  # no cost at all: the deduction stands, so NAV's system reckons
        (holiday(-10_000), 12_000, -5000),  # a negative cost is not made more negative
        (holiday(-10_000), 0, -5000),
    ],
)
def test_other_refunds_and_zero(line, other, amount):
    assert refund(bare(line, other_refunds=other)).amount == amount


def test_half_a_krone_is_rounded_upwards_also_below_zero():
    assert refund(bare(wage(5))).amount == 3
    assert refund(bare(holiday(-5))).amount == -2


def test_carried_minus_comes_after_the_approved_sum():
    found = refund(bare(wage(40_000), approved=15_000), carried_minus=-4000)
    assert (found.calculated, found.over_approved, found.amount) == (20_000, True, 11_000)


def test_carried_minus_is_taken_before_the_ceiling():
    found = refund(bare(wage(40_000)), carried_minus=-4000, left_of_year=16_000)
    assert (found.amount, found.over_ceiling) == (16_000, False)
    assert refund(bare(wage(40_000)), carried_minus=-4000, left_of_year=15_999).over_ceiling


def test_correction_takes_off_what_was_paid_last_of_all():
    found = refund(bare(wage(40_000)), left_of_year=15_000, already_paid=18_000)
    assert (found.over_ceiling, found.amount) == (True, -3000)


def test_every_digit_is_kept():
    many = Decimal("33.3333333333")
    found = refund(claim(wage(10**12), holiday_percent=many, pension_percent=many, contribution_percent=many))
    assert Fraction(found.cost) == 10**12 * (1 + Fraction(many) / 100) ** 3


# The ceiling of the year


def test_ceiling_follows_the_base_amount_of_the_day_the_period_starts():
    assert year_ceiling(PERMANENT, date(2026, 4, 30), LOOK) == 650_800
    assert year_ceiling(PERMANENT, date(2026, 5, 1), LOOK) == 682_745
    assert year_ceiling(FOUR_YEAR, date(2026, 8, 1), LOOK) == 682_745


@pytest.mark.parametrize("measure", [TEMPORARY, SUMMER_JOB])
def test_no_ceiling(measure):
    assert year_ceiling(measure, MARCH, LOOK) is None
    assert left_of_year(measure, MARCH, 10**9, LOOK) is None


def test_nothing_left_is_zero():
    assert left_of_year(PERMANENT, MARCH, 650_799, LOOK) == 1
    assert left_of_year(PERMANENT, MARCH, 700_000, LOOK) == 0


def test_no_ceiling_before_the_first_base_amount():
    with pytest.raises(NoRate) as told:
        year_ceiling(PERMANENT, date(2017, 1, 1), LOOK)
    assert told.value.key == "shared.base_amount"


# One after another


def amounts(*claims):
    return [found.amount for found in refunds_in_order(claims, LOOK)]


def test_minus_is_carried_to_the_next_and_closed_there():
    assert amounts(month(1, holiday(-4000, JANUARY)), month(2, wage(20_000)), month(3, wage(20_000))) == [
        -2000,
        8000,
        10_000,
    ]


def test_minus_that_is_not_used_up_is_carried_on():
    found = amounts(month(1, holiday(-30_000, JANUARY)), month(2, wage(20_000)), month(3, wage(20_000)))
    assert found == [-15_000, -5000, 5000]


def test_minus_stays_in_its_agreement():
    found = amounts(
        month(1, holiday(-4000, JANUARY), agreement="one"),
        month(2, wage(20_000), agreement="two"),
        month(3, wage(20_000), agreement="one"),
    )
    assert found == [-2000, 10_000, 8000]


def test_ceiling_holds_across_agreements_but_not_measures():
    large = {"measure": PERMANENT, "approved": 10**9}
    found = amounts(
        month(1, wage(1_200_000), agreement="one", **large),
        month(2, wage(1_200_000), agreement="two", **large),
        month(2, wage(1_200_000), agreement="two", **{**large, "measure": TEMPORARY}),
    )
    assert found == [600_000, 50_800, 600_000]


def test_ceiling_starts_afresh_in_the_year_the_period_starts():
    large = {"measure": PERMANENT, "approved": 10**9}
    found = amounts(
        month(12, wage(1_400_000), year=2025, **large),
        month(1, wage(1_400_000), **large),
        month(12, wage(1_400_000), year=2025, **large),  # handed in late, but counted in its own year
    )
    assert found == [650_800, 650_800, 0]


def test_new_base_amount_in_may_gives_more():
    large = {"measure": PERMANENT, "approved": 10**9}
    found = amounts(*(month(n, wage(1_400_000), **large) for n in (3, 4, 5, 6)))
    assert found == [650_800, 0, 31_945, 0]


def test_minus_does_not_count_as_paid():
    large = {"measure": PERMANENT, "approved": 10**9}
    found = amounts(
        month(1, holiday(-100_000, JANUARY), **large),
        month(2, wage(2_000_000), **large),
        month(3, wage(2_000_000), **large),
    )
    assert found == [-50_000, 650_800, 0]


def test_holiday_deduction_is_taken_once_a_month_and_agreement():
    line = holiday(-4000)
    first, second = Period(MARCH, date(2026, 3, 15)), Period(date(2026, 3, 16), date(2026, 3, 31))
    found = amounts(bare(wage(20_000), line, period=first), bare(wage(20_000), line, period=second))
    assert found == [8000, 10_000]
    other = bare(wage(20_000), line, period=second, agreement="other")
    assert amounts(bare(wage(20_000), line, period=first), other) == [8000, 8000]


# Fixed sums, and what comes of an amount


def test_fixed_sums():
    assert fixed_refund(ADAPTED_WORK, 7321) == 7321
    assert fixed_refund(ADAPTED_WORK, 7321, already_paid=7321, correction=True) == -7321
    assert fixed_refund(MENTOR, 5000, already_paid=2000) == 5000
    assert fixed_refund(MENTOR, 5000, correction=True) is None


def test_outcome():
    assert [outcome(amount) for amount in (1, 0, -1)] == [Outcome.PAID, Outcome.NOTHING, Outcome.MINUS]
