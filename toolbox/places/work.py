"""Everyday words for kinds of work, as people say them, with the occupation codes behind.

Source of the codes: STYRK-08, Statistics Norway's standard for occupations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from inclusion_rules.reviewed_file import read_yaml

_FILE = Path(__file__).parent / "data" / "work.yaml"


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work. `name` and `phrase` are {nb, nn, en}; `styrk` holds STYRK-08 codes of four digits.

    `phrase` goes on after «en stilling på 60 prosent»: «på kjøkken». Empty where the kind is «noe annet».
    """

    key: str
    name: Mapping[str, str]
    phrase: Mapping[str, str]
    styrk: tuple[str, ...]

    def after_position(self, language: str) -> str:
        """The phrase with a space before it, or nothing: put it right behind the position, before a comma."""
        phrase = self.phrase[language]
        return f" {phrase}" if phrase else ""


@lru_cache(maxsize=1)
def kinds_of_work() -> tuple[Work, ...]:
    """Every kind in the order a list shows them: the most common first, «noe annet» last."""
    rows = read_yaml(_FILE)
    return tuple(Work(key, row["name"], row["phrase"], tuple(row["styrk"])) for key, row in rows.items())


def work_by_key(key: str) -> Work | None:
    """The kind with this key, or None."""
    return next((work for work in kinds_of_work() if work.key == key), None)
