"""What a position costs an employer, with and without a wage subsidy, period by period.

An estimate, never a decision: NAV decides whether there is support, and how much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from inclusion_rules.money import half_up
from inclusion_rules.month_rows import WITH_YEARLY_CEILING, MonthRow, month_rows, stays_below_ceiling
from inclusion_rules.periods import ONE_DAY, Period, add_months
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.subsidy import (
    FOUR_YEAR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    Agreement,
    EffortGroup,
    Step,
    period_amount,
    support_steps,
)
from inclusion_rules.wage_cost import MonthlyCost, monthly_cost

#: The wage subsidies an employer can have worked out, in the order of use.
SUBSIDIES = (TEMPORARY, PERMANENT, FOUR_YEAR, SUMMER_JOB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a wage is made of. Percentages are numbers of percent; `wage` is NOK per hour or per month.

    An hourly wage is of a full position; a monthly wage is for the position as held, as NAV asks for it.
    """

    wage: Decimal
    per_hour: bool
    position_percent: Decimal
    holiday_percent: Decimal
    pension_percent: Decimal
    contribution_percent: Decimal

    def monthly_wage(self, on: date, rates: RateBook) -> Decimal:
        """Gross NOK a month for the position as held, in whole kroner, as NAV's agreement takes it."""
        if not self.per_hour:
            return Decimal(half_up(self.wage))
        hours = rates.value("shared.hours_per_month_full_time", on)
        return Decimal(half_up(self.wage * hours * self.position_percent / 100))


@dataclass(frozen=True, slots=True)
class CostFrom:
    """What the position costs a month from `start` on, until another contribution is in force.

    `position` has that contribution, and `contribution` is the rate it stands in, None where none was named.
    """

    start: date
    position: Position
    cost: MonthlyCost
    contribution: Rate | None


@dataclass(frozen=True, slots=True)
class SupportPeriod:
    """One stretch with the same percentage of the same cost. Money is whole NOK a month; both ends belong.

    `end` None: for as long as NAV gives the support. `capped`: the ceiling of the calendar year bites, and
    the support is what is left of it, spread evenly over the months.
    """

    start: date
    end: date | None
    percent: Decimal
    support: int
    you_pay: int
    assumed: bool
    capped: bool
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What follows if NAV gives `percent` at the start. `after` is the first day the employer pays all alone.

    `after` is None where the support has no set end, or the job does not outlive it. `agreement` is what was
    reckoned with: `month_rows.month_rows` gives its rows month by month.
    """

    percent: Decimal
    periods: tuple[SupportPeriod, ...]
    after: date | None
    agreement: Agreement

    @property
    def first(self) -> SupportPeriod:
        return self.periods[0]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Cost a month without support, and one or more alternatives with it.

    `costs` are the one of the start, and one for each later contribution that is set in the time of the job;
    `cost` and `contribution` are those of the start. `job_end` is the last day of a temporary job, None for a
    permanent one. `up_to`: NAV sets the percentage for each person and nobody has mentioned one, so the
    alternative shows the highest.
    """

    measure: str
    start: date
    job_end: date | None
    costs: tuple[CostFrom, ...]
    alternatives: tuple[Alternative, ...]
    up_to: bool

    @property
    def cost(self) -> MonthlyCost:
        return self.costs[0].cost

    @property
    def contribution(self) -> Rate | None:
        return self.costs[0].contribution

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which the cost changes. A contribution set anew at its old value changes none."""
        return tuple(later.start for later in _changes(self.costs))

    def cost_on(self, day: date) -> CostFrom:
        """What holds on `day`; on a day before the start, what holds at the start."""
        return _on(self.costs, day)

    @property
    def last_known(self) -> date | None:
        """The last day for which the employer's contribution used here is set; later rows rest on another."""
        return _last_day(self.costs[-1].contribution)

    def assumes(self, day: date) -> bool:
        """Does a stretch that reaches `day` rest on a rate that is not set yet?"""
        return self.last_known is not None and day > self.last_known


#: A permanent subsidy has no last day. To the end of the second year after the first shows the step down, and
#: a whole year under the ceiling.
_HORIZON_YEARS = 2


def longest_end(
    measure: str, group: EffortGroup | None, start: date, rates: RateBook, *, temporary_job: bool = False
) -> date | None:
    """The last day support from `start` may be given, or None where the regulation sets none.

    NoRate when the measure does not exist on `start`.
    """
    if measure == TEMPORARY:
        adapted = group is not EffortGroup.GUIDANCE
        months = rates.value(f"{measure}.max_months_{'adapted' if adapted else 'guidance'}", start)
    elif measure == FOUR_YEAR:
        months = rates.value(f"{measure}.max_months_{'temporary' if temporary_job else 'permanent'}", start)
    elif measure == SUMMER_JOB:
        return start + timedelta(days=int(rates.value(f"{measure}.max_days", start)) - 1)
    else:
        rates.value(f"{measure}.percent_max_first_year", start)
        return None
    return add_months(start, int(months)) - timedelta(days=1)


def estimate(
    measure: str,
    position: Position,
    *,
    start: date,
    end: date | None,
    rates: RateBook,
    nav_percent: Decimal | None = None,
    contribution_key: str | None = None,
) -> Estimate:
    """The whole picture for one wage subsidy.

    `end` is the last day of a temporary job; None is a permanent one. `nav_percent` is the percentage NAV has
    mentioned; None gives every alternative, because the reader must not have to guess. `contribution_key` is
    the rate the employer's contribution came from: the cost follows it where it changes, and rows can say
    when it is an assumption.
    Raises NoRate when `start` lies more than a year past what is known, or before the measure exists.
    """
    if measure == SUMMER_JOB and end is None:
        # A summer job is temporary by its nature.
        end = longest_end(measure, None, start, rates)
    costs = tuple(_costs(position, start, end, contribution_key, rates))
    total = costs[0].cost.total
    later_totals = tuple((later.start, later.cost.total) for later in _changes(costs))
    found = []
    for group, chosen in ways_of_giving(measure, start, rates, nav_percent):
        longest = longest_end(measure, group, start, rates, temporary_job=end is not None)
        shown_to = longest or date(start.year + _HORIZON_YEARS + 1, 1, 1) - timedelta(days=1)
        last = min(end, shown_to) if end and longest else end or shown_to
        agreement = Agreement(
            measure=measure,
            group=group,
            start=start,
            end=last,
            monthly_total=total,
            chosen_percent=chosen,
            later_totals=later_totals,
        )
        steps = support_steps(
            measure, group, start, last, total, rates, chosen_percent=chosen, later_totals=later_totals
        )
        periods = [_period(step, costs) for step in _under_ceiling(agreement, steps, rates)]
        if not periods:
            continue
        open_ended = end is None and longest is None
        if open_ended:
            periods[-1] = replace(periods[-1], end=None)
        outlived = end is None or end > last
        after = last + timedelta(days=1) if outlived and not open_ended else None
        found.append(Alternative(periods[0].percent, tuple(periods), after, agreement))
    told = [way for way in found if nav_percent is None or way.percent == nav_percent]
    up_to = measure == PERMANENT and nav_percent is None
    return Estimate(measure, start, end, costs, tuple(told or found), up_to)


def _costs(
    position: Position, start: date, job_end: date | None, contribution_key: str | None, rates: RateBook
) -> Iterator[CostFrom]:
    """The cost at the start, and from each day in the job on which another contribution is set."""
    wage = position.monthly_wage(start, rates)
    first: date | None = start
    while first and (job_end is None or first <= job_end):
        contribution = rates.rate(contribution_key, first) if contribution_key else None
        if contribution and first > start:
            position = replace(position, contribution_percent=contribution.value)
        cost = monthly_cost(
            wage,
            holiday_percent=position.holiday_percent,
            pension_percent=position.pension_percent,
            contribution_percent=position.contribution_percent,
        )
        yield CostFrom(first, position, cost, contribution)
        first = contribution.valid_to + ONE_DAY if contribution and contribution.valid_to else None


def _changes(costs: Sequence[CostFrom]) -> Iterator[CostFrom]:
    """Those that cost something else than the one before."""
    return (later for earlier, later in pairwise(costs) if later.cost != earlier.cost)


def _on(costs: Sequence[CostFrom], day: date) -> CostFrom:
    for each in reversed(costs):
        if each.start <= day:
            return each
    return costs[0]


def _under_ceiling(
    agreement: Agreement, steps: tuple[Step, ...], rates: RateBook
) -> Iterator[tuple[Step, bool]]:
    """Each step, and whether the year's ceiling bites in it. A step it bites in is cut at the new year.

    What Nav pays in such a part is spread evenly over its months.
    """
    measure = agreement.measure
    rows: tuple[MonthRow, ...] = ()
    if steps and measure in WITH_YEARLY_CEILING:
        most = max(step.amount_per_month for step in steps)
        if not stays_below_ceiling(measure, most, steps[0].start, rates):
            rows = month_rows(agreement, rates).rows
    for step in steps:
        if not any(row.capped and step.start <= row.start <= step.end for row in rows):
            yield step, False
            continue
        month = rates.value("shared.days_per_month", step.start)
        new_years = [date(year, 1, 1) for year in range(step.start.year + 1, step.end.year + 1)]
        for part in Period(step.start, step.end).split(new_years):
            here = [row for row in rows if row.start in part]
            bites = any(row.capped for row in here)
            full = period_amount(part, step.amount_per_month, month)
            paid = sum(row.amount for row in here) if bites else full
            amount = step.amount_per_month * paid // full
            yield replace(step, start=part.start, end=part.end, amount_per_month=amount), bites


def ways_of_giving(
    measure: str, start: date, rates: RateBook, nav_percent: Decimal | None
) -> tuple[tuple[EffortGroup | None, Decimal | None], ...]:
    """How one measure can be given: effort group, and the percentage where NAV chooses one."""
    if measure == TEMPORARY:
        return ((EffortGroup.GUIDANCE, None), (EffortGroup.REDUCED_CAPACITY, None))
    if measure == PERMANENT:
        highest = rates.value(f"{measure}.percent_max_first_year", start)
        return ((EffortGroup.PARTIAL_WORK, min(nav_percent or highest, highest)),)
    if measure == SUMMER_JOB:
        general = rates.value(f"{measure}.percent_general", start)
        reduced = rates.value(f"{measure}.percent_reduced_capacity", start)
        return ((EffortGroup.GUIDANCE, general), (EffortGroup.REDUCED_CAPACITY, reduced))
    return ((EffortGroup.REDUCED_CAPACITY, None),)


def _last_day(contribution: Rate | None) -> date | None:
    """The last day the value is both set and in force; None where no end is known."""
    ends = (contribution.valid_to, contribution.known_to) if contribution else ()
    return min((day for day in ends if day is not None), default=None)


def _period(found: tuple[Step, bool], costs: Sequence[CostFrom]) -> SupportPeriod:
    step, capped = found
    last_day = _last_day(_on(costs, step.end).contribution)
    return SupportPeriod(
        start=step.start,
        end=step.end,
        percent=step.percent,
        support=step.amount_per_month,
        you_pay=_on(costs, step.start).cost.total - step.amount_per_month,
        assumed=step.assumed or (last_day is not None and step.end > last_day),
        capped=capped,
        rates=step.rates,
    )
