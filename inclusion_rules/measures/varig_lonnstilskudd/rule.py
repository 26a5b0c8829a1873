"""Permanent wage subsidy: tiltaksforskriften ch. 10, with §§ 1-6 (close family) and 1-8 (own employees)."""

from __future__ import annotations

from inclusion_rules.measures import Amount
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, barred_by, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Turns on the aim of a lasting job (§ 10-3); a temporary one is for a try-out only (§ 10-9)."""
    return weigh(
        barred_by(situation, "close_family"),
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
        must(True if situation.permanent_job is Known.YES else None, "permanent_job", ask="permanent_job"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    """The most § 10-7 allows in the first year. NAV sets the percentage by the person."""
    rate = rates.rate("varig_lonnstilskudd.percent_max_first_year", situation.start or situation.on)
    return (Amount("first_year", rate.value, rate.unit, (rate,)),)
