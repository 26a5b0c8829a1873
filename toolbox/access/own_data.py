"""What we have about somebody, as they may read it and take it with them, also who has seen what.

Other people stand as a role and initials: what is theirs is not given away with one's own. Codes on their way
and open sessions live minutes or hours and are not told of.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toolbox.access import identity, passkeys, retention
from toolbox.access.models import Account, StaffRole
from toolbox.access.organisation_models import Invitation
from toolbox.access.role_words import title
from toolbox.access.trail_models import AuditEntry, Consent
from toolbox.outbox.message_types import message_types
from toolbox.outbox.models import Message, OptOut, recipient_hash
from toolbox.ui.figures import day

#: How long the link to the file works, and for its owner alone.
LINK_LIVES = timedelta(hours=24)
_SALT = "toolbox.access.own_data"

Value = str | date | datetime | bool | None

STAFF = {
    StaffRole.EDITOR: gettext_lazy("Redaktør"),
    StaffRole.PROGRAMME_OWNER: gettext_lazy("Programeier"),
    StaffRole.OPERATOR: gettext_lazy("Driftsansvarlig"),
}
#: What the acts of the audit log are called; one without words here stands by its name.
ACTS = {
    "address.changed": gettext_lazy("Endret e-postadresse"),
    "content.published": gettext_lazy("Publiserte en tekst"),
    "content.taken_down": gettext_lazy("Tok bort en tekst"),
    "consent.given": gettext_lazy("Sa ja"),
    "consent.withdrawn": gettext_lazy("Trakk et ja tilbake"),
    "data.exported": gettext_lazy("Lastet ned opplysningene dine"),
    "hold.lifted": gettext_lazy("Hevet et pålegg om å ta vare på opplysninger"),
    "hold.placed": gettext_lazy("La inn et pålegg om å ta vare på opplysninger"),
    "invitation.accepted": gettext_lazy("Sa ja til en invitasjon"),
    "invitation.sent": gettext_lazy("Sendte en invitasjon"),
    "members.read": gettext_lazy("Så hvem som er med i virksomheten"),
    "membership.changed": gettext_lazy("Endret en rolle"),
    "membership.ended": gettext_lazy("Avsluttet et medlemskap"),
    "organisation.confirmed": gettext_lazy("Bekreftet en virksomhet"),
    "organisation.set_up": gettext_lazy("La til en virksomhet"),
    "organisation.unconfirmed": gettext_lazy("Trakk tilbake en bekreftelse"),
    "passkey.added": gettext_lazy("La til en passnøkkel"),
    "passkey.removed": gettext_lazy("Fjernet en passnøkkel"),
    "provider.connected": gettext_lazy("Koblet til en annen måte å logge inn på"),
    "provider.disconnected": gettext_lazy("Koblet fra en annen måte å logge inn på"),
    "rate.approved": gettext_lazy("Godkjente en ny sats"),
    "rate.declined": gettext_lazy("Sa nei til en ny sats"),
    "rate.proposed": gettext_lazy("Foreslo en ny sats"),
    "rate.refused": gettext_lazy("Prøvde å godkjenne sin egen sats"),
    "rate.undone": gettext_lazy("Angret en sats"),
    "sign_in.code": gettext_lazy("Logget inn med kode på e-post"),
    "sign_in.demo": gettext_lazy("Logget inn med en lenke fra demoen"),
    "sign_in.passkey": gettext_lazy("Logget inn med passnøkkel"),
    "sign_in.provider": gettext_lazy("Logget inn gjennom en annen tjeneste"),
    "sign_out.everywhere": gettext_lazy("Logget ut overalt"),
    "staff.given": gettext_lazy("Ga en oppgave her"),
    "staff.taken": gettext_lazy("Tok bort en oppgave her"),
    "support.began": gettext_lazy("Åpnet en brukerstøttevisning"),
    "support.read": gettext_lazy("Så opplysningene dine i brukerstøtte"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of what we have. `name` and the keys of the rows are for programs, `words` for people."""

    name: str
    title: str
    words: dict[str, str]
    rows: list[dict[str, Value]]

    def in_words(self, most: int | None = None) -> list[list[tuple[str, str]]]:
        """Label and value of each row, the first `most` rows."""
        return [
            [(self.words[key], _in_words(value)) for key, value in row.items()] for row in self.rows[:most]
        ]


def sections(account: Account) -> list[Section]:
    """Everything, in the reader's language."""
    parts: tuple[Callable[[Account], Section], ...] = (
        _account,
        _staff_roles,
        _ways_in,
        _memberships,
        _invitations,
        _letters,
        _consents,
        _support_views,
        _log,
    )
    return [part(account) for part in parts]


def as_json(account: Account, at: datetime) -> str:
    """The same for programs: each section by its name, instants in UTC."""
    told = {section.name: section.rows for section in sections(account)}
    return json.dumps({"made_at": at, **told}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def file_token(account: Account, at: datetime) -> str:
    """For an address that gives the file to `account` alone, until LINK_LIVES after `at`.

    Nothing is kept. Signing out everywhere closes it.
    """
    until = int((at + LINK_LIVES).timestamp())
    return signing.dumps([account.pk, account.get_session_auth_hash(), until], salt=_SALT)


def file_is_open(token: str, account: Account, at: datetime) -> bool | None:
    """Whether the token still opens the file; None when it is not this account's, or not ours."""
    try:
        pk, seed, until = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if pk != account.pk:
        return None
    return constant_time_compare(seed, account.get_session_auth_hash()) and at.timestamp() < until


def shown(other: Account | None) -> str:
    """Somebody else, as a role and initials; «–» for whoever has no account any more."""
    if other is None:
        return "–"
    staff = other.staff_roles.order_by("pk").first()
    member = other.memberships.order_by("since").first()
    if staff:
        role = str(STAFF[StaffRole(staff.role)])
    else:
        role = title(member.role, member.administrator) if member else _("Bruker")
    initials = "".join(f"{part[0].upper()}." for part in other.name.split())
    return f"{role} {initials}".strip()


def _account(account: Account) -> Section:
    return Section(
        "account",
        _("Kontoen"),
        {
            "email": _("E-postadresse"),
            "name": _("Navn som andre ser"),
            "language": _("Språk i e-post fra oss"),
            "made": _("Laget"),
            "last_seen": _("Sist brukt"),
            "erased_on": _("Slettes hvis du ikke logger inn før"),
        },
        [
            {
                "email": account.email,
                "name": account.name or None,
                "language": account.get_language_display(),
                "made": timezone.localdate(account.created_at),
                "last_seen": account.last_seen,
                "erased_on": retention.closes_on(account),
            }
        ],
    )


def _staff_roles(account: Account) -> Section:
    return Section(
        "staff_roles",
        _("Oppgaver du har her"),
        {"role": _("Oppgave"), "given": _("Gitt"), "by": _("Av")},
        [
            {
                "role": str(STAFF[StaffRole(each.role)]),
                "given": timezone.localdate(each.given_at),
                "by": shown(each.given_by),
            }
            for each in account.staff_roles.select_related("given_by").order_by("pk")
        ],
    )


def _ways_in(account: Account) -> Section:
    keys: list[dict[str, Value]] = [
        {"way": _("Passnøkkelen %(name)s") % {"name": key.name}, "made": key.made, "used": key.used}
        for key in passkeys.listed(account)
    ]
    for each in SocialAccount.objects.filter(user=account).order_by("pk"):
        provider = identity.find(each.provider)
        keys.append(
            {
                "way": provider["name"] if provider else each.provider,
                "made": timezone.localdate(each.date_joined),
                "used": timezone.localdate(each.last_login),
            }
        )
    words = {"way": _("Måte"), "made": _("Lagt til"), "used": _("Sist brukt")}
    return Section("ways_to_sign_in", _("Måter å logge inn på"), words, keys)


def _memberships(account: Account) -> Section:
    return Section(
        "memberships",
        _("Virksomheter du er med i"),
        {
            "organisation": _("Virksomhet"),
            "number": _("Organisasjonsnummer"),
            "role": _("Rolle"),
            "since": _("Fra"),
        },
        [
            {
                "organisation": each.organisation.name,
                "number": each.organisation.number,
                "role": title(each.role, each.administrator),
                "since": timezone.localdate(each.since),
            }
            for each in account.memberships.select_related("organisation").order_by("since")
        ],
    )


def _invitations(account: Account) -> Section:
    mine = Invitation.objects.filter(Q(email=account.email) | Q(accepted_by=account) | Q(invited_by=account))
    return Section(
        "invitations",
        _("Invitasjoner"),
        {
            "organisation": _("Virksomhet"),
            "role": _("Rolle"),
            "by": _("Fra"),
            "at": _("Sendt"),
            "answered": _("Besvart"),
        },
        [
            {
                "organisation": each.organisation.name,
                "role": title(each.role, each.administrator),
                "by": _("Deg") if each.invited_by_id == account.pk else shown(each.invited_by),
                "at": each.created_at,
                "answered": bool(each.answer),
            }
            for each in mine.select_related("organisation", "invited_by").order_by("-created_at")
        ],
    )


def _letters(account: Account) -> Section:
    recipient, language = recipient_hash(account.email), get_language() or "nb"
    rows: list[dict[str, Value]] = [
        {"what": message_types()[each.type].subject[language], "at": each.queued_at, "stopped": False}
        for each in Message.objects.filter(recipient=recipient).order_by("-queued_at")
    ]
    for refused in OptOut.objects.filter(recipient=recipient).order_by("type"):
        rows.append({"what": message_types()[refused.type].about[language], "at": None, "stopped": True})
    words = {"what": _("Hva"), "at": _("Bestilt"), "stopped": _("Du har sagt nei")}
    return Section("letters", _("E-post til deg"), words, rows)


def _consents(account: Account) -> Section:
    return Section(
        "consents",
        _("Samtykker"),
        {
            "purpose": _("Hva det gjelder"),
            "given": _("Ja"),
            "text_version": _("Tekst"),
            "language": _("Språk"),
            "at": _("Når"),
        },
        [
            {
                "purpose": each.purpose,
                "given": each.given,
                "text_version": each.text_version,
                "language": each.get_language_display(),
                "at": each.at,
            }
            for each in Consent.objects.filter(account=account.pk).order_by("-entry")
        ],
    )


def _support_views(account: Account) -> Section:
    return Section(
        "support_views",
        _("Brukerstøtte som har sett siden din"),
        {"by": _("Hvem"), "reason": _("Hvorfor"), "from": _("Fra"), "until": _("Senest til")},
        [
            {"by": shown(each.by), "reason": each.reason, "from": each.began_at, "until": each.ends_at}
            for each in account.support_views.select_related("by").order_by("-began_at")
        ],
    )


def _log(account: Account) -> Section:
    """What others have done with what is theirs, and what they have done themselves, newest first."""
    here = [str(pk) for pk in account.memberships.values_list("organisation", flat=True)]
    entries = AuditEntry.objects.filter(
        Q(subject=account.pk) | Q(actor=account.pk) | Q(act="members.read", object_id__in=here)
    ).order_by("-number")
    others = Account.objects.in_bulk({each.actor for each in entries if each.actor not in (None, account.pk)})
    names = {pk: shown(other) for pk, other in others.items()}

    def who(actor: int | None) -> str:
        if actor is None:
            return _("Den som driver nettstedet")
        return _("Du") if actor == account.pk else names.get(actor, "–")

    return Section(
        "log",
        _("Hvem som har gjort hva"),
        {"at": _("Når"), "who": _("Hvem"), "act": _("Hva")},
        [
            {"at": each.at, "who": who(each.actor), "act": str(ACTS.get(each.act, each.act))}
            for each in entries
        ],
    )


def _in_words(value: Value) -> str:
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{day(local.date())} {local:%H.%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    return value or "–"
