"""Which questions stand together, how far one has come, and where an answer leads on."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.mapping.any_answers import any_answers
from toolbox.mapping.answers import is_asked
from toolbox.mapping.instrument import PARTS, instrument
from toolbox.mapping.pages import PART_NAMES, asked_pages, next_page, page_before, pages, place_of
from toolbox.mapping.scoring import FULL, SHORT

ASKED = instrument()
#: The page that explains, the answers read back, and the result.
OTHER_SCREENS = 3
ATTITUDES = {"attitudes", "risk"}


def items(form: str) -> list[str]:
    return [name for page in pages(form) for name in page.items]


def test_the_full_form_asks_every_question_once():
    assert sorted(items(FULL)) == sorted(ASKED.items)


def test_the_short_form_asks_its_ten_and_three_facts():
    assert sorted(items(SHORT)) == sorted([*ASKED.short, "B1", "B2", "B3"])


def test_S03_the_short_form_is_at_most_twelve_screens():
    assert len(pages(SHORT)) + OTHER_SCREENS <= 12


@pytest.mark.parametrize("form", [SHORT, FULL])
def test_statements_stand_together_where_the_scale_is_the_same_and_three_to_five(form):
    for page in pages(form):
        together = [ASKED.items[name] for name in page.items]
        if len(together) > 1 and page.slug != "bedriften":
            assert 3 <= len(together) <= 5
            assert len({item.scale for item in together}) == 1 and together[0].kind == "likert"


@pytest.mark.parametrize("form", [SHORT, FULL])
def test_an_attitude_and_a_fact_never_share_a_page(form):
    for page in pages(form):
        assert len({ASKED.items[name].block in ATTITUDES for name in page.items}) == 1, page.slug


def test_what_the_short_form_asks_shares_no_page_with_what_only_the_full_one_asks():
    """Else somebody who goes on would be asked again."""
    short = set(items(SHORT))
    for page in pages(FULL):
        assert len({name in short for name in page.items}) == 1, page.slug


def test_the_parts_come_in_order_and_have_names():
    parts = [place_of(FULL, ASKED, page).first for page in pages(FULL)]
    assert parts == sorted(parts) and set(parts) == set(range(1, len(PARTS) + 1))
    assert PART_NAMES.keys() == PARTS.keys()


def test_S03_the_count_of_the_short_form_is_true():
    places = [place_of(SHORT, ASKED, page) for page in pages(SHORT)]
    counted = [number for place in places if place.first for number in range(place.first, place.last + 1)]
    assert counted == list(range(1, 11)) and {place.of for place in places} == {10}


@given(any_answers())
def test_whoever_goes_on_is_asked_what_is_left_and_nothing_else(answers):
    seen = dict(answers)
    asked = []
    while page := next_page(FULL, ASKED, seen):
        asked += [name for name in page.items if name not in seen]
        seen |= {name: ("practice",) if name == "E1" else 1 for name in page.items if name not in seen}
    assert len(asked) == len(set(asked)) and not set(asked) & answers.keys()
    assert all(name in seen for name, item in ASKED.items.items() if is_asked(item, seen))


def test_a_changed_branch_asks_what_is_new_and_then_comes_back():
    answers = {name: 1 for name in ASKED.items} | {"E1": ("none",)}
    for name in ("E2", "E3", "E4"):
        del answers[name]
    assert next_page(FULL, ASKED, answers, after="erfaring") is None
    answers["E1"] = ("mentor",)
    assert next_page(FULL, ASKED, answers, after="erfaring").slug == "ansettelser"
    answers |= {"E2": 1, "E3": 1, "E4": 1}
    assert next_page(FULL, ASKED, answers, after="igjen") is None


def test_back_leads_the_way_one_came():
    answers = {"E1": ("none",)}
    order = [page.slug for page in asked_pages(FULL, ASKED, answers)]
    back, slug = [], order[-1]
    while page := page_before(FULL, ASKED, answers, slug):
        slug = page.slug
        back.append(slug)
    assert back == order[-2::-1]
    assert "igjen" not in order
