"""Arrays of agreements: to the krone what the exact path says of each, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_rules import batch
from inclusion_rules.batch import HIGHEST_COST, HIGHEST_WAGE, WAYS, Agreements, OutOfBounds, reckon
from inclusion_rules.money import half_up
from inclusion_rules.month_rows import MonthlySupport, month_rows
from inclusion_rules.periods import Period
from inclusion_rules.rates import NoRate, RateBook, shipped_rates
from inclusion_rules.subsidy import (
    FOUR_YEAR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    Agreement,
    TooLong,
    period_amount,
)
from inclusion_rules.wage_cost import MonthlyCost, monthly_cost

RATES = shipped_rates()
#: The first day that each way has rates for.
FIRST = {TEMPORARY: date(2020, 11, 24), PERMANENT: date(2020, 11, 24), SUMMER_JOB: date(2021, 4, 22)}
FIRST[FOUR_YEAR] = date(2026, 8, 1)


class One(NamedTuple):
    """One agreement, percentages in hundredths."""

    way: int
    start: date
    end: date
    wage: int = 30_000
    holiday: int = 1200
    pension: int = 200
    contribution: int = 1410
    chosen: int = 7500


def arrays(some: Sequence[One]) -> Agreements:
    way, start, end, *numbers = zip(*some, strict=True)
    wage, holiday, pension, contribution, chosen = map(np.array, numbers)
    return Agreements(
        way=np.array(way),
        start=np.array(start, "datetime64[D]"),
        end=np.array(end, "datetime64[D]"),
        monthly_wage=wage,
        holiday_percent=holiday,
        pension_percent=pension,
        contribution_percent=contribution,
        chosen_percent=chosen,
    )


def percent(hundredths: int) -> Decimal:
    return Decimal(int(hundredths)) / 100


def exactly(one: One, rates: RateBook) -> tuple[MonthlyCost, MonthlySupport]:
    """The exact path: what one agreement costs, and what NAV pays month by month."""
    cost = monthly_cost(
        one.wage,
        holiday_percent=percent(one.holiday),
        pension_percent=percent(one.pension),
        contribution_percent=percent(one.contribution),
    )
    measure, group = WAYS[one.way]
    agreement = Agreement(
        measure=measure,
        group=group,
        start=one.start,
        end=one.end,
        monthly_total=cost.total,
        chosen_percent=percent(one.chosen),
    )
    return cost, month_rows(agreement, rates)


def assert_exact(some: Sequence[One], rates: RateBook = RATES) -> None:
    """Every figure of the batch is what the exact path says of each agreement by itself."""
    found = reckon(arrays(some), rates)
    for row, one in enumerate(some):
        cost, exact = exactly(one, rates)
        parts = (half_up(cost.holiday_pay), half_up(cost.pension), half_up(cost.contribution), cost.total)
        assert tuple(int(part[row]) for part in found.cost) == parts
        steps = np.flatnonzero(found.steps.row == row)
        of_row = np.isin(found.periods.step, steps)
        shown = [
            (start, end, percent(found.steps.percent[step]), amount)
            for step, start, end, amount in zip(
                *(part[of_row].tolist() for part in found.periods), strict=True
            )
        ]
        assert shown == [(r.start, r.end, r.percent, r.amount) for r in exact.rows], one
        assert int(found.subsidy[row]) == exact.total == int(found.steps.subsidy[steps].sum())
        assert bool(found.capped[row]) == any(r.capped for r in exact.rows)
        for step in steps:
            inside = [
                r
                for r in exact.rows
                if found.steps.start[step] <= np.datetime64(r.start) <= found.steps.end[step]
            ]
            assert bool(found.steps.assumed[step]) == any(r.assumed for r in inside)
            assert int(found.steps.subsidy[step]) == sum(r.amount for r in inside)
            assert found.periods.start[found.steps.first_period[step]] == found.steps.start[step]


PERCENTS = st.integers(0, 10_000) | st.sampled_from([0, 1020, 1200, 1410, 10_000])


@st.composite
def ones(draw: st.DrawFn) -> One:
    way = draw(st.integers(0, len(WAYS) - 1))
    measure = WAYS[way].measure
    start = draw(st.dates(FIRST[measure], date(2040, 12, 31)))
    longest = 4 * 365 - 1 if measure == FOUR_YEAR else 12 * 365
    days = draw(st.integers(0, 40) | st.integers(0, longest))
    wage = draw(st.integers(0, 90_000) | st.integers(0, HIGHEST_WAGE))
    return One(way, start, start + timedelta(days=days), wage, *(draw(PERCENTS) for _ in range(4)))


@given(st.lists(ones(), min_size=1, max_size=6))
def test_every_agreement_is_as_exact_in_a_batch(some: list[One]) -> None:
    assert_exact(some)


def test_so_are_two_thousand_at_once() -> None:
    chance = np.random.default_rng(20261125)
    some = []
    for _ in range(2_000):
        way = int(chance.integers(len(WAYS)))
        first = FIRST[WAYS[way].measure]
        start = first + timedelta(days=int(chance.integers(0, 2_500)))
        days = int(chance.integers(0, 1_459 if chance.random() < 0.7 else 60))
        wage = int(chance.integers(0, 90_000 if chance.random() < 0.8 else HIGHEST_WAGE + 1))
        some.append(
            One(way, start, start + timedelta(days=days), wage, *map(int, chance.integers(0, 10_001, 4)))
        )
    assert_exact(some)


SUPPOSED = [
    (f"{TEMPORARY}.percent_guidance_start", "45"),
    (f"{TEMPORARY}.percent_guidance_reduced", "12.75"),
    (f"{TEMPORARY}.months_to_reduction_guidance", "0"),
    (f"{TEMPORARY}.months_to_reduction_adapted", "3"),
    (f"{PERMANENT}.percent_max_later", "70"),
    (f"{PERMANENT}.months_to_reduction", "30"),
    (f"{PERMANENT}.cap_base_amounts", "2.5"),
    (f"{FOUR_YEAR}.percent_year_2", "0"),
    (f"{SUMMER_JOB}.percent_general", "75"),
    ("shared.base_amount", "99999"),
]


@given(
    st.lists(ones(), min_size=1, max_size=4),
    st.sampled_from(SUPPOSED),
    st.dates(date(2026, 8, 1), date(2032, 1, 1)),
)
def test_what_if_the_rate_were_another(some: list[One], change: tuple[str, str], on: date) -> None:
    key, value = change
    assert_exact(some, RATES.supposing(key, Decimal(value), on))


def test_each_supposed_rate_does_change_something() -> None:
    some = arrays(
        [
            One(
                way,
                date(2027, 6, 1),
                date(2027, 6, 28) if WAYS[way].measure == SUMMER_JOB else date(2029, 5, 31),
                70_000,
            )
            for way in range(len(WAYS))
        ]
    )
    before = reckon(some, RATES)
    for key, value in SUPPOSED:
        after = reckon(some, RATES.supposing(key, Decimal(value), date(2027, 1, 1)))
        same = np.array_equal(before.subsidy, after.subsidy) and np.array_equal(
            before.steps.assumed, after.steps.assumed
        )
        assert not same, key


@pytest.mark.parametrize("cents", [1, 2, 5, 25, 9_999])
def test_halves_are_rounded_as_kroner_are_and_not_as_floats(cents: int) -> None:
    # 35 and 70 per cent of an odd cost end on a half, where a binary fraction falls on either side.
    start = date(2026, 8, 1)
    some = [One(3, start, date(2030, 7, 31), wage, cents, cents, cents) for wage in range(15_001, 15_041)]
    assert_exact(some)


def test_the_largest_that_is_taken_in_is_still_exact() -> None:
    start = date(2027, 1, 15)
    whole = (HIGHEST_WAGE, 10_000, 10_000, 10_000, 10_000)
    some = [One(way, start, start + timedelta(days=400), *whole) for way in range(len(WAYS))]
    assert int(reckon(arrays(some), RATES).cost.total[0]) == HIGHEST_COST
    assert_exact(some)


@pytest.mark.parametrize("chosen", [0, 6_699, 6_700, 6_701, 7_499, 7_500, 7_501, 10_000])
def test_a_permanent_subsidy_is_cut_only_where_its_percentage_goes_down(chosen: int) -> None:
    start = date(2027, 1, 15)
    assert_exact([One(2, start, date(2028, 6, 30), chosen=chosen)])


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 8, 31), date(2027, 1, 31), date(2027, 12, 31)])
@pytest.mark.parametrize("way", range(len(WAYS)))
def test_days_that_a_later_month_lacks(way: int, day: date) -> None:
    assert_exact([One(way, day, day + timedelta(days=days)) for days in (0, 27, 28, 181, 184, 365, 366, 800)])


@given(st.dates(date(2021, 1, 1), date(2060, 1, 1)), st.integers(0, 3_000), st.integers(0, HIGHEST_COST))
def test_a_monthly_sum_over_any_days(start: date, days: int, per_month: int) -> None:
    end = start + timedelta(days=days)
    days_of = np.array([start], "datetime64[D]"), np.array([end], "datetime64[D]")
    (amount,) = batch.period_amounts(*days_of, np.array([per_month]), RATES)
    assert amount == period_amount(Period(start, end), per_month, RATES.value("shared.days_per_month", start))


def test_in_chunks_each_agreement_comes_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    start = date(2027, 1, 1)
    some = arrays([One(n % len(WAYS), start, start + timedelta(days=10 + n), 20_000 + n) for n in range(10)])
    monkeypatch.setattr(batch, "AT_A_TIME", 3)
    parts = list(batch.in_chunks(some, RATES))
    assert [len(part.subsidy) for part in parts] == [3, 3, 3, 1]
    assert np.array_equal(np.concatenate([part.subsidy for part in parts]), reckon(some, RATES).subsidy)


GOOD = One(0, date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("monthly_wage", {"wage": HIGHEST_WAGE + 1}),
        ("monthly_wage", {"wage": -1}),
        ("monthly_wage", {"wage": 30_000.5}),
        ("monthly_wage", {"wage": float("nan")}),
        ("monthly_wage", {"wage": 2**70}),
        ("holiday_percent", {"holiday": 10_001}),
        ("pension_percent", {"pension": -1}),
        ("contribution_percent", {"contribution": 10_001}),
        ("chosen_percent", {"chosen": 10_001}),
        ("way", {"way": len(WAYS)}),
        ("end", {"end": date(2026, 12, 31)}),
        ("end", {"end": date(2127, 1, 2)}),
        ("start", {"start": date(9950, 1, 1), "end": date(9951, 1, 1)}),
    ],
)
def test_what_may_not_fit_is_refused_with_its_place(field: str, wrong: dict[str, object]) -> None:
    with pytest.raises(OutOfBounds) as told:
        reckon(arrays([GOOD, GOOD._replace(**wrong)]), RATES)  # type: ignore[arg-type]
    assert told.value.field == field
    # An array of the wrong kind is wrong from its first place.
    assert told.value.row in (0, 1)


def test_a_day_is_a_day() -> None:
    some = arrays([GOOD])
    with pytest.raises(OutOfBounds, match="datetime64"):
        reckon(
            Agreements(**{**{name: getattr(some, name) for name in some.__slots__}, "start": np.array([0])}),
            RATES,
        )


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_before_the_first_rate_there_is_no_answer(way: int) -> None:
    first = FIRST[WAYS[way].measure]
    assert_exact([One(way, first, first)])
    early = One(way, first - timedelta(days=1), first)
    with pytest.raises(NoRate):
        reckon(arrays([early]), RATES)
    with pytest.raises(NoRate):
        exactly(early, RATES)


def test_only_parts_of_a_month_need_the_rate_that_counts_days() -> None:
    assert_exact([One(0, date(2020, 9, 1), date(2020, 10, 31))])
    for early in (One(0, date(2020, 9, 2), date(2020, 10, 31)), One(0, date(2020, 9, 1), date(2020, 10, 30))):
        for reckoned in (lambda one: reckon(arrays([one]), RATES), lambda one: exactly(one, RATES)):
            with pytest.raises(NoRate):
                reckoned(early)


def test_a_four_year_subsidy_has_four_years() -> None:
    start = date(2026, 8, 1)
    assert_exact([One(3, start, date(2030, 7, 31))])
    with pytest.raises(TooLong):
        reckon(arrays([GOOD, One(3, start, date(2030, 8, 1))]), RATES)


def test_a_rate_too_fine_for_whole_numbers_is_not_rounded() -> None:
    finer = RATES.table(f"{TEMPORARY}.percent_guidance_start").supposing(Decimal("40.125"), date(2027, 1, 1))
    book = RateBook({table.key: table for table in RATES} | {finer.key: finer}, "finer")
    with pytest.raises(ValueError, match="use the exact path"):
        reckon(arrays([GOOD]), book)
