"""B10 Somebody without an account gets a colleague's link, or somebody who has left keeps an old one."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.page_types import keep_one
from tests.real_database import TODAY, temporary_folder
from tests.served_site import new_database, served
from tests.visitor import main_text, plain
from toolbox.guide.saved import DAYS_KEPT

RESULT = "/start-her/resultat/?kommune=3101&arbeid=kitchen&andel=60"
LAST_DAY = date.fromisoformat(TODAY) + timedelta(days=DAYS_KEPT)
#: Guessing an address must be hopeless.
BITS = 128


def save(page: Page) -> tuple[str, str]:
    """From a result to its two addresses: (read, manage)."""
    page.get_by_role("link", name="Lag en lenke til resultatet").click()
    page.get_by_role("button", name="Lag lenkene").click()
    return addresses(page)


def addresses(page: Page) -> tuple[str, str]:
    expect(page.get_by_role("heading", level=1)).to_have_text("Resultatet er lagret")
    manage = page.locator("main a[href*='/lagret/styr/']")
    read = page.locator("main a[href*='/lagret/']:not([href*='/styr/'])")
    expect(manage).to_have_count(1)
    expect(read).to_have_count(1)
    return read.get_attribute("href") or "", manage.get_attribute("href") or ""


@pytest.fixture(autouse=True)
def _time_between_visitors(site) -> None:
    site.let_a_minute_pass()


@pytest.fixture
def saved(visit) -> tuple[str, str]:
    return save(visit(RESULT))


def test_a_colleague_without_account_reads_it_in_a_fresh_browser(visit, site, saved):
    read, _manage = saved
    colleague = visit(read.removeprefix(site.url), width=1280)
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Dette kan dere gjøre nå")
    said = main_text(colleague)
    assert "25 418" in said and "Halden" in said and "55 55 33 36" in said
    assert colleague.context.cookies() == []


def test_the_page_says_how_long_the_addresses_work(visit):
    page = visit(RESULT)
    save(page)
    assert "Lenkene virker til og med 22. februar 2027." in main_text(page)


def test_neither_address_is_found_by_a_search_engine_or_told_to_another_site(site, saved):
    for address in saved:
        _status, headers, body = site.fetch(address.removeprefix(site.url))
        assert '<meta name="robots" content="noindex">' in body.decode()
        assert headers["referrer-policy"] in ("no-referrer", "same-origin")
        assert "no-store" in headers["cache-control"]
    assert site.fetch(saved[0].removeprefix(site.url))[1]["referrer-policy"] == "no-referrer"
    assert "/lagret/" not in site.fetch("/robots.txt")[2].decode()


@pytest.mark.database
def test_nothing_of_a_person_is_kept_even_when_it_was_answered_first(visit, site):
    page = visit(RESULT)
    page.get_by_role("link", name="Hvilken prosent har Nav nevnt?").click()
    page.get_by_role("group", name="Er personen under tretti").get_by_role("radio", name="Ja").check()
    page.get_by_role("radio", name="60 prosent").check()
    page.get_by_role("button", name="Vis resultatet").click()
    assert "Hvis Nav gir 60 prosent" in main_text(page)
    assert "Hvis Nav gir 40 prosent" not in main_text(page)
    read, _manage = save(page)

    said = main_text(visit(read.removeprefix(site.url)))
    assert "Hvis Nav gir 40 prosent" in said and "Hvis Nav gir 60 prosent" in said
    stored = site.everything_stored()
    assert "under30" not in stored and "prosent=60" not in stored


@pytest.mark.database
def test_it_stores_the_need_and_nothing_else(site, saved):
    read, manage = saved
    tokens = [address.rstrip("/").rpartition("/")[2] for address in (read, manage)]
    stored = site.everything_stored()
    for token in tokens:
        alphabet = 16 if re.fullmatch("[0-9a-f]+", token) else 64
        assert len(token) * math.log2(alphabet) >= BITS
        assert token not in stored, "whoever reads the database must not be able to open a result"
        assert token not in site.log.read_text(), "nor whoever reads the log"
    (row,) = site.rows(f"SELECT * FROM guide_saved_result WHERE read_hash = '{sha256(tokens[0])}'")
    assert "kommune=3101" in str(row)
    assert "127.0.0.1" not in stored, "nor who saved it"


def sha256(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.database
def test_a_double_press_saves_once(visit, site):
    before = site.rows("SELECT count(*) FROM guide_saved_result")[0][0]
    page = visit(RESULT)
    page.get_by_role("link", name="Lag en lenke til resultatet").click()
    page.get_by_role("button", name="Lag lenkene").dblclick()
    addresses(page)
    assert site.rows("SELECT count(*) FROM guide_saved_result")[0][0] == before + 1


@pytest.mark.database
def test_the_same_form_sent_twice_gives_the_same_addresses(visit, site):
    page = visit(RESULT)
    page.get_by_role("link", name="Lag en lenke til resultatet").click()
    form = {
        name: page.locator(f"main input[name={name}]").input_value()
        for name in ("csrfmiddlewaretoken", "nokkel")
    }
    before = site.rows("SELECT count(*) FROM guide_saved_result")[0][0]
    answers = [page.request.post(page.url, form=form) for _ in range(3)]
    found = [re.findall(r"/lagret/[^\"<]+", answer.text()) for answer in answers]
    assert found[0] and found[0] == found[1] == found[2]
    assert site.rows("SELECT count(*) FROM guide_saved_result")[0][0] == before + 1


@pytest.mark.database
def test_the_manage_address_ends_both_and_the_reader_meets_a_way_on(visit, site, saved):
    read, manage = (address.removeprefix(site.url) for address in saved)
    owner = visit(manage, expects=(410,))
    expect(owner.get_by_role("heading", level=1)).to_have_text("Vil du slette resultatet?")
    owner.get_by_role("button", name="Slett resultatet").click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Resultatet er slettet")

    reader = visit(read, expects=(410,))
    said = main_text(reader)
    assert "Lenken virker ikke lenger. Den som sendte den, kan lage en ny." in said
    assert "Start her" in said and "55 55 33 36" in said and "logg inn" not in said.lower()
    for address in (read, manage):
        assert site.fetch(address)[0] == 410
    token = read.rstrip("/").rpartition("/")[2]
    assert site.rows(f"SELECT query FROM guide_saved_result WHERE read_hash = '{sha256(token)}'") == [("",)]


def test_reading_does_not_let_anybody_delete(site, saved):
    read, _manage = saved
    token = read.rstrip("/").rpartition("/")[2]
    assert site.fetch(f"/lagret/styr/{token}/")[0] == 410


@pytest.mark.database
def test_it_ends_by_itself_after_ninety_days_and_what_it_held_is_gone(worker_id):
    folder = temporary_folder()
    # A database of its own: what has expired is cleared away, and others still need what they saved.
    database = new_database(f"ninety_days_{worker_id}", folder)
    with served(database, folder) as first:
        kept = keep_one(first)
    with served(database, folder, today=LAST_DAY.isoformat()) as last:
        assert last.fetch(kept.read)[0] == 200
    with served(database, folder, today=(LAST_DAY + timedelta(1)).isoformat()) as after:
        for address in (kept.read, kept.manage):
            status, _headers, body = after.fetch(address)
            assert status == 410, "gone also once the row is cleared away"
            assert "Start her" in body.decode() and "55 55 33 36" in plain(body.decode())
        assert after.rows("SELECT count(*) FROM guide_saved_result") == [(0,)]


def test_an_unknown_address_is_not_found(visit):
    page = visit("/lagret/" + "0" * 47 + "/", expects=(404,))
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi finner ikke siden")


@pytest.mark.parametrize("options", [{"language": "nn"}, {"language": "en"}, {"javascript": False}], ids=str)
def test_smoke(visit, site, options):
    page = visit(f"/start-her/lagre/{RESULT.partition('resultat/')[2]}", **options)
    page.locator("main button[type=submit]").click()
    href = page.locator("main a[href*='/lagret/']").first.get_attribute("href") or ""
    assert "25" in main_text(
        visit(href.removeprefix(site.url), **{k: v for k, v in options.items() if k != "language"})
    )
