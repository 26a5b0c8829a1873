"""A visitor with a browser: sees what people see, counts taps, and notes whatever a page must never do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses a sandbox as root, and it meets only our own pages
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--renderer-process-limit=1",  # a new visitor begins in the process there is, a quarter sooner
    # Megabytes for what soon is rubbish: axe makes much of it. No page stays long enough to be optimised.
    "--js-flags=--min-semi-space-size=64 --no-turbofan",
]

#: The browser tells of a blocked resource itself; this tells which rule of the policy it broke.
_TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", event => {
    console.error("CSP violation:", event.violatedDirective, event.blockedURI);
});"""
_STATUS = re.compile(r"the server responded with a status of (\d{3})")


def find_chromium() -> str:
    """Debian's browser, best the one without windows: a new visitor in half the time.

    Playwright's own would have to be downloaded.
    """
    for name in ("chromium-headless-shell", "chromium", "chromium-browser"):
        if found := shutil.which(name):
            return found
    pytest.fail(
        "The journeys need Chromium, and it was not found in PATH. "
        "On Debian: apt-get install --no-install-recommends chromium-headless-shell"
    )


class Watch:
    """Collects console errors, page errors, broken policies and requests to other hosts in one context."""

    def __init__(self, context: BrowserContext, site_url: str, expected_statuses: Iterable[int] = ()) -> None:
        self.problems: list[str] = []
        self._home = site_url + "/"
        self._expected = {str(status) for status in expected_statuses}
        context.add_init_script(_TELL_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        context.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        status = _STATUS.search(message.text)
        if status and status[1] in self._expected:
            return
        self.problems.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self._home, "data:", "blob:")):
            self.problems.append(f"request to another host: {request.url}")


class Taps:
    """Walks a page with a finger. A link, a button, a radio and the opening of a list are one tap each."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def link(self, name: str) -> None:
        self._tap("link", name)

    def button(self, name: str) -> None:
        self._tap("button", name)

    def next_step(self, name: str) -> None:
        """A link or a button, whichever the page has: people see no difference."""
        page = self.page
        target = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name))
        target.first.click()
        self.count += 1

    def radio(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).check()
        self.count += 1

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label).select_option(label=option)
        self.count += 1

    def write(self, label: str, text: str) -> None:
        """Typing is not a tap."""
        self.page.get_by_label(label).fill(text)

    def _tap(self, role: Any, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.count += 1


def main_text(page: Page) -> str:
    """What the page says between header and footer, no-break spaces as spaces, closed openings included."""
    page.wait_for_load_state()
    text: str = page.locator("main").evaluate("element => element.textContent")
    return plain(text)


def plain(text: str) -> str:
    """Text as people read it: every run of space is one space."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


def in_language(path: str, language: str) -> str:
    return path if language == "nb" else f"/{language}{path}"
