"""Individual placement and support: FOR-2023-06-20-1073 ch. 3. Whom it is for, we never ask an employer."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, asks_nav, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Only NAV knows whether a specialist works with the person; help goes beyond the duty (§ 3-2)."""
    return weigh(
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
        asks_nav("specialist_in_contact"),
    )
