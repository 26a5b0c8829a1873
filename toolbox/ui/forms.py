"""Fields that read what people write, and messages that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.forms.utils import ErrorDict, flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_UNIT = re.compile(
    r"(kr|nok|prosent|%)?(,-)?(/|per|pr)?(t|time|timen|timer|mnd|måned|månad|måneden)?\.?$", re.IGNORECASE
)
# A comma never groups thousands in Norwegian; only beside a decimal point is the number surely English.
_THOUSANDS = re.compile(r"^-?[1-9]\d{0,2}(\.\d{3})+$")
_GROUPED = re.compile(r"^-?[1-9]\d{0,2}(\.\d{3})+,\d+$|^-?[1-9]\d{0,2}(,\d{3})+\.\d+$")
_PLAIN = re.compile(r"^-?\d{1,12}([.,]\d{1,6})?$")
_WEEKDAY = re.compile(r"^[a-zæøå]{3,7}da[gy],? +")

Thing = TypeVar("Thing")

#: Nobody writes a number or a date with more signs than this.
LONGEST_ANSWER = 40


def read_number(text: str) -> Decimal | None:
    """The number somebody wrote, or None when it cannot be one.

    Reads 1500, 1 500,50, 1.500 (a thousand five hundred), 1,500 (one and a half), 0.004, 200.50, 200 kr,
    200kr/t, −20. Not 1e3, not words.
    """
    text = _SPACES.sub("", text).replace("\u2212", "-").replace("\u2013", "-")
    if text.lower().startswith(("kr", "nok")):
        text = re.sub(r"^(kr|nok)\.?", "", text, flags=re.IGNORECASE)
    text = _UNIT.sub("", text, count=1)
    if _THOUSANDS.match(text):
        return Decimal(text.replace(".", ""))
    if _GROUPED.match(text):
        mark = max(text.rfind(","), text.rfind("."))
        return Decimal(re.sub(r"[.,]", "", text[:mark]) + "." + text[mark + 1 :])
    return Decimal(text.replace(",", ".")) if _PLAIN.match(text) else None


def read_date(text: str) -> date | None:
    """2027-02-01, 1.2.2027, 01.02.27, 1. februar 2027 and mandag 1. februar 2027, or None."""
    text = _WEEKDAY.sub("", text.strip().lower())
    months = "jan feb mar apr mai jun jul aug sep okt nov des".split()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[./ ]+(\d{1,2})[./ ]+(\d{4}|\d{2})", text):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})(?:\.? +|\.)([a-zæøå]{3})[a-zæøå]*\.? +(\d{4})", text):
        day, year = int(match[1]), int(match[3])
        month = months.index(match[2]) + 1 if match[2] in months else 0
    else:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class LightCopy(forms.Field):
    """Cheap to copy: Django copies every field for every form, and ours share all but the widget.

    `helped`: there is a help text. Asking the text itself would translate it.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.helped = "help_text" in kwargs

    def __deepcopy__(self, memo: dict[int, Any]) -> LightCopy:
        field = _twin(self)
        field.widget = _twin(self.widget)
        field.widget.attrs = dict(self.widget.attrs)
        return field


def _twin(thing: Thing) -> Thing:
    """Another of the same, sharing all it holds. copy() asks first how, a dozen times a form."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin


class NumberField(LightCopy, forms.CharField):
    """A number written the way people write it. `name` begins the messages: «Timelønn må være …»."""

    widget = forms.TextInput

    def __init__(self, *, name: Any, low: Any, high: Any, example: Any, missing: Any, **kwargs: Any) -> None:
        self.name, self.low, self.high, self.example = name, Decimal(low), Decimal(high), example
        self.missing = missing
        super().__init__(max_length=None, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "size": "8"})

    def clean(self, value: Any) -> Decimal | None:
        text = (value or "").strip()
        if not text:
            if self.required:
                raise forms.ValidationError(self.missing)
            return None
        found = read_number(text) if len(text) <= LONGEST_ANSWER else None
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


class DateField(LightCopy, forms.CharField):
    """A day, as the browser's own date field sends it or as people write it."""

    def __init__(self, *, name: Any, missing: Any, **kwargs: Any) -> None:
        self.name, self.missing = name, missing
        super().__init__(**kwargs)
        self.widget.attrs["size"] = "14"

    def clean(self, value: Any) -> date | None:
        text = (value or "").strip()
        if not text:
            if self.required:
                raise forms.ValidationError(self.missing)
            return None
        found = read_date(text) if len(text) <= LONGEST_ANSWER else None
        if found is None:
            raise forms.ValidationError(
                _("%(name)s må være en dato, for eksempel 1.2.2027.") % {"name": self.name}
            )
        return found


Choices = Sequence[tuple[str, Any]]

_SELECTED = mark_safe(" selected")


def option_list(choices: Choices, chosen: str) -> SafeString:
    """The <option>s of a list that opens; a pair whose second part is a list becomes a group.

    HTML lets the next option end the one before: three kilobytes less on a page with every municipality.
    """
    parts = []
    for key, content in choices:
        if isinstance(content, list):
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', key, option_list(content, chosen)))
        else:
            mark = _SELECTED if key == chosen else ""
            parts.append(format_html('<option value="{}"{}>{}', key, mark, content))
    return format_html_join("", "{}", ((part,) for part in parts))


class OptionList(forms.Widget):
    """A list that opens, written in one go: Django's own renders a template for each municipality."""

    choices: Choices = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        described = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", described, self.options(chosen))

    def options(self, chosen: str) -> SafeString:
        return option_list(self.choices, chosen)


class OneOf(LightCopy):
    """One of several answers. Django's own choice field copies and rebuilds every choice for every form."""

    def __init__(self, *, choices: Choices = (), missing: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices
        self.missing = missing

    @property
    def choices(self) -> Choices:
        return self._choices

    @choices.setter
    def choices(self, choices: Choices) -> None:
        self._choices = choices
        self.widget.choices = choices

    def accepts(self, value: str) -> bool:
        return any(value == key for key, _text in self._choices)

    def clean(self, value: Any) -> str:
        chosen = str(value or "")
        if not chosen and not self.required:
            return ""
        if not chosen or not self.accepts(chosen):
            raise forms.ValidationError(self.missing or _("Velg et av svarene."))
        return chosen

    def words(self, value: str) -> str:
        """The answer in the words it was chosen by; what was written when it is none of ours."""
        return next((str(text) for key, text in self._choices if key == value), value)


class Radios(OneOf):
    """One of a few, shown as radio buttons below each other. Nothing is chosen beforehand."""

    choices_are_radios = True


class Checkboxes(OneOf):
    """Some of a few, each with a box to tick. The answer is a tuple, in the order of the choices."""

    widget = forms.SelectMultiple
    choices_are_radios = True
    several = True

    def clean(self, value: Any) -> Any:
        chosen = {str(each) for each in value or ()}
        if not chosen and not self.required:
            return ()
        if not chosen or not all(self.accepts(each) for each in chosen):
            raise forms.ValidationError(self.missing or _("Velg minst ett svar."))
        return tuple(key for key, _text in self.choices if key in chosen)


class Select(OneOf):
    """One of many, as a list that opens."""

    widget = OptionList


class Form(forms.Form):
    """A form that marks its fields the way Designsystemet and screen readers expect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if getattr(field, "choices_are_radios", False):
                continue
            field.widget.attrs["class"] = "ds-input"
            if getattr(field, "helped", False):
                # What id_for_label would say, without making a bound field for it.
                label = str(self.auto_id) % self.add_prefix(name)
                field.widget.attrs["aria-describedby"] = f"{label}-hjelp"

    #: True for a form that holds nothing about a person: its drawn fields may stay in memory.
    may_be_kept = False

    #: The browser's own validation speaks another language than ours, and hides what was written.
    use_required_attribute = False

    def offer(self, name: str) -> OneOf:
        """The field `name`, to be given its choices: those that depend on the day or the language."""
        field = self.fields[name]
        assert isinstance(field, OneOf)
        return field

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if name not in self.fields or getattr(self.fields[name], "choices_are_radios", False):
                continue
            attrs = self.fields[name].widget.attrs
            attrs["aria-invalid"] = "true"
            attrs["aria-describedby"] = (
                f"{attrs.get('aria-describedby', '')} {self[name].id_for_label}-feil".strip()
            )

    def hide_errors(self) -> None:
        """Show the form for the first time: bound to what is filled in, but nobody has answered yet."""
        self._errors = ErrorDict()


def _plain(value: Decimal) -> str:
    from toolbox.ui.figures import number

    return number(value)
