"""The questions of a page as a form, and the code that opens a mapping again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.mapping.answers import DONT_KNOW, Answer, Answers, WrongAnswer, checked
from toolbox.mapping.instrument import Item, instrument
from toolbox.places.municipalities import by_number, to_choose_from
from toolbox.ui.forms import Checkboxes, Choices, Form, LightCopy, NumberField, Radios, Select

#: What «Vet ikke» is called in a form.
UNKNOWN = "vet-ikke"
#: A list with more to choose from than this opens; a shorter one stands open.
_MOST_RADIOS = 12


class Several(Checkboxes):
    """Some of the answers to a question, and not more or others together than it allows."""

    def __init__(self, item: Item, **kwargs: Any) -> None:
        self.item = item
        super().__init__(missing=_("Velg minst ett svar, eller «Vet ikke»."), **kwargs)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if chosen == (UNKNOWN,):
            return chosen
        try:
            checked(self.item, chosen)  # «Vet ikke» beside others is no answer to it
        except WrongAnswer as wrong:
            if wrong.code == "too_many":
                message = _("Velg høyst %(count)s svar.") % {"count": self.item.at_most}
            else:
                alone = UNKNOWN if UNKNOWN in chosen else next(o.value for o in self.item.options if o.alone)
                message = _("Velg enten «%(answer)s» eller noe annet.") % {"answer": self.words(str(alone))}
            raise forms.ValidationError(message) from None
        return chosen


class MunicipalityOrUnknown(Select):
    """A municipality, or «Vet ikke». Old numbers of Østfold lead to today's."""

    def accepts(self, value: str) -> bool:
        return value == UNKNOWN or by_number(value) is not None

    def clean(self, value: Any) -> str:
        chosen = super().clean(value)
        found = by_number(chosen)
        return found.number if found else chosen


class WholeNumber(NumberField):
    """A number of people: written as people write numbers, and without decimals."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and found != found.to_integral_value():
            raise forms.ValidationError(
                _("%(name)s må være et helt tall, for eksempel %(example)s.")
                % {"name": self.name, "example": self.example}
            )
        return found


class QuestionForm(Form):
    """One page of questions. All must be answered, and «Vet ikke» is an answer.

    `items` are the questions; a number has a box beside it, named as the question with `_vet`.
    """

    may_be_kept = True
    items: tuple[Item, ...] = ()

    def __init__(self, data: QueryDict | None = None, *, held: Answers) -> None:
        super().__init__(data, initial=_as_chosen(self.items, held))

    def clean(self) -> None:
        for item in self.items:
            if item.kind != "number" or item.id in self.errors:
                continue
            told, unknown = self.cleaned_data.get(item.id), self.cleaned_data.get(f"{item.id}_vet")
            if told is None and not unknown:
                self.add_error(item.id, _("Skriv et tall, eller velg «Vet ikke»."))
            elif told is not None and unknown:
                self.add_error(item.id, _("Skriv et tall, eller velg «Vet ikke», men ikke begge."))

    def answers(self) -> Answers:
        """What could be read of the form: every answer of a valid one, those that are right of another."""
        found = ((item.id, self._answer(item)) for item in self.items if item.id not in self.errors)
        return {name: answer for name, answer in found if answer is not None}

    def only_blank(self) -> bool:
        """Whether nothing is wrong but that something is not answered."""
        return not any(self.data.get(name) for name in self.errors)

    def _answer(self, item: Item) -> Answer | None:
        told: Any = self.cleaned_data.get(item.id)
        if told == UNKNOWN or told == (UNKNOWN,) or self.cleaned_data.get(f"{item.id}_vet"):
            return DONT_KNOW
        if item.kind == "number":
            return None if told is None else int(told)
        if item.kind == "municipality":
            return str(told)
        values = {str(option.value): option.value for option in item.options}
        return tuple(values[each] for each in told) if item.kind == "multi" else values[told]


@lru_cache(maxsize=500)
def question_form(version: str, items: tuple[str, ...], language: str) -> type[QuestionForm]:
    """The form of some questions of a version, in the language that is active."""
    asked = [instrument(version).items[name] for name in items]
    fields: dict[str, Any] = {}
    for item in asked:
        fields[item.id] = _field(item, language)
        if item.kind == "number":
            fields[f"{item.id}_vet"] = Checkboxes(
                label=_("Vet dere ikke?"), choices=[(UNKNOWN, _("Vet ikke"))], required=False
            )
    return type("QuestionForm", (QuestionForm,), {**fields, "items": tuple(asked)})


def _field(item: Item, language: str) -> LightCopy:
    text = item.text[language]
    if item.kind == "number":
        return WholeNumber(
            name=_("Antallet"),
            label=text,
            low=item.low,
            high=item.high,
            example="2",
            missing="",
            required=False,
        )
    unknown = (UNKNOWN, _("Vet ikke"))
    if item.kind == "municipality":
        missing = _("Velg hvilken kommune arbeidsplassen ligger i, eller «Vet ikke».")
        return MunicipalityOrUnknown(label=text, choices=_municipalities(), missing=missing)
    choices = [*((str(option.value), option.text[language]) for option in item.options), unknown]
    if item.kind == "multi":
        return Several(item, label=text, choices=choices)
    missing = _("Velg et svar, eller «Vet ikke».")
    if len(choices) > _MOST_RADIOS:
        return Select(label=text, choices=[("", _("Velg fra listen")), *choices], missing=missing)
    return Radios(label=text, choices=choices, missing=missing)


def _municipalities() -> Choices:
    ostfold, rest = to_choose_from()
    return [
        ("", _("Velg kommune")),
        (UNKNOWN, _("Vet ikke")),
        ("Østfold", ostfold),
        (_("Resten av landet"), rest),
    ]


def _as_chosen(items: tuple[Item, ...], held: Answers) -> Mapping[str, Any]:
    """The answers the way the fields of a form hold them."""
    chosen: dict[str, Any] = {}
    for item in items:
        answer = held.get(item.id)
        if answer is None:
            continue
        if item.kind == "number":
            name, value = (f"{item.id}_vet", (UNKNOWN,)) if answer == DONT_KNOW else (item.id, str(answer))
            chosen[name] = value
        elif item.kind == "multi":
            assert isinstance(answer, tuple | str)
            chosen[item.id] = (UNKNOWN,) if answer == DONT_KNOW else tuple(str(each) for each in answer)
        else:
            chosen[item.id] = UNKNOWN if answer == DONT_KNOW else str(answer)
    return chosen


class CodeField(LightCopy, forms.CharField):
    """The code as somebody wrote it down."""


class CodeForm(Form):
    """The code somebody wrote down."""

    kode = CodeField(
        label=gettext_lazy("Koden dere fikk"),
        help_text=gettext_lazy("Ti bokstaver. Store eller små, med eller uten bindestrek."),
        error_messages={"required": gettext_lazy("Skriv koden dere fikk.")},
        max_length=40,
    )
