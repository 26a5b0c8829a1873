"""What every page's frame needs: menu, languages, who is responsible, and the date of the rates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from toolbox.ui.clock import today
from toolbox.ui.components import LanguageLink, alternates, language_choice
from toolbox.ui.language import in_language
from toolbox.ui.rate_book import current_book

#: In the order people meet them; the last part is where that part of the site lies.
MENU = [
    ("guide:start", gettext_lazy("Start her"), ("/start-her/",)),
    ("catalogue:toolbox", gettext_lazy("Verktøykassen"), ("/verktoykassen/", "/verktoy/", "/stotte/")),
    ("catalogue:calculator", gettext_lazy("Regn ut"), ("/regn-ut/",)),
    ("mapping:start", gettext_lazy("Kartlegg"), ("/kartlegg/",)),
    ("directory:list", gettext_lazy("Finn hjelp"), ("/finn-hjelp/",)),
]
FOOTER = [
    ("ui:about", gettext_lazy("Om verktøykassen")),
    ("ui:contact", gettext_lazy("Kontakt")),
    ("ui:privacy", gettext_lazy("Personvern")),
    ("ui:accessibility", gettext_lazy("Tilgjengelighetserklæring")),
    ("ui:cookies", gettext_lazy("Informasjonskapsler")),
    ("api:documentation", gettext_lazy("Grensesnitt for programmer")),
]


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    code: str = ""
    covers: tuple[str, ...] = ()


def page_revision() -> str:
    """What a kept page depends on besides its address: the day, the rates and this version."""
    return f"{today().isoformat()}:{current_book().revision}:{settings.VERSION}"


@lru_cache(maxsize=len(settings.LANGUAGES))
def _links(language: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """Menu and footer in one language."""
    menu = tuple(Link(str(text), reverse(name), code=name, covers=parts) for name, text, parts in MENU)
    footer = tuple(Link(str(text), reverse(name)) for name, text in FOOTER)
    return menu, footer


def _in_language(address: str, code: str, name: str) -> LanguageLink:
    href = in_language(address, code)
    return LanguageLink(name, code, href, f"{_choice(code)}?neste={quote(href)}")


@lru_cache(maxsize=len(settings.LANGUAGES))
def _choice(code: str) -> str:
    return reverse("site:language", args=[code])


@lru_cache(maxsize=len(settings.LANGUAGES))
def _report(language: str) -> str:
    return reverse("publishing:report")


def _report_here(request: HttpRequest, language: str) -> str:
    """Where an error on this page is reported. An address with a secret or somebody's number stays out."""
    match = request.resolver_match
    open_to_all = match is not None and not match.args and match.kwargs.keys() <= {"slug"}
    return f"{_report(language)}?side={quote(request.path)}" if open_to_all else _report(language)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page, for every template."""
    here = request.path
    language = get_language() or settings.LANGUAGE_CODE
    query = request.META.get("QUERY_STRING", "")
    suffix = f"?{query}" if query else ""
    menu, footer = _links(language)
    languages = [_in_language(here + suffix, code, name) for code, name in settings.LANGUAGES]
    bare = in_language(here, settings.LANGUAGE_CODE)
    return {
        "menu": menu,
        "part": next((item.code for item in menu if bare.startswith(item.covers)), ""),
        "footer": footer,
        "report_here": _report_here(request, language),
        "language": language,
        "languages": languages,
        "language_choice": language_choice(languages, language),
        "alternates": alternates(languages, settings.SITE_URL),
        "page_revision": page_revision(),
        "operator": settings.OPERATOR,
        "version": settings.VERSION,
        "today": today(),
        "rates_checked": current_book().checked(),
    }
