"""S03 What holds for every toolbox: how much it holds, what caused it, and what it changes with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guide.test_vignettes import FORM, VIGNETTES, answers_of, suggested, toolbox_of
from tests.mapping.any_answers import any_answers
from toolbox.guide.suggest import MOST_AN_AREA, area_reads, toolbox_for, uses
from toolbox.guide.toolbox import AreaRow, Suggestion, Toolbox
from toolbox.guide.toolbox_rules import rules
from toolbox.mapping.answers import DONT_KNOW, Answer, Answers, is_asked, known
from toolbox.mapping.instrument import Item
from toolbox.mapping.scoring import FORMS, FULL, SHORT, area_items, used_items
from toolbox.tools.tool import AREAS, HELP_NEEDS

#: Every fourth is enough to meet each kind of company, and quick.
SAMPLE = VIGNETTES[::4]
NAMES = {vignette["id"]: vignette for vignette in VIGNETTES}
#: The municipality decides whom to call, and no suggestion.
ELSEWHERE = {"B3"}

forms = st.sampled_from(FORMS)


def every_answer(item: Item) -> Iterator[Answer]:
    """Every answer to a question, of those that are few; of a number some, of a multi each choice alone."""
    if item.kind == "number":
        yield from (0, 1, 2, 4, 5, 6, 100)
    for option in item.options:
        yield (option.value,) if item.kind == "multi" else option.value


def without_open_items(box: Toolbox) -> tuple[Any, ...]:
    return box.next_steps, box.areas, box.notes, box.help_needs


def noticed(box: Toolbox) -> tuple[list[str], set[str]]:
    """What a reader would see change: the next steps, and which suggestions there are."""
    return [each.key for each in box.next_steps], suggested(box)


@settings(max_examples=60)
@given(any_answers(), forms)
def test_S03_two_next_steps_and_five_areas(answers, form):
    box = toolbox_for(FORM, answers, form)
    assert len(box.next_steps) == 2
    assert all(step.kind == "tool" for step in box.next_steps)
    assert sorted(row.area for row in box.areas) == sorted(AREAS)
    assert all(1 <= len(row.suggestions) <= 3 for row in box.areas)
    every = [each for row in box.areas for each in row.suggestions]
    assert len({each.key for each in every}) == len(every), "nothing is suggested twice"
    assert all(step in every for step in box.next_steps)
    assert set(box.help_needs) <= set(HELP_NEEDS)


@settings(max_examples=60)
@given(any_answers(), forms)
def test_S03_every_suggestion_names_the_answers_that_caused_it(answers, form):
    box = toolbox_for(FORM, answers, form)
    for row in box.areas:
        for each in row.suggestions:
            assert each.area == row.area
            assert set(each.caused_by) <= set(known(answers))
            assert bool(each.caused_by) is not each.acquaintance
        acquaintances = [each for each in row.suggestions if each.acquaintance]
        assert len(acquaintances) <= 1, "one is enough to be acquainted by"
        tools = [each for each in row.suggestions if each.kind == "tool"]
        assert tools, "a measure alone is nothing to do"
        assert not acquaintances or tools == acquaintances


@settings(max_examples=30)
@given(any_answers(), forms)
def test_S03_dont_know_is_no_answer(answers, form):
    assert toolbox_for(FORM, answers, form) == toolbox_for(FORM, known(answers), form)


@settings(max_examples=30)
@given(any_answers(), forms)
def test_the_same_answers_give_the_same_toolbox_in_whatever_order(answers, form):
    turned = dict(reversed(answers.items()))
    assert toolbox_for(FORM, answers, form) == toolbox_for(FORM, turned, form)


@settings(max_examples=60)
@given(any_answers(), forms)
def test_nobody_is_given_what_the_rules_keep_from_them(answers, form):
    keys = suggested(toolbox_for(FORM, answers, form))
    told = {name: answer for name, answer in known(answers).items() if is_asked(FORM.items[name], answers)}
    for condition, of in rules().never:
        if "attitude" not in {test.item for test in condition.tests()} and condition.holds(told):
            assert not of & keys


def test_S03_the_short_form_gives_no_level_and_the_full_one_for_each_area():
    vignette = NAMES["fortyfive_in_fredrikstad"]
    assert all(row.level for row in toolbox_of(vignette).areas)
    assert all(row.level is None for row in toolbox_for(FORM, answers_of(vignette), SHORT).areas)


def test_an_answer_that_would_not_have_been_asked_for_counts_for_nothing():
    answers = answers_of(NAMES["fortyfive_in_fredrikstad"])
    assert answers["E1"] == ("none",)
    stale = {**answers, "E2": 0, "E3": 1, "E4": 1}
    assert toolbox_for(FORM, stale, FULL) == toolbox_for(FORM, answers, FULL)


def test_the_most_useful_area_comes_first():
    """Each area by the weight of its needs: four heavy answers about help outweigh one about stories."""
    box = toolbox_for(FORM, {"K1a": 1, "K5a": 1, "K5b": 1, "R6": 5, "K2a": 1}, FULL)
    assert [row.area for row in box.areas][0] == "help"
    assert [row.area for row in box.areas].index("stories") < [row.area for row in box.areas].index(
        "learning"
    )


def test_two_needs_are_covered_by_one_tool_and_both_are_told():
    box = toolbox_for(FORM, {"R1": 5, "B2": "5-9"}, FULL)
    (hours,) = (
        each
        for row in box.areas
        for each in row.suggestions
        if each.key == "ask_nav_to_cover_the_mentors_hours"
    )
    assert hours.caused_by == ("B2", "R1")
    assert hours.why["nb"].count("Nav kan dekke") == 2
    assert hours.unless["nb"].startswith("Dette faller bort hvis ")
    assert ", og hvis dere er ti" in hours.unless["nb"]


def test_D1_breaks_a_tie():
    """Two needs of the same weight: what the company itself has named comes first."""
    weights = {need.id: need.weight for need in rules().needs}
    assert weights["mentor_hours"] == weights["adapt"]
    both = {"R1": 4, "K3b": 1}
    assert next_keys(both)[0] == "ask_nav_to_cover_the_mentors_hours"
    assert next_keys({**both, "D1": ("know",)})[0] == "ask_the_price_before_you_say_no"


def next_keys(answers: Answers) -> list[str]:
    return [each.key for each in toolbox_for(FORM, answers, FULL).next_steps]


def row_of(box: Toolbox, area: str) -> AreaRow:
    return next(row for row in box.areas if row.area == area)


@cache
def time_reads() -> frozenset[str]:
    return rules().reads(rules().little_time)


@cache
def related(area: str, item: str) -> set[str]:
    """What a question has to do with in an area: the tools and measures of the needs that read it, and of the
    needs that share one with these."""
    needs = [need for need in rules().needs if need.area == area]
    barred = set().union(*(of for when, of in rules().never if item in rules().reads(when)))
    mine = {
        key
        for need in needs
        for key in (*need.tools, *need.measures)
        if item in rules().reads(need.when) or barred & {*need.tools, *need.measures}
    }
    for need in needs:
        keys = {*need.tools, *need.measures}
        if keys & mine or (item in time_reads() and len(keys) > 1) or (item == "D1" and need.drivers):
            mine |= keys
    return mine


@pytest.mark.parametrize("vignette", SAMPLE, ids=lambda vignette: vignette["id"])
def test_S03_one_changed_answer_changes_only_what_depends_on_it(vignette):
    before = toolbox_of(vignette)
    answers = answers_of(vignette)
    for item in FORM.items.values():
        if item.id not in answers:
            continue
        for answer in every_answer(item):
            after = toolbox_for(FORM, {**answers, item.id: answer}, vignette["form"])
            for area in AREAS:
                was, now = row_of(before, area).suggestions, row_of(after, area).suggestions
                if item.id not in area_reads(area) | time_reads() | {"D1"}:
                    assert was == now, f"{item.id} has nothing to do with {area}"
                apart = {each.key for each in (*was, *now) if not each.acquaintance} - related(area, item.id)
                said = f"{item.id}: {answer} changed {area}"
                assert apart & kept(was) == apart & kept(now) or pushed(was, now, apart), said
                stayed = [each for each in was if each.key in apart & kept(now)]
                assert all(each in now for each in stayed), said


def kept(row: Sequence[Suggestion]) -> set[str]:
    return {each.key for each in row}


def pushed(was: Sequence[Suggestion], now: Sequence[Suggestion], apart: set[str]) -> bool:
    """Whether what came or went without having to do with the answer is the lightest of a full area:
    something heavier took its place, or left it."""
    both = kept(was) & kept(now)
    for row, other in ((was, now), (now, was)):
        tools = [each.key for each in row if each.kind == "tool"]
        gone = [key for key in tools if key in apart and key not in kept(other)]
        if gone and (len(other) < MOST_AN_AREA or any(key in both for key in tools[tools.index(gone[0]) :])):
            return False
    return True


@pytest.mark.parametrize("item", [item for item in FORM.items.values() if item.id not in ELSEWHERE])
def test_every_question_changes_some_company_s_toolbox(item):
    for vignette in VIGNETTES:
        answers = answers_of(vignette)
        if vignette["form"] != FULL or not is_asked(item, answers):
            continue
        before = without_open_items(toolbox_of(vignette))
        for answer in every_answer(item):
            if before != without_open_items(toolbox_for(FORM, {**answers, item.id: answer}, FULL)):
                return
    pytest.fail(f"{item.id} is asked for nothing: let a rule use it, or do not ask it")


def test_every_question_is_used_and_says_for_what():
    assert set(uses()) == set(FORM.items)
    unused = [name for name, codes in uses().items() if not codes]
    assert not unused, f"nothing uses {unused}: do not ask"
    for name in used_items():
        assert any(code.startswith("level:") or code == "segment" for code in uses()[name])
    for area, items in area_items().items():
        for name in items:
            assert f"level:{FORM.items[name].dimension}" in uses()[name]
            assert any(code == f"area:{area}" for code in uses()[name]), f"{name} changes nothing in {area}"
    assert uses()["B3"] == ("contact", "tables")
    assert "order" in uses()["D1"] and "time" in uses()["O1"]


@settings(max_examples=10, deadline=None)
@given(any_answers(), forms)
def test_open_questions_are_those_whose_answer_would_change_something(answers, form):
    """Found by asking for the whole toolbox again, with every answer to every question."""
    answers = known(answers)
    box = toolbox_for(FORM, answers, form)
    asked = {*FORM.short, "B1", "B2", "B3"} if form == SHORT else set(FORM.items)
    for item in FORM.items.values():
        open_now = item.id in asked and item.id not in answers and is_asked(item, answers)
        changes = open_now and any(
            noticed(toolbox_for(FORM, {**answers, item.id: answer}, form)) != noticed(box)
            for answer in every_answer(item)
        )
        assert (item.id in box.open_items) == changes, item.id


def test_a_question_is_open_when_it_only_decides_how_much_time_there_is():
    """Size leads to nothing new here, but a small firm is given the plan, and not talks over weeks."""
    answers = {
        **answers_of(NAMES["cooperation_is_thin"]),
        **{"A1": 1, "A2": 1, "A3": 5, "A4": 5, "E3": 5, "E4": 5, "R5": 4, "B4": "municipal"},
    }
    del answers["B2"]
    assert "hold_three_way_talks" in suggested(toolbox_for(FORM, answers, FULL))
    assert "hold_three_way_talks" not in suggested(toolbox_for(FORM, {**answers, "B2": "5-9"}, FULL))
    assert toolbox_for(FORM, answers, FULL).open_items == ("B2",)


def test_a_question_is_open_when_it_only_turns_the_attitude():
    """Without A2 three answers make the attitude negative; a fourth can make it positive."""
    answers = {**answers_of(NAMES["doubts_the_way_but_not_the_people"]), "A3": 3}
    del answers["A2"]
    assert toolbox_for(FORM, answers, FULL).profile.segment == "dismissive"
    assert toolbox_for(FORM, answers, FULL).open_items == ("A2",)


def test_what_somebody_does_not_know_is_still_open():
    vignette = NAMES["haulier_that_does_not_know"]
    assert answers_of(vignette)["E1"] == DONT_KNOW
    assert "E1" in toolbox_of(vignette).open_items
