"""What every page's frame needs: menu, languages, who is responsible, and the date of the rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy

from toolbox.ui.clock import today
from toolbox.ui.language import in_language
from toolbox.ui.rate_book import current_book

#: In the order people meet them. An item appears when its room exists.
MENU = [
    ("guide:start", gettext_lazy("Start her"), "/start-her/"),
    ("catalogue:toolbox", gettext_lazy("Verktøykassen"), "/verktoykassen/"),
    ("catalogue:calculator", gettext_lazy("Regn ut"), "/regn-ut/"),
    ("directory:list", gettext_lazy("Finn hjelp"), "/finn-hjelp/"),
]
FOOTER = [
    ("ui:about", gettext_lazy("Om verktøykassen")),
    ("ui:contact", gettext_lazy("Kontakt")),
    ("ui:privacy", gettext_lazy("Personvern")),
    ("ui:accessibility", gettext_lazy("Tilgjengelighetserklæring")),
    ("ui:cookies", gettext_lazy("Informasjonskapsler")),
]


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    current: bool = False
    code: str = ""


def page_revision() -> str:
    """What a kept page depends on besides its address: the day, the rates and this version."""
    return f"{today().isoformat()}:{current_book().revision}:{settings.VERSION}"


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page, for every template."""
    here = request.path
    menu = []
    for name, text, prefix in MENU:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        menu.append(Link(str(text), href, in_language(here, "nb").startswith(prefix)))
    query = request.META.get("QUERY_STRING", "")
    language = get_language() or settings.LANGUAGE_CODE
    others = [
        Link(name, in_language(here, code) + (f"?{query}" if query else ""), code=code)
        for code, name in settings.LANGUAGES
    ]
    return {
        "menu": menu,
        "footer": [Link(str(text), reverse(name)) for name, text in FOOTER],
        "language": language,
        "languages": others,
        "site_url": settings.SITE_URL,
        "operator": settings.OPERATOR,
        "version": settings.VERSION,
        "today": today(),
        "rates_checked": current_book().checked(),
    }
