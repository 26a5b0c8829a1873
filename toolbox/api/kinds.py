"""The kinds of value a question may hold. Each is read strictly, and says what to write instead.

A number is a JSON number, never text; a date is text like 2027-02-01. What cannot be used is told by a code
of our own, for which `problems` has the sentence in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic_core import PydanticCustomError, core_schema

from toolbox.catalogue.forms import PositionForm
from toolbox.places.municipalities import by_number

#: Days outside this are a slip of the hand, whatever rates we know.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
#: Wages are told to the øre, percentages and hours to a hundredth.
DECIMALS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """How a value is read, and its JSON schema. `read` raises `wrong(…)`."""

    read: Callable[[Any], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        return dict(self.schema)


def wrong(code: str, **said: Any) -> PydanticCustomError:
    """A value that cannot be used: `code` chooses the sentence, `said` fills it in."""
    return PydanticCustomError("cannot_be_used", "{code}", {"code": code, **said})


def number_between(low: Decimal | int, high: Decimal | int, *, decimals: int = 0) -> Kind:
    """A number with at most so many decimals, both bounds included."""

    def read(value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise wrong("number")
        found = Decimal(value)
        if not found.is_finite():
            raise wrong("number")
        if not low <= found <= high:
            raise wrong("range", low=low, high=high)
        if found != round(found, decimals):
            raise wrong("decimals", decimals=decimals) if decimals else wrong("whole")
        return found

    kind = "number" if decimals else "integer"
    return Kind(read, {"type": kind, "minimum": _plain(low), "maximum": _plain(high)})


def as_in_calculator(field: str, *, decimals: int = DECIMALS) -> Kind:
    """A number within the bounds of a field of the calculator."""
    asked: Any = PositionForm.base_fields[field]
    return number_between(asked.low, asked.high, decimals=decimals)


def whole_number_in_address(low: int, high: int) -> Kind:
    """A whole number after the question mark, where everything is text."""

    def read(value: Any) -> int:
        if not (isinstance(value, str) and value.isascii() and value.isdigit()):
            raise wrong("whole")
        if len(value) > len(str(high)) or not low <= int(value) <= high:
            raise wrong("range", low=low, high=high)
        return int(value)

    return Kind(read, {"type": "integer", "minimum": low, "maximum": high})


def one_of(choices: Collection[str]) -> Kind:
    """One of a few words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise wrong("choice", choices=", ".join(choices))
        return value

    return Kind(read, {"type": "string", "enum": list(choices)})


def cursor(known: Collection[str]) -> Kind:
    """What an earlier answer gave to go on with. What it holds is nobody else's business."""

    def read(value: Any) -> str:
        if value not in known:
            raise wrong("cursor")
        return str(value)

    return Kind(read, {"type": "string"})


def _day(value: Any) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    # fromisoformat also reads 20270201 and 2027-W05-1, which would be slips here.
    if found is None or found.isoformat() != value:
        raise wrong("date")
    if not FIRST_DAY <= found <= LAST_DAY:
        raise wrong("day_range", low=FIRST_DAY, high=LAST_DAY)
    return found


def _municipality(value: Any) -> str:
    found = by_number(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("municipality")
    return found.number


Day = Annotated[date, Kind(_day, {"type": "string", "format": "date"})]
#: Old numbers of Østfold lead to today's.
MunicipalityNumber = Annotated[str, Kind(_municipality, {"type": "string", "pattern": "^[0-9]{4}$"})]
YesNo = Annotated[str, one_of(("yes", "no"))]
YesNoUnknown = Annotated[str, one_of(("yes", "no", "unknown"))]
Language = Annotated[str, one_of(("nb", "nn", "en"))]


def _plain(value: Decimal | int) -> int | float:
    return int(value) if value == int(value) else float(value)
