"""From a company's answers to its toolbox: what to do first, and what can help in each of the five areas.

Pure: the same answers give the same toolbox, on a page, in a PDF and over the API. What leads to what stands
in toolbox_rules.yaml; here is only how the needs that hold become a small set of suggestions.

Each area is chosen by itself. An answer about one area therefore changes nothing in another but the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from inclusion_rules.rates import LANGUAGES
from toolbox.guide.toolbox import AreaRow, Suggestion, Text, Toolbox
from toolbox.guide.toolbox_rules import (
    ATTITUDE,
    DRIVERS,
    NEGATIVE,
    POSITIVE,
    Acquaintance,
    Known,
    Need,
    rules,
)
from toolbox.mapping.answers import Answer, Answers, is_asked, known
from toolbox.mapping.instrument import Instrument, Item, instrument
from toolbox.mapping.scoring import FULL, SHORT, Profile, profile
from toolbox.tools.tool import AREAS

#: Suggestions in one area, and next steps.
MOST_AN_AREA: Final = 3
NEXT_STEPS: Final = 2

#: Answered in both forms, on a page of their own.
_BACKGROUND: Final = ("B1", "B2", "B3")
#: What each background question is for besides the rules.
_ELSEWHERE: Final = {"B3": ("contact", "tables"), "B1": ("tables",), "B2": ("tables",)}
_ATTITUDES: Final = {
    "committed": POSITIVE,
    "passive": POSITIVE,
    "sceptical": NEGATIVE,
    "dismissive": NEGATIVE,
}


@dataclass(frozen=True, slots=True)
class _Held:
    """A need that holds for this company. `chosen` is how many of its drivers the company named."""

    need: Need
    chosen: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """The smallest comes first: weight, then the company's own choice, then the order of the file."""
        return (-self.need.weight, -self.chosen, self.need.place)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is not suggested at all, and whether the company has little time to spare."""

    barred: frozenset[str]
    little_time: bool


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A tool or measure, and the needs it is there for; none for an acquaintance."""

    kind: str
    key: str
    area: str
    needs: tuple[_Held, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """The toolbox without its words."""

    next_steps: tuple[_Chosen, ...]
    areas: Mapping[str, tuple[_Chosen, ...]]

    def keys(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """What the reader would notice: the next steps, and which suggestions there are."""
        return (
            tuple(chosen.key for chosen in self.next_steps),
            frozenset(chosen.key for area in self.areas.values() for chosen in area),
        )


def toolbox_for(instrument: Instrument, answers: Answers, form: str) -> Toolbox:
    """The toolbox of one set of answers, checked by toolbox.mapping.answers; `form` is SHORT or FULL.

    Works from no answer at all: then every suggestion is an acquaintance. «Vet ikke» counts as no answer.
    """
    told = known(answers)
    said = profile(instrument, told, form)
    facts, behind = _with_attitude(told, said.segment)
    held = _held(rules().needs, facts)
    terms = _terms(facts)
    choice = _choose(held, terms, {})
    use = _usefulness(held)
    areas = sorted(AREAS, key=lambda area: (use[area], AREAS.index(area)))

    def in_words(chosen: _Chosen) -> Suggestion:
        causes = frozenset().union(*(each.need.when.causes(facts) for each in chosen.needs))
        if ATTITUDE in causes:
            causes |= behind
        return _suggestion(chosen, tuple(name for name in instrument.items if name in causes))

    return Toolbox(
        profile=said,
        next_steps=tuple(in_words(chosen) for chosen in choice.next_steps),
        areas=tuple(
            AreaRow(area, said.areas.get(area), tuple(map(in_words, choice.areas[area]))) for area in areas
        ),
        notes=tuple(note.words for note in rules().notes if note.when.holds(facts)),
        help_needs=_help_needs(choice, areas),
        open_items=_open_items(instrument, told, said, held, terms, choice),
    )


@lru_cache(maxsize=1)
def uses() -> Mapping[str, tuple[str, ...]]:
    """What each question is used for, in codes.

    `level:<dimension>`, `segment`, `area:<area>` (its suggestions), `time` (how much a tool may take),
    `notes`, `order` (breaks ties), `contact` (whom to call) and `tables`.
    """
    form, found = instrument(), rules()
    used: dict[str, dict[str, None]] = {name: {} for name in form.items}
    for level in profile(form, {}, FULL).levels:
        for item in form.items.values():
            if item.dimension == level:
                used[item.id][f"level:{level}"] = None
    for name in found.attitude.items:
        used[name]["segment"] = None
    for area in AREAS:
        for name in area_reads(area):
            used[name][f"area:{area}"] = None
    for name in found.reads(found.little_time):
        used[name]["time"] = None
    for note in found.notes:
        for name in found.reads(note.when):
            used[name]["notes"] = None
    used[DRIVERS]["order"] = None
    for name, codes in _ELSEWHERE.items():
        used[name].update(dict.fromkeys(codes))
    return {name: tuple(codes) for name, codes in used.items()}


def area_reads(area: str) -> frozenset[str]:
    """The questions that decide what is suggested in an area, besides how much time the company has."""
    found = rules()
    needs = [need for need in found.needs if need.area == area]
    keys = {key for need in needs for key in (*need.tools, *need.measures)}
    conditions = [need.when for need in needs] + [when for when, of in found.never if of & keys]
    return frozenset().union(*(found.reads(condition) for condition in conditions))


def _with_attitude(told: Answers, segment: str | None) -> tuple[Known, frozenset[str]]:
    """The answers with the attitude beside them, and the questions it rests on: the segment's, else the one
    that points."""
    rule = rules().attitude
    if segment:
        return {**told, ATTITUDE: _ATTITUDES[segment]}, frozenset(rule.items) & told.keys()
    pointer = told.get(rule.pointer)
    if isinstance(pointer, int) and not rule.negative_to < pointer < rule.positive_from:
        attitude = POSITIVE if pointer >= rule.positive_from else NEGATIVE
        return {**told, ATTITUDE: attitude}, frozenset((rule.pointer,))
    return told, frozenset()


def _held(needs: Sequence[Need], facts: Known) -> list[_Held]:
    """The needs that hold, the heaviest first."""
    named = facts.get(DRIVERS)
    drivers = frozenset(named) if isinstance(named, tuple) else frozenset()
    found = [_Held(need, len(need.drivers & drivers)) for need in needs if need.when.holds(facts)]
    return sorted(found, key=lambda held: held.rank)


def _terms(facts: Known) -> _Terms:
    found = rules()
    return _Terms(
        barred=frozenset().union(*(of for when, of in found.never if when.holds(facts))),
        little_time=found.little_time.holds(facts),
    )


def _choose(held: Sequence[_Held], terms: _Terms, but: Mapping[str, tuple[_Chosen, ...]]) -> _Choice:
    """What covers the needs. The areas in `but` stand as they are."""
    areas = {
        area: but.get(area) or _choose_area(area, [each for each in held if each.need.area == area], terms)
        for area in AREAS
    }
    tools = [chosen for area in areas.values() for chosen in area if chosen.kind == "tool"]
    use = _usefulness(held)
    tools.sort(key=lambda chosen: (_heaviest(chosen), use[chosen.area]))
    return _Choice(tuple(tools[:NEXT_STEPS]), areas)


def _heaviest(chosen: _Chosen) -> tuple[int, int]:
    """The smallest matters most. An acquaintance comes last."""
    return chosen.needs[0].rank[:2] if chosen.needs else (0, 0)


def _choose_area(area: str, held: Sequence[_Held], terms: _Terms) -> tuple[_Chosen, ...]:
    """The heaviest need first, and for each the tool that covers most for its time.

    One place is kept for a measure, of the heaviest need that has one. An area that would have no tool gets
    one to be acquainted by.
    """

    def effort(key: str) -> int:
        band = rules().tools[key].band
        return rules().effort[band] * (2 if band == "weeks" and terms.little_time else 1)

    measures = [(key, each) for each in held for key in each.need.measures if key not in terms.barred]
    room = MOST_AN_AREA - bool(measures)
    chosen: list[_Chosen] = []
    covered: set[str] = set()
    for first in held:
        fitting = [key for key in first.need.tools if key not in terms.barred]
        if first.need.id in covered or not fitting or len(chosen) == room:
            continue
        left = [each for each in held if each.need.id not in covered]
        best = max(fitting, key=lambda key: _worth(key, left) / effort(key))
        needs = tuple(each for each in left if best in each.need.tools)
        covered.update(each.need.id for each in needs)
        chosen.append(_Chosen("tool", best, area, needs))
    if not chosen:
        fitting = [key for key in rules().acquaintance[area].tools if key not in terms.barred]
        chosen.append(_Chosen("tool", min(fitting, key=effort), area, ()))
    if measures:
        key = measures[0][0]
        chosen.append(_Chosen("measure", key, area, tuple(each for other, each in measures if other == key)))
    return tuple(chosen)


def _worth(tool: str, held: Sequence[_Held]) -> int:
    """The weight of all the needs it covers."""
    return sum(each.need.weight for each in held if tool in each.need.tools)


def _usefulness(held: Sequence[_Held]) -> dict[str, tuple[int, int]]:
    """The smallest is the most useful area: the weight of its needs, then the company's own choice."""
    found = {area: (0, 0) for area in AREAS}
    for each in held:
        weight, chosen = found[each.need.area]
        found[each.need.area] = (weight - each.need.weight, chosen - each.chosen)
    return found


def _suggestion(chosen: _Chosen, caused_by: tuple[str, ...]) -> Suggestion:
    found = rules()
    reasons: Sequence[Need | Acquaintance] = [each.need for each in chosen.needs] or [
        found.acquaintance[chosen.area]
    ]
    clauses = _joined(found.both, [reason.unless for reason in reasons])
    return Suggestion(
        kind=chosen.kind,
        key=chosen.key,
        area=chosen.area,
        why=_joined(dict.fromkeys(LANGUAGES, " "), [reason.why for reason in reasons]),
        unless={code: words.format(it=clauses[code]) for code, words in found.falls_away.items()},
        caused_by=caused_by,
        acquaintance=not chosen.needs,
    )


def _joined(between: Text, texts: Sequence[Text]) -> Text:
    """The texts after each other, each said once."""
    return {code: words.join(dict.fromkeys(text[code] for text in texts)) for code, words in between.items()}


def _help_needs(choice: _Choice, areas: Sequence[str]) -> tuple[str, ...]:
    """What helpers can help with, of the tools that answers led to: next steps first, then area by area."""
    chosen = (*choice.next_steps, *(each for area in areas for each in choice.areas[area]))
    tools = [rules().tools[each.key] for each in chosen if each.kind == "tool" and each.needs]
    return tuple(dict.fromkeys(code for tool in tools for code in tool.help_needs))


def _open_items(
    instrument: Instrument,
    told: Answers,
    said: Profile,
    held: Sequence[_Held],
    terms: _Terms,
    choice: _Choice,
) -> tuple[str, ...]:
    """The questions without an answer, of those asked, where some answer would change what is suggested."""
    asked = {*_BACKGROUND, *instrument.short} if said.form == SHORT else instrument.items.keys()
    before = choice.keys()
    ranks = {each.rank for each in held}

    def changes(item: Item, answer: Answer) -> bool:
        more = {**told, item.id: answer}
        attitude = item.id in rules().attitude.items
        segment = profile(instrument, more, said.form).segment if attitude else said.segment
        facts, _ = _with_attitude(more, segment)
        now = _hold_again(item.id, facts, held)
        new = _terms(facts)
        if new != terms:
            return _choose(now, new, {}).keys() != before
        moved = ranks ^ {each.rank for each in now}
        touched = {rules().needs[place].area for _, _, place in moved}
        same = {area: chosen for area, chosen in choice.areas.items() if area not in touched}
        return bool(moved) and _choose(now, terms, same).keys() != before

    return tuple(
        item.id
        for item in instrument.items.values()
        if item.id in asked - told.keys() and is_asked(item, told)
        if any(changes(item, answer) for answer in _tried(item))
    )


def _hold_again(item: str, facts: Known, held: Sequence[_Held]) -> list[_Held]:
    """The needs that hold when only `item` has another answer: those that do not read it hold as before."""
    readers = _readers()[item]
    again = {need.place for need in readers}
    found = [each for each in held if each.need.place not in again] + _held(readers, facts)
    return sorted(found, key=lambda each: each.rank)


def _tried(item: Item) -> Iterator[Answer]:
    """Answers that stand for all of an item's: each option alone, and the numbers around a rule's limit."""
    if item.kind == "number":
        near = {limit + step for limit in rules().limits(item.id) for step in (-1, 0, 1)}
        yield from sorted(value for value in near if item.low <= value <= item.high)
    else:
        # The last first: the ends of a scale change more than its middle.
        for option in reversed(item.options):
            yield (option.value,) if item.kind == "multi" else option.value


@lru_cache(maxsize=1)
def _readers() -> Mapping[str, tuple[Need, ...]]:
    """The needs that each question may change, those whose tie it breaks too."""
    found = rules()
    return {
        name: tuple(
            need
            for need in found.needs
            if name in found.reads(need.when) or (name == DRIVERS and need.drivers)
        )
        for name in instrument().items
    }
