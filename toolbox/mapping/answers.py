"""Answers to the questionnaire: what they may be, and how a whole set is packed.

A set of answers is {item id: answer}. An answer is an int for a likert or a number, an option's value for a
single, a tuple of values for a multi, the code of a municipality, or DONT_KNOW. A question that was not
answered is not in the set. «Vet ikke» is no middle: whoever counts leaves it out (`known`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from toolbox.mapping.instrument import Instrument, Item
from toolbox.places.municipalities import by_number

DONT_KNOW: Final = "?"

Answer = int | str | tuple[int | str, ...]
Answers = Mapping[str, Answer]


class WrongAnswer(ValueError):
    """An answer the question cannot have. `code` is unknown_item, unknown_value, out_of_range, too_many or
    alone; `item` is the question's id."""

    def __init__(self, code: str, item: str) -> None:
        self.code, self.item = code, item
        super().__init__(f"{item}: {code}")


def checked(item: Item, given: Any) -> Answer:
    """`given` as an answer: a value, a list of them for a multi, or DONT_KNOW. Raises WrongAnswer."""
    if given == DONT_KNOW:
        return DONT_KNOW
    if item.kind == "number":
        if isinstance(given, bool) or not isinstance(given, int):
            raise WrongAnswer("unknown_value", item.id)
        if not item.low <= given <= item.high:
            raise WrongAnswer("out_of_range", item.id)
        return given
    if item.kind == "municipality":
        found = by_number(given) if isinstance(given, str) else None
        if found is None:
            raise WrongAnswer("unknown_value", item.id)
        return found.number
    if item.kind == "multi":
        return _several(item, given)
    return _one(item, given)


def checked_all(instrument: Instrument, given: Mapping[str, Any]) -> Answers:
    """Every answer checked; questions that would not have been asked are left out. Raises WrongAnswer."""
    for name in given:
        if name not in instrument.items:
            raise WrongAnswer("unknown_item", name)
    answers = {
        item.id: checked(item, given[item.id]) for item in instrument.items.values() if item.id in given
    }
    return put(instrument, answers)


def put(instrument: Instrument, answers: Answers) -> Answers:
    """The answers to questions that are put to somebody who gave them, in the order of the questions."""
    return {
        name: answers[name]
        for name, item in instrument.items.items()
        if name in answers and is_asked(item, answers)
    }


def is_asked(item: Item, answers: Answers) -> bool:
    """Whether the question is put to somebody with these answers. E2 to E4 need an experience to speak of."""
    if item.only_if is None:
        return True
    other, value = item.only_if
    held = answers.get(other, DONT_KNOW)
    return isinstance(held, tuple) and value not in held


def known(answers: Answers) -> dict[str, Answer]:
    """The answers without «Vet ikke»."""
    return {name: answer for name, answer in answers.items() if answer != DONT_KNOW}


def pack(instrument: Instrument, answers: Answers) -> str:
    """The set as one short text: a JSON list in the order of the questions, null where there is no answer."""
    row = [answers.get(name) for name in instrument.items]
    while row and row[-1] is None:
        row.pop()
    return json.dumps(row, separators=(",", ":"))


def unpack(instrument: Instrument, packed: str) -> Answers:
    """The set that was packed with the same version of the questionnaire."""
    row = json.loads(packed)
    return {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in zip(instrument.items, row, strict=False)
        if answer is not None
    }


def _one(item: Item, given: Any) -> int | str:
    for option in item.options:
        if option.value == given and not isinstance(given, bool):
            return option.value
    raise WrongAnswer("unknown_value", item.id)


def _several(item: Item, given: Any) -> Answer:
    if not isinstance(given, list | tuple) or not given:
        raise WrongAnswer("unknown_value", item.id)
    chosen = {_one(item, value) for value in given}
    if len(chosen) > 1 and any(item.option(value).alone for value in chosen):
        raise WrongAnswer("alone", item.id)
    if item.at_most and len(chosen) > item.at_most:
        raise WrongAnswer("too_many", item.id)
    return tuple(option.value for option in item.options if option.value in chosen)
