"""What holds for every request to the API: its language, size and type, who may ask, and what may be kept.

Nothing depends on who asks: no cookie is read or set, no token is needed, nothing is stored. So pages on any
site may ask (CORS), and whoever has an answer may ask whether it still stands (ETag).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from toolbox.api.problems import Problem, respond
from toolbox.ui.figures import number
from toolbox.ui.language import CODES
from toolbox.ui.limits import allow

View = Callable[..., HttpResponseBase]

JSON = "application/json"
#: A question is some hundred bytes; this leaves room for any we know.
LARGEST_QUESTION = 16 * 1024
#: Seconds a browser may remember that it may ask.
REMEMBER_CORS = "86400"
HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """What a POST may be: its content types, its bytes, and how many a minute where each costs us much."""

    takes: tuple[str, ...] = (JSON,)
    largest: int = LARGEST_QUESTION
    per_minute: int | None = None


def door(view: View, limits: Limits = Limits()) -> View:  # noqa: B008  it never changes
    """`view` behind the door."""

    @csrf_exempt
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("language", "")
        language = asked if asked in CODES else settings.LANGUAGE_CODE
        with translation.override(language):
            try:
                response = _preflight() if request.method == "OPTIONS" else _answer(request, view, kwargs)
            except Problem as problem:
                response = respond(problem)
        response.headers.setdefault("Content-Language", language)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    def _answer(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> HttpResponseBase:
        if request.method == "POST":
            _check(request, limits)
            return view(request, **kwargs)
        # django-ninja knows no HEAD. The server leaves the content out.
        request.method, method = "GET", request.method
        response = view(request, **kwargs)
        request.method = method
        return _unless_known(request, response)

    return opened


def _check(request: HttpRequest, limits: Limits) -> None:
    if request.content_type not in limits.takes:
        text = _("Send innholdet som %(types)s.") % {"types": _(" eller ").join(limits.takes)}
        raise Problem("wrong-type", text)
    if int(request.META.get("CONTENT_LENGTH") or 0) > limits.largest:
        raise Problem(
            "too-large", _("Send høyst %(bytes)s byte om gangen.") % {"bytes": number(limits.largest)}
        )
    if limits.per_minute and not allow(request.path, request, per_minute=limits.per_minute):
        raise Problem("too-many", _("Vent et minutt, og prøv igjen."))


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """304 when whoever asks has this very answer already."""
    if response.status_code != HTTP_OK or not isinstance(response, HttpResponse):
        return response
    # Weak: the content may go out compressed.
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
            "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
            "Access-Control-Max-Age": REMEMBER_CORS,
        },
    )
