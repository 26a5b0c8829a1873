"""What browsers report when a page breaks the content policy: counted a day, and logged without who or where.

A report names the page, which may hold a secret address, and what was on it. Of all that we keep the
directive and the origin of what was stopped.
"""

from __future__ import annotations

import json
import logging
import re
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from toolbox.ui import limits, steps

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/csp-report"
LONGEST_REPORT = 8192
REPORTS_A_MINUTE = 10

_WORD = re.compile(r"[a-z][a-z-]{1,30}")
_HOST = re.compile(r"[a-z0-9.-]{1,253}")


@csrf_exempt  # a browser sends it by itself, without a token; nothing is stored but a count
def report(request: HttpRequest) -> HttpResponse:
    """Answers 204; 400, 413 and 415 for what is no report, and 429 when an address sends too many."""
    if request.content_type != CONTENT_TYPE:
        return HttpResponse(status=415)
    if not limits.allow("policy_report", request, per_minute=REPORTS_A_MINUTE):
        return HttpResponse(status=429)
    body = request.read(LONGEST_REPORT + 1)
    if len(body) > LONGEST_REPORT:
        return HttpResponse(status=413)
    try:
        said = json.loads(body)["csp-report"]
        directive = str(said.get("effective-directive") or said["violated-directive"]).partition(" ")[0]
        stopped = _origin(str(said["blocked-uri"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    steps.took("policy_broken", request)
    log.warning("the content policy stopped %s of %s", _known(directive), stopped)
    return HttpResponse(status=204)


def _origin(address: str) -> str:
    """Scheme and host of an address; of what is none (inline, eval, data:) the word alone."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https"):
        host = parts.hostname or ""
        return f"{parts.scheme}://{host}" if _HOST.fullmatch(host) else "something unreadable"
    return _known(parts.scheme or address)


def _known(word: str) -> str:
    return word if _WORD.fullmatch(word) else "something unreadable"
