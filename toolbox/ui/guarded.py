"""Free text that is checked before anything is done with it.

What is refused stays in the writer's own field and goes nowhere else: no message, error or log repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toolbox.safetext.check import Outcome, Verdict, check, national_id_found
from toolbox.safetext.national_id import national_ids
from toolbox.ui.forms import LightCopy


def refuse_national_id(text: str) -> None:
    """A validator for what is not free text but may hold a number: names, searches, names of files."""
    if any(national_ids(text)):
        raise forms.ValidationError(national_id_found(get_language() or "nb"))


class Written(NamedTuple):
    """What came with the form: the text, and the mark of the words that the writer has been asked about."""

    text: str
    asked_about: str


class GuardedText(forms.Textarea):
    """A text, followed by a hidden mark when its words are asked about. Sending it again confirms them."""

    #: Characters; a longer text is refused unread.
    longest: int

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Written:
        return Written(data.get(name) or "", data.get(f"{name}-spurt") or "")

    def format_value(self, value: Any) -> str:
        return _text(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        text = _text(value)
        if len(text) > self.longest:
            return field
        verdict = check(text)
        if verdict.outcome is not Outcome.THINK:
            return field
        return format_html(
            '{}<input type="hidden" name="{}-spurt" value="{}">', field, name, _mark(verdict, text)
        )


class GuardedField(LightCopy, forms.CharField):
    """A free text. Words of private life stop it; everyday words about health are asked about once.

    `name` begins the message about length: «Beskrivelsen kan ha …». `readers` is a sentence that says who can
    read the text. A form with such a field is posted, since an address ends up in logs, and must not set
    `may_be_kept`.
    """

    widget = GuardedText

    def __init__(self, *, name: Any, readers: Any, missing: Any, longest: int = 2000, **kwargs: Any) -> None:
        self.name, self.readers = name, readers
        kwargs.setdefault(
            "help_text", gettext_lazy("Skriv om arbeidet, ikke om helse. Ikke skriv fødselsnummer.")
        )
        super().__init__(error_messages={"required": missing}, **kwargs)
        self.widget.attrs["rows"] = 4
        self.widget.longest = self.longest = longest

    def to_python(self, value: Any) -> str:
        return str(super().to_python(_text(value))).replace("\r\n", "\n")

    def clean(self, value: Any) -> str:
        """The text, when it may be saved."""
        text = str(super().clean(value))
        if len(text) > self.longest:
            raise forms.ValidationError(
                _("%(name)s kan ha %(longest)s tegn. Nå er det %(length)s.")
                % {"name": self.name, "longest": self.longest, "length": len(text)}
            )
        verdict = check(text)
        said = " ".join(verdict.messages(get_language() or "nb"))
        if verdict.outcome is Outcome.STOP:
            raise forms.ValidationError(said)
        asked_about = value.asked_about if isinstance(value, Written) else ""
        if verdict.outcome is Outcome.THINK and not constant_time_compare(asked_about, _mark(verdict, text)):
            again = _("Er svaret ja, kan du lagre en gang til.")
            raise forms.ValidationError(f"{said} {self.readers} {again}")
        return text


def _text(value: Any) -> str:
    return value.text if isinstance(value, Written) else value or ""


def _mark(verdict: Verdict, text: str) -> str:
    """The same for the same words in whatever order, and made by us: a new word is asked about anew."""
    words = sorted({finding.words(text).lower() for finding in verdict.findings})
    return salted_hmac("toolbox.ui.guarded", "\n".join(words)).hexdigest()
