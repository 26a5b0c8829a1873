"""How often one address may do something that costs us. Fails open: a cache that is down stops nobody."""

from __future__ import annotations

import hashlib
import logging

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from toolbox.ui.clock import now

log = logging.getLogger(__name__)


def allow(what: str, request: HttpRequest, *, per_minute: int) -> bool:
    """Count one more; False when the address has used its share of the minute.

    The address is kept as a keyed hash for the minute and no longer. Counted in the database, so that the
    limit holds across web nodes.
    """
    minute = now().strftime("%Y%m%d%H%M")
    digest = hashlib.blake2b(
        f"{what}:{visitor_address(request)}:{minute}".encode(), key=settings.SECRET_KEY.encode()[:64]
    ).hexdigest()
    key = f"limit:{digest[:40]}"
    counts = caches["limits"]
    try:
        counts.add(key, 0, timeout=60)
        return counts.incr(key) <= per_minute
    except Exception:
        log.exception("the limit for %s could not be counted", what)
        return True


def visitor_address(request: HttpRequest) -> str:
    """Where the request came from, as the outermost of our own TRUSTED_PROXIES saw it.

    Each proxy adds to the right of X-Forwarded-For. What stands further left the visitor may have made up.
    """
    proxies = settings.TRUSTED_PROXIES
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies and len(passed) >= proxies and passed[-proxies]:
        return passed[-proxies]
    return request.META.get("REMOTE_ADDR", "")
