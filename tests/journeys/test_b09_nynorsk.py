"""B09 Somebody who reads nynorsk: chosen once, remembered without an account, never mixed with bokmål."""

from __future__ import annotations

import re

import html5lib
import polib
import pytest
from playwright.sync_api import expect

from tests.journeys import pdf
from tests.page_types import PAGE_TYPES, fetch
from tests.visitor import plain
from toolbox.ui.texts import catalogues

#: A bokmål text longer than this says enough to be known again in the middle of a nynorsk page.
LONG_ENOUGH = 20


def test_the_choice_is_remembered_and_only_the_front_page_asks_for_it(visit):
    page = visit("/stotte/", width=1280)
    page.get_by_role("navigation", name="Språk").get_by_role("link", name="Nynorsk").click()
    page.wait_for_url("**/nn/stotte/")
    (cookie,) = page.context.cookies()
    assert cookie["name"] == "sprak" and cookie["value"] == "nn"

    page.goto("/")
    assert page.url.endswith("/nn/")
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page.goto("/stotte/")
    assert page.url.endswith("/stotte/") and not page.url.endswith("/nn/stotte/"), page.url
    expect(page.locator("html")).to_have_attribute("lang", "nb")


def test_the_answers_follow_to_the_other_language(visit):
    query = "?kommune=3101&arbeid=kitchen&andel=60"
    page = visit(f"/start-her/resultat/{query}", width=1280)
    page.get_by_role("navigation", name="Språk").get_by_role("link", name="Nynorsk").click()
    page.wait_for_url(f"**/nn/start-her/resultat/{query}")
    assert "25 418" in plain(page.locator("main").inner_text())


def test_the_wish_of_the_browser_is_never_read(visit, site):
    page = visit("/", extra_http_headers={"Accept-Language": "nn, en"})
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    _status, headers, _body = site.fetch("/", **{"Accept-Language": "en"})
    assert "accept-language" not in headers.get("vary", "").lower()


def test_every_page_speaks_nynorsk_and_says_so(site, kept):
    for page in PAGE_TYPES:
        status, headers, html = fetch(site, page, "nn", kept)
        assert status == page.status, page.name
        assert '<html lang="nn"' in html, page.name
        assert headers["content-language"] == "nn", page.name


@pytest.fixture(scope="module")
def bokmal_only() -> dict[str, str]:
    """Bokmål texts that nynorsk says otherwise → how it says them. Those that hold a value are left out."""
    found = {}
    for _room, language, po_path in catalogues():
        if language != "nn" or not po_path.exists():
            continue
        for entry in polib.pofile(str(po_path)):
            both = plain(entry.msgid), plain(entry.msgstr)
            if len(both[0]) > LONG_ENOUGH and both[1] and both[0] != both[1] and "%" not in both[0]:
                found[both[0]] = both[1]
    assert len(found) > 100, "the nynorsk catalogues are all but empty"
    return found


def test_no_bokmal_is_left_on_a_nynorsk_page(site, kept, bokmal_only):
    left = []
    for page in PAGE_TYPES:
        said = visible(fetch(site, page, "nn", kept)[2])
        for text, nynorsk in bokmal_only.items():
            # A nynorsk sentence may hold a bokmål one that is a part of it.
            if text in said and text not in nynorsk:
                left.append(f"{page.name}: {text}")
    assert not left, "\n".join(left)


def visible(html: str) -> str:
    """What a page says. Parts that are marked as another language may be in that."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    words: list[str] = []

    def walk(node) -> None:  # type: ignore[no-untyped-def]
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "select"):
            return
        if node.get("lang", "nn") == "nn":
            words.append(node.text or "")
            for child in node:
                walk(child)
                words.append(child.tail or "")

    walk(root)
    return plain(" ".join(words))


def test_the_pdf_speaks_nynorsk(site):
    _status, _headers, content = site.fetch("/nn/start-her/oversikt.pdf?kommune=3101&arbeid=kitchen&andel=60")
    sheet = pdf.read(content)
    assert sheet.language.startswith("nn") and sheet.pages == 1
    assert "Utan støtte" in sheet.text and "25 418" in sheet.text
    assert not re.search(r"\b(ikke|hvis|hvem|dere)\b", sheet.text, re.IGNORECASE), sheet.text
