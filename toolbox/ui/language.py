"""The language is part of the address, and nothing else decides it.

The browser's own wish is never read. The cookie is set only when somebody chooses a language, and only
sends them on from the front page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

CODES = tuple(code for code, _ in settings.LANGUAGES)


def language_of(path: str) -> str:
    """The language an address speaks: /nn/… and /en/… say so, everything else is bokmål."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in CODES and first != settings.LANGUAGE_CODE else settings.LANGUAGE_CODE


def in_language(path: str, code: str) -> str:
    """The same page in another language."""
    bare = path if language_of(path) == settings.LANGUAGE_CODE else path[3:] or "/"
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


class LanguageFromAddress:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if request.path == "/" and chosen in CODES and chosen != settings.LANGUAGE_CODE:
            return HttpResponseRedirect(f"/{chosen}/")
        code = language_of(request.path)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response
