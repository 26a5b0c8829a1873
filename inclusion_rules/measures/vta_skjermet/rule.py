"""Hosting somebody from an approved VTA enterprise: tiltaksforskriften §§ 14-10 and 14-10a."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, asks_nav, barred_by, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """The guest stays employed by the enterprise, and only the enterprise knows who would like to come."""
    return weigh(barred_by(situation, "own_employee"), asks_nav("enterprise_has_somebody"))
