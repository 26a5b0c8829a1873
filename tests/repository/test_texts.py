"""Bokmål, nynorsk and English are complete: no text lacks its translation, and none is only guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inclusion_rules.reviewed_file import read_yaml
from toolbox.ui import texts

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"nb", "nn", "en"}
#: Files that people read, in three languages wherever they speak.
YAML_FILES = sorted(
    path for folder in ("inclusion_rules", "content", "toolbox") for path in (ROOT / folder).rglob("*.yaml")
)


def test_every_text_of_the_pages_is_translated():
    missing = texts.missing()
    assert not missing, "\n".join(missing)


def test_every_translation_keeps_the_places_for_values():
    import polib

    wrong = []
    for room, language, po_path in texts.catalogues():
        if not po_path.exists():
            continue
        for entry in polib.pofile(str(po_path)):
            for said in [entry.msgstr, *entry.msgstr_plural.values()]:
                if said and places(said) != places(entry.msgid):
                    wrong.append(f"{room.name}/{language}: «{entry.msgid}» → «{said}»")
    assert not wrong, "\n".join(wrong)


def places(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_of_a_file_is_in_three_languages(path):
    wrong = []
    for where, said in spoken(read_yaml(path)):
        if set(said) != LANGUAGES:
            wrong.append(f"{where}: only {', '.join(sorted(said))}")
        elif len({bool(words.strip()) for words in said.values()}) != 1:
            wrong.append(f"{where}: some languages say nothing")
        elif len({frozenset(re.findall(r"\{rate:[^}]+\}", words)) for words in said.values()}) != 1:
            wrong.append(f"{where}: the languages refer to different rates")
    assert not wrong, "\n".join(wrong)


def _each(where: str, said: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The text, or each of the texts where a language has a list of them."""
    if not any(isinstance(words, list) for words in said.values()):
        yield where, said
        return
    for number in range(max(map(len, said.values()))):
        held = {language: words[number] for language, words in said.items() if number < len(words)}
        yield f"{where}/{number}", held


def spoken(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every mapping that has a language for a key, with the way to it."""
    if isinstance(value, dict):
        if said := {language: value[language] for language in LANGUAGES & set(value)}:
            yield from _each(where, said)
        for key in set(value) - LANGUAGES:
            yield from spoken(value[key], f"{where}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from spoken(inner, f"{where}/{number}")
