"""Four-year wage subsidy for young people, a trial: FOR-2026-02-04-163, with tiltaksforskriften § 1-6."""

from __future__ import annotations

from datetime import date

from inclusion_rules.measures import Amount
from inclusion_rules.rates import NoRate, RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, barred_by, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Never more than «only if»: which offices take part (§ 2) we do not know."""
    return weigh(
        must(_open(situation.start or situation.on, rates), "trial_closed", ask="start"),
        barred_by(situation, "close_family"),
        barred_by(situation, "own_employee"),  # NAV's system refuses it for keeping a job
        needs(situation, "person_under_30"),
        must(None if situation.permanent_job is Known.NO else True, "permanent_job", ask="permanent_job"),
        asks_nav("office_takes_part"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    """The percentage of the first year (§ 7)."""
    rate = rates.rate("firearig_lonnstilskudd_unge.percent_year_1", situation.start or situation.on)
    return (Amount("year_1", rate.value, rate.unit, (rate,)),)


def _open(day: date, rates: RateBook) -> bool:
    """Whether the trial runs on `day` (§§ 12 and 13): before its first day there is no rate at all."""
    try:
        return day <= rates.day("firearig_lonnstilskudd_unge.trial_ends", day)
    except NoRate:
        return False
