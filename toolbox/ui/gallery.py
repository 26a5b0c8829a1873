"""Sample data for the gallery: the café of the front page, and one form in every state a form can have."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.ui.forms import DateField, Form, NumberField, Radios, Select
from toolbox.ui.guarded import GuardedField

#: NOK a month for the kitchen hand in Halden: without support, and with the two percentages Nav may give.
WITHOUT, WITH_LESS, WITH_MORE = 25_418, 15_251, 10_167

FILLED = {"sted": "3101", "andel": "60", "start": "1.2.2027", "fast": "ja"}
WRONG = {"sted": "", "andel": "mye", "start": "32.1.2027", "fast": ""}


class SampleForm(Form):
    """One field of each kind."""

    sted = Select(
        label=gettext_lazy("Hvilken kommune ligger arbeidsplassen i?"),
        help_text=gettext_lazy("Den avgjør hvilket Nav-kontor du ringer."),
        missing=gettext_lazy("Velg hvilken kommune arbeidsplassen ligger i."),
        choices=[("", gettext_lazy("Velg kommune")), ("3101", "Halden"), ("3105", "Sarpsborg")],
    )
    andel = NumberField(
        name=gettext_lazy("Stillingsprosent"),
        label=gettext_lazy("Hvor stor er stillingen?"),
        help_text=gettext_lazy("Skriv stillingsprosenten. Full stilling er 100."),
        missing=gettext_lazy("Skriv stillingsprosenten, for eksempel 60."),
        low=1,
        high=100,
        example="60",
    )
    start = DateField(
        name=gettext_lazy("Startdato"),
        label=gettext_lazy("Når kan personen starte?"),
        missing=gettext_lazy("Skriv startdatoen, for eksempel 1.2.2027."),
    )
    fast = Radios(
        label=gettext_lazy("Blir det en fast stilling?"),
        missing=gettext_lazy("Velg om stillingen er fast."),
        choices=[
            ("ja", gettext_lazy("Ja")),
            ("nei", gettext_lazy("Nei")),
            ("vet-ikke", gettext_lazy("Vet ikke")),
        ],
    )


class SampleText(Form):
    """Free text, which is checked."""

    hjelp = GuardedField(
        name=gettext_lazy("Svaret"),
        label=gettext_lazy("Hva må være på plass for at oppgavene skal gå bra?"),
        readers=gettext_lazy("Alle i samarbeidsrommet kan lese det."),
        missing=gettext_lazy("Skriv hva som må være på plass."),
    )


def context() -> dict[str, Any]:
    """Everything the gallery shows. Each form has ids of its own, so that all may stand on one page."""
    filled = SampleForm(FILLED, auto_id="utfylt_%s")
    wrong = SampleForm(WRONG, auto_id="feil_%s")
    return {
        "two_figures": _figures()[:2],
        "three_figures": _figures(),
        "forms": [
            (_("Uten svar"), SampleForm(auto_id="tom_%s")),
            (_("Med svar"), filled),
            (_("Med feil"), wrong),
        ],
        "texts": [
            (heading, SampleText({"hjelp": text}, auto_id=f"{key}_%s"))
            for heading, key, text in (
                (_("Tekst som stoppes"), "stopp", _("Hun har angst og trenger et rolig rom.")),
                (_("Tekst vi spør om én gang"), "spurt", _("Han blir fort sliten etter lunsj.")),
            )
        ],
        "error_summary": _without_focus(render_to_string("ui/error_summary.html", {"form": wrong})),
        "months": [
            {"label": _("Uten støtte"), "support": 0, "you_pay": WITHOUT, "bar": "100", "support_bar": "0"},
            {
                "label": _("Med støtte"),
                "support": WITHOUT - WITH_LESS,
                "you_pay": WITH_LESS,
                "bar": "60",
                "support_bar": "40",
            },
        ],
        "verdicts": ["may_fit", "only_if", "not_now"],
        "marks": [
            ("stories", _("Lær av andre")),
            ("support", _("Støtte, kostnad og risiko")),
            ("people", _("Hvem kan dette gjelde")),
            ("learning", _("Lær mer sammen")),
            ("help", _("Få hjelp underveis")),
        ],
    }


def _figures() -> list[dict[str, Any]]:
    labels = (_("Uten støtte"), _("Med støtte"), _("Med mer støtte"))
    amounts = (WITHOUT, WITH_LESS, WITH_MORE)
    return [
        {"label": label, "amount": amount, "unit": _("kr i måneden")}
        for label, amount in zip(labels, amounts, strict=True)
    ]


def _without_focus(summary: str) -> SafeString:
    # In a form the summary takes focus. Here it would pull the reader down the page.
    return mark_safe(summary.replace(" autofocus", ""))
