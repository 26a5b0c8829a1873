"""Trade certificate at work: opplæringslova §§ 7-5, 7-6 and 7-8, opplæringsforskrifta §§ 6-15 and 9-58.

The year of practice may come from another company, so somebody new is not barred; it only has to be there.
"""

from __future__ import annotations

from inclusion_rules.measures import Amount
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    works_here = True if situation.own_employee is Known.YES else None
    return weigh(
        needs(situation, "training_company"),
        must(situation.mentor_time is not Known.NO, "mentor_time", ask="mentor_time"),
        must(works_here, "practice_in_trade", ask="own_employee"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    grant = rates.rate("laerling.basic_grant_2", situation.start or situation.on)
    return (Amount("basic_grant_2", grant.value, grant.unit, (grant,)),)
