"""What a mentor's hours cost: from pay to an hourly wage, from agreed hours to a monthly cost.

Source: navikt/tiltaksgjennomforing-api, MentorTimelonnBeregning and MentorBeregningStrategy (2025-11-20).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from inclusion_rules.money import divide, exactly, half_up, truncate
from inclusion_rules.wage_cost import MonthlyCost, employer_contribution, holiday_pay, pension


class PayType(Enum):
    """What the mentor's pay is per."""

    YEARLY = "yearly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"
    HOURLY = "hourly"


class NegativePay(ValueError):
    """The mentor's pay is below zero."""


class NegativePosition(ValueError):
    """The mentor's position is below 0 %."""


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """How much a full-time year holds by NAV's count: hours, weeks, working days."""

    hours: Decimal
    weeks: Decimal
    days: Decimal

    def hours_of(self, pay_type: PayType) -> Decimal:
        """The hours one pay covers in full time."""
        parts = {
            PayType.YEARLY: Decimal(1),
            PayType.MONTHLY: Decimal(12),
            PayType.WEEKLY: self.weeks,
            PayType.DAILY: self.days,
        }
        return Decimal(1) if pay_type is PayType.HOURLY else divide(self.hours, parts[pay_type])


def hourly_wage(
    pay: Decimal | int, pay_type: PayType, position_percent: Decimal | int | None, year: WorkingYear
) -> int:
    """The mentor's hourly wage in whole NOK, halves away from zero, from pay in a position of some per cent.

    Hourly pay is taken as it is. For other pay a missing position, or 0 %, gives 0.
    NegativePay and NegativePosition are raised in that order.
    """
    if pay < 0:
        raise NegativePay(f"the pay {pay} is below zero: write what the mentor earns")
    if pay_type is PayType.HOURLY:
        return half_up(Decimal(pay))
    if not position_percent:
        return 0
    if position_percent < 0:
        raise NegativePosition(f"the position {position_percent} % is below zero: write 0 to 100")
    with exactly():
        return half_up(divide(pay, year.hours_of(pay_type)) * divide(100, position_percent))


def mentor_monthly_cost(
    hourly: Decimal | int,
    hours: Decimal | int,
    *,
    holiday_percent: Decimal,
    pension_percent: Decimal,
    contribution_percent: Decimal,
) -> MonthlyCost:
    """The cost of `hours` a month (decimals allowed) at `hourly` NOK.

    The same chain as a position, but in the total the wage itself is cut to whole kroner, the rest rounded.
    """
    with exactly():
        wage = Decimal(hourly) * hours
        holiday = holiday_pay(wage, holiday_percent)
        saved = pension(wage, holiday, pension_percent)
        contribution = employer_contribution(wage, holiday, saved, contribution_percent)
        total = truncate(wage) + half_up(holiday + saved + contribution)
        return MonthlyCost(wage, holiday, saved, contribution, total)
