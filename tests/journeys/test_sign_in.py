"""Sign-in in a real browser, by each of the three ways: a code by real mail, a passkey, a real issuer."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import html5lib
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.access.issuer import CANARY, PID, SUBJECT, entry, issuer
from tests.accessibility import violations
from tests.outbox.mail_server import MailServer, mail_server
from tests.real_database import temporary_folder
from tests.served_site import Site, new_database, served
from tests.visitor import Watch, in_language, main_text

OWN_PAGES = (
    "/min-side/",
    "/min-side/om-meg/",
    "/min-side/e-post/",
    "/min-side/passnokler/",
    "/min-side/innlogging/",
    "/min-side/maskiner/",
    "/logg-inn/?neste=/min-side/&igjen=1",
    "/logg-ut/",
)
CODE = re.compile(r"(?:Koden din er|Your code is) (\S+)")


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def at() -> Iterator[str]:
    with issuer() as address:
        yield address


@contextmanager
def environment(**wanted: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@pytest.fixture(scope="module")
def house(worker_id: str, post: MailServer, at: str) -> Iterator[Site]:
    """A site of its own, with a mail server and an identity provider."""
    folder = temporary_folder()
    database = new_database(f"sign_in_{worker_id}", folder)
    with (
        environment(
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(post.port),
            EMAIL_FROM="post@verktoykassen.example",
            OIDC_PROVIDERS=json.dumps([entry(at)]),
        ),
        served(database, folder) as running,
    ):
        yield running


@pytest.fixture
def page(browser: Browser, house: Site, at: str) -> Iterator[Page]:
    """A phone's browser. Passkeys work at localhost and not at an address of digits."""
    home = house.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=home, viewport={"width": 360, "height": 800})
    context.set_default_timeout(10_000)
    watch = Watch(context, home, expected_statuses=[422])
    yield context.new_page()
    context.close()
    # The provider's own pages are not ours to judge; SITE_URL is this site by its other name.
    theirs = (at, "cdn.jsdelivr.net", f"request to another host: {house.url}/")
    problems = [problem for problem in watch.problems if not any(name in problem for name in theirs)]
    assert not problems, "\n".join(problems)


def code_sent_to(post: MailServer, address: str) -> str:
    """The code of the newest letter to the address, once it has come."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        for letter, to, text in reversed(list(zip(post.letters, post.recipients, post.texts, strict=False))):
            if to == [address] and (found := CODE.search(text)):
                assert found[1] not in str(letter["Subject"])
                return found[1]
        time.sleep(0.05)
    raise AssertionError(f"no letter with a code came to {address}")


def come_in_by_code(page: Page, post: MailServer, address: str, path: str = "/logg-inn/") -> None:
    page.goto(path)
    page.get_by_label("E-postadresse").fill(address)
    page.get_by_role("button", name="Send meg en kode").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden")
    page.get_by_label("Koden fra e-posten").fill(code_sent_to(post, address))
    page.get_by_role("button", name="Logg inn").click()


def sign_out(page: Page) -> None:
    page.get_by_text("Meny", exact=True).click()
    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")


def test_by_a_code_that_a_real_mail_server_brings(page: Page, post: MailServer):
    page.goto("/")
    page.get_by_text("Meny", exact=True).click()
    page.get_by_role("link", name="Logg inn").click()
    come_in_by_code(page, post, "mette@firma.example", page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Min side")
    assert "mette@firma.example" in main_text(page)
    page.get_by_role("link", name="Endre navn").click()
    page.get_by_label("Navn som andre ser").fill("Mette Berg")
    page.get_by_role("button", name="Lagre").click()
    assert "Mette Berg" in main_text(page)
    sign_out(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Min side")


def test_by_a_code_without_javascript_and_on_to_where_one_was(
    browser: Browser, house: Site, post: MailServer
):
    context = browser.new_context(base_url=house.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/min-side/om-meg/")
    expect(page.get_by_role("button", name="Bruk passnøkkel")).to_be_hidden()
    come_in_by_code(page, post, "uten@skript.example", page.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Navn og språk")
    context.close()


def test_by_a_passkey_made_on_ones_own_page(page: Page, post: MailServer):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    come_in_by_code(page, post, "nokkel@firma.example")
    page.get_by_role("link", name="Endre passnøkler").click()
    page.get_by_label("Navn på nøkkelen").fill("Jobbtelefonen")
    page.get_by_role("button", name="Lag nøkkelen").click()
    page.get_by_role("link", name="Jobbtelefonen").wait_for()
    sign_out(page)
    letters = len(post.letters)

    page.goto("/logg-inn/?neste=/min-side/passnokler/")
    page.get_by_role("button", name="Bruk passnøkkel").click()
    page.get_by_role("link", name="Jobbtelefonen").click()
    assert len(post.letters) == letters, "no code was needed"

    page.get_by_label("Navn på nøkkelen").fill("Gamle jobbtelefonen")
    page.get_by_role("button", name="Lagre navnet").click()
    page.get_by_role("link", name="Gamle jobbtelefonen").click()
    page.get_by_role("button", name="Fjern nøkkelen").click()
    assert "Du har ingen passnøkler." in main_text(page)
    sign_out(page)
    page.goto("/logg-inn/")
    with page.expect_response(lambda answer: answer.status == 422):
        page.get_by_role("button", name="Bruk passnøkkel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passnøkkelen åpnet ikke kontoen")


def test_by_a_real_identity_provider_that_sends_more_than_we_want(page: Page, house: Site, post: MailServer):
    here = page.context
    page.goto(house.url + "/logg-inn/?neste=/min-side/innlogging/")
    page.get_by_role("button", name="Logg inn med Ansattporten").click()
    page.get_by_role("button", name=SUBJECT).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvilken e-postadresse vil du bruke?")
    page.get_by_label("E-postadresse").fill("kari@firma.example")
    page.get_by_role("button", name="Send meg en kode").click()
    page.get_by_label("Koden fra e-posten").fill(code_sent_to(post, "kari@firma.example"))
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("button", name="Koble fra Ansattporten")).to_be_visible()
    sign_out(page)

    page.goto(house.url + "/logg-inn/")
    page.get_by_role("button", name="Logg inn med Ansattporten").click()
    page.get_by_role("button", name=SUBJECT).first.click()
    assert "kari@firma.example" in main_text(page)
    stored = house.everything_stored() + house.log.read_text(errors="replace")
    for canary in (PID, CANARY, SUBJECT):
        assert canary not in stored
    assert {cookie["name"] for cookie in here.cookies(house.url)} == {"sesjon", "csrftoken"}


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("nb", 320, "light"), ("nn", 1280, "dark"), ("en", 768, "light")]
)
def test_axe_and_markup_find_nothing_on_ones_own_pages(
    browser: Browser,
    house: Site,
    post: MailServer,
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
):
    context = browser.new_context(
        base_url=house.url, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    come_in_by_code(page, post, f"{language}@firma.example")
    problems = []
    for path in OWN_PAGES:
        page.goto(in_language(path, language))
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        if found := violations(page):
            problems.append(f"{path}: {found}")
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            problems.append(f"{path}: wider than {width} pixels")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(context.request.get(in_language(path, language)).text())
        problems += [f"{path}: {error}" for error in parser.errors]
    context.close()
    assert not problems, "\n\n".join(problems)
