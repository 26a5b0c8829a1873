"""The answer about risk: the same simulation as the page «Usikkerhet», with every assumption beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from django.utils.translation import gettext as _

from inclusion_rules.measures import Measure
from inclusion_rules.money import divide
from inclusion_rules.parameters import parameter
from inclusion_rules.periods import ONE_DAY, add_months
from inclusion_rules.risk import ASSUMPTIONS, PARTS, SEARCH
from inclusion_rules.risk import Answer as Simulated
from inclusion_rules.risk import Outcome as SimulatedOutcome
from inclusion_rules.risk import Question as Asked
from toolbox.api.answers import Teller, named, plain, row_told
from toolbox.api.shapes import Assumption, Bin, Evidence, Outcome, Part, Quantile, RiskAnswer, Swing
from toolbox.catalogue.estimate_views import Shown
from toolbox.catalogue.uncertainty_forms import UncertaintyForm
from toolbox.catalogue.uncertainty_rows import part_rows
from toolbox.catalogue.uncertainty_views import swing_label

#: A simulation costs about twenty times a page.
SIMULATIONS_A_MINUTE = 60


def risk_answer(
    asked: Asked, simulated: Simulated, own: UncertaintyForm, shown: Shown, measure: Measure, teller: Teller
) -> RiskAnswer:
    found, means = shown.found, simulated.with_measures.parts
    *parts, _total = part_rows(asked, simulated, own.way, found)
    # The page leaves out what is nothing.
    codes = [code for code in PARTS if means[code]]
    rows = [row_told(code, row, teller) for code, row in zip(codes, parts, strict=True)]
    last = add_months(found.start, ceil(asked.months)) - ONE_DAY
    teller.rests_on(measure.sources, assumed=found.assumes(last))
    return RiskAnswer(
        about=shown.about,
        measure=named(measure, teller),
        percent=plain(own.way.percent),
        is_highest=found.up_to,
        months=plain(asked.months),
        limit_nok=asked.limit,
        courses=simulated.paths,
        without=_outcome(simulated.without, simulated),
        with_measures=_outcome(simulated.with_measures, simulated),
        rows=rows,
        swings=[
            Swing(assumptions=list(each.keys), label=swing_label(each), low_nok=each.low, high_nok=each.high)
            for each in simulated.swings
        ],
        assumptions=list(_assumptions(asked, teller.language)),
        does_not_know=_(
            "Modellen kjenner ikke personen, arbeidet eller bedriften, og den vet ikke hvorfor noen slutter, "
            "så den viser hvor usikre anslagene er og ikke alt som kan skje."
        ),
        **teller.envelope(),
    )


def _outcome(outcome: SimulatedOutcome, simulated: Simulated) -> Outcome:
    return Outcome(
        mean_nok=outcome.mean,
        parts=[Part(code=code, amount_nok=amount) for code, amount in outcome.parts.items()],
        over_limit_percent=plain(divide(100 * outcome.over_limit, simulated.paths)),
        quantiles=[
            Quantile(percent=percent, amount_nok=amount) for percent, amount in outcome.quantiles.items()
        ],
        bins=[
            Bin(from_nok=low, to_nok=high, courses=count)
            for (low, high), count in zip(pairwise(simulated.edges), outcome.bins, strict=True)
        ],
    )


def _assumptions(asked: Asked, language: str) -> Iterator[Assumption]:
    """Every assumption that was reckoned with."""
    for key in ASSUMPTIONS:
        if key in SEARCH and not asked.count_search:
            continue
        each = parameter(key)
        used = asked.overrides.get(key, each)
        yield Assumption(
            key=key,
            label=each.label[language],
            unit=each.unit,
            low=plain(used.low),
            mid=plain(used.mid),
            high=plain(used.high),
            ours=each.ours and key not in asked.overrides,
            changed=key in asked.overrides,
            confidence=each.confidence,
            caveat=each.caveat[language],
            checked=each.checked,
            sources=[Evidence(title=s.title, year=s.year, url=s.url) for s in each.sources],
        )
