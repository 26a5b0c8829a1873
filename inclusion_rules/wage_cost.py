"""What a position costs an employer in a month.

The chain of NAV's agreements (navikt/tiltaksgjennomforing-api, BeregningStrategy, in this order since 2020):
holiday pay of the wage, pension of both, employer's contribution of all three. NAV's pages say that the
contribution is of wage and holiday pay only; the systems take it of the pension as well, and so do we.
Each step takes the exact result of the one before. The total is rounded once.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from inclusion_rules.money import divide_to_whole, exactly, half_up, percent_of


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """NOK per month. The parts are exact; `total` is whole kroner, rounded once.

    Shown one by one, the rounded parts may add up to a krone or two more or less than `total`.
    """

    wage: Decimal
    holiday_pay: Decimal
    pension: Decimal
    contribution: Decimal
    total: int


def monthly_cost(
    wage: Decimal | int, *, holiday_percent: Decimal, pension_percent: Decimal, contribution_percent: Decimal
) -> MonthlyCost:
    """The cost of a month's `wage` (whole NOK, for the position as held), by three rates in per cent.

    Exact for any finite input. ValueError when the wage is not whole kroner: round it where it is read.
    """
    with exactly():
        holiday = holiday_pay(wage, holiday_percent)
        saved = pension(wage, holiday, pension_percent)
        contribution = employer_contribution(wage, holiday, saved, contribution_percent)
        total = total_cost(wage, holiday, saved, contribution)
    return MonthlyCost(Decimal(wage), holiday, saved, contribution, total)


# The steps of the chain, for whoever has only some of the rates. Exact inside `exactly()`.


def holiday_pay(wage: Decimal | int, percent: Decimal) -> Decimal:
    return percent_of(percent, wage)


def pension(wage: Decimal | int, holiday: Decimal, percent: Decimal) -> Decimal:
    return percent_of(percent, wage + holiday)


def employer_contribution(wage: Decimal | int, holiday: Decimal, saved: Decimal, percent: Decimal) -> Decimal:
    return percent_of(percent, wage + holiday + saved)


def total_cost(wage: Decimal | int, holiday: Decimal, saved: Decimal, contribution: Decimal) -> int:
    """Wage plus the rounded sum of the rest: halves away from zero, rounded once."""
    whole = int(wage)
    if whole != wage:
        raise ValueError(f"the wage {wage} is not whole kroner: round it where it is read")
    return whole + half_up(holiday + saved + contribution)


def full_time_wage(wage: Decimal | int, position_percent: Decimal | int) -> int | None:
    """What the wage of a part-time position would be in full time, whole NOK. None when the position is 0."""
    if not position_percent:
        return None
    return divide_to_whole(100 * Decimal(wage), position_percent)
