"""Days and months as law counts them: both ends of a period belong to it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """`day` plus whole months, same day number, clamped to the last day of a shorter month.

    29 February + 12 months is 28 February; 31 August + 6 months is 28 or 29 February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
