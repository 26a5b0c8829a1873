"""Ways of taking somebody in, side by side with the same rows for each.

The words and paragraphs stand in forms_of_inclusion.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, TextFileError, read_file, sources, text

FILE = "forms_of_inclusion.yaml"


@dataclass(frozen=True, slots=True)
class Form:
    """One column. `measures` are the keys of the measures it rests on."""

    key: str
    name: Text
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row says of one form."""

    form: Form
    words: Text
    law: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to compare. `cells` stand in the order of the columns, one for each."""

    key: str
    title: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FormsOfInclusion:
    title: Text
    text: Text
    columns: tuple[Form, ...]
    rows: tuple[Row, ...]
    before_start: Text
    checked: date
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def forms_of_inclusion() -> FormsOfInclusion:
    """The comparison, read once a process. TextFileError when a row lacks a cell, a language or its law."""
    raw = read_file(FILE)
    columns = tuple(
        Form(c["key"], text(c["name"], f"{FILE} columns.{c['key']}"), tuple(c["measures"]))
        for c in raw["columns"]
    )
    return FormsOfInclusion(
        title=text(raw["title"], f"{FILE} title"),
        text=text(raw["text"], f"{FILE} text"),
        columns=columns,
        rows=tuple(_row(row, columns) for row in raw["rows"]),
        before_start=text(raw["before_start"], f"{FILE} before_start"),
        checked=raw["checked"],
        sources=sources(raw["sources"]),
    )


def _row(row: dict[str, Any], columns: tuple[Form, ...]) -> Row:
    where = f"{FILE} rows.{row['key']}"
    if set(row["cells"]) != {column.key for column in columns}:
        raise TextFileError(f"{where}: write one cell for each column, {', '.join(c.key for c in columns)}")
    cells = []
    for column in columns:
        cell = row["cells"][column.key]
        if not cell.get("law"):
            raise TextFileError(f"{where}.{column.key}: name the paragraph in `law`")
        cells.append(Cell(column, text(cell, f"{where}.{column.key}"), cell["law"]))
    return Row(row["key"], text(row["title"], where), tuple(cells))
