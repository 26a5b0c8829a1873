"""Rounding where halves decide, and periods that must neither lose a day nor count one twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, DivisionByZero, Inexact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_rules.money import (
    divide,
    divide_to_whole,
    exactly,
    half_towards_plus,
    half_up,
    percent_of,
    truncate,
)
from inclusion_rules.periods import Period, ReversedPeriod, add_months, add_years

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("amount", "up", "plus", "cut"),
    [
        ("2.5", 3, 3, 2),
        ("-2.5", -3, -2, -2),
        ("0.5", 1, 1, 0),
        ("-0.5", -1, 0, 0),
        ("2.4999999999999999999999999999999999", 2, 2, 2),
        ("-2.5000000000000000000000000000000001", -3, -3, -2),
        ("1000000000000000000000000000000000000.5", 10**36 + 1, 10**36 + 1, 10**36),
    ],
)
def test_rounding(amount, up, plus, cut):
    assert half_up(Decimal(amount)) == up
    assert half_towards_plus(Decimal(amount)) == plus
    assert truncate(Decimal(amount)) == cut


def test_quotients():
    assert divide(100, 3) == Decimal("33.3333333333")
    assert divide(-1, Decimal("30.4375")) == Decimal("-0.0328542094")
    assert divide(1, 20_000_000_000) == Decimal(
        "0.0000000001"
    )  # half of the last decimal goes away from zero
    assert divide_to_whole(1_000_100, 80) == 12501
    with pytest.raises(DivisionByZero):
        divide(1, 0)


def test_exact_means_exact():
    with exactly():
        assert percent_of(Decimal("14.1"), Decimal("34272.123456789")) == Decimal("4832.369407407249")
        with pytest.raises(Inexact):
            Decimal(1) / 3


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 31), -3, date(2026, 9, 30)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_months_are_clamped(day, months, wanted):
    assert add_months(day, months) == wanted


def test_years_are_clamped_and_the_calendar_ends():
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    with pytest.raises(OverflowError, match="nearer"):
        add_years(date(9990, 1, 1), 10)


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (date(2026, 5, 1), date(2026, 5, 31), (1, 0)),
        (date(2026, 1, 15), date(2026, 2, 14), (1, 0)),
        (date(2026, 1, 31), date(2026, 2, 27), (0, 28)),
        (date(2026, 1, 31), date(2026, 2, 28), (1, 1)),
        (date(2024, 1, 31), date(2024, 3, 1), (1, 2)),
        (date(2026, 5, 1), date(2026, 5, 1), (0, 1)),
        (date(2025, 3, 1), date(2027, 3, 31), (25, 0)),
    ],
)
def test_months_first_then_days(start, end, wanted):
    assert Period(start, end).months_and_days() == wanted


def test_end_before_start_is_refused():
    with pytest.raises(ReversedPeriod, match="swap the dates"):
        Period(date(2026, 5, 2), date(2026, 5, 1))


@given(DAYS, st.integers(0, 1500), st.lists(DAYS, max_size=6))
def test_parts_cover_every_day_once(start, length, cuts):
    whole = Period(start, start + timedelta(days=length))
    for parts in (whole.split(cuts), whole.by_month()):
        assert parts[0].start == whole.start
        assert parts[-1].end == whole.end
        for before, after in zip(parts, parts[1:], strict=False):
            assert after.start == before.end + timedelta(days=1)
        assert sum(part.days for part in parts) == whole.days
    assert {part.start for part in whole.split(cuts)} == {start} | {cut for cut in cuts if cut in whole}
    assert all(
        (part.start.year, part.start.month) == (part.end.year, part.end.month) for part in whole.by_month()
    )


@given(DAYS, st.integers(0, 1500))
def test_months_and_days_lead_to_the_end(start, length):
    period = Period(start, start + timedelta(days=length))
    months, days = period.months_and_days()
    assert months >= 0
    assert 0 <= days < 32
    assert add_months(start, months) + timedelta(days=days) == period.end + timedelta(days=1)
