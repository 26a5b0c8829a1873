"""Three things that can happen, and what each costs: an early end, sick leave, and the end of support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from inclusion_rules.estimate import Estimate
from inclusion_rules.periods import Period, add_months
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.subsidy import period_amount


class Event(Enum):
    EARLY_END = "early_end"
    SICK_LEAVE = "sick_leave"
    AFTER_SUPPORT = "after_support"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One event. Money is whole NOK for the stretch `start`–`end`, or a month where `end` is None.

    `you_pay` has one figure for each alternative of the estimate; empty where we cannot say what NAV pays.
    """

    event: Event
    start: date
    end: date | None
    days: int
    without_support: int
    you_pay: tuple[int, ...]
    rates: tuple[Rate, ...]


def what_ifs(found: Estimate, *, rates: RateBook) -> tuple[WhatIf, ...]:
    """An end after two weeks with the notice of a trial period, sick leave in month two, and after support.

    An event stops with a temporary job; what cannot happen is left out. Sick leave shows the days the
    employer pays; NAV pays from then on (folketrygdloven §§ 8-18, 8-19).
    Raises NoRate as the estimate does.
    """
    start, total = found.start, found.cost.total
    month = rates.rate("shared.days_per_month", start)
    notice = rates.rate("provetid.notice_days", start)
    sick_days = rates.rate("arbeidsgiverperiode_sykepenger.days", start)
    job_end = found.job_end or date.max

    def cost(period: Period, per_month: int) -> int:
        return period_amount(period, per_month, month.value)

    worked = timedelta(weeks=2) + timedelta(days=int(notice.value))
    until = Period(start, min(start + worked - timedelta(days=1), job_end))
    early = cost(until, total)
    events = [
        WhatIf(
            Event.EARLY_END,
            until.start,
            until.end,
            until.days,
            early,
            tuple(early - cost(until, way.first.support) for way in found.alternatives),
            (notice, month),
        )
    ]
    sick_from = add_months(start, 1)
    # A job that is over before month two has no sick leave in month two.
    if sick_from <= min(job_end, _last_day(found)):
        sick = Period(sick_from, min(sick_from + timedelta(days=int(sick_days.value) - 1), job_end))
        events.append(
            WhatIf(
                Event.SICK_LEAVE, sick.start, sick.end, sick.days, cost(sick, total), (), (sick_days, month)
            )
        )
    ends = [way.after for way in found.alternatives if way.after]
    if ends:
        pays = tuple(total for _way in found.alternatives)
        events.append(WhatIf(Event.AFTER_SUPPORT, ends[0], None, 0, total, pays, ()))
    return tuple(events)


def _last_day(found: Estimate) -> date:
    return max(way.periods[-1].end or date.max for way in found.alternatives)
