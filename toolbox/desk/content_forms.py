"""The form for what editors write: three languages, all of them before anything can be saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.desk.rate_forms import TextField
from toolbox.publishing.markup import problems
from toolbox.ui.forms import DateField, Form
from toolbox.ui.guarded import GuardedField

TEXT_FIELDS = tuple(f"{part}_{language}" for language in ("nb", "nn", "en") for part in ("title", "text"))
LONGEST_TITLE = 120
LONGEST_NOTICE = 1200


def _title(label: Any) -> TextField:
    missing = gettext_lazy("Skriv overskriften på alle tre språk.")
    return TextField(label=label, missing=missing, longest=LONGEST_TITLE)


def _text(label: Any) -> GuardedField:
    return GuardedField(
        name=label,
        label=label,
        help_text=gettext_lazy("Tom linje gir nytt avsnitt. En lenke skrives [ord](adresse)."),
        readers=gettext_lazy("Alle kan lese teksten."),
        missing=gettext_lazy("Skriv teksten på alle tre språk."),
        longest=LONGEST_NOTICE,
    )


class ContentForm(Form):
    """Title and text in each language, and the day somebody should look at it again."""

    title_nb = _title(gettext_lazy("Overskrift på bokmål"))
    text_nb = _text(gettext_lazy("Tekst på bokmål"))
    title_nn = _title(gettext_lazy("Overskrift på nynorsk"))
    text_nn = _text(gettext_lazy("Tekst på nynorsk"))
    title_en = _title(gettext_lazy("Overskrift på engelsk"))
    text_en = _text(gettext_lazy("Tekst på engelsk"))
    neste = DateField(
        name=gettext_lazy("Dagen for neste kontroll"),
        label=gettext_lazy("Når skal noen se på teksten igjen?"),
        missing=gettext_lazy("Skriv hvilken dag noen skal se på teksten igjen."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, today: date, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.today = today

    def clean_neste(self) -> date:
        found: date = self.cleaned_data["neste"]
        if found <= self.today:
            raise forms.ValidationError(_("Velg en dag etter i dag."))
        return found

    def clean(self) -> dict[str, Any]:
        for name in TEXT_FIELDS:
            found = problems(self.cleaned_data.get(name, ""))
            if found:  # one message: two with the same id would leave a screen reader with the first
                self.add_error(name, " ".join(problem_words(*each) for each in found))
        return self.cleaned_data

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}


def problem_words(problem: str, words: str) -> str:
    """What is wrong with a text, and what to write instead."""
    told = {
        "html": _("«%(words)s» blir vist som tekst. Ta det bort."),
        "picture": _("«%(words)s»: teksten kan ikke ha bilder."),
        "main_heading": _("«%(words)s»: begynn overskriften med to #. Siden har alt en hovedoverskrift."),
        "heading_skipped": _("«%(words)s»: overskriften hopper over et nivå. Bruk ## før ###."),
        "empty_link_words": _("«%(words)s»: skriv hvor lenken fører."),
        "dead_link": _("«%(words)s»: vi har ingen slik side."),
        "wrong_address": _("«%(words)s»: adressen må begynne med https:// eller med / på vår egen side."),
    }
    return told[problem] % {"words": words}
