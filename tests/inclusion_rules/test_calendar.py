"""The days on which a calendar slips: 29 February, the 31st, the turn of a year, and the new G in May."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules.periods import Period, add_months, add_years
from inclusion_rules.rates import shipped_rates
from inclusion_rules.refund import year_ceiling
from inclusion_rules.refund_deadline import refund_deadline
from inclusion_rules.subsidy import (
    FOUR_YEAR,
    PERMANENT,
    TEMPORARY,
    Agreement,
    EffortGroup,
    rate_steps,
    reduction_dates,
    subsidy_periods,
)

LOOK = shipped_rates().value


def temporary(start, end, group=EffortGroup.GUIDANCE):
    return Agreement(measure=TEMPORARY, group=group, start=start, end=end, monthly_total=30_000)


def bounds(periods):
    return [(period.start, period.end) for period in periods]


# 29 February


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),  # the day number stays, also before a leap day
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),  # a full century has no leap day
        (date(2000, 1, 31), 1, date(2000, 2, 29)),  # except every fourth
    ],
)
def test_months_around_a_leap_day(day, months, found):
    assert add_months(day, months) == found


def test_steps_of_an_agreement_that_starts_on_a_leap_day():
    agreement = Agreement(
        measure=FOUR_YEAR,
        group=EffortGroup.SMALL_CHANCE,
        start=date(2028, 2, 29),
        end=date(2032, 2, 28),
        monthly_total=30_000,
    )
    assert bounds(rate_steps(agreement, LOOK)) == [
        (date(2028, 2, 29), date(2029, 2, 27)),
        (date(2029, 2, 28), date(2030, 2, 27)),
        (date(2030, 2, 28), date(2031, 2, 27)),
        (date(2031, 2, 28), date(2032, 2, 28)),
    ]


def test_february_is_whole_with_and_without_its_leap_day():
    for year, last in ((2027, 28), (2028, 29)):
        (period,) = subsidy_periods(temporary(date(year, 2, 1), date(year, 2, last)), LOOK)
        assert period.amount == 12_000
    (short,) = subsidy_periods(temporary(date(2028, 2, 1), date(2028, 2, 28)), LOOK)
    assert short.amount == 11_039  # 28 days of 30.4375, not a month


def test_refund_of_february_is_due_on_the_last_day_of_april():
    for end in (date(2027, 2, 28), date(2028, 2, 29)):
        assert refund_deadline(end, LOOK).deadline == date(end.year, 4, 30)
    assert refund_deadline(date(2028, 2, 28), LOOK).deadline == date(2028, 4, 28)
    assert refund_deadline(date(2027, 12, 31), LOOK).deadline == date(2028, 2, 29)


# The 31st


@pytest.mark.parametrize(
    ("start", "reduced"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 8, 29), date(2027, 2, 28)),
        (date(2026, 8, 28), date(2027, 2, 28)),
        (date(2026, 10, 31), date(2027, 4, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_reduction_six_months_after_the_last_days_of_a_month(start, reduced):
    assert reduction_dates(temporary(start, add_years(start, 1)), LOOK) == (reduced,)


def test_reduction_on_the_last_day_gives_a_part_of_one_day():
    agreement = temporary(date(2026, 8, 31), date(2027, 2, 28))
    assert bounds(rate_steps(agreement, LOOK))[-1] == (date(2027, 2, 28), date(2027, 2, 28))
    assert reduction_dates(temporary(date(2026, 8, 31), date(2027, 2, 27)), LOOK) == ()


def test_months_of_the_31st_are_counted_once_each():
    parts = Period(date(2026, 1, 31), date(2026, 5, 31)).by_month()
    assert [part.days for part in parts] == [1, 28, 31, 30, 31]


# The turn of a year


def test_periods_are_cut_at_the_new_year():
    found = subsidy_periods(temporary(date(2026, 12, 16), date(2027, 1, 15)), LOOK)
    assert bounds(found) == [
        (date(2026, 12, 16), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 15)),
    ]


def test_refund_of_december_opens_on_new_years_day():
    found = refund_deadline(date(2026, 12, 31), LOOK)
    assert (found.opens, found.deadline) == (date(2027, 1, 1), date(2027, 2, 28))


# The new G in May


def test_ceiling_changes_on_the_first_of_may_and_not_before():
    base = [shipped_rates().value("shared.base_amount", day) for day in (date(2026, 4, 30), date(2026, 5, 1))]
    assert base == [130_160, 136_549]
    before, after = (year_ceiling(PERMANENT, day, LOOK) for day in (date(2026, 4, 30), date(2026, 5, 1)))
    assert (before, after) == (5 * Decimal(130_160), 5 * Decimal(136_549))


def test_ceiling_of_next_may_is_assumed_until_it_is_set():
    assert year_ceiling(PERMANENT, date(2027, 5, 1), LOOK) == year_ceiling(PERMANENT, date(2026, 5, 1), LOOK)
    assert shipped_rates().rate("shared.base_amount", date(2027, 5, 1)).assumed
    assert not shipped_rates().rate("shared.base_amount", date(2027, 4, 30)).assumed
