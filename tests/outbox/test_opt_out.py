"""The link at the foot of a message: opens without sign-in, asks first, and says nothing about who has it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from toolbox.outbox.models import Message, OptOut, State
from toolbox.outbox.opt_out import token_for
from toolbox.outbox.queue import find, purge, queue
from toolbox.outbox.sending import send_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

LINK = "http://localhost:8000/samarbeid/"


def notice(key: str, kind: str = "notice", address: str = "kari@example.org", **words: str) -> Message:
    return queue(kind, address, language="nb", words={"link": LINK} | words, key=key)


def link_in(server) -> str:
    return re.search(r"http://localhost:8000(/\S*e-post/\S+)", server.texts[-1])[1]


def test_a_recipient_stops_one_type_and_may_have_it_back(server, client):
    notice("first")
    send_due(timezone.now())
    address = link_in(server)
    assert "kari" not in address
    page = client.get(address)
    assert page.status_code == 200 and "varsler om at det er noe nytt" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"] and "noindex" in page.headers["X-Robots-Tag"]
    assert not OptOut.objects.exists(), "looking changes nothing"

    for _ in range(2):
        assert client.post(address, {"valg": "stopp"}, follow=True).status_code == 200
    assert "E-postene er stoppet" in client.get(address).content.decode()
    notice("second")
    notice("reminder", "draft_expiring", date="2. desember 2026")
    notice("another's", address="per@example.org")
    notice("same, written otherwise", address="Kari@Example.org")
    send_due(timezone.now())
    for key in ("second", "same, written otherwise"):
        assert (find(key).state, find(key).reason) == (State.WITHDRAWN, "stopped by the recipient")
    assert find("reminder").state == find("another's").state == State.SENT

    client.post(address, {"valg": "igjen"})
    notice("third")
    send_due(timezone.now())
    assert find("third").state == State.SENT


def test_one_press_in_the_mail_program_stops_them_without_a_page(server):
    """RFC 8058: the program posts these words to the address of the header, with no cookie and no token."""
    notice("first")
    send_due(timezone.now())
    letter = server.letters[-1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://localhost:8000(/\S+)>", letter["List-Unsubscribe"])[1]
    program = Client(enforce_csrf_checks=True)
    for way in (program.get, program.head, program.options):
        way(f"{address}?List-Unsubscribe=One-Click")
    assert not OptOut.objects.exists(), "a program that only looks stops nothing"
    for _press in range(2):
        answer = program.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and not answer.cookies
    assert OptOut.objects.get().type == "notice"
    assert "E-postene er stoppet" in Client().get(address).content.decode()


def test_one_press_is_also_taken_as_the_rfc_s_other_form(server):
    token = token_for(notice("n"))
    body, kind = "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    assert Client().post(f"/e-post/{token}/", body, content_type=kind).status_code == 200
    assert OptOut.objects.exists()


def test_a_message_that_waits_is_stopped_too(server, client):
    notice("waiting")
    client.post(f"/e-post/{token_for(find('waiting'))}/", {"valg": "stopp"})
    send_due(timezone.now())
    assert find("waiting").state == State.WITHDRAWN and not server.letters


def test_the_link_works_after_the_address_is_forgotten_and_the_list_holds_no_address(client):
    message = notice("old")
    purge(message.queued_at + timedelta(days=8), delete=True)
    assert find("old").address == ""
    assert client.post(f"/e-post/{token_for(message)}/").status_code == 302
    assert "@" not in str(OptOut.objects.values())


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_page_speaks_the_language_of_its_address(client, language):
    address = f"{language}/e-post/{token_for(notice('n'))}/"
    about = {"": "varsler om", "/nn": "varsel om", "/en": "notices that"}[language]
    for valg in ("igjen", "stopp"):
        client.post(address, {"valg": valg})
        assert about in client.get(address).content.decode()


def test_a_link_of_somebody_elses_making_a_forged_post_and_a_code_open_nothing(client):
    token = token_for(notice("n"))
    code = queue("sign_in_code", "kari@example.org", language="nb", words={"code": "1"}, key="c")
    number, signature = token.split(":")
    for wrong in (number, f"{int(number) + 1}:{signature}", f"{number}:x", token_for(code), "x:y", "%00"):
        for answer in (client.get(f"/e-post/{wrong}/"), client.post(f"/e-post/{wrong}/")):
            assert answer.status_code == 404, wrong
        pressed = client.post(f"/e-post/{wrong}/", {"List-Unsubscribe": "One-Click"})
        assert pressed.status_code == 404, wrong
    stranger = Client(enforce_csrf_checks=True)
    for said in ({"valg": "stopp"}, {"valg": "igjen"}, {"List-Unsubscribe": "one-click"}, {}):
        assert stranger.post(f"/e-post/{token}/", said).status_code == 403
    assert not OptOut.objects.exists()
