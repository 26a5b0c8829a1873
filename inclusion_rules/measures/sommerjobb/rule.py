"""Summer-job subsidy: tiltaksforskriften ch. 8, with § 1-6 (close family)."""

from __future__ import annotations

from inclusion_rules.measures import Amount
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Condition, Verdict, barred_by, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Turns on a start in summer, a person under thirty, and nobody laid off (§§ 8-3, 8-4, 8-6)."""
    return weigh(
        _starts_in_summer(situation, rates),
        barred_by(situation, "laid_off_staff"),
        barred_by(situation, "close_family"),
        barred_by(situation, "own_employee"),
        barred_by(situation, "permanent_job"),
        needs(situation, "person_under_30"),
        *_length(situation, rates),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    """Both percentages of § 8-6: which one applies only NAV knows."""
    on = situation.start or situation.on
    return tuple(
        Amount(code, rate.value, rate.unit, (rate,))
        for code, rate in (
            ("general", rates.rate("sommerjobb.percent_general", on)),
            ("reduced_capacity", rates.rate("sommerjobb.percent_reduced_capacity", on)),
        )
    )


def _starts_in_summer(situation: Situation, rates: RateBook) -> Condition:
    start = situation.start
    if start is None:
        return Condition(Known.UNKNOWN, "summer_start", ask="start")
    first = rates.month_day("sommerjobb.first_start_day", situation.on)
    last = rates.month_day("sommerjobb.last_start_day", situation.on)
    return must(first <= (start.month, start.day) <= last, "summer_start", ask="start")


def _length(situation: Situation, rates: RateBook) -> tuple[Condition, ...]:
    """At most four weeks. NAV decides on an end after August: § 8-4 says no, its system says yes."""
    start, end = situation.start, situation.end
    if start is None or end is None:
        return ()
    days = (end - start).days + 1
    last = rates.month_day("sommerjobb.last_end_day_regulation", situation.on)
    return (
        must(days <= rates.value("sommerjobb.max_days", situation.on), "summer_length", ask="end"),
        must(True if (end.month, end.day) <= last else None, "summer_end", ask="end"),
    )
