"""The shapes of answers, as the OpenAPI document tells of them.

Money is whole NOK and its name ends in `_nok`; percentages are numbers; dates are like 2027-02-01. Texts
are in the language that was asked for, with the rates filled in.

Plain pydantic: django-ninja's own Schema looks every value up twice, for the sake of Django's models.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel


class Source(BaseModel):
    """Where something was read, and the day it stood so."""

    title: str
    url: str
    as_of: date | None


class RateUsed(BaseModel):
    """A rate of law or regulation. `value` is a number in `unit`, a date, or a month and day like 06-01."""

    key: str
    name: str
    value: float | int | str
    unit: str
    valid_from: date
    valid_to: date | None
    known_to: date | None
    law: str
    source: Source
    checked: date
    assumed: bool


class Answer(BaseModel):
    """What every answer says of itself."""

    #: The day the rates and rules were asked about.
    valid_on: date
    rate_revision: str
    language: str
    #: True when some figure uses a rate past the day it is known to.
    assumed: bool
    #: That this is an estimate, and that Nav decides.
    notice: str
    sources: list[Source]


class MeasureNamed(BaseModel):
    slug: str
    name: str
    url: str


class MeasureInList(MeasureNamed):
    kind: str
    group: str
    status: str
    confidence: str
    checked: date
    summary: str
    gives: str
    #: Whether `POST costs` can work it out.
    can_be_worked_out: bool


class MeasuresAnswer(Answer):
    count: int
    measures: list[MeasureInList]
    next_cursor: str | None


class Figure(BaseModel):
    label: str
    note: str
    rate: RateUsed


class Step(BaseModel):
    title: str
    text: str


class Link(BaseModel):
    title: str
    url: str


class BesideIt(BaseModel):
    """Another measure for the same person at the same time.

    `how`: read and inferred may stand together, ruled_out and unlikely may not. `law` and `source` are null
    where it is our own conclusion.
    """

    measure: MeasureNamed
    how: str
    law: str | None
    source: Source | None
    checked: date | None


class SharedRuleTold(BaseModel):
    """A rule that concerns several measures: a limit they share, one cost covered once, what comes first."""

    code: str
    kind: str
    text: str
    measures: list[MeasureNamed]
    inferred: bool
    law: str
    source: Source
    checked: date


class MeasureAnswer(Answer):
    measure: MeasureInList
    #: True: Nav must have approved before anybody starts.
    approved_before_start: bool
    fits_person: list[str]
    fits_employer: list[str]
    duration: str | None
    when: str | None
    steps: list[Step]
    duties: list[str]
    unknown: list[str]
    figures: list[Figure]
    beside: list[BesideIt]
    rules: list[SharedRuleTold]
    came_instead: list[MeasureNamed]
    law: list[str]
    links: list[Link]


class AmountGiven(BaseModel):
    """Either NOK or a percentage of the wage cost."""

    code: str
    text: str
    amount_nok: int | None
    percent: float | int | None
    unit: str
    assumed: bool
    rates: list[RateUsed]


class Reason(BaseModel):
    code: str
    text: str


class MissingRate(BaseModel):
    key: str
    on: date


class OfferMade(BaseModel):
    measure: MeasureNamed
    verdict: str
    reasons: list[Reason]
    #: Fields of the question that could change the verdict.
    ask: list[str]
    amounts: list[AmountGiven]
    #: A rate that is not set for these dates; then there are no amounts.
    missing_rate: MissingRate | None
    approved_before_start: bool
    law: list[str]
    sources: list[Source]


class OffersAnswer(Answer):
    offers: list[OfferMade]


class CostRow(BaseModel):
    """One figure and what it rests on. `amount_nok` is a month's."""

    code: str
    label: str
    amount_nok: int
    formula: str
    where_from: str
    law: str
    valid: str
    checked: date | None
    not_included: str
    sources: list[Source]


class CostWithout(BaseModel):
    """The cost of a month. The rows add up to `total_nok`, by the row `rounding` where need be."""

    rows: list[CostRow]
    total_nok: int


class CostLater(CostWithout):
    """The cost of a month from `start` on, when another employer's contribution is in force."""

    start: date


class Sums(BaseModel):
    cost_nok: int
    support_nok: int
    you_pay_nok: int


class MonthOfSupport(Sums):
    """One calendar month, or the days of it that count."""

    start: date
    end: date
    percent: float | int | None
    capped: bool
    assumed: bool


class PeriodWithSupport(BaseModel):
    """A stretch with the same percentage, by the month. `end` null: for as long as Nav gives the support."""

    start: date
    end: date | None
    percent: float | int
    support_per_month_nok: int
    you_pay_per_month_nok: int
    capped: bool
    assumed: bool
    explanation: CostRow
    rates: list[RateUsed]


class AlternativeWay(BaseModel):
    """What follows if Nav gives `percent` at the start. `after`: the first day the employer pays all alone.

    `sums` are the months added up: the whole time with support, or for support without an end, the months
    that are listed.
    """

    percent: float | int
    is_highest: bool
    periods: list[PeriodWithSupport]
    months: list[MonthOfSupport]
    sums: Sums
    after: date | None


class Happening(BaseModel):
    """Something that can happen, and what may have been paid by then, at worst.

    `you_pay_nok` has one figure for each alternative, in their order.
    """

    event: str
    title: str
    what: str
    counted: str
    way_out: str
    carries: str
    start: date
    end: date
    without_support_nok: int
    you_pay_nok: list[int]
    law: str
    sources: list[Source]
    rates: list[RateUsed]


class CostsAnswer(Answer):
    about: str
    measure: MeasureNamed
    start: date
    job_end: date | None
    without_support: CostWithout
    #: One for each later contribution that is set, in order. `without_support` holds until the first.
    later_without_support: list[CostLater]
    alternatives: list[AlternativeWay]
    mentor: list[CostRow]
    #: Where a rule or our knowledge leaves room.
    ranges: list[str]
    what_if: list[Happening]


class Quantile(BaseModel):
    """So many per cent of the courses cost less than this."""

    percent: int
    amount_nok: int


class Bin(BaseModel):
    from_nok: int
    to_nok: int
    courses: int


class Part(BaseModel):
    code: str
    amount_nok: int


class Outcome(BaseModel):
    """The net cost over the whole time; below zero the work is worth more. The parts add up to `mean_nok`."""

    mean_nok: int
    parts: list[Part]
    over_limit_percent: float | int
    quantiles: list[Quantile]
    bins: list[Bin]


class Swing(BaseModel):
    """The mean with measures, when these assumptions are held at their low and at their high."""

    assumptions: list[str]
    label: str
    low_nok: int
    high_nok: int


class Evidence(BaseModel):
    """Where an assumption comes from. `url` null: our own."""

    title: str
    year: int | None
    url: str | None


class Assumption(BaseModel):
    """What was reckoned with, in `unit`: measured, our own judgement (`ours`) or the reader's (`changed`)."""

    key: str
    label: str
    unit: str
    low: float | int
    mid: float | int
    high: float | int
    ours: bool
    changed: bool
    confidence: str
    caveat: str
    checked: date
    sources: list[Evidence]


class RiskAnswer(Answer):
    about: str
    measure: MeasureNamed
    percent: float | int
    is_highest: bool
    months: float | int
    limit_nok: int
    courses: int
    without: Outcome
    with_measures: Outcome
    #: What the mean with measures is made of, each opened to its formula and sources.
    rows: list[CostRow]
    #: The assumption that matters most comes first.
    swings: list[Swing]
    assumptions: list[Assumption]
    does_not_know: str
