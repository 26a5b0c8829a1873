"""T05–T08, T14, T29 and T40 on sign-in: guesses, who exists, forged posts, caches, addresses."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from tests.access.conftest import ask_for_code, form_key, last_code, signed_in, write_code
from tests.outbox.mail_server import mail_server
from tests.real_database import free_port
from toolbox.access import codes
from toolbox.access.models import Account, SignInCode, Tally
from toolbox.outbox.models import Message
from toolbox.outbox.sending import send_next
from toolbox.ui.own_path import LONGEST

__all__ = ["signed_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]

REFUSED = "Koden stemmer ikke, eller den er brukt eller for gammel. Be om en ny kode."


def guess_wrong(address: str, times: int) -> list[str]:
    """Wrong codes for one address, each browser and each guess from a place of its own. The pages shown."""
    pages = []
    for number in range(times):
        place = f"198.51.100.{number}"
        client = Client()
        ask_for_code_unlimited(client, address, place)
        pages.append(visible(write_code(client, "not-a-code", place)))
    return pages


def ask_for_code_unlimited(client: Client, address: str, place: str) -> None:
    """The attacker has all the time in the world: what limits letters is another test's matter."""
    kept = list(Tally.objects.values_list("key", "count"))
    assert ask_for_code(client, address, place).status_code == 302
    for key, count in kept:
        Tally.objects.filter(key=key).update(count=count)
    Tally.objects.exclude(key__in=[key for key, _count in kept]).delete()


def visible(page) -> str:  # type: ignore[no-untyped-def]
    """The page without what is new each time: tokens, and what was written."""
    text = page.content.decode()
    text = re.sub(r'name="(csrfmiddlewaretoken|nokkel|kode)" value="[^"]+"', "", text)
    return re.sub(r"[a-z]+@firma\.no", "(adresse)", text)


def test_T05_guesses_at_one_account_from_many_places_are_stopped_and_the_owner_still_gets_in(client):
    Account.objects.create(email="mette@firma.no")
    ask_for_code(client, "mette@firma.no", "192.0.2.7")
    right = last_code("mette@firma.no")
    known, unknown = guess_wrong("mette@firma.no", 20), guess_wrong("ukjent@firma.no", 20)
    assert REFUSED in known[0] and set(known) == set(unknown) and len(set(known)) == 1
    assert visible(write_code(client, right, "192.0.2.7")) == known[0], "the right code is closed as well"
    owner = Client()
    ask_for_code_unlimited(owner, "mette@firma.no", "192.0.2.7")
    long = last_code("mette@firma.no")
    assert len(long) == 16, "a code nobody can guess"
    assert write_code(owner, long, "192.0.2.7").status_code == 302


def test_T05_a_code_that_nobody_guessed_at_is_not_closed_before_the_twenty_first(client):
    ask_for_code(client, "mette@firma.no")
    right = last_code("mette@firma.no")
    guess_wrong("mette@firma.no", 19)
    assert write_code(client, right).status_code == 302


def test_T05_the_block_is_over_with_the_hour():
    now = timezone.now().replace(minute=30)
    reference = codes.send("a@b.no", key="k" * 20, place="p", language="nb", now=now)
    for number in range(20):
        other = (
            codes.send("a@b.no", key=f"{number:020}", place=f"p{number}", language="nb", now=now)
            if (number < 9)
            else reference
        )
        codes.use(other, "wrong", place="p", now=now)
    later = now + timedelta(hours=1)
    fresh = codes.send("a@b.no", key="l" * 20, place="p", language="nb", now=later)
    code = last_code("a@b.no")
    assert codes.use(fresh, code, place="p", now=later) == "a@b.no"


def test_T06_one_place_that_tries_two_hundred_accounts_is_stopped_at_twenty():
    answers = []
    for number in range(200):
        answers.append(ask_for_code(Client(), f"navn{number}@firma.no", "203.0.113.5").status_code)
    assert answers[:20] == [302] * 20 and set(answers[20:]) == {429}
    assert Message.objects.count() == 20
    assert ask_for_code(Client(), "en@annen.no", "203.0.113.6").status_code == 302


def test_T06_an_office_where_people_do_get_in_is_not_stopped():
    for number in range(30):
        client, address = Client(), f"navn{number}@kontoret.no"
        assert ask_for_code(client, address, "203.0.113.7").status_code == 302
        assert write_code(client, last_code(address), "203.0.113.7").status_code == 302


@contextmanager
def mail_that(behaves: str, settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """A mail server that is up, refuses the connection, or takes it and says nothing."""
    settings.EMAIL_TIMEOUT = 0.3
    settings.EMAIL_HOST = "127.0.0.1"
    if behaves == "up":
        with mail_server() as server:
            settings.EMAIL_PORT = server.port
            yield
            return
    settings.EMAIL_PORT = free_port()
    if behaves == "refuses":
        yield
        return
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", settings.EMAIL_PORT))
        silent.listen()
        yield


@pytest.mark.django_db(transaction=True)
def test_T07_nothing_tells_who_exists_whatever_the_mail_server_does(settings):
    Account.objects.create(email="finnes@firma.no")
    seen, took = set(), []
    for behaves in ("up", "refuses", "says nothing"):
        with mail_that(behaves, settings):
            for address in ("finnes@firma.no", "ukjent@firma.no"):
                client = Client()
                data = {"epost": address, "nokkel": form_key(client)}
                began = time.perf_counter()
                first = client.post("/logg-inn/", data)
                took.append(time.perf_counter() - began)
                second = client.get("/logg-inn/kode/")
                seen.add((first.status_code, first.headers["Location"], second.status_code, visible(second)))
                send_next(timezone.now())  # the worker meets the mail server, and no visitor does
    assert len(seen) == 1
    assert max(took) < 0.25, "somebody waited for the mail server"


@pytest.mark.parametrize(
    "lookalike", ["METTE@FIRMA.NO", "mette@firma.no ", "Mette@Firma.No"], ids=["capitals", "space", "mixed"]
)
def test_T08_another_way_to_write_the_address_is_the_same_account(signed_in, client, lookalike):
    signed_in("mette@firma.no")
    ask_for_code(client, lookalike)
    write_code(client, last_code("mette@firma.no"))
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    "lookalike",
    ["mi\u212ae@firma.no", "m\u0131ke@firma.no", "x" * 300 + "@firma.no"],
    ids=["Kelvin sign", "dotless i", "300 signs"],
)
def test_T08_a_lookalike_gets_no_account_and_no_letter(signed_in, client, lookalike):
    signed_in("mike@firma.no")
    before = Message.objects.count()
    page = ask_for_code(client, lookalike)
    assert page.status_code == 200 and "E-postadressen må ha" in page.content.decode()
    assert Message.objects.count() == before and Account.objects.count() == 1


def test_T08_a_tag_is_another_mailbox_and_its_letters_go_there_alone(signed_in, client):
    signed_in("mette@firma.no")
    before = Message.objects.filter(address="mette@firma.no").count()
    ask_for_code(client, "mette+jobb@firma.no")
    assert Message.objects.filter(address="mette@firma.no").count() == before
    write_code(client, last_code("mette+jobb@firma.no"))
    assert sorted(Account.objects.values_list("email", flat=True)) == [
        "mette+jobb@firma.no",
        "mette@firma.no",
    ]


FORGED = [
    ("post", "/logg-inn/", {"epost": "a@b.no", "nokkel": "n" * 24}),
    ("post", "/logg-inn/kode/", {"kode": "123456"}),
    ("post", "/logg-inn/passnokkel/", {"svar": "{}"}),
    ("post", "/logg-inn/passnokkel/spor/", {}),
    ("post", "/logg-ut/", {}),
    ("post", "/min-side/om-meg/", {"navn": "Forfalsket", "sprak": "en"}),
    ("post", "/min-side/maskiner/", {"alle": "ja"}),
]


@pytest.mark.parametrize(("method", "path", "data"), FORGED, ids=[path for _m, path, _d in FORGED])
def test_T14_a_post_from_another_site_changes_nothing(signed_in, method, path, data):
    victim = signed_in("mette@firma.no")
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = victim.cookies
    codes_before = SignInCode.objects.count()
    for answer in (
        forger.post(path, data),
        forger.post(path, data, headers={"Origin": "https://evil.example"}),
        forger.post(path, data, content_type="application/json"),
        forger.post(f"{path}?_method=GET", data, headers={"X-HTTP-Method-Override": "GET"}),
    ):
        assert answer.status_code == 403
    account = Account.objects.get()
    assert (account.name, account.language) == ("", "nb") and SignInCode.objects.count() == codes_before
    assert victim.get("/min-side/").status_code == 200


def test_T14_a_get_that_calls_itself_a_post_changes_nothing(signed_in):
    client = signed_in("mette@firma.no")
    client.get("/min-side/maskiner/?alle=ja&_method=POST", headers={"X-HTTP-Method-Override": "POST"})
    client.get("/logg-ut/?_method=POST", headers={"X-HTTP-Method-Override": "POST"})
    assert client.get("/min-side/").status_code == 200


OWN_PAGES = [
    "/min-side/",
    "/min-side/om-meg/",
    "/min-side/e-post/",
    "/min-side/passnokler/",
    "/min-side/innlogging/",
    "/min-side/maskiner/",
]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_T29_ones_own_pages_are_kept_by_nobody_and_gone_after_signing_out(signed_in, path):
    client = signed_in("mette@firma.no")
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store" and "ETag" not in page.headers
    assert "Cookie" in page.headers["Vary"]
    client.post("/logg-ut/")
    after = client.get(
        path, headers={"If-None-Match": "*", "If-Modified-Since": "Wed, 25 Nov 2026 00:00:00 GMT"}
    )
    assert after.headers["Location"] == f"/logg-inn/?neste={path}"
    assert "mette@firma.no" not in after.content.decode()


def test_T29_a_public_page_is_the_same_for_somebody_signed_in(signed_in):
    assert signed_in("mette@firma.no").get("/stotte/").content == Client().get("/stotte/").content


EVIL = [
    "//evil.no",
    "/\\evil.no",
    "\\\\evil.no",
    "https:evil.no",
    "https://evil.no",
    "///evil.no",
]
EVIL += ["http:///evil.no", "javascript:alert(1)", "/\tevil", " //evil.no", "evil.no", "/" + "x" * LONGEST]


@pytest.mark.parametrize("address", EVIL)
def test_T40_signing_in_leads_to_no_other_site(client, address):
    client.post(f"/logg-inn/?neste={quote(address)}", {"epost": "a@b.no", "nokkel": form_key(client)})
    assert write_code(client, last_code("a@b.no")).headers["Location"] == "/min-side/"
    again = client.get(f"/logg-inn/?neste={quote(address)}")
    assert again.headers["Location"] == "/min-side/"


def test_T40_another_host_is_refused(client):
    assert client.get("/logg-inn/", headers={"Host": "evil.no"}).status_code == 400
    page = client.get("/logg-inn/", headers={"X-Forwarded-Host": "evil.no"})
    assert page.status_code == 200 and "evil.no" not in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/email/",
        "/logg-inn/passord/", "/accounts/2fa/", "/accounts/social/connections/", "/accounts/oidc/x/login/",
        "/.git/config", "/.env", "/__debug__/", "/static/", "/static/../config/settings.py",
    ],
)  # fmt: skip
def test_T40_what_we_do_not_offer_does_not_exist(client, path):
    page = client.get(path)
    assert page.status_code == 404 and "Traceback" not in page.content.decode()


def test_T40_trace_is_refused(client):
    assert client.generic("TRACE", "/min-side/").status_code == 405
