"""S03 What answers say in words: levels with their uncertainty, and none from the short form."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from tests.mapping.any_answers import any_answers
from toolbox.mapping.answers import DONT_KNOW
from toolbox.mapping.instrument import instrument
from toolbox.mapping.scoring import FULL, SHORT, area_items, bands, has_experience, profile

FORM = instrument()


def level(dimension, **answers):
    return profile(FORM, answers, FULL).levels[dimension]


@pytest.mark.parametrize(
    ("answers", "score", "words"),
    [
        ({"K2a": 1, "K2b": 1}, 0, "Kan bygges opp"),
        ({"K2a": 2, "K2b": 3}, Fraction(75, 2), "Kan bygges opp"),
        ({"K2a": 3, "K2b": 3}, 50, "På vei"),
        ({"K2a": 4, "K2b": 3}, Fraction(125, 2), "På vei"),
        ({"K2a": 4, "K2b": 4}, 75, "Godt i gang"),
        ({"K2a": 5, "K2b": 5}, 100, "Godt i gang"),
    ],
)
def test_two_answers_become_a_level_in_words(answers, score, words):
    found = level("area_measures", **answers)
    assert found.score == score
    assert bands()[found.band].text["nb"] == words


def test_a_band_begins_at_its_limit():
    """Forty and seventy are the first of the next: 2 and 4 of five give 25 and 75, and so on."""
    five = dict(zip(["R1", "R2", "R3", "R4", "R5"], [4, 4, 3, 3, 3], strict=True))
    assert level("risk", **five).score == 40 and level("risk", **five).band == 1
    five = dict(zip(["R1", "R2", "R3", "R4", "R5"], [2, 2, 2, 2, 3], strict=True))
    assert level("risk", **five).score == 70 and level("risk", **five).band == 2


def test_questions_put_the_other_way_count_the_other_way():
    assert level("attitude", A1=5, A2=5, A3=1, A4=1).score == 100
    assert level("risk", R1=5, R2=5, R3=5).score == 0, "much concern is little security"
    assert level("opportunity", N3=5, O1=1).score == 100


def test_S03_dont_know_is_missing_and_never_the_middle():
    assert level("area_measures", K2a=5, K2b=DONT_KNOW).score == 100
    assert level("attitude", A1=5, A2=5, A3=DONT_KNOW, A4=DONT_KNOW).score == 100


def test_S03_fewer_than_half_gives_no_level():
    assert level("attitude", A1=5).score is None
    assert not level("attitude", A1=5).enough
    assert level("attitude", A1=5, A2=5).enough
    assert level("area_support").band is None


def test_S03_the_short_form_shows_no_level_and_no_segment():
    found = profile(FORM, {name: 3 for name in FORM.short if FORM.items[name].kind == "likert"}, SHORT)
    assert (found.levels, found.areas, found.segment) == ({}, {}, None)


def test_a_level_tells_how_far_one_answer_moves_it():
    found = level("area_measures", K2a=3, K2b=4)
    assert (found.low, found.score, found.high) == (50, Fraction(125, 2), 75)
    assert not found.firm, "one step up is another word"
    assert level("area_measures", K2a=5, K2b=5).firm
    assert not level("area_measures", K2a=5).firm, "half of the questions is not sure"
    assert level("area_measures", K2a=1, K2b=1).low == 0


@given(any_answers())
def test_a_level_lies_within_its_range(answers):
    for found in profile(FORM, answers, FULL).levels.values():
        if found.enough:
            assert 0 <= found.low <= found.score <= found.high <= 100
            assert found.low_band <= found.band <= found.high_band


@pytest.mark.parametrize(
    ("attitude", "experience", "segment"),
    [
        (5, ("mentor",), "committed"),
        (5, ("none",), "passive"),
        (1, ("mentor",), "sceptical"),
        (1, ("none",), "dismissive"),
        (5, DONT_KNOW, None),
        (DONT_KNOW, ("none",), None),
    ],
)
def test_attitude_stands_beside_what_was_done(attitude, experience, segment):
    answers = {"A1": attitude, "A2": attitude, "E1": experience}
    assert profile(FORM, answers, FULL).segment == segment


def test_sixty_is_positive():
    """Three of four answers at 3 and one at 5 are 62.5; all at 3 are 50."""
    assert profile(FORM, {"A1": 5, "A2": 3, "A3": 3, "A4": 3, "E1": ("none",)}, FULL).segment == "passive"
    assert profile(FORM, {"A1": 3, "A2": 3, "A3": 3, "A4": 3, "E1": ("none",)}, FULL).segment == "dismissive"


def test_experience_is_not_guessed():
    assert has_experience({"E1": ("none",)}) is False
    assert has_experience({"E1": ("practice", "mentor")}) is True
    assert has_experience({}) is has_experience({"E1": DONT_KNOW}) is None


def test_each_area_has_its_two_questions():
    assert {area: len(items) for area, items in area_items().items()} == {
        "stories": 2,
        "support": 2,
        "people": 2,
        "learning": 2,
        "help": 2,
    }
