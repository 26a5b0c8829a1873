"""GET tools and GET helpers: what the pages list, a page at a time."""

from __future__ import annotations

from datetime import date

import pytest

from toolbox.directory import seed
from toolbox.directory.queries import helpers_for
from toolbox.tools.read import tools_of_files
from toolbox.tools.selection import select

ALL = [tool.slug for tool in tools_of_files().values()]


def walked(ask, what, **query):  # type: ignore[no-untyped-def]
    """The slugs of every page, one after the other."""
    slugs, cursor, first = [], None, True
    while first or cursor:
        answer = ask(what, **query, **({"cursor": cursor} if cursor else {})).json()
        slugs += [each["slug"] for each in answer[what]]
        cursor, first = answer["next_cursor"], False
        assert answer["count"] >= len(slugs)
    return slugs


@pytest.mark.parametrize("limit", ["7", "100"])
def test_the_pages_hold_every_tool_once_in_the_order_of_the_site(ask, limit):
    assert walked(ask, "tools", limit=limit) == ALL


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ({"area": "help"}, {"omrade": "hjelp"}),
        ({"band": "minutes"}, {"tid": "under-en-time"}),
        ({"who": "mentor"}, {"hvem": "mentor"}),
        (
            {"area": "people", "band": "hours", "who": "manager"},
            {"omrade": "hvem", "tid": "timer", "hvem": "leder"},
        ),
    ],
)
def test_the_filters_are_those_of_the_page(ask, query, chosen):
    expected = [tool.slug for tool in select(chosen)]
    assert expected and walked(ask, "tools", limit="3", **query) == expected


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_tool_can_be_read_in_every_language(ask, language):
    for tool in tools_of_files().values():
        told = ask(f"tools/{tool.slug}", language=language).json()
        assert told["tool"]["name"] == tool.title[language]
        assert [claim["strength"] for claim in told["why"]] == [claim.strength for claim in tool.why]
        assert "{rate:" not in str(told)


def test_a_tool_we_do_not_have_is_told(ask):
    answer = ask("tools/finnes-ikke")
    assert (answer.status_code, answer.json()["type"]) == (404, "/api/#not-found")


@pytest.mark.parametrize("where", ["tools", "helpers"])
@pytest.mark.parametrize("cursor", ["finnes-ikke", "", "x" * 5000, "a\0b"])
def test_a_cursor_of_nobodys_is_refused(ask, where, cursor):
    answer = ask(where, cursor=cursor)
    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == ["cursor"]


@pytest.fixture
def loaded(db):  # type: ignore[no-untyped-def]
    seed.load(seed.content_folder())


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, (None, None, None)),
        ({"municipality": "3101"}, ("3101", None, None)),
        ({"municipality": "3101", "need": "candidate"}, ("3101", "candidate", None)),
        ({"kind": "nav_office"}, (None, None, "nav_office")),
    ],
)
def test_the_helpers_are_those_of_the_list_in_its_order(ask, loaded, query, asked):
    expected = [helper.slug for helper in helpers_for(*asked, today=date(2026, 11, 24))]
    assert expected and walked(ask, "helpers", limit="4", **query) == expected


def test_a_helper_tells_how_to_reach_it_and_how_fresh_it_is(ask, loaded):
    for helper in ask("helpers", limit="100").json()["helpers"]:
        assert helper["phone"] or helper["call"], helper["slug"]
        assert helper["area"] and helper["who_may_contact"] and helper["offers"]
        assert helper["confirmed_on"] or not helper["confirmed_lately"]


def test_what_is_not_published_is_not_told(ask, loaded):
    from toolbox.directory.models import Helper

    hidden = Helper.objects.filter(published=False).values_list("slug", flat=True)
    assert hidden and not set(hidden) & set(walked(ask, "helpers", limit="100"))
