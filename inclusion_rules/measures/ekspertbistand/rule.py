"""Expert assistance: forskrift om tilskudd til ekspertbistand §§ 2, 4 and 5. For somebody employed."""

from __future__ import annotations

from inclusion_rules.measures import Amount
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Never more than «only if»: own steps come first, and company, employee and Nav must agree (§ 4)."""
    return weigh(
        must(situation.own_employee is not Known.NO, "new_hire", ask="own_employee"),
        asks_nav("own_steps_first"),
        asks_nav("all_agree"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    """The ceiling the ministry has set (§ 5)."""
    ceiling = rates.rate("ekspertbistand.ceiling", situation.start or situation.on)
    return (Amount("ceiling", ceiling.value, ceiling.unit, (ceiling,)),)
