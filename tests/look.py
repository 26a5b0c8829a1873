"""`make look`: a picture of every kind of page of the running product, and one sheet that holds them all.

    var/look/<page>-<width>-<language>-<scheme>.png    each page whole, in every variant
    var/look/oversikt-<language>.png                   the one-page PDF, drawn from the same source
    var/look/index.html                                the contact sheet
    var/look/sheet-<width>-<language>-<scheme>.png     thumbnails of one variant, to see a change at a glance
    docs/images/forside.png, resultat.png              the pictures of README.md

The site runs on a database of its own with its clock held, so that two runs show the same.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.companies import CAFE, FIRM
from tests.page_types import map_one
from tests.real_database import TODAY
from tests.served_site import PROJECT, Site, new_database, served
from tests.visitor import ARGUMENTS, find_chromium, in_language

FOLDER = PROJECT / "var" / "look"
IMAGES = PROJECT / "docs" / "images"

WIDTHS = (360, 1280)
LANGUAGES = ("nb", "nn")
SCHEMES = ("light", "dark")

#: The café in Halden, and the same need with an answer that cannot be read.
QUERY = urlencode({"kommune": "3101", "arbeid": "kitchen", "andel": "60"})
NO_NEED = urlencode({"kommune": "", "arbeid": "kitchen", "andel": "mye"})
NO_WAGE = urlencode({"kommune": "3101", "lonn": "1e3", "start": "1.2.2035"})

#: README shows the top of the front page, and a result from its heading to its figures: (from, height), px.
README = {"forside": (0, 860), "resultat": (130, 1065)}
LARGEST_IMAGE = 150_000

#: Milliseconds to wait for something on a page.
PATIENCE = 8_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One kind of page: its name in the file names, its address, what to do there first, and its answer.

    SHORT and FULL in an address stand for a mapping that is answered.
    """

    name: str
    path: str
    then: Callable[[Page], None] | None = None
    status: int = 200


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def _answer(page: Page) -> None:
    page.locator("main input[type=radio]").first.check()
    _send(page)


def _manage(page: Page) -> None:
    _send(page)
    with page.expect_navigation():
        page.locator("main .address a").last.click()


def _open_details(page: Page) -> None:
    page.locator("main details summary").nth(3).click()


def _open_menu(page: Page) -> None:
    menu = page.locator("details.menu summary")
    if menu.is_visible():
        menu.click()


SHOTS = (
    Shot("forside", "/"),
    Shot("meny", "/start-her/", _open_menu),
    Shot("trenger-folk", "/start-her/jeg-trenger-folk/"),
    Shot("trenger-folk-feil", f"/start-her/sjekk-svarene/?{NO_NEED}"),
    Shot("sjekk-svarene", f"/start-her/sjekk-svarene/?{QUERY}"),
    Shot("resultat", f"/start-her/resultat/?{QUERY}"),
    Shot("mer-om-bedriften", f"/start-her/mer-om-bedriften/?{QUERY}"),
    Shot("om-personen", f"/start-her/om-personen/?{QUERY}"),
    Shot("resultat-med-person", f"/start-her/om-personen/?{QUERY}", _answer),
    Shot("lagre", f"/start-her/lagre/?{QUERY}"),
    Shot("lagret", f"/start-her/lagre/?{QUERY}", _send),
    Shot("styr-lagret", f"/start-her/lagre/?{QUERY}", _manage),
    Shot("slettet", "/lagret/slettet/"),
    Shot("fatt-sporsmal", "/start-her/jeg-har-fatt-sporsmal/"),
    Shot("noen-i-gang", "/start-her/vi-har-noen-i-gang/"),
    Shot("regn-ut", "/regn-ut/"),
    Shot("regn-ut-feil", f"/regn-ut/overslag/?{NO_WAGE}"),
    Shot("overslag", f"/regn-ut/overslag/?{QUERY}", _open_details),
    Shot("kostnad-og-risiko", f"/regn-ut/kostnad-og-risiko/?{QUERY}", _open_details),
    Shot("usikkerhet", f"/regn-ut/usikkerhet/?{QUERY}", _open_details),
    Shot("refusjon", f"/regn-ut/refusjon/?{QUERY}"),
    Shot("hva-er-risikoen", "/hva-er-risikoen/"),
    Shot("til-avtalen", f"/regn-ut/til-avtalen/?{QUERY}"),
    Shot("kartlegg", "/kartlegg/"),
    Shot("kartlegg-sporsmal", "SHORT/folk/"),
    Shot("kartlegg-utsagn", "FULL/syn/"),
    Shot("kartlegg-svar", "SHORT/svar/"),
    Shot("kartlegg-resultat-kort", "SHORT/resultat/"),
    Shot("kartlegg-resultat", "FULL/resultat/", _open_details),
    Shot("kartlegg-plan", "FULL/plan/"),
    Shot("verktoykassen", "/verktoykassen/"),
    Shot("verktoy", "/verktoy/"),
    Shot("et-verktoy", "/verktoy/avtal-en-proveperiode-med-beslutningsdato/"),
    Shot("stotte", "/stotte/"),
    Shot("stotte-filtrert", "/stotte/?behov=lonn&hvem=ny"),
    Shot("tiltak", "/stotte/midlertidig-lonnstilskudd/"),
    Shot("tiltak-lite-kjent", "/stotte/ringer-i-vannet/"),
    Shot("finn-hjelp", "/finn-hjelp/?kommune=3101"),
    Shot("hjelper", "/finn-hjelp/nav-halden-aremark/"),
    Shot("om", "/om/"),
    Shot("kontakt", "/kontakt/"),
    Shot("personvern", "/personvern/"),
    Shot("tilgjengelighet", "/tilgjengelighet/"),
    Shot("informasjonskapsler", "/informasjonskapsler/"),
    Shot("komponenter", "/komponenter/"),
    Shot("ikke-funnet", "/lagret/finnes-ikke/", status=404),
)


def main() -> int:
    from toolbox.ui.texts import compile_all

    compile_all()
    FOLDER.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="toolbox-look-") as folder:
        os.environ["TEST_FOLDER"] = folder
        database = new_database("look", Path(folder))
        with served(database, Path(folder)) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            problems = _photograph(browser, site)
            sheets = [_print(database, language) for language in LANGUAGES]
            _contact_sheet(sheets)
            _thumbnails(browser)
            problems += _readme_images(browser, site)
            browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures: {FOLDER / 'index.html'}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _photograph(browser: Browser, site: Site) -> list[str]:
    """Every page in every variant. Returns what is plainly wrong: a line each that says where."""
    problems = []
    shots = _with_mappings(site)
    for width, language, scheme in product(WIDTHS, LANGUAGES, SCHEMES):
        with _visitor(browser, site, width, scheme) as context:
            for shot in shots:
                name = f"{shot.name}-{width}-{language}-{scheme}"
                visit = _visit(context, shot, language)
                visit.page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
                wide = visit.page.evaluate("document.documentElement.scrollWidth")
                visit.page.close()
                if wide > width:
                    problems.append(f"{name}: {wide} px wide on a screen of {width}; find what does not wrap")
                if visit.status != shot.status:
                    problems.append(f"{name}: the answer was {visit.status}, not {shot.status}")
                problems += [f"{name}: {problem}" for problem in visit.problems]
    return problems


def _with_mappings(site: Site) -> list[Shot]:
    """Every shot, with the addresses of two mappings where it asks for one."""
    short, full = (map_one(site, *said)[0].rstrip("/") for said in ((CAFE, "short"), (FIRM, "full")))
    return [replace(shot, path=shot.path.replace("SHORT", short).replace("FULL", full)) for shot in SHOTS]


@contextmanager
def _visitor(browser: Browser, site: Site, width: int, scheme: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@dataclass(slots=True)
class Visit:
    """A page that has been opened. `status` is that of the last page it led to."""

    page: Page
    status: int = 0
    problems: list[str] = field(default_factory=list)


def _visit(context: BrowserContext, shot: Shot, language: str) -> Visit:
    visit = Visit(context.new_page())

    def note(response: Response) -> None:
        if response.request.is_navigation_request():
            visit.status = response.status

    visit.page.on("response", note)
    visit.page.goto(in_language(shot.path, language))
    try:
        if shot.then:
            shot.then(visit.page)
    except PlaywrightError as error:
        # One page that cannot be reached must not hide the others.
        visit.problems.append(str(error).partition("\n")[0])
    return visit


def _print(database: str, language: str) -> Path:
    """The one-page summary as a picture: the same words and the same typst source as the PDF."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "TOOLBOX_TODAY": TODAY,
        # Playwright has an event loop in this thread, and Django would refuse every query because of it.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    import django

    django.setup()
    import typst
    from django.http import QueryDict
    from django.utils import translation

    from toolbox.guide import summary_pdf
    from toolbox.guide.need import Need, answer
    from toolbox.guide.views import read_address
    from toolbox.ui import paper
    from toolbox.ui.clock import today
    from toolbox.ui.rate_book import current_book

    with translation.override(language):
        need = read_address(QueryDict(QUERY), today())
        assert isinstance(need, Need)
        book = current_book()
        words = summary_pdf.words(answer(need, rates=book, today=today()), on=today(), revision=book.revision)
    drawn = typst.compile(
        str(summary_pdf.PAGE),
        format="png",
        ppi=110,
        root=str(paper.ROOT),
        font_paths=[str(paper.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(words, ensure_ascii=False)},
    )
    pages = drawn if isinstance(drawn, list) else [drawn]
    picture = FOLDER / f"oversikt-{language}.png"
    picture.write_bytes(pages[0])
    return picture


def _contact_sheet(sheets: list[Path]) -> None:
    """One page with everything, variants side by side, each picture a link to itself in full size."""
    variants = list(product(WIDTHS, LANGUAGES, SCHEMES))
    rows = []
    for shot in SHOTS:
        names = [f"{shot.name}-{width}-{language}-{scheme}" for width, language, scheme in variants]
        rows.append(f"<h2>{shot.name}</h2><div>{''.join(_thumbnail(name) for name in names)}</div>")
    rows.append(f"<h2>oversikt.pdf</h2><div>{''.join(_thumbnail(sheet.stem) for sheet in sheets)}</div>")
    (FOLDER / "index.html").write_text(_sheet("".join(rows), width=300, height=460), encoding="utf-8")


def _thumbnail(name: str) -> str:
    return f'<a href="{name}.png"><span><img loading="lazy" src="{name}.png" alt=""></span>{name}</a>'


def _sheet(body: str, *, width: int, height: int) -> str:
    return (
        "<!DOCTYPE html><meta charset=utf-8><title>Contact sheet</title><style>"
        "body{font:13px sans-serif;margin:16px;background:#777;color:#fff}a{color:#fff;text-decoration:none}"
        "div{display:flex;flex-wrap:wrap;gap:12px}h2{margin:24px 0 8px}"
        f"img{{width:{width}px}}span{{display:block;width:{width}px;height:{height}px;overflow:hidden}}"
        f"</style>{body}"
    )


def _thumbnails(browser: Browser) -> None:
    """One picture a variant, for reviewers without a browser at hand."""
    page = browser.new_page(viewport={"width": 1700, "height": 900})
    for width, language, scheme in product(WIDTHS, LANGUAGES, SCHEMES):
        variant = f"{width}-{language}-{scheme}"
        images = "".join(
            f'<a><span><img src="{shot.name}-{variant}.png" alt=""></span>{shot.name}</a>' for shot in SHOTS
        )
        source = FOLDER / "sheet.html"
        source.write_text(_sheet(f"<div>{images}</div>", width=196, height=320), encoding="utf-8")
        page.goto(source.as_uri())
        page.screenshot(path=FOLDER / f"sheet-{variant}.png", full_page=True)
        source.unlink()
    page.close()


def _readme_images(browser: Browser, site: Site) -> list[str]:
    problems = []
    with _visitor(browser, site, 1280, "light") as context:
        for shot in (Shot("forside", "/"), Shot("resultat", f"/start-her/resultat/?{QUERY}")):
            target = IMAGES / f"{shot.name}.png"
            page = _visit(context, shot, "nb").page
            start, height = README[shot.name]
            part = {"x": 0, "y": start, "width": 1280, "height": height}
            page.screenshot(path=target, full_page=True, clip=part)  # type: ignore[arg-type]
            if target.stat().st_size > LARGEST_IMAGE:
                problems.append(f"{target.name} is {target.stat().st_size} bytes; show less of the page")
    return problems


if __name__ == "__main__":
    sys.exit(main())
