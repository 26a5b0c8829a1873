"""Temporary wage subsidy: tiltaksforskriften ch. 9, with §§ 1-6 (close family) and 1-8 (own employees)."""

from __future__ import annotations

from inclusion_rules.measures import Amount
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, barred_by, must, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """May fit a new hire; for an own employee only after the duty to adapt and long sick leave (§ 9-3)."""
    return weigh(
        barred_by(situation, "close_family"),
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    """The start percentage NAV has mentioned; both of § 9-5 when nobody knows which."""
    on = situation.start or situation.on
    both = tuple(
        Amount(code, rate.value, rate.unit, (rate,))
        for code, rate in (
            ("guidance_start", rates.rate("midlertidig_lonnstilskudd.percent_guidance_start", on)),
            ("adapted_start", rates.rate("midlertidig_lonnstilskudd.percent_adapted_start", on)),
        )
    )
    return tuple(amount for amount in both if amount.value == situation.nav_percent) or both
