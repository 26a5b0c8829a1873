"""Parts of a page that are drawn in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in another language: `href` is its address, `choose` goes there and remembers the choice."""

    text: str
    code: str
    href: str
    choose: str


@lru_cache(maxsize=100)
def icon(name: str, css: str = "ic") -> SafeString:
    """One of the drawn marks of the sprite. Always decoration: the words beside it carry the meaning."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("ui/sprite.svg"),
        name,
    )


_BACK = '<div class="frame"><nav class="crumb" aria-label="{0}"><a href="{1}QUERY">{2}{0}</a></nav></div>'


@lru_cache(maxsize=200)
def _back(language: str, route: str) -> str:
    return format_html(_BACK, gettext("Tilbake"), reverse(route), icon("back"))


def back(language: str, route: str, query: str = "") -> SafeString:
    """The link back to the page that asked, with the answers it brought along."""
    return mark_safe(_back(language, route).replace("QUERY", f"?{escape(query)}" if query else ""))


_ALTERNATE = '<link rel="alternate" hreflang="%s" href="%s">\n'
_CHOICE = '<li><a href="%s" lang="%s" hreflang="%s" rel="nofollow">%s</a></li>'


def alternates(languages: Sequence[LanguageLink], site_url: str) -> SafeString:
    """Tells search engines of the page in every language."""
    return mark_safe("".join(_ALTERNATE % (each.code, escape(site_url + each.href)) for each in languages))


def language_choice(languages: Sequence[LanguageLink], spoken: str) -> SafeString:
    """Links to the page in the other languages."""
    others = (each for each in languages if each.code != spoken)
    rows = (_CHOICE % (escape(each.choose), each.code, each.code, escape(each.text)) for each in others)
    return mark_safe(f"<ul>{''.join(rows)}</ul>")
