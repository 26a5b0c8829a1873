"""The whole picture for a wage subsidy: S01 to the krone, and what is true when job or support ends."""

from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules.estimate import Position, estimate
from inclusion_rules.rates import NoRate, shipped_rates
from inclusion_rules.subsidy import FOUR_YEAR, PERMANENT, SUMMER_JOB, TEMPORARY

BOOK = shipped_rates()
CAFE = Position(
    wage=Decimal(200),
    per_hour=True,
    position_percent=Decimal(60),
    holiday_percent=Decimal(12),
    pension_percent=Decimal(2),
    contribution_percent=Decimal("14.1"),
)
HIGH_WAGE = Position(
    wage=Decimal(90_000),
    per_hour=False,
    position_percent=Decimal(100),
    holiday_percent=Decimal(12),
    pension_percent=Decimal(2),
    contribution_percent=Decimal("14.1"),
)
START = date(2027, 2, 1)


def picture(measure=TEMPORARY, position=CAFE, start=START, end=None, **more):
    return estimate(
        measure,
        position,
        start=start,
        end=end,
        rates=BOOK,
        contribution_key="shared.contribution_zone_1",
        **more,
    )


def test_s01_the_cafe_in_halden_to_the_krone():
    found = picture()

    assert found.cost.total == 25_418
    first, second = found.alternatives[0].periods
    assert (first.percent, first.support, first.you_pay) == (40, 10_167, 15_251)
    assert (second.percent, second.support, second.you_pay) == (30, 7_625, 17_793)
    assert found.alternatives[0].after == date(2028, 2, 1)
    assert found.alternatives[1].first.you_pay == 10_167


def test_a_percentage_nav_has_mentioned_leaves_one_alternative():
    assert [way.percent for way in picture(nav_percent=Decimal(60)).alternatives] == [60]


def test_a_row_that_reaches_past_what_is_set_is_an_assumption():
    assert all(period.assumed for way in picture().alternatives for period in way.periods)
    assert not picture(start=date(2026, 6, 1), end=date(2026, 8, 31)).alternatives[0].first.assumed


def test_an_employer_does_not_pay_on_after_the_job_has_ended():
    found = picture(end=date(2027, 3, 31))

    assert {way.after for way in found.alternatives} == {None}


def test_a_permanent_subsidy_has_no_last_day():
    way = picture(PERMANENT).alternatives[0]

    assert way.after is None and way.periods[-1].end is None
    assert [period.percent for period in way.periods] == [75, 67]


def test_a_permanent_subsidy_runs_as_long_as_a_temporary_job():
    assert picture(PERMANENT, end=date(2035, 12, 31)).alternatives[0].periods[-1].end == date(2035, 12, 31)


def test_a_permanent_subsidy_takes_the_percentage_nav_has_mentioned_and_else_says_that_it_is_the_highest():
    assert picture(PERMANENT).up_to
    told = picture(PERMANENT, nav_percent=Decimal(60))
    assert not told.up_to and told.alternatives[0].first.percent == 60


@pytest.mark.parametrize("measure", [PERMANENT, FOUR_YEAR])
def test_no_calendar_year_gets_more_than_the_ceiling(measure):
    way = picture(measure, HIGH_WAGE, end=date(2029, 12, 31)).alternatives[0]
    ceiling = 5 * 136_549

    for year in (2027, 2028):
        stretches = [p for p in way.periods if p.start.year == year and p.end and p.end.year == year]
        paid = sum(p.support * (p.end.month - p.start.month + 1) for p in stretches)
        assert paid <= ceiling + 12
        assert any(p.capped for p in stretches)


def test_the_ceiling_does_not_bite_on_an_ordinary_wage():
    assert not any(period.capped for period in picture(PERMANENT).alternatives[0].periods)


def test_the_four_year_subsidy_is_two_years_for_a_temporary_job():
    assert picture(FOUR_YEAR, end=date(2035, 1, 1)).alternatives[0].periods[-1].end == date(2029, 1, 31)
    assert picture(FOUR_YEAR).alternatives[0].periods[-1].end == date(2031, 1, 31)


def test_a_summer_job_ends_with_its_support():
    assert picture(SUMMER_JOB, start=date(2027, 6, 15)).job_end == date(2027, 7, 12)


def test_more_than_a_year_past_what_is_set_there_is_no_estimate():
    with pytest.raises(NoRate):
        picture(start=date(2028, 1, 1))
