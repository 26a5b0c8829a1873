"""What the pages of signing in ask for, and what they say when it cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.access.addresses import NotAnAddress, one_form
from toolbox.access.passkeys import LONGEST_NAME
from toolbox.ui.forms import Form, LightCopy, Radios
from toolbox.ui.guarded import refuse_national_id

#: As access.Account keeps it.
LONGEST_OWN_NAME = 80
_NO_CODE = gettext_lazy("Koden stemmer ikke, eller den er brukt eller for gammel. Be om en ny kode.")


class Line(LightCopy, forms.CharField):
    """One line of text. It may not hold a national id; the message does not repeat one."""

    def __init__(self, *, longest: int, too_long: Any, missing: Any = "", **kwargs: Any) -> None:
        self.longest, self.too_long, self.missing = longest, too_long, missing
        super().__init__(max_length=None, **kwargs)

    def clean(self, value: Any) -> str:
        text = " ".join(str(value or "").split())
        if not text and self.required:
            raise forms.ValidationError(self.missing)
        if len(text) > self.longest:
            raise forms.ValidationError(self.too_long)
        refuse_national_id(text)
        return text


class AddressField(LightCopy, forms.CharField):
    """An e-mail address, in its one form."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("E-postadresse"), max_length=None, **kwargs)
        self.widget.attrs.update({"autocomplete": "email", "size": "32"})

    def clean(self, value: Any) -> str:
        written = str(value or "").strip()
        if not written:
            raise forms.ValidationError(_("Skriv e-postadressen din."))
        try:
            return one_form(written)
        except NotAnAddress:
            raise forms.ValidationError(
                _(
                    "E-postadressen må ha et krøllalfategn og et punktum, for eksempel navn@bedrift.no. "
                    "Foran krøllalfategnet kan den bare ha bokstavene a–z, tall og vanlige tegn."
                )
            ) from None


class AddressForm(Form):
    epost = AddressField(help_text=gettext_lazy("Vi sender en kode dit. Du trenger ikke noe passord."))


class SignInForm(AddressForm):
    egen_maskin = forms.BooleanField(required=False)


class CodeForm(Form):
    """`prove` says whose address a code proves, or None. There is one message whatever was wrong."""

    kode = Line(
        label=gettext_lazy("Koden fra e-posten"),
        longest=40,
        too_long=_NO_CODE,
        missing=gettext_lazy("Skriv koden fra e-posten."),
    )

    def __init__(self, *args: Any, prove: Callable[[str], str | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prove = prove
        self.proved = ""
        self.fields["kode"].widget.attrs.update({"autocomplete": "one-time-code", "size": "20"})

    def clean_kode(self) -> str:
        written: str = self.cleaned_data["kode"]
        email = self.prove(written)
        if email is None:
            raise forms.ValidationError(_NO_CODE)
        self.proved = email
        return written


class DetailsForm(Form):
    navn = Line(
        label=gettext_lazy("Navn som andre ser"),
        help_text=gettext_lazy("Valgfritt. Det vises for dem du samarbeider med her."),
        longest=LONGEST_OWN_NAME,
        too_long=gettext_lazy("Navnet er for langt. Skriv det kortere."),
        required=False,
    )
    sprak = Radios(
        label=gettext_lazy("Språk i e-post fra oss"),
        choices=settings.LANGUAGES,
        missing=gettext_lazy("Velg språk."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["navn"].widget.attrs.update({"autocomplete": "name", "size": "32"})


class PasskeyNameForm(Form):
    navn = Line(
        label=gettext_lazy("Navn på nøkkelen"),
        help_text=gettext_lazy("Slik at du kjenner den igjen, for eksempel «Jobbtelefonen»."),
        longest=LONGEST_NAME,
        too_long=gettext_lazy("Navnet er for langt. Skriv det kortere."),
        missing=gettext_lazy("Skriv et navn på nøkkelen."),
    )
