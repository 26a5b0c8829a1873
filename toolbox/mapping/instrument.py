"""The questionnaire as it was when it was answered: questions, scales and options, by version and hash.

Source: our own instrument, built on the studies each question names. It has not been validated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inclusion_rules.reviewed_file import read_yaml

FOLDER = Path(__file__).parent / "instruments"

#: The version new answers are given to.
CURRENT = "1"

#: The parts of the full form, in order, and the blocks of questions each holds.
PARTS = {
    "background": ("background",),
    "need": ("staffing_need",),
    "attitudes": ("attitudes",),
    "experience": ("experience",),
    "risk": ("risk", "drivers"),
    "competence": ("competence",),
}

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `alone` is True for «Ingen av disse», which goes with no other."""

    value: int | str
    text: Text
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    `kind` is `likert` (1 to 5), `single`, `multi`, `number` or `municipality`. `options` are those of the
    scale for a likert. `reverse`: a high answer counts low. `at_most` limits the choices of a multi, `low`
    and `high` a number. `only_if` is (item, value): the question is asked unless that item holds the value.
    """

    id: str
    block: str
    dimension: str
    kind: str
    text: Text
    options: tuple[Option, ...]
    reverse: bool
    basis: tuple[str, ...]
    low: int = 0
    high: int = 0
    at_most: int | None = None
    only_if: tuple[str, str] | None = None
    scale: str = ""

    def option(self, value: int | str) -> Option:
        """The option with this value. KeyError when there is none."""
        for option in self.options:
            if option.value == value:
                return option
        raise KeyError(f"{self.id} has no option {value!r}")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a question builds on. `confidence` is how sure we are of the source: high, medium or low."""

    title: str
    year: int | None
    url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A version of the questionnaire. `hash` is of the file as it stands: answers carry both."""

    version: str
    hash: str
    intro: Text
    dimensions: Mapping[str, Text]
    items: Mapping[str, Item]
    short: tuple[str, ...]
    sources: Mapping[str, Basis]

    def part_of(self, item: Item) -> str:
        """The part of the full form a question stands in: a key of PARTS."""
        return next(part for part, blocks in PARTS.items() if item.block in blocks)


@lru_cache(maxsize=8)
def instrument(version: str = CURRENT) -> Instrument:
    """The questionnaire of a version. FileNotFoundError when we never had one."""
    content = (FOLDER / f"v{version}.yaml").read_bytes()
    told: dict[str, Any] = read_yaml(content)
    scales = told["scales"]
    items = [_item(fields, scales) for fields in told["items"]]
    return Instrument(
        version=told["version"],
        hash=hashlib.sha256(content).hexdigest(),
        intro=told["intro"],
        dimensions=told["dimensions"],
        items={item.id: item for item in items},
        short=tuple(told["short"]),
        sources={code: Basis(**fields) for code, fields in told["sources"].items()},
    )


def _item(fields: Mapping[str, Any], scales: Mapping[str, Mapping[str, list[str]]]) -> Item:
    scale = fields["scale"]
    kind = "likert" if scale in scales else scale
    if scale in scales:
        rows = zip(*scales[scale].values(), strict=True)
        options = tuple(
            Option(value, dict(zip(scales[scale], words, strict=True))) for value, words in enumerate(rows, 1)
        )
    else:
        options = tuple(
            Option(
                each["value"],
                {code: each[code] for code in ("nb", "nn", "en")},
                each.get("alone", False),
            )
            for each in fields.get("options", ())
        )
    if kind == "single" and not options:
        kind = "municipality"  # the codes of toolbox.places
    unless = fields.get("only_if")
    return Item(
        id=fields["id"],
        block=fields["block"],
        dimension=fields["dimension"],
        kind=kind,
        text=fields["text"],
        options=options,
        reverse=fields.get("reverse", False),
        basis=tuple(fields["basis"]),
        low=fields.get("min", 0),
        high=fields.get("max", 0),
        at_most=fields.get("at_most"),
        only_if=(unless["item"], unless["not"]) if unless else None,
        scale=scale,
    )
