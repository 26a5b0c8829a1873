"""Kroner, exactly. Everything is a Decimal until the one place where a figure is rounded.

The three operators are those of NAV's systems; which one applies where stands beside each formula.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import (
    ROUND_HALF_DOWN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)

#: NAV rounds intermediate quotients (the rate of a day, the wage of an hour) to this many decimals.
ROUNDING_DECIMALS = 10

_SHAPE = Decimal(1).scaleb(-ROUNDING_DECIMALS)
#: A result that would need more digits than this is an error, never a silent rounding.
_EXACT = Context(prec=100, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])
_QUOTIENT = Context(prec=100, traps=[InvalidOperation, DivisionByZero, Overflow])


def exactly() -> AbstractContextManager[Context]:
    """Arithmetic inside keeps every digit; decimal.Inexact if that takes more than a hundred."""
    return localcontext(_EXACT)


def half_up(amount: Decimal) -> int:
    """The nearest whole number, halves away from zero: 2.5 → 3, −2.5 → −3. NAV's agreements round so."""
    return int(amount.to_integral_value(ROUND_HALF_UP))


def half_towards_plus(amount: Decimal) -> int:
    """The nearest whole number, halves upwards: 2.5 → 3, −2.5 → −2. Percentages and refunds round so."""
    return int(amount.to_integral_value(ROUND_HALF_UP if amount >= 0 else ROUND_HALF_DOWN))


def truncate(amount: Decimal) -> int:
    """The decimals cut off, towards zero: 2.9 → 2, −2.9 → −2. NAV treats a mentor's wage so."""
    return int(amount)


def divide(amount: Decimal | int, by: Decimal | int) -> Decimal:
    """The quotient with ROUNDING_DECIMALS decimals, halves away from zero. DivisionByZero when `by` is 0."""
    quotient = _QUOTIENT.divide(Decimal(amount), Decimal(by))
    return quotient.quantize(_SHAPE, ROUND_HALF_UP, _QUOTIENT)


def divide_to_whole(amount: Decimal | int, by: Decimal | int) -> int:
    """The quotient as the nearest whole number, halves away from zero. DivisionByZero when `by` is 0."""
    return half_up(_QUOTIENT.divide(Decimal(amount), Decimal(by)))


def percent_of(percent: Decimal, amount: Decimal | int) -> Decimal:
    """`percent` per cent of `amount`, every digit kept. For use inside `exactly()`."""
    return (percent * amount).scaleb(-2)
