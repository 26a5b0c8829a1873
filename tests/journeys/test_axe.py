"""No page breaks a rule of axe, best practices too. `make axe-all` (AXE=all) looks at all in all variants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

from tests.accessibility import show, violations
from tests.page_types import LANGUAGES, PAGE_TYPES
from tests.visitor import Watch

WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
VARIANTS = tuple(product(LANGUAGES, WIDTHS, SCHEMES))
#: Each language, width and scheme once, for every type of page.
CHOSEN = {("nb", 320, "light"), ("nn", 1280, "dark"), ("en", 768, "light")}
#: Pages with the most in them: always in all eighteen.
IN_EVERY_VARIANT = {"gallery", "result", "need with errors"}

#: What is behind an opening counts too: open everything before axe looks. The menu would cover the page.
OPEN_ALL = "document.querySelectorAll('details:not(.menu)').forEach(details => { details.open = true; })"
WIDER_THAN_SEEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def window(browser, site) -> Iterator[tuple[Page, Watch]]:
    """One window for all variants: see tests.accessibility.show."""
    context = browser.new_context(base_url=site.url, reduced_motion="reduce")
    watch = Watch(context, site.url, expected_statuses=[404])
    page = context.new_page()
    page.goto("/")
    yield page, watch
    context.close()


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: "-".join(map(str, variant)))
def test_axe_finds_nothing(window, kept, variant):
    page, watch = window
    language, width, scheme = variant
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    everything = os.environ.get("AXE") == "all" or variant in CHOSEN
    problems = []
    for kind in PAGE_TYPES:
        if not everything and kind.name not in IN_EVERY_VARIANT:
            continue
        show(page, kind.address(language, kept), kind.posted)
        page.evaluate(OPEN_ALL)
        if found := violations(page):
            problems.append(f"{kind.name}: {found}")
        if page.evaluate(WIDER_THAN_SEEN) > 0:
            problems.append(f"{kind.name}: wider than {width} pixels")
    problems += watch.problems
    watch.problems.clear()
    assert not problems, "\n\n".join(problems)


def test_axe_finds_nothing_in_the_open_menu(visit):
    page = visit("/", width=320)
    page.get_by_text("Meny", exact=True).click()
    assert violations(page) == ""


COLOURS = {
    "#777 on #fff": True,
    "rgb(118 118 118) on white": False,
    "rgb(0 0 0 / 30%) on #fff": True,
    "hsl(0 0% 0% / 90%) on #fff": False,
    "color-mix(in srgb, black 20%, white) on #fff": True,
    "color-mix(in srgb, white 20%, black) on transparent": False,
}


def test_axe_sees_what_is_too_pale_also_when_it_has_read_the_colours_before(visit):
    page = visit("/komponenter/")
    for pair in [*COLOURS, *COLOURS]:
        colour, ground = pair.split(" on ")
        page.evaluate(
            """([colour, ground, pair]) => {
                const text = document.createElement("p");
                Object.assign(text.style, {color: colour, background: ground});
                text.textContent = pair;
                document.querySelector("main .frame").append(text);
            }""",
            [colour, ground, pair],
        )
    found = violations(page)
    assert {pair: found.count(f">{pair}</p>") for pair in COLOURS} == {
        pair: 2 if pale else 0 for pair, pale in COLOURS.items()
    }
    plain = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found == plain.generate_report()


SPOIL = """document.querySelectorAll("main label, main p, main a").forEach((element, place) => {
    if (place % 3 === 0) element.style.color = "rgb(150 150 160 / 70%)";
    if (place % 5 === 0) element.removeAttribute("for");
})"""
FOUND = """axe.run().then(found => ["violations", "passes", "incomplete", "inapplicable"].map(
    kind => found[kind].map(rule => [rule.id, rule.nodes.map(node => node.target + node.failureSummary)])
))"""


@pytest.mark.parametrize("address", ["/start-her/sjekk-svarene/?kommune=&andel=mange", "/regn-ut/"])
def test_axe_sees_on_a_page_that_stands_in_for_another_what_it_sees_on_one_that_was_gone_to(visit, address):
    shown, gone_to = visit("/komponenter/"), visit(address)
    violations(shown)
    show(shown, address)
    Axe().run(gone_to)
    found = []
    for page in (shown, gone_to):
        page.evaluate(OPEN_ALL)
        page.evaluate(SPOIL)
        found.append(page.evaluate(FOUND))
    assert found[0] == found[1]
    assert "color-contrast" in str(found[0][0]), "nothing was spoilt"


def test_no_page_stands_in_for_one_with_another_policy_and_none_with_a_script(visit):
    page = visit("/")
    show(page, "/om/")
    assert page.url.endswith("/om/") and page.evaluate("'policy' in window")
    page.evaluate("window.policy = 'default-src *'")
    with pytest.raises(Error, match="policy of its own: /stotte/"):
        show(page, "/stotte/")
    page.evaluate("delete window.policy")
    show(page, "/logg-inn/")
    assert page.url.endswith("/logg-inn/") and not page.evaluate("'policy' in window")
