"""Who did what, and who read what about whom: a chain of entries that nobody can change unseen.

Each entry's `mac` is keyed with settings.AUDIT_KEY over the entry and the one before. Whoever has the
database, and not the key, can neither change, remove, add nor move an entry without `check` naming its
number.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from toolbox.access import append_only
from toolbox.access.models import Account
from toolbox.access.trail_models import HEAD, AuditCheckpoint, AuditEntry, AuditHead

#: So many rows are deleted at a time, each time committed.
BATCH = 1000


class Problem(NamedTuple):
    """Something that does not hold. `number` is the entry's, or 0 when it is no single entry."""

    number: int
    words: str


def record(
    act: str, *, by: Account | None, kind: str, object_id: object, about: int | None = None, at: datetime
) -> AuditEntry:
    """Add an entry in the caller's transaction: it stands if, and only if, what it tells of does.

    `act` is `<noun>.<verb>`, such as `members.read`. `about` is the number of the account it tells of. Call
    it last in a transaction: entries come one after another, and the next waits for the commit.
    """
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=HEAD)
        head = AuditHead.objects.select_for_update().get(pk=HEAD)
        entry = AuditEntry(
            number=head.number + 1,
            at=at,
            actor=by.pk if by else None,
            act=act,
            kind=kind,
            object_id=str(object_id),
            subject=about,
        )
        entry.mac = _mac_of(entry, head.mac)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=HEAD).update(
            number=entry.number, mac=entry.mac, seal=keyed("head", entry.number, entry.mac)
        )
    return entry


def check() -> list[Problem]:
    """What does not hold of the chain, in order; empty when all does. Reads every entry, a few at a time."""
    problems = [Problem(0, f"the trigger {name} is gone") for name in append_only.missing(connection)]
    checkpoint = AuditCheckpoint.objects.order_by("-up_to").first()
    number, mac = 0, ""
    if checkpoint:
        number, mac = checkpoint.up_to, checkpoint.mac
        if not _same(checkpoint.seal, keyed("checkpoint", number, mac)):
            problems.append(Problem(number, "the checkpoint at this entry is not made by toolbox purge"))
    for entry in AuditEntry.objects.filter(number__gt=number).order_by("number").iterator(BATCH):
        if entry.number != number + 1:
            problems += _missing(number + 1, entry.number)
        elif not _same(entry.mac, _mac_of(entry, mac)):
            problems.append(Problem(entry.number, "the entry has been changed"))
        number, mac = entry.number, entry.mac
    head = AuditHead.objects.filter(pk=HEAD).first() or AuditHead()
    if head.number and not _same(head.seal, keyed("head", head.number, head.mac)):
        problems.append(Problem(head.number, "the note of the last entry has been changed"))
    elif head.number > number:
        problems += _missing(number + 1, head.number + 1)
    elif head.number < number or head.mac != mac:
        problems.append(Problem(number, "entries have been added beside the software"))
    return problems


def purge(before: datetime, *, held: Iterable[int], delete: bool) -> int:
    """Delete from the beginning of the chain what is older than `before`; only count without `delete`.

    Stops before the first entry of an account in `held`. The checkpoint is committed first, so a run that
    was stopped is finished by the next.
    """
    held = list(held)
    stays = AuditEntry.objects.filter(Q(at__gte=before) | Q(actor__in=held) | Q(subject__in=held))
    first = stays.order_by("number").first()
    gone = AuditEntry.objects.filter(number__lt=first.number) if first else AuditEntry.objects.all()
    count = gone.count()
    last = gone.order_by("-number").first()
    if not delete or last is None:
        return count
    AuditCheckpoint.objects.get_or_create(
        up_to=last.number, defaults={"mac": last.mac, "seal": keyed("checkpoint", last.number, last.mac)}
    )
    while numbers := list(gone.order_by("number").values_list("number", flat=True)[:BATCH]):
        AuditEntry.objects.filter(number__lte=numbers[-1]).delete()
    return count


def extent() -> str:
    """The entries that are kept, and a fingerprint of the last: write it down elsewhere to know it again."""
    head = AuditHead.objects.filter(pk=HEAD).first() or AuditHead()
    return f"entries {purged_up_to() + 1} to {head.number}, fingerprint {head.mac[:16] or 'none'}"


def purged_up_to() -> int:
    """The number of the last entry that may be gone."""
    last = AuditCheckpoint.objects.order_by("-up_to").first()
    return last.up_to if last else 0


def keyed(*parts: object) -> str:
    """A keyed hash of the parts, in hexadecimal digits. None and the empty text are different parts."""
    # The database gives every instant back in UTC.
    text = "\n".join(
        part.astimezone(UTC).isoformat() if isinstance(part, datetime) else repr(part) for part in parts
    )
    return hmac.new(settings.AUDIT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _mac_of(entry: AuditEntry, before: str) -> str:
    told = (entry.actor, entry.act, entry.kind, entry.object_id, entry.subject)
    return keyed("entry", before, entry.number, entry.at, *told)


def _missing(first: int, end: int) -> Iterator[Problem]:
    # A thousand missing rows are one trouble.
    more = f", and all to {end - 1}" if end - first > 1 else ""
    yield Problem(first, f"the entry is missing{more}")


def _same(found: str, wanted: str) -> bool:
    return hmac.compare_digest(found, wanted)
