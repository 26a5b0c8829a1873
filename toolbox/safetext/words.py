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

#: The outcome of a rule that lets words through though another would find them.
INNOCENT = "pass"

_WORD = re.compile(rf"\w[\w{INVISIBLE}]*")
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))

#: Inflections of bokmål, nynorsk and English.
_ENDINGS = frozenset(("", *"a e n r s t en er et es ne te ar de ene ane ens ets ers est ing".split()))
#: Words are looked up by so many of their first letters.
_DRAWER = 4
#: And by so many of their last. No stem is shorter.
_LAST = 5
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
    """All that the lists find in `text`, in the order it stands there, but for what is innocent."""
    text = text.replace("_", " ")  # joins words in names of files
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
        innocent = {i for hit in hits if hit.rule.outcome == INNOCENT for i in range(hit.first, hit.after)}
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

    def may_stand_in(self, present: set[str]) -> bool:
        """False when none of its words is among those of the text. Quick, and settles most phrases."""
        return bool(self.written or self.starts or self.refuses) or not self.folded.isdisjoint(present)

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

    def may_stand_in(self, present: set[str]) -> bool:
        last = self.after or self.before
        return last[-1].may_stand_in(present)

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
    """Letters that are also found with one of them wrong. A whole word ends there, or with an ending."""

    letters: str
    is_whole: bool
    rule: Rule

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
        self.forms: dict[str, Rule] = {}
        self.beginning: defaultdict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self.ending: defaultdict[str, list[tuple[str, Rule]]] = defaultdict(list)
        self.misspelt: defaultdict[str, list[Stem]] = defaultdict(list)
        self.misspelt_first: defaultdict[str, list[tuple[str, Stem]]] = defaultdict(list)
        self.phrases: defaultdict[str, list[Phrase]] = defaultdict(list)
        self.patterns: list[tuple[re.Pattern[str], Rule]] = []

    def add(self, rule: Rule, content: dict[str, Any]) -> None:
        """Add the words of a rule. Of two rules that find the same word, the first added is followed."""
        for stem in str(content.get("stems", "")).split():
            letters = stem.removesuffix("-")
            if len(letters) < _LAST:
                raise ValueError(
                    f"«{stem}» in {rule.name}: a stem has {_LAST} letters or more; make it a word."
                )
            self.beginning[letters[:_DRAWER]].append((letters, rule))
            if stem == letters:
                for form in _forms(letters):
                    self.ending[form[-_LAST:]].append((form, rule))
            self._add_misspelt(Stem(letters, False, rule))
        for word in str(content.get("words", "")).split():
            if word != word.lower():
                self.written[word] = rule
                continue
            if rule.outcome == INNOCENT:
                self.forms[word] = rule
                continue
            self._add_forms(word, rule)
            self._add_misspelt(Stem(word, True, rule))
        for line in str(content.get("phrases", "")).splitlines():
            phrase = Phrase(line, rule)
            for drawer in phrase.before[0].drawers():
                self.phrases[drawer].append(phrase)
        self.patterns += [(re.compile(each), rule) for each in content.get("patterns", [])]

    def _add_forms(self, word: str, rule: Rule) -> None:
        for form in _forms(word):
            self.forms.setdefault(form, rule)

    def _add_misspelt(self, stem: Stem) -> None:
        letters, _is_whole, rule = stem
        if rule.outcome != "stop":
            return
        if len(letters) >= _SHORTEST_MISSPELT:
            self.misspelt[letters[:_DRAWER]].append(stem)
            self.misspelt_first[letters[_DRAWER:_SHORTEST_MISSPELT]].append((letters[_DRAWER:], stem))
        elif len(letters) > _DRAWER:
            for swapped in _swapped(letters):
                self._add_forms(swapped, rule)

    def hits(self, written: Sequence[str], folded: Sequence[str]) -> Iterator[Hit]:
        """What the lists find among the words, as written and as compared."""
        present = set(folded)
        rules = {word: rule for word in present if (rule := self._rule_of(word))}
        phrases = {
            word: [phrase for phrase in self.phrases[word[:_DRAWER]] if phrase.may_stand_in(present)]
            for word in present
            if word[:_DRAWER] in self.phrases
        }
        if not rules and not any(phrases.values()) and self.written.keys().isdisjoint(written):
            return
        for index, word in enumerate(folded):
            rule = rules.get(word) or self.written.get(written[index])
            if rule:
                yield Hit(rule, index, index + 1)
            for phrase in phrases.get(word, ()):
                hit = phrase.hit(written, folded, index)
                if hit:
                    yield hit

    def _rule_of(self, word: str) -> Rule | None:
        rule = self.forms.get(word)
        if rule or len(word) < _LAST:
            return rule
        for letters, rule in self.beginning.get(word[:_DRAWER], ()):
            if word.startswith(letters):
                return rule
        for form, rule in self.ending.get(word[-_LAST:], ()):
            if word.endswith(form):
                return rule
        if len(word) < _SHORTEST_MISSPELT - 1:
            return None
        for stem in self.misspelt.get(word[:_DRAWER], ()):
            if stem.begins_misspelt(word):
                return stem.rule
        for place in (_DRAWER - 1, _DRAWER, _DRAWER + 1):
            for rest, stem in self.misspelt_first.get(word[place : place + _NEXT], ()):
                if word.startswith(rest, place) and stem.begins_misspelt(word):
                    return stem.rule
        return None


def _forms(word: str) -> list[str]:
    return [word + ending for ending in _ENDINGS]


def _swapped(word: str) -> Iterator[str]:
    """The word with two neighbours swapped, each pair in turn: the one error that a short word bears."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


@cache
def _lists() -> Lists:
    """Every rule: what is innocent first, then what stops, so that they win in this order."""
    rules = [
        (Rule(name, content["outcome"], content.get("subject", "")), content)
        for path in sorted(FOLDER.glob("*.yaml"))
        for name, content in _read(path).items()
    ]
    lists = Lists()
    for rule, content in sorted(rules, key=lambda each: (INNOCENT, "stop", "think").index(each[0].outcome)):
        lists.add(rule, content)
    return lists


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)
