"""Passkeys, as far as they can be tried without a browser: what does not hold opens nothing."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from toolbox.access.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.database]

JUNK = [
    "",
    "x",
    "[]",
    "null",
    "1",
    "{}",
    '{"response": null}',
    '{"response": {"userHandle": null}}',
    '{"response": {"userHandle": "MQ"}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": '
    '"e30", "authenticatorData": "AA", "signature": "AA"}}',
    '{"response": {"userHandle": "' + "A" * 5000 + '"}}',
]


def test_the_question_names_no_account_and_no_key(client):
    asked = client.post("/logg-inn/passnokkel/spor/").json()["publicKey"]
    assert asked["userVerification"] == "required" and not asked.get("allowCredentials")


@pytest.mark.parametrize("answer", JUNK)
def test_an_answer_that_does_not_hold_opens_nothing(client, answer):
    Account.objects.create(pk=1, email="mette@firma.no")
    for ask_first in (False, True):
        if ask_first:
            client.post("/logg-inn/passnokkel/spor/")
        page = client.post("/logg-inn/passnokkel/", {"svar": answer})
        assert page.status_code == 422 and "be om en kode" in page.content.decode()
    assert client.get("/min-side/").status_code == 302


def test_twenty_failed_keys_from_one_place_are_enough(client):
    answers = [client.post("/logg-inn/passnokkel/", {"svar": "{}"}).status_code for _try in range(21)]
    assert answers == [422] * 20 + [429]


@pytest.mark.parametrize("answer", JUNK)
def test_a_key_that_does_not_hold_is_not_kept(signed_in, answer):
    client = signed_in("mette@firma.no")
    asked = client.post("/min-side/passnokler/spor/").json()["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert (asked["user"]["name"], asked["rp"]["name"]) == ("mette@firma.no", "Inkluderingsverktøykassen")
    page = client.post("/min-side/passnokler/", {"svar": answer, "navn": "Telefon"})
    assert page.status_code == 422 and not Authenticator.objects.exists()


def shown(client: Client, path: str) -> str:
    """The page without form tokens and its own address, which it repeats in links to other languages."""
    page = client.get(path).content.decode()
    return re.sub(r"(csrfmiddlewaretoken\" value=\"|passnokler(?:/|%2F))\w+", r"\1", page)


def test_somebody_else_s_key_does_not_exist(signed_in):
    owner, other = signed_in("mette@firma.no"), signed_in("per@firma.no")
    key = Authenticator.objects.create(
        user=Account.objects.get(email="mette@firma.no"),
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Telefon", "credential": {}},
    )
    there, nowhere = f"/min-side/passnokler/{key.pk}/", "/min-side/passnokler/999999/"
    assert "Telefon" in owner.get(there).content.decode()
    for answer in (other.get(there), other.post(there, {"fjern": "ja"}), other.get(nowhere)):
        assert answer.status_code == 404
    assert shown(other, there) == shown(other, nowhere)
    assert Authenticator.objects.count() == 1
    assert Client().get(there).status_code == 302
