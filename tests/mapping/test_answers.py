"""What an answer may be, and that a packed set comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mapping.any_answers import any_answers
from toolbox.mapping.answers import DONT_KNOW, WrongAnswer, checked, checked_all, known, pack, unpack
from toolbox.mapping.instrument import instrument

FORM = instrument()


@given(any_answers())
def test_a_packed_set_comes_out_as_it_went_in(answers):
    assert unpack(FORM, pack(FORM, answers)) == answers


@given(any_answers())
def test_a_million_sets_stay_small(answers):
    assert len(pack(FORM, answers)) <= 350


@given(any_answers())
def test_checking_twice_changes_nothing(answers):
    assert checked_all(FORM, answers) == answers


@pytest.mark.parametrize(
    ("item", "given_answer", "code"),
    [
        ("A1", 0, "unknown_value"),
        ("A1", 6, "unknown_value"),
        ("A1", "4", "unknown_value"),
        ("A1", True, "unknown_value"),
        ("A1", None, "unknown_value"),
        ("A1", float("nan"), "unknown_value"),
        ("A1", [4], "unknown_value"),
        ("B2", "1", "unknown_value"),
        ("B3", "9999", "unknown_value"),
        ("B3", 3101, "unknown_value"),
        ("N2", -1, "out_of_range"),
        ("N2", 1000, "out_of_range"),
        ("N2", "3", "unknown_value"),
        ("N2", True, "unknown_value"),
        ("E1", [], "unknown_value"),
        ("E1", "none", "unknown_value"),
        ("E1", [["none"]], "unknown_value"),
        ("E1", ["none", "mentor"], "alone"),
        ("D1", ["trial", "money", "peer", "know"], "too_many"),
        ("D2", ["staffing", "loyal", "society"], "too_many"),
    ],
)
def test_what_a_question_cannot_be_answered_with(item, given_answer, code):
    with pytest.raises(WrongAnswer) as caught:
        checked(FORM.items[item], given_answer)
    assert (caught.value.code, caught.value.item) == (code, item)


def test_a_question_we_do_not_have_is_told():
    with pytest.raises(WrongAnswer) as caught:
        checked_all(FORM, {"A7": 3})
    assert caught.value.code == "unknown_item"


def test_choices_stand_in_the_order_of_the_question_and_once():
    assert checked(FORM.items["E1"], ["mentor", "practice", "mentor"]) == ("practice", "mentor")


def test_an_old_number_of_a_municipality_becomes_todays():
    assert checked(FORM.items["B3"], "3001") == "3101"


def test_whoever_has_had_nobody_is_not_asked_how_it_went():
    assert checked_all(FORM, {"E1": ["none"], "E3": 4, "E2": 1}) == {"E1": ("none",)}
    assert checked_all(FORM, {"E1": DONT_KNOW, "E4": 4}) == {"E1": DONT_KNOW}
    assert checked_all(FORM, {"E1": ["mentor"], "E4": 4}) == {"E1": ("mentor",), "E4": 4}


@given(st.sampled_from(sorted(FORM.items)))
def test_everybody_may_answer_that_they_do_not_know(name):
    assert checked(FORM.items[name], DONT_KNOW) == DONT_KNOW
    assert known({name: DONT_KNOW}) == {}
