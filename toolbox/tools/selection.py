"""Which tools somebody wants to see: words, area, time and who, all in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from toolbox.places.sorting import fold
from toolbox.tools.read import all_tools
from toolbox.tools.tool import AREAS, Tool
from toolbox.tools.words import AREA, BAND, WHO
from toolbox.ui.forms import Form, LightCopy, Select

#: Nobody looks for more than this; what follows is left out.
LONGEST_SEARCH = 100

#: The words of the address → the codes of the files. Addresses stay Norwegian.
AREA_IN_ADDRESS = {
    "lar-av-andre": "stories",
    "stotte": "support",
    "hvem": "people",
    "lar-mer": "learning",
    "hjelp": "help",
}
BAND_IN_ADDRESS = {"under-en-time": "minutes", "timer": "hours", "uker": "weeks"}
WHO_IN_ADDRESS = {
    "leder": "manager",
    "personal": "hr_manager",
    "mentor": "mentor",
    "kollega": "colleague",
    "tillitsvalgt": "representatives",
    "den-nye": "newcomer",
}


class WordsField(LightCopy, forms.CharField):
    """Words to look for. Too many are cut off, never an error."""

    def clean(self, value: Any) -> str:
        return " ".join((value or "").replace("\0", "").split())[:LONGEST_SEARCH]


def _choices(every: Any, codes: Mapping[str, str], words: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [("", every), *((written, words[code]) for written, code in codes.items())]


class FilterForm(Form):
    """The filters in the address. An unknown value becomes a message, and the other filters still count."""

    sok = WordsField(label=gettext_lazy("Ord dere leter etter"), required=False)
    omrade = Select(
        label=gettext_lazy("Område"),
        missing=gettext_lazy("Området i adressen finnes ikke. Velg et i listen."),
        required=False,
        choices=_choices(gettext_lazy("Alle områder"), AREA_IN_ADDRESS, AREA),
    )
    tid = Select(
        label=gettext_lazy("Hvor lang tid har dere?"),
        missing=gettext_lazy("Tiden i adressen finnes ikke. Velg en i listen."),
        required=False,
        choices=_choices(gettext_lazy("All tid"), BAND_IN_ADDRESS, BAND),
    )
    hvem = Select(
        label=gettext_lazy("Hvem skal gjøre det?"),
        missing=gettext_lazy("Valget i adressen finnes ikke. Velg hvem i listen."),
        required=False,
        choices=_choices(gettext_lazy("Alle"), WHO_IN_ADDRESS, WHO),
    )

    def chosen(self) -> dict[str, str]:
        """The filters that count: filled in, and known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass(frozen=True, slots=True)
class Group:
    """The tools of one area. `filter` is its word in the address."""

    code: str
    heading: Any
    filter: str
    tools: tuple[Tool, ...]


def select(chosen: Mapping[str, str]) -> tuple[Tool, ...]:
    """The tools that pass every chosen filter, in the order of the files."""
    tests: dict[str, Callable[[Tool, str], bool]] = {
        "sok": _says,
        "omrade": lambda tool, value: AREA_IN_ADDRESS[value] in tool.areas,
        "tid": lambda tool, value: BAND_IN_ADDRESS[value] == tool.band,
        "hvem": lambda tool, value: WHO_IN_ADDRESS[value] in tool.who,
    }
    return tuple(
        tool
        for tool in all_tools().values()
        if all(tests[name](tool, value) for name, value in chosen.items())
    )


def grouped(tools: Iterable[Tool]) -> tuple[Group, ...]:
    """The tools under the areas they are first of all about; an area without any is left out."""
    found: dict[str, list[Tool]] = {code: [] for code in AREAS}
    for tool in tools:
        found[tool.areas[0]].append(tool)
    return tuple(
        Group(code, AREA[code], area_filter(code), tuple(those)) for code, those in found.items() if those
    )


def area_filter(code: str) -> str:
    """The word of an area in the address of the list."""
    return next(written for written, area in AREA_IN_ADDRESS.items() if area == code)


def of_area(code: str) -> tuple[Tool, ...]:
    """The tools that are first of all about an area, what takes least time first."""
    return tuple(tool for tool in all_tools().values() if tool.areas[0] == code)


def _says(tool: Tool, wanted: str) -> bool:
    """Whether the tool holds every word, in any of its languages: «rettleiar» finds «veileder» too."""
    texts = (
        tool.title,
        tool.promise,
        *(step.title for step in tool.steps),
        *(step.text for step in tool.steps),
    )
    held = fold(" ".join(words for text in texts for words in text.values()))
    return all(word in held for word in fold(wanted).split())
