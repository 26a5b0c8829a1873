"""Five things that can go wrong in the café's job, to the krone, and what they rest on."""

from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules import bad_cases as cases
from inclusion_rules.bad_cases import all_words, bad_cases
from inclusion_rules.estimate import PERMANENT, SUMMER_JOB, TEMPORARY, Position
from inclusion_rules.net_cost import net_cost
from tests.inclusion_rules.test_net_cost import CAFE, MENTOR, START, reckoning


def found(measure=TEMPORARY, position=CAFE, start=START, end=None, mentor=None):
    asked = reckoning(measure, position, start, end, mentor)
    return {case.key: case for case in bad_cases(asked, net_cost(asked))}


def test_the_five_cases_come_in_the_order_of_time():
    assert list(found()) == [
        cases.TWO_WEEKS,
        cases.PROBATION_END,
        cases.SICK_LEAVE,
        cases.SUPPORT_ENDS,
        cases.MENTOR_LEAVES,
    ]


def test_an_end_after_two_weeks_costs_two_weeks_the_notice_and_the_time_of_colleagues():
    case = found()[cases.TWO_WEEKS]
    without, forty, sixty = case.rows

    assert (case.period.start, case.period.end) == (START, date(2027, 2, 28))
    assert without.wage_cost == 25_418 and (forty.support, sixty.support) == (10_167, 15_251)
    assert without.time == (32 + 4) * 261
    assert case.exposure == (25_418 + 9_396, 25_418 - 10_167 + 9_657, 25_418 - 15_251 + 9_657)


def test_at_the_end_of_probation_the_notice_comes_after_six_months():
    case = found()[cases.PROBATION_END]

    assert case.period.end == date(2027, 8, 14)
    without, forty, _sixty = case.rows
    assert without.wage_cost == 6 * 25_418 + 11_691
    assert forty.support == 6 * 10_167 + 3_507, "the last two weeks are at the lower percentage"


def test_probation_in_a_temporary_job_is_at_most_half_of_it():
    case = found(end=date(2027, 7, 31))[cases.PROBATION_END]

    assert case.period.end == date(2027, 5, 15), "half of 181 days, and the notice"


def test_sick_leave_from_month_two_is_sixteen_days_and_support_covers_its_part():
    case = found()[cases.SICK_LEAVE]

    assert (case.period.start, case.period.days) == (date(2027, 3, 1), 16)
    assert case.exposure == (13_361, 13_361 - 5_344, 13_361 - 8_017)
    assert {row.time for row in case.rows} == {0}


def test_sick_pay_counts_the_wage_up_to_the_ceiling_and_support_follows():
    high = Position(
        wage=Decimal(90_000),
        per_hour=False,
        position_percent=Decimal(100),
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    without, forty, _sixty = found(position=high)[cases.SICK_LEAVE].rows

    assert without.wage == round(16 * 68_275 / Decimal("30.4375")), "six base amounts are 68 274.50 a month"
    assert abs(forty.support - without.wage_cost * Decimal("0.4")) < 1


def test_after_support_the_exposure_is_a_year_of_slow_work():
    case = found()[cases.SUPPORT_ENDS]
    rows = case.rows

    assert case.period.start == date(2029, 2, 1)
    assert {row.support for row in rows} == {0}
    assert case.exposure[0] == rows[0].you_pay - 60 * rows[0].wage_cost // 100 - 1
    assert len(set(case.exposure)) == 1, "without support the year after is no different"


def test_a_new_mentor_uses_the_hours_of_the_first_weeks_without_a_grant():
    case = found(mentor=MENTOR)[cases.MENTOR_LEAVES]

    hour = reckoning(mentor=MENTOR).hour_on(START)
    assert set(case.exposure) == {32 * hour}
    assert {row.grant for row in case.rows} == {0}


def test_what_cannot_happen_is_left_out():
    assert list(found(SUMMER_JOB, start=date(2027, 6, 15))) == [cases.TWO_WEEKS]
    assert cases.SUPPORT_ENDS not in found(PERMANENT)
    assert cases.SUPPORT_ENDS not in found(end=date(2027, 12, 31))


def test_every_case_stops_with_the_job():
    end = date(2027, 3, 8)
    assert {case.period.end for case in found(end=end).values()} == {date(2027, 2, 28), date(2027, 3, 4), end}


@pytest.mark.parametrize("key", all_words())
def test_every_case_names_its_law_with_a_source(key):
    words = all_words()[key]
    assert "§" in words.law and words.sources
    assert all(source.url.startswith("https://") for source in words.sources)
