"""The operations against a straight-line calculation of our own, over all the input they may be given."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st

from inclusion_rules.inputs import NoAnswer
from inclusion_rules.operations import NavTables, evaluate
from inclusion_rules.rates import shipped_rates
from tests.inclusion_rules import straight_line

TABLES = NavTables(shipped_rates())

wages = st.integers(0, 250_000)
percents = st.decimals(0, 100, places=2)
rates = st.fixed_dictionaries(
    {
        "holiday_pay_percent": st.sampled_from([Decimal(0), Decimal("10.2"), Decimal(12)]) | percents,
        "pension_percent": st.decimals(0, 30, places=2),
        "employer_tax_percent": st.sampled_from([Decimal(0), Decimal("5.1"), Decimal("14.1")]) | percents,
    }
)


def asked(op, data):
    try:
        return evaluate(op, written(data), TABLES)
    except NoAnswer as error:
        return error.code


def written(value):
    """The input as a line of JSON would hold it: dates as text."""
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def test_straight_line_knows_nothing_of_our_rules():
    tree = ast.parse(Path(straight_line.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"__future__", "math", "datetime", "fractions"}


@given(wages, rates, percents, st.decimals("0.01", 200, places=2))
def test_monthly_cost(wage, three, subsidy, position):
    data = {"monthly_wage_nok": wage, **three, "subsidy_percent": subsidy, "position_percent": position}
    assert asked("monthly_cost", data) == straight_line.monthly_cost(data)


@st.composite
def agreements(draw):
    start = draw(st.dates(date(2020, 1, 1), date(2032, 12, 31)))
    # Lengths near a reduction are the interesting ones.
    near = st.sampled_from([181, 365, 366, 730, 1095, 1461]).flatmap(lambda n: st.integers(n - 4, n + 4))
    return {
        "measure": draw(
            st.sampled_from(["temporary", "permanent", "four_year", "summer_job", "mentor", "vtao"])
        ),
        "effort_group": draw(
            st.sampled_from([None, "guidance", "good_chances", "unknown", *straight_line.ADAPTED])
        ),
        "chosen_percent": draw(st.none() | st.integers(0, 80)),
        "start": start,
        "end": start + timedelta(days=draw(st.integers(0, 1500) | near)),
        "total_cost_nok": draw(wages),
    }


FROM_LEAP_DAY = {
    "measure": "four_year",
    "effort_group": "small_chance",
    "chosen_percent": None,
    "start": date(2028, 2, 29),
    "end": date(2032, 2, 28),
    "total_cost_nok": 39_104,
}


@given(agreements())
@example(FROM_LEAP_DAY)
@example({**FROM_LEAP_DAY, "end": date(2032, 2, 29)})
def test_steps_and_periods(data):
    assert asked("rate_steps", data) == straight_line.rate_steps(data)
    assert asked("subsidy_periods", data) == straight_line.subsidy_periods(data)


@given(agreements(), st.integers(0, 1600), st.integers(0, 40))
def test_percentage_follows_the_last_day(data, first, length):
    start = data["start"] + timedelta(days=first)
    end = start + timedelta(days=length)
    found = asked("subsidy_rate", {**data, "period_start": start, "period_end": end})
    percent = straight_line.percent_at(data, end)
    assert found == (percent if percent == "too_long" else {"percent": percent})


@given(agreements())
def test_periods_cover_every_day_once(data):
    found = asked("subsidy_periods", data)
    assume(found != "too_long")
    day = data["start"]
    for period in found["periods"]:
        assert period["start"] == day.isoformat()
        day = date.fromisoformat(period["end"]) + timedelta(days=1)
    assert day == data["end"] + timedelta(days=1)


def lines(period_start):
    months = [period_start.isoformat()[:7], "2026-04", "1999-12"]
    return st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["LOENNSINNTEKT"] * 4 + ["FERIE"]),
                "description": st.sampled_from(
                    [*straight_line.WAGE_LINES, "feriepenger", "overtidsgodtgjoerelse"]
                    + ["trekkILoennForFerie"] * 4
                ),
                "amount_nok": st.integers(-60_000, 300_000) | st.decimals(-1000, 60_000, places=1),
                "month": st.sampled_from(months),
                "earned_in_period": st.sampled_from([True, True, False, None]),
            }
        ),
        max_size=5,
    )


@st.composite
def refunds(draw):
    start = draw(st.dates(date(2019, 1, 1), date(2029, 12, 31)))
    return {
        "measure": draw(st.sampled_from(["temporary", "permanent", "four_year", "summer_job"])),
        "period_start": start,
        "period_end": start + timedelta(days=draw(st.integers(0, 30))),
        **draw(rates),
        "subsidy_percent": draw(st.sampled_from([0, 35, 40, 60, 75]) | percents),
        "approved_amount_nok": draw(st.integers(0, 30_000) | st.just(10**9)),
        "income_lines": draw(lines(start)),
        "corrected_gross_wage_nok": draw(st.none() | wages),
        "other_refunds_nok": draw(st.just(0) | st.integers(0, 60_000)),
        "previous_minus_nok": draw(st.just(0) | st.integers(-30_000, 0)),
        "holiday_deduction_already_taken": draw(st.booleans()),
        "paid_this_year_nok": draw(st.just(0) | st.integers(0, 900_000)),
        "already_paid_nok": draw(st.just(0) | st.integers(-20_000, 40_000)),
    }


@given(refunds())
def test_refund(data):
    assert asked("refund", data) == straight_line.refund(data)


LARGE_WAGE = {
    "type": "LOENNSINNTEKT",
    "description": "fastloenn",
    "amount_nok": 700_000,
    "month": "2026-04",
    "earned_in_period": True,
}


@st.composite
def sequences(draw):
    common = draw(refunds())
    first = common["period_start"].replace(day=1)
    for name in ("previous_minus_nok", "paid_this_year_nok", "already_paid_nok"):
        del common[name]
    del common["holiday_deduction_already_taken"], common["income_lines"]
    if draw(st.booleans()):
        # A wage that reaches the ceiling of the year within a refund or two.
        common |= {"measure": "permanent", "subsidy_percent": 75, "approved_amount_nok": 10**9}
    # Close together, so that months are shared, years change and May passes; handed in in any order.
    starts = draw(st.lists(st.integers(0, 500), min_size=1, max_size=6))
    periods = []
    for days in starts:
        start = first + timedelta(days=days)
        found = draw(lines(start)) + draw(st.just([]) | st.just([LARGE_WAGE]))
        periods.append({"period_start": start, "period_end": start, "income_lines": found})
    return common, periods


@given(sequences())
def test_refunds_one_after_another(told):
    common, periods = told
    asked_for = {"common": common, "periods": periods}
    assert asked("refund_sequence", asked_for) == straight_line.refund_sequence(common, periods)
