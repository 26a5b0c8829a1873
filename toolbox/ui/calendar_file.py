"""Days to remember as a calendar file (RFC 5545), with nobody's name in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from icalendar import Calendar, Event

OSLO = ZoneInfo("Europe/Oslo")

#: It is a whole day in Norway, stands at the hour Nav's employer line opens, and nobody is shown as busy.
_AT, _LASTS = time(9), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class DayToRemember:
    """`identity` stays the same when the day is moved: whoever reads the file in again gets no double."""

    identity: UUID
    on: date
    title: str
    text: str
    url: str = ""


def calendar_file(kind: str, name: str, days: Sequence[DayToRemember], *, made_on: date) -> bytes:
    """The days in the reader's language; at least one. The same input and date give the same bytes.

    `kind` tells our own calendar files from each other, `name` is what the calendar is shown as.
    """
    file = Calendar()
    file.add("prodid", f"-//Inkluderingsverktøykassen//{kind}//NO")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", OSLO.key)
    for each in days:
        file.add_component(_event(each, made_on))
    years = [each.on.year for each in days]
    # The years in use only: what lies outside differs from machine to machine.
    file.add_missing_timezones(first_date=date(min(years), 1, 1), last_date=date(max(years) + 1, 1, 1))
    return bytes(file.to_ical())


def _event(each: DayToRemember, made_on: date) -> Event:
    start = datetime.combine(each.on, _AT, OSLO)
    event = Event()
    event.add("uid", str(each.identity))
    event.add("dtstamp", datetime.combine(made_on, time.min, UTC))
    event.add("dtstart", start)
    event.add("dtend", start + _LASTS)
    event.add("summary", each.title, parameters={"language": get_language() or "nb"})
    event.add("description", each.text)
    if each.url:
        event.add("url", each.url)
    event.add("transp", "TRANSPARENT")
    return event
