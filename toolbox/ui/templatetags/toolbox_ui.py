"""What templates may say: amounts, dates, rates, and a text in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from toolbox.ui import components, drawn, figures
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


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    """Of a moment, the day it was in Norway."""
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


@register.simple_tag(takes_context=True)
def back(context: Context, route: str, query: str = "") -> SafeString:
    """The link back: {% back "guide:check" query %}."""
    return components.back(context["language"], route, query)


@register.filter
def at(items: Sequence[Any], place: int) -> Any:
    return items[place]


@register.filter
def unbroken(text: str) -> str:
    """A law or a phone number that no line may break in the middle of."""
    return figures.unbroken(text)


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping[key]


class Kept(template.Node):
    #: No block of a page may stand inside, so there is nothing to look for when a page is put together.
    child_nodelists = ()

    def __init__(
        self, name: str, parts: list[template.base.FilterExpression], inside: template.NodeList
    ) -> None:
        self.name, self.parts, self.nodelist = name, parts, inside

    def render(self, context: Context) -> SafeString:
        parts = tuple(part.resolve(context) for part in self.parts)
        if None in parts:
            return self.nodelist.render(context)
        key = (self.name, context["language"], context["page_revision"], *parts)
        return drawn.once(key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> Kept:
    """{% kept "menu" part %} … {% endkept %}: drawn once a language, day and rates for the same `part`.

    Everything that differs inside must be named. Where a part is None, it is drawn anew and kept nowhere.
    """
    name, *parts = token.split_contents()[1:]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name, [parser.compile_filter(part) for part in parts], inside)


@register.simple_tag(takes_context=True)
def field(
    context: Context, bound: BoundField, unit: str = "", wide: bool = False, heading: bool = False
) -> SafeString:
    """One field of a form, drawn by ui/field.html: {% field form.andel unit="prosent" %}.

    With `heading` its label is the heading of the page.

    A form that holds nothing about a person lets its fields be kept: the same answer is drawn once.
    """
    form = bound.form
    if not getattr(form, "may_be_kept", False) or bound.errors:
        return _draw(bound, unit, wide, heading)
    value = bound.value()
    shown = (tuple(value) if isinstance(value, list) else value, unit, wide, heading)
    key = (type(form), bound.name, *shown, context["language"], context["page_revision"])
    return drawn.once(key, lambda: _draw(bound, unit, wide, heading))


def _draw(bound: BoundField, unit: str, wide: bool, heading: bool) -> SafeString:
    shown = {"field": bound, "unit": unit, "wide": wide, "heading": heading}
    return render_to_string("ui/field.html", shown)


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
