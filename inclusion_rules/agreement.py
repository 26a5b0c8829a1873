"""What NAV's form accepts of an agreement, and what happens when it is made shorter or longer.

Source: navikt/tiltaksgjennomforing-api, startOgSluttDatoStrategy, Innsatsgruppe, Avtale, BeregningStrategy
(2026-08-20). The form shows what is accepted, never who has a right; where the regulation says something
else, the rates carry both (work training, mentor, summer job).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from inclusion_rules.periods import ONE_DAY, Period, add_months, add_years
from inclusion_rules.subsidy import (
    ADAPTED,
    ADAPTED_WORK,
    FOUR_YEAR,
    INCLUSION_GRANT,
    MENTOR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    WORK_TRAINING,
    Agreement,
    EffortGroup,
    Lookup,
    SubsidyPeriod,
    subsidy_periods,
)

_LASTING = frozenset({EffortGroup.SMALL_CHANCE, EffortGroup.PARTIAL_WORK})
_WITH_GUIDANCE = ADAPTED | {EffortGroup.GUIDANCE}
_GROUPS = {
    TEMPORARY: _WITH_GUIDANCE,
    PERMANENT: _LASTING,
    FOUR_YEAR: ADAPTED,
    SUMMER_JOB: _WITH_GUIDANCE,
    MENTOR: _WITH_GUIDANCE,
    ADAPTED_WORK: _LASTING,
    INCLUSION_GRANT: _WITH_GUIDANCE,
    WORK_TRAINING: _WITH_GUIDANCE,
}


class PeriodState(Enum):
    """How far the last period of an agreement has come."""

    UNDECIDED = "undecided"
    APPROVED = "approved"
    REFUNDED = "refunded"


class NotShorter(ValueError):
    """The new end is not before the present one."""


class NotLonger(ValueError):
    """The new end is not after the present one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An agreement as it is typed in. What is missing skips the checks that need it.

    `measure` is one of subsidy.MEASURES. `temporary_job` is None when nobody has said.
    """

    measure: str
    group: EffortGroup | None = None
    start: date | None = None
    end: date | None = None
    birth_date: date | None = None
    temporary_job: bool | None = None
    today: date | None = None
    late_registration_approved: bool = False
    entered: bool = False


def group_eligible(measure: str, group: EffortGroup | None) -> bool:
    """Does NAV's form accept `measure` for this group? Not for a group nobody knows."""
    return group in _GROUPS[measure]


def under_age(birth_date: date, on: date, look: Lookup) -> bool:
    """Is somebody born on `birth_date` too young for NAV's measures on the day `on`?"""
    return birth_date > add_years(on, -int(look("shared.lowest_age", on)))


def refusal(proposal: Proposal, look: Lookup) -> str | None:
    """The code of the first check that fails, None when NAV's form accepts the dates and the age.

    Codes: start_after_end, start_too_far_back, end_out_of_range, start_too_early, start_too_late,
    participant_over_30, participant_67, participant_72, end_too_late, too_long.
    """
    for check in (_dates_in_order, _CHECKS[proposal.measure]):
        for reason in check(proposal, look):
            return reason
    return None


def _dates_in_order(p: Proposal, look: Lookup) -> Iterator[str]:
    if p.start and p.end and p.start > p.end:
        yield "start_after_end"
    if p.start and p.today and not p.entered and not p.late_registration_approved:
        days = timedelta(days=int(look("shared.late_registration_days", p.start)))
        if p.start + days < p.today:
            yield "start_too_far_back"
    if p.end and p.end > look("shared.last_end_date", p.end):
        yield "end_out_of_range"


def _too_old_at_end(p: Proposal, look: Lookup, key: str) -> bool:
    """Turning the age on the end date itself is too old."""
    if p.birth_date is None or p.end is None:
        return False
    return p.birth_date < add_years(p.end, -int(look(key, p.end))) + ONE_DAY


def _too_old_at_start(p: Proposal, start: date, look: Lookup) -> bool:
    """Turning the age on the start date itself is accepted."""
    years = int(look(f"{p.measure}.age_limit_at_start", start))
    return p.birth_date is not None and p.birth_date < add_years(start, -years)


def _ends_after(p: Proposal, look: Lookup, key: str) -> bool:
    """Does it end on or after the day `key` months past the start?"""
    return bool(p.start and p.end and p.end >= add_months(p.start, int(look(key, p.start))))


def _lasts_too_long(key: str) -> Callable[[Proposal, Lookup], Iterator[str]]:
    def check(p: Proposal, look: Lookup) -> Iterator[str]:
        if _too_old_at_end(p, look, "shared.highest_age_at_end"):
            yield "participant_72"
        if _ends_after(p, look, key):
            yield "too_long"

    return check


def _temporary(p: Proposal, look: Lookup) -> Iterator[str]:
    # A group that has no right is stopped elsewhere: its length is not checked. Not known counts as guidance.
    if p.group in ADAPTED:
        yield from _lasts_too_long(f"{TEMPORARY}.max_months_adapted")(p, look)
    elif p.group is EffortGroup.GUIDANCE or p.group is None:
        yield from _lasts_too_long(f"{TEMPORARY}.max_months_guidance")(p, look)
    else:
        yield from _permanent(p, look)


def _permanent(p: Proposal, look: Lookup) -> Iterator[str]:
    if _too_old_at_end(p, look, "shared.highest_age_at_end"):
        yield "participant_72"


def _mentor(p: Proposal, look: Lookup) -> Iterator[str]:
    length = "max_months_adapted" if p.group in ADAPTED else "max_months_general"
    yield from _lasts_too_long(f"{MENTOR}.{length}")(p, look)


def _inclusion_grant(p: Proposal, look: Lookup) -> Iterator[str]:
    if _too_old_at_end(p, look, "shared.highest_age_at_end"):
        yield "participant_72"
    # One day more than the others: the day twelve months after the start is still accepted.
    if p.start and p.end and p.end > add_months(p.start, int(look(f"{INCLUSION_GRANT}.max_months", p.start))):
        yield "too_long"


def _four_year(p: Proposal, look: Lookup) -> Iterator[str]:
    if p.start is None:
        return
    if p.start < look(f"{FOUR_YEAR}.first_start", p.start):
        yield "start_too_early"
    if _too_old_at_start(p, p.start, look):
        yield "participant_over_30"
    if p.end and p.end > look(f"{FOUR_YEAR}.trial_ends", p.start):
        yield "end_too_late"
    if _ends_after(
        p, look, f"{FOUR_YEAR}.{'max_months_temporary' if p.temporary_job else 'max_months_permanent'}"
    ):
        yield "too_long"


def _summer_job(p: Proposal, look: Lookup) -> Iterator[str]:
    if p.start is None:
        return

    def day(key: str, year: int) -> date:
        return date(year, *look(f"{SUMMER_JOB}.{key}", p.start or date.min))

    if p.start < day("first_start_day", p.start.year):
        yield "start_too_early"
    if p.start > day("last_start_day", p.start.year):
        yield "start_too_late"
    if _too_old_at_start(p, p.start, look):
        yield "participant_over_30"
    if p.end is None:
        return
    if Period(p.start, p.end).days > look(f"{SUMMER_JOB}.max_days", p.start):
        yield "too_long"
    if p.end < day("first_start_day", p.end.year):
        yield "start_too_early"
    if p.end > day("last_end_day", p.end.year):
        yield "end_too_late"


def _adapted_work(p: Proposal, look: Lookup) -> Iterator[str]:
    if _too_old_at_end(p, look, f"{ADAPTED_WORK}.highest_age_at_end"):
        yield "participant_67"
    if p.start and not p.entered and p.start > look(f"{ADAPTED_WORK}.last_new_start", p.start):
        yield "start_too_late"


_CHECKS: dict[str, Callable[[Proposal, Lookup], Iterator[str]]] = {
    TEMPORARY: _temporary,
    PERMANENT: _permanent,
    FOUR_YEAR: _four_year,
    SUMMER_JOB: _summer_job,
    MENTOR: _mentor,
    ADAPTED_WORK: _adapted_work,
    INCLUSION_GRANT: _inclusion_grant,
    WORK_TRAINING: _lasts_too_long(f"{WORK_TRAINING}.max_months_in_form"),
}


def percent_accepted(measure: str, percent: Decimal | None, look: Lookup, on: date) -> bool:
    """Does NAV's form accept this chosen percentage?

    A permanent subsidy takes whole numbers up to its ceiling, a summer job one of its two; elsewhere nobody
    types one. None, still empty, is accepted everywhere.
    """
    if percent is None:
        return True
    if measure == PERMANENT:
        whole = percent == percent.to_integral_value()
        return whole and 0 <= percent <= look(f"{PERMANENT}.percent_max_first_year", on)
    if measure == SUMMER_JOB:
        keys = ("percent_general", "percent_reduced_capacity")
        return percent in {look(f"{SUMMER_JOB}.{key}", on) for key in keys}
    return False


def pension_accepted(percent: Decimal | None, look: Lookup, on: date) -> bool:
    """Does NAV's form accept this pension rate? Empty, or from 0 to the form's highest, both included."""
    return percent is None or 0 <= percent <= look("shared.pension_highest", on)


def grant_ceiling(end: date, look: Lookup) -> int | None:
    """The highest inclusion grant in NOK for an agreement that ends on `end`."""
    ceiling = look(f"{INCLUSION_GRANT}.ceiling", end)
    return None if ceiling is None else int(ceiling)


def shorten(agreement: Agreement, new_end: date, look: Lookup) -> tuple[SubsidyPeriod, ...]:
    """The periods that are left when an agreement with no refunded period ends on `new_end` instead.

    Periods that start later fall away; the one that holds the new end is cut and reckoned anew. That is the
    same as laying the agreement out to the new end. NotShorter when the new end is not before the present
    one, ReversedPeriod when it comes before the start.
    """
    if agreement.end is not None and new_end >= agreement.end:
        raise NotShorter(
            f"{new_end.isoformat()} is not before {agreement.end.isoformat()}: choose an earlier end"
        )
    return subsidy_periods(replace(agreement, end=new_end), look)


@dataclass(frozen=True, slots=True)
class Extension:
    """The periods that count after an extension, in order, and those that were annulled to make room."""

    active: tuple[SubsidyPeriod, ...]
    annulled: tuple[SubsidyPeriod, ...]


def extend(agreement: Agreement, new_end: date, last_period: PeriodState, look: Lookup) -> Extension:
    """The periods when an agreement ends on `new_end` instead.

    `last_period` tells how far its last period has come. An undecided one is laid out anew. An approved one
    that does not end with its month is annulled and laid out anew. Otherwise the new days follow after it.
    Percentages are those of the longer agreement, so a reduction may appear. Without periods there is nothing
    to extend. NotLonger when the new end is not later.
    """
    if agreement.end is not None and new_end <= agreement.end:
        raise NotLonger(f"{new_end} is not after {agreement.end}: choose a later end")
    present = subsidy_periods(agreement, look)
    if not present:
        return Extension((), ())
    longer = replace(agreement, end=new_end)
    last = present[-1]
    cut_short = not Period(last.start, last.end).ends_with_its_month
    annulled = (last,) if last_period is PeriodState.APPROVED and cut_short else ()
    if annulled or last_period is PeriodState.UNDECIDED:
        kept, first_new_day = present[:-1], last.start
    else:
        kept, first_new_day = present, last.end + ONE_DAY
    laid_out = subsidy_periods(longer, look, within=Period(first_new_day, new_end))
    return Extension((*kept, *laid_out), annulled)


def earliest_decision(period_start: date, number: int, look: Lookup) -> date | None:
    """The first day NAV decides on the period with this number in its agreement. None: on any day.

    Periods from the day the next budget is waited for are decided after it is voted, whatever their number.
    """
    months_ahead = int(look("shared.earliest_decision_months", period_start))
    opens = add_months(period_start, -months_ahead)
    waits_from: date = look("shared.decisions_wait_for_budget_from", period_start)
    if period_start >= waits_from:
        return max(waits_from, opens)
    return None if number == 1 else opens
