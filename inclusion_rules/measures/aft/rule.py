"""A placement during preparatory work training: tiltaksforskriften ch. 13. The grant goes to the provider."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, asks_nav, barred_by, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Only a provider knows whether a participant would like to try the company."""
    return weigh(barred_by(situation, "own_employee"), asks_nav("provider_has_somebody"))
