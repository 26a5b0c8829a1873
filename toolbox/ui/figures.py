"""Numbers and dates as people read them, in three languages.

25 418 kr · NOK 25,418 · 14,1 prosent · 14.1 per cent · 1. februar 2027 · 1 February 2027
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inclusion_rules.measures import RATE_REFERENCE
from inclusion_rules.rates import Rate, RateBook

NBSP = "\u00a0"
_PHONE = re.compile(r"\b\d\d \d\d \d\d \d\d\b")
MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "nn": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def _language() -> str:
    code = get_language() or "nb"
    return code if code in MONTHS else "nb"


#: From Python's own grouping to ours, in one pass: decimal comma, no-break space, a true minus.
_NORWEGIAN = str.maketrans({",": NBSP, ".": ",", "-": "\u2212"})
_ENGLISH = str.maketrans({"-": "\u2212"})


def number(value: Decimal | int, decimals: int | None = None) -> str:
    """Thousands in groups, decimal comma in Norwegian. Decimals as given, or cut of trailing zeros."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    if decimals is not None:
        text = f"{Decimal(value):,.{decimals}f}" if decimals or not isinstance(value, int) else text
    elif "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_ENGLISH if _language() == "en" else _NORWEGIAN)


def kroner(value: Decimal | int, decimals: int = 0) -> str:
    """«25 418 kr», in English «NOK 25,418»."""
    amount = number(value, decimals)
    return f"NOK{NBSP}{amount}" if _language() == "en" else f"{amount}{NBSP}kr"


def percent(value: Decimal | int) -> str:
    """«14,1 prosent», in English «14.1 per cent»."""
    return f"{number(value)}{NBSP}{_('prosent')}"


def day(value: date) -> str:
    """«1. februar 2027», in English «1 February 2027»."""
    language = _language()
    dot = "" if language == "en" else "."
    return f"{value.day}{dot}{NBSP}{MONTHS[language][value.month - 1]} {value.year}"


def day_of_year(month_and_day: tuple[int, int]) -> str:
    """«1. juni», in English «1 June»."""
    month, number_ = month_and_day
    language = _language()
    dot = "" if language == "en" else "."
    return f"{number_}{dot}{NBSP}{MONTHS[language][month - 1]}"


def month(value: date) -> str:
    """«februar 2027», in English «February 2027»."""
    return f"{MONTHS[_language()][value.month - 1]} {value.year}"


def period(start: date, end: date) -> str:
    """«1. februar – 31. juli 2027»; the first year only where the years differ."""
    first = day(start) if start.year != end.year else day_of_year((start.month, start.day))
    return f"{first} \u2013 {day(end)}"


def rate_value(rate: Rate) -> str:
    """A rate in its unit: «40 prosent», «160 400 kr», «5 G», «6 måneder», «31. august 2026»."""
    value, unit = rate.value, rate.unit
    if unit == "date":
        return day(value)
    if unit == "month_day":
        return day_of_year(value)
    if unit == "percent":
        return percent(value)
    if unit.startswith("nok"):
        return kroner(value, 0 if value == value.to_integral_value() else 2)
    if unit == "base_amounts":
        return f"{number(value)}{NBSP}G"
    whole = int(value)
    words = {
        "years": ngettext("år", "år", whole),
        "months": ngettext("måned", "måneder", whole),
        "weeks": ngettext("uke", "uker", whole),
        "days": ngettext("dag", "dager", whole),
        "hours": ngettext("time", "timer", whole),
        "persons": ngettext("person", "personer", whole),
    }
    word = words.get(unit)
    return f"{number(value)}{NBSP}{word}" if word else number(value)


def unbroken(text: str) -> str:
    """The text with no-break spaces where a line must not end: after § and inside a phone number."""
    return _PHONE.sub(lambda found: found[0].replace(" ", NBSP), text).replace("§ ", f"§{NBSP}")


def with_rates(text: str, *, book: RateBook, on: date, prefix: str = "") -> str:
    """A text with each {rate:key} replaced by the rate in force on `on`.

    A bare key belongs to the measure `prefix`. Rates that end before `on` show their newest known value:
    words about a scheme must stand even when next year's number is not set.
    """

    def show(match: re.Match[str]) -> str:
        key = match[1] if "." in match[1] else f"{prefix}.{match[1]}"
        return rate_value(book.newest(key, on))

    return RATE_REFERENCE.sub(show, unbroken(text))
