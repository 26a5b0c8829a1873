"""The dated numbers of law and regulation, and how to ask for one.

A rate is never typed in code. It stands in a YAML file with its unit, the day it applies from, the law,
the source and the day somebody last checked it, and code asks for it *with a date*.

    shared_rates/*.yaml          → keys `shared.<name>`
    measures/<key>/rates.yaml    → keys `<key>.<name>`
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from inclusion_rules.periods import add_months
from inclusion_rules.reviewed_file import read_yaml

HERE = Path(__file__).parent
LANGUAGES = ("nb", "nn", "en")

#: Units whose value is not a number.
DATE_UNITS = {"date", "month_day"}
UNITS = DATE_UNITS | {
    "percent",
    "nok",
    "nok_per_month",
    "nok_per_year",
    "nok_per_day",
    "nok_per_hour",
    "base_amounts",  # multiples of folketrygdens grunnbeløp, G
    "years",
    "months",
    "weeks",
    "days",
    "hours",
    "days_per_month",
    "hours_per_month",
    "hours_per_year",
    "weeks_per_year",
    "days_per_year",
    "persons",
}

#: Units that come in whole numbers only.
WHOLE_UNITS = {"years", "months", "weeks", "days", "persons"}
#: The most anybody may suppose a rate to be. More is a slip, and could not be reckoned with.
HIGHEST_SUPPOSED = 100 * 100 * 100
HIGHEST_SUPPOSED_OF = {"percent": 100, "base_amounts": 100, "years": 100, "months": 12 * 100}

#: How long ahead a value that ends may be set. Longer is a slip: nobody knows such rates two years ahead.
LONGEST_KNOWN_MONTHS = 2 * 12

#: How long past the last known day a rate may still be used, marked as an assumption.
ASSUMED_FOR_MONTHS = 12


class RateFileError(ValueError):
    """A rate file breaks the schema. Says which file and key, and what to write instead."""


class NoRate(LookupError):
    """There is no value for this key on this day, and guessing is not allowed.

    `key` and `on` tell which rate is missing, so that a page can say «Vi har ikke satser for 2029 ennå».
    """

    def __init__(self, key: str, on: date) -> None:
        self.key = key
        self.on = on
        super().__init__(
            f"no rate {key} on {on.isoformat()}: add it to the rate file, or ask for an earlier date"
        )


class NotSupposable(ValueError):
    """A rate cannot be supposed to have this value. Says what to write instead."""


class Misfit(ValueError):
    """A new value does not fit its rate. `field` is the field of NewValue to correct, `problem` one of

    not_a_number, too_many_decimals, not_whole, out_of_range (`low` and `high` tell the range); overlap,
    nothing_to_replace, gap; no_last_day, last_day_first, lasts_too_long.
    """

    def __init__(self, field: str, problem: str, **details: Any) -> None:
        self.field = field
        self.problem = problem
        self.details = details
        super().__init__(f"{field}: {problem} {details or ''}".strip())


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read."""

    title: str
    url: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """One value, as it stood on the day that was asked about.

    `value` is a Decimal, a date (unit `date`) or a (month, day) pair (unit `month_day`).
    `valid_to` is the day before the next value, or None when no later value is known.
    `assumed` is True when the day asked about lies after `known_to`: the newest known value was used. It is
    also True for a value somebody supposes (`RateBook.supposing`), which has neither law nor source.
    """

    key: str
    value: Any
    unit: str
    valid_from: date
    valid_to: date | None
    known_to: date | None
    law: str
    source: Source
    checked: date
    assumed: bool
    name: Mapping[str, str]
    note: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class _Entry:
    valid_from: date
    value: Any
    law: str
    source: Source
    note: Mapping[str, str] | None
    supposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """One value more for a rate, with what a rate file says of it.

    `known_to` is the last day it is set for; asked for only of the newest value of a rate that is not open.
    `replaces`: the value that stands from the same day is wrong, and this one takes its place.
    """

    key: str
    value: Any
    valid_from: date
    known_to: date | None
    law: str
    source: Source
    checked: date
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class RateTable:
    """All values of one rate, oldest first. `nav_table_ends` is the last day NAV's own system has a value."""

    key: str
    unit: str
    name: Mapping[str, str]
    checked: date
    known_to: date | None
    nav_table_ends: date | None
    entries: tuple[_Entry, ...]

    def _entry(self, on: date) -> tuple[_Entry, date | None] | None:
        found = None
        for entry in self.entries:
            if entry.valid_from > on:
                return (found, entry.valid_from - timedelta(days=1)) if found else None
            found = entry
        return (found, None) if found else None

    def on(self, on: date) -> Rate:
        """The rate that applies on `on`; marked assumed up to twelve months past what is known.

        Raises NoRate before the first value, in a gap, and more than twelve months past `known_to`.
        """
        hit = self._entry(on)
        if hit is None or hit[0].value is None:
            raise NoRate(self.key, on)
        entry, valid_to = hit
        known_to = date.max if self.known_to is None else self.known_to
        late = on > known_to
        if late and not entry.supposed and on > add_months(known_to, ASSUMED_FOR_MONTHS):
            raise NoRate(self.key, on)
        return Rate(
            key=self.key,
            value=entry.value,
            unit=self.unit,
            valid_from=entry.valid_from,
            valid_to=valid_to,
            known_to=self.known_to,
            law=entry.law,
            source=entry.source,
            checked=self.checked,
            assumed=late or entry.supposed,
            name=self.name,
            note=entry.note,
        )

    def supposing(self, value: Decimal, valid_from: date) -> RateTable:
        """The series with `value` from a day on, in place of all that is known from that day."""
        before = tuple(entry for entry in self.entries if entry.valid_from < valid_from)
        nobody = Source(title="", url="")
        supposed = _Entry(valid_from, value, law="", source=nobody, note=None, supposed=True)
        return replace(self, entries=(*before, supposed))

    def with_value(self, new: NewValue) -> RateTable:
        """The series with one value more, which lasts until the next one known. Misfit where it cannot be."""
        if self.unit not in DATE_UNITS:
            self._check_number(new.value)
        stands = any(entry.valid_from == new.valid_from for entry in self.entries)
        if stands != new.replaces:
            raise Misfit("valid_from", "overlap" if stands else "nothing_to_replace")
        if self.known_to is not None and new.valid_from > self.known_to + timedelta(days=1):
            raise Misfit("valid_from", "gap", first=self.known_to + timedelta(days=1))
        known_to = self.known_to
        if known_to is not None and new.valid_from >= self.entries[-1].valid_from:
            known_to = max(known_to, self._last_day(new))
        entry = _Entry(new.valid_from, new.value, new.law, new.source, note=None)
        others = (old for old in self.entries if old.valid_from != new.valid_from)
        return replace(
            self,
            entries=tuple(sorted((*others, entry), key=lambda each: each.valid_from)),
            known_to=known_to,
            checked=max(self.checked, new.checked),
        )

    def _last_day(self, new: NewValue) -> date:
        """Until when the newest value is set, where that is told at all. Earlier ones end with the next."""
        if new.known_to is None:
            raise Misfit("known_to", "no_last_day")
        if new.known_to < new.valid_from:
            raise Misfit("known_to", "last_day_first")
        if new.known_to >= add_months(new.valid_from, LONGEST_KNOWN_MONTHS):
            raise Misfit("known_to", "lasts_too_long")
        return new.known_to

    def _check_number(self, value: Decimal) -> None:
        highest = HIGHEST_SUPPOSED_OF.get(self.unit, HIGHEST_SUPPOSED)
        if not value.is_finite():
            raise Misfit("value", "not_a_number")
        if not 0 <= value <= highest:
            raise Misfit("value", "out_of_range", low=0, high=highest)
        if self.unit in WHOLE_UNITS and value != int(value):
            raise Misfit("value", "not_whole")
        used = max(
            2, *(-entry.value.as_tuple().exponent for entry in self.entries if entry.value is not None)
        )
        if value != round(value, used):
            raise Misfit("value", "too_many_decimals", most=used)

    def newest(self, on: date) -> Rate:
        """The rate on `on`, or the nearest known one: for words about a scheme, never for arithmetic."""
        days = [e.valid_from for e in self.entries if e.value is not None]
        day = max((d for d in days if d <= on), default=min(days))
        later = next((e.valid_from for e in self.entries if e.valid_from > day), None)
        last = later - timedelta(days=1) if later else on
        if self.known_to is not None and day <= self.known_to:
            last = min(last, self.known_to)
        return self.on(max(day, min(on, last)))

    def tabled(self, on: date) -> Any | None:
        """The value NAV's own tables give on `on`, whatever we know of later years; None outside them."""
        if self.nav_table_ends is not None and on > self.nav_table_ends:
            return None
        hit = self._entry(on)
        return hit[0].value if hit else None


class RateBook:
    """Every rate, as one immutable value. Pass it along; never reach for a global one inside a rule."""

    def __init__(self, tables: Mapping[str, RateTable], revision: str) -> None:
        self._tables = dict(tables)
        self.revision = revision

    def __contains__(self, key: str) -> bool:
        return key in self._tables

    def __iter__(self) -> Iterator[RateTable]:
        return iter(self._tables.values())

    def table(self, key: str) -> RateTable:
        """The whole series of `key`. KeyError: the key is misspelt, which is our fault."""
        return self._tables[key]

    def rate(self, key: str, on: date) -> Rate:
        """The rate `key` on the day `on`, with law, source and whether it is assumed. NoRate if none."""
        return self._tables[key].on(on)

    def value(self, key: str, on: date) -> Decimal:
        """The bare number of `key` on `on`. NoRate if there is none."""
        return self._tables[key].on(on).value  # type: ignore[no-any-return]

    def day(self, key: str, on: date) -> date:
        """A rate of unit `date`: the day a scheme opens or ends."""
        return self._tables[key].on(on).value  # type: ignore[no-any-return]

    def month_day(self, key: str, on: date) -> tuple[int, int]:
        """A rate of unit `month_day`: (month, day) that comes every year."""
        return self._tables[key].on(on).value  # type: ignore[no-any-return]

    def newest(self, key: str, on: date) -> Rate:
        """The rate on `on`, or the nearest known one: for words about a scheme, never for arithmetic."""
        return self._tables[key].newest(on)

    def tabled(self, key: str, on: date) -> Any | None:
        """What NAV's tables say on `on`, or None. For the operations of `operations.py` only."""
        return self._tables[key].tabled(on)

    def supposing(self, key: str, value: Decimal, valid_from: date) -> RateBook:
        """The book as it would be if the rate `key` were `value` from a day on: «what if the rate were …».

        The value is marked as assumed wherever it is used, and the book has a revision of its own.
        NotSupposable for a key that is none, a rate that is no number, and a value the rate cannot have.
        """
        table = self._tables.get(key)
        if table is None:
            near = ", ".join(get_close_matches(key, self._tables)) or min(self._tables)
            raise NotSupposable(f"there is no rate {key}: use one like {near}")
        if table.unit in DATE_UNITS:
            raise NotSupposable(f"{key} is a day: only numbers can be supposed")
        highest = HIGHEST_SUPPOSED_OF.get(table.unit, HIGHEST_SUPPOSED)
        if not (value.is_finite() and 0 <= value <= highest and value * 100 == int(value * 100)):
            raise NotSupposable(f"{key} cannot be {value}: write 0 to {highest}, with at most two decimals")
        if table.unit in WHOLE_UNITS and value != int(value):
            raise NotSupposable(f"{key} cannot be {value}: write whole {table.unit}")
        told = f"{self.revision} {key}={value.normalize()}@{valid_from}"
        revision = hashlib.sha256(told.encode()).hexdigest()[:12]
        return RateBook({**self._tables, key: table.supposing(value, valid_from)}, revision)

    def with_value(self, new: NewValue) -> RateBook:
        """The book with one value more. Misfit where it does not fit; KeyError for a key that is none."""
        told = f"{self.revision} {new}"
        revision = hashlib.sha256(told.encode()).hexdigest()[:12]
        return RateBook({**self._tables, new.key: self._tables[new.key].with_value(new)}, revision)

    def checked(self) -> date:
        """The newest day on which any rate was checked: the date a footer may show."""
        return max(table.checked for table in self)


def load_rates(root: Path = HERE) -> RateBook:
    """Read every rate file below `root` into a RateBook. RateFileError names the file and key."""
    tables: dict[str, RateTable] = {}
    digest = hashlib.sha256()
    shared = sorted((root / "shared_rates").glob("*.yaml"))
    own = sorted((root / "measures").glob("*/rates.yaml"))
    for path in [*shared, *own]:
        raw = path.read_bytes()
        digest.update(raw)
        prefix = "shared" if path.parent.name == "shared_rates" else path.parent.name
        for name, fields in (read_yaml(raw) or {}).items():
            key = f"{prefix}.{name}"
            if key in tables:
                raise RateFileError(f"{path.name}: {key} is written twice; keep one")
            tables[key] = _table(key, fields, path)
    return RateBook(tables, revision=digest.hexdigest()[:12])


@lru_cache(maxsize=1)
def shipped_rates() -> RateBook:
    """The rates of the files alone, read once a process. Commands and tests use these."""
    return load_rates()


def _table(key: str, fields: dict[str, Any], path: Path) -> RateTable:
    def need(name: str) -> Any:
        if name not in fields:
            raise RateFileError(f"{path.parent.name}/{path.name}: {key} lacks {name}")
        return fields[name]

    unit = need("unit")
    if unit not in UNITS:
        raise RateFileError(
            f"{path.parent.name}/{path.name}: {key} has unit {unit!r}; use one of {sorted(UNITS)}"
        )
    names = need("name")
    if set(names) != set(LANGUAGES):
        raise RateFileError(f"{path.parent.name}/{path.name}: {key} needs a name in nb, nn and en")
    law, source = need("law"), need("source")
    need("checked_by")
    known_to = need("known_to")
    entries = []
    for valid_from, written in sorted(need("values").items()):
        item = written if isinstance(written, dict) else {"value": written}
        entries.append(
            _Entry(
                valid_from=valid_from,
                value=_value(item["value"], unit),
                law=item.get("law", law),
                source=_source(item.get("source", source)),
                note=item.get("note", fields.get("note")),
            )
        )
    return RateTable(
        key=key,
        unit=unit,
        name=names,
        checked=need("checked"),
        known_to=None if known_to == "open" else known_to,
        nav_table_ends=fields.get("nav_table_ends"),
        entries=tuple(entries),
    )


def _value(raw: Any, unit: str) -> Any:
    if raw is None or unit == "date":
        return raw
    if unit == "month_day":
        month, day = str(raw).split("-")
        return int(month), int(day)
    return Decimal(str(raw))


def _source(raw: dict[str, Any]) -> Source:
    return Source(title=raw["title"], url=raw["url"], as_of=raw.get("as_of"))
