"""What advice rests on: the law, published work by how far it can be trusted, or our own practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inclusion_rules.three_languages import Text, TextFileError, text

EVIDENCE = ("law", "high", "medium", "low", "advice")


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do or to know. `evidence` is one of EVIDENCE."""

    words: Text
    evidence: str


def advice(items: list[dict[str, Any]], where: str) -> tuple[Advice, ...]:
    """The list at `where` in a text file. TextFileError when a language or what it rests on is missing."""
    return tuple(_one(item, f"{where}[{i}]") for i, item in enumerate(items))


def _one(item: dict[str, Any], where: str) -> Advice:
    if item.get("evidence") not in EVIDENCE:
        raise TextFileError(
            f"{where}: evidence is {item.get('evidence')!r}; use one of {', '.join(EVIDENCE)}"
        )
    return Advice(text(item, where), item["evidence"])
