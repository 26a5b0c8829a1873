"""How long we keep what we have of people, and how it goes. The day is passed in, never read from a clock.

An account that nobody has used for UNUSED months is erased, with a letter NOTICE before. It goes the day the
months are over; a month that lacks the day ends with its last. Each account is erased in a transaction of its
own, so that a run that was stopped is finished by the next, and a second run finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from inclusion_rules.periods import add_months
from toolbox.access import audit, consent, invitations, membership
from toolbox.access.models import Account, SignInCode, Tally
from toolbox.access.organisation_models import Invitation, Membership
from toolbox.access.trail_models import ClosingNotice, Erased, LegalHold, SupportView
from toolbox.outbox.models import Message, recipient_hash
from toolbox.outbox.queue import queue
from toolbox.ui.figures import day

#: Months without signing in, after which an account is erased.
UNUSED = 24
NOTICE = timedelta(days=30)
#: Months that the audit log, and what support has seen, are kept.
LOG_KEPT = 24


class OnHold(ValueError):
    """The account is on legal hold. Lift that first: toolbox legal-hold ADDRESS --lift."""


def purge(on: date, at: datetime, *, delete: bool) -> Iterator[tuple[str, int]]:
    """What of ours has had its time on the day `on`, and how many; delete it when told to.

    `at` is the instant, for what lives minutes and for the log. Codes and counts go by it.
    """
    held = list(LegalHold.objects.values_list("account", flat=True))
    yield "accounts to be told that they will be erased", _tell(on, delete=delete)
    yield "accounts", _erase_unused(on, at, delete=delete)
    yield "sign-in codes", _go(SignInCode.objects.filter(expires_at__lte=at), delete=delete)
    yield "counts against guessing", _go(Tally.objects.filter(ends_at__lte=at), delete=delete)
    yield "sessions", _go(Session.objects.filter(expire_date__lte=at), delete=delete)
    yield "invitations", invitations.purge(at, delete=delete)
    end = _end_of(_months_before(on, LOG_KEPT))
    seen = SupportView.objects.filter(began_at__lt=end).exclude(account__in=held)
    yield "support views", _go(seen, delete=delete)
    yield "audit entries", audit.purge(end, held=held, delete=delete)
    living = list(Account.objects.values_list("pk", flat=True))
    yield "consents of accounts that are gone", consent.purge(living=living, delete=delete)


def erase(account: Account, on: date, at: datetime) -> None:
    """Erase an account, all that hangs on it, and letters to it; what remains is a hash and a number.

    An organisation it alone administers gets the longest member as administrator, and goes when nobody else
    speaks for it. Erasing twice changes nothing. Raises OnHold.
    """
    with transaction.atomic():
        found = Account.objects.select_for_update().filter(pk=account.pk).first()
        if found is None:
            return
        if LegalHold.objects.filter(account=found).exists():
            raise OnHold(f"account {found.pk} is on legal hold: toolbox legal-hold ADDRESS --lift")
        for each in found.memberships.select_related("organisation"):
            _leave(each)
        asked = Invitation.objects.filter(email=found.email)
        for invitation in asked.filter(answer=""):
            invitations.withdraw(invitation)
        asked.update(email="")
        Message.objects.filter(recipient=recipient_hash(found.email)).delete()
        SignInCode.objects.filter(email=found.email).delete()
        Erased.objects.get_or_create(hash=_hash(found), defaults={"on": on})
        audit.record("account.erased", by=None, kind="account", object_id=found.pk, about=found.pk, at=at)
        found.delete()


def ledger() -> Iterator[str]:
    """The hashes of all accounts that are erased: to be kept beside the backups, and given to erase_again."""
    return Erased.objects.order_by("on", "hash").values_list("hash", flat=True).iterator()


def erase_again(hashes: Iterable[str], on: date, at: datetime) -> int:
    """After a restore: erase those whose hash is among `hashes`, also where an old hold stood. How many."""
    gone, erased = set(hashes), 0
    for account in Account.objects.order_by("pk").iterator():
        if _hash(account) in gone:
            LegalHold.objects.filter(account=account).delete()
            erase(account, on, at)
            erased += 1
    # Also those that the backup never had: it is not the only one.
    Erased.objects.bulk_create((Erased(hash=each, on=on) for each in gone), ignore_conflicts=True)
    return erased


def hold(account: Account, on: date, at: datetime) -> None:
    """Keep all of the account and its log until `release`, whatever the periods say."""
    with transaction.atomic():
        _hold, new = LegalHold.objects.get_or_create(account=account, defaults={"since": on})
        if new:
            audit.record(
                "hold.placed", by=None, kind="account", object_id=account.pk, about=account.pk, at=at
            )


def release(account: Account, at: datetime) -> None:
    """End the hold; what has had its time goes with the next purge."""
    with transaction.atomic():
        gone, _each = LegalHold.objects.filter(account=account).delete()
        if gone:
            audit.record(
                "hold.lifted", by=None, kind="account", object_id=account.pk, about=account.pk, at=at
            )


def closes_on(account: Account) -> date:
    """The day the account is erased if nobody signs in, where the person is told in time."""
    return add_months(_last_use(account), UNUSED)


def _unused_since(limit: date) -> QuerySet[Account]:
    """Accounts last used on the day `limit` or before, and not held. A new one counts as used."""
    return Account.objects.filter(
        Q(last_seen__lte=limit) | Q(last_seen=None, created_at__lt=_end_of(limit)), legal_hold=None
    ).order_by("pk")


def _tell(on: date, *, delete: bool) -> int:
    """Tell those whose account will be erased within NOTICE, once for each time they stay away."""
    untold = [
        account
        for account in _unused_since(_months_before(on + NOTICE, UNUSED)).select_related("closing_notice")
        if _told_on(account) is None
    ]
    for account in untold if delete else ():
        last = _last_use(account)
        with transaction.atomic(), translation.override(account.language):
            ClosingNotice.objects.update_or_create(
                account=account, defaults={"last_seen": last, "told_on": on}
            )
            queue(
                "account_closing",
                account.email,
                language=account.language,
                words={
                    "date": day(max(closes_on(account), on + NOTICE)),
                    "link": settings.SITE_URL + reverse("access:sign_in"),
                },
                key=f"account_closing {account.pk} {last}",
            )
    return len(untold)


def _erase_unused(on: date, at: datetime, *, delete: bool) -> int:
    ripe = []
    for account in _unused_since(_months_before(on, UNUSED)).select_related("closing_notice"):
        told = _told_on(account)
        if told is not None and told + NOTICE <= on:
            ripe.append(account)
    for account in ripe if delete else ():
        erase(account, on, at)
    return len(ripe)


def _told_on(account: Account) -> date | None:
    """When the person was told, unless they have been here since."""
    notice: ClosingNotice | None = getattr(account, "closing_notice", None)
    return notice.told_on if notice and notice.last_seen == _last_use(account) else None


def _last_use(account: Account) -> date:
    return account.last_seen or timezone.localdate(account.created_at)


def _leave(left: Membership) -> None:
    try:
        membership.end(left, membership.successors(left).first())
    except membership.LastAdministrator:
        left.organisation.delete()


def _go(found: QuerySet[Model], *, delete: bool) -> int:
    count: int = found.count()
    if delete:
        found.delete()
    return count


def _months_before(on: date, months: int) -> date:
    """The last day from which `months` months have passed on the day `on`."""
    before = add_months(on, -months)
    # 28 February is the end of the months for 29 February too.
    following = before + timedelta(days=1)
    return following if add_months(following, months) <= on else before


def _end_of(last: date) -> datetime:
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _hash(account: Account) -> str:
    return audit.keyed("erased", account.pk, account.created_at)
