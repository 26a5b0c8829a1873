"""What templates may say: amounts, dates, rates, and a text in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import template
from django.core.cache import cache
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from toolbox.ui import components, figures
from toolbox.ui.clock import today
from toolbox.ui.frame import page_revision
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


register.simple_tag(components.icon, name="icon")


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping[key]


@register.simple_tag
def field(bound: BoundField, unit: str = "", wide: bool = False) -> SafeString:
    """One field of a form, drawn by ui/field.html: {% field form.andel unit="prosent" %}.

    A form that holds nothing about a person lets its fields be kept: the same answer is drawn once.
    """

    def draw() -> SafeString:
        return render_to_string("ui/field.html", {"field": bound, "unit": unit, "wide": wide})

    if bound.errors or not getattr(bound.form, "may_be_kept", False):
        return draw()
    what = f"{type(bound.form).__name__}:{bound.name}:{bound.value()}:{unit}:{wide}:{get_language()}"
    key = f"field:{sha256(what.encode()).hexdigest()}:{page_revision()}"
    return cache.get_or_set(key, draw)  # type: ignore[return-value]


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
