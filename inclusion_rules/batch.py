"""Arrays of agreements in, kroner out: the same figures as the exact path, for a million at a time.

The exact path is `wage_cost.monthly_cost`, `month_rows.month_rows` and `subsidy.period_amount`. Here all of
it is whole numbers in int64 from end to end, so that no figure hangs on how a binary fraction happens to be
rounded. What might not fit is refused, never cut:

    wage          0 … HIGHEST_WAGE kroner a month
    percentages   0 … 100 with at most two decimals, written as hundredths: 14.1 % is 1410
    a cost        wage · (10⁴ + h) · (10⁴ + p) · (10⁴ + a) ≤ 10⁶ · (2 · 10⁴)³ = 8 · 10¹⁸ < 2⁶³
    a day's rate  cost · 10¹⁰ · at most 100 ≤ 8 · 10⁶ · 10¹⁰ · 10² = 8 · 10¹⁸ < 2⁶³

Days are NumPy's datetime64[D], both ends of a period belong to it, money is whole NOK. Nothing is negative,
so both of NAV's roundings, halves away from zero and halves upwards, are one: the floor of x + ½.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inclusion_rules.money import ROUNDING_DECIMALS
from inclusion_rules.month_rows import WITH_YEARLY_CEILING
from inclusion_rules.periods import ONE_DAY, add_months
from inclusion_rules.rates import ASSUMED_FOR_MONTHS, NoRate, Rate, RateBook
from inclusion_rules.subsidy import (
    DAYS_PER_MONTH,
    FOUR_YEAR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    EffortGroup,
    TooLong,
    stages_of,
)

Array = npt.NDArray[Any]

#: NOK a month. Above this somebody has typed wrong, and int64 would no longer hold every digit.
HIGHEST_WAGE = 100 * 100 * 100
#: The cost of HIGHEST_WAGE with all three rates at 100 %.
HIGHEST_COST = HIGHEST_WAGE * 2 * 2 * 2
#: How a percentage is written: 1 % is so many.
HUNDREDTHS = 100
#: How many agreements are reckoned at a time: enough to keep NumPy busy, few enough to stay in the cache.
AT_A_TIME = 1 << (12 + 2)

_BASE_AMOUNT = "shared.base_amount"
_WHOLE = 100 * HUNDREDTHS
_LONGEST_YEARS = 100
_DECIMALS = (12 - 2) ** ROUNDING_DECIMALS
_DAY, _MONTH = "datetime64[D]", "datetime64[M]"


#: Day number 0.
_FIRST_DAY: date = np.datetime64(0, "D").item()
#: The first day of every month that a date can lie in. Looking it up is several times as fast as counting.
_FIRST_MONTH = int(np.datetime64(date.min, "M").astype(np.int64))
_FIRST_DAYS = np.arange(_FIRST_MONTH, _FIRST_MONTH + 12 * 100 * 100).view(_MONTH).astype(_DAY).view(np.int64)


class Way(NamedTuple):
    """A wage subsidy, and the effort group where the percentage follows from it."""

    measure: str
    group: EffortGroup | None


#: The ways a wage subsidy can be given. An array of agreements names them by their place here.
WAYS = (
    Way(TEMPORARY, EffortGroup.GUIDANCE),
    Way(TEMPORARY, EffortGroup.REDUCED_CAPACITY),
    Way(PERMANENT, None),
    Way(FOUR_YEAR, None),
    Way(SUMMER_JOB, None),
)


class OutOfBounds(ValueError):
    """A value that cannot be reckoned with in whole numbers. `field` and `row` tell which (row from 0)."""

    def __init__(self, field: str, row: int, message: str) -> None:
        self.field = field
        self.row = row
        super().__init__(f"row {row}, {field}: {message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """Equally long arrays, one agreement a place. Whole numbers, or whatever int64 holds without loss.

    `way` is a place in WAYS. `chosen_percent` is what NAV set for a permanent subsidy or a summer job, and
    is not read for the others. Percentages are hundredths.
    """

    way: Array
    start: Array
    end: Array
    monthly_wage: Array
    holiday_percent: Array
    pension_percent: Array
    contribution_percent: Array
    chosen_percent: Array

    def __len__(self) -> int:
        return len(self.way)

    def __getitem__(self, some: slice) -> Agreements:
        return Agreements(**{field.name: getattr(self, field.name)[some] for field in fields(self)})


class Costs(NamedTuple):
    """NOK a month, each rounded by itself, so that the parts may miss `total` by a krone or two."""

    holiday_pay: Array
    pension: Array
    contribution: Array
    total: Array


class Steps(NamedTuple):
    """Stretches with one percentage, in order, all agreements after each other.

    `row` is the agreement's place, `percent` hundredths, `per_month` NOK for a whole month, `subsidy` NOK for
    the stretch, `assumed` True where a rate is not set yet. `first_period` is a place in Periods.
    """

    row: Array
    start: Array
    end: Array
    percent: Array
    per_month: Array
    subsidy: Array
    assumed: Array
    first_period: Array


class Periods(NamedTuple):
    """The periods NAV pays for, at most a calendar month each. `step` is a place in Steps, `amount` NOK."""

    step: Array
    start: Array
    end: Array
    amount: Array


class Figures(NamedTuple):
    """What some agreements cost, and what NAV pays: `subsidy` is the sum over the agreement.

    `capped` is True where the ceiling of a calendar year bites. Amounts are then what is left of it.
    """

    cost: Costs
    steps: Steps
    periods: Periods
    subsidy: Array
    capped: Array


def reckon(agreements: Agreements, rates: RateBook) -> Figures:
    """The figures of all `agreements`, one or more, in their order.

    As `monthly_cost` and `month_rows` give them, with the chosen percentage where NAV chooses one.
    OutOfBounds for a value outside the module's bounds, a way that is none, an end before the start or more
    than a hundred years after it. NoRate and TooLong as the exact path raises them.
    """
    cost = monthly_costs(
        agreements.monthly_wage,
        agreements.holiday_percent,
        agreements.pension_percent,
        agreements.contribution_percent,
    )
    ways = _whole("way", agreements.way, len(WAYS) - 1)
    chosen = _whole("chosen_percent", agreements.chosen_percent, _WHOLE)
    start, end = _days(agreements.start), _days(agreements.end)
    _refuse("end", start > end, "write an end that is not before the start")
    _refuse("end", end > _later(start, 12 * _LONGEST_YEARS), f"write an end within {_LONGEST_YEARS} years")
    steps = _steps(ways, start, end, chosen, cost.total, rates)
    first_step = np.flatnonzero(np.diff(steps.row, prepend=-1))
    steps, periods = _periods(steps, rates)
    steps, capped = _under_ceiling(ways, steps, periods, first_step, rates)
    subsidy = np.add.reduceat(steps.subsidy, first_step)
    return Figures(cost, _shown(steps), _shown(periods), subsidy, capped)


def in_chunks(agreements: Agreements, rates: RateBook) -> Iterator[Figures]:
    """The figures of AT_A_TIME agreements after another, so that memory does not grow with how many."""
    for first in range(0, len(agreements), AT_A_TIME):
        yield reckon(agreements[first : first + AT_A_TIME], rates)


def monthly_costs(wage: Array, holiday: Array, pension: Array, contribution: Array) -> Costs:
    """`wage_cost.monthly_cost` of whole kroner and percentages in hundredths. OutOfBounds outside them."""
    w = _whole("monthly_wage", wage, HIGHEST_WAGE)
    h = _whole("holiday_percent", holiday, _WHOLE)
    p = _whole("pension_percent", pension, _WHOLE)
    a = _whole("contribution_percent", contribution, _WHOLE)
    with_holiday = w * (_WHOLE + h)
    with_pension = with_holiday * (_WHOLE + p)
    one = _WHOLE * _WHOLE * _WHOLE
    return Costs(
        holiday_pay=_nearest(w * h, _WHOLE),
        pension=_nearest(with_holiday * p, _WHOLE * _WHOLE),
        contribution=_nearest(with_pension * a, one),
        # The wage is whole already: rounding all of it is rounding the rest.
        total=_nearest(with_pension * (_WHOLE + a), one),
    )


def period_amounts(start: Array, end: Array, per_month: Array, rates: RateBook) -> Array:
    """`subsidy.period_amount` for each period, whole NOK: whole months in full, left-over days by the day.

    `per_month` is 0 … HIGHEST_COST, `start` never after `end`. OutOfBounds otherwise, NoRate as `rates` says.
    """
    amount = _whole("per_month", per_month, HIGHEST_COST)
    first, last = _days(start), _days(end)
    _refuse("end", first > last, "write an end that is not before the start")
    after = last + 1
    months = _month(after) - _month(first)
    months -= _day_of_month(after) < _day_of_month(first)
    return months * amount + _by_days(amount, after - _later(first, months), first, rates)


# Steps and periods. Inside, days and months are whole numbers since 1970.


def _steps(ways: Array, start: Array, end: Array, chosen: Array, total: Array, rates: RateBook) -> Steps:
    """One column a piece; pieces that a row does not have end before they begin, and are left out at last."""
    columns: list[list[Array]] = []
    for place, way in enumerate(WAYS):
        rows = np.flatnonzero(ways == place)
        if not len(rows):
            continue
        pieces = _pieces(way, start[rows], end[rows], chosen[rows], rates)
        for number, (first, last, percent, assumed) in enumerate(pieces):
            if number == len(columns):
                columns.append([np.zeros(len(ways), np.int64) for _ in range(2 * 2)])
                columns[number][1] -= 1
            for column, values in zip(columns[number], (first, last, percent, assumed), strict=True):
                column[rows] = values
    first, last, percent, assumed = (np.stack(part, axis=1).ravel() for part in zip(*columns, strict=True))
    present = np.flatnonzero(first <= last)
    row, percent = present // len(columns), percent[present]
    later = np.empty(0)  # filled in when the periods are laid out
    return Steps(
        row=row,
        start=first[present],
        end=last[present],
        percent=percent,
        per_month=_nearest(total[row] * percent, _WHOLE),
        subsidy=later,
        assumed=assumed[present].astype(bool),
        first_period=later,
    )


def _pieces(
    way: Way, start: Array, end: Array, chosen: Array, rates: RateBook
) -> Iterator[tuple[Array, Array, Array, Array]]:
    """First day, last day, percentage and whether it is assumed. A piece no row has ends before it begins."""
    stages = stages_of(*way)
    if not stages:
        yield start, end, chosen, _summer_rate_assumed(way.measure, start, chosen, rates)
        return
    begins = [start]
    for stage in stages[1:]:
        months = _looked_up(stage.after, start, rates) if isinstance(stage.after, str) else stage.after
        begins.append(np.minimum(_later(start, months), end + 1))
    if way.measure == PERMANENT:
        later = _looked_up(stages[1].percent, start, rates, HUNDREDTHS)
        begins[1] = np.where(chosen <= later, end + 1, begins[1])
    if way.measure == FOUR_YEAR:
        _refuse_too_long(end, _later(start, _looked_up(f"{FOUR_YEAR}.max_months_permanent", start, rates)))
    # As in the exact path, a change of one of the percentages cuts the whole agreement.
    days = sorted({day for stage in stages for day in _changes(stage.percent, start, end, rates)})
    for stage, first, after in zip(stages, begins, [*begins[1:], end + 1], strict=True):
        cuts = [np.clip(day, first, after) for day in days[1:]]
        for day, begin, stop in zip(days, [first, *cuts], [*cuts, after], strict=True):
            rate = _rate(stage.percent, day, rates)
            if rate is None:
                if np.any(begin < stop):
                    raise NoRate(stage.percent, _date(begin[begin < stop].min()))
                continue
            percent = np.full(len(start), _scaled(rate, HUNDREDTHS))
            if way.measure == PERMANENT:
                percent = np.minimum(chosen, percent)
            yield begin, stop - 1, percent, np.full(len(start), rate.assumed)


def _summer_rate_assumed(measure: str, start: Array, chosen: Array, rates: RateBook) -> Array:
    """Is the chosen percentage that of a rate which is not set yet? The general one is looked at first."""
    found = np.zeros(len(start), bool)
    for key in (f"{measure}.percent_reduced_capacity", f"{measure}.percent_general"):
        same = _looked_up(key, start, rates, HUNDREDTHS) == chosen
        found[same] = _assumed(key, start[same], rates)
    return found


def _periods(steps: Steps, rates: RateBook) -> tuple[Steps, Periods]:
    """The steps by calendar month, and what each step comes to."""
    first_month, last_month = _month(steps.start), _month(steps.end)
    counts = last_month - first_month + 1
    heads = np.cumsum(counts) - counts
    tails = heads + counts - 1
    step = np.repeat(np.arange(len(counts)), counts)
    month = np.repeat(first_month - heads, counts)
    month += np.arange(len(step))
    start = _first_of(month)
    end = np.empty_like(start)
    end[:-1] = start[1:] - 1
    start[heads], end[tails] = steps.start, steps.end
    amount = np.repeat(steps.per_month, counts)
    # Only a step's first and last month can be cut short.
    cut_head = steps.start != _first_of(first_month)
    cut_tail = steps.end != _first_of(last_month + 1) - 1
    for period, is_cut in ((heads, cut_head), (tails, cut_tail)):
        cut = np.flatnonzero(is_cut)
        these = period[cut]
        amount[these] = _by_days(steps.per_month[cut], end[these] - start[these] + 1, start[these], rates)
    subsidy = np.add.reduceat(amount, heads)
    return steps._replace(subsidy=subsidy, first_period=heads), Periods(step, start, end, amount)


def _under_ceiling(
    ways: Array, steps: Steps, periods: Periods, first_step: Array, rates: RateBook
) -> tuple[Steps, Array]:
    """Hold the amounts under the year's ceiling, in place: the steps after that, and the rows it bites in."""
    first = steps.first_period[first_step]
    count = np.diff(first, append=len(periods.amount))
    days, ceilings = _ceilings(periods.start[first], periods.end[first + count - 1], rates)
    limited = np.array([way.measure in WITH_YEARLY_CEILING for way in WAYS])
    # No year's sum is above the agreement's: those below the ceiling need no walk through the months.
    whole = np.add.reduceat(steps.subsidy, first_step)
    rows = np.flatnonzero(limited[ways] & (whole > ceilings.min(axis=1)[ways]))
    first, count = first[rows], count[rows]
    # The months of these rows after each other: where each row begins, and their places in Periods.
    begins = np.cumsum(count) - count
    place = np.arange(count.sum()) + np.repeat(first - begins, count)
    start, amount = periods.start[place], periods.amount[place]
    ceiling = ceilings[np.repeat(ways[rows], count), np.searchsorted(days, start, side="right") - 1]
    year = _month(start) // 12
    lowered = amount.copy()
    paid, paid_year = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    for number in range(count.max(initial=0)):
        going_on = np.flatnonzero(count > number)
        here = begins[going_on] + number
        already = np.where(year[here] == paid_year[going_on], paid[going_on], 0)
        lowered[here] = np.minimum(amount[here], np.maximum(ceiling[here] - already, 0))
        paid[going_on], paid_year[going_on] = already + lowered[here], year[here]
    bites = np.flatnonzero(lowered < amount)
    periods.amount[place] = lowered
    step = periods.step[place[bites]]
    capped = np.zeros(len(ways), bool)
    capped[steps.row[step]] = True
    known_to = rates.table(_BASE_AMOUNT).known_to
    assumed = steps.assumed.copy()
    if known_to is not None:
        assumed[step[start[bites] > _number(known_to)]] = True
    return steps._replace(
        subsidy=np.add.reduceat(periods.amount, steps.first_period), assumed=assumed
    ), capped


def _ceilings(first: Array, last: Array, rates: RateBook) -> tuple[Array, Array]:
    """The days on which a ceiling changes, and the ceiling of each way from each day, in whole NOK.

    It is 0 for a way without a ceiling, and on days when a way does not exist yet.
    """
    caps = {
        place: f"{way.measure}.cap_base_amounts"
        for place, way in enumerate(WAYS)
        if way.measure in WITH_YEARLY_CEILING
    }
    days = sorted(
        {day for key in (*caps.values(), _BASE_AMOUNT) for day in _changes(key, first, last, rates)}
    )
    ceilings = np.zeros((len(WAYS), len(days)), np.int64)
    for number, day in enumerate(days):
        base_amount = rates.newest(_BASE_AMOUNT, _date(day)).value
        for place, key in caps.items():
            cap = _rate(key, day, rates)
            ceilings[place, number] = int(cap.value * base_amount) if cap else 0
    return np.array(days), ceilings


# Rates


def _changes(key: str, first: Array, last: Array, rates: RateBook) -> list[int]:
    """The first of the days, and every later one up to the last on which another rate applies, or none."""
    table = rates.table(key)
    changes = [entry.valid_from for entry in table.entries]
    if table.known_to is not None:
        changes += [table.known_to + ONE_DAY, add_months(table.known_to, ASSUMED_FOR_MONTHS) + ONE_DAY]
    lowest, highest = int(first.min()), int(last.max())
    return sorted({lowest, *(day for day in map(_number, changes) if lowest < day <= highest)})


def _rate(key: str, day: int, rates: RateBook) -> Rate | None:
    try:
        return rates.rate(key, _date(day))
    except NoRate:
        return None


def _on(key: str, days: Array, rates: RateBook) -> tuple[list[Rate], Array]:
    """The rates that apply on the days, and which of them on each. NoRate for the first day without one."""
    changes = _changes(key, days, days, rates)
    if len(changes) == 1:
        place = np.zeros(len(days), np.int64)
    else:
        place = np.searchsorted(changes, days, side="right") - 1
    used = np.flatnonzero(np.bincount(place))
    found = [_rate(key, changes[number], rates) for number in used]
    for number, rate in zip(used, found, strict=True):
        if rate is None:
            raise NoRate(key, _date(days[place == number].min()))
    return [rate for rate in found if rate is not None], np.searchsorted(used, place)


def _looked_up(key: str, days: Array, rates: RateBook, scale: int = 1) -> Array:
    """The rate on each day, times `scale`, as a whole number."""
    found, place = _on(key, days, rates)
    values: Array = np.array([_scaled(rate, scale) for rate in found])
    return values[place]


def _assumed(key: str, days: Array, rates: RateBook) -> Array:
    if not len(days):
        return days
    found, place = _on(key, days, rates)
    return np.array([rate.assumed for rate in found])[place]


def _scaled(rate: Rate, scale: int) -> int:
    """ValueError when the rate has finer parts than can be held."""
    scaled = rate.value * scale
    if scaled != int(scaled):
        raise ValueError(
            f"{rate.key} is {rate.value}: batch holds whole parts of 1/{scale}; use the exact path"
        )
    return int(scaled)


def _by_days(per_month: Array, days: Array, on: Array, rates: RateBook) -> Array:
    """`days` by a daily rate with ten decimals: the monthly sum over the days NAV counts in a month."""
    if not len(days):
        return days
    amount = np.empty(len(days), np.int64)
    found, place = _on(DAYS_PER_MONTH, on, rates)
    for number, rate in enumerate(found):
        in_month = Fraction(rate.value)
        if in_month < 1 or in_month.denominator > 100:
            raise ValueError(f"{rate.key} is {rate.value}: batch cannot hold it exactly; use the exact path")
        these = slice(None) if len(found) == 1 else place == number
        daily = _nearest(per_month[these] * (_DECIMALS * in_month.denominator), in_month.numerator)
        amount[these] = _nearest(days[these] * daily, _DECIMALS)
    return amount


# Whole numbers and days


def _nearest(amount: Array, by: int) -> Array:
    return (amount + by // 2) // by


def _whole(field: str, values: Array, highest: int) -> Array:
    """`values` in int64, each from 0 to `highest`."""
    given = np.asarray(values)
    if given.dtype.kind not in "iu":
        raise OutOfBounds(field, 0, f"write an array of whole numbers, not {given.dtype}")
    _refuse(field, (given < 0) | (given > highest), f"write a whole number from 0 to {highest}")
    return given.astype(np.int64)


def _days(days: Array) -> Array:
    given = np.asarray(days)
    if given.dtype != np.dtype(_DAY):
        raise OutOfBounds("start", 0, f"write days as {_DAY}, not {given.dtype}")
    lowest, highest = np.datetime64(date.min), np.datetime64(date(date.max.year - _LONGEST_YEARS - 1, 1, 1))
    _refuse("start", ~((given >= lowest) & (given <= highest)), f"write a day from {lowest} to {highest}")
    return given.view(np.int64)


def _refuse(field: str, wrong: Array, message: str) -> None:
    if np.any(wrong):
        raise OutOfBounds(field, int(np.argmax(wrong)), message)


def _refuse_too_long(end: Array, stop: Array) -> None:
    late = np.flatnonzero(end >= stop)
    if len(late):
        raise TooLong(_date(end[late[0]]), _date(stop[late[0]]))


def _number(day: date) -> int:
    return (day - _FIRST_DAY).days


def _date(number: Any) -> date:
    return _FIRST_DAY + timedelta(days=int(number))


def _month(days: Array) -> Array:
    if not len(days):
        return days
    # Most days lie close together: each is turned into its month once, and looked up from then on.
    first = days.min()
    span = days.max() - first + 1
    near = span < len(days)
    counted = np.arange(first, first + span) if near else days
    months: Array = counted.view(_DAY).astype(_MONTH).view(np.int64)
    return months[days - first] if near else months


def _first_of(months: Array) -> Array:
    first: Array = _FIRST_DAYS[months - _FIRST_MONTH]
    return first


def _day_of_month(days: Array) -> Array:
    """Counted from 0."""
    return days - _first_of(_month(days))


def _later(days: Array, months: Array | int) -> Array:
    """`periods.add_months`: the same day number, clamped to the last day of a shorter month."""
    month = _month(days)
    target = month + months
    later: Array = np.minimum(_first_of(target) + days - _first_of(month), _first_of(target + 1) - 1)
    return later


def _shown(table: Any) -> Any:
    return table._replace(start=table.start.view(_DAY), end=table.end.view(_DAY))
