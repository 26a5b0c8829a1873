"""Personal assistance at work: tiltaksforskriften ch. 6, with § 1-6 (close family)."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, asks_nav, barred_by, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Only the employee can say that help is wanted, and only Nav that it is needed (§ 6-3)."""
    return weigh(
        barred_by(situation, "close_family"),
        asks_nav("person_wants_assistant"),
    )
