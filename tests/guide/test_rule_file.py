"""The file of rules: what it refuses, and that its words are easy to read in three languages."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from inclusion_rules.reviewed_file import read_yaml
from tests.readability import measure
from tests.repository.test_no_typed_figures import figures, words
from tests.tools.test_content import TURNED_AWAY
from toolbox.guide.toolbox_rules import FILE, RuleFileError, read
from toolbox.mapping.instrument import instrument

FORM = instrument()
TOLD: dict[str, Any] = read_yaml(FILE)
LANGUAGES = ("nb", "nn", "en")
#: LIX of all the words of a language.
AIM = 40

ROWS = [*TOLD["needs"], *({"id": area, **row} for area, row in TOLD["acquaintance"].items())]
TEXTS = [(f"{row['id']}: {which}", row[which]) for row in ROWS for which in ("why", "unless")] + [
    (note["id"], {code: note[code] for code in LANGUAGES}) for note in TOLD["notes"]
]


def changed(**fields: Any) -> dict[str, Any]:
    """The rules with the first need changed."""
    told = copy.deepcopy(TOLD)
    told["needs"][0].update(fields)
    return told


def test_it_reads_as_it_stands():
    assert len(read(TOLD, FORM).needs) == len(TOLD["needs"])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"when": ["K9 <= 2"]}, "there is no question K9"),
        ({"when": ["N1 is 7"]}, "N1 is 7 never holds"),
        ({"when": ["E1 is mentor"]}, "E1 is mentor never holds"),
        ({"when": ["B2 has 1-4"]}, "B2 has 1-4 never holds"),
        ({"when": ["N2 >= many"]}, "N2 >= many never holds"),
        ({"when": ["rich"]}, "«rich»: write a fact"),
        ({"when": ["attitude is sour"]}, "attitude is sour never holds"),
        ({"area": "money"}, "there is no area 'money'"),
        ({"tools": ["dance"]}, "there is no tool or measure dance"),
        ({"tools": ["work_out_the_whole_cost"]}, "is not of the area stories"),
        ({"measures": ["mentor"]}, "mentor is not of the area stories"),
        ({"tools": ["let_colleagues_say_what_they_wonder"]}, "already stands under"),
        ({"drivers": ["fame"]}, "D1 has no fame"),
    ],
)
def test_it_refuses_what_can_never_be(fields, says):
    with pytest.raises(RuleFileError) as caught:
        read(changed(**fields), FORM)
    assert says in str(caught.value)


def test_an_editor_is_told_where():
    with pytest.raises(RuleFileError, match=rf"needs: {TOLD['needs'][0]['id']}"):
        read(changed(tools=["dance"]), FORM)


def test_needs_and_notes_have_names_of_their_own():
    for rows in (TOLD["needs"], TOLD["notes"]):
        names = [row["id"] for row in rows]
        assert len(names) == len(set(names))


def test_weights_keep_to_the_scale_the_file_tells_of():
    assert {need["weight"] for need in TOLD["needs"]} <= set(range(1, 11))


def test_every_need_names_what_covers_it():
    assert all(need["tools"] for need in TOLD["needs"])


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_it_is_written_in_three_languages_and_not_copied(name, text):
    assert set(text) == set(LANGUAGES)
    for code in LANGUAGES:
        assert not re.search(TURNED_AWAY[code], text[code]), text[code]
        assert "!" not in text[code]
        assert text[code].endswith(".") is not name.endswith(": unless")
        others = {text[other] for other in LANGUAGES if other != code}
        assert text[code] not in others or len(text[code].split()) < 9


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_words_are_easy_to_read(language):
    sentences = [
        part for _, text in TEXTS for part in re.split(r"[.?:]+(?:\s|$)", text[language]) if part.strip()
    ]
    assert measure(sentences).lix <= AIM


def test_no_amount_stands_in_the_words():
    assert [found for text in words(TOLD) for found in figures(text)] == []


def test_the_names_of_the_segments_are_never_shown():
    shown = " ".join(text[code] for _, text in TEXTS for code in LANGUAGES).lower()
    for name in ("committed", "passive", "sceptical", "dismissive", "skeptisk", "avvisende"):
        assert name not in shown
