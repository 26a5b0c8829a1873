"""What may be put in the outbox, and what is kept of it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from toolbox.outbox.models import Message, State
from toolbox.outbox.queue import LONGEST_WORD, NotAMessage, find, queue, withdraw
from toolbox.outbox.seal import Unreadable, unseal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

LINK = "http://localhost:8000/invitasjon/hemmelig-lenke/"


def invite(key: str = "invitation 1", address: str = "kari@example.org", **words: str) -> Message:
    said = {"inviter": "Ola", "company": "Kafé Kne", "link": LINK, "date": "2. desember 2026"} | words
    return queue("mentor_invitation", address, language="nb", words=said, key=key)


def test_D10_the_same_key_is_the_same_message():
    assert invite() == invite() and invite("invitation 2") != invite()
    assert Message.objects.count() == 2


def test_a_message_is_gone_with_the_transaction_it_belongs_to():
    with pytest.raises(RuntimeError), transaction.atomic():
        invite()
        raise RuntimeError
    assert find("invitation 1") is None


def test_T03_who_reads_the_database_can_open_nothing(settings):
    invite()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outbox_message")
        stored = str(cursor.fetchall())
    assert "hemmelig" not in stored and "Kne" not in stored and "invitation 1" not in stored
    sealed = Message.objects.get().words
    assert unseal(sealed)["link"] == LINK
    settings.SECRET_KEY = "another"
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_what_is_taken_back_forgets_its_words_and_address():
    invite()
    withdraw("invitation 1")
    message = find("invitation 1")
    assert (message.state, message.words, message.address) == (State.WITHDRAWN, "", "")


@pytest.mark.parametrize(
    "address",
    [
        "kari",
        "kari@example.org\r\nBcc: alle@example.org",
        "kari@example.org\n",
        "kari@example.org,per@example.org",
        "Kari <kari@example.org>",
        "kåri@example.org",
        "k" * 300 + "@example.org",
        "k@" + "d.example" * 40 + ".org",
        "",
    ],
)
def test_T15_what_is_not_one_address_is_refused(address):
    with pytest.raises(NotAMessage, match="address"):
        invite(address=address)


def test_a_domain_with_norwegian_letters_is_written_as_servers_take_it():
    assert invite(address="kari@blåbær.no").address == "kari@xn--blbr-roah.no"


@pytest.mark.parametrize(
    "words",
    [
        {"link": "https://evil.example/"},
        {"link": "http://localhost:8000.evil.example/"},
        {"link": "//localhost:8000/"},
        {"link": LINK + "\r\nBcc: alle@example.org"},
        {"participant": "Kari"},
    ],
)
def test_a_link_elsewhere_and_a_word_without_a_place_are_refused(words):
    with pytest.raises(NotAMessage):
        invite(**words)


def test_unknown_type_language_and_missing_words_say_what_to_do():
    for kind, language, words, told in [
        ("letter", "nb", {}, "message_types.yaml"),
        ("notice", "sv", {"link": LINK}, "nb, nn, en"),
        ("notice", "nb", {}, "takes the words"),
    ]:
        with pytest.raises(NotAMessage, match=told):
            queue(kind, "kari@example.org", language=language, words=words, key="k")


def test_a_name_cannot_become_a_letter():
    kept = unseal(invite(company="Kafé\r\n\r\nKne " + "x" * 999).words)["company"]
    assert kept.startswith("Kafé Kne x") and len(kept) == LONGEST_WORD
