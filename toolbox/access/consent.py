"""What somebody has said yes to, in which words, and when they said no. Nothing is ever written over.

Consent here steers what is shared in this product. It widens nothing that an employer may ask for by law.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from toolbox.access import audit
from toolbox.access.audit import Problem
from toolbox.access.models import Account
from toolbox.access.trail_models import AuditEntry, Consent

_ACTS = ("consent.given", "consent.withdrawn")


def give(account: Account, purpose: str, *, text_version: str, language: str, at: datetime) -> Consent:
    """Keep a yes. The same yes to the same words again is one yes; new words need a new one."""
    with transaction.atomic():
        # Two answers at once come one after another.
        Account.objects.select_for_update().get(pk=account.pk)
        before = _newest(account, purpose)
        if before and before.given and (before.text_version, before.language) == (text_version, language):
            return before
        return _keep(account, purpose, given=True, words=(text_version, language), at=at)


def withdraw(account: Account, purpose: str, *, at: datetime) -> None:
    """Keep a no, of the words the yes was to. Where there is no yes, nothing happens."""
    with transaction.atomic():
        # Two answers at once come one after another.
        Account.objects.select_for_update().get(pk=account.pk)
        before = _newest(account, purpose)
        if before and before.given:
            words = (before.text_version, before.language)
            _keep(account, purpose, given=False, words=words, at=at)


def standing(account: Account, purpose: str) -> Consent | None:
    """The yes that holds now, or None."""
    newest = _newest(account, purpose)
    return newest if newest and newest.given else None


def check() -> list[Problem]:
    """Records that were changed, or that are gone though their audit entry is there."""
    entries: set[int] = set()
    problems = []
    for consent in Consent.objects.order_by("entry").iterator():
        entries.add(consent.entry)
        if consent.mac != _mac(consent):
            problems.append(Problem(consent.entry, "the consent of this entry has been changed"))
    told = AuditEntry.objects.filter(act__in=_ACTS, number__gt=audit.purged_up_to())
    for number in told.order_by("number").values_list("number", flat=True):
        if number not in entries:
            problems.append(Problem(number, "the consent of this entry is missing"))
    return problems


def purge(*, living: list[int], delete: bool) -> int:
    """Delete records whose audit entry is purged and whose account is not among the `living`."""
    found = Consent.objects.filter(entry__lte=audit.purged_up_to()).exclude(account__in=living)
    count = found.count()
    if delete:
        found.delete()
    return count


def _newest(account: Account, purpose: str) -> Consent | None:
    return Consent.objects.filter(account=account.pk, purpose=purpose).order_by("-entry").first()


def _keep(account: Account, purpose: str, *, given: bool, words: tuple[str, str], at: datetime) -> Consent:
    consent = Consent(id=uuid.uuid4(), account=account.pk, purpose=purpose, given=given, at=at)
    consent.text_version, consent.language = words
    entry = audit.record(
        _ACTS[0] if given else _ACTS[1],
        by=account,
        kind="consent",
        object_id=consent.pk,
        about=account.pk,
        at=at,
    )
    consent.entry = entry.number
    consent.mac = _mac(consent)
    consent.save(force_insert=True)
    return consent


def _mac(consent: Consent) -> str:
    words = (consent.purpose, consent.given, consent.text_version, consent.language)
    return audit.keyed("consent", str(consent.pk), consent.account, *words, consent.at, consent.entry)
