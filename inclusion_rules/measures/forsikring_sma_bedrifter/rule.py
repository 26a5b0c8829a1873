"""Insurance for small companies: folketrygdloven § 8-21. Turns on last year's wages, which we do not ask."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """It covers everybody employed and is no answer to one new person. The premium is not known."""
    return weigh(
        must(situation.own_employee is not Known.NO, "new_hire", ask="own_employee"),
        asks_nav("wage_sum"),
    )
