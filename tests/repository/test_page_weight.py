"""A first visit is light enough for a train between Rakkestad and Mysen: few files, small, all our own."""

from __future__ import annotations

import gzip
import re

import html5lib
import pytest

from tests.page_types import PAGE_TYPES, fetch

#: Bytes over the wire on a first visit: the page and all that it draws in, compressed as the server does it.
FIRST_VISIT = 200_000
LARGEST_FONT = 60_000
LARGEST_SCRIPT = 40_000
ASKED_FOR = re.compile(r"url\(\s*['\"]?([^'\")]+)")


def drawn_in(html: str) -> set[str]:
    """The addresses a browser fetches by itself to show a page."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = {node.get("src") for tag in ("script", "img", "iframe", "source") for node in root.iter(tag)}
    rels = ("icon", "stylesheet", "preload")
    found |= {node.get("href") for node in root.iter("link") if node.get("rel") in rels}
    found |= {(node.get("href") or "").partition("#")[0] for node in root.iter("use")}
    return {address for address in found if address}


@pytest.mark.parametrize("name", ["front", "result", "asked", "gallery"])
def test_a_first_visit_is_light(site, kept, name):
    html = fetch(site, next(page for page in PAGE_TYPES if page.name == name), "nb", kept)[2]
    sizes = {"the page": len(gzip.compress(html.encode(), 6))}
    for address in drawn_in(html):
        assert address.startswith("/"), f"{address} is another's"
        status, headers, body = site.fetch(address, **{"Accept-Encoding": "gzip"})
        assert status == 200, address
        sizes[address] = len(body)
        if address.endswith(".woff2"):
            assert len(body) <= LARGEST_FONT
        if address.endswith(".js"):
            assert len(body) <= LARGEST_SCRIPT
        if address.endswith(".css"):
            text = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
            for asked in ASKED_FOR.findall(text.decode()):
                assert not asked.startswith(("http:", "https:", "//")), f"{address} draws in {asked}"
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


def test_no_page_has_script_or_style_of_its_own(site, kept):
    """The content policy refuses both; here the reason is told with the name of the page."""
    for page in PAGE_TYPES:
        root = html5lib.parse(fetch(site, page, "nb", kept)[2], namespaceHTMLElements=False)
        for node in root.iter():
            assert node.tag != "style", page.name
            assert node.tag != "script" or node.get("src"), page.name
            written = [name for name in node.attrib if name == "style" or name.startswith("on")]
            assert not written, f"{page.name}: {node.tag} has {written}"


def test_no_page_asks_another_host_for_anything(site, kept):
    for page in PAGE_TYPES:
        others = {a for a in drawn_in(fetch(site, page, "nb", kept)[2]) if not a.startswith(("/", "data:"))}
        assert not others, f"{page.name}: {others}"


def test_the_policy_allows_our_own_files_and_nothing_else(site):
    policy = site.fetch("/")[1]["content-security-policy"]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    nothing = dict.fromkeys(("object-src", "base-uri", "frame-ancestors"), "'none'")
    told = {"report-uri": "/regelbrudd/"}
    assert allowed == {"default-src": "'self'", "img-src": "'self' data:", **nothing, **told}
