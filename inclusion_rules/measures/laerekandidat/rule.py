"""Training candidates: opplæringslova §§ 7-1, 7-5, 7-6 and 7-8, opplæringsforskrifta § 6-15.

No amounts: which basic grant is paid was not found for training candidates.
"""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    return weigh(
        needs(situation, "training_company"),
        must(situation.mentor_time is not Known.NO, "mentor_time", ask="mentor_time"),
    )
