"""The days an agreement brings with it, and the same days as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from inclusion_rules.agreement_fields import agreement_fields
from inclusion_rules.estimate import Alternative, Estimate
from inclusion_rules.periods import ONE_DAY, Period, add_years
from inclusion_rules.rates import RateBook
from inclusion_rules.refund_deadline import refund_deadline
from toolbox.ui.calendar_file import DayToRemember, calendar_file
from toolbox.ui.figures import day, month, percent, period

#: A support without a last day is laid out for so many years.
YEARS_SHOWN = 2

#: Makes the identities of our events differ from everybody else's. Never change it: files already given out
#: would show every deadline twice when read in again.
_NAMESPACE = UUID("6f0d3f52-5a52-4c5e-9d0a-2f4b4d6b7c11")


class Kind(Enum):
    """What a day is about. Days that fall together stand in this order."""

    APPROVAL = "approval"
    STEP_DOWN = "step_down"
    LAST_DAY = "last_day"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day to remember.

    `given`: it holds only if NAV gives this percentage at the start; None where it holds whatever NAV gives.
    `then`: what the support goes down to (STEP_DOWN). `of`: the days a refund is for, `opens`: the first day
    it can be claimed (REFUND).
    """

    kind: Kind
    on: date
    given: Decimal | None = None
    then: Decimal | None = None
    of: Period | None = None
    opens: date | None = None

    @property
    def title(self) -> str:
        """What the day is about, in the reader's language, without a name of anybody."""
        title = {
            Kind.APPROVAL: _("Avtalen med Nav må være godkjent nå"),
            Kind.STEP_DOWN: _("Støtten kan gå ned til %(percent)s"),
            Kind.LAST_DAY: _("Siste dag med støtte"),
            Kind.REFUND: _("Siste dag å kreve refusjon for %(period)s"),
        }[self.kind]
        title %= {
            "percent": "" if self.then is None else percent(self.then),
            "period": "" if self.of is None else _months(self.of),
        }
        if self.given is None:
            return title
        return _("%(what)s, hvis Nav gir %(percent)s i starten") % {
            "what": title,
            "percent": percent(self.given),
        }

    @property
    def text(self) -> str:
        """What to do, and what we do not know."""
        if self.kind is Kind.APPROVAL:
            start = day(self.on + ONE_DAY)
            return _("Jobben starter %(start)s. Ikke start før Nav har godkjent avtalen.") % {"start": start}
        if self.of is None or self.opens is None:
            return _("Regn med at dere betaler mer etter dette. Nav avgjør.")
        return _(
            "Kravet kan sendes fra %(opens)s. Fristen er regnet fra siste dag i perioden. "
            "Vi vet ikke når Nav godkjenner perioden. Skjer det senere, blir fristen også senere."
        ) % {"opens": day(self.opens)}


def deadlines(found: Estimate, rates: RateBook) -> tuple[Deadline, ...]:
    """Every day to remember, by date: approval, steps down, the last day of support, refunds month by month.

    What holds for every alternative stands once. A refund's deadline counts from the end of its period,
    because nobody knows the day NAV will approve it.
    """
    days = [Deadline(Kind.APPROVAL, found.start - ONE_DAY)]
    days += _whichever(found, _steps_down)
    days += _whichever(found, _last_day)
    days += _whichever(found, lambda way: _refunds(way, rates))
    order = list(Kind)
    return tuple(sorted(days, key=lambda d: (d.on, order.index(d.kind), d.given or 0)))


def calendar(found: Estimate, days: tuple[Deadline, ...], *, made_on: date) -> bytes:
    """The days as a calendar file, in the reader's language. The same input and date give the same bytes."""
    made = _("Overslag laget %(day)s i Inkluderingsverktøykassen. Vi er ikke Nav.") % {"day": day(made_on)}
    to_remember = [
        DayToRemember(
            identity=_identity(found, deadline),
            on=deadline.on,
            title=deadline.title,
            text=f"{deadline.text} {made}",
            url=agreement_fields().refund_address if deadline.kind is Kind.REFUND else "",
        )
        for deadline in days
    ]
    return calendar_file("Frister", _("Frister for støtte fra Nav"), to_remember, made_on=made_on)


def _identity(found: Estimate, deadline: Deadline) -> UUID:
    """The same for the same day of the same job, whatever the wage, the language and the date of the file.

    The day itself is left out: when a rule moves a deadline, the event moves and is not doubled.
    """
    of = deadline.of
    parts = (
        found.measure,
        found.start,
        found.job_end,
        deadline.kind.value,
        deadline.given,
        deadline.then,
        *((of.start, of.end) if of else ()),
    )
    return uuid5(_NAMESPACE, "|".join(map(str, parts)))


def _whichever(found: Estimate, days_of: Callable[[Alternative], Iterable[Deadline]]) -> Iterator[Deadline]:
    """The days of each alternative; those they all share are said without a condition."""
    holds: defaultdict[Deadline, list[Decimal]] = defaultdict(list)
    for way in found.alternatives:
        for deadline in days_of(way):
            holds[deadline].append(way.percent)
    for deadline, percents in holds.items():
        if len(percents) == len(found.alternatives):
            yield deadline
        else:
            yield from (replace(deadline, given=given) for given in percents)


def _steps_down(way: Alternative) -> Iterator[Deadline]:
    for before, after in pairwise(way.periods):
        if after.percent < before.percent:
            yield Deadline(Kind.STEP_DOWN, after.start, then=after.percent)


def _last_day(way: Alternative) -> Iterator[Deadline]:
    end = way.periods[-1].end
    if end is not None:
        yield Deadline(Kind.LAST_DAY, end)


def _refunds(way: Alternative, rates: RateBook) -> Iterator[Deadline]:
    shown_to = add_years(way.first.start, YEARS_SHOWN) - ONE_DAY
    for stretch in way.periods:
        last = stretch.end or shown_to
        if last < stretch.start:
            return
        for part in Period(stretch.start, last).by_month():
            refund = refund_deadline(part.end, rates.value)
            yield Deadline(Kind.REFUND, refund.deadline, of=part, opens=refund.opens)


def _months(of: Period) -> str:
    """«februar 2027» for a whole month, the days where it is a part of one."""
    whole = of.start.day == 1 and of.ends_with_its_month
    return month(of.start) if whole else period(of.start, of.end)
