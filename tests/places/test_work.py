"""Everyday kinds of work, and how they end a sentence."""

import re

import pytest

from toolbox.places.work import kinds_of_work, work_by_key


def test_about_twenty_kinds_and_something_else_last():
    keys = [work.key for work in kinds_of_work()]
    assert len(keys) == len(set(keys)) == 21
    assert keys[-1] == "other"


@pytest.mark.parametrize("work", kinds_of_work(), ids=lambda work: work.key)
def test_every_kind_speaks_three_languages(work):
    assert set(work.name) == set(work.phrase) == {"nb", "nn", "en"}
    assert all(work.name.values())
    assert all(code.isdigit() and len(code) == 4 for code in work.styrk)
    if work.key != "other":
        assert work.styrk
        assert all(re.match(r"(på|i|innen|innan|som|in|as) ", phrase) for phrase in work.phrase.values())


def test_the_phrase_completes_the_sentence_to_say_on_the_phone():
    kitchen, other = work_by_key("kitchen"), work_by_key("other")
    say = "Si at du har en stilling på 60 prosent{}, og at du vurderer å ta inn noen gjennom Nav."
    assert say.format(kitchen.after_position("nb")) == (
        "Si at du har en stilling på 60 prosent på kjøkken, og at du vurderer å ta inn noen gjennom Nav."
    )
    assert say.format(other.after_position("nb")) == (
        "Si at du har en stilling på 60 prosent, og at du vurderer å ta inn noen gjennom Nav."
    )


def test_an_unknown_key_gives_nothing():
    assert work_by_key("astronaut") is None
