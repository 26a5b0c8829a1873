"""Month by month: what Nav may pay by any of its agreements, and what each row rests on."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inclusion_rules.estimate import Position, estimate
from inclusion_rules.mentor_cost import mentor_monthly_cost
from inclusion_rules.month_rows import WITH_YEARLY_CEILING, NegativeAmount, month_rows
from inclusion_rules.periods import Period
from inclusion_rules.rates import NoRate, shipped_rates
from inclusion_rules.subsidy import (
    ADAPTED_WORK,
    FOUR_YEAR,
    INCLUSION_GRANT,
    MEASURES,
    MENTOR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    WORK_TRAINING,
    Agreement,
    EffortGroup,
    TooLong,
    subsidy_periods,
)

BOOK = shipped_rates()


def support(measure, start, end, total=None, **more):
    told = {name: more.pop(name) for name in ("expenses", "paid_before") if name in more}
    more.setdefault("group", EffortGroup.REDUCED_CAPACITY)
    agreement = Agreement(measure=measure, start=start, end=end, monthly_total=total, **more)
    return month_rows(agreement, BOOK, **told)


# Percentages


def test_s01_the_cafe_gets_its_rows_from_the_estimate_month_by_month():
    cafe = Position(
        wage=Decimal(200),
        per_hour=True,
        position_percent=Decimal(60),
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    way = estimate(TEMPORARY, cafe, start=date(2027, 2, 1), end=None, rates=BOOK).alternatives[0]

    found = month_rows(way.agreement, BOOK)

    assert [row.amount for row in found.rows] == [10_167] * 6 + [7_625] * 6
    assert (found.rows[0].start, found.rows[-1].end) == (date(2027, 2, 1), date(2028, 1, 31))
    assert found.total == 106_752


def test_a_month_that_is_not_whole_is_paid_by_the_day_and_names_the_rate_that_counts_days():
    first, second = support(TEMPORARY, date(2026, 11, 16), date(2026, 12, 31), 40_000).rows

    assert (first.amount, second.amount) == (11_828, 24_000)  # 15 × 24 000 ÷ 30.4375
    assert [rate.key for rate in first.rates] == [
        "midlertidig_lonnstilskudd.percent_adapted_start",
        "shared.days_per_month",
    ]
    assert [rate.key for rate in second.rates] == ["midlertidig_lonnstilskudd.percent_adapted_start"]


def test_a_summer_job_over_four_weeks():
    (row,) = support(SUMMER_JOB, date(2026, 6, 1), date(2026, 6, 28), 40_000, group=EffortGroup.GUIDANCE).rows

    assert (row.percent, row.amount) == (50, 18_398)  # 28 × 20 000 ÷ 30.4375


def test_a_four_year_subsidy_goes_down_year_by_year_and_ends():
    found = support(FOUR_YEAR, date(2026, 9, 1), date(2030, 8, 31), 40_000)

    assert [row.percent for row in found.rows[::12]] == [70, 60, 50, 35]
    assert len(found.rows) == 48 and found.total == 12 * (28_000 + 24_000 + 20_000 + 14_000)
    with pytest.raises(TooLong):
        support(FOUR_YEAR, date(2026, 9, 1), date(2030, 9, 1), 40_000)


def test_a_mentor_is_covered_in_full_and_says_by_which_rule():
    cost = mentor_monthly_cost(
        250,
        20,
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    found = support(MENTOR, date(2027, 2, 1), date(2027, 7, 31), cost.total)

    assert [row.amount for row in found.rows] == [6_517] * 6
    assert {row.rates[0].law for row in found.rows} == {"Tiltaksforskriften § 5-6"}


def test_the_temporary_subsidy_is_not_for_every_group():
    assert support(TEMPORARY, date(2027, 1, 1), date(2027, 3, 31), 40_000, group=None).rows == ()


# The ceiling of the calendar year


def test_five_base_amounts_are_the_ceiling_of_a_calendar_year_and_rise_in_may():
    found = support(PERMANENT, date(2026, 1, 1), date(2026, 12, 31), 100_000)

    # 75 000 a month. To April the ceiling is 5 × 130 160 = 650 800, from May 5 × 136 549 = 682 745.
    assert [row.amount for row in found.rows] == [75_000] * 9 + [7_745, 0, 0]
    assert [row.capped for row in found.rows] == [False] * 9 + [True] * 3
    assert found.total == 682_745
    assert "shared.base_amount" in {rate.key for rate in found.rows[9].rates}


def test_a_new_year_has_a_new_ceiling():
    found = support(PERMANENT, date(2026, 7, 1), date(2027, 6, 30), 200_000)

    assert sum(row.amount for row in found.rows if row.start.year == 2026) == 682_745
    assert found.rows[6].amount == 150_000 and not found.rows[6].capped


def test_another_agreement_for_the_same_person_unit_and_measure_shares_the_ceiling_of_its_year():
    alone = support(PERMANENT, date(2026, 10, 1), date(2027, 3, 31), 60_000)
    after_another = support(PERMANENT, date(2026, 10, 1), date(2027, 3, 31), 60_000, paid_before=640_000)

    assert [row.amount for row in after_another.rows[:3]] == [42_745, 0, 0]
    assert after_another.rows[3:] == alone.rows[3:]


def test_a_ceiling_that_does_not_bite_is_no_assumption():
    ordinary, high = (
        support(FOUR_YEAR, date(2027, 1, 1), date(2030, 12, 31), total) for total in (40_000, 120_000)
    )

    assert not any(row.assumed for row in ordinary.rows)
    assert all(row.assumed for row in high.rows if row.capped and row.start > date(2027, 4, 30))


def test_the_temporary_subsidy_has_no_ceiling():
    assert TEMPORARY not in WITH_YEARLY_CEILING
    assert support(TEMPORARY, date(2026, 1, 1), date(2026, 12, 31), 200_000).total == 12 * 120_000


# Fixed sums and the inclusion grant


def test_an_adapted_work_agreement_that_runs_is_paid_a_fixed_sum_by_the_year():
    found = support(ADAPTED_WORK, date(2025, 12, 1), date(2027, 1, 31))

    assert [row.amount for row in found.rows] == [7_067] + [7_321] * 13
    assert [row.assumed for row in found.rows] == [False] * 13 + [True]
    assert {row.percent for row in found.rows} == {None}


def test_adapted_work_gives_nothing_to_a_new_agreement():
    assert support(ADAPTED_WORK, date(2026, 9, 1), date(2027, 8, 31)).rows == ()
    assert len(support(ADAPTED_WORK, date(2026, 8, 31), date(2026, 9, 30)).rows) == 2


def test_adapted_work_more_than_a_year_past_what_is_set_has_no_amount():
    with pytest.raises(NoRate):
        support(ADAPTED_WORK, date(2026, 1, 1), date(2028, 1, 31))


@pytest.mark.parametrize(
    ("end", "expenses", "amount", "capped", "assumed"),
    [
        (date(2026, 12, 31), (40_000, 12_500), 52_500, False, False),
        (date(2026, 12, 31), (160_400,), 160_400, False, False),
        (date(2026, 12, 31), (160_400, 1), 160_400, True, False),
        (date(2025, 12, 31), (160_400,), 154_800, True, False),
        (date(2027, 1, 31), (200_000,), 160_400, True, True),
    ],
)
def test_an_inclusion_grant_covers_costs_up_to_the_ceiling_of_its_last_day(
    end, expenses, amount, capped, assumed
):
    (row,) = support(INCLUSION_GRANT, date(2025, 11, 1), end, expenses=expenses).rows

    assert (row.amount, row.capped, row.assumed) == (amount, capped, assumed)
    assert row.rates[0].key == "inkluderingstilskudd.ceiling"


def test_work_training_gives_the_employer_no_money():
    assert support(WORK_TRAINING, date(2026, 1, 1), date(2026, 6, 30), 40_000).rows == ()


# Whatever is asked


def test_what_is_missing_gives_no_rows():
    assert support(TEMPORARY, None, date(2027, 1, 1), 40_000).rows == ()
    assert support(TEMPORARY, date(2027, 1, 1), date(2027, 2, 1)).rows == ()


@pytest.mark.parametrize("told", [{"paid_before": -1}, {"expenses": (100, -1)}, {"total": -1}])
def test_money_below_zero_is_refused(told):
    with pytest.raises(NegativeAmount):
        support(INCLUSION_GRANT, date(2026, 1, 1), date(2026, 6, 30), **told)


DAYS = st.dates(date(2026, 8, 1), date(2027, 12, 31))


@given(
    measure=st.sampled_from(MEASURES),
    group=st.sampled_from(EffortGroup),
    start=DAYS,
    end=DAYS,
    total=st.integers(0, 300_000),
    chosen=st.none() | st.integers(0, 75).map(Decimal),
)
def test_rows_follow_each_other_lie_in_one_month_and_never_pass_the_cost(
    measure, group, start, end, total, chosen
):
    assume(start <= end)
    agreement = Agreement(
        measure=measure, group=group, start=start, end=end, monthly_total=total, chosen_percent=chosen
    )
    found = month_rows(agreement, BOOK, expenses=(total,))

    assert found.total == sum(row.amount for row in found.rows)
    for row in found.rows:
        assert row.amount >= 0
        # A percentage Nav chose for a summer job outside its two stands in no rate.
        assert row.rates or (measure == SUMMER_JOB and chosen is not None)
        assert measure == INCLUSION_GRANT or (row.start.year, row.start.month) == (
            row.end.year,
            row.end.month,
        )
    if found.rows:
        assert (found.rows[0].start, found.rows[-1].end) == (start, end)
        assert sum(Period(row.start, row.end).days for row in found.rows) == Period(start, end).days


@given(
    measure=st.sampled_from((TEMPORARY, FOUR_YEAR, MENTOR)),
    start=DAYS,
    months=st.integers(1, 11),
    total=st.integers(0, 60_000),
)
def test_below_the_ceiling_the_rows_are_nav_s_own_periods(measure, start, months, total):
    end = date(start.year + (start.month + months > 12), (start.month + months - 1) % 12 + 1, 27)
    assume(start <= end)
    agreement = Agreement(
        measure=measure, group=EffortGroup.REDUCED_CAPACITY, start=start, end=end, monthly_total=total
    )
    rows = month_rows(agreement, BOOK).rows

    assert [(row.start, row.end, row.percent, row.amount) for row in rows] == [
        (period.start, period.end, period.percent, period.amount)
        for period in subsidy_periods(agreement, BOOK.value)
    ]
