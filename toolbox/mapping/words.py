"""An answer in the words it was chosen by."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from toolbox.mapping.answers import DONT_KNOW, Answer
from toolbox.mapping.instrument import Item
from toolbox.places.municipalities import by_number


def in_words(item: Item, answer: Answer, language: str) -> str:
    """The answer as people read it: «Litt enig», «Halden», «Mentortilskudd, Arbeidstrening eller praksis»."""
    if answer == DONT_KNOW:
        return _("Vet ikke")
    if item.kind == "number":
        return str(answer)
    if item.kind == "municipality":
        found = by_number(str(answer))
        return found.name if found else str(answer)
    values = answer if isinstance(answer, tuple) else (answer,)
    texts: list[Mapping[str, str]] = [item.option(value).text for value in values]
    return ", ".join(text[language] for text in texts)
