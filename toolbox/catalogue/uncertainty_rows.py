"""«Hva bygger dette på?» for the simulation: each part of the mean cost, with formula, sources and dates."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from inclusion_rules.estimate import Alternative, Estimate
from inclusion_rules.gain import WEEKS, OrdinaryHire, SavedSearch
from inclusion_rules.parameters import Parameter, parameter
from inclusion_rules.rates import Rate, Source
from inclusion_rules.risk import (
    ABSENCE,
    ACCOMMODATION,
    LEADER,
    MENTOR,
    PAPERWORK,
    PRODUCTIVITY,
    RETENTION,
    SEARCH,
    SPELLS,
    Answer,
    Question,
)
from toolbox.catalogue.explanations import Row
from toolbox.catalogue.validity import valid
from toolbox.ui.figures import kroner, number, percent


def part_rows(question: Question, answer: Answer, way: Alternative, found: Estimate) -> tuple[Row, ...]:
    """What the mean with support is made of, and its sum. Parts that are nothing are left out."""
    parts = answer.with_measures.parts
    rows = [row for name, row in _parts(question, answer, way, found).items() if parts[name]]
    total = Row(
        label=_("Snitt når Nav gir %(percent)s") % {"percent": percent(way.percent)},
        amount=answer.with_measures.mean,
        formula=" + ".join(kroner(row.amount) for row in rows).replace("+ \u2212", "\u2212 "),
        where_from=_("Radene over. Snittet av %(paths)s tenkte forløp.") % {"paths": number(answer.paths)},
        law=_("Ingen egen regel"),
        valid=_("Så lenge svarene og satsene er de samme"),
        checked=parameter(RETENTION[0]).checked,
        not_included=_("Det modellen ikke vet, se under"),
        strong=True,
    )
    return (*rows, total)


def _parts(question: Question, answer: Answer, way: Alternative, found: Estimate) -> dict[str, Row]:
    parts, rules = answer.with_measures.parts, question.rules
    months = _each(parts["wages"], question.monthly_cost)
    employer_days, sick_pay_rate = rules.rates[0], rules.rates[2]
    support = way.first.rates[0]
    contribution = found.contribution
    return {
        "wages": _assumed(
            _("Lønnskostnad mens personen er ansatt"),
            parts["wages"],
            _("%(cost)s i måneden × %(months)s måneder i snitt")
            % {"cost": kroner(question.monthly_cost), "months": number(months)},
            RETENTION,
            not_included=_("Lønnsvekst"),
            rate=contribution,
        ),
        "mentor": _time(
            _("Mentorens tid"),
            parts["mentor"],
            question.mentor_hour_cost,
            MENTOR,
            not_included=_("Opplæring av mentoren"),
        ),
        "leader": _time(
            _("Lederens tid"),
            parts["leader"],
            question.leader_hour_cost,
            LEADER,
            not_included=_("Vanlig ledelse"),
        ),
        "paperwork": _time(
            _("Søknad, avtale og refusjon"),
            parts["paperwork"],
            question.leader_hour_cost,
            PAPERWORK,
            not_included=_("Klage og etterkontroll"),
        ),
        "accommodation": _assumed(
            _("Tilrettelegging"),
            parts["accommodation"],
            _("Snittet av forløpene: i en del av dem koster det noe, i resten ingenting"),
            ACCOMMODATION,
            not_included=_("Kostnader som kommer hvert år, og det Nav dekker"),
        ),
        "absence": _assumed(
            _("Fravær"),
            parts["absence"],
            _(
                "Ekstra kostnad i de %(days)s dagene dere betaler, pluss arbeid som ikke blir gjort etterpå, "
                "minus sykepenger fra Nav opp til %(ceiling)s i måneden"
            )
            % {"days": rules.employer_days, "ceiling": kroner(rules.sick_pay_ceiling)},
            (*SPELLS, *ABSENCE),
            not_included=_("Fritak fra arbeidsgiverperioden, og forsikring for små bedrifter"),
            rate=employer_days,
            law=f"{employer_days.law}, {sick_pay_rate.law}",
        ),
        "search": _assumed(
            _("Spart søk etter folk"),
            parts["search"],
            _("Ukelønner × andelen som er søk, for dem som blir hele tiden"),
            SEARCH,
            not_included=_("Opplæring"),
        ),
        "work": _assumed(
            _("Verdien av arbeidet"),
            parts["work"],
            _("%(cost)s i måneden × %(months)s måneder av en opplært kollegas arbeid")
            % {
                "cost": kroner(question.trained_monthly_cost),
                "months": number(_each(-parts["work"], question.trained_monthly_cost)),
            },
            PRODUCTIVITY,
            not_included=_("Fortjeneste, og det kolleger får tid til"),
        ),
        "support": Row(
            label=_("Lønnstilskudd"),
            amount=parts["support"],
            formula=_(
                "Støtten måned for måned i overslaget, så lenge personen er ansatt og ikke får sykepenger"
            ),
            where_from=_("Overslaget, hvis Nav gir %(percent)s.") % {"percent": percent(way.percent)},
            law=support.law,
            valid=valid(support),
            checked=support.checked,
            not_included=_("Refusjon som kommer for sent"),
            sources=(support.source,),
        ),
        "grant": Row(
            label=_("Mentortilskudd"),
            amount=parts["grant"],
            formula=_("%(cost)s i måneden i %(months)s måneder, så lenge personen er ansatt")
            % {"cost": kroner(question.mentor_grant), "months": question.mentor_grant_months},
            where_from=_("Mentortimene og mentorens timelønn i skjemaet, hvis Nav godkjenner dem."),
            law="Tiltaksforskriften §§ 5-4 og 5-6",
            valid=valid(rules.rates[-1]),
            checked=rules.rates[-1].checked,
            not_included=_("Timer ut over dem Nav har godkjent"),
        ),
    }


def search_row(saved: SavedSearch) -> Row:
    """The middle of what the search for staff may cost, opened to its range."""
    weeks, share = saved.weeks, saved.share
    each = _("%(weeks)s uker × %(share)s × %(wage)s = %(sum)s")
    lines = (
        each
        % {
            "weeks": number(many),
            "share": percent(100 * part),
            "wage": kroner(saved.weekly_wage),
            "sum": kroner(amount),
        }
        for many, part, amount in zip(weeks, share, (saved.low, saved.mid, saved.high), strict=True)
    )
    return _assumed(
        _("Søket etter folk, midt i spennet"),
        saved.mid,
        _("Lavt, midt og høyt: %(lines)s") % {"lines": "; ".join(lines)},
        SEARCH,
        not_included=_("Opplæring, feriepenger, pensjon og avgift"),
    )


def ordinary_row(hire: OrdinaryHire) -> Row:
    """The middle of what any hire costs besides the wage, opened to its range."""
    each = _("%(weeks)s uker × %(wage)s = %(sum)s")
    lines = (
        each % {"weeks": number(many), "wage": kroner(hire.weekly_wage), "sum": kroner(amount)}
        for many, amount in zip(hire.weeks, (hire.low, hire.mid, hire.high), strict=True)
    )
    return _assumed(
        _("En vanlig ansettelse, midt i spennet"),
        hire.mid,
        _("Lavt, midt og høyt: %(lines)s") % {"lines": "; ".join(lines)},
        (WEEKS,),
        not_included=_("Feriepenger, pensjon og avgift, og det som skjer etter opplæringen"),
    )


def _each(amount: int, per: int) -> Decimal:
    """How many, with one decimal; nothing where a unit costs nothing."""
    return round(Decimal(amount) / per, 1) if per else Decimal(0)


def _time(label: str, amount: int, hour_cost: int, keys: tuple[str, ...], *, not_included: str) -> Row:
    """A row of somebody's hours."""
    formula = _("%(cost)s i timen × %(hours)s timer i snitt") % {
        "cost": kroner(hour_cost),
        "hours": number(_each(amount, hour_cost)),
    }
    return _assumed(label, amount, formula, keys, not_included=not_included)


def _assumed(
    label: str,
    amount: int,
    formula: str,
    keys: tuple[str, ...],
    *,
    not_included: str,
    rate: Rate | None = None,
    law: str = "",
) -> Row:
    """A row that rests on assumptions, and on a rate where there is one."""
    used = [parameter(key) for key in keys]
    ours = all(each.ours for each in used)
    where_from = (
        _("Vårt anslag, som du kan endre i skjemaet.") if ours else _("Målinger, med spenn som er vårt.")
    )
    return Row(
        label=label,
        amount=amount,
        formula=formula,
        where_from=where_from,
        law=law or (rate.law if rate else _("Ikke lov, men anslag")),
        valid=valid(rate) if rate else _("Til noen har målt det bedre"),
        checked=used[0].checked,
        not_included=not_included,
        sources=_read(used) + ((rate.source,) if rate else ()),
    )


def _read(used: list[Parameter]) -> tuple[Source, ...]:
    """Where the assumptions were read, each once; our own estimate has no address."""
    found = {
        source.url: Source(source.title, source.url)
        for each in used
        for source in each.sources
        if source.url is not None
    }
    return tuple(found.values())
