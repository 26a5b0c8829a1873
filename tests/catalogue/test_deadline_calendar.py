"""The days an agreement brings: on the page, and as a calendar file that any calendar can read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from inclusion_rules.estimate import PERMANENT, SUBSIDIES, SUMMER_JOB, TEMPORARY, Position, estimate
from inclusion_rules.periods import add_years
from inclusion_rules.rates import shipped_rates
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.catalogue.deadline_calendar import Deadline, Kind, calendar, deadlines
from toolbox.ui.calendar_file import OSLO

FILE = "/regn-ut/frister.ics"
CAFE = {"kommune": "3101", "arbeid": "kitchen", "andel": "60", "start": "1.2.2027"}
MADE = date(2026, 11, 24)
BOOK = shipped_rates()
POSITION = Position(
    wage=Decimal(200),
    per_hour=True,
    position_percent=Decimal(60),
    holiday_percent=Decimal(12),
    pension_percent=Decimal(2),
    contribution_percent=Decimal("14.1"),
)


def days(measure: str, start: date, end: date | None = None) -> tuple[Deadline, ...]:
    return deadlines(estimate(measure, POSITION, start=start, end=end, rates=BOOK), BOOK)


def file(measure: str, start: date, end: date | None = None, *, made_on: date = MADE) -> bytes:
    found = estimate(measure, POSITION, start=start, end=end, rates=BOOK)
    return calendar(found, deadlines(found, BOOK), made_on=made_on)


def events(content: bytes) -> list[Event]:
    return [part for part in Calendar.from_ical(content).walk("VEVENT")]


def of_kind(kind: Kind, found: tuple[Deadline, ...]) -> list[Deadline]:
    return [deadline for deadline in found if deadline.kind is kind]


def test_a_refund_for_each_month_is_due_two_months_after_it() -> None:
    refunds = of_kind(Kind.REFUND, days(TEMPORARY, date(2027, 2, 1), date(2027, 6, 30)))
    assert [(r.of.start.month, r.on) for r in refunds if r.of] == [
        (2, date(2027, 4, 30)),
        (3, date(2027, 5, 31)),
        (4, date(2027, 6, 30)),
        (5, date(2027, 7, 31)),
        (6, date(2027, 8, 31)),
    ]
    assert refunds[0].opens == date(2027, 3, 1)


def test_a_month_that_is_split_by_a_step_down_has_two_refunds() -> None:
    refunds = of_kind(Kind.REFUND, days("firearig_lonnstilskudd_unge", date(2027, 2, 15)))
    split = [r for r in refunds if r.of and (r.of.start.year, r.of.start.month) == (2028, 2)]
    assert [(r.of.end.day, r.on) for r in split if r.of] == [
        (14, date(2028, 4, 14)),
        (29, date(2028, 4, 30)),
    ]


def test_what_depends_on_nav_says_so_and_what_does_not_stands_once() -> None:
    found = days(TEMPORARY, date(2027, 2, 1))
    down = of_kind(Kind.STEP_DOWN, found)
    assert [(d.on, d.given, d.then) for d in down] == [
        (date(2027, 8, 1), 40, 30),
        (date(2028, 2, 1), 60, 50),
    ]
    assert [(d.on, d.given) for d in of_kind(Kind.LAST_DAY, found)] == [
        (date(2028, 1, 31), 40),
        (date(2029, 1, 31), 60),
    ]
    refunds = of_kind(Kind.REFUND, found)
    assert [r.given for r in refunds] == [None] * 12 + [60] * 12


def test_the_agreement_is_approved_the_day_before_the_start() -> None:
    found = days(TEMPORARY, date(2027, 2, 1))
    assert found[0] == Deadline(Kind.APPROVAL, date(2027, 1, 31))
    with translation.override("nb"):
        assert "Ikke start før Nav har godkjent avtalen." in found[0].text


def test_a_support_without_a_last_day_is_laid_out_for_two_years() -> None:
    found = days(PERMANENT, date(2027, 2, 1))
    assert of_kind(Kind.LAST_DAY, found) == []
    assert len(of_kind(Kind.REFUND, found)) == 24


def test_the_file_holds_the_days_of_the_page_in_norwegian_time() -> None:
    found, read_again = days(TEMPORARY, date(2027, 2, 1)), events(file(TEMPORARY, date(2027, 2, 1)))
    assert len(read_again) == len(found)
    for event, deadline in zip(read_again, found, strict=True):
        start = event["dtstart"].dt
        assert start.date() == deadline.on and event["dtstart"].params["TZID"] == OSLO.key
        assert start.utcoffset() == datetime.combine(deadline.on, start.time(), OSLO).utcoffset()
        assert str(event["summary"]) == deadline.title
        assert event["dtstamp"].dt == datetime(2026, 11, 24, tzinfo=UTC)


def test_a_deadline_tells_that_the_day_of_approval_is_unknown() -> None:
    with translation.override("nb"):
        told = [str(e["description"]) for e in events(file(TEMPORARY, date(2027, 2, 1))) if "url" in e]
    assert told and all("Vi vet ikke når Nav godkjenner perioden." in text for text in told)


def test_the_same_input_and_day_give_the_same_bytes() -> None:
    assert file(TEMPORARY, date(2027, 2, 1)) == file(TEMPORARY, date(2027, 2, 1))


def test_identities_stay_the_same_in_another_language_on_another_day_and_with_another_wage() -> None:
    def identities(wage: int, language: str, made_on: date) -> list[str]:
        position = Position(
            wage=Decimal(wage),
            per_hour=False,
            position_percent=Decimal(100),
            holiday_percent=Decimal(12),
            pension_percent=Decimal(2),
            contribution_percent=Decimal("14.1"),
        )
        found = estimate(TEMPORARY, position, start=date(2027, 2, 1), end=None, rates=BOOK)
        with translation.override(language):
            return [str(e["uid"]) for e in events(calendar(found, deadlines(found, BOOK), made_on=made_on))]

    first = identities(30_000, "nb", MADE)
    assert len(set(first)) == len(first)
    assert first == identities(31_000, "en", MADE + timedelta(days=9))
    # Given out once, they stay: a changed identity shows every deadline twice.
    assert first[0] == "de2f2bf1-2ea9-56c1-9208-30bcfbefe84f"


@settings(deadline=None, max_examples=40)
@given(
    measure=st.sampled_from([m for m in SUBSIDIES if m != SUMMER_JOB]),
    start=st.dates(date(2026, 8, 1), date(2027, 12, 31)),
    length=st.none() | st.integers(1, 1200),
)
def test_any_agreement_makes_a_file_that_can_be_read_again(
    measure: str, start: date, length: int | None
) -> None:
    end = start + timedelta(days=length) if length else None
    content = file(measure, start, end)
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines), "folded"
    assert b"\n" not in content.replace(b"\r\n", b"")
    read_again = events(content)
    assert len({str(event["uid"]) for event in read_again}) == len(read_again)
    found = days(measure, start, end)
    assert [event["dtstart"].dt.date() for event in read_again] == [deadline.on for deadline in found]
    for way in {deadline.given for deadline in found}:
        refunds = [d.of for d in of_kind(Kind.REFUND, found) if d.of and d.given in (None, way)]
        assert refunds[0].start == start, "from the first day"
    if end is None and measure == PERMANENT:
        assert max(d.of.end for d in found if d.of) <= add_years(start, 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_the_download_is_a_calendar_that_names_nobody(client: Any, language: str) -> None:
    answer = client.get(LANGUAGES[language] + FILE, CAFE)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="inkludering-frister-2026-11-24.ics"'
    )
    said = " ".join(f"{event['summary']} {event['description']}" for event in events(answer.content))
    for word in ("Halden", "3101", "200 ", "kitchen", "jøkken", "418"):
        assert word not in said.replace("\u00a0", " "), word


def test_the_page_lists_the_same_days_and_links_to_the_file(read: Callable[..., Page]) -> None:
    page = read("/regn-ut/til-avtalen/", **CAFE)
    rows = page.one("section[@aria-labelledby='datoer-a-huske']").findall(".//tbody/tr")
    with translation.override("nb"):
        titles = [deadline.title.replace("\u00a0", " ") for deadline in days(TEMPORARY, date(2027, 2, 1))]
    assert [words(row.find("td")) for row in rows] == titles  # type: ignore[arg-type]
    assert any(href.startswith(FILE) and "kommune=3101" in href for href in page.links())
