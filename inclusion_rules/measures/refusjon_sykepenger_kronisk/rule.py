"""Sick-pay refund for chronic illness: folketrygdloven § 8-20 first paragraph. The employee tells unasked."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Never more than «only if»: the employee tells, unasked, and Nav decides."""
    return weigh(
        must(situation.own_employee is not Known.NO, "new_hire", ask="own_employee"),
        asks_nav("person_tells"),
    )
