"""T17, T28: what every page tells the browser, whoever's text is on it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import directory_content
from tests.page_types import PAGE_TYPES

pytestmark = pytest.mark.django_db

#: Nothing but our own files, nothing in a frame, and no page that moves where its addresses lead.
POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "report-uri": "/regelbrudd/",
}
INLINE = re.compile(
    r"<style[\s>]|<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=|(?:href|src|action)=[\"']?javascript:",
    re.IGNORECASE,
)
PAGES = [page for page in PAGE_TYPES if not re.match("[A-Z]", page.path)]


@pytest.fixture
def ask(client: Client):
    directory_content.load()
    return lambda page: (
        client.post(page.path, page.posted, content_type="application/x-www-form-urlencoded")
        if page.posted
        else client.get(page.path)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_T17_the_policy_is_strict_and_the_page_needs_no_exception(ask, page):
    answer = ask(page)
    directives = (part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert {name: value for name, value in directives} == POLICY
    assert not INLINE.search(answer.content.decode())
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_T28_no_other_site_learns_which_page_a_visitor_left(ask, page):
    answer = ask(page)
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    for link in re.findall(r"<a [^>]*href=\"https?:[^>]*>", answer.content.decode()):
        assert "target=" not in link and "referrerpolicy" not in link, link
