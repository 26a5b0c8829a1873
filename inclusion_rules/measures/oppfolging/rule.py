"""Follow-up by a provider: tiltaksforskriften ch. 4, with § 1-8 (own employees)."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """May fit any employer; for own employees the duty to adapt comes first."""
    return weigh(
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee")
    )
