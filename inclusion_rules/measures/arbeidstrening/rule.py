"""Work practice: tiltaksforskriften ch. 3. No money, so close family is for NAV to judge."""

from __future__ import annotations

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, barred_by, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """May fit whoever can follow up somebody who is not employed there (§§ 3-2 and 3-7)."""
    return weigh(
        barred_by(situation, "own_employee"),
        must(None if situation.close_family is Known.YES else True, "close_family", ask="close_family"),
        must(None if situation.mentor_time is Known.NO else True, "mentor_time", ask="mentor_time"),
    )
