"""The limits of NAV's form, on the last day that is accepted and the first that is not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from inclusion_rules.agreement import (
    Proposal,
    earliest_decision,
    group_eligible,
    pension_accepted,
    percent_accepted,
    refusal,
    under_age,
)
from inclusion_rules.operations import NavTables
from inclusion_rules.rates import shipped_rates
from inclusion_rules.subsidy import (
    ADAPTED,
    ADAPTED_WORK,
    FOUR_YEAR,
    INCLUSION_GRANT,
    MEASURES,
    MENTOR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    WORK_TRAINING,
    EffortGroup,
)

NAV = NavTables(shipped_rates())
START = date(2026, 8, 3)


def reason(measure, start=START, end=None, **more):
    return refusal(Proposal(measure=measure, start=start, end=end, **more), NAV)


@pytest.mark.parametrize(
    ("measure", "more", "last_end"),
    [
        (TEMPORARY, {"group": EffortGroup.GUIDANCE}, date(2027, 8, 2)),
        (TEMPORARY, {"group": None}, date(2027, 8, 2)),
        (TEMPORARY, {"group": EffortGroup.REDUCED_CAPACITY}, date(2028, 8, 2)),
        (FOUR_YEAR, {}, date(2030, 8, 2)),
        (FOUR_YEAR, {"temporary_job": False}, date(2030, 8, 2)),
        (FOUR_YEAR, {"temporary_job": True}, date(2028, 8, 2)),
        (SUMMER_JOB, {}, date(2026, 8, 30)),
        (MENTOR, {"group": None}, date(2027, 2, 2)),
        (MENTOR, {"group": EffortGroup.GOOD_CHANCES}, date(2027, 2, 2)),
        (MENTOR, {"group": EffortGroup.PARTIAL_WORK}, date(2029, 8, 2)),
        (INCLUSION_GRANT, {}, date(2027, 8, 3)),
        (WORK_TRAINING, {}, date(2028, 2, 2)),
    ],
)
def test_longest_agreement(measure, more, last_end):
    assert reason(measure, end=last_end, **more) is None
    assert reason(measure, end=last_end + timedelta(days=1), **more) == "too_long"


def test_no_length_where_the_form_has_none():
    far = date(2089, 12, 31)
    assert reason(PERMANENT, end=far) is None
    assert reason(ADAPTED_WORK, end=far) is None
    assert reason(TEMPORARY, end=far, group=EffortGroup.GOOD_CHANCES) is None
    assert reason(TEMPORARY, end=far, group=EffortGroup.UNKNOWN) is None
    for measure in MEASURES:
        assert reason(measure, end=far + timedelta(days=1)) == "end_out_of_range"


@pytest.mark.parametrize(
    ("measure", "age", "code"),
    [
        (TEMPORARY, 72, "participant_72"),
        (PERMANENT, 72, "participant_72"),
        (MENTOR, 72, "participant_72"),
        (INCLUSION_GRANT, 72, "participant_72"),
        (WORK_TRAINING, 72, "participant_72"),
        (ADAPTED_WORK, 67, "participant_67"),
    ],
)
def test_birthday_on_the_last_day_is_too_late(measure, age, code):
    end = date(2026, 11, 30)
    assert reason(measure, end=end, birth_date=date(2026 - age, 12, 1)) is None
    assert reason(measure, end=end, birth_date=date(2026 - age, 11, 30)) == code
    assert reason(measure, end=None, birth_date=date(1900, 1, 1)) is None


@pytest.mark.parametrize("measure", [FOUR_YEAR, SUMMER_JOB])
def test_birthday_on_the_first_day_is_in_time(measure):
    assert reason(measure, birth_date=date(1996, 8, 3)) is None
    assert reason(measure, birth_date=date(1996, 8, 2)) == "participant_over_30"


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (date(2027, 5, 31), None, "start_too_early"),
        (date(2027, 6, 1), None, None),
        (date(2027, 8, 31), None, None),
        (date(2027, 9, 1), None, "start_too_late"),
        (date(2027, 8, 31), date(2027, 9, 27), None),
        (date(2027, 8, 31), date(2027, 9, 28), "too_long"),
        (None, date(2027, 1, 1), None),
    ],
)
def test_summer(start, end, code):
    assert reason(SUMMER_JOB, start, end) == code


def test_four_year_trial_opens_and_closes():
    assert reason(FOUR_YEAR, date(2026, 7, 31)) == "start_too_early"
    assert reason(FOUR_YEAR, date(2026, 8, 1)) is None
    assert reason(FOUR_YEAR, date(2030, 1, 1), date(2032, 12, 31)) is None
    assert reason(FOUR_YEAR, date(2030, 1, 1), date(2033, 1, 1)) == "end_too_late"


def test_adapted_work_is_closed_to_new_starts():
    assert reason(ADAPTED_WORK, date(2026, 8, 31)) is None
    assert reason(ADAPTED_WORK, date(2026, 9, 1)) == "start_too_late"
    assert reason(ADAPTED_WORK, date(2026, 9, 1), entered=True) is None


@pytest.mark.parametrize("measure", MEASURES)
def test_start_far_back_and_reversed_dates_come_first(measure):
    today = date(2026, 11, 24)
    start, end = date(2026, 11, 16), date(2026, 11, 20)
    assert reason(measure, start, end, today=today) == "start_too_far_back"
    assert reason(measure, start, end, today=today, entered=True) != "start_too_far_back"
    assert reason(measure, start, end, today=today, late_registration_approved=True) != "start_too_far_back"
    assert reason(measure, start + timedelta(days=1), end, today=today) != "start_too_far_back"
    assert reason(measure, end, start, today=today) == "start_after_end"
    assert reason(measure, None, None) is None


def test_sixteen_is_old_enough():
    assert not under_age(date(2010, 11, 24), date(2026, 11, 24), NAV)
    assert under_age(date(2010, 11, 25), date(2026, 11, 24), NAV)


def test_groups():
    guided = {*ADAPTED, EffortGroup.GUIDANCE}
    lasting = {EffortGroup.SMALL_CHANCE, EffortGroup.PARTIAL_WORK}
    wanted = {measure: guided for measure in MEASURES} | {
        PERMANENT: lasting,
        ADAPTED_WORK: lasting,
        FOUR_YEAR: set(ADAPTED),
    }
    for measure in MEASURES:
        assert {group for group in EffortGroup if group_eligible(measure, group)} == wanted[measure]
        assert not group_eligible(measure, None)


@pytest.mark.parametrize(
    ("measure", "percent", "accepted"),
    [
        (PERMANENT, "75", True),
        (PERMANENT, "76", False),
        (PERMANENT, "-1", False),
        (PERMANENT, "50.5", False),
        (PERMANENT, "50.0", True),
        (SUMMER_JOB, "50", True),
        (SUMMER_JOB, "75", True),
        (SUMMER_JOB, "60", False),
        (TEMPORARY, "40", False),
    ],
)
def test_chosen_percent(measure, percent, accepted):
    assert percent_accepted(measure, Decimal(percent), NAV, START) is accepted
    assert percent_accepted(measure, None, NAV, START)


def test_pension_from_nothing_to_the_highest():
    assert [pension_accepted(Decimal(p), NAV, START) for p in ("-0.01", "0", "30", "30.01")] == [
        False,
        True,
        True,
        False,
    ]
    assert pension_accepted(None, NAV, START)


def test_decisions_wait_for_the_budget():
    assert earliest_decision(date(2026, 12, 31), 1, NAV) is None
    assert earliest_decision(date(2026, 12, 31), 2, NAV) == date(2026, 9, 30)
    assert earliest_decision(date(2027, 1, 1), 1, NAV) == date(2027, 1, 1)
    assert earliest_decision(date(2027, 4, 1), 2, NAV) == date(2027, 1, 1)
    assert earliest_decision(date(2027, 4, 2), 2, NAV) == date(2027, 1, 2)
