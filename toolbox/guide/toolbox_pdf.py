"""A company's result as one tagged A4 page (PDF/UA-1): a copy to show a colleague, never the only form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toolbox.guide.actions import Step
from toolbox.guide.toolbox import Text
from toolbox.guide.toolbox_result import Shown, ShownArea, ToolboxResult
from toolbox.ui.figures import day, with_rates
from toolbox.ui.paper import frame, lay_out
from toolbox.ui.rate_book import current_book

PAGE = Path(__file__).parent / "pdf" / "toolbox.typ"


def file_name(on: date) -> str:
    """Never a name in it: files are forwarded."""
    return f"inkludering-verktoykasse-{on.isoformat()}.pdf"


def on_paper(result: ToolboxResult, planned: Sequence[Step], *, on: date, sent_in: bool) -> bytes:
    """The page as PDF bytes, in the reader's language. The same result, plan and day give the same bytes.

    `sent_in` is False while the answers are not sent in as they stand: the page then says so.
    """
    return lay_out(PAGE, words(result, planned, on=on, sent_in=sent_in))


def words(result: ToolboxResult, planned: Sequence[Step], *, on: date, sent_in: bool) -> dict[str, Any]:
    """Everything the page says, as its source reads it."""
    contact = result.contact
    language = get_language() or "nb"

    def text(said: Text, prefix: str = "") -> str:
        return with_rates(said[language], book=current_book(), on=on, prefix=prefix)

    def step(each: Shown) -> dict[str, str]:
        return {
            "title": text(each.title),
            "promise": text(each.promise),
            "how": f"{_('Tid')}: {text(each.time or {})}. {_('Hvem')}: {each.who}.",
            "why": text(each.why),
        }

    def area(each: ShownArea) -> dict[str, str]:
        names = [text(found.title, found.prefix) for found in each.suggestions]
        return {
            "title": str(each.title),
            "level": each.level.words if each.level else "",
            "range": each.level.range if each.level else "",
            "tools": "; ".join(names),
        }

    place = result.municipality.short_name if result.municipality else ""
    count = _("%(n)s svar") if sent_in else _("foreløpig, bygger på %(n)s svar")
    return {
        **frame(
            on,
            title=_("Dette kan dere gjøre nå"),
            footer=_("Spørsmålene er våre egne og ikke målt mot noe annet."),
        ),
        "about": ", ".join(filter(None, [place, count % {"n": result.count}])),
        "steps_heading": _("De neste to stegene"),
        "steps": [step(each) for each in result.next_steps],
        "plan_heading": _("Planen deres"),
        "plan": [
            _("%(what)s: %(who)s, innen %(by)s.")
            % {"what": text(each.what.title), "who": each.who_in_words, "by": day(each.by)}
            for each in planned
        ],
        "notes": [text(note) for note in result.notes],
        "call_heading": _("Hvem dere ringer"),
        "call_name": contact.office_name or contact.line_name,
        "call_via": contact.through if contact.via_line else contact.ask_for,
        "phone": contact.phone,
        "tel": contact.tel.removeprefix("tel:"),
        "hours": contact.hours or _("Åpningstid: se Navs side"),
        "areas_heading": _("De fem områdene"),
        "areas": [area(each) for each in result.areas],
        "wait": _("Ikke start før Nav har godkjent avtalen."),
        "basis": " ".join(
            [
                _("Bygger på spørsmålene i utgave %(version)s.") % {"version": result.instrument.version},
                *([] if result.short else [_("Nivået gjelder bedriften, aldri personer.")]),
                _("Bruk resultatet til å velge hvor dere begynner, ikke til å måle dere mot andre."),
            ]
        ),
    }
