"""Mentor grant: tiltaksforskriften ch. 5, with §§ 1-6 (close family) and 1-8 (own employees)."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, barred_by, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Turns on a colleague with time. It pays by that colleague's wage, which nobody has told us."""
    return weigh(
        barred_by(situation, "close_family"),
        needs(situation, "mentor_time"),
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
    )
