"""Reading loose input, from a line of JSON, into the values that the operations work with.

A field that is absent means the same as null: nobody has said. Whatever is given must be of the right kind:
numbers are int or Decimal and never bool or text, dates are text like 2026-11-24. What is wrong is told with
a code, the field, and what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from inclusion_rules.money import ROUNDING_DECIMALS

Choice = TypeVar("Choice")

#: Numbers beyond this are a mistake somewhere, and would cost time to reckon with.
LARGEST = 10**12
_SHAPE = Decimal(1).scaleb(-ROUNDING_DECIMALS)
_DATE_LENGTH = len("YYYY-MM-DD")


class NoAnswer(ValueError):
    """There is no answer. `code` is for machines, the message for people, `field` the input at fault."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        self.code = code
        self.field = field
        super().__init__(message)


def number(data: Mapping[str, Any], field: str) -> Decimal | None:
    """A number with at most ten decimals and no larger than LARGEST."""
    value = data.get(field)
    return None if value is None else _number(value, field)


def whole(data: Mapping[str, Any], field: str) -> int | None:
    """A whole number, as money and counts are."""
    value = data.get(field)
    return None if value is None else _whole(value, field)


def wholes(data: Mapping[str, Any], field: str) -> list[int]:
    """A list of whole numbers; none when absent."""
    return [_whole(value, field) for value in _items(data, field)]


def day(data: Mapping[str, Any], field: str) -> date | None:
    """A date."""
    value = data.get(field)
    return None if value is None else _day(value, field)


def days(data: Mapping[str, Any], field: str) -> list[date]:
    """A list of dates; none when absent."""
    return [_day(value, field) for value in _items(data, field)]


def month(data: Mapping[str, Any], field: str) -> date | None:
    """A month like 2026-11, as its first day."""
    value = data.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise NoAnswer("wrong_type", "write a month as text, like 2026-11", field)
    try:
        return _day(f"{value}-01", field)
    except NoAnswer as error:
        raise NoAnswer("bad_month", "write a month that exists, like 2026-11", field) from error


def text(data: Mapping[str, Any], field: str) -> str | None:
    """A text, as it stands."""
    value = data.get(field)
    if value is not None and not isinstance(value, str):
        raise NoAnswer("wrong_type", "write a text, in quotes", field)
    return value


def share(data: Mapping[str, Any], field: str) -> Decimal | None:
    """A number of percent from 0 to 100, both included."""
    value = number(data, field)
    if value is not None and not 0 <= value <= 100:
        raise NoAnswer("out_of_range", "write a percentage from 0 to 100", field)
    return value


def not_negative(data: Mapping[str, Any], field: str) -> int | None:
    """A whole number that is 0 or more, as what was paid or approved is."""
    value = whole(data, field)
    if value is not None and value < 0:
        raise NoAnswer("negative", "write 0 or more", field)
    return value


def thing(data: Mapping[str, Any], field: str) -> Mapping[str, Any] | None:
    """An object with fields of its own."""
    value = data.get(field)
    if value is not None and not isinstance(value, dict):
        raise NoAnswer("wrong_type", "write an object, in { and }", field)
    return value


def each(
    data: Mapping[str, Any], field: str, read: Callable[[Mapping[str, Any]], Choice], most: int
) -> tuple[Choice, ...]:
    """What `read` makes of every object in a list of at most `most`; none when absent.

    The error of an object names its place, counted from 0: `income_lines[3].month`.
    """
    items = _items(data, field)
    if len(items) > most:
        raise NoAnswer("too_many", f"write at most {most} items", field)
    found = []
    for place, item in enumerate(items):
        where = f"{field}[{place}]"
        if not isinstance(item, dict):
            raise NoAnswer("wrong_type", "write an object, in { and }", where)
        try:
            found.append(read(item))
        except NoAnswer as error:
            raise NoAnswer(error.code, str(error), f"{where}.{error.field}") from error
    return tuple(found)


def only(data: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a field that is not `known`: a misspelt one would be left out without a word."""
    if not data.keys() <= known:
        field = next(field for field in data if field not in known)
        raise NoAnswer(
            "unknown_field", "no operation reads this field: correct its name, or leave it out", field
        )


def flag(data: Mapping[str, Any], field: str) -> bool:
    """True or false; absent is false."""
    value = data.get(field)
    if value is not None and not isinstance(value, bool):
        raise NoAnswer("wrong_type", "write true or false", field)
    return bool(value)


def one_of(data: Mapping[str, Any], field: str, choices: Mapping[str, Choice]) -> Choice | None:
    """What one of the words in `choices` stands for."""
    value = data.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise NoAnswer("wrong_type", f"write one of {', '.join(choices)} as text", field)
    if value not in choices:
        raise NoAnswer("unknown_value", f"write one of {', '.join(choices)}", field)
    return choices[value]


def required(value: Choice | None, field: str) -> Choice:
    """`value`, which the operation cannot do without."""
    if value is None:
        raise NoAnswer("missing", f"{field} is needed here", field)
    return value


def _number(value: Any, field: str) -> Decimal:
    if type(value) is int:
        if -LARGEST <= value <= LARGEST:
            return Decimal(value)
    elif type(value) is not Decimal:
        raise NoAnswer("wrong_type", "write a number, without quotes", field)
    elif not value.is_finite():
        raise NoAnswer("not_finite", "write an ordinary number", field)
    elif -LARGEST <= value <= LARGEST:
        shaped = value.quantize(_SHAPE)
        if shaped != value:
            raise NoAnswer("too_precise", f"write at most {ROUNDING_DECIMALS} decimals", field)
        return shaped
    raise NoAnswer("too_large", f"write a number between -{LARGEST} and {LARGEST}", field)


def _whole(value: Any, field: str) -> int:
    found = _number(value, field)
    count = int(found)
    if count != found:
        raise NoAnswer("not_whole", "write a whole number", field)
    return count


def _day(value: Any, field: str) -> date:
    if not isinstance(value, str):
        raise NoAnswer("wrong_type", "write a date as text, like 2026-11-24", field)
    # fromisoformat also reads 20261124 and 2026-W48-2, which would be slips here.
    if len(value) == _DATE_LENGTH and "W" not in value:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise NoAnswer("bad_date", "write a date that exists, like 2026-11-24", field)


def _items(data: Mapping[str, Any], field: str) -> Sequence[Any]:
    values = data.get(field)
    if values is None:
        return ()
    if not isinstance(values, list):
        raise NoAnswer("wrong_type", "write a list", field)
    return values
