"""Assistive technology at work: folketrygdloven §§ 10-5 and 10-7. New or already employed."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, asks_nav, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Only the employee can say that there is a need, and only Nav that it is lasting. We ask neither."""
    return weigh(asks_nav("person_applies"))
