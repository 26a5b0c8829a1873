"""How often one address may do something that costs us. Fails open: a cache that is down stops nobody."""

from __future__ import annotations

import hashlib
import logging

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from toolbox.ui.clock import now

log = logging.getLogger(__name__)


def allow(what: str, request: HttpRequest, *, per_hour: int) -> bool:
    """Count one more; False when the address has used its share of the hour.

    The address is kept as a keyed hash for the hour and no longer. Counted in the database, so that the limit
    holds across web nodes.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hour = now().strftime("%Y%m%d%H")
    digest = hashlib.blake2b(
        f"{what}:{address}:{hour}".encode(), key=settings.SECRET_KEY.encode()[:64]
    ).hexdigest()
    key = f"limit:{digest[:40]}"
    counts = caches["limits"]
    try:
        counts.add(key, 0, timeout=60 * 60)
        return counts.incr(key) <= per_hour
    except Exception:
        log.exception("the limit for %s could not be counted", what)
        return True
