"""Supported employment: FOR-2023-06-20-1073 ch. 2. Help for a need beyond the duty to adapt (§ 2-2)."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Not every office offers it, so never more than «only if»."""
    return weigh(
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
        asks_nav("office_offers"),
    )
