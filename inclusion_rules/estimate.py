"""What a position costs an employer, with and without a wage subsidy, period by period.

An estimate, never a decision: NAV decides whether there is support, and how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from inclusion_rules.money import half_up
from inclusion_rules.periods import add_months
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.subsidy import EffortGroup, Step, support_steps
from inclusion_rules.wage_cost import MonthlyCost, monthly_cost

TEMPORARY = "midlertidig_lonnstilskudd"
PERMANENT = "varig_lonnstilskudd"
FOUR_YEAR = "firearig_lonnstilskudd_unge"
SUMMER_JOB = "sommerjobb"

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
class SupportPeriod:
    """One stretch with the same percentage. Money is whole NOK a month; both ends are included."""

    start: date
    end: date
    percent: Decimal
    support: int
    you_pay: int
    assumed: bool
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What follows if NAV gives `percent` at the start."""

    percent: Decimal
    periods: tuple[SupportPeriod, ...]

    @property
    def first(self) -> SupportPeriod:
        return self.periods[0]

    @property
    def after(self) -> date:
        """The first day without support."""
        return self.periods[-1].end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Cost a month without support, and one or more alternatives with it."""

    measure: str
    start: date
    cost: MonthlyCost
    alternatives: tuple[Alternative, ...]
    contribution: Rate | None

    @property
    def last_known(self) -> date | None:
        """The last day for which the employer's contribution is set; later rows are an assumption."""
        return self.contribution.known_to if self.contribution else None

    def assumes(self, period_end: date) -> bool:
        """Does a stretch that ends on `period_end` rest on a rate that is not set yet?"""
        return self.last_known is not None and period_end > self.last_known


def longest_end(measure: str, group: EffortGroup | None, start: date, rates: RateBook) -> date:
    """The last day an agreement from `start` may run, the longest the regulation gives this measure."""
    if measure == TEMPORARY:
        adapted = group is not EffortGroup.GUIDANCE
        months = rates.value(f"{measure}.max_months_{'adapted' if adapted else 'guidance'}", start)
    elif measure == FOUR_YEAR:
        months = rates.value(f"{measure}.max_months_permanent", start)
    elif measure == SUMMER_JOB:
        return start + timedelta(days=int(rates.value(f"{measure}.max_days", start)) - 1)
    else:
        # No limit in the regulation; two years show the step after the first.
        months = Decimal(2 * 12)
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

    `end` None means the longest the measure allows. `nav_percent` is the percentage NAV has mentioned; None
    gives every alternative, because the reader must not have to guess. `contribution_key` is the rate the
    employer's contribution came from, so that rows can say when it is an assumption.
    Raises NoRate when `start` lies more than a year past what is known.
    """
    contribution = rates.rate(contribution_key, start) if contribution_key else None
    cost = monthly_cost(
        position.monthly_wage(start, rates),
        holiday_percent=position.holiday_percent,
        pension_percent=position.pension_percent,
        contribution_percent=position.contribution_percent,
    )
    found = []
    for group, chosen in _ways(measure, start, rates):
        last = longest_end(measure, group, start, rates)
        steps = support_steps(
            measure, group, start, min(end or last, last), cost.total, rates, chosen_percent=chosen
        )
        periods = tuple(_period(step, cost.total, contribution) for step in steps)
        if periods:
            found.append(Alternative(periods[0].percent, periods))
    told = [way for way in found if nav_percent is None or way.percent == nav_percent]
    return Estimate(measure, start, cost, tuple(told or found), contribution)


def _ways(
    measure: str, start: date, rates: RateBook
) -> tuple[tuple[EffortGroup | None, Decimal | None], ...]:
    """How one measure can be given: effort group, and the percentage where NAV chooses one."""
    if measure == TEMPORARY:
        return ((EffortGroup.GUIDANCE, None), (EffortGroup.REDUCED_CAPACITY, None))
    if measure == PERMANENT:
        return ((EffortGroup.PARTIAL_WORK, rates.value(f"{measure}.percent_max_first_year", start)),)
    if measure == SUMMER_JOB:
        general = rates.value(f"{measure}.percent_general", start)
        reduced = rates.value(f"{measure}.percent_reduced_capacity", start)
        return ((EffortGroup.GUIDANCE, general), (EffortGroup.REDUCED_CAPACITY, reduced))
    return ((EffortGroup.REDUCED_CAPACITY, None),)


def _period(step: Step, total: int, contribution: Rate | None) -> SupportPeriod:
    known_to = contribution.known_to if contribution else None
    return SupportPeriod(
        start=step.start,
        end=step.end,
        percent=step.percent,
        support=step.amount_per_month,
        you_pay=total - step.amount_per_month,
        assumed=step.assumed or (known_to is not None and step.end > known_to),
        rates=step.rates,
    )
