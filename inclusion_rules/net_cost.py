"""What a position costs in all, period by period, with and without support: wages, time, and what work gives.

The estimate knows the wage and the support. Here come the hours colleagues use, the mentor grant, and what
the work may be worth while somebody learns the job: a range, never one number. Every row is whole NOK, and
rows, periods and sums add up exactly.

Hours and the ramp are the assumptions of parameters.yaml; the rest is law and the reader's own answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from inclusion_rules.estimate import Alternative, Estimate, Position
from inclusion_rules.mentor_cost import mentor_monthly_cost
from inclusion_rules.money import divide, exactly, half_up, percent_of
from inclusion_rules.parameters import Parameter, for_model
from inclusion_rules.periods import ONE_DAY, Period, add_months, add_years
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.subsidy import period_amount
from inclusion_rules.wage_cost import MonthlyCost, employer_contribution, holiday_pay, pension

MENTOR_HOURS = ("mentor_h_week_1_4", "mentor_h_week_5_12", "mentor_h_week_13_26", "mentor_h_after_26")
LEADER_HOURS = ("leader_h_week_1_12",)
PAPERWORK_HOURS = "admin_h_per_case"
RAMP = ("prod_start_inclusion", "prod_ramp_months", "prod_plateau")

#: Support without a set end is shown for so many years.
YEARS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Mentor:
    """What the reader has said of a mentor: hours a month agreed with NAV, and the mentor's NOK an hour."""

    hours: Decimal
    wage: Decimal


@dataclass(frozen=True, slots=True)
class Amounts:
    """One period or one sum, in whole NOK. Rows that are money to the employer are `support` and `grant`.

    `worth_*`: what the work is worth in that time, at the low, middle and high end of the ramp.
    """

    wage: int = 0
    holiday_pay: int = 0
    pension: int = 0
    contribution: int = 0
    support: int = 0
    mentor: int = 0
    leader: int = 0
    paperwork: int = 0
    grant: int = 0
    worth_low: int = 0
    worth_mid: int = 0
    worth_high: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def wage_cost(self) -> int:
        return self.wage + self.holiday_pay + self.pension + self.contribution

    @property
    def time(self) -> int:
        """What the hours of mentor and leader and the paperwork cost."""
        return self.mentor + self.leader + self.paperwork

    @property
    def you_pay(self) -> int:
        return self.wage_cost - self.support + self.time - self.grant

    @property
    def remains_low(self) -> int:
        """What remains to pay when the work is worth most. Below zero: it is worth more than it costs."""
        return self.you_pay - self.worth_high

    @property
    def remains_mid(self) -> int:
        return self.you_pay - self.worth_mid

    @property
    def remains_high(self) -> int:
        return self.you_pay - self.worth_low


@dataclass(frozen=True, slots=True)
class Way:
    """One column: without support (`percent` None), or what follows if NAV gives `percent` at the start.

    `periods` are in the order of `NetCost.periods`; `after` is that of `NetCost.after`.
    """

    percent: Decimal | None
    periods: tuple[Amounts, ...]
    after: tuple[Amounts, ...]

    @property
    def supported(self) -> Amounts:
        """The sum over the time somebody may get support."""
        return reduce(Amounts.__add__, self.periods)


@dataclass(frozen=True, slots=True)
class NetCost:
    """Every way over the same periods, without support first.

    `after` is the first year after the longest support, shorter when the job ends; empty when there is none.
    `goes_on`: the support has no set end, and what is shown stops before it. In each period the cost of a
    month is one.
    """

    periods: tuple[Period, ...]
    after: tuple[Period, ...]
    goes_on: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Ramp:
    """How much of a trained colleague's work is done: evenly from `start` to `plateau` over `months`."""

    start: Decimal
    plateau: Decimal
    months: Decimal

    def area(self, months: Decimal) -> Decimal:
        """The work done in the first `months`, in months of a trained colleague."""
        climbed = min(months, self.months)
        slope = divide(self.plateau - self.start, self.months) if self.months else Decimal(0)
        return self.start * climbed + slope * climbed * climbed / 2 + self.plateau * (months - climbed)


class Reckoning:
    """The rows of one estimate, for any period and any way: `rows(period, way)`.

    `hour_on` is what an hour of a colleague's time costs in whole NOK: the mentor's wage where the reader has
    given one, else the position's own, with holiday pay, pension and contribution.
    """

    def __init__(
        self, found: Estimate, position: Position, *, rates: RateBook, mentor: Mentor | None = None
    ) -> None:
        self.found, self.position, self.rates = found, position, rates
        self.start = found.start
        self.parameters: Mapping[str, Parameter] = for_model(
            (*MENTOR_HOURS, *LEADER_HOURS, PAPERWORK_HOURS, *RAMP)
        )
        self.days_per_month: Rate = rates.rate("shared.days_per_month", found.start)
        self.hours_per_month: Rate = rates.rate("shared.hours_per_month_full_time", found.start)
        self.grant_months: Rate = rates.rate("mentor.max_months_general", found.start)
        self.hourly_wage = mentor.wage if mentor else self._own_hourly_wage(position)
        self._changes = found.changes
        self._hours = {each.start: _loaded(self.hourly_wage, each.position) for each in found.costs}
        self._grants = {each.start: _grant(mentor, each.position) for each in found.costs}
        self.grant_period: Period | None = None
        if mentor:
            last = add_months(found.start, int(self.grant_months.value)) - ONE_DAY
            self.grant_period = Period(found.start, min(last, found.job_end or last))

    def _own_hourly_wage(self, position: Position) -> Decimal:
        if position.per_hour:
            return position.wage
        return divide(100 * position.wage, self.hours_per_month.value * position.position_percent)

    def hour_on(self, day: date) -> int:
        return self._hours[self.found.cost_on(day).start]

    def grant_on(self, day: date) -> int:
        """The mentor's agreed hours in a month, whole NOK; 0 without a mentor."""
        return self._grants[self.found.cost_on(day).start]

    def parts(self, period: Period) -> tuple[Period, ...]:
        """`period` cut where the cost changes. What follows of a day's cost is reckoned for each part."""
        return period.split(self._changes) if self._changes else (period,)

    def rows(self, period: Period, way: Alternative | None, *, worth: bool = True) -> Amounts:
        """The rows of `period`; `way` None is without support; not `worth`: the work counts for nothing."""
        return reduce(Amounts.__add__, (self._rows(part, way, worth) for part in self.parts(period)))

    def _rows(self, period: Period, way: Alternative | None, worth: bool) -> Amounts:
        cost, hour = self.wage_rows(period, self.found.cost_on(period.start).cost), self.hour_on(period.start)
        low, mid, high = (self.worth(period, cost.wage_cost, end) if worth else 0 for end in _ENDS)
        return cost + Amounts(
            support=self.support(period, way) if way else 0,
            mentor=self.mentor(period),
            leader=self.hours(period, LEADER_HOURS) * hour,
            paperwork=self.paperwork_hours(period, way) * hour,
            grant=self.grant(period) if way else 0,
            worth_low=low,
            worth_mid=mid,
            worth_high=high,
        )

    def wage_rows(self, period: Period, cost: MonthlyCost) -> Amounts:
        """Wage, holiday pay, pension and contribution of `period`: rounded to add up to its cost."""
        with exactly():
            up_to = (
                half_up(cost.wage),
                half_up(cost.wage + cost.holiday_pay),
                half_up(cost.wage + cost.holiday_pay + cost.pension),
                cost.total,
            )
        wage, holiday, saved, total = (self.amount(period, each) for each in up_to)
        return Amounts(wage, holiday - wage, saved - holiday, total - saved)

    def amount(self, period: Period, per_month: int) -> int:
        """What NOK `per_month` comes to in `period`, as NAV counts months and days."""
        return period_amount(period, per_month, self.days_per_month.value)

    def support(self, period: Period, way: Alternative) -> int:
        """What NAV may pay in `period`."""
        return sum(self.amount(part, per_month) for part, per_month in support_in(period, way))

    def grant(self, period: Period) -> int:
        """The mentor grant of `period`, for as long as it is given to everybody; 0 without a mentor."""
        covered = overlap(period, self.grant_period)
        return self.amount(covered, self.grant_on(covered.start)) if covered else 0

    def mentor(self, period: Period) -> int:
        """The mentor's time: the hours agreed for as long as the grant lasts, else as assumed."""
        covered = overlap(period, self.grant_period)
        if covered is None:
            return self.hours(period, MENTOR_HOURS) * self.hour_on(period.start)
        rest = Period(covered.end + ONE_DAY, period.end) if covered.end < period.end else None
        own = self.hours(rest, MENTOR_HOURS) * self.hour_on(rest.start) if rest else 0
        return self.grant(period) + own

    def hours(self, period: Period, bands: Iterable[str]) -> int:
        """The hours of `period`, in whole hours, by the middle of each band of weeks."""
        week = timedelta(weeks=1).days
        total = Decimal(0)
        for key in bands:
            part = overlap(period, self.weeks(key))
            total += divide(self.parameters[key].mid * part.days, week) if part else 0
        return half_up(total)

    def weeks(self, key: str) -> Period:
        """The days a band of hours counts for."""
        first, last = self.parameters[key].weeks or (1, None)
        start = self.start + timedelta(weeks=first - 1)
        return Period(start, self.start + timedelta(weeks=last) - ONE_DAY if last else date.max)

    def paperwork_hours(self, period: Period, way: Alternative | None) -> int:
        """Applications, agreement and claims, in whole hours, for the time NAV pays."""
        covered = overlap(period, Period(self.start, way.periods[-1].end or date.max)) if way else None
        if covered is None:
            return 0
        return half_up(divide(self.parameters[PAPERWORK_HOURS].mid * self.months(covered), 12))

    def months(self, period: Period) -> Decimal:
        """How many months `period` is, left-over days as parts of an average month."""
        whole, days = period.months_and_days()
        return whole + divide(days, self.days_per_month.value)

    def ramp(self, end: str) -> Ramp:
        """The ramp at one end. The low end starts and stays low, and takes the longest."""
        start, months, plateau = (self.parameters[key] for key in RAMP)
        slow = {"low": "high", "high": "low"}.get(end, end)
        return Ramp(getattr(start, end), getattr(plateau, end), getattr(months, slow))

    def share(self, period: Period, end: str) -> int:
        """How much of a trained colleague's work gets done in `period`, in whole per cent."""
        ramp = self.ramp(end)
        first = period.start == self.start
        before = Decimal(0) if first else self.months(Period(self.start, period.start - ONE_DAY))
        after = before + self.months(period)
        return half_up(divide(100 * (ramp.area(after) - ramp.area(before)), after - before))

    def worth(self, period: Period, cost: int, end: str) -> int:
        """What the work of `period` is worth, when a trained colleague's would be worth what it costs."""
        with exactly():
            return half_up(percent_of(Decimal(self.share(period, end)), cost))


_ENDS = ("low", "mid", "high")


def net_cost(reckoning: Reckoning) -> NetCost:
    """Every way over the same periods: cut where some way's percentage changes or its support ends, and where
    the cost changes.
    """
    found, start = reckoning.found, reckoning.start
    shown_to = add_years(start, YEARS_SHOWN) - ONE_DAY
    last = max(way.periods[-1].end or date.max for way in found.alternatives)
    goes_on = last > shown_to and not any(way.after for way in found.alternatives)
    last = shown_to if goes_on else last
    cuts = [day for way in found.alternatives for day in (*_steps(way), way.after) if day]
    periods = Period(start, last).split([*cuts, *found.changes])
    year_after = None if goes_on else _year_after(last, found.job_end)
    after = reckoning.parts(year_after) if year_after else ()
    ways = tuple(
        Way(
            way.percent if way else None,
            tuple(reckoning.rows(period, way) for period in periods),
            tuple(reckoning.rows(period, way) for period in after),
        )
        for way in (None, *found.alternatives)
    )
    return NetCost(periods, after, goes_on, ways)


def _steps(way: Alternative) -> list[date]:
    """The days on which the percentage changes. A ceiling that bites is no new period."""
    return [later.start for earlier, later in pairwise(way.periods) if later.percent != earlier.percent]


def support_in(period: Period, way: Alternative) -> list[tuple[Period, int]]:
    """The stretches of `period` in which NAV pays, each with NOK a month."""
    found = ((overlap(period, Period(p.start, p.end or date.max)), p.support) for p in way.periods)
    return [(part, per_month) for part, per_month in found if part]


def _year_after(last: date, job_end: date | None) -> Period | None:
    """The first twelve months after `last`, or as much of them as the job lasts."""
    start = last + ONE_DAY
    end = add_months(start, 12) - ONE_DAY
    if job_end is not None and job_end < start:
        return None
    return Period(start, min(end, job_end or end))


def overlap(one: Period, other: Period | None) -> Period | None:
    """The days of both. None when there are none."""
    if other is None or one.end < other.start or other.end < one.start:
        return None
    return Period(max(one.start, other.start), min(one.end, other.end))


def _grant(mentor: Mentor | None, position: Position) -> int:
    if mentor is None:
        return 0
    return mentor_monthly_cost(
        mentor.wage,
        mentor.hours,
        holiday_percent=position.holiday_percent,
        pension_percent=position.pension_percent,
        contribution_percent=position.contribution_percent,
    ).total


def _loaded(hourly_wage: Decimal, position: Position) -> int:
    """What an hour costs with holiday pay, pension and contribution, in whole NOK."""
    with exactly():
        holiday = holiday_pay(hourly_wage, position.holiday_percent)
        saved = pension(hourly_wage, holiday, position.pension_percent)
        contribution = employer_contribution(hourly_wage, holiday, saved, position.contribution_percent)
        return half_up(hourly_wage + holiday + saved + contribution)
