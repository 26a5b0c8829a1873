"""The whole picture for a wage subsidy: S01 to the krone, and what is true when job or support ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules.estimate import Position, estimate
from inclusion_rules.month_rows import month_rows
from inclusion_rules.rates import NewValue, NoRate, Source, shipped_rates
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


def picture(measure=TEMPORARY, position=CAFE, start=START, end=None, rates=BOOK, **more):
    return estimate(
        measure,
        position,
        start=start,
        end=end,
        rates=rates,
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


# S10: a rate that changes inside the agreement


NEW_YEAR = date(2027, 1, 1)
VALUE = NewValue(
    key="shared.contribution_zone_1",
    value=Decimal("15.1"),
    valid_from=NEW_YEAR,
    known_to=date(2027, 12, 31),
    law="Stortingets vedtak for 2027",
    source=Source("Skatteetaten", "https://www.skatteetaten.no/"),
    checked=date(2026, 11, 24),
)
CHANGED = BOOK.with_value(VALUE)


def over_new_year(measure=TEMPORARY, position=CAFE, start=date(2026, 12, 1), rates=CHANGED, **more):
    return picture(measure, position, start, rates=rates, **more)


def test_S10_an_agreement_over_a_new_contribution_has_two_periods_each_with_its_own():
    found = over_new_year()
    old, new = found.costs

    assert (old.cost.total, new.cost.total, found.changes) == (25_418, 25_641, (NEW_YEAR,))
    assert new.contribution is not None and new.contribution.law == "Stortingets vedtak for 2027"
    forty, sixty = found.alternatives
    assert [(p.start, p.end, p.percent, p.support, p.you_pay) for p in forty.periods] == [
        (date(2026, 12, 1), date(2026, 12, 31), 40, 10_167, 15_251),
        (NEW_YEAR, date(2027, 5, 31), 40, 10_256, 15_385),
        (date(2027, 6, 1), date(2027, 11, 30), 30, 7_692, 17_949),
    ]
    assert [(p.percent, p.support) for p in sixty.periods][:2] == [(60, 15_251), (60, 15_385)]
    assert not any(period.assumed for period in forty.periods)
    assert sixty.periods[-1].assumed, "it reaches into a year whose contribution is not set"
    # The months that the programs' interface shows are cut by the same days.
    assert {row.amount for row in month_rows(forty.agreement, CHANGED).rows} == {10_167, 10_256, 7_692}


def test_S10_a_new_contribution_in_the_middle_of_a_month_cuts_that_month():
    way = over_new_year(start=date(2026, 12, 15)).alternatives[0]

    assert [(p.start, p.end) for p in way.periods][:2] == [
        (date(2026, 12, 15), date(2026, 12, 31)),
        (NEW_YEAR, date(2027, 6, 14)),
    ]


def test_S10_a_contribution_set_anew_at_its_old_value_cuts_nothing_and_is_no_assumption():
    same = BOOK.with_value(replace(VALUE, value=Decimal("14.1")))
    found = over_new_year(rates=same)

    assert not found.changes and [p.percent for p in found.alternatives[0].periods] == [40, 30]
    assert not any(period.assumed for period in found.alternatives[0].periods)
    assert found.last_known == date(2027, 12, 31)
    assert [each.contribution.law for each in found.costs if each.contribution][1] == VALUE.law


def test_S10_a_job_that_is_over_by_then_knows_nothing_of_it():
    found, before = (over_new_year(end=date(2026, 12, 31), rates=rates) for rates in (CHANGED, BOOK))

    assert not found.changes and found.cost == before.cost and found.alternatives == before.alternatives


def test_S10_the_years_ceiling_counts_over_the_change():
    rich = replace(HIGH_WAGE, wage=Decimal(130_000))
    way = over_new_year(PERMANENT, rich, start=date(2026, 1, 1), end=date(2027, 12, 31)).alternatives[0]
    rows = month_rows(way.agreement, CHANGED).rows

    for year, base_amount in ((2026, 136_549), (2027, 136_549)):
        assert sum(row.amount for row in rows if row.start.year == year) == 5 * base_amount
