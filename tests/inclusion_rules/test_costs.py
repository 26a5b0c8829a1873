"""The cost of a position and of a mentor."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_rules.mentor_cost import (
    NegativePay,
    NegativePosition,
    PayType,
    WorkingYear,
    hourly_wage,
    mentor_monthly_cost,
)
from inclusion_rules.money import half_up
from inclusion_rules.wage_cost import full_time_wage, monthly_cost

YEAR = WorkingYear(Decimal(1950), Decimal(52), Decimal(260))
PERCENTS = st.decimals(0, 100, places=2)
WAGES = st.integers(-100_000, 1_000_000)


def test_the_example_of_the_rules():
    cost = monthly_cost(
        30000,
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    parts = (cost.wage, cost.holiday_pay, cost.pension, cost.contribution)
    assert parts == (30000, 3600, 672, Decimal("4832.352"))
    assert cost.total == 39104


def test_part_of_a_krone_is_refused():
    with pytest.raises(ValueError, match="not whole kroner"):
        monthly_cost(
            Decimal("30000.5"),
            holiday_percent=Decimal(0),
            pension_percent=Decimal(0),
            contribution_percent=Decimal(0),
        )


@given(WAGES, PERCENTS, PERCENTS, PERCENTS)
def test_total_is_wage_and_the_rest_rounded_once(wage, holiday, pension, contribution):
    cost = monthly_cost(
        wage, holiday_percent=holiday, pension_percent=pension, contribution_percent=contribution
    )
    h, p, a = (Fraction(percent) / 100 for percent in (holiday, pension, contribution))
    exact = Fraction(wage) * (1 + h) * (1 + p) * (1 + a)
    assert sum(map(Fraction, (cost.wage, cost.holiday_pay, cost.pension, cost.contribution))) == exact
    assert cost.total == wage + half_up(cost.holiday_pay + cost.pension + cost.contribution)
    assert abs(cost.total - exact) <= Fraction(1, 2)


def test_full_time_wage():
    assert full_time_wage(10001, 80) == 12501
    assert full_time_wage(10000, Decimal("0.00")) is None


@pytest.mark.parametrize(
    ("pay_type", "pay", "wanted"),
    [
        (PayType.YEARLY, 780_000, 400),
        (PayType.MONTHLY, 65_000, 400),
        (PayType.WEEKLY, 15_000, 400),
        (PayType.DAILY, 3_000, 400),
        (PayType.HOURLY, 400, 400),
    ],
)
def test_hourly_wage_of_each_kind_of_pay(pay_type, pay, wanted):
    assert hourly_wage(pay, pay_type, 100, YEAR) == wanted
    assert hourly_wage(pay, pay_type, None, YEAR) == (wanted if pay_type is PayType.HOURLY else 0)
    assert hourly_wage(pay, pay_type, 0, YEAR) == (wanted if pay_type is PayType.HOURLY else 0)


def test_negative_pay_is_told_before_negative_position():
    with pytest.raises(NegativePay):
        hourly_wage(-1, PayType.YEARLY, -1, YEAR)
    with pytest.raises(NegativePosition):
        hourly_wage(1, PayType.YEARLY, -1, YEAR)
    assert hourly_wage(1, PayType.HOURLY, -1, YEAR) == 1


def test_mentors_wage_is_cut_and_the_rest_rounded():
    cost = mentor_monthly_cost(
        287,
        Decimal("7.5"),
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    assert cost.wage == Decimal("2152.5")
    assert cost.total == 2152 + 653
