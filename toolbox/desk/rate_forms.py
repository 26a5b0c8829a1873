"""The form that proposes a new value for a rate, and what it says when the value does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inclusion_rules.periods import add_months
from inclusion_rules.rates import Misfit, RateTable
from toolbox.publishing.markup import is_secure_address
from toolbox.publishing.models import RateChange, as_written
from toolbox.ui.figures import day, number
from toolbox.ui.forms import (
    LONGEST_ANSWER,
    DateField,
    Form,
    LightCopy,
    Radios,
    read_date,
    read_number,
)

NEW, CORRECTION = "ny", "retter"
LONGEST_TEXT = 200
LONGEST_ADDRESS = 500
LONGEST_REASON = 500

_FIELD_OF = {"value": "verdi", "valid_from": "fra", "known_to": "til"}

# After a mark, three digits may be thousands or decimals. In a rate nobody may have to guess.
_UNCLEAR = re.compile(r"\d[.,]\d{3}(?!\d)")


class TextField(LightCopy, forms.CharField):
    """A line of text of ours: a law, a source, a reason. Not for what somebody says of a person."""

    def __init__(self, *, missing: Any, longest: int = LONGEST_TEXT, **kwargs: Any) -> None:
        too_long = gettext_lazy("Skriv kortere. Her er det plass til %(limit_value)d tegn.")
        super().__init__(
            max_length=longest, error_messages={"required": missing, "max_length": too_long}, **kwargs
        )
        self.widget.attrs.pop("maxlength", None)


class RateForm(Form):
    """A new value of one rate. Its names are those of the address and of the page's own words."""

    verdi = TextField(
        label=gettext_lazy("Verdi"),
        missing=gettext_lazy("Skriv verdien."),
        longest=LONGEST_ANSWER,
    )
    fra = DateField(
        name=gettext_lazy("Første dag"),
        label=gettext_lazy("Gjelder fra og med"),
        missing=gettext_lazy("Skriv hvilken dag verdien gjelder fra."),
    )
    til = DateField(
        name=gettext_lazy("Siste dag"),
        label=gettext_lazy("Fastsatt til og med"),
        help_text=gettext_lazy("Etter denne dagen bruker vi verdien videre, og sier at den er en antakelse."),
        missing="",
        required=False,
    )
    slag = Radios(
        label=gettext_lazy("Hva slags endring er det?"),
        missing=gettext_lazy("Velg hva slags endring det er."),
        choices=[
            (NEW, gettext_lazy("En ny verdi fra en ny dag")),
            (CORRECTION, gettext_lazy("Verdien som står fra denne dagen, er feil")),
        ],
    )
    lov = TextField(
        label=gettext_lazy("Lov eller vedtak"),
        missing=gettext_lazy("Skriv hvilken lov eller hvilket vedtak."),
    )
    kilde = TextField(
        label=gettext_lazy("Kilde"),
        help_text=gettext_lazy("Navnet på siden der verdien står."),
        missing=gettext_lazy("Skriv hvor verdien står."),
    )
    adresse = TextField(
        label=gettext_lazy("Adressen til kilden"),
        help_text=gettext_lazy("Den begynner med https://"),
        missing=gettext_lazy("Skriv adressen til kilden."),
        longest=LONGEST_ADDRESS,
    )
    kontrollert = DateField(
        name=gettext_lazy("Dagen for kontroll"),
        label=gettext_lazy("Når leste du kilden?"),
        missing=gettext_lazy("Skriv hvilken dag du leste kilden."),
    )
    grunn = TextField(
        label=gettext_lazy("Hvorfor endrer du tilbake i tid?"),
        help_text=gettext_lazy("Bare når første dag er passert."),
        missing="",
        required=False,
        longest=LONGEST_REASON,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, table: RateTable, today: date) -> None:
        super().__init__(data, initial=_usual(table, today))
        self.table, self.today = table, today
        if table.known_to is None:
            del self.fields["til"]

    def clean_verdi(self) -> str:
        """The value as a rate file writes it."""
        text = self.cleaned_data["verdi"]
        if self.table.unit == "date":
            return as_written(_read(read_date, text, _("Skriv en dato, for eksempel 31.12.2027.")))
        if self.table.unit == "month_day":
            found = _read(read_date, f"{text.rstrip('. ')}.2024", _("Skriv dag og måned, for eksempel 31.8."))
            return as_written((found.month, found.day))
        if _UNCLEAR.search(text) and not (self._decimals() > 2 and "," in text):
            raise forms.ValidationError(
                _("Vi kan ikke se om tegnet skiller tusener eller desimaler. Skriv tusener uten skille.")
            )
        return as_written(_read(read_number, text, _("Skriv et tall, for eksempel 14,1.")))

    def _decimals(self) -> int:
        values = (entry.value for entry in self.table.entries if isinstance(entry.value, Decimal))
        return max((-int(value.as_tuple().exponent) for value in values), default=0)

    def clean_adresse(self) -> str:
        address = str(self.cleaned_data["adresse"])
        if not is_secure_address(address):
            raise forms.ValidationError(_("Adressen må begynne med https:// og ikke ha mellomrom."))
        return address

    def clean_kontrollert(self) -> date:
        found: date = self.cleaned_data["kontrollert"]
        if found > self.today:
            raise forms.ValidationError(_("Dagen for kontroll kan ikke være etter i dag."))
        return found

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        start = found.get("fra")
        if start and start < self.today and not found.get("grunn"):
            self.add_error("grunn", _("Første dag er passert. Skriv hvorfor verdien endres tilbake i tid."))
        if not self.errors:
            try:
                self.table.with_value(RateChange(**self.fields_of_change()).new_value())
            except Misfit as misfit:
                self.add_error(_FIELD_OF[misfit.field], misfit_words(misfit))
        return found

    def fields_of_change(self) -> dict[str, Any]:
        """What a RateChange holds, when the form is valid."""
        found = self.cleaned_data
        return {
            "key": self.table.key,
            "unit": self.table.unit,
            "value": found["verdi"],
            "valid_from": found["fra"],
            "known_to": found.get("til"),
            "replaces": found["slag"] == CORRECTION,
            "law": found["lov"],
            "source_title": found["kilde"],
            "source_url": found["adresse"],
            "checked": found["kontrollert"],
            "reason": found["grunn"],
        }


def misfit_words(misfit: Misfit) -> str:
    """Why a value does not fit, and what to write instead."""
    details = misfit.details
    words: dict[str, Callable[[], str]] = {
        "not_a_number": lambda: _("Skriv et tall, for eksempel 14,1."),
        "out_of_range": lambda: (
            _("Verdien må være mellom %(low)s og %(high)s.")
            % {"low": number(details["low"]), "high": number(details["high"])}
        ),
        "not_whole": lambda: _("Verdien må være et helt tall."),
        "too_many_decimals": lambda: _("Skriv høyst %(most)s desimaler.") % {"most": details["most"]},
        "overlap": lambda: _(
            "Det står alt en verdi fra denne dagen. Velg en annen dag, eller at verdien som står, er feil."
        ),
        "nothing_to_replace": lambda: _("Det står ingen verdi fra akkurat denne dagen som kan rettes."),
        "gap": lambda: (
            _("Verdien må gjelde senest fra %(first)s. Ellers mangler vi sats for dagene før.")
            % {"first": day(details["first"])}
        ),
        "no_last_day": lambda: _("Skriv hvilken dag verdien er fastsatt til og med."),
        "last_day_first": lambda: _("Siste dag må være etter første dag."),
        "lasts_too_long": lambda: _("Siste dag kan ikke være mer enn to år etter første dag."),
    }
    return words[misfit.problem]()


def _usual(table: RateTable, today: date) -> dict[str, Any]:
    """What is filled in for the editor: the day after what is known, and the law it has had."""
    newest = table.entries[-1]
    usual: dict[str, Any] = {"lov": newest.law, "kontrollert": _short(today), "slag": NEW}
    if table.known_to is not None:
        usual["fra"] = _short(table.known_to + timedelta(days=1))
        usual["til"] = _short(add_months(table.known_to, 12))
    return usual


def _short(on: date) -> str:
    return f"{on.day}.{on.month}.{on.year}"


def _read(read: Callable[[str], Any], text: str, otherwise: str) -> Any:
    found = read(text)
    if found is None:
        raise forms.ValidationError(otherwise)
    return found
