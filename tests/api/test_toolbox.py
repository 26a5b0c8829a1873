"""The questionnaire, and the toolbox made from its answers: the same as the rules and the pages give."""

from __future__ import annotations

import pytest

from tests.api.conftest import CAFE
from toolbox.guide.suggest import toolbox_for
from toolbox.mapping.instrument import instrument
from toolbox.mapping.scoring import FULL, SHORT
from toolbox.tools.read import tools_of_files

FORM = instrument()
FIRM = CAFE | {
    name: 4 for name, item in FORM.items.items() if item.kind == "likert" and name not in ("E3", "E4", *CAFE)
}


@pytest.mark.parametrize(("form", "answers"), [(SHORT, CAFE), (FULL, FIRM), (SHORT, {}), (FULL, {})])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_S03_the_same_answers_give_the_toolbox_of_the_rules(ask, form, answers, language):
    given = ask("toolbox", {"form": form, "answers": answers}, language=language).json()
    as_held = {name: tuple(value) if isinstance(value, list) else value for name, value in answers.items()}
    found = toolbox_for(FORM, as_held, form)
    assert [each["why"] for each in given["next_steps"]] == [each.why[language] for each in found.next_steps]
    assert [row["area"] for row in given["areas"]] == [row.area for row in found.areas]
    for row, told in zip(found.areas, given["areas"], strict=True):
        assert [each["caused_by"] for each in told["suggestions"]] == [
            list(each.caused_by) for each in row.suggestions
        ]
        tools = [each for each in row.suggestions if each.kind == "tool"]
        assert [each["slug"] for each in told["suggestions"] if each["kind"] == "tool"] == [
            tools_of_files()[each.key].slug for each in tools
        ]
    assert given["open_questions"] == list(found.open_items)
    assert "{rate:" not in str(given)


def test_S03_the_short_form_gives_no_level_and_the_full_one_five(ask):
    short = ask("toolbox", {"form": SHORT, "answers": CAFE}).json()
    full = ask("toolbox", {"form": FULL, "answers": FIRM}).json()
    assert [row["level"] for row in short["areas"]] == [None] * 5
    words = {row["area"]: row["level"]["words"] for row in full["areas"]}
    assert words["learning"] == "Godt i gang"
    assert full["hash"] == FORM.hash


def test_S03_too_few_answers_give_no_words(ask):
    full = ask("toolbox", {"form": FULL, "answers": {}}).json()
    assert {row["level"]["words"] for row in full["areas"]} == {None}


@pytest.mark.parametrize(
    ("answers", "pointer", "code"),
    [
        ({"A7": 1}, "#/answers/A7", "answer_unknown_item"),
        ({"A1": 6}, "#/answers/A1", "answer_unknown_value"),
        ({"A1": "fire"}, "#/answers/A1", "answer_unknown_value"),
        ({"A1": None}, "#/answers/A1", "answer_unknown_value"),
        ({"A1": True}, "#/answers/A1", "answer_unknown_value"),
        ({"A1": 4.5}, "#/answers/A1", "answer_unknown_value"),
        ({"B3": "0000"}, "#/answers/B3", "answer_unknown_value"),
        ({"N2": 5000}, "#/answers/N2", "answer_out_of_range"),
        ({"E1": ["none", "mentor"]}, "#/answers/E1", "answer_alone"),
        ({"D2": ["staffing", "loyal", "society"]}, "#/answers/D2", "answer_too_many"),
        ([], "#/answers", "answers"),
        ({"diagnose": "x"}, "#/answers/diagnose", "answer_unknown_item"),
    ],
)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_an_answer_that_cannot_be_is_told_with_what_to_write(ask, answers, pointer, code, language):
    answer = ask("toolbox", {"form": SHORT, "answers": answers}, language=language)
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    assert "%(" not in fault["detail"] and fault["detail"].endswith(".")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_questionnaire_tells_every_question_and_what_it_is_for(ask, language):
    told = ask("questionnaire", language=language).json()
    assert [each["id"] for each in told["questions"]] == list(FORM.items)
    assert [each["text"] for each in told["questions"]] == [
        item.text[language] for item in FORM.items.values()
    ]
    assert all(each["used_by"] and each["built_on"] for each in told["questions"])
    assert {each["id"] for each in told["questions"] if each["in_short_form"]} == set(FORM.short)
    assert told["validated"] is False


def test_what_the_questionnaire_offers_the_toolbox_takes(ask):
    """A program that knows nothing but the questionnaire can answer every question with every choice."""
    for each in ask("questionnaire").json()["questions"]:
        values = [choice["value"] for choice in each["choices"]]
        if each["kind"] == "number":
            values = [each["lowest"], each["highest"]]
        if each["kind"] == "municipality":
            values = ["3101"]
        for value in [*values, "?"]:
            given = [value] if each["kind"] == "multi" and value != "?" else value
            answer = ask("toolbox", {"form": FULL, "answers": {each["id"]: given}})
            assert answer.status_code == 200, (each["id"], given)
