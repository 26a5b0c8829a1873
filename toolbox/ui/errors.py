"""What people meet when something goes wrong: whose fault it is, what is safe, and whom to call."""

import logging
import re
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)

#: Addresses that open something for whoever has them.
_SECRET = re.compile(
    r"(/(?:lagret/(?:styr/)?|kartlegg/(?:les/)?|invitasjon/|meld-feil/svar/|e-post/|logg-inn/demo/|"
    r"opplysninger/fil/))[^/\s\"']+"
)


class WithoutSecrets(logging.Filter):
    """Takes the secret part of such addresses out of every line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET.sub(r"\1…", record.getMessage())
        record.args = ()
        return True


#: Letters and digits nobody mixes up when read aloud.
_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "ui/errors/bad_request.html", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "ui/errors/not_found.html", 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "ui/errors/form_expired.html", 403)


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, "ui/errors/too_many.html", 429)


def gone(request: HttpRequest) -> HttpResponse:
    return _page(request, "ui/errors/gone.html", 410)


def server_error(request: HttpRequest) -> HttpResponse:
    """The fault is ours. The code on the page also stands in the log, beside the trace."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(4))
    # The name of the route, never the address: that of a saved result is a secret.
    log.error("error page %s shown for %s", code, getattr(request.resolver_match, "view_name", "no route"))
    return _page(request, "ui/errors/server_error.html", 500, {"code": code})


def _page(
    request: HttpRequest, template: str, status: int, context: dict[str, str] | None = None
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
