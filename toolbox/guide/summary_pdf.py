"""The result as one tagged A4 page (PDF/UA-1): a copy to show a partner, never the only form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.estimate import Alternative, Estimate
from inclusion_rules.offers import Offer
from toolbox.catalogue.explanations import cost_rows, later_rows, support_rows
from toolbox.guide.need import Result
from toolbox.ui.figures import day, kroner, number, percent, unbroken, with_rates
from toolbox.ui.paper import frame, lay_out
from toolbox.ui.rate_book import current_book

PAGE = Path(__file__).parent / "pdf" / "summary.typ"
#: So many measures fit beside each other without the page growing to two.
MOST_MEASURES = 2


def file_name(on: date) -> str:
    """Never a name in it: files are forwarded."""
    return f"inkludering-overslag-{on.isoformat()}.pdf"


def summary(result: Result, *, on: date, revision: str) -> bytes:
    """The page as PDF bytes, in the reader's language. The same result and date give the same bytes."""
    return lay_out(PAGE, words(result, on=on, revision=revision))


def words(result: Result, *, on: date, revision: str) -> dict[str, Any]:
    """Everything the page says, as its source reads it."""
    need, shown, contact = result.need, result.shown, result.contact
    language = get_language() or "nb"
    book = current_book()
    place = need.municipality.short_name

    def text(words: Any, prefix: str) -> str:
        return with_rates(words[language], book=book, on=on, prefix=prefix)

    return {
        **frame(
            on,
            title=f"{need.work_name()}, {percent(need.share)}, {place}",
            footer=_("Dette er et overslag. Nav avgjør."),
        ),
        "need": _("Dere trenger én person fra %(start)s. Lønnen er satt til %(wage)s.")
        % {"start": day(need.answers.start), "wage": _wage(result)},
        "fits_heading": _("Dette kan passe"),
        "fits": [
            {"name": offer.measure.name[language], "gives": text(offer.measure.gives, offer.measure.key)}
            for offer in _shown_measures(result)
        ],
        "cost_heading": _("Kostnad i måneden"),
        "figures": [{"label": f.label, "amount": number(f.amount, 0), "unit": f.unit} for f in shown.figures],
        "after": _after_support(shown.found),
        "wait": _("Ikke start før Nav har godkjent avtalen."),
        "risk_heading": _("Risiko, og hva som gjør den mindre"),
        "risks": [
            {
                "what": _("Det blir ikke riktig."),
                "less": _("Avtal sluttdato, og hva som skjer da, før dere starter."),
            },
            {"what": _("Opplæring tar tid."), "less": _("Spør Nav om mentor.")},
            {"what": _("Støtten går ned."), "less": _("Regn med full kostnad fra start.")},
        ],
        "call_heading": _("Hvem du ringer"),
        "call_name": contact.office_name or contact.line_name,
        "call_via": _("gjennom Navs arbeidsgivertelefon") if contact.via_line else contact.ask_for,
        "phone": contact.phone,
        "tel": contact.tel.removeprefix("tel:"),
        "hours": contact.hours or _("Åpningstid: se Navs side"),
        "say": need.say(),
        "next_heading": _("Neste steg"),
        "next": [
            _("Ring Nav om stillingen. Det tar ti minutter."),
            _("Skriv ned tre oppgaver dere trenger hjelp til. Det tar et kvarter."),
        ],
        "assumptions_heading": _("Forutsetninger"),
        "assumptions": _assumptions(result, revision),
    }


def _wage(result: Result) -> str:
    position = result.need.answers.position
    each = _("%(wage)s i timen") if position.per_hour else _("%(wage)s i måneden")
    return each % {"wage": kroner(position.wage, 0 if position.wage == int(position.wage) else 2)}


def _shown_measures(result: Result) -> list[Offer]:
    """The measure the figures are of, first; then the most useful of those that may fit."""
    reckoned = [offer for offer in result.support.every if offer.measure.key == result.need.answers.measure]
    fitting = [
        offer
        for offer in result.support.fitting
        if offer not in reckoned and offer.measure.offer in ("money", "work")
    ]
    return [*reckoned, *fitting][:MOST_MEASURES]


def _after_support(found: Estimate) -> str:
    """What happens when the contribution changes, when support steps down, and when it ends."""
    steps = [_changed(found, change) for change in found.changes]
    steps += [_step_down(way) for way in found.alternatives]
    ends = [way.after for way in found.alternatives if way.after]
    if ends:
        total = kroner(found.cost_on(max(ends)).cost.total)
        steps.append(_("Når støtten er slutt, betaler dere %(total)s i måneden.") % {"total": total})
    return " ".join(filter(None, steps))


def _changed(found: Estimate, change: date) -> str:
    """What each pays from the day of a new contribution, at the percentage of that day."""
    pays = [_("%(amount)s uten støtte") % {"amount": kroner(found.cost_on(change).cost.total)}]
    pays += [
        _("%(amount)s hvis Nav gir %(percent)s")
        % {"amount": kroner(period.you_pay), "percent": percent(period.percent)}
        for way in found.alternatives
        for period in way.periods
        if period.start == change
    ]
    each = _("Fra %(day)s er arbeidsgiveravgiften %(percent)s. Da betaler dere %(pays)s.")
    return each % {
        "day": day(change),
        "percent": percent(found.cost_on(change).position.contribution_percent),
        "pays": ", ".join(pays),
    }


def _step_down(way: Alternative) -> str:
    later = [period for period in way.periods if period.percent != way.percent]
    if not later:
        return ""
    step = _("Gir Nav %(first)s, kan støtten gå ned til %(then)s fra %(day)s. Da betaler dere %(pay)s.")
    return step % {
        "first": percent(way.percent),
        "then": percent(later[0].percent),
        "day": day(later[0].start),
        "pay": kroner(later[0].you_pay),
    }


def _assumptions(result: Result, revision: str) -> str:
    answers, shown = result.need.answers, result.shown
    position = answers.position
    lines = cost_rows(answers, shown.found, current_book())
    later = later_rows(answers, shown.found, current_book())
    rows = " + ".join(f"{row.label.lower()} {kroner(row.amount)}" for row in lines[:-1])
    rounded = _("avrundet")
    rests_on = (*lines[1:4], *later, *support_rows(shown.found)[:1])
    law = "; ".join(dict.fromkeys(row.law for row in rests_on))
    parts = [
        _("Feriepenger %(holiday)s, pensjon %(pension)s, arbeidsgiveravgift %(contribution)s.")
        % {
            "holiday": percent(position.holiday_percent),
            "pension": percent(position.pension_percent),
            "contribution": percent(position.contribution_percent),
        },
        f"{rows[:1].upper()}{rows[1:]} = {kroner(shown.found.cost.total)}, {rounded}.",
        *dict.fromkeys(note for group in shown.months for row in group.rows for note in row.notes),
        *shown.ranges,
        _("Opplæringstid og utstyr er ikke med."),
        f"{unbroken(law)}.",
        _("Satser kontrollert %(day)s, utgave %(revision)s.")
        % {"day": day(current_book().checked()), "revision": revision},
    ]
    if result.contact.confirmed_on:
        parts.append(_("Nummeret er sist bekreftet %(day)s.") % {"day": day(result.contact.confirmed_on)})
    return " ".join(parts)
