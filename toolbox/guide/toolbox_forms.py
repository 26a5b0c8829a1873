"""The forms of a result: two dated steps, and a letter in half a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inclusion_rules.periods import add_years
from toolbox.guide.actions import Step
from toolbox.guide.toolbox_result import Shown
from toolbox.publishing.report_forms import EmailField
from toolbox.tools.words import WHO
from toolbox.ui.figures import day
from toolbox.ui.forms import DateField, Form, Radios, Select

#: Nobody plans a step further ahead, in years.
FURTHEST = 2


class StepForm(Form):
    """One step. `kept` is the step as it stands, None before it is planned: too early to ask how it went."""

    hva = Select(
        label=gettext_lazy("Hva skal dere gjøre?"), missing=gettext_lazy("Velg hva dere skal gjøre.")
    )
    hvem = Select(
        label=gettext_lazy("Hvem gjør det?"),
        help_text=gettext_lazy("Velg en rolle. Vi lagrer ikke navn."),
        missing=gettext_lazy("Velg hvem som gjør det."),
    )
    innen = DateField(
        name=gettext_lazy("Datoen"),
        label=gettext_lazy("Når skal det være gjort?"),
        help_text=gettext_lazy("Skriv en dato, for eksempel 1.2.2027."),
        missing=gettext_lazy("Skriv når det skal være gjort, for eksempel 1.2.2027."),
    )
    gikk = Radios(
        label=gettext_lazy("Hvordan gikk det?"),
        required=False,
        choices=[
            ("done", gettext_lazy("Gjort")),
            ("partly", gettext_lazy("Delvis gjort")),
            ("not_done", gettext_lazy("Ikke gjort")),
        ],
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        place: int,
        offered: tuple[Shown, ...],
        proposed: Step,
        kept: Step | None,
        on: date,
    ) -> None:
        initial = {
            "hva": proposed.tool,
            "hvem": proposed.who,
            "innen": f"{proposed.by.day}.{proposed.by.month}.{proposed.by.year}",
            "gikk": proposed.outcome,
        }
        super().__init__(data, prefix=f"steg{place}", initial=initial)
        self._kept, self._on = kept, on
        language = get_language() or "nb"
        self.offer("hva").choices = [(each.key, each.title[language]) for each in offered]
        self.offer("hvem").choices = [(code, text) for code, text in WHO.items() if code != "newcomer"]
        if kept is None:
            del self.fields["gikk"]

    def clean_innen(self) -> date:
        by: date = self.cleaned_data["innen"]
        last = add_years(self._on, FURTHEST)
        stands = self._kept is not None and self._kept.by == by
        if not stands and not self._on <= by <= last:
            raise forms.ValidationError(
                _("Datoen må være fra %(first)s til %(last)s.") % {"first": day(self._on), "last": day(last)}
            )
        return by

    def step(self) -> Step:
        """Only for a valid form."""
        said = self.cleaned_data
        return Step(said["hva"], said["hvem"], said["innen"], said.get("gikk", ""))

    def refuse_twice(self) -> None:
        """Two steps that are the same are one."""
        self.add_error("hva", _("Velg noe annet enn i det første steget."))


class ReminderForm(Form):
    epost = EmailField(
        label=gettext_lazy("E-postadressen din"),
        help_text=gettext_lazy(
            "Vi bruker den bare til denne ene e-posten, og sletter den når e-posten er sendt."
        ),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["epost"].widget.attrs["autocomplete"] = "email"

    def clean_epost(self) -> str:
        address: str = self.cleaned_data["epost"]
        if not address:
            raise forms.ValidationError(_("Skriv e-postadressen slik: navn@bedrift.no"))
        return address
