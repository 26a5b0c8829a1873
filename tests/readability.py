"""LIX, the readability index of Carl-Hugo Björnsson (1968): words a sentence, plus long words a hundred.

    LIX = words / sentences + 100 × (words of more than six letters) / words

Below 30 is read like a children's book, 40 like a newspaper's news, 50 like a report, 60 like a law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import html5lib

LONG = 6
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:…]+(?:\s|$)")
#: Elements inside a line. Every other one ends the sentence before it and its own.
INLINE = set("a abbr b bdi cite code em i mark q s small span strong sub sup time u var wbr".split())
#: Not prose: choices of a list, drawings, and what a browser does not show.
LEFT_OUT = set("option select svg script style template".split())


@dataclass(frozen=True, slots=True)
class Measured:
    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        if not self.words:
            return 0
        return self.words / self.sentences + 100 * self.long_words / self.words


def measure(sentences: Iterable[str]) -> Measured:
    """Count `sentences`; those without a word are none. A word written with a hyphen is one word."""
    counted = [words for words in map(_WORD.findall, sentences) if words]
    every = [word for words in counted for word in words]
    return Measured(len(every), len(counted), sum(len(word.replace("-", "")) > LONG for word in every))


def sentences_of(html: str, names: Iterable[str] = ()) -> list[str]:
    """The sentences between header and footer of a page, without `names` and without numbers.

    The text of links to other sites is left out: it is their title, not our words.
    """
    root = html5lib.parse(html, namespaceHTMLElements=False)
    blocks: list[str] = [""]

    def walk(node: Any) -> None:
        inline = node.tag in INLINE or not isinstance(node.tag, str)
        if not inline:
            blocks.append("")
        if node.tag not in LEFT_OUT and isinstance(node.tag, str) and not _elsewhere(node):
            blocks[-1] += node.text or ""
            for child in node:
                walk(child)
                blocks[-1] += child.tail or ""
        if not inline:
            blocks.append("")

    walk(root.find(".//main"))
    pattern = _names(names)
    found = []
    for block in blocks:
        text = re.sub(r"[\s\u00a0\u202f]+", " ", block)
        text = pattern.sub(" ", text) if pattern else text
        found += [part.strip() for part in _SENTENCE_END.split(text)]
    return [part for part in found if _WORD.search(part)]


def lix(html: str, names: Iterable[str] = ()) -> float:
    """The LIX of a page's own words."""
    return measure(sentences_of(html, names)).lix


def _elsewhere(node: Any) -> bool:
    return bool(node.tag == "a" and (node.get("href") or "").startswith(("http:", "https:")))


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    # The longest first, so that a name inside another does not leave half of it behind.
    ordered = sorted({re.sub(r"\s+", " ", name).strip() for name in names} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None
