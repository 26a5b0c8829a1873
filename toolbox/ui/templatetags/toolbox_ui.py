"""What templates may say: amounts, dates, rates, and a text in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from toolbox.ui import figures
from toolbox.ui.clock import today
from toolbox.ui.rate_book import current_book

register = template.Library()


@register.filter
def kroner(value: Decimal | int) -> str:
    return figures.kroner(value)


@register.filter
def amount(value: Decimal | int) -> str:
    """The bare figure, for the large numbers that carry their unit on the next line."""
    return figures.number(value, 0)


@register.filter
def number(value: Decimal | int) -> str:
    return figures.number(value)


@register.filter
def percent(value: Decimal | int) -> str:
    return figures.percent(value)


@register.filter
def day(value: date) -> str:
    return figures.day(value)


@register.simple_tag
def period(start: date, end: date) -> str:
    return figures.period(start, end)


@register.simple_tag
def rate(key: str, on: date | None = None) -> str:
    """The rate `key` as it stands today, in words: {% rate "mentor.hours_per_year" %}."""
    return figures.rate_value(current_book().newest(key, on or today()))


@register.filter
def words(text: Mapping[str, str] | str, prefix: str = "") -> str:
    """A {nb, nn, en} text in the reader's language, its rate references filled in."""
    if isinstance(text, Mapping):
        text = text[get_language() or "nb"]
    return figures.with_rates(text, book=current_book(), on=today(), prefix=prefix)


@register.simple_tag
@cache
def icon(name: str, css: str = "ic") -> SafeString:
    """One of the drawn marks of the sprite. Always decoration: the words beside it carry the meaning."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("ui/sprite.svg"),
        name,
    )


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping[key]


@register.filter
def field_error_ids(field: Any) -> str:
    """What aria-describedby names: the description first, then the error."""
    ids = [f"{field.id_for_label}-hjelp"] if field.help_text else []
    if field.errors:
        ids.append(f"{field.id_for_label}-feil")
    return " ".join(ids)


@register.filter
def chosen_words(field: Any) -> str:
    """What somebody answered, in the words they chose it by; a number as they wrote it."""
    value = str(field.value() or "")
    words = getattr(field.field, "words", None)
    return words(value) if words else value
