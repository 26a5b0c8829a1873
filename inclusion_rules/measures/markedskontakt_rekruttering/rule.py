"""Nav's recruitment help: Nav-loven § 4 and arbeidsmarkedsloven § 7. For whoever needs somebody new."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import Verdict, barred_by, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Fits whoever looks for somebody new; has nothing to offer about somebody who works here already."""
    return weigh(barred_by(situation, "own_employee"))
