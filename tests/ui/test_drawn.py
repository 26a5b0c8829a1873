"""The same figures are drawn once; what is said of a person is drawn for one page and kept nowhere."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from tests.page_types import NEED
from toolbox.ui import drawn


@pytest.fixture
def memory(monkeypatch):
    kept = {}
    monkeypatch.setattr(drawn, "_drawn", kept)
    return kept


def draw(part, words, language="nb"):
    template = Template('{% load toolbox_ui %}{% kept "sign" part %}{{ words }}{% endkept %}')
    return template.render(
        Context({"part": part, "words": words, "language": language, "page_revision": "today"})
    )


def test_the_same_part_is_drawn_once(memory):
    assert draw(1, "Halden") == draw(1, "Moss") == "Halden"


def test_another_part_or_language_is_another_drawing(memory):
    assert [draw(1, "Halden"), draw(2, "Moss"), draw(1, "Halden!", "nn")] == ["Halden", "Moss", "Halden!"]


def test_a_part_without_a_name_is_kept_nowhere(memory):
    assert [draw(None, "Halden"), draw(None, "Moss")] == ["Halden", "Moss"]
    assert memory == {}


def test_words_are_escaped_when_they_are_kept_too(memory):
    draw(1, "<b>")
    assert draw(1, "<b>") == "&lt;b&gt;"


def test_a_full_memory_is_begun_anew(memory, monkeypatch):
    monkeypatch.setattr(drawn, "AT_MOST", 2)
    for part in (1, 2, 3):
        draw(part, "Halden")
    assert len(memory) == 1


def test_a_page_is_drawn_once_and_holds_each_readers_own(monkeypatch):
    pieces = {}
    monkeypatch.setattr(drawn, "_in_pieces", pieces)
    readers = [("f00d", "1"), ("cafe", "2"), ("f.*d", "\\\\0")]
    pages = [drawn.for_each("page", reader, lambda: "<a href=/f00d/>1</a> f00d") for reader in readers]
    assert pages == [
        "<a href=/f00d/>1</a> f00d",
        "<a href=/cafe/>2</a> cafe",
        "<a href=/f.*d/>\\\\0</a> f.*d",
    ]
    assert "f00d" not in str(pieces), "the first reader's own is in no memory"


def test_a_full_memory_of_pages_is_begun_anew(monkeypatch):
    pieces = {}
    monkeypatch.setattr(drawn, "_in_pieces", pieces)
    monkeypatch.setattr(drawn, "AT_MOST", 2)
    for page in "abc":
        drawn.for_each(page, ("f00d",), lambda page=page: page)
    assert [*pieces] == ["c"]


@pytest.mark.django_db
@pytest.mark.parametrize("said", [{"prosent": "40"}, {"under30": "ja"}, {"under30": "nei", "prosent": "60"}])
def test_what_is_said_of_a_person_adds_nothing_to_the_memory(client, memory, said):
    address = f"/start-her/om-personen/?{NEED}"
    client.post(address, {})  # what rests on the company's own answers is drawn
    before = set(memory)
    assert before
    client.post(address, said)
    assert set(memory) == before
