"""Keep a result, find it again, and take it away. Two addresses: one to read, one to manage."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from toolbox.guide.models import SavedResult

#: How long an address works. The page that gives the address says the date.
DAYS_KEPT = 90

#: What a token looks like: 192 bits in hexadecimal digits.
_TOKEN = re.compile(r"[0-9a-f]{48}")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two tokens, shown once. `expires_on` is the last day they work."""

    read: str
    manage: str
    expires_on: date


def keep(query: str, *, key: str, secret: str, on: date, rate_revision: str) -> Addresses | None:
    """Save `query` and give its two addresses; None when they have been taken away since.

    The same `key` and `query` give the same addresses again. The tokens are worked out from both and from the
    installation's secret, so that a double press needs no token in the database to answer with, and a form
    with other answers is another result.
    """
    form = f"{key}:{query}"
    read, manage = (_derive(secret, form, use) for use in ("read", "manage"))
    with transaction.atomic():
        # We promise that everything is gone after its last day: each save clears what others left.
        expired(on).delete()
        saved, _new = SavedResult.objects.get_or_create(
            idempotency_key=_hash(form),
            defaults={
                "read_hash": _hash(read),
                "manage_hash": _hash(manage),
                "query": query,
                "rate_revision": rate_revision,
                "saved_on": on,
                "expires_on": on + timedelta(days=DAYS_KEPT),
            },
        )
    return None if saved.revoked else Addresses(read, manage, saved.expires_on)


def could_be_token(text: str) -> bool:
    """Whether we may once have given it out: rows are deleted, and addresses live on in letters and logs."""
    return _TOKEN.fullmatch(text) is not None


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


def _derive(secret: str, form: str, use: str) -> str:
    return hashlib.blake2b(f"{use}:{form}".encode(), key=secret.encode()[:64], digest_size=24).hexdigest()
