"""When a refund opens and is due, and which months of wages NAV looks up: the rules one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_rules.periods import Period
from inclusion_rules.rates import NoRate, shipped_rates
from inclusion_rules.refund_deadline import RefundStatus, add_months_keep_end, income_window, refund_deadline
from inclusion_rules.subsidy import SUMMER_JOB, TEMPORARY

BOOK = shipped_rates()
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def due(period_end, **told):
    return refund_deadline(period_end, BOOK.value, **told)


def window(measure=TEMPORARY, **asked):
    return income_window(measure, MARCH, BOOK.value, **asked)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (
            date(2026, 6, 30),
            2,
            date(2026, 8, 31),
        ),  # also to a longer month
        (date(2026, 6, 29), 2, date(2026, 8, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 30), 2, date(2028, 2, 29)),  # clamped, as any other day
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2028, 2, 28), 12, date(2029, 2, 28)),  # not the last day of its month
    ],
)
def test_last_day_of_a_month_stays_the_last(day, months, found):
    assert add_months_keep_end(day, months) == found


def test_opens_the_day_after_and_is_due_two_months_after_the_end():
    found = due(date(2026, 3, 31))
    assert (found.opens, found.deadline) == (date(2026, 4, 1), date(2026, 5, 31))
    assert found.latest_extension == date(2026, 6, 30)


def test_approval_counts_only_when_it_comes_after_the_end():
    end = date(2026, 3, 31)
    assert due(end, approved_on=end) == due(end, approved_on=date(2025, 1, 1)) == due(end)
    late = due(end, approved_on=date(2026, 4, 30))
    assert (late.opens, late.deadline) == (date(2026, 4, 1), date(2026, 6, 30))
    assert late.latest_extension == date(2026, 7, 31)


def test_other_refunds_give_a_year_unless_the_deadline_is_later_already():
    end = date(2026, 2, 28)
    found = due(end, other_refunds=True)
    assert (found.deadline, found.latest_extension) == (date(2027, 2, 28), date(2027, 3, 31))
    approved_late = due(end, other_refunds=True, approved_on=date(2027, 3, 15))
    assert approved_late.deadline == date(2027, 5, 15)
    assert approved_late.latest_extension == date(2027, 3, 31)


def test_resent_gives_two_plain_months_where_that_is_later():
    end = date(2026, 1, 31)
    assert due(end, resent_on=date(2026, 1, 31)) == due(end)
    # From 28 February: the last day of a month leads to no other last day here.
    assert due(end, resent_on=date(2026, 2, 28)).deadline == date(2026, 4, 28)
    assert due(end, resent_on=date(2026, 2, 28)).latest_extension == due(end).latest_extension


def test_deadline_itself_is_in_time():
    found = due(date(2026, 3, 31))
    for day, status in (
        (date(2026, 3, 31), RefundStatus.TOO_EARLY),
        (date(2026, 4, 1), RefundStatus.READY),
        (date(2026, 5, 31), RefundStatus.READY),
        (date(2026, 6, 1), RefundStatus.EXPIRED),
    ):
        assert found.status(day) is status


def test_no_deadline_where_the_rule_was_not_there_yet():
    with pytest.raises(NoRate):
        due(date(2021, 7, 31))


def test_day_too_near_the_end_of_the_calendar():
    with pytest.raises(OverflowError):
        due(date(9999, 12, 31))


@given(
    st.dates(date(2021, 8, 1), date(2080, 12, 31)),
    st.none() | st.integers(-400, 400),
    st.booleans(),
    st.none() | st.integers(1, 400),
)
def test_every_deadline_comes_after_the_opening(end, approved, other, resent):
    def days(count):
        return None if count is None else end + timedelta(days=count)

    found = due(end, approved_on=days(approved), other_refunds=other, resent_on=days(resent))
    assert end < found.opens < found.deadline
    # Whoever tells more than the end never gets a shorter time.
    assert found.deadline >= due(end).deadline
    assert found.latest_extension >= due(end).latest_extension


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ({}, 3),
        ({"asked_next_month": True}, 4),
        ({"measure": SUMMER_JOB}, 4),
        ({"caseworker_months": 2}, 5),
        ({"caseworker_months": 2, "asked_next_month": True}, 5),  # the case worker's number wins
        ({"measure": SUMMER_JOB, "caseworker_months": 3}, 6),
        ({"correction": True}, 4),
        ({"correction": True, "caseworker_months": 3}, 4),
        ({"correction": True, "wages_came_later": True}, 5),
        ({"correction": True, "wages_came_later": True, "caseworker_months": 3}, 6),
        ({"wages_came_later": True}, 3),  # a reason for a correction only
    ],
)
def test_months_looked_up(asked, last):
    assert window(**asked) == (date(2026, 3, 1), date(2026, last, 1))


def test_months_looked_up_over_a_new_year():
    december = Period(date(2026, 12, 15), date(2026, 12, 31))
    found = income_window(TEMPORARY, december, BOOK.value, asked_next_month=True)
    assert found == (date(2026, 12, 1), date(2027, 1, 1))
