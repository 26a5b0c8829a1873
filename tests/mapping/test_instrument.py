"""The questionnaire is frozen, whole in three languages, and asks nothing it must not."""

from __future__ import annotations

import pytest

from toolbox.mapping.instrument import CURRENT, PARTS, instrument

#: What each version's file was when the first answer to it could be given.
FROZEN = {"1": "58fe9abd4040f6086a8c9e935db4791dab11ee8c155a1a47fe56ede850c38a79"}

LANGUAGES = ("nb", "nn", "en")


@pytest.mark.parametrize("version", FROZEN)
def test_a_version_never_changes(version):
    found = instrument(version)
    assert (found.version, found.hash) == (version, FROZEN[version]), (
        "write a new version, and leave this file"
    )


def test_the_current_version_is_one_of_the_frozen():
    assert CURRENT in FROZEN


def test_a_version_we_never_had_is_not_guessed():
    with pytest.raises(FileNotFoundError):
        instrument("0")


def test_the_full_form_has_39_questions_and_the_short_ten_of_them():
    found = instrument()
    assert len(found.items) == 39
    assert len(found.short) == 10 and set(found.short) <= set(found.items)


def test_nobody_is_asked_about_protected_groups():
    assert "A7" not in instrument().items


def test_every_part_holds_questions_and_every_question_a_part():
    found = instrument()
    assert {found.part_of(item) for item in found.items.values()} == set(PARTS)


def test_the_short_form_points_at_each_of_the_five_areas_once():
    found = instrument()
    areas = [
        found.items[name].dimension for name in found.short if found.items[name].dimension[:5] == "area_"
    ]
    assert sorted(areas) == ["area_attitude", "area_groups", "area_measures", "area_support", "area_training"]


@pytest.mark.parametrize("item", instrument().items.values(), ids=lambda item: item.id)
def test_a_question_is_whole(item):
    texts = [item.text, *(option.text for option in item.options)]
    assert all(set(text) == set(LANGUAGES) and all(text.values()) for text in texts)
    assert item.dimension in instrument().dimensions
    assert item.basis and set(item.basis) <= set(instrument().sources), "say what the question builds on"
    values = [option.value for option in item.options]
    assert len(values) == len(set(values))
    match item.kind:
        case "likert":
            assert values == [1, 2, 3, 4, 5]
        case "single" | "multi":
            assert len(values) > 1
        case "number":
            assert item.low < item.high and not values
        case _:
            assert item.id == "B3" and not values
    if item.only_if:
        other, value = item.only_if
        assert instrument().items[other].option(value)
