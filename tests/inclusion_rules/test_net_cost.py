"""The whole cost, period by period: rows that add up exactly, and the same time with and without support."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_rules.bad_cases import bad_cases
from inclusion_rules.estimate import FOUR_YEAR, PERMANENT, SUMMER_JOB, TEMPORARY, Position, estimate
from inclusion_rules.money import divide, half_up
from inclusion_rules.net_cost import Amounts, Mentor, Ramp, Reckoning, net_cost
from inclusion_rules.periods import ONE_DAY, Period
from inclusion_rules.rates import shipped_rates
from tests.inclusion_rules.test_estimate import CHANGED, NEW_YEAR

BOOK = shipped_rates()
START = date(2027, 2, 1)
CAFE = Position(
    wage=Decimal(200),
    per_hour=True,
    position_percent=Decimal(60),
    holiday_percent=Decimal(12),
    pension_percent=Decimal(2),
    contribution_percent=Decimal("14.1"),
)
MENTOR = Mentor(hours=Decimal(10), wage=Decimal(250))


def reckoning(measure=TEMPORARY, position=CAFE, start=START, end=None, mentor=None, rates=BOOK):
    found = estimate(
        measure,
        position,
        start=start,
        end=end,
        rates=rates,
        contribution_key="shared.contribution_zone_1",
    )
    return Reckoning(found, position, rates=rates, mentor=mentor)


def whole(*args, **more):
    return net_cost(reckoning(*args, **more))


def test_s01_the_cafe_over_the_time_it_may_get_support():
    net = whole()

    assert [(p.start, p.end) for p in net.periods] == [
        (date(2027, 2, 1), date(2027, 7, 31)),
        (date(2027, 8, 1), date(2028, 1, 31)),
        (date(2028, 2, 1), date(2029, 1, 31)),
    ]
    assert net.after == (Period(date(2029, 2, 1), date(2030, 1, 31)),)
    without, forty, sixty = net.ways
    assert [row.wage_cost for row in without.periods] == [6 * 25_418, 6 * 25_418, 12 * 25_418]
    assert [row.support for row in forty.periods] == [6 * 10_167, 6 * 7_625, 0]
    assert [row.support for row in sixty.periods] == [6 * 15_251, 6 * 15_251, 12 * 12_709]
    assert {row.support for way in net.ways for row in way.after} == {0}


def test_wage_rows_of_a_month_are_those_of_the_estimate_and_add_up():
    row = reckoning().wage_rows(Period(START, date(2027, 2, 28)), reckoning().found.cost)

    assert (row.wage, row.holiday_pay, row.pension, row.contribution) == (19_500, 2_340, 437, 3_141)
    assert row.wage_cost == 25_418


def test_hours_follow_the_weeks_and_are_priced_at_the_hour_of_the_position():
    asked = reckoning()
    first_four_weeks = Period(START, START + timedelta(days=27))
    row = asked.rows(first_four_weeks, None)

    # 200 kr is 260.70 with all that follows. A mentor has eight hours a week, a leader one.
    assert asked.hour_on(START) == 261
    assert (row.mentor, row.leader, row.paperwork) == (32 * 261, 4 * 261, 0)


def test_paperwork_comes_with_support_and_stops_with_it():
    without, forty, sixty = whole().ways

    assert without.supported.paperwork == 0
    assert [row.paperwork for row in forty.periods] == [5 * 261, 5 * 261, 0]
    assert [row.paperwork for row in sixty.periods] == [5 * 261, 5 * 261, 10 * 261]


def test_a_monthly_wage_gives_an_hour_of_its_own():
    monthly = Position(
        wage=Decimal(19_500),
        per_hour=False,
        position_percent=Decimal(60),
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    assert reckoning(position=monthly).hour_on(START) == reckoning().hour_on(START)


def test_a_mentor_grant_covers_the_agreed_hours_for_as_long_as_anybody_may_get_it():
    net = whole(mentor=MENTOR)
    without, forty, _sixty = net.ways

    assert [row.grant for row in forty.periods][1:] == [0, 0] and forty.periods[0].grant > 0
    assert forty.periods[0].grant == forty.periods[0].mentor
    assert without.supported.grant == 0
    assert without.periods[0].mentor == forty.periods[0].mentor, "a mentor takes as long without support"


def test_what_the_work_is_worth_is_a_range_and_never_one_number():
    for way in whole().ways:
        for row in way.periods:
            assert row.worth_low < row.worth_mid < row.worth_high
            assert row.remains_low < row.remains_mid < row.remains_high


@pytest.mark.parametrize(("months", "done"), [(0, "0"), (6, "2.25"), (12, "6"), (18, "10.5")])
def test_a_ramp_is_straight_and_then_flat(months, done):
    """From a quarter to three quarters in a year: three eighths in the first half, a half over all of it."""
    ramp = Ramp(Decimal("0.25"), Decimal("0.75"), Decimal(12))
    assert round(ramp.area(Decimal(months)), 6) == Decimal(done)


def test_without_a_ramp_the_work_is_whole_from_the_first_day():
    assert Ramp(Decimal("0.5"), Decimal(1), Decimal(0)).area(Decimal(3)) == 3


def test_a_temporary_job_has_no_year_after():
    net = whole(end=date(2027, 3, 31))

    assert not net.after and net.periods[-1].end == date(2027, 3, 31)
    assert not any(way.after for way in net.ways)


def test_a_job_that_ends_soon_after_support_has_as_much_of_the_year_as_is_left():
    assert whole(end=date(2029, 3, 31)).after == (Period(date(2029, 2, 1), date(2029, 3, 31)),)


@pytest.mark.parametrize("end", [None, date(2035, 12, 31)])
def test_support_without_a_set_end_is_shown_for_two_years(end):
    net = whole(PERMANENT, end=end)

    assert net.goes_on and not net.after
    assert net.periods[-1].end == date(2029, 1, 31)


def test_a_summer_job_is_one_period():
    net = whole(SUMMER_JOB, start=date(2027, 6, 15))

    assert [period.days for period in net.periods] == [28] and not net.goes_on


MONEY = st.decimals(min_value=1, max_value=1_000_000, places=2)
POSITIONS = st.builds(
    Position,
    wage=MONEY,
    per_hour=st.booleans(),
    position_percent=st.decimals(min_value=1, max_value=100, places=1),
    holiday_percent=st.sampled_from([Decimal("10.2"), Decimal(12), Decimal("14.3")]),
    pension_percent=st.decimals(min_value=0, max_value=30, places=1),
    contribution_percent=st.sampled_from([Decimal("14.1"), Decimal("5.1"), Decimal(0)]),
)
MENTORS = st.none() | st.builds(
    Mentor,
    hours=st.decimals(min_value=1, max_value=200, places=1),
    wage=MONEY.filter(lambda wage: wage < 2_000),
)
STARTS = st.dates(date(2026, 9, 1), date(2027, 12, 1))


@given(
    st.sampled_from([TEMPORARY, PERMANENT, FOUR_YEAR]),
    POSITIONS,
    STARTS,
    st.none() | st.integers(1, 2_000),
    MENTORS,
    st.sampled_from([BOOK, CHANGED]),
)
def test_rows_are_the_total_exactly_whatever_is_asked(measure, position, start, days, mentor, rates):
    end = start + timedelta(days=days) if days else None
    asked = reckoning(measure, position, start, end, mentor, rates)
    net = net_cost(asked)

    for before, following in zip(net.periods, net.periods[1:], strict=False):
        assert following.start == before.end + ONE_DAY
    for way in net.ways:
        for row in (*way.periods, *way.after):
            parts = row.wage + row.holiday_pay + row.pension + row.contribution - row.support
            assert parts + row.mentor + row.leader + row.paperwork - row.grant == row.you_pay
            assert row.remains_high - row.remains_low == row.worth_high - row.worth_low
            assert min(getattr(row, field.name) for field in fields(Amounts)) >= -1
            assert row.support <= row.wage_cost and row.grant <= row.mentor
        assert way.supported.you_pay == sum(row.you_pay for row in way.periods)
        assert [row.wage_cost for row in way.periods] == [row.wage_cost for row in net.ways[0].periods]
    assert all(
        asked.amount(period, asked.found.cost_on(period.start).cost.total) == row.wage_cost
        for period, row in zip(net.periods, net.ways[0].periods, strict=True)
    )


def test_S10_a_new_contribution_is_a_new_period_with_its_own_cost_hours_and_grant():
    asked = reckoning(start=date(2026, 12, 1), mentor=MENTOR, rates=CHANGED)
    net = net_cost(asked)

    assert [p.start for p in net.periods][:3] == [date(2026, 12, 1), NEW_YEAR, date(2027, 6, 1)]
    without, forty, _sixty = net.ways
    assert [row.wage_cost for row in without.periods][:2] == [25_418, 5 * 25_641]
    assert [row.support for row in forty.periods][:2] == [10_167, 5 * 10_256]
    grants = [row.grant for row in forty.periods]
    assert grants[1] == 5 * asked.grant_on(NEW_YEAR) and asked.grant_on(NEW_YEAR) > grants[0] > 0
    assert asked.hour_on(NEW_YEAR) > asked.hour_on(date(2026, 12, 31))


def test_S10_days_across_the_change_are_reckoned_on_each_side_of_it():
    """The first two weeks and their notice, from 15 December: 17 days of one cost, and 11 of the other."""
    asked = reckoning(start=date(2026, 12, 15), rates=CHANGED)
    early = bad_cases(asked, net_cost(asked))[0]

    assert early.period == Period(date(2026, 12, 15), date(2027, 1, 11))
    assert early.rows[0].wage_cost == half_up(17 * divide(25_418, Decimal("30.4375"))) + half_up(
        11 * divide(25_641, Decimal("30.4375"))
    )
