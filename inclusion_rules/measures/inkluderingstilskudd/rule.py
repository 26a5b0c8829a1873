"""Inclusion grant: tiltaksforskriften ch. 11, with §§ 1-6 (close family) and 1-8 (own employees)."""

from __future__ import annotations

from datetime import date

from inclusion_rules.measures import Amount
from inclusion_rules.periods import add_months
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import Verdict, barred_by, must, needs, weigh


def assess(situation: Situation, rates: RateBook) -> Verdict:
    """Turns on documented extra costs of adapting the workplace (§ 11-3)."""
    return weigh(
        barred_by(situation, "close_family"),
        needs(situation, "adaptation_costs"),
        must(True if situation.own_employee is Known.NO else None, "own_employee", ask="own_employee"),
    )


def amounts(situation: Situation, rates: RateBook) -> tuple[Amount, ...]:
    """The ceiling of § 11-4: the most that documented costs may come to, not what anybody gets."""
    rate = rates.rate("inkluderingstilskudd.ceiling", _deciding_day(situation, rates))
    return (Amount("ceiling", rate.value, rate.unit, (rate,)),)


def _deciding_day(situation: Situation, rates: RateBook) -> date:
    """NAV takes the ceiling of the day the agreement ends; without such a day we take the start."""
    start = situation.start or situation.on
    longest = add_months(start, int(rates.value("inkluderingstilskudd.max_months", start)))
    return situation.end if situation.end and start <= situation.end <= longest else start
