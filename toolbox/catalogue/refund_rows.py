"""«Hva bygger dette på?» of a refund: every step of it, with its formula, source and date."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from inclusion_rules.estimate import Estimate
from inclusion_rules.money import half_towards_plus
from inclusion_rules.month_rows import WITH_YEARLY_CEILING
from inclusion_rules.rates import Rate, RateBook, Source
from inclusion_rules.refund import Claim, Refund
from inclusion_rules.subsidy import monthly_subsidy
from toolbox.catalogue.explanations import Row
from toolbox.catalogue.forms import Answers
from toolbox.catalogue.validity import assumption, valid
from toolbox.ui.figures import day, kroner, month, number, percent


class _Steps:
    """What all rows of one refund share: where Nav's own way of reckoning was read, and when."""

    def __init__(self, claim: Claim, found: Estimate, rates: RateBook) -> None:
        self.on = claim.period.start
        own = rates.rate("shared.refund_deadline_months", claim.period.end)
        self.checked, self.source = own.checked, own.source
        self.measure_rate = found.alternatives[0].first.rates[0]

    def row(
        self,
        label: str,
        amount: Decimal | int,
        formula: str,
        where_from: str,
        *,
        law: str = "",
        without: str = "",
        rates: tuple[Rate, ...] = (),
        strong: bool = False,
    ) -> Row:
        as_read = _("Slik Navs løsning regnet %(day)s.") % {"day": day(self.source.as_of or self.checked)}
        dated = " ".join(f"{valid(rate)} {assumption(rate, self.on)}".strip() for rate in rates)
        sources: tuple[Source, ...] = tuple(dict.fromkeys([*(rate.source for rate in rates), self.source]))
        return Row(
            label=label,
            amount=half_towards_plus(Decimal(amount)),
            formula=formula,
            where_from=where_from,
            law=law or _("Ingen egen regel"),
            valid=dated or as_read,
            checked=min([self.checked, *(rate.checked for rate in rates)]),
            not_included=without or _("Overtid, bonus og utbetalte feriepenger"),
            sources=sources,
            strong=strong,
        )


def refund_rows(
    claim: Claim, refund: Refund, answers: Answers, found: Estimate, paid_this_year: int, rates: RateBook
) -> Iterator[Row]:
    """From the wage to what Nav may pay, in the order Nav reckons."""
    steps, rounded = _Steps(claim, found, rates), _("avrundet")
    rate = steps.measure_rate
    yield steps.row(
        _("Lønn som teller"),
        refund.gross_wage,
        _("%(wage)s tjent opp i %(month)s")
        % {"wage": kroner(refund.gross_wage), "month": month(claim.period.start)},
        _("Lønnen du skrev. Nav henter den fra a-meldingen, og dere merker hva som er tjent opp i måneden."),
        law=rate.law,
    )
    if refund.holiday_deduction:
        yield steps.row(
            _("Trekk for ferie"),
            refund.holiday_deduction,
            f"{kroner(refund.gross_wage)} − {kroner(-refund.holiday_deduction)} = {kroner(refund.wage)}",
            _("Beløpet du skrev. Lønn som er trukket for ferie, er ingen kostnad for dere i måneden."),
        )
    yield from _cost(claim, refund, answers, found, steps, rates)
    if claim.other_refunds:
        yield steps.row(
            _("Kostnad etter andre refusjoner"),
            refund.cost_after_refunds,
            f"{_exact(refund.cost)} − {kroner(claim.other_refunds)} = {_exact(refund.cost_after_refunds)}",
            _("Beløpet du skrev. Nav dekker ikke det dere alt får tilbake, som sykepenger."),
        )
    # Other refunds neither make a minus greater nor bring a cost below zero.
    basis = refund.cost if refund.cost < 0 else max(refund.cost_after_refunds, Decimal(0))
    yield steps.row(
        _("Beregnet refusjon"),
        refund.calculated,
        f"{_exact(basis)} × {percent(claim.subsidy_percent)} = "
        f"{_exact(basis * claim.subsidy_percent / 100)}, {rounded}",
        _("Kostnaden ganger prosenten du skrev."),
        law=rate.law,
        rates=(rate,),
    )
    yield steps.row(
        _("Godkjent beløp"),
        claim.approved,
        _approved(claim, found, rates),
        _(
            "Kostnaden i overslaget, ganger prosenten du skrev. Er det ikke en hel måned, teller dagene. "
            "Nav betaler aldri mer enn det de har godkjent. Beløpet som gjelder, står i avtalen."
        ),
        law=rate.law,
        rates=(rate,),
    )
    if refund.carried_minus:
        yield steps.row(
            _("Minus fra en tidligere måned"),
            refund.carried_minus,
            kroner(refund.carried_minus),
            _("Beløpet du skrev. Det trekkes fra den neste refusjonen i samme avtale."),
        )
    if claim.measure in WITH_YEARLY_CEILING:
        yield _ceiling(claim, paid_this_year, steps, rates)
    yield steps.row(
        _("Refusjon"),
        refund.amount,
        _formula(claim, refund),
        _("Det laveste av beregnet refusjon og godkjent beløp, minus det som er igjen fra før.")
        + (f" {_('Taket for året gjelder til slutt.')}" if claim.measure in WITH_YEARLY_CEILING else ""),
        law=rate.law,
        strong=True,
    )


def _cost(
    claim: Claim, refund: Refund, answers: Answers, found: Estimate, steps: _Steps, rates: RateBook
) -> Iterator[Row]:
    wage, rounded = kroner(refund.wage), _("avrundet")
    parts = f"{wage} + {_exact(refund.holiday_pay)}"
    with_pension = f"{parts} + {_exact(refund.pension)}"
    contribution = rates.rate(answers.contribution_key, found.cost_on(claim.period.start).start)
    calculator = _("Satsen i skjemaet ditt, som i overslaget.")
    yield steps.row(
        _("Feriepenger"),
        refund.holiday_pay,
        f"{wage} × {percent(claim.holiday_percent)} = {_exact(refund.holiday_pay)}",
        calculator,
        law="Ferieloven § 10",
    )
    yield steps.row(
        _("Tjenestepensjon"),
        refund.pension,
        f"({parts}) × {percent(claim.pension_percent)} = {_exact(refund.pension)}",
        calculator,
        law=rates.rate("shared.pension_minimum", steps.on).law,
    )
    yield steps.row(
        _("Arbeidsgiveravgift"),
        refund.contribution,
        f"({with_pension}) × {percent(claim.contribution_percent)} = {_exact(refund.contribution)}",
        calculator
        + " "
        + _("Navs løsning regner avgift også av pensjonen. Forskriften nevner bare lønn og feriepenger."),
        law=contribution.law,
        rates=(contribution,),
    )
    yield steps.row(
        _("Sum lønnskostnad"),
        refund.cost,
        f"{with_pension} + {_exact(refund.contribution)} = {_exact(refund.cost)}, {rounded}",
        _("Lønnen og de tre radene over. Prosenten tas av den nøyaktige summen."),
        without=_("Opplæringstid, utstyr og lønn ved sykdom"),
    )


def _ceiling(claim: Claim, paid_this_year: int, steps: _Steps, rates: RateBook) -> Row:
    multiple = rates.rate(f"{claim.measure}.cap_base_amounts", steps.on)
    base_amount = rates.newest("shared.base_amount", steps.on)
    ceiling = int(multiple.value * base_amount.value)
    left = max(0, ceiling - paid_this_year)
    return steps.row(
        _("Igjen av taket for året"),
        left,
        f"{number(multiple.value)} × {kroner(base_amount.value)} − {kroner(paid_this_year)} = {kroner(left)}",
        _(
            "Taket følger grunnbeløpet (G) den dagen perioden starter. Det gjelder kalenderåret, for samme "
            "person, bedrift og støtte. Et nytt grunnbeløp i mai hever taket."
        ),
        law=multiple.law,
        rates=(base_amount, multiple),
    )


def _approved(claim: Claim, found: Estimate, rates: RateBook) -> str:
    rounded = _("avrundet")
    total = found.cost_on(claim.period.start).cost.total
    formula = f"{kroner(total)} × {percent(claim.subsidy_percent)}, {rounded}"
    if claim.period.months_and_days() == (1, 0):
        return formula
    per_month = monthly_subsidy(total, claim.subsidy_percent) or 0
    days = number(rates.value("shared.days_per_month", claim.period.start))
    return f"{formula} = {kroner(per_month)}. {kroner(per_month)} / {days} × {claim.period.days}, {rounded}"


def _formula(claim: Claim, refund: Refund) -> str:
    lowest = min(refund.calculated, claim.approved)
    formula = kroner(lowest)
    if refund.carried_minus:
        formula = f"{formula} − {kroner(-refund.carried_minus)} = {kroner(lowest + refund.carried_minus)}"
    if refund.over_ceiling:
        formula = f"{formula}. {_('Taket er nådd: %(left)s.') % {'left': kroner(refund.amount)}}"
    return formula


def _exact(value: Decimal) -> str:
    return number(value, 2)
