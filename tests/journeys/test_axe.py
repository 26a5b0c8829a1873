"""No page breaks a rule of axe, best practices too. `make axe-all` (AXE=all) looks at all in all variants."""

from __future__ import annotations

import os
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.page_types import BY_NAME, LANGUAGES, PAGE_TYPES
from tests.visitor import in_language

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
VARIANTS = tuple(product(LANGUAGES, WIDTHS, SCHEMES))
#: Each language, width and scheme once, for every type of page.
CHOSEN = {("nb", 320, "light"), ("nn", 1280, "dark"), ("en", 768, "light")}
#: Pages with the most in them: always in all eighteen.
IN_EVERY_VARIANT = {"gallery", "result", "need with errors"}

ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
#: What is behind an opening counts too: open everything before axe looks. The menu would cover the page.
OPEN_ALL = "document.querySelectorAll('details:not(.menu)').forEach(details => { details.open = true; })"
WIDER_THAN_SEEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(map(str, variant)))
def test_axe_finds_nothing(visit, kept, variant):
    language, width, scheme = variant
    everything = os.environ.get("AXE") == "all" or variant in CHOSEN
    page = visit("/", width=width, scheme=scheme, expects=(404,))
    axe, problems = Axe(), []
    for kind in PAGE_TYPES:
        if not everything and kind.name not in IN_EVERY_VARIANT:
            continue
        if kind.posted:
            # Only a form can post: the one on the page before.
            page.goto(in_language(BY_NAME["person"].path, language))
            page.locator("[name=prosent]").first.check()
            page.locator("main button[type=submit]").click()
        else:
            page.goto(kind.address(language, kept))
        page.evaluate(OPEN_ALL)
        found = axe.run(page, options=ONLY_VIOLATIONS)
        if found.violations_count:
            problems.append(f"{kind.name}: {found.generate_report()}")
        if page.evaluate(WIDER_THAN_SEEN) > 0:
            problems.append(f"{kind.name}: wider than {width} pixels")
    assert not problems, "\n\n".join(problems)


def test_axe_finds_nothing_in_the_open_menu(visit):
    page = visit("/", width=320)
    page.get_by_text("Meny", exact=True).click()
    found = Axe().run(page, options=ONLY_VIOLATIONS)
    assert not found.violations_count, found.generate_report()
