"""What somebody says is wrong, and where an answer goes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.access.addresses import NotAnAddress, one_form
from toolbox.ui.forms import Form, LightCopy
from toolbox.ui.guarded import GuardedField


class EmailField(LightCopy, forms.CharField):
    """An address we can send to, in its one form; empty when nobody wants an answer."""

    widget = forms.EmailInput

    def clean(self, value: str | None) -> str:
        if not (value or "").strip():
            return ""
        try:
            return one_form(value or "")
        except NotAnAddress:
            raise forms.ValidationError(_("Skriv e-postadressen slik: navn@bedrift.no")) from None


class ReportForm(Form):
    hva = GuardedField(
        name=gettext_lazy("Meldingen"),
        label=gettext_lazy("Hva er feil?"),
        help_text=gettext_lazy("Skriv hva som står, og hva som er riktig. Ikke skriv om personer."),
        readers=gettext_lazy("Redaktørene leser meldingen."),
        missing=gettext_lazy("Skriv hva som er feil."),
        longest=1000,
    )
    epost = EmailField(
        label=gettext_lazy("E-postadressen din, hvis du vil ha svar"),
        help_text=gettext_lazy("Vi bruker den bare til svaret, og sletter den etterpå."),
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["epost"].widget.attrs["autocomplete"] = "email"


class AnswerForm(Form):
    svar = GuardedField(
        name=gettext_lazy("Svaret"),
        label=gettext_lazy("Svar"),
        help_text=gettext_lazy(
            "Skriv hva som er rettet, eller hvorfor teksten står. Ikke skriv om personer."
        ),
        readers=gettext_lazy("Den som meldte fra, kan lese svaret."),
        missing=gettext_lazy("Skriv et svar."),
        longest=2000,
    )
