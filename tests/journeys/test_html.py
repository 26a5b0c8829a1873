"""Every page, in every language: markup without an error, one main heading, light enough for a train."""

from __future__ import annotations

import gzip
from collections import Counter

import html5lib
import pytest

from tests.page_types import LANGUAGES, PAGE_TYPES, fetch

LARGEST = 60_000
LARGEST_COMPRESSED = 20_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_and_weight(site, kept, language):
    problems = []
    for page in PAGE_TYPES:
        status, _headers, html = fetch(site, page, language, kept)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(html)
        ids = Counter(node.get("id") for node in root.iter() if node.get("id"))
        twice = [name for name, times in ids.items() if times > 1]
        size, compressed = len(html.encode()), len(gzip.compress(html.encode(), 6))
        for wrong, what in [
            (status != page.status, f"answers {status}"),
            (parser.errors, f"markup: {parser.errors[:3]}"),
            (twice, f"ids used twice: {twice}"),
            (len(root.findall(".//h1")) != 1, "not exactly one h1"),
            (size > LARGEST, f"{size} bytes"),
            (compressed > LARGEST_COMPRESSED, f"{compressed} bytes compressed"),
        ]:
            if wrong:
                problems.append(f"{page.name} in {language}: {what}")
    assert not problems, "\n".join(problems)
