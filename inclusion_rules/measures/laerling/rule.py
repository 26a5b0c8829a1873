"""Apprentices: opplæringslova §§ 7-5, 7-6 and 7-8, opplæringsforskrifta § 6-15.

The company must be approved by the county and have an instructor. Which of the two basic grants is paid
turns on the apprentice's right to youth education, which nobody asks the employer about: both are shown.
"""

from __future__ import annotations

from inclusion_rules.measures import Amount
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    return weigh(
        needs(situation, "training_company"),
        must(situation.mentor_time is not Known.NO, "mentor_time", ask="mentor_time"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    on = situation.start or situation.on
    grants = [(code, rates.rate(f"laerling.{code}", on)) for code in ("basic_grant_1", "basic_grant_2")]
    return tuple(Amount(code, rate.value, rate.unit, (rate,)) for code, rate in grants)
