"""The result: what one visitor answers never colours what the next one sees."""

from __future__ import annotations

import random

import pytest
from django.core.cache import cache

from tests.visitor import plain

pytestmark = pytest.mark.django_db

NEEDS = {
    "kommune=3101&arbeid=kitchen&andel=60": ("25\u00a0418", "Nav Halden"),
    "kommune=3105&arbeid=kitchen&andel=60": ("25\u00a0418", "Sarpsborg"),
    "kommune=3101&arbeid=kitchen&andel=60&lonn=250": ("31\u00a0772", "250"),
    "kommune=3101&arbeid=kitchen&andel=100": ("42\u00a0363", "100"),
    "kommune=3101&arbeid=kitchen&andel=60&mentortid=ja": ("25\u00a0418", "Halden"),
    "kommune=3101&arbeid=kitchen&andel=60&mentortid=nei": ("25\u00a0418", "Halden"),
}


def test_kept_fragments_belong_to_one_answer_and_one_language(client):
    """Each address alone, and then all of them in any order: the same pages."""
    addresses = [
        f"{language}/start-her/resultat/?{need}" for language in ("", "/nn", "/en") for need in NEEDS
    ]
    alone = {}
    for address in addresses:
        cache.clear()
        alone[address] = client.get(address).content
    shuffled = addresses * 3
    random.Random(1).shuffle(shuffled)
    for address in shuffled:
        assert client.get(address).content == alone[address], address
    assert len(set(alone.values())) == len(addresses)


def test_what_was_said_of_a_person_is_not_in_the_next_visitors_page(client):
    query = "kommune=3101&arbeid=kitchen&andel=60"
    before = client.get(f"/start-her/resultat/?{query}").content
    client.post(f"/start-her/om-personen/?{query}", {"under30": "ja", "prosent": "60"})
    assert client.get(f"/start-her/resultat/?{query}").content == before
    form = client.get(f"/start-her/om-personen/?{query}").content.decode()
    assert "checked" not in form


@pytest.mark.parametrize(("need", "shown"), NEEDS.items())
def test_the_figures_follow_the_answers(client, need, shown):
    said = client.get(f"/start-her/resultat/?{need}").content.decode()
    assert shown[0] in said


def test_an_answered_question_is_not_asked_again(client):
    query = "kommune=3101&arbeid=kitchen&andel=60"
    question = "Kan en kollega få avtalt tid til å vise og forklare?"
    assert question in client.get(f"/start-her/resultat/?{query}").content.decode()
    for answered in ("ja", "nei"):
        said = plain(client.get(f"/start-her/resultat/?{query}&mentortid={answered}").content.decode())
        assert question not in said
