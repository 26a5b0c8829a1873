"""«Til avtalen med Nav» on paper: the fields with room to write, and the days to remember."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from inclusion_rules.agreement_fields import agreement_fields
from inclusion_rules.rates import RateBook
from toolbox.catalogue.deadline_calendar import Deadline
from toolbox.catalogue.hand_over import HandOver
from toolbox.ui.figures import day
from toolbox.ui.paper import frame, lay_out

SOURCE = Path(__file__).parent / "pdf" / "hand_over.typ"


def file_name(on: date) -> str:
    return f"inkludering-til-avtalen-{on.isoformat()}.pdf"


def on_paper(filled: HandOver, deadlines: Iterable[Deadline], *, on: date, rates: RateBook) -> bytes:
    """The PDF, in the reader's language. The same answers and date give the same bytes."""
    words = frame(on, title=_("Til avtalen med Nav"), footer=_("Vi er ikke Nav. Nav avgjør."))
    words |= {
        "about": _("%(measure)s: dette spør Nav om når dere lager avtalen.") % {"measure": filled.measure},
        "not_nav": _("Vi er ikke Nav. Avtalen gjøres på Navs side:"),
        "address": agreement_fields().address,
        "address_name": agreement_fields().address.removeprefix("https://"),
        "wait": _("Ikke start før Nav har godkjent avtalen."),
        "parts": [asdict(part) for part in filled.parts],
        "dates_heading": _("Datoer å huske"),
        "dates_about": _(
            "Vi vet ikke når Nav godkjenner hver periode. Fristene er regnet fra siste dag i perioden, "
            "og kan bli senere."
        ),
        "columns": [_("Dato"), _("Hva")],
        "dates": [{"on": day(deadline.on), "title": deadline.title} for deadline in deadlines],
        "rates": _("Satser kontrollert %(day)s, utgave %(revision)s.")
        % {"day": day(rates.checked()), "revision": rates.revision},
    }
    return lay_out(SOURCE, words)
