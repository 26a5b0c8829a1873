"""B08 Somebody who listens to the page, and somebody with only a keyboard, do S01. What a test can hear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import pdf
from tests.page_types import PAGE_TYPES, fetch
from tests.visitor import plain

RESULT = "/start-her/resultat/?kommune=3101&arbeid=kitchen&andel=60"
#: One snapshot of what assistive technology needs of a page, gathered in one go.
OUTLINE = """() => ({
    title: document.title,
    language: document.documentElement.lang,
    headings: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1]),
    mains: document.querySelectorAll('main').length,
    navigations: [...document.querySelectorAll('nav')].filter(n => n.checkVisibility())
        .map(n => n.getAttribute('aria-label')
            || (document.getElementById(n.getAttribute('aria-labelledby')) || {}).textContent),
    tabindexes: [...document.querySelectorAll('[tabindex]')].map(e => e.tabIndex),
    tables: [...document.querySelectorAll('table')].map(t => ({
        caption: t.caption ? t.caption.textContent : '',
        loose: t.querySelectorAll('th:not([scope])').length,
        bars: t.querySelectorAll('svg.bar').length,
        rows: t.querySelectorAll('tbody tr:not(.group)').length,
    })),
    spoken_bars: document.querySelectorAll('svg.bar:not([aria-hidden=true])').length,
    unlabelled: [...document.querySelectorAll('input:not([type=hidden]),select,textarea')]
        .filter(e => !e.labels.length).map(e => e.name),
    ungrouped: [...document.querySelectorAll('input[type=radio]')]
        .filter(e => !(e.closest('fieldset') || document).querySelector('legend')).map(e => e.name),
    described: [...document.querySelectorAll('[aria-describedby],[aria-labelledby]')].flatMap(e =>
        ((e.getAttribute('aria-describedby') || '') + ' ' + (e.getAttribute('aria-labelledby') || ''))
            .trim().split(/\\s+/).filter(id => !document.getElementById(id))),
})"""


def test_every_page_can_be_heard(visit, kept):
    page = visit("/", width=1280, expects=(404,))
    problems = []
    for kind in PAGE_TYPES:
        if kind.posted:
            continue  # the same page as the result
        page.goto(kind.address("nb", kept))
        problems += [f"{kind.name}: {problem}" for problem in not_heard(page.evaluate(OUTLINE))]
    assert not problems, "\n".join(problems)


def not_heard(outline: dict[str, Any]) -> Iterator[str]:
    """What somebody who listens would miss on a page."""
    headings, navigations = outline["headings"], outline["navigations"]
    if not outline["title"] or outline["language"] != "nb":
        yield f"title {outline['title']!r} in {outline['language']!r}"
    if headings.count(1) != 1 or any(after > before + 1 for before, after in pairwise(headings)):
        yield f"headings {headings}"
    if outline["mains"] != 1:
        yield f"{outline['mains']} main landmarks"
    if not all(navigations) or len(navigations) != len(set(navigations)):
        yield f"navigations called {navigations}"
    if any(index > 0 for index in outline["tabindexes"]):
        yield "an order of focus that is not the order of the page"
    for table in outline["tables"]:
        if not table["caption"].strip() or table["loose"]:
            yield f"a table without caption or scope: {table}"
        if table["bars"] not in (0, table["rows"]):
            yield f"bars without a row that tells the same in numbers: {table}"
    for what in ("spoken_bars", "unlabelled", "ungrouped", "described"):
        if outline[what]:
            yield f"{what}: {outline[what]}"


def test_no_two_pages_have_the_same_title(site, kept):
    for language in ("nb", "nn", "en"):
        titles = {}
        for page in PAGE_TYPES:
            html = fetch(site, page, language, kept)[2]
            title = plain(re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1])  # type: ignore[index]
            assert title not in titles or {page.name, titles[title]} in (
                {"saved", "result"},
                {"mapped", "mapped to read"},
                {"saved", "result with person"},
                {"result", "result with person"},
                {"measures", "no measures"},
                {"helpers", "no helpers"},
                {"tools", "no tools"},
            ), f"{page.name} and {titles.get(title)} are both called {title}"
            titles.setdefault(title, page.name)


@pytest.mark.parametrize(
    ("address", "button", "field"),
    [
        ("/start-her/jeg-trenger-folk/", "Neste", "Hvor stor stilling trenger dere?"),
        ("/regn-ut/?lonn=mye", "Vis overslaget", "Hva er lønnen?"),
    ],
)
def test_an_error_is_told_first_and_leads_to_its_field(visit, address, button, field):
    page = visit(address)
    page.get_by_role("button", name=button).click()
    expect(page).to_have_title(re.compile("^Feil: "))
    summary = page.get_by_role("group", name="For å gå videre må du rette opp følgende feil")
    expect(summary).to_be_focused()

    told = [plain(text) for text in summary.get_by_role("link").all_text_contents()]
    beside = [plain(text) for text in page.locator(".ds-validation-message").all_text_contents()]
    assert told == beside, "the same words in the summary and beside the field"
    assert all(text.endswith(".") for text in told)

    wrong = page.get_by_label(field)
    expect(wrong).to_have_attribute("aria-invalid", "true")
    ids = (wrong.get_attribute("aria-describedby") or "").split()
    spoken = " ".join(plain(page.locator(f"[id='{id}']").inner_text()) for id in ids)
    message = next(text for text in told if text in spoken)
    summary.get_by_role("link", name=message).click()
    expect(wrong).to_be_focused()


def test_a_wrong_choice_leads_to_the_first_radio(visit):
    page = visit("/start-her/sjekk-svarene/?kommune=3101&andel=60")
    page.get_by_role("link", name="Velg hva slags arbeid det er.").click()
    expect(page.get_by_role("radio").first).to_be_focused()


def test_figures_are_heard_with_their_unit(visit):
    page = visit(RESULT)
    for figure in page.locator("dl.figs > div").all():
        assert re.fullmatch(r".+ [\d ]+ kr i måneden", plain(figure.inner_text()))
    for amount in page.get_by_role("table", name="Måned for måned").locator("td.num").all_text_contents():
        assert plain(amount).endswith("kr")


@pytest.mark.parametrize("address", ["/stotte/?behov=lonn", "/finn-hjelp/?kommune=3105"])
def test_a_count_of_hits_is_a_status(visit, address):
    page = visit(address)
    status = page.get_by_role("status")
    expect(status).to_have_count(1)
    assert re.search(r"\d", status.inner_text())


def test_the_pdf_is_tagged_with_headings_and_language(site):
    _status, headers, content = site.fetch(f"/start-her/oversikt.pdf?{RESULT.partition('?')[2]}")
    assert headers["content-type"] == "application/pdf"
    sheet = pdf.read(content)
    assert sheet.marked and sheet.language.startswith("nb") and sheet.title
    headings = [int(tag[1]) for tag in sheet.tags if re.fullmatch(r"H\d", tag)]
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


#: Where focus is, and whether it can be seen: an outline or a shadow that is not there without focus.
FOCUS = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
        tag: element.tagName, name: element.name || '', text: element.textContent.trim(), id: element.id,
        type: element.type || '',
        seen: style.boxShadow !== 'none'
            || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
        inside: box.bottom > 0 && box.top < innerHeight,
    };
}"""


def tab_to(page: Page, wanted: str, *, most: int = 60) -> None:
    """Press Tab until `wanted` has focus, by name of a field or text of a link or button."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if here["tag"] in ("BODY", "HTML"):
            continue
        assert here["seen"], f"focus on {here} cannot be seen"
        assert here["inside"], f"focus on {here} is outside the window"
        if wanted in (here["name"], plain(here["text"])) or plain(here["text"]).startswith(wanted):
            return
    raise AssertionError(f"Tab never came to {wanted!r} on {page.url}")


def test_s01_with_a_keyboard_alone(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Hopp til innholdet"
    page.keyboard.press("Enter")
    tab_to(page, "Jeg trenger folk")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jeg-trenger-folk/")
    tab_to(page, "kommune")
    page.keyboard.type("Halden")
    tab_to(page, "arbeid")
    page.keyboard.press("Space")
    tab_to(page, "andel")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sjekk-svarene/**")
    assert "kommune=3101" in page.url and "andel=60" in page.url and "arbeid=" in page.url
    tab_to(page, "Vis resultatet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/resultat/**")
    tab_to(page, "Se hva tallene bygger på")
    page.keyboard.press("Enter")
    page.wait_for_url("**/overslag/**")
    tab_to(page, "Lønn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Formel", exact=True).first).to_be_visible()
    tab_to(page, "Last ned én side som PDF")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "inkludering-overslag-2026-11-24.pdf"
