"""Which measures fit this situation, and what do they give? The one question the site asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inclusion_rules.measures import Amount, Measure, measures_with_rules
from inclusion_rules.rates import NoRate, RateBook
from inclusion_rules.situation import Situation
from inclusion_rules.verdict import State, Verdict

_ORDER = {State.MAY_FIT: 0, State.ONLY_IF: 1, State.NOT_NOW: 2}


@dataclass(frozen=True, slots=True)
class Offer:
    """One measure, our verdict, and what it may give. `missing` names the rate that is not known yet."""

    measure: Measure
    verdict: Verdict
    amounts: tuple[Amount, ...]
    missing: NoRate | None = None

    @property
    def state(self) -> State:
        return self.verdict.state

    def reasons(self) -> tuple[Mapping[str, str], ...]:
        """The words of the verdict's reasons, {nb, nn, en} each."""
        return tuple(self.measure.reason(code, self.state) for code in self.verdict.reasons)


def offers(situation: Situation, *, rates: RateBook) -> tuple[Offer, ...]:
    """Every measure with a rule, those that may fit first, then by usefulness.

    A rate that is missing for the situation's dates never hides a measure: the offer stands without amounts
    and says which rate is missing.
    """
    found = []
    for measure in measures_with_rules():
        verdict = measure.assess(situation, rates)
        if verdict is None:
            continue
        amounts: tuple[Amount, ...] = ()
        missing = None
        if verdict.state is not State.NOT_NOW:
            try:
                amounts = measure.amounts_for(situation, rates)
            except NoRate as error:
                missing = error
        found.append(Offer(measure, verdict, amounts, missing))
    return tuple(sorted(found, key=lambda offer: (_ORDER[offer.state], offer.measure.order)))
