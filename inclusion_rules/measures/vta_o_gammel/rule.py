"""VTA-O, the old scheme: tiltaksforskriften ch. 14 before 1 September 2026. Closed, so never an offer."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Not for anybody new, whatever the start date: TA-O has taken its place, without money."""
    return weigh(must(False, "closed_to_new"))
