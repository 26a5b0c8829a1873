"""Keep a result, find it again, and take it away. Two addresses: one to read, one to manage."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from toolbox.guide.models import SavedResult

#: How long an address works. The page that gives the address says the date.
DAYS_KEPT = 90


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two tokens, shown once. `expires_on` is the last day they work."""

    read: str
    manage: str
    expires_on: date


def new_key() -> str:
    """A key for one form: sending the form twice saves once."""
    return secrets.token_urlsafe(24)


def keep(query: str, *, key: str, secret: str, on: date, rate_revision: str) -> Addresses:
    """Save `query` and give its two addresses. The same `key` gives the same addresses again.

    The tokens are worked out from the form's key and the installation's secret, so that a double press needs
    no token in the database to answer with.
    """
    read, manage = (_derive(secret, key, use) for use in ("read", "manage"))
    with transaction.atomic():
        # We promise that everything is gone after its last day: each save clears what others left.
        expired(on).delete()
        saved, _new = SavedResult.objects.get_or_create(
            idempotency_key=_hash(key),
            defaults={
                "read_hash": _hash(read),
                "manage_hash": _hash(manage),
                "query": query,
                "rate_revision": rate_revision,
                "saved_on": on,
                "expires_on": on + timedelta(days=DAYS_KEPT),
            },
        )
    return Addresses(read, manage, saved.expires_on)


def find_to_read(token: str) -> SavedResult | None:
    """The result of a reading address, a closed one too: the caller says why it is closed."""
    return SavedResult.objects.filter(read_hash=_hash(token)).first()


def find_to_manage(token: str) -> SavedResult | None:
    return SavedResult.objects.filter(manage_hash=_hash(token)).first()


def is_open(saved: SavedResult, on: date) -> bool:
    return not saved.revoked and on <= saved.expires_on


def revoke(saved: SavedResult) -> None:
    """Close both addresses for good, and forget what they held. Doing it twice changes nothing."""
    SavedResult.objects.filter(pk=saved.pk).update(revoked=True, query="")


def expired(on: date) -> QuerySet[SavedResult]:
    """What `toolbox purge` may delete: every row whose last day is over."""
    return SavedResult.objects.filter(expires_on__lt=on)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(secret: str, key: str, use: str) -> str:
    return hashlib.blake2b(f"{use}:{key}".encode(), key=secret.encode()[:64], digest_size=24).hexdigest()
