"""Fields that read what people write, and messages that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_UNIT = re.compile(r"(kr|nok|prosent|%)?(,-)?(/|per|pr)?(t|time|timen|timer|mnd|måned|månad|måneden)?\.?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^-?\d{1,3}([.,]\d{3})+$")
_GROUPED = re.compile(r"^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d{1,3}(,\d{3})+\.\d+$")
_PLAIN = re.compile(r"^-?\d{1,12}([.,]\d{1,6})?$")


def read_number(text: str) -> Decimal | None:
    """The number somebody wrote, or None when it cannot be one.

    Reads 1500, 1 500,50, 1.500 (a thousand five hundred), 200.50, 200 kr, 200kr/t, −20. Not 1e3, not words.
    """
    text = _SPACES.sub("", text).replace("\u2212", "-").replace("\u2013", "-")
    if text.lower().startswith(("kr", "nok")):
        text = re.sub(r"^(kr|nok)\.?", "", text, flags=re.IGNORECASE)
    text = _UNIT.sub("", text, count=1)
    if _THOUSANDS.match(text):
        return Decimal(re.sub(r"[.,]", "", text))
    if _GROUPED.match(text):
        mark = max(text.rfind(","), text.rfind("."))
        return Decimal(re.sub(r"[.,]", "", text[:mark]) + "." + text[mark + 1 :])
    return Decimal(text.replace(",", ".")) if _PLAIN.match(text) else None


def read_date(text: str) -> date | None:
    """2027-02-01, 1.2.2027, 01.02.27 and 1. februar 2027, or None."""
    text = text.strip().lower()
    months = "jan feb mar apr mai jun jul aug sep okt nov des".split()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[./ ]+(\d{1,2})[./ ]+(\d{4}|\d{2})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})\.? +([a-zæøå]{3})[a-zæøå]*\.? +(\d{4})", text):
        day, year = int(match[1]), int(match[3])
        month = months.index(match[2]) + 1 if match[2] in months else 0
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class NumberField(forms.CharField):
    """A number written the way people write it. `name` begins the messages: «Timelønn må være …»."""

    widget = forms.TextInput

    def __init__(
        self, *, name: Any, low: Any, high: Any, example: str, missing: Any, decimals: int = 2, **kwargs: Any
    ) -> None:
        self.name, self.low, self.high, self.example = name, Decimal(low), Decimal(high), example
        self.decimals, self.missing = decimals, missing
        super().__init__(max_length=None, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "size": "8"})

    def clean(self, value: Any) -> Decimal | None:
        text = (value or "").strip()
        if not text:
            if self.required:
                raise forms.ValidationError(self.missing)
            return None
        found = read_number(text[:100])
        if found is None:
            raise forms.ValidationError(
                _("%(name)s må være et tall, for eksempel %(example)s.")
                % {"name": self.name, "example": self.example}
            )
        if not self.low <= found <= self.high:
            raise forms.ValidationError(
                _("%(name)s må være mellom %(low)s og %(high)s.")
                % {"name": self.name, "low": _plain(self.low), "high": _plain(self.high)}
            )
        return found


class DateField(forms.CharField):
    """A day, as the browser's own date field sends it or as people write it."""

    def __init__(self, *, name: Any, missing: Any, **kwargs: Any) -> None:
        self.name, self.missing = name, missing
        super().__init__(**kwargs)
        self.widget.attrs.update({"autocomplete": "off", "size": "14"})

    def clean(self, value: Any) -> date | None:
        text = (value or "").strip()
        if not text:
            if self.required:
                raise forms.ValidationError(self.missing)
            return None
        found = read_date(text[:40])
        if found is None:
            raise forms.ValidationError(
                _("%(name)s må være en dato, for eksempel 1.2.2027.") % {"name": self.name}
            )
        return found


class Radios(forms.ChoiceField):
    """One of a few, shown as radio buttons below each other. Nothing is chosen beforehand."""

    choices_are_radios = True

    def __init__(self, *, missing: Any = "", choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)
        self.error_messages["required"] = self.error_messages["invalid_choice"] = missing


class OptionList(forms.Select):
    """Django's select, written in one go: its own template costs a rendering for each of 357 municipalities."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)

        def options(pairs: Iterable[tuple[Any, Any]]) -> SafeString:
            return format_html_join(
                "", '<option value="{}"{}>{}</option>', ((v, _SELECTED if str(v) == chosen else "", t) for v, t in pairs)
            )

        parts = []
        for key, content in self.choices:
            if isinstance(content, (list, tuple)):
                parts.append(format_html('<optgroup label="{}">{}</optgroup>', key, options(content)))
            else:
                parts.append(options([(key, content)]))
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            format_html_join("", "{}", ((part,) for part in parts)),
        )


_SELECTED = mark_safe(" selected")


class Select(forms.ChoiceField):
    """One of many, as a list that opens."""

    def __init__(self, *, missing: Any = "", choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, widget=OptionList, **kwargs)
        self.error_messages["required"] = self.error_messages["invalid_choice"] = missing


class Form(forms.Form):
    """A form that marks its fields the way Designsystemet and screen readers expect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if getattr(field, "choices_are_radios", False):
                continue
            bound = self[name]
            field.widget.attrs["class"] = "ds-input"
            field.widget.use_required_attribute = lambda initial: False  # type: ignore[method-assign]
            ids = [f"{bound.id_for_label}-hjelp"] if field.help_text else []
            if self.is_bound and bound.errors:
                ids.append(f"{bound.id_for_label}-feil")
                field.widget.attrs["aria-invalid"] = "true"
            if ids:
                field.widget.attrs["aria-describedby"] = " ".join(ids)


    def hide_errors(self) -> None:
        """Show the form for the first time: bound to what is filled in, but nobody has answered yet."""
        self._errors = ErrorDict()
        for field in self.fields.values():
            field.widget.attrs.pop("aria-invalid", None)
            described = field.widget.attrs.get("aria-describedby", "").split()
            kept = " ".join(part for part in described if not part.endswith("-feil"))
            field.widget.attrs.pop("aria-describedby", None)
            if kept:
                field.widget.attrs["aria-describedby"] = kept


def _plain(value: Decimal) -> str:
    from toolbox.ui.figures import number

    return number(value)
