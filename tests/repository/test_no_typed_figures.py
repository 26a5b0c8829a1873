"""No page and no text holds an amount or a percentage: words refer to a rate, templates show a value.

A figure in prose goes on being shown after the law has changed, and nobody is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from inclusion_rules.reviewed_file import read_yaml

ROOT = Path(__file__).parents[2]

_GAP = r"[\s\u00a0\u202f]*"
#: A digit before the unit (40 %, 160 400 kr, 5 G), or after it (kr 500).
#: `%}` ends a tag, `%(name)s` is filled in, `%C3` is a letter in an address.
FIGURE = re.compile(
    rf"\d{_GAP}(?:(?:prosent|per{_GAP}cent|percent|pst|kroner|kr|NOK|G)\b|%(?![}}(]|[0-9A-F]{{2}}))"
    rf"|\b(?:kr|NOK){_GAP}\d"
)
#: A measure of layout: width="100%".
_ATTRIBUTE = re.compile(r'\b[\w:-]+="[\d.]+%"')
_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)


def figures(text: str) -> list[str]:
    """The figures typed in a text, with the words around them."""
    return [text[max(0, hit.start() - 30) : hit.end() + 10].strip() for hit in FIGURE.finditer(text)]


def figures_in_template(text: str) -> list[str]:
    return figures(_ATTRIBUTE.sub("", _COMMENT.sub("", text)))


def words(node: object) -> Iterator[str]:
    """Every text in a YAML document."""
    if isinstance(node, dict):
        for value in node.values():
            yield from words(value)
    elif isinstance(node, list):
        for value in node:
            yield from words(value)
    elif isinstance(node, str):
        yield node


# The rate files themselves, and worked cases, are where figures belong.
WORD_FILES = sorted(
    path
    for path in (ROOT / "inclusion_rules").rglob("*.yaml")
    if path.name not in {"rates.yaml", "cases.yaml"} and path.parent.name != "shared_rates"
)
TEMPLATES = sorted(
    path for suffix in ("html", "txt", "typ") for path in (ROOT / "toolbox").rglob(f"templates/**/*.{suffix}")
)
CATALOGUES = sorted((ROOT / "toolbox").rglob("locale/**/*.po"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", WORD_FILES, ids=name)
def test_words_refer_to_rates(path):
    assert [found for text in words(read_yaml(path)) for found in figures(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_show_values(path):
    assert figures_in_template(path.read_text()) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_catalogues_hold_no_figures(path):
    texts = [
        text
        for entry in polib.pofile(str(path))
        for text in (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values())
    ]
    assert [found for text in texts for found in figures(text)] == []


def test_there_is_something_to_look_at():
    assert WORD_FILES and TEMPLATES


@pytest.mark.parametrize(
    "text",
    [
        "dekker 40 prosent",
        "up to 75 per cent",
        "60 %",
        "60%",
        "160 400 kr",
        "160\u00a0400\u202fkr i året",
        "høyst 5 G per år",
        "NOK 500",
        "kr 500",
        "{% translate 'Inntil 40 % av lønnen' %}",
    ],
)
def test_typed_figure_is_caught(text):
    assert figures_in_template(text)


@pytest.mark.parametrize(
    "text",
    [
        "{rate:percent_guidance_start} av lønnen",
        "§ 9-5 og 14 dager",
        "{% if steps|length > 2 %}",
        "{{ amount }} kr",
        '<rect width="100%" height="50%">',
        "{# før sto det 40 % her #}",
        "%(count)s prosent",
        "2 grupper",
        "år 3 Gruppen",
        "https://example.org/tre_%C3%A5r",
    ],
)
def test_what_is_no_figure_passes(text):
    assert figures_in_template(text) == []
