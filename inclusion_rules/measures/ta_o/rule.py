"""Adapted work with follow-up (TA-O): tiltaksforskriften ch. 14A. Help, never money (§ 14A-7)."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Turns on a permanent job (§ 14A-5) and a colleague as sponsor (§ 14A-2); own employees after § 1-8."""
    return weigh(
        needs(situation, "permanent_job"),
        needs(situation, "mentor_time"),
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
    )
