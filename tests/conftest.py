"""The real parts that tests lean on: database, served site, browser. Nothing here is pretended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import override_settings
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from xdist.scheduler import LoadFileScheduling

from inclusion_rules.rates import shipped_rates
from tests.page_types import Kept, keep_one
from tests.real_database import temporary_folder
from tests.served_site import Site, make_ready, new_database, served
from tests.visitor import ARGUMENTS, Watch, find_chromium, in_language
from toolbox.ui import rate_book

Visit = Callable[..., Page]


class _FilesAndVariants(LoadFileScheduling):
    """A file to a worker, for the sake of what its tests share. Axe's variants are long, and share little."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if "/test_axe.py" in nodeid else super()._split_scope(nodeid)


def pytest_sessionstart(session: pytest.Session) -> None:
    """While several processes read the tests, the databases they will copy are made."""
    if session.config.option.dist != "no" and not session.config.option.collectonly:
        Thread(target=make_ready, name="databases").start()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Asked for what is marked alone, we need not read the files where nothing is."""
    if config.option.markexpr != "database" or collection_path.suffix != ".py":
        return None
    return "mark.database" not in collection_path.read_text("utf-8") or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: see IN_PARALLEL in the Makefile. No two by one name: xdist would run one of them."""
    twice = [name for name, times in Counter(item.nodeid for item in items).items() if times > 1]
    if twice:
        raise pytest.UsageError(f"Tests that share a name; give each its own: {twice}")
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    return _FilesAndVariants(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, worker_id: str) -> None:
    """The tests' own database, a copy of one that is migrated once a run: three times that would be long.

    In a file on SQLite too, as in the running site: a database in memory knows no write-ahead log.
    """
    url = new_database(f"test_{worker_id}", temporary_folder(), content=False)
    file = connection.vendor == "sqlite"
    connection.settings_dict["NAME"] = url.removeprefix("sqlite:///") if file else url.rpartition("/")[2]


@pytest.fixture(autouse=True)
def _no_page_kept_from_another_test() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _no_language_of_another_test() -> None:
    """A request leaves its reader's language on in the thread; the next test must not inherit it."""
    translation.activate("nb")


@pytest.fixture(autouse=True)
def _rates_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reckon with the files alone. The running site, and tests of editors' changes, do not."""
    monkeypatch.setattr(rate_book, "_door", lambda: shipped_rates)


@pytest.fixture(autouse=True)
def _tools_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what editors have written of the tools: nothing has been changed."""
    monkeypatch.setattr("toolbox.tools.read.current_revision", lambda: "")


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_static_files() -> Iterator[None]:
    """Each client of a test would look through all folders for them. The served site does, once."""
    with override_settings(WHITENOISE_USE_FINDERS=False):
        yield


@pytest.fixture(scope="session")
def site(worker_id: str) -> Iterator[Site]:
    """The real site, once a worker: migrated, content loaded, texts compiled, on 24 November 2026."""
    from toolbox.ui.texts import compile_all

    compile_all()
    folder = temporary_folder()
    with served(new_database(f"site_{worker_id}", folder), folder) as running:
        yield running


@pytest.fixture(scope="session")
def kept(site: Site) -> Kept:
    """A result saved on the real site, for whoever only wants to look at its pages."""
    return keep_one(site)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Open a page as somebody new: `visit("/regn-ut/", width=1280, language="nn", javascript=False)`.

    Each visit is a browser of its own, without cookies. Afterwards the test fails on any error in the
    console, broken content policy or request to another host. `expects` names answers of 400 and above
    that are meant.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_page(
        path: str = "/",
        *,
        width: int = 360,
        scheme: str = "light",
        language: str = "nb",
        javascript: bool = True,
        expects: tuple[int, ...] = (),
        on: Site = site,
        **options: object,
    ) -> Page:
        context = browser.new_context(
            base_url=on.url,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        opened.append((context, Watch(context, on.url, expects)))
        page = context.new_page()
        page.goto(in_language(path, language))
        return page

    yield open_page
    problems = []
    for context, watch in opened:
        context.close()
        problems += watch.problems
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(visit: Visit) -> Page:
    """The front page in bokmål on a phone."""
    return visit("/")
