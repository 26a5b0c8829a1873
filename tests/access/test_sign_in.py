"""Signing in by a code: one door for everybody, which never tells who has been here before."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.access.conftest import ask_for_code, form_key, last_code, write_code
from toolbox.access import codes, tallies
from toolbox.access.models import Account, SignInCode
from toolbox.outbox.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_code_signs_in_and_the_first_one_makes_the_account(client):
    assert ask_for_code(client, "Mette@Firma.no").headers["Location"] == "/logg-inn/kode/"
    assert "mette@firma.no" in client.get("/logg-inn/kode/").content.decode()
    assert not Account.objects.exists()
    answer = write_code(client, last_code("mette@firma.no"))
    assert answer.headers["Location"] == "/min-side/"
    account = Account.objects.get()
    assert (account.email, account.language) == ("mette@firma.no", "nb")
    assert "mette@firma.no" in client.get("/min-side/").content.decode()


def test_the_account_speaks_the_language_of_the_page_it_was_made_on(client):
    client.post("/en/logg-inn/", {"epost": "ann@firm.example", "nokkel": form_key(client)})
    assert Message.objects.get().language == "en"
    client.post("/en/logg-inn/kode/", {"kode": last_code("ann@firm.example")})
    assert Account.objects.get().language == "en"


def test_a_code_may_be_written_with_spaces(client):
    ask_for_code(client, "mette@firma.no")
    code = last_code("mette@firma.no")
    assert write_code(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_code_works_once(client):
    ask_for_code(client, "mette@firma.no")
    session = client.cookies["sesjon"].value
    code = last_code("mette@firma.no")
    write_code(client, code)
    again = Client()
    again.cookies["sesjon"] = session
    write_code(again, code)
    assert again.get("/min-side/").status_code == 302


def test_a_code_opens_nothing_in_another_browser(client):
    ask_for_code(client, "mette@firma.no")
    thief = Client()
    ask_for_code(thief, "tyv@firma.no")
    assert write_code(thief, last_code("mette@firma.no")).status_code == 200
    assert thief.get("/min-side/").status_code == 302


def test_only_a_keyed_hash_of_the_code_is_kept(client):
    ask_for_code(client, "mette@firma.no")
    code = last_code("mette@firma.no")
    assert code not in str(SignInCode.objects.values()) + str(Message.objects.values())


def test_pressing_twice_sends_one_code(client):
    data = {"epost": "mette@firma.no", "nokkel": form_key(client)}
    for _press in range(2):
        assert client.post("/logg-inn/", data).status_code == 302
    assert Message.objects.count() == 1


def test_five_wrong_tries_use_up_a_code(client):
    ask_for_code(client, "mette@firma.no")
    code = last_code("mette@firma.no")
    for _try in range(5):
        write_code(client, "000000" if code != "000000" else "111111")
    assert write_code(client, code).status_code == 200


def test_signing_in_goes_on_to_where_somebody_was(client):
    assert client.get("/min-side/om-meg/").headers["Location"] == "/logg-inn/?neste=/min-side/om-meg/"
    client.post("/logg-inn/?neste=/min-side/om-meg/", {"epost": "a@b.no", "nokkel": form_key(client)})
    assert write_code(client, last_code("a@b.no")).headers["Location"] == "/min-side/om-meg/"


def test_an_address_that_cannot_be_used_is_told_beside_the_field(client):
    page = ask_for_code(client, "mette").content.decode()
    assert "<title>Feil:" in page and page.count("E-postadressen må ha et krøllalfategn") == 2
    assert not Message.objects.exists() and not SignInCode.objects.exists()


def test_somebody_who_is_signed_in_is_led_on(signed_in):
    assert signed_in("mette@firma.no").get("/logg-inn/").headers["Location"] == "/min-side/"


def test_the_header_has_the_door_and_on_own_pages_the_way_out(client, signed_in):
    front = client.get("/").content.decode()
    assert re.search(r'<a[^>]+href="/logg-inn/">Logg inn</a>', front) and "Logg ut" not in front
    own = signed_in("mette@firma.no").get("/min-side/").content.decode()
    assert 'action="/logg-ut/"' in own and 'href="/logg-inn/"' not in own


def at_once(times: int, do: Callable[[], object]) -> list[object]:
    """What `do` gives in so many threads, each with a connection of its own."""

    def one(_number: int) -> object:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.django_db(transaction=True)
def test_a_code_used_by_many_at_once_lets_one_in():
    now = timezone.now()
    reference = codes.send("mette@firma.no", key="k" * 24, place="p", language="nb", now=now)
    code = last_code("mette@firma.no")
    answers = at_once(5, lambda: codes.use(reference, code, place="p", now=now))
    assert sorted(answers, key=str) == [None] * 4 + ["mette@firma.no"]


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_many_times_at_once_sends_one_letter():
    now = timezone.now()
    at_once(5, lambda: codes.send("mette@firma.no", key="k" * 24, place="p", language="nb", now=now))
    assert (SignInCode.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost_between_many_at_once():
    now = timezone.now()
    at_once(8, lambda: tallies.count("wrong", "mette@firma.no", now))
    assert tallies.so_far("wrong", "mette@firma.no", now) == 8
