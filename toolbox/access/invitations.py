"""Ask somebody to join, and what becomes of it. Opening the link changes nothing; answering it ends it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from toolbox.access import audit
from toolbox.access.models import Account
from toolbox.access.organisation_models import Answer, Invitation, Membership, Organisation, Role
from toolbox.outbox import queue as outbox
from toolbox.ui.figures import day

#: How long a link works. The letter and the page say until when.
OPEN_FOR = timedelta(days=7)
#: Invitations in the last 24 hours, by one account and for one organisation.
BY_ACCOUNT, BY_ORGANISATION = 20, 50
_DAY = timedelta(days=1)
#: After this nobody asks what became of it.
_KEPT = timedelta(days=90)
_TOKEN = re.compile(r"[0-9a-f]{32}")
#: Somebody to talk to who is neither the company nor us.
_NAV_FOR_PEOPLE = "55 55 33 33"


class TooMany(ValueError):
    """The day's share of invitations is used. Wait until tomorrow."""


class Unanswerable(ValueError):
    """This form's invitation is answered or replaced since. Make a new one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation, and the link that opens it: it can be shown now, and not be found again."""

    invitation: Invitation
    link: str


def invite(
    organisation: Organisation,
    by: Account,
    *,
    email: str,
    role: Role,
    administrator: bool,
    language: str,
    key: str,
    at: datetime,
) -> Sent:
    """Queue a letter to `email` (in the one form of toolbox.access.addresses); an older one there ends.

    Nothing here or in the answer depends on whether the address has an account. The same form again sends
    nothing and gives the same link. Whether `by` may invite to this role is asked before
    (toolbox.access.permissions).

    Raises TooMany, and Unanswerable for a form whose invitation is closed since.
    """
    form = f"{by.pk}:{organisation.pk}:{key}:{email}:{role}:{administrator}"
    # Worked out from the form and the installation's secret: a second press is answered without keeping it.
    token = hashlib.blake2b(
        f"invitation:{form}".encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16
    ).hexdigest()
    with translation.override(language):
        link = settings.SITE_URL + reverse("company:invitation", args=[token])
    with transaction.atomic():
        # In this order everywhere, so that nobody waits in a ring.
        Account.objects.select_for_update().filter(pk=by.pk).first()
        Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
        before = Invitation.objects.filter(form_key=_hash(form)).select_related("message").first()
        if before is not None:
            if not is_open(before, at):
                raise Unanswerable
            return Sent(before, link)
        lately = Invitation.objects.filter(created_at__gt=at - _DAY)
        if (
            lately.filter(invited_by=by).count() >= BY_ACCOUNT
            or lately.filter(organisation=organisation).count() >= BY_ORGANISATION
        ):
            raise TooMany
        _close(organisation.invitations.filter(email=email, answer=""))
        invitation = Invitation(
            organisation=organisation,
            form_key=_hash(form),
            token_hash=_hash(token),
            email=email,
            role=role,
            administrator=administrator,
            invited_by=by,
            created_at=at,
            expires_at=at + OPEN_FOR,
        )
        invitation.message = outbox.queue(
            _MESSAGE_TYPES.get(role, "member_invitation"),
            email,
            language=language,
            words=_words(invitation, link, language),
            key=_message_key(invitation),
        )
        invitation.save()
        _note("sent", invitation, by=by, at=at)
    return Sent(invitation, link)


def could_be_token(text: str) -> bool:
    """Whether we may once have sent it: rows are deleted, and links live on in letters."""
    return _TOKEN.fullmatch(text) is not None


def find(token: str) -> Invitation | None:
    """The invitation of a link, a closed one too."""
    return (
        Invitation.objects.filter(token_hash=_hash(token))
        .select_related("organisation", "invited_by")
        .first()
    )


def is_open(invitation: Invitation, at: datetime) -> bool:
    """False when it is answered, too old, or the organisation is gone or no longer who it said it was."""
    organisation = invitation.organisation
    return (
        not invitation.answer
        and at < invitation.expires_at
        and organisation.is_active
        and (invitation.role != Role.PARTICIPANT or organisation.is_confirmed)
    )


def waiting(organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Those without an answer, and what to know of those with one that came lately, newest first."""
    return (
        organisation.invitations.filter(expires_at__gt=at)
        .exclude(answer__in=(Answer.WITHDRAWN, Answer.ACCEPTED))
        .select_related("message")
        .order_by("-created_at")
    )


def accept(invitation: Invitation, account: Account, at: datetime) -> Membership | None:
    """`account` joins; whoever is a member already stays what he is. None when the invitation is closed.

    The same account accepting again gets the same membership.
    """
    with transaction.atomic():
        now = _locked(invitation)
        if now is None or now.accepted_by_id != account.pk and not is_open(now, at):
            return None
        if now.accepted_by_id == account.pk:
            return Membership.objects.filter(organisation=now.organisation, account=account).first()
        membership, _new = Membership.objects.get_or_create(
            organisation=now.organisation,
            account=account,
            defaults={"role": now.role, "administrator": now.administrator, "since": at},
        )
        Invitation.objects.filter(pk=now.pk).update(answer=Answer.ACCEPTED, accepted_by=account)
        outbox.withdraw(_message_key(now))
        _note("accepted", now, by=account, at=at)
    return membership


def refuse(invitation: Invitation, answer: Answer, at: datetime) -> bool:
    """No thanks, or somebody else was meant; of the latter no address is kept. False when it is closed."""
    with transaction.atomic():
        now = _locked(invitation)
        if now is None or not is_open(now, at):
            return False
        Invitation.objects.filter(pk=now.pk).update(
            answer=answer, email="" if answer == Answer.NOT_ME else now.email
        )
        outbox.withdraw(_message_key(now))
        _note(answer, now, by=None, at=at)
    return True


def withdraw(invitation: Invitation) -> None:
    """Take it back. Its link is dead, and a letter that has not left does not leave."""
    with transaction.atomic():
        _close(Invitation.objects.filter(pk=invitation.pk, answer=""))


def withdraw_those_by(membership: Membership) -> None:
    """Whoever may no longer invite must hold no link that still opens."""
    _close(membership.organisation.invitations.filter(invited_by=membership.account_id, answer=""))


def purge(at: datetime, *, delete: bool) -> int:
    """Delete what is older than _KEPT; only count without `delete`."""
    old = Invitation.objects.filter(created_at__lte=at - _KEPT)
    count = old.count()
    if delete:
        old.delete()
    return count


_MESSAGE_TYPES = {Role.MENTOR: "mentor_invitation", Role.PARTICIPANT: "participant_invitation"}


def _words(invitation: Invitation, link: str, language: str) -> dict[str, str]:
    company, inviter = invitation.organisation.name, invitation.invited_by
    with translation.override(language):
        words = {"link": link, "date": day(timezone.localdate(invitation.expires_at))}
    if invitation.role == Role.PARTICIPANT:
        return {**words, "company_or_role": company, "phone": settings.OPERATOR["phone"] or _NAV_FOR_PEOPLE}
    return {**words, "company": company, "inviter": inviter.name or inviter.email}


def _note(what: str, invitation: Invitation, *, by: Account | None, at: datetime) -> None:
    audit.record(f"invitation.{what}", by=by, kind="invitation", object_id=invitation.pk, at=at)


def _close(invitations: QuerySet[Invitation]) -> None:
    for invitation in invitations:
        outbox.withdraw(_message_key(invitation))
    invitations.update(answer=Answer.WITHDRAWN)


def _locked(invitation: Invitation) -> Invitation | None:
    """As it is now. The answers to one invitation come one after another."""
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=invitation.pk)
        .first()
    )


def _message_key(invitation: Invitation) -> str:
    return f"invitation {invitation.pk}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
