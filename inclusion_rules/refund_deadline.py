"""When the refund of a subsidy period can be claimed, and which months of wages NAV looks up for it.

Every function asks for numbers through a `Lookup` (subsidy.Lookup): `rates.value`, or NAV's own tables.
Source: navikt/tiltak-refusjon-api, Refusjon, Datoberegning and RefusjonService (2026-07-01).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from inclusion_rules.periods import ONE_DAY, Period, add_months
from inclusion_rules.subsidy import SUMMER_JOB, Lookup


class RefundStatus(Enum):
    """How a refund that nobody has handed in stands on a day."""

    TOO_EARLY = "too_early"
    READY = "ready"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class RefundDeadline:
    """The days between which a refund is claimed; the deadline itself is in time.

    `latest_extension` is the last deadline NAV may set. It counts from the first deadline, so where the
    deadline was moved for another reason it may lie earlier: then NAV extends nothing.
    """

    opens: date
    deadline: date
    latest_extension: date

    def status(self, today: date) -> RefundStatus:
        """How the refund stands on `today`, when it is not handed in and the deadline not extended."""
        if today < self.opens:
            return RefundStatus.TOO_EARLY
        return RefundStatus.EXPIRED if today > self.deadline else RefundStatus.READY


def refund_deadline(
    period_end: date,
    look: Lookup,
    *,
    approved_on: date | None = None,
    other_refunds: bool = False,
    resent_on: date | None = None,
) -> RefundDeadline:
    """When the refund of a period that ends on `period_end` opens and is due.

    `approved_on` is the day NAV approved the period: it only counts when it comes after the end.
    `other_refunds`: the employer tells of sick pay or other refunds for the period, and gets longer.
    `resent_on` is the day NAV sent the period anew, None when it did not.
    """

    def months(key: str) -> int:
        return int(look(f"shared.{key}", period_end))

    to_claim = months("refund_deadline_months")
    first = add_months_keep_end(max(period_end, approved_on or period_end), to_claim)
    deadline = first
    if resent_on is not None:
        # From a resending NAV counts plain months: the last day of a month is nothing special here.
        deadline = max(deadline, add_months(resent_on, to_claim))
    if not other_refunds:
        extension = add_months_keep_end(first, months("refund_extension_months"))
    else:
        longer = add_months_keep_end(period_end, months("refund_deadline_months_other_refunds"))
        deadline = max(deadline, longer)
        extension = add_months_keep_end(period_end, months("refund_extension_months_other_refunds"))
    return RefundDeadline(period_end + ONE_DAY, deadline, extension)


def add_months_keep_end(day: date, months: int) -> date:
    """`day` plus whole months, where the last day of a month leads to the last day of a month.

    30 June + 2 months is 31 August. Otherwise as periods.add_months, also in what it raises.
    """
    if not Period(day, day).ends_with_its_month:
        return add_months(day, months)
    return add_months(day.replace(day=1), months + 1) - ONE_DAY


def income_window(
    measure: str,
    period: Period,
    look: Lookup,
    *,
    asked_next_month: bool = False,
    caseworker_months: int = 0,
    correction: bool = False,
    wages_came_later: bool = False,
) -> tuple[date, date]:
    """The first day of the first and of the last month that NAV looks up reported wages for.

    `measure` is one of subsidy.MEASURES. `caseworker_months` is how many months further a case worker looks,
    0 when nobody decided; it comes before the employer's own wish. In a `correction` it counts only where the
    reason is that wages came up to two months later (`wages_came_later`).
    """
    ahead = int(look("shared.refund_income_months_ahead", period.start))
    if correction and wages_came_later:
        further = caseworker_months or int(look("shared.refund_income_months_ahead_correction", period.start))
    elif correction:
        further = ahead
    elif caseworker_months:
        further = caseworker_months
    else:
        further = ahead if asked_next_month or measure == SUMMER_JOB else 0
    return period.start.replace(day=1), add_months(period.end, further).replace(day=1)
