"""Answers, made of what the rules say and of what the pages show: the same functions, in other clothes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.bad_cases import BadCase, bad_cases
from inclusion_rules.combining import Link as CombinedLink
from inclusion_rules.combining import SharedRule, combination
from inclusion_rules.estimate import SUBSIDIES, Alternative, Estimate, SupportPeriod
from inclusion_rules.measures import Amount, Measure, all_measures
from inclusion_rules.month_rows import MonthRow, month_rows
from inclusion_rules.net_cost import Reckoning, net_cost
from inclusion_rules.offers import Offer
from inclusion_rules.periods import Period
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.rates import Source as RulesSource
from inclusion_rules.subsidy import period_amount
from toolbox.api.questions import ASKED_AS
from toolbox.api.shapes import (
    AlternativeWay,
    AmountGiven,
    BesideIt,
    CostLater,
    CostRow,
    CostsAnswer,
    CostWithout,
    Figure,
    Happening,
    Link,
    MeasureAnswer,
    MeasureInList,
    MeasureNamed,
    MeasuresAnswer,
    MissingRate,
    MonthOfSupport,
    OfferMade,
    OffersAnswer,
    PeriodWithSupport,
    RateUsed,
    Reason,
    SharedRuleTold,
    Source,
    Step,
    Sums,
)
from toolbox.catalogue.estimate_views import Shown
from toolbox.catalogue.explanations import Row, cost_rows, mentor_rows, support_rows
from toolbox.catalogue.forms import Answers
from toolbox.catalogue.measure_page import page
from toolbox.catalogue.selection import group_of
from toolbox.catalogue.validity import assumption
from toolbox.ui.figures import kroner, with_rates


class Teller:
    """Says things in one language, on one day, with one book of rates."""

    def __init__(self, rates: RateBook, on: date) -> None:
        self.rates, self.on = rates, on
        self.language = get_language() or "nb"
        self._sources: dict[RulesSource, None] = {}
        self._assumed = False

    def text(self, words: Mapping[str, str] | str | None, measure: Measure) -> str:
        """The words in the reader's language, with the rates filled in."""
        if not words:
            return ""
        said = words if isinstance(words, str) else words[self.language]
        return with_rates(said, book=self.rates, on=self.on, prefix=measure.key)

    def texts(self, many: Iterable[Mapping[str, str]], measure: Measure) -> list[str]:
        return [self.text(words, measure) for words in many]

    def rests_on(self, sources: Iterable[RulesSource], *, assumed: bool = False) -> list[Source]:
        """The sources as they are told, remembered for the answer's own list."""
        found = list(sources)
        self._sources.update(dict.fromkeys(found))
        self._assumed = self._assumed or assumed
        return [_source(source) for source in found]

    def rate(self, rate: Rate, on: date | None = None) -> RateUsed:
        assumed = rate.assumed or bool(assumption(rate, on or self.on))
        return RateUsed(
            key=rate.key,
            name=rate.name[self.language],
            value=_value(rate),
            unit=rate.unit,
            valid_from=rate.valid_from,
            valid_to=rate.valid_to,
            known_to=rate.known_to,
            law=rate.law,
            source=self.rests_on([rate.source], assumed=assumed)[0],
            checked=rate.checked,
            assumed=assumed,
        )

    def envelope(self) -> dict[str, Any]:
        """What every answer says of itself. Last: it holds every source that was told of."""
        return {
            "valid_on": self.on,
            "rate_revision": self.rates.revision,
            "language": self.language,
            "assumed": self._assumed,
            "notice": _("Dette er et overslag, ikke et vedtak. Nav avgjør om dere får støtte, og hvor mye."),
            "sources": [_source(source) for source in self._sources],
        }


def measures_answer(
    found: Iterable[Measure], count: int, next_cursor: str | None, teller: Teller
) -> MeasuresAnswer:
    listed = [_in_list(measure, teller) for measure in found]
    return MeasuresAnswer(count=count, measures=listed, next_cursor=next_cursor, **teller.envelope())


def measure_answer(measure: Measure, teller: Teller) -> MeasureAnswer:
    shown, stands = page(measure, teller.rates, teller.on), combination(measure.key)
    told: dict[str, Any] = {
        "measure": _in_list(measure, teller),
        "approved_before_start": measure.before_start,
        "fits_person": teller.texts(measure.fits_person, measure),
        "fits_employer": teller.texts(measure.fits_employer, measure),
        "duration": teller.text(measure.duration, measure) or None,
        "when": teller.text(measure.when, measure) or None,
        "steps": [
            Step(title=teller.text(title, measure), text=teller.text(text, measure))
            for title, text in measure.steps
        ],
        "duties": teller.texts(measure.duties, measure),
        "unknown": teller.texts(measure.unknown, measure),
        "figures": [
            Figure(
                label=teller.text(figure.label, measure),
                note=teller.text(figure.note, measure),
                rate=teller.rate(figure.rate),
            )
            for figure in shown.figures
        ],
        "beside": [_beside(link, teller) for link in stands.links],
        "rules": [_rule(rule, measure, teller) for rule in stands.rules],
        "came_instead": [named(other, teller) for other in shown.instead],
        "law": list(measure.law),
        "links": [Link(title=teller.text(link["title"], measure), url=link["url"]) for link in measure.links],
    }
    return MeasureAnswer(**told, **teller.envelope())


def offers_answer(found: Iterable[Offer], teller: Teller) -> OffersAnswer:
    made = [
        OfferMade(
            measure=named(offer.measure, teller),
            verdict=offer.state.value,
            reasons=[
                Reason(code=code, text=teller.text(words, offer.measure))
                for code, words in zip(offer.verdict.reasons, offer.reasons(), strict=True)
            ],
            ask=[ASKED_AS[fact] for fact in offer.verdict.ask if fact in ASKED_AS],
            amounts=[_amount(amount, offer.measure, teller) for amount in offer.amounts],
            missing_rate=MissingRate(key=offer.missing.key, on=offer.missing.on) if offer.missing else None,
            approved_before_start=offer.measure.before_start,
            law=list(offer.measure.law),
            sources=teller.rests_on(offer.measure.sources),
        )
        for offer in found
    ]
    return OffersAnswer(offers=made, **teller.envelope())


def costs_answer(answers: Answers, shown: Shown, measure: Measure, teller: Teller) -> CostsAnswer:
    found, rates = shown.found, teller.rates
    explained = iter(support_rows(found))
    told: dict[str, Any] = {
        "about": shown.about,
        "measure": named(measure, teller),
        "start": found.start,
        "job_end": found.job_end,
        "without_support": CostWithout(**_without(cost_rows(answers, found, rates), teller)),
        "later_without_support": [
            CostLater(start=each.start, **_without(cost_rows(answers, found, rates, each.start), teller))
            for each in found.costs[1:]
        ],
        "alternatives": [_alternative(way, found, explained, teller) for way in found.alternatives],
        "mentor": [row_told("mentor", row, teller) for row in mentor_rows(answers, rates, found)],
        "ranges": list(shown.ranges),
        "what_if": [_happening(case, measure, teller) for case in _bad_cases(answers, found, rates)],
    }
    teller.rests_on(measure.sources, assumed=found.assumes(found.start))
    return CostsAnswer(**told, **teller.envelope())


def _source(source: RulesSource) -> Source:
    return Source(title=source.title, url=source.url, as_of=source.as_of)


def _value(rate: Rate) -> Any:
    if isinstance(rate.value, Decimal):
        return plain(rate.value)
    if isinstance(rate.value, tuple):
        month, day_of_month = rate.value
        return f"{month:02}-{day_of_month:02}"
    return rate.value.isoformat()


def plain(value: Decimal) -> int | float:
    """A number as JSON writes it: 60, 14.1."""
    return int(value) if value == int(value) else float(value)


def named(measure: Measure, teller: Teller) -> MeasureNamed:
    return MeasureNamed(**_name(measure, teller))


def _name(measure: Measure, teller: Teller) -> dict[str, str]:
    return {
        "slug": measure.slug,
        "name": measure.name[teller.language],
        "url": reverse("catalogue:measure", args=[measure.slug]),
    }


def _beside(link: CombinedLink, teller: Teller) -> BesideIt:
    read = link.reading
    return BesideIt(
        measure=named(link.other, teller),
        how=link.how.value,
        law=read.law if read else None,
        source=teller.rests_on([read.source])[0] if read else None,
        checked=read.checked if read else None,
    )


def _rule(rule: SharedRule, measure: Measure, teller: Teller) -> SharedRuleTold:
    return SharedRuleTold(
        code=rule.key,
        kind=rule.kind.value,
        text=teller.text(rule.words, measure),
        measures=[named(all_measures()[key], teller) for key in rule.measures],
        inferred=rule.inferred,
        law=rule.reading.law,
        source=teller.rests_on([rule.reading.source])[0],
        checked=rule.reading.checked,
    )


def _in_list(measure: Measure, teller: Teller) -> MeasureInList:
    teller.rests_on(measure.sources)
    return MeasureInList(
        **_name(measure, teller),
        kind=measure.kind,
        group=group_of(measure),
        status=measure.status,
        confidence=measure.confidence,
        checked=measure.checked,
        summary=teller.text(measure.summary, measure),
        gives=teller.text(measure.gives, measure),
        can_be_worked_out=measure.key in SUBSIDIES,
    )


def _amount(amount: Amount, measure: Measure, teller: Teller) -> AmountGiven:
    in_percent = amount.unit == "percent"
    return AmountGiven(
        code=amount.code,
        text=teller.text(measure.amounts[amount.code], measure),
        amount_nok=None if in_percent else int(amount.value),
        percent=plain(amount.value) if in_percent else None,
        unit=amount.unit,
        assumed=amount.assumed,
        rates=[teller.rate(rate) for rate in amount.rates],
    )


#: The rows of a month's cost, in the order the calculator shows them.
_COST_CODES = ("wage", "holiday_pay", "pension", "contribution", "total")


def _without(rows: tuple[Row, ...], teller: Teller) -> dict[str, Any]:
    told = [row_told(code, row, teller) for code, row in zip(_COST_CODES, rows, strict=True)]
    *parts, total = told
    added = sum(part.amount_nok for part in parts)
    if added != total.amount_nok:
        parts.append(_rounding(total.amount_nok, added))
    return {"rows": parts, "total_nok": total.amount_nok}


def _rounding(total: int, added: int) -> CostRow:
    """Each row is rounded where it is shown, the total once. What lies between is a row of its own."""
    return CostRow(
        code="rounding",
        label=_("Avrunding"),
        amount_nok=total - added,
        formula=f"{kroner(total)} \u2212 {kroner(added)} = {kroner(total - added)}",
        where_from=_("Hver rad er avrundet for seg, og summen én gang."),
        law=_("Ingen egen regel"),
        valid="",
        checked=None,
        not_included="",
        sources=[],
    )


def row_told(code: str, row: Row, teller: Teller) -> CostRow:
    return CostRow(
        code=code,
        label=row.label,
        amount_nok=row.amount,
        formula=row.formula,
        where_from=row.where_from,
        law=row.law,
        valid=row.valid,
        checked=row.checked,
        not_included=row.not_included,
        sources=teller.rests_on(row.sources),
    )


def _alternative(
    way: Alternative, found: Estimate, explained: Iterator[Row], teller: Teller
) -> AlternativeWay:
    months = [_month(row, found, teller.rates) for row in month_rows(way.agreement, teller.rates).rows]
    return AlternativeWay(
        percent=plain(way.percent),
        is_highest=found.up_to,
        periods=[_period(period, next(explained), teller) for period in way.periods],
        months=months,
        sums=Sums(
            cost_nok=sum(month.cost_nok for month in months),
            support_nok=sum(month.support_nok for month in months),
            you_pay_nok=sum(month.you_pay_nok for month in months),
        ),
        after=way.after,
    )


def _period(period: SupportPeriod, row: Row, teller: Teller) -> PeriodWithSupport:
    teller.rests_on((), assumed=period.assumed)
    return PeriodWithSupport(
        start=period.start,
        end=period.end,
        percent=plain(period.percent),
        support_per_month_nok=period.support,
        you_pay_per_month_nok=period.you_pay,
        capped=period.capped,
        assumed=period.assumed,
        explanation=row_told("support", row, teller),
        rates=[teller.rate(rate, period.start) for rate in period.rates],
    )


def _month(row: MonthRow, found: Estimate, rates: RateBook) -> MonthOfSupport:
    """The cost of a broken month is counted by the day, as Nav counts its support."""
    month = rates.value("shared.days_per_month", row.start)
    cost = period_amount(Period(row.start, row.end), found.cost_on(row.start).cost.total, month)
    return MonthOfSupport(
        start=row.start,
        end=row.end,
        percent=None if row.percent is None else plain(row.percent),
        cost_nok=cost,
        support_nok=row.amount,
        you_pay_nok=cost - row.amount,
        capped=row.capped,
        assumed=row.assumed or found.assumes(row.end),
    )


def _bad_cases(answers: Answers, found: Estimate, rates: RateBook) -> tuple[BadCase, ...]:
    reckoning = Reckoning(found, answers.position, rates=rates, mentor=answers.mentor)
    return bad_cases(reckoning, net_cost(reckoning))


def _happening(case: BadCase, measure: Measure, teller: Teller) -> Happening:
    without, *with_support = case.exposure
    words = case.words
    return Happening(
        event=case.key,
        title=teller.text(words.title, measure),
        what=teller.text(words.what, measure),
        counted=teller.text(words.counted, measure),
        way_out=teller.text(words.way_out, measure),
        carries=teller.text(words.carries, measure),
        start=case.period.start,
        end=case.period.end,
        without_support_nok=without,
        you_pay_nok=with_support,
        law=words.law,
        sources=teller.rests_on(words.sources),
        rates=[teller.rate(rate, case.period.start) for rate in case.rates],
    )
