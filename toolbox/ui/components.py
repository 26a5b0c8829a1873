"""Parts of a page that are drawn in code."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=100)
def icon(name: str, css: str = "ic") -> SafeString:
    """One of the drawn marks of the sprite. Always decoration: the words beside it carry the meaning."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("ui/sprite.svg"),
        name,
    )
