"""Days and months as law counts them: both ends of a period belong to it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

ONE_DAY = timedelta(days=1)


class ReversedPeriod(ValueError):
    """A period was asked for that ends before it starts."""

    def __init__(self, start: date, end: date) -> None:
        self.start = start
        self.end = end
        super().__init__(f"the period ends {end}, before it starts {start}: swap the dates")


def add_months(day: date, months: int) -> date:
    """`day` plus whole months, same day number, clamped to the last day of a shorter month.

    29 February + 12 months is 28 February; 31 August + 6 months is 28 or 29 February.
    OverflowError outside the years a date can hold.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"{day} plus {months} months is outside the calendar: use a date nearer to today")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """`day` plus whole years; 29 February becomes 28 February in a year without one."""
    return add_months(day, 12 * years)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included. ReversedPeriod when `end` comes first."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ReversedPeriod(self.start, self.end)

    @property
    def days(self) -> int:
        """How many days the period holds, at least 1."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def ends_with_its_month(self) -> bool:
        return self.end.day == monthrange(self.end.year, self.end.month)[1]

    def split(self, dates: Iterable[date]) -> tuple[Period, ...]:
        """The parts that begin on `dates`. Order and duplicates do not matter; dates outside are ignored."""
        starts = sorted({self.start, *(day for day in dates if day in self)})
        ends = [*(day - ONE_DAY for day in starts[1:]), self.end]
        return tuple(map(Period, starts, ends))

    def by_month(self) -> tuple[Period, ...]:
        """The parts that lie in one calendar month each."""
        first = self.start.replace(day=1)
        months = 12 * (self.end.year - first.year) + self.end.month - first.month
        return self.split(add_months(first, n) for n in range(1, months + 1))

    def months_and_days(self) -> tuple[int, int]:
        """Whole months, counted first, and the days left over.

        A month is whole when the day after the period has the same day number or a later one, so 31 January
        to 28 February is 0 months and 29 days. Source: navikt/tiltaksgjennomforing-api, BeregningStrategy.
        """
        after = self.end + ONE_DAY
        months = 12 * (after.year - self.start.year) + after.month - self.start.month
        if after.day < self.start.day:
            months -= 1
        return months, (after - add_months(self.start, months)).days
