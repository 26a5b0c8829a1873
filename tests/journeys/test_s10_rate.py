"""S10 Rate change at New Year: one editor proposes, a second one approves, and the calculator follows.

A site of its own: here rates change, and other journeys reckon with those of the files.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.journeys import pdf
from tests.real_database import TODAY, temporary_folder
from tests.served_site import PROJECT, Site, new_database, served
from tests.visitor import main_text

CALCULATOR = "/regn-ut/overslag/?kommune=3101&arbeid=kitchen&andel=60&start="
SUMMARY = "/start-her/oversikt.pdf?kommune=3101&arbeid=kitchen&andel=60"
EDITORS = """
import sys, django; django.setup()
from toolbox.access import demo, staff
from toolbox.access.models import Account, StaffRole
for name in ("kari", "ola"):
    account, _ = Account.objects.get_or_create(email=f"{name}@redaksjonen.no")
    staff.give(account, StaffRole.EDITOR, by=None)
    print(demo.link(account))
"""


@pytest.fixture(scope="module")
def newsroom(worker_id: str) -> Iterator[Site]:
    folder = temporary_folder()
    with served(new_database(f"newsroom_{worker_id}", folder), folder) as running:
        yield running


@pytest.fixture
def desks(newsroom: Site, visit) -> list[Page]:
    """Two editors, each in a browser of their own, let in by a demonstration's links."""
    environment = os.environ | {
        "DATABASE_URL": newsroom.database_url,
        "SITE_URL": newsroom.url,
        "TOOLBOX_TODAY": TODAY,
    }
    done = subprocess.run(
        [sys.executable, "-c", EDITORS],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    pages = []
    for link in done.stdout.split():
        page = visit(link.removeprefix(newsroom.url), on=newsroom)
        page.locator("main form button").click()
        pages.append(page)
    return pages


def accessible(page: Page) -> None:
    """No rule of axe is broken, and nothing is wider than a phone."""
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_S10_an_editor_changes_a_rate_a_second_approves_and_the_calculator_follows(newsroom, desks, visit):
    kari, ola = desks
    made_before = pdf.read(newsroom.fetch(SUMMARY)[2])

    for path in ("/redaksjon/", "/redaksjon/forsiden/ny/", "/redaksjon/forsiden/", "/redaksjon/satser/"):
        kari.goto(path)
        accessible(kari)
    kari.get_by_role("link", name="Arbeidsgiveravgift i sone 1", exact=True).first.click()
    kari.get_by_label("Verdi", exact=True).fill("1e3")
    kari.get_by_role("button", name="Se hva endringen gjør").click()
    accessible(kari)
    kari.get_by_label("Verdi", exact=True).fill("15,1")
    kari.get_by_role("radio", name="En ny verdi fra en ny dag").check()
    kari.get_by_label("Lov eller vedtak").fill("Stortingets vedtak for 2027")
    kari.get_by_label("Kilde", exact=True).fill("Skatteetaten")
    kari.get_by_label("Adressen til kilden").fill("https://www.skatteetaten.no/satser/")
    kari.get_by_role("button", name="Se hva endringen gjør").click()
    expect(kari.get_by_role("heading", level=1)).to_have_text("Arbeidsgiveravgift i sone 1")
    seen = main_text(kari)
    assert "15,1 prosent fra 1. januar 2027" in seen and "25 641 kr" in seen
    expect(kari.get_by_role("button", name="Godkjenn endringen")).to_have_count(0)

    reader = visit(f"{CALCULATOR}1.2.2027", on=newsroom)
    assert "25 418 kr" in main_text(reader)

    ola.goto("/redaksjon/satser/")
    ola.get_by_role("link", name="Arbeidsgiveravgift i sone 1: 15,1 prosent").click()
    accessible(ola)
    ola.get_by_role("button", name="Godkjenn endringen").click()
    expect(ola.get_by_role("heading", name="Angre")).to_be_visible()

    reader.goto(f"{CALCULATOR}1.12.2026")
    spanning = main_text(reader)
    assert "25 418 kr" in spanning and "25 641 kr" in spanning
    assert "Arbeidsgiveravgiften er 15,1 prosent fra 1. januar 2027." in spanning
    accessible(reader)
    reader.goto(f"{CALCULATOR}1.2.2027")
    after = main_text(reader)
    assert "25 641 kr" in after and "Stortingets vedtak for 2027" in after
    made_after = pdf.read(newsroom.fetch(SUMMARY)[2])
    assert "25 418 kr" in made_before.text and "25 641 kr" in made_after.text
    editions = [re.search(r"utgave ([0-9a-f]{12})\.", paper.text) for paper in (made_before, made_after)]
    assert all(editions) and len({found[1] for found in editions if found}) == 2

    ola.get_by_label("Hvorfor skal endringen angres?").fill("Vedtaket er utsatt")
    ola.get_by_role("button", name="Angre endringen").click()
    assert "Vedtaket er utsatt" in main_text(ola)
    reader.reload()
    assert "25 418 kr" in main_text(reader)
