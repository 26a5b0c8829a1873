"""When a kept page is drawn anew, and what no search engine may show."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from toolbox.directory import seed
from toolbox.directory.models import Helper
from toolbox.guide import saved
from toolbox.ui import content_revision

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEED = "kommune=3101&arbeid=kitchen&andel=60"


@pytest.fixture(autouse=True)
def _nothing_known_from_another_test():
    content_revision.forget()
    yield
    content_revision.forget()


def test_an_editors_correction_shows_at_once_on_a_page_that_is_kept(client):
    seed.load()
    where = "/stotte/midlertidig-lonnstilskudd/"
    line = Helper.objects.get(slug="nav-arbeidsgivertelefonen")
    assert "tel:+4755553336" in client.get(where).content.decode()
    line.phone = "12 34 56 78"
    line.save()
    assert "tel:+4712345678" in client.get(where).content.decode()


def test_loading_the_same_files_again_keeps_the_pages():
    seed.load()
    before = content_revision.current()
    assert before
    seed.load()
    content_revision.forget()
    assert content_revision.current() == before


def test_the_revision_is_asked_for_once_in_a_few_seconds(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(content_revision, "monotonic", lambda: 100.0)
    with django_assert_num_queries(1):
        assert [content_revision.current() for _ in range(9)] == [""] * 9
    monkeypatch.setattr(content_revision, "monotonic", lambda: 105.0)
    with django_assert_num_queries(1):
        content_revision.current()


def test_a_database_that_is_down_leaves_the_kept_pages(monkeypatch):
    content_revision.bump()
    known = content_revision.current()

    def down(**_what):
        raise DatabaseError

    monkeypatch.setattr(content_revision.ContentRevision.objects, "filter", down)
    monkeypatch.setattr(content_revision, "SECONDS_BETWEEN_READS", 0)
    assert content_revision.current() == known


def test_a_page_is_put_away_once(client, monkeypatch):
    written = []
    put = cache.set
    monkeypatch.setattr(cache, "set", lambda *what, **how: (written.append(what[0]), put(*what, **how)))
    for _ in range(3):
        client.get("/om/")
    assert len([key for key in written if key.startswith("page:")]) == 1


def test_what_somebody_saved_or_made_is_in_no_search_engine(client):
    kept = saved.keep(NEED, key="k" * 24, secret="s", on=date(2026, 11, 24), rate_revision="r")
    assert kept
    for address in (
        f"/lagret/{kept.read}/",
        f"/en/lagret/styr/{kept.manage}/",
        f"/lagret/{'0' * 48}/",
        "/lagret/slettet/",
        f"/start-her/lagre/?{NEED}",
        f"/start-her/oversikt.pdf?{NEED}",
    ):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex", address
    assert "X-Robots-Tag" not in client.get("/").headers


def test_robots_may_ask_for_what_they_must_see_is_not_for_them(client):
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /sprak/\n"
