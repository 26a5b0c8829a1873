"""Interpreting at work: folketrygdloven §§ 10-5 and 10-7. New or already employed."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, asks_nav, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Only the employee can say that an interpreter is wanted.

    No amount: the administration grant is for the few who employ an interpreter themselves.
    """
    return weigh(asks_nav("person_applies"))
