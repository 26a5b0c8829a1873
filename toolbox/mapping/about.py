"""The questionnaire laid open: every question, what it is used for, and what it builds on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from toolbox.mapping.drafts import TABLE_ITEMS
from toolbox.mapping.instrument import PARTS, Basis, Instrument, Item, Text, instrument
from toolbox.mapping.pages import PART_NAMES
from toolbox.mapping.scoring import used_items


@dataclass(frozen=True, slots=True)
class Source:
    number: int
    basis: Basis

    @property
    def site(self) -> str:
        return urlsplit(self.basis.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Question:
    """`level` is what it helps to place a company on, where it does. `counted`: tables count by the answer.

    `sources` are numbers of Source.
    """

    item: Item
    short: bool
    level: Text | None
    counted: bool
    sources: tuple[int, ...]


def described() -> dict[str, Any]:
    """What the page about the questionnaire shows."""
    asked = instrument()
    numbers = {code: number for number, code in enumerate(asked.sources, 1)}
    parts: dict[str, list[Question]] = {part: [] for part in PARTS}
    for item in asked.items.values():
        parts[asked.part_of(item)].append(_question(asked, item, numbers))
    return {
        "asked": asked,
        "parts": [(PART_NAMES[part], questions) for part, questions in parts.items()],
        "sources": [Source(numbers[code], basis) for code, basis in asked.sources.items()],
    }


def _question(asked: Instrument, item: Item, numbers: dict[str, int]) -> Question:
    level = asked.dimensions[item.dimension] if item.id in used_items() else None
    return Question(
        item,
        item.id in asked.short,
        level,
        item.id in TABLE_ITEMS,
        tuple(numbers[code] for code in item.basis),
    )
