"""S06 Mentor onboarding on the phone: Mette asks, and Bjørn reads and says yes in two taps, no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.hostile.role_sessions import cookies
from tests.served_site import Site
from tests.visitor import main_text


@pytest.fixture
def people(site: Site, visit) -> tuple[Page, Page]:
    """Mette at her desk, and Bjørn on a five-year-old phone."""
    pages = []
    for session, width in zip(cookies(site, 2)["signed_in"], (1280, 360), strict=True):
        page = visit("/", width=width, javascript=width > 400, expects=(410,))
        page.context.add_cookies([{"name": "sesjon", "value": session, "url": site.url}])
        pages.append(page)
    return pages[0], pages[1]


def check(page: Page, name: str) -> None:
    """Whole and accessible, and no wider than the screen."""
    found = violations(page)
    assert not found, f"{name}: {found}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def test_S06_a_mentor_reads_what_it_means_and_is_in_with_two_taps(site: Site, people: tuple[Page, Page]):
    mette, bjorn = people
    mette.goto("/min-side/")
    mette.get_by_role("link", name="Min bedrift").click()
    check(mette, "mine")
    mette.get_by_role("link", name="Legg til bedrift, kontor eller kommune").click()
    mette.get_by_label("Organisasjonsnummer").fill("910 000 012")
    check(mette, "start")
    mette.get_by_role("button", name="Gå videre").click()
    mette.get_by_label("Navnet på virksomheten").fill("Fjordkafeen")
    check(mette, "by-hand")
    mette.get_by_role("button", name="Gå videre").click()
    expect(mette.get_by_role("heading", level=1)).to_have_text("Fjordkafeen")
    mette.get_by_role("link", name="Inviter noen").click()
    mette.get_by_label("E-postadressen til den du inviterer").fill("bjorn@example.org")
    mette.get_by_label("Mentor").check()
    check(mette, "invite")
    mette.get_by_role("button", name="Send invitasjonen").click()
    expect(mette.get_by_role("heading", level=1)).to_have_text("Invitasjonen er lagret")
    check(mette, "invited")
    link = re.search(r"/invitasjon/[0-9a-f]{32}/", main_text(mette))
    assert link

    answer = bjorn.goto(link[0])
    assert answer and len(answer.body()) < 100_000
    expect(bjorn.get_by_text("Du er en kollega som viser og forklarer i arbeidet.")).to_be_visible()
    assert "Ikke bekreftet" in main_text(bjorn)
    sizes = [
        found.bounding_box() or {}
        for found in (bjorn.get_by_role("link", name="Godta"), bjorn.get_by_role("button", name="Takk nei"))
    ]
    assert sizes[0]["height"] == sizes[1]["height"] >= 44
    bjorn.get_by_role("link", name="Godta").click()
    assert "invitasjonen ble sendt til bjorn@example.org" in main_text(bjorn)
    bjorn.get_by_role("button", name=re.compile("Bli med som")).click()
    expect(bjorn.get_by_role("heading", level=1)).to_have_text("Fjordkafeen")

    mette.goto("/bedrift/")
    mette.get_by_role("link", name="Fjordkafeen").click()
    check(mette, "company")
    mette.get_by_role("link", name=re.compile("^Endre")).click()
    check(mette, "change")
    mette.get_by_role("link", name="Ta ut av virksomheten").click()
    check(mette, "remove")
    mette.get_by_role("button", name="Ta ut").click()
    gone = bjorn.goto(link[0])
    assert gone and gone.status == 410
