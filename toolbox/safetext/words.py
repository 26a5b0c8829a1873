"""Finds the words of the lists in words/ in free text: inflected, compounded, and with one letter wrong.

words/README.md tells how a list is written. Each word of a text is looked up a fixed number of times,
whatever the lists hold, so the time grows with the text alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from toolbox.safetext.national_id import INVISIBLE

FOLDER = Path(__file__).parent / "words"

_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{INVISIBLE}])*")
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))

#: Inflections of bokmål, nynorsk and English.
_ENDINGS = frozenset(("", *"a e n r s t en er et es ne te ar de ene ane ens ets ers est ing".split()))
#: Words are looked up by so many of their first, or last, letters. No stem is shorter.
_DRAWER = 4
#: What may be misspelt is looked up by so many letters after the drawer, too: the first may be wrong.
_NEXT = 3
_SHORTEST_MISSPELT = _DRAWER + _NEXT
_MOST_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens when a word of a list is found, and which text the writer gets."""

    name: str
    outcome: str
    subject: str


class Found(NamedTuple):
    rule: Rule
    start: int
    end: int


class Hit(NamedTuple):
    """A finding counted in words: the first, and the one after the last."""

    rule: Rule
    first: int
    after: int


def find(text: str) -> list[Found]:
    """All that the lists find in `text`, in the order it stands there."""
    written = _WORD.findall(text)
    folded = [word.lower() if word.isascii() else _fold(word) for word in written]
    lists = _lists()
    found = [
        Found(rule, hit.start(), hit.end())
        for pattern, rule in lists.patterns
        for hit in pattern.finditer(text)
    ]
    hits = list(lists.hits(written, folded))
    if hits:
        innocent = {i for hit in _innocent().hits(written, folded) for i in range(hit.first, hit.after)}
        places = [word.span() for word in _WORD.finditer(text)]
        found += [
            Found(hit.rule, places[hit.first][0], places[hit.after - 1][1])
            for hit in hits
            if hit.first not in innocent
        ]
    return sorted(found, key=lambda each: (each.start, each.end))


def _fold(written: str) -> str:
    return unicodedata.normalize("NFKC", written.translate(_UNSEEN)).lower()


class Element:
    """One place of a phrase: which words may stand there."""

    def __init__(self, element: str) -> None:
        self.refuses = element.startswith("!")
        choices = element.removeprefix("!").split("|")
        self.written = frozenset(each for each in choices if each != each.lower())
        self.folded = frozenset(each for each in choices if each == each.lower() and not each.endswith("*"))
        self.starts = tuple(each[:-1] for each in choices if each.endswith("*"))
        if any(len(each) < _DRAWER for each in self.starts):
            raise ValueError(f"«{element}»: write at least {_DRAWER} letters before the star.")

    def accepts(self, written: str, folded: str) -> bool:
        stands = folded in self.folded or written in self.written or folded.startswith(self.starts)
        return stands is not self.refuses

    def drawers(self) -> set[str]:
        return {each.lower()[:_DRAWER] for each in (*self.written, *self.folded, *self.starts)}


class Phrase:
    """Words in a row, with up to three others in one place («..»)."""

    def __init__(self, line: str, rule: Rule) -> None:
        before, _gap, after = line.partition(" .. ")
        self.rule = rule
        self.before = [Element(each) for each in before.split()]
        self.after = [Element(each) for each in after.split()]
        if self.before[0].refuses or ".." in after:
            raise ValueError(
                f"«{line}» in {rule.name}: begin with a word that must stand there, and use .. once."
            )

    def hit(self, written: Sequence[str], folded: Sequence[str], first: int) -> Hit | None:
        """Where it stands when it begins at `first`."""
        after = first + len(self.before)
        if not _stand(self.before, written, folded, first):
            return None
        if not self.after:
            return Hit(self.rule, first, after)
        for start in range(after, after + _MOST_BETWEEN + 1):
            if _stand(self.after, written, folded, start):
                return Hit(self.rule, first, start + len(self.after))
        return None


def _stand(elements: Sequence[Element], written: Sequence[str], folded: Sequence[str], first: int) -> bool:
    if first + len(elements) > len(folded):
        return False
    for index, element in enumerate(elements, first):
        if not element.accepts(written[index], folded[index]):
            return False
    return True


class Stem(NamedTuple):
    """What a word is found by. A whole one stands alone, with an ending; the others begin or end any word."""

    letters: str
    is_whole: bool
    rule: Rule

    def begins(self, word: str) -> bool:
        return word.startswith(self.letters) and self._may_go_on(word, len(self.letters))

    def ends(self, word: str) -> bool:
        """Whether it stands last in the word, with or without an ending."""
        start = word.rfind(self.letters)
        return start >= 0 and word[start + len(self.letters) :] in _ENDINGS

    def begins_misspelt(self, word: str) -> bool:
        """Whether it begins the word but for one letter: another, too many, missing, or swapped."""
        letters = self.letters
        right = next((i for i, letter in enumerate(letters) if word[i : i + 1] != letter), len(letters))
        rest, after = letters[right:], letters[right + 1 :]
        swapped = word[right : right + 2] == rest[1::-1]
        return (
            (word.startswith(after, right + 1) and self._may_go_on(word, right + 1 + len(after)))
            or (word.startswith(rest, right + 1) and self._may_go_on(word, right + 1 + len(rest)))
            or (word.startswith(after, right) and self._may_go_on(word, right + len(after)))
            or (swapped and word.startswith(after[1:], right + 2) and self._may_go_on(word, len(letters)))
        )

    def _may_go_on(self, word: str, end: int) -> bool:
        return not self.is_whole or word[end:] in _ENDINGS


class Lists:
    """The words of some rules, in drawers by the letters they are looked up by."""

    def __init__(self) -> None:
        self.written: dict[str, Rule] = {}
        #: Short words, and the misspelt forms of those of some letters more.
        self.short: dict[str, Rule] = {}
        self.beginning: defaultdict[str, list[Stem]] = defaultdict(list)
        self.ending: defaultdict[str, list[Stem]] = defaultdict(list)
        self.misspelt: defaultdict[str, list[Stem]] = defaultdict(list)
        self.misspelt_first: defaultdict[str, list[Stem]] = defaultdict(list)
        self.phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
        self.patterns: list[tuple[re.Pattern[str], Rule]] = []

    def add(self, rule: Rule, content: dict[str, Any]) -> None:
        for stem in str(content.get("stems", "")).split():
            if len(stem) < _DRAWER:
                raise ValueError(
                    f"«{stem}» in {rule.name}: a stem has {_DRAWER} letters or more; make it a word."
                )
            begins_only = stem.endswith("-")
            found_by = Stem(stem.removesuffix("-"), False, rule)
            self._add_stem(found_by)
            if not begins_only:
                for ending in _ENDINGS:
                    self.ending[(stem + ending)[-_DRAWER:]].append(found_by)
        for word in str(content.get("words", "")).split():
            if word != word.lower():
                self.written[word] = rule
            elif len(word) < _DRAWER:
                self.short |= {word + ending: rule for ending in _ENDINGS}
            else:
                self._add_stem(Stem(word, True, rule))
        for line in str(content.get("phrases", "")).splitlines():
            phrase = Phrase(line, rule)
            for drawer in phrase.before[0].drawers():
                self.phrases[drawer].append(phrase)
        self.patterns += [(re.compile(each), rule) for each in content.get("patterns", [])]

    def _add_stem(self, stem: Stem) -> None:
        self.beginning[stem.letters[:_DRAWER]].append(stem)
        if stem.rule.outcome != "stop":
            return
        if len(stem.letters) >= _SHORTEST_MISSPELT:
            self.misspelt[stem.letters[:_DRAWER]].append(stem)
            self.misspelt_first[stem.letters[_DRAWER:_SHORTEST_MISSPELT]].append(stem)
        elif len(stem.letters) > _DRAWER:
            self.short |= {
                swapped + ending: stem.rule for swapped in _swapped(stem.letters) for ending in _ENDINGS
            }

    def hits(self, written: Sequence[str], folded: Sequence[str]) -> Iterator[Hit]:
        """What the lists find among the words, as written and as compared."""
        beginning, ending, first, phrases = self.beginning, self.ending, self.misspelt_first, self.phrases
        for index, word in enumerate(folded):
            drawer = word[:_DRAWER]
            if (
                drawer in beginning
                or word[-_DRAWER:] in ending
                or word[_DRAWER:_SHORTEST_MISSPELT] in first
                or word[_DRAWER - 1 : _SHORTEST_MISSPELT - 1] in first
                or word[_DRAWER + 1 : _SHORTEST_MISSPELT + 1] in first
                or word in self.short
                or written[index] in self.written
            ):
                rule = self._rule_of(written[index], word)
                if rule:
                    yield Hit(rule, index, index + 1)
            if drawer in phrases:
                for phrase in phrases[drawer]:
                    hit = phrase.hit(written, folded, index)
                    if hit:
                        yield hit

    def _rule_of(self, written: str, word: str) -> Rule | None:
        rule = self.written.get(written) or self.short.get(word)
        if rule:
            return rule
        for stem in self.beginning.get(word[:_DRAWER], ()):
            if stem.begins(word):
                return stem.rule
        for stem in self.ending.get(word[-_DRAWER:], ()):
            if stem.ends(word):
                return stem.rule
        for stem in self.misspelt.get(word[:_DRAWER], ()):
            if stem.begins_misspelt(word):
                return stem.rule
        for shift in (-1, 0, 1):
            for stem in self.misspelt_first.get(word[_DRAWER + shift : _SHORTEST_MISSPELT + shift], ()):
                if stem.begins_misspelt(word):
                    return stem.rule
        return None


def _swapped(word: str) -> Iterator[str]:
    """The word with two neighbours swapped, each pair in turn: the one error that a short word bears."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


@cache
def _lists() -> Lists:
    """Every rule; those that stop first, so that they win."""
    rules = [
        (Rule(name, content["outcome"], content["subject"]), content)
        for path in sorted(FOLDER.glob("*.yaml"))
        if path.stem != "innocent"
        for name, content in _read(path).items()
    ]
    lists = Lists()
    for rule, content in sorted(rules, key=lambda each: each[0].outcome != "stop"):
        lists.add(rule, content)
    return lists


@cache
def _innocent() -> Lists:
    lists = Lists()
    for name, content in _read(FOLDER / "innocent.yaml").items():
        lists.add(Rule(name, "pass", ""), content)
    return lists


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)
