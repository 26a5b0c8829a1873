"""Practice in the introduction programme: integreringsloven §§ 8, 14 a and 15.

Nobody is employed and no wage is paid. Only the municipality knows whether it has a participant.
"""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, barred_by, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    return weigh(
        barred_by(situation, "own_employee"),
        asks_nav("participant"),
        must(None if situation.mentor_time is Known.NO else True, "mentor_time", ask="mentor_time"),
    )
