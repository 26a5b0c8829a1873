"""What the pages about organisations ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.access import membership
from toolbox.access.addresses import NotAnAddress, one_form
from toolbox.access.membership import Place
from toolbox.access.org_number import NotNineDigits, WrongCheckDigit, read_org_number
from toolbox.access.organisation_models import Membership, Organisation, Role
from toolbox.access.permissions import may_invite
from toolbox.access.role_words import KINDS, title
from toolbox.ui.forms import Form, LightCopy, Radios, Select
from toolbox.ui.guarded import GuardedField, refuse_national_id


class OrgNumberField(LightCopy, forms.CharField):
    def clean(self, value: Any) -> str:
        written = str(super().clean(value))
        try:
            return read_org_number(written)
        except NotNineDigits:
            raise forms.ValidationError(_("Organisasjonsnummer må ha 9 siffer.")) from None
        except WrongCheckDigit:
            raise forms.ValidationError(
                _("Organisasjonsnummeret kan ikke stemme. Se om to siffer har byttet plass.")
            ) from None


class EmailField(LightCopy, forms.CharField):
    """An address in the one form we keep it in."""

    def clean(self, value: Any) -> str:
        try:
            return one_form(str(super().clean(value)))
        except NotAnAddress:
            raise forms.ValidationError(
                _("E-postadressen må ha et krøllalfategn og et punktum, for eksempel navn@bedrift.no.")
            ) from None


class NameField(LightCopy, forms.CharField):
    pass


def refuse_links(text: str) -> None:
    """A name goes into letters in our name: it must not lead anywhere."""
    if "//" in text or "www." in text.lower():
        raise forms.ValidationError(_("Navnet kan ikke ha en nettadresse."))


class OrganisationForm(Form):
    slag = Radios(
        label=gettext_lazy("Hva skal du legge til?"),
        missing=gettext_lazy("Velg hva du skal legge til."),
        choices=list(KINDS.items()),
    )
    nummer = OrgNumberField(
        label=gettext_lazy("Organisasjonsnummer"),
        help_text=gettext_lazy("Ni siffer. Er dere en avdeling med eget nummer, kan du bruke det."),
        max_length=40,
        error_messages={"required": gettext_lazy("Skriv organisasjonsnummeret.")},
    )


class ByHandForm(OrganisationForm):
    """The same when the register does not answer."""

    navn = NameField(
        label=gettext_lazy("Navnet på virksomheten"),
        max_length=120,
        validators=[refuse_links, refuse_national_id],
        error_messages={
            "required": gettext_lazy("Skriv navnet på virksomheten."),
            "max_length": gettext_lazy("Navnet kan ha 120 tegn."),
        },
    )


class PlaceForm(Form):
    """What a member is from now on."""

    rolle = Radios(
        label=gettext_lazy("Hva skal personen være?"),
        missing=gettext_lazy("Velg hva personen skal være."),
    )

    def __init__(self, organisation: Organisation, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.places = self.offered(organisation)
        self.offer("rolle").choices = _choices(self.places)

    def offered(self, organisation: Organisation) -> dict[str, Place]:
        return membership.places(organisation)

    @property
    def place(self) -> Place:
        return self.places[self.cleaned_data["rolle"]]


class InvitationForm(PlaceForm):
    epost = EmailField(
        label=gettext_lazy("E-postadressen til den du inviterer"),
        max_length=600,
        error_messages={"required": gettext_lazy("Skriv e-postadressen.")},
    )
    sprak = Radios(
        label=gettext_lazy("Hvilket språk skal e-posten ha?"),
        missing=gettext_lazy("Velg hvilket språk e-posten skal ha."),
        choices=settings.LANGUAGES,
    )

    field_order = ("epost", "rolle", "sprak")

    def offered(self, organisation: Organisation) -> dict[str, Place]:
        found = membership.places(organisation)
        if may_invite(organisation, Role.PARTICIPANT):
            found["deltaker"] = Place(Role.PARTICIPANT, False)
        return found


class SuccessorForm(Form):
    """Who looks after the members when the last administrator leaves."""

    etter = Select(
        label=gettext_lazy("Hvem skal være administrator etter deg?"),
        missing=gettext_lazy("Velg hvem som skal være administrator etter deg."),
    )

    def __init__(self, leaving: Membership, data: Any = None) -> None:
        super().__init__(data)
        self.candidates = {str(each.pk): each for each in membership.successors(leaving)}
        self.offer("etter").choices = [
            ("", _("Velg en person")),
            *((key, each.account.name or each.account.email) for key, each in self.candidates.items()),
        ]

    @property
    def successor(self) -> Membership:
        return self.candidates[self.cleaned_data["etter"]]


class ReasonForm(Form):
    grunn = GuardedField(
        name=gettext_lazy("Grunnen"),
        readers=gettext_lazy("Redaktører og medlemmer kan lese den."),
        missing=gettext_lazy("Skriv hvordan du vet at det stemmer."),
        label=gettext_lazy("Hvordan vet du at det stemmer?"),
        help_text=gettext_lazy("For eksempel at du ringte sentralbordet. Ikke skriv navn på personer."),
        longest=500,
    )


class WithdrawalForm(Form):
    grunn = GuardedField(
        name=gettext_lazy("Grunnen"),
        readers=gettext_lazy("Redaktører og medlemmer kan lese den."),
        missing=gettext_lazy("Skriv hvorfor bekreftelsen ikke gjelder lenger."),
        label=gettext_lazy("Hvorfor gjelder ikke bekreftelsen lenger?"),
        help_text=gettext_lazy("Skriv det slik at virksomheten kan rette det. Ikke skriv navn på personer."),
        longest=500,
    )


class NumberForm(Form):
    """Find one by its number; empty, show the newest."""

    nummer = OrgNumberField(label=gettext_lazy("Organisasjonsnummer"), max_length=40)


def _choices(places: dict[str, Place]) -> list[tuple[str, str]]:
    return [(key, title(*place)) for key, place in places.items()]
