"""«Hva bygger dette på?»: the rows under an estimate, each with its formula, source, law and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.estimate import Estimate, Position, SupportPeriod
from inclusion_rules.mentor_cost import mentor_monthly_cost
from inclusion_rules.money import half_up
from inclusion_rules.net_cost import Mentor
from inclusion_rules.periods import add_months
from inclusion_rules.rates import Rate, RateBook, Source
from toolbox.catalogue.forms import HOLIDAY_RATES, Answers, ZoneSource
from toolbox.catalogue.validity import assumption, valid
from toolbox.ui.figures import day, kroner, number, percent


@dataclass(frozen=True, slots=True)
class Row:
    """One figure and everything behind it. `amount` is whole NOK a month; texts are in the reader's words."""

    label: str
    amount: int
    formula: str
    where_from: str
    law: str
    valid: str
    checked: date
    not_included: str
    sources: tuple[Source, ...] = ()
    strong: bool = False


def cost_rows(answers: Answers, found: Estimate, rates: RateBook, on: date | None = None) -> tuple[Row, ...]:
    """Wage, holiday pay, pension, contribution and the sum, as they add up without support.

    They are those of the start, or of the day `on`.
    """
    each, start = found.cost_on(on or found.start), answers.start
    cost, position = each.cost, each.position
    hours = rates.rate("shared.hours_per_month_full_time", start)
    holiday = _matching(HOLIDAY_RATES, position.holiday_percent, start, rates)
    pension = rates.rate("shared.pension_minimum", start)
    contribution = rates.rate(answers.contribution_key, each.start)
    parts = f"{_exact(cost.wage)} + {_exact(cost.holiday_pay)}"
    with_pension = f"{parts} + {_exact(cost.pension)}"
    of_all = percent(position.contribution_percent)
    exact_total = cost.wage + cost.holiday_pay + cost.pension + cost.contribution
    rounded = _("avrundet")
    return (
        Row(
            label=_("Lønn"),
            amount=half_up(cost.wage),
            formula=_wage_formula(answers, hours, cost.wage),
            where_from=_(
                "Lønnen og stillingsprosenten i skjemaet. Full stilling er %(hours)s timer i måneden."
            )
            % {"hours": number(hours.value)},
            law=_("Arbeidsavtalen mellom dere og den ansatte"),
            valid=_("Så lenge avtalen gjelder"),
            checked=hours.checked,
            not_included=_("Overtid og tillegg for kveld og helg"),
        ),
        Row(
            label=_("Feriepenger"),
            amount=half_up(cost.holiday_pay),
            formula=f"{_exact(cost.wage)} × {percent(position.holiday_percent)} = {_exact(cost.holiday_pay)}",
            where_from=_(
                "Satsen i skjemaet. Den høyere satsen gjelder med fem uker ferie etter tariffavtale."
            ),
            law=holiday.law,
            valid=_valid(holiday, start),
            checked=holiday.checked,
            sources=(holiday.source,),
            not_included=_("Tillegg for dem over seksti år, hvis dere ikke valgte det"),
        ),
        Row(
            label=_("Tjenestepensjon"),
            amount=half_up(cost.pension),
            formula=f"({parts}) × {percent(position.pension_percent)} = {_exact(cost.pension)}",
            where_from=_(
                "Prosenten i skjemaet. Det laveste loven tillater, er fylt inn. Dere kan ha avtalt mer."
            ),
            law=pension.law,
            valid=_valid(pension, start),
            checked=pension.checked,
            sources=(pension.source,),
            not_included=_("Administrasjon og forsikring i pensjonsordningen"),
        ),
        Row(
            label=_("Arbeidsgiveravgift"),
            amount=half_up(cost.contribution),
            formula=f"({with_pension}) × {of_all} = {_exact(cost.contribution)}",
            where_from=_zone(answers, contribution),
            law=contribution.law,
            valid=_valid(contribution, each.start),
            checked=contribution.checked,
            sources=(contribution.source,),
            not_included=_("Lønn ved sykdom, opplæringstid og utstyr"),
        ),
        Row(
            label=_("Sum lønnskostnad"),
            amount=cost.total,
            formula=f"{with_pension} + {_exact(cost.contribution)} = {_exact(exact_total)}, {rounded}",
            where_from=_("De fire radene over. Summen er avrundet én gang, til slutt."),
            law=_("Ingen egen regel"),
            valid=_valid(contribution, each.start),
            checked=contribution.checked,
            not_included=_("Opplæringstid, utstyr og lønn ved sykdom"),
            strong=True,
        ),
    )


def later_rows(answers: Answers, found: Estimate, rates: RateBook) -> Iterator[Row]:
    """The sum from each later day on which a contribution is set, and what that contribution rests on."""
    for each in found.costs[1:]:
        contribution, total = cost_rows(answers, found, rates, each.start)[-2:]
        yield replace(
            _from(total, each.start),
            formula=f"{contribution.formula}. {total.formula}",
            where_from=_(
                "Lønn, feriepenger og pensjon som ved start, og avgift etter satsen fra denne dagen. "
                "Summen er avrundet én gang, til slutt."
            ),
            law=contribution.law,
            sources=contribution.sources,
        )


def support_rows(found: Estimate) -> tuple[Row, ...]:
    """What Nav may pay in each period of each alternative."""
    return tuple(_support_row(found, period) for way in found.alternatives for period in way.periods)


def mentor_rows(answers: Answers, rates: RateBook, found: Estimate | None = None) -> tuple[Row, ...]:
    """What a mentor grant may cover in a month: the mentor's cost for the agreed hours. Empty without.

    A row more for each day on which the cost of `found` changes, while the grant lasts.
    """
    mentor, start = answers.mentor, answers.start
    if mentor is None:
        return ()
    over = add_months(start, int(rates.value("mentor.max_months_general", start)))
    rows = [_mentor_row(mentor, answers.position, start, rates)]
    for change in found.changes if found else ():
        if change < over and found:
            rows.append(_from(_mentor_row(mentor, found.cost_on(change).position, start, rates), change))
    return tuple(rows)


def _from(row: Row, first: date) -> Row:
    return replace(row, label=_("%(what)s fra %(day)s") % {"what": row.label, "day": day(first)})


def _mentor_row(mentor: Mentor, position: Position, start: date, rates: RateBook) -> Row:
    hours, wage = mentor.hours, mentor.wage
    cost = mentor_monthly_cost(
        wage,
        hours,
        holiday_percent=position.holiday_percent,
        pension_percent=position.pension_percent,
        contribution_percent=position.contribution_percent,
    )
    year = rates.rate("mentor.hours_per_year", start)
    of_all = (cost.holiday_pay, cost.pension, cost.contribution)
    hours_word, rounded = _("timer"), _("avrundet")
    return Row(
        label=_("Mentortilskudd hvis Nav godkjenner %(hours)s timer") % {"hours": number(hours)},
        amount=cost.total,
        formula=(
            f"{kroner(wage, 2)} × {number(hours)} {hours_word} = {_exact(cost.wage)}. "
            f"{_exact(cost.wage)} + {' + '.join(_exact(part) for part in of_all)} "
            f"= {kroner(cost.total)}, {rounded}"
        ),
        where_from=_(
            "Lønnen til kollegaen som er mentor, for timene dere avtaler med Nav. "
            "Feriepenger, pensjon og avgift er regnet med satsene i skjemaet."
        ),
        law="Tiltaksforskriften § 5-6",
        valid=_valid(year, start),
        checked=year.checked,
        sources=(year.source,),
        not_included=_("Timer utover dem Nav har godkjent"),
    )


def _support_row(found: Estimate, period: SupportPeriod) -> Row:
    total, rate, rounded = period.support + period.you_pay, period.rates[0], _("avrundet")
    formula = f"{kroner(total)} × {percent(period.percent)} = {_exact(Decimal(total) * period.percent / 100)}"
    if period.capped:
        # The product is what the percentage gives; the year's ceiling gives less.
        spread = _("Taket er nådd. Det som er igjen av årets støtte, er delt likt på månedene.")
        formula = f"{formula}. {spread} {kroner(period.support)}."
    else:
        formula = f"{formula}, {rounded}"
    row = Row(
        label=_("Støtte hvis Nav gir %(percent)s") % {"percent": percent(period.percent)},
        amount=period.support,
        formula=formula,
        where_from=_(
            "Summen uten støtte, ganger prosenten. Nav avgjør om dere får støtte, og hvilken prosent."
        ),
        law=rate.law,
        valid=_valid(rate, period.start),
        checked=rate.checked,
        sources=tuple(dict.fromkeys(r.source for r in period.rates)),
        not_included=_("Overtid og andre variable tillegg"),
    )
    return _from(row, period.start) if period.start in found.changes else row


def _wage_formula(answers: Answers, hours: Rate, wage: Decimal) -> str:
    position = answers.position
    if not position.per_hour:
        return _("%(wage)s i måneden") % {"wage": kroner(wage, 2)}
    hours_word = _("timer")
    worked = f"{number(hours.value)} {hours_word} × {percent(position.position_percent)}"
    return f"{kroner(position.wage, 2)} × {worked} = {_exact(wage)}"


def _matching(keys: Iterable[str], value: Decimal, on: date, rates: RateBook) -> Rate:
    found = [rates.rate(key, on) for key in keys]
    return next((rate for rate in found if rate.value == value), found[0])


def _exact(value: Decimal) -> str:
    return number(value, 2)


def _valid(rate: Rate, on: date) -> str:
    return f"{valid(rate)} {assumption(rate, on)}".strip()


def _zone(answers: Answers, rate: Rate) -> str:
    """Where the zone of the employer's contribution comes from, and what is uncertain about it."""
    sources = {
        ZoneSource.CHOSEN: _("Sonen du valgte i skjemaet."),
        ZoneSource.INFERRED: _("Sonen til kommunen. I Østfold er sonen utledet av eldre lister."),
        ZoneSource.REMEMBERED: _("Sonen til kommunen. Den er ikke kontrollert mot årets liste."),
        ZoneSource.UNKNOWN: _("Vi kjenner ikke sonen til kommunen, og har brukt den høyeste satsen."),
    }
    note = rate.note[get_language() or "nb"] if rate.note else ""
    nav = _("Navs løsning regner avgift også av pensjonen. Forskriften nevner bare lønn og feriepenger.")
    return " ".join(filter(None, [sources[answers.zone_source], note, nav]))
