"""Texts as the YAML files hold them: {nb, nn, en}, sometimes with more beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inclusion_rules.rates import LANGUAGES, Source
from inclusion_rules.reviewed_file import read_yaml

HERE = Path(__file__).parent

Text = Mapping[str, str]


class TextFileError(ValueError):
    """A text is missing or lacks a language. Says which file and where in it."""


def read_file(name: str) -> dict[str, Any]:
    """The YAML file `name` of this folder."""
    found: dict[str, Any] = read_yaml(HERE / name)
    return found


def text(fields: Any, where: str) -> Text:
    """The three languages out of `fields`, whatever else stands there. TextFileError when one is missing."""
    lacking = [code for code in LANGUAGES if not isinstance(fields, Mapping) or not fields.get(code)]
    if lacking:
        raise TextFileError(f"{where}: write a text in {', '.join(lacking)}")
    return {code: fields[code] for code in LANGUAGES}


def text_or_none(fields: Any, where: str) -> Text | None:
    return text(fields, where) if fields else None


def sources(rows: list[dict[str, Any]]) -> tuple[Source, ...]:
    return tuple(Source(row["title"], row["url"], row.get("as_of")) for row in rows)
