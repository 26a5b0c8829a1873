"""What editors publish of a tool lies on top of its file: a tool nobody has touched follows the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalogue.parsed_page import words
from tests.publishing.conftest import kari, ola  # noqa: F401
from toolbox.access.models import Account
from toolbox.publishing import content
from toolbox.publishing.models import Version
from toolbox.tools import read as tools
from toolbox.tools import texts
from toolbox.ui import content_revision

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY = "trial_with_decision_date"
PAGE = "/verktoy/avtal-en-proveperiode-med-beslutningsdato/"


@pytest.fixture(autouse=True)
def _as_the_site_reads_them(_tools_of_the_files: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(tools, "current_revision", content_revision.current)
    content_revision.forget()
    yield
    content_revision.forget()


@pytest.fixture
def published(kari: Account, ola: Account) -> Callable[..., Version]:  # noqa: F811
    """A tool with other texts, written by one editor and published by another."""

    def made(seed: dict[str, str] | None = None, **changes: str) -> Version:
        said = tools.texts_of_file(KEY)
        item = content.begin(
            kari,
            "tool",
            KEY,
            {**said, **changes},
            next_check=date(2027, 5, 1),
            key="k" * 24,
            seed=seed or said,
        )
        content.send_for_review(item, 1)
        content.publish(item, 1, ola)
        return item.newest

    return made


def test_what_is_published_is_read_on_the_page_the_next_moment(
    published: Any, client: Any, read: Any
) -> None:
    before = words(read(PAGE).one("h1"))
    published(title_nb="Avtal en dag dere bestemmer dere", checked="2026-11-24")
    assert words(read(PAGE).one("h1")) == "Avtal en dag dere bestemmer dere" != before
    assert words(read(f"/nn{PAGE}").one("h1")) == tools.tools_of_files()[KEY].title["nn"]
    assert tools.all_tools()[KEY].checked == date(2026, 11, 24)
    assert tools.by_slug()[PAGE.split("/")[2]] is tools.all_tools()[KEY]


def test_what_the_tool_rests_on_and_all_other_tools_stay_the_files(published: Any) -> None:
    published(why_0_nb="Dette er sagt på en annen måte.")
    shipped, shown = tools.tools_of_files(), tools.all_tools()
    assert [claim.studies for claim in shown[KEY].why] == [claim.studies for claim in shipped[KEY].why]
    assert {key for key in shipped if shown[key] != shipped[key]} == {KEY}


def test_a_tool_taken_down_follows_its_file_again(published: Any) -> None:
    version = published(title_nb="En annen tittel")
    content.take_down(version.item, version.reviewed_by)
    assert tools.all_tools() == dict(tools.tools_of_files())


@pytest.mark.parametrize("changed", [{"why_0_rests_on": "practice"}, {"steps_6_title_nb": "Enda et steg"}])
def test_texts_without_room_in_a_newer_file_are_left_out_and_told(published: Any, changed: Any) -> None:
    published({**tools.texts_of_file(KEY), **changed}, title_nb="En annen tittel")
    assert tools.all_tools()[KEY] == tools.tools_of_files()[KEY]
    assert tools.misfits() == {KEY}


def test_texts_that_break_the_format_do_not_stop_the_site(published: Any) -> None:
    published(title_nb="")
    assert tools.all_tools()[KEY] == tools.tools_of_files()[KEY] and tools.misfits() == {KEY}


def test_a_page_asks_the_database_for_no_tool_twice(published: Any, client: Any) -> None:
    published(title_nb="En annen tittel")
    client.get("/verktoy/", {"tid": "timer"})
    with CaptureQueriesContext(connection) as asked:
        client.get("/verktoy/", {"tid": "uker"})
        client.get(PAGE)
    assert not [query for query in asked.captured_queries if "publishing" in query["sql"]]


@pytest.mark.parametrize("key", tools.tools_of_files())
def test_every_text_of_a_file_has_a_name_and_goes_back_to_its_place(key: str) -> None:
    fields = tools._shipped()[0][key].fields
    said = texts.of(fields)
    assert texts.of(texts.put(said, into=fields)) == said
    assert len(texts.parts(said)) * 3 == len([name for name in said if name[-3:] in ("_nb", "_nn", "_en")])
