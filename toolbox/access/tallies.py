"""How often something happened in this hour, counted so that no two web nodes lose a count between them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from toolbox.access.models import Tally

HOUR = timedelta(hours=1)


def count(what: str, whom: str, now: datetime) -> int:
    """Count one more, and tell how many there are in this clock hour."""
    key = _key(what, whom, now)
    Tally.objects.filter(ends_at__lt=now).delete()
    try:
        with transaction.atomic():
            Tally.objects.create(key=key, count=1, ends_at=now + HOUR)
        return 1
    except IntegrityError:
        Tally.objects.filter(key=key).update(count=F("count") + 1)
        return so_far(what, whom, now)


def give_back(what: str, whom: str, now: datetime) -> None:
    """Take one count away again: it turned out to be meant."""
    Tally.objects.filter(key=_key(what, whom, now), count__gt=0).update(count=F("count") - 1)


def so_far(what: str, whom: str, now: datetime) -> int:
    found = Tally.objects.filter(key=_key(what, whom, now)).values_list("count", flat=True).first()
    return found or 0


def _key(what: str, whom: str, now: datetime) -> str:
    return salted_hmac(
        f"toolbox.access.tallies.{what}", f"{now:%Y%m%d%H} {whom}", algorithm="sha256"
    ).hexdigest()
