"""The rules of the toolbox as data: toolbox_rules.yaml, read, checked, and asked of a company's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from inclusion_rules.measures import all_measures
from inclusion_rules.reviewed_file import read_yaml
from inclusion_rules.three_languages import text
from toolbox.mapping.answers import Answer
from toolbox.mapping.instrument import Instrument, Text, instrument
from toolbox.tools.read import tools_of_files
from toolbox.tools.tool import AREAS, BANDS, Tool

FILE: Final = Path(__file__).with_name("toolbox_rules.yaml")

#: What is asked like a question, but worked out from several (`Attitude`).
ATTITUDE: Final = "attitude"
POSITIVE, NEGATIVE = "positive", "negative"
#: The question whose choices break ties.
DRIVERS: Final = "D1"

#: How an answer is held against the values in a rule.
_ASKS: Final[Mapping[str, Callable[[Any, tuple[int | str, ...]], bool]]] = {
    "is": lambda answer, values: answer in values,
    "in": lambda answer, values: answer in values,
    "has": lambda answer, values: values[0] in answer,
    "only": lambda answer, values: answer == values,
    "<=": lambda answer, values: answer <= values[0],
    ">=": lambda answer, values: answer >= values[0],
}

#: Answers that are known, and ATTITUDE when it is.
Known = Mapping[str, Answer]


class RuleFileError(ValueError):
    """A rule cannot be read. Says where it stands and what to write instead."""


@dataclass(frozen=True, slots=True)
class Test:
    """`item` asked for `values`; or, when `fact` is there, what that name stands for."""

    ask: str
    item: str = ""
    values: tuple[int | str, ...] = ()
    fact: Condition | None = None
    negated: bool = False

    def holds(self, known: Known) -> bool:
        if self.fact is not None:
            return self.fact.holds(known) is not self.negated
        answer = known.get(self.item)
        return (answer is not None and _ASKS[self.ask](answer, self.values)) is not self.negated

    def causes(self, known: Known) -> frozenset[str]:
        """The questions whose answers make it hold. Something that is not known is no cause."""
        if self.negated:
            return frozenset()
        return frozenset((self.item,)) if self.fact is None else self.fact.causes(known)


@dataclass(frozen=True, slots=True)
class Condition:
    """Lines that must all hold; a line holds when one of its tests does."""

    lines: tuple[tuple[Test, ...], ...]

    def holds(self, known: Known) -> bool:
        # Loops, not all() and any(): this is asked thousands of times for one toolbox.
        for line in self.lines:
            for test in line:
                if test.holds(known):
                    break
            else:
                return False
        return True

    def causes(self, known: Known) -> frozenset[str]:
        """The questions whose answers make it hold, when it does."""
        every = (test for line in self.lines for test in line)
        return frozenset().union(*(test.causes(known) for test in every if test.holds(known)))

    def tests(self) -> Iterator[Test]:
        """Every test of a question in it, those of its facts too."""
        for test in (test for line in self.lines for test in line):
            yield from (test,) if test.fact is None else test.fact.tests()


@dataclass(frozen=True, slots=True)
class Need:
    """One row of `needs` in the file. `place` is its number there, which settles what nothing else does."""

    id: str
    place: int
    area: str
    weight: int
    when: Condition
    drivers: frozenset[str]
    why: Text
    unless: Text
    tools: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told straight."""

    id: str
    when: Condition
    words: Text


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What an area shows when no need points there."""

    tools: tuple[str, ...]
    why: Text
    unless: Text


@dataclass(frozen=True, slots=True)
class Attitude:
    """`items` decide the attitude. While too few are answered, `pointer` alone does, by these limits."""

    items: tuple[str, ...]
    pointer: str
    positive_from: int
    negative_to: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole file. `tools` are those it may name, as their own files have them."""

    tools: Mapping[str, Tool]
    needs: tuple[Need, ...]
    never: tuple[tuple[Condition, frozenset[str]], ...]
    notes: tuple[Note, ...]
    acquaintance: Mapping[str, Acquaintance]
    attitude: Attitude
    effort: Mapping[str, int]
    little_time: Condition
    falls_away: Text
    both: Text

    def reads(self, condition: Condition) -> frozenset[str]:
        """The questions a condition asks about, whether or not it holds."""
        found = frozenset(test.item for test in condition.tests())
        return found - {ATTITUDE} | frozenset(self.attitude.items) if ATTITUDE in found else found

    def limits(self, item: str) -> frozenset[int]:
        """The numbers that some need holds an item against."""
        tests = (test for need in self.needs for test in need.when.tests() if test.item == item)
        return frozenset(value for test in tests for value in test.values if isinstance(value, int))


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules that ship. Read once a process."""
    return read(read_yaml(FILE), instrument())


def read(told: Mapping[str, Any], form: Instrument) -> Rules:
    """The rules in `told`. RuleFileError when one asks for what is not there."""
    reader = _Reader(form)
    for name, lines in told["facts"].items():
        reader.facts[name] = reader.condition(lines, f"facts: {name}")
    needs = tuple(_need(place, row, reader) for place, row in enumerate(told["needs"]))
    _one_area_each(needs)
    for row in told["never"]:
        _known_keys(row["of"], (*tools_of_files(), *all_measures()), f"never: {row['when']}")
    return Rules(
        tools=tools_of_files(),
        needs=needs,
        never=tuple((reader.condition(row["when"], "never"), frozenset(row["of"])) for row in told["never"]),
        notes=tuple(
            Note(
                row["id"],
                reader.condition(row["when"], f"notes: {row['id']}"),
                text(row, f"notes: {row['id']}"),
            )
            for row in told["notes"]
        ),
        acquaintance={area: _acquaintance(area, told["acquaintance"][area]) for area in AREAS},
        attitude=Attitude(**{**told["attitude"], "items": tuple(told["attitude"]["items"])}),
        effort={band: told["effort"][band] for band in BANDS},
        little_time=reader.condition(told["little_time"], "little_time"),
        falls_away=text(told["falls_away"], "falls_away"),
        both=text(told["both"], "both"),
    )


def _need(place: int, row: Mapping[str, Any], reader: _Reader) -> Need:
    where = f"needs: {row['id']}"
    tools, measures = tuple(row["tools"]), tuple(row.get("measures", ()))
    if row["area"] not in AREAS:
        raise RuleFileError(f"{where}: there is no area {row['area']!r}; use one of {', '.join(AREAS)}")
    _known_keys(tools, tools_of_files(), where, row["area"])
    _known_keys(measures, all_measures(), where, row["area"])
    choices = {option.value for option in reader.form.items[DRIVERS].options}
    if unknown := set(row.get("drivers", ())) - choices:
        raise RuleFileError(f"{where}: {DRIVERS} has no {', '.join(unknown)}; use its values")
    return Need(
        id=row["id"],
        place=place,
        area=row["area"],
        weight=row["weight"],
        when=reader.condition(row["when"], where),
        drivers=frozenset(row.get("drivers", ())),
        why=text(row["why"], f"{where}: why"),
        unless=text(row["unless"], f"{where}: unless"),
        tools=tools,
        measures=measures,
    )


def _acquaintance(area: str, row: Mapping[str, Any]) -> Acquaintance:
    where = f"acquaintance: {area}"
    _known_keys(row["tools"], tools_of_files(), where, area)
    return Acquaintance(tuple(row["tools"]), text(row["why"], where), text(row["unless"], where))


def _known_keys(
    keys: Iterable[str], among: Mapping[str, Any] | tuple[str, ...], where: str, area: str = ""
) -> None:
    for key in keys:
        if key not in among:
            raise RuleFileError(f"{where}: there is no tool or measure {key}; use the name of its file")
        if isinstance(among, Mapping) and area not in among[key].areas:
            raise RuleFileError(
                f"{where}: {key} is not of the area {area}; use one that is, or give it the area"
            )


def _one_area_each(needs: Iterable[Need]) -> None:
    areas: dict[str, str] = {}
    for need in needs:
        for key in (*need.tools, *need.measures):
            if areas.setdefault(key, need.area) != need.area:
                raise RuleFileError(
                    f"needs: {need.id}: {key} already stands under {areas[key]}; choose one of the areas"
                )


class _Reader:
    """Conditions as the file has them, held against the questions of a form."""

    def __init__(self, form: Instrument) -> None:
        self.form = form
        self.facts: dict[str, Condition] = {}

    def condition(self, lines: list[str], where: str) -> Condition:
        return Condition(tuple(tuple(self._tests(line, where)) for line in lines))

    def _tests(self, line: str, where: str) -> Iterator[Test]:
        for way in line.split(" or "):
            words = way.split()
            negated = words[0] == "not"
            if negated:
                words = words[1:]
            if len(words) == 1 and words[0] in self.facts:
                yield Test("", fact=self.facts[words[0]], negated=negated)
                continue
            if len(words) < len(("item", "ask", "value")) or words[1] not in _ASKS:
                raise RuleFileError(f"{where}: «{way}»: write a fact, or «N1 is 2» with {', '.join(_ASKS)}")
            item, ask, *values = words
            yield Test(
                ask, item, tuple(self._value(item, ask, value, where) for value in values), None, negated
            )

    def _value(self, item: str, ask: str, word: str, where: str) -> int | str:
        value: int | str = int(word) if word.isdigit() else word
        if item == ATTITUDE:
            allowed: tuple[int | str, ...] = (POSITIVE, NEGATIVE)
        elif item not in self.form.items:
            raise RuleFileError(f"{where}: there is no question {item}; use its id in the questionnaire")
        elif self.form.items[item].kind == "number":
            allowed = (value,) if isinstance(value, int) else ()
        else:
            allowed = tuple(option.value for option in self.form.items[item].options)
        several = item != ATTITUDE and self.form.items[item].kind == "multi"
        if value not in allowed or several is not (ask in {"has", "only"}):
            raise RuleFileError(f"{where}: {item} {ask} {word} never holds; use a value the question has")
        return value
