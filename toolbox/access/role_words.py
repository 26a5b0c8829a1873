"""What the kinds of organisations and the roles in them are called, and what a role means, for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toolbox.access.organisation_models import Kind, Role

KINDS = {
    Kind.COMPANY: _("Bedrift"),
    Kind.NAV_OFFICE: _("Nav-kontor"),
    Kind.PROVIDER: _("Tiltaksarrangør"),
    Kind.MUNICIPALITY: _("Kommune"),
    Kind.COUNTY: _("Fylkeskommune"),
}
ROLES = {
    Role.COMPANY_MEMBER: _("Medarbeider"),
    Role.MENTOR: _("Mentor"),
    Role.PARTICIPANT: _("Deltaker"),
    Role.ADVISER: _("Veileder"),
    Role.PROVIDER: _("Tiltaksarrangør"),
}
ADMINISTRATOR = _("Administrator")
_SEES = _("Du ser navnene på de andre, men ikke hvem som er deltaker.")
_LEAVES = _("Du kan gå ut når du vil.")
#: In few lines: what the role is, what one sees, and how one gets out again.
MEANING = {
    Role.COMPANY_MEMBER: (_("Du bruker verktøyene sammen med de andre i bedriften."), _SEES, _LEAVES),
    Role.MENTOR: (_("Du er en kollega som viser og forklarer i arbeidet."), _SEES, _LEAVES),
    Role.PARTICIPANT: (
        _("Du bestemmer hvem som får se planen din."),
        _("Bare administratorene ser at du er deltaker."),
        _LEAVES,
    ),
    Role.ADVISER: (_("Du er den bedrifter og deltakere kan snakke med."), _SEES, _LEAVES),
    Role.PROVIDER: (_("Du følger opp arbeidet sammen med bedriften."), _SEES, _LEAVES),
}
MEANING_OF_ADMINISTRATOR = (
    _("Du ser alle som er med, og kan invitere, endre roller og ta bort medlemmer."),
    _("Du kan gå ut når en annen har tatt over."),
)


def meaning(role: str, administrator: bool) -> list[str]:
    lines = MEANING[Role(role)]
    return [str(line) for line in ((lines[0], *MEANING_OF_ADMINISTRATOR) if administrator else lines)]


def title(role: str, administrator: bool) -> str:
    """«Administrator» is what matters about somebody who is one."""
    return str(ADMINISTRATOR if administrator else ROLES[Role(role)])
