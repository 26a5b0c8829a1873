"""The forms for what begins as a file: the texts of a tool, and an entry of the directory.

They refuse what the file would be refused for, beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inclusion_rules.rates import LANGUAGES
from toolbox.desk.rate_forms import LONGEST_ADDRESS, TextField
from toolbox.directory.edited import LINES
from toolbox.publishing.markup import is_secure_address
from toolbox.publishing.report_forms import EmailField
from toolbox.tools import texts
from toolbox.tools.read import LONGEST_DAYS
from toolbox.ui.forms import DateField, Form
from toolbox.ui.guarded import refuse_national_id

LONGEST_TEXT = 600
LONGEST_NAME = 160
LONGEST_OFFERS = 1500

_PHONE = re.compile(r"\+?\d[\d ]{2,18}")
_LANGUAGE = {
    "nb": gettext_lazy("bokmål"),
    "nn": gettext_lazy("nynorsk"),
    "en": gettext_lazy("engelsk"),
}


class Line(TextField):
    """A text in one paragraph, whatever line breaks the browser's own box has put in it."""

    def __init__(self, *, longest: int = LONGEST_TEXT, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs["widget"] = forms.Textarea({"rows": rows})
        missing = gettext_lazy("Skriv teksten på alle tre språk.")
        super().__init__(missing=missing, longest=longest, validators=[refuse_national_id], **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class Lines(TextField):
    """One thing a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            missing=gettext_lazy("Skriv teksten på alle tre språk."),
            longest=LONGEST_OFFERS,
            validators=[refuse_national_id],
            widget=forms.Textarea({"rows": 5}),
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        lines = (" ".join(line.split()) for line in str(super().to_python(value)).splitlines())
        return "\n".join(line for line in lines if line)


class SeededForm(Form):
    """Texts by name, all of them text; days are written 2026-11-25."""

    neste = DateField(
        name=gettext_lazy("Dagen for neste kontroll"),
        label=gettext_lazy("Når skal noen se på teksten igjen?"),
        missing=gettext_lazy("Skriv hvilken dag noen skal se på teksten igjen."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, today: date, initial: Mapping[str, str]
    ) -> None:
        self.today = today
        super().__init__(data, initial={name: _as_people_write(value) for name, value in initial.items()})

    def clean_neste(self) -> date:
        found: date = self.cleaned_data["neste"]
        if found <= self.today:
            raise forms.ValidationError(_("Velg en dag etter i dag."))
        return found

    def not_after_today(self, name: str) -> date:
        found: date = self.cleaned_data[name]
        if found > self.today:
            raise forms.ValidationError(_("Dagen kan ikke være etter i dag."))
        return found

    def texts(self) -> dict[str, str]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
            if name != "neste"
        }


class ToolForm(SeededForm):
    """Every text of a tool in three languages, and the day it was held against its sources."""

    checked = DateField(
        name=gettext_lazy("Dagen for kontrollen"),
        label=gettext_lazy("Når ble teksten sist holdt opp mot kildene?"),
        missing=gettext_lazy("Skriv hvilken dag teksten ble holdt opp mot kildene."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        of_file: Mapping[str, str],
        today: date,
        initial: Mapping[str, str],
    ) -> None:
        self.parts = texts.parts(of_file)
        # A tool has as many steps as its file.
        written = {
            f"{part}_{code}": Line(
                label=f"{part_words(part)} ({_LANGUAGE[code]})", rows=2 if texts.is_sentence(part) else 0
            )
            for part in self.parts
            for code in LANGUAGES
        }
        self.base_fields = {**written, **type(self).base_fields}  # type: ignore[misc]
        super().__init__(data, today=today, initial=initial)

    def clean_checked(self) -> date:
        return self.not_after_today("checked")

    def clean(self) -> dict[str, Any]:
        for part in self.parts:
            for code in LANGUAGES:
                name = f"{part}_{code}"
                found = texts.faults(self.cleaned_data.get(name) or "", sentence=texts.is_sentence(part))
                if name not in self.errors and (told := _told(found)):
                    self.add_error(name, told)
        checked, following = self.cleaned_data.get("checked"), self.cleaned_data.get("neste")
        if checked and following and following - checked > timedelta(days=LONGEST_DAYS):
            self.add_error("neste", _("Velg en dag innen tolv måneder etter at teksten ble kontrollert."))
        return self.cleaned_data

    def texts(self) -> dict[str, str]:
        return super().texts() | {"next_check": self.cleaned_data["neste"].isoformat()}


class HelperForm(SeededForm):
    """What an entry says of how to reach them, and what they help with."""

    name_nb = Line(label=gettext_lazy("Navn"), longest=LONGEST_NAME)
    name_nn = Line(
        label=gettext_lazy("Navn på nynorsk, hvis det er et annet"), longest=LONGEST_NAME, required=False
    )
    name_en = Line(
        label=gettext_lazy("Navn på engelsk, hvis det er et annet"), longest=LONGEST_NAME, required=False
    )
    phone = Line(label=gettext_lazy("Telefon"), longest=20, required=False)
    email = EmailField(
        label=gettext_lazy("E-post"),
        help_text=gettext_lazy("Virksomhetens egen adresse, aldri adressen til en person."),
        required=False,
    )
    url = Line(label=gettext_lazy("Nettsted"), longest=LONGEST_ADDRESS, required=False)
    offers_nb = Lines(
        label=gettext_lazy("Dette kan de hjelpe med (bokmål)"),
        help_text=gettext_lazy("Skriv én ting på hver linje, i samme rekkefølge på alle tre språk."),
    )
    offers_nn = Lines(label=gettext_lazy("Dette kan de hjelpe med (nynorsk)"))
    offers_en = Lines(label=gettext_lazy("Dette kan de hjelpe med (engelsk)"))
    confirmed_on = DateField(
        name=gettext_lazy("Dagen for bekreftelsen"),
        label=gettext_lazy("Når ble opplysningene sist bekreftet?"),
        missing=gettext_lazy("Skriv hvilken dag opplysningene ble bekreftet."),
    )

    def clean_phone(self) -> str:
        found = str(self.cleaned_data["phone"])
        if found and not _PHONE.fullmatch(found):
            raise forms.ValidationError(_("Skriv telefonnummeret slik: 69 00 00 00"))
        return found

    def clean_url(self) -> str:
        found = str(self.cleaned_data["url"])
        if found and not is_secure_address(found):
            raise forms.ValidationError(_("Skriv hele adressen, slik: https://www.nav.no/"))
        return found

    def clean_confirmed_on(self) -> date:
        return self.not_after_today("confirmed_on")

    def clean(self) -> dict[str, Any]:
        counts = {name: len(self.cleaned_data.get(name, "").splitlines()) for name in LINES}
        for name, count in counts.items():
            if name not in self.errors and count != counts[LINES[0]]:
                self.add_error(name, _("Skriv like mange linjer på alle tre språk."))
        return self.cleaned_data


def part_words(part: str) -> str:
    """What editors call a text of a tool: steps_0_title is «Steg 1, overskrift»."""
    kind, _rest, after = part.partition("_")
    number, _rest, piece = after.partition("_")
    told = {
        "title": _("Tittel"),
        "promise": _("Dette sitter dere igjen med"),
        "time": _("Tid"),
        "cost": _("Kostnad"),
        "say": _("Dette kan du si, %(number)s"),
        "why": _("Hvorfor det kan hjelpe, %(number)s"),
        "stepstitle": _("Steg %(number)s, overskrift"),
        "stepstext": _("Steg %(number)s, tekst"),
    }[kind + piece]
    return told % {"number": int(number) + 1} if number else told


def _told(found: Iterable[tuple[str, str]]) -> str:
    """What is wrong with a text of a tool, and what to write instead."""
    told = {
        "missing": _("Skriv teksten på alle tre språk."),
        "no_full_stop": _("Avslutt setningen med punktum."),
        "full_stop": _("Ta bort punktumet til slutt."),
        "exclamation_mark": _("Ta bort utropstegnet."),
        "no_rate": _("Det finnes ingen sats som heter %(about)s."),
    }
    return " ".join(told[fault] % {"about": about} for fault, about in found)


def _as_people_write(value: str) -> str:
    return re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", value) if len(value) == 10 else value
