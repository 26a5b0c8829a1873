"""What leaves: one recipient, no tracking, nothing of a person where others may see it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone

from tests.readability import measure
from toolbox.outbox.letter import write_letter
from toolbox.outbox.message_types import LANGUAGES, TEXT_KEPT, message_types
from toolbox.outbox.models import Message
from toolbox.outbox.queue import queue
from toolbox.outbox.sending import send_due

pytestmark = [pytest.mark.django_db(transaction=True)]

CANARY = "Kari-Canary-7F"
LINK = "http://localhost:8000/min-side/x7Gh/"
#: Words that name nobody, so that a notice may have them.
NAMELESS = {"link", "date", "phone", "code", "pages"}
INVITATIONS = {name for name in message_types() if name.endswith("invitation")}
EVERY = [(name, language) for name in message_types() for language in LANGUAGES]


def queued(name: str, language: str = "nb", said: str = CANARY) -> Message:
    words = {word: LINK if word == "link" else said for word in message_types()[name].words}
    return queue(name, "mottaker@example.org", language=language, words=words, key=f"{name} {language}")


def wire(message: Message):
    """The letter as a mail program reads it."""
    message.tried_at = timezone.now()
    return message_from_bytes(write_letter(message), policy=default)


def parts(letter) -> tuple[str, str]:
    plain, rich = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return plain, rich


def test_every_type_is_whole():
    for name, kind in message_types().items():
        assert set(kind.subject) == set(kind.text) == set(LANGUAGES)
        assert timedelta() < kind.useful_for <= TEXT_KEPT
        places = {language: set(re.findall(r"\{(\w+)\}", kind.text[language])) for language in LANGUAGES}
        assert places["nb"] == places["nn"] == places["en"], name
        for language in LANGUAGES:
            assert "{" not in kind.subject[language] and "!" not in kind.subject[language]
            assert ("link" in kind.words) == ("{link}" in kind.text[language].splitlines())
        assert kind.opt_out == bool(kind.about), "who may stop it must be told what it is"


def test_codes_and_invitations_cannot_be_stopped():
    assert INVITATIONS and not [n for n in INVITATIONS | {"sign_in_code"} if message_types()[n].opt_out]


def test_only_invitations_have_room_for_a_name():
    assert {name for name, kind in message_types().items() if kind.words - NAMELESS} == INVITATIONS


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_T27_nothing_of_a_person_stands_where_others_see_it(name, language):
    letter = wire(queued(name, language))
    assert not [header for header in letter.items() if CANARY in str(header)]
    assert letter["Subject"] == message_types()[name].subject[language]
    assert "mottaker" not in letter.get("List-Unsubscribe", "")
    assert not [part for part in letter.walk() if part.get_filename()]
    places = len(re.findall(r"\{(?!link)\w+\}", message_types()[name].text[language]))
    assert [part.count(CANARY) for part in parts(letter)] == [places, places]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_letter_is_plain_text_and_the_same_as_simple_html(name, language):
    letter = wire(queued(name, language))
    assert letter.get_content_type() == "multipart/alternative"
    assert letter["To"].addresses[0].addr_spec == "mottaker@example.org" and len(letter["To"].addresses) == 1
    assert not {"Cc", "Bcc"} & set(letter)
    assert str(letter["From"]).startswith("Inkluderingsverktøykassen <")
    assert letter["Auto-Submitted"] == "auto-generated" and letter["Content-Language"] == language
    plain, rich = parts(letter)
    body = html.unescape(re.sub(r"<[^>]+>", "", rich.split("<body>")[1]))
    assert body.split() == plain.split()
    assert not re.search(r"<(img|script|style|link|iframe)|style=|src=|\bon\w+=", rich)
    assert f'<html lang="{language}">' in rich
    if "link" in message_types()[name].words:
        assert LINK in plain.splitlines() and f'<a href="{LINK}">{LINK}</a>' in rich
    stop = {"nb": "/e-post/", "nn": "/nn/e-post/", "en": "/en/e-post/"}[language]
    assert (f"http://localhost:8000{stop}" in letter.get("List-Unsubscribe", "")) is message_types()[
        name
    ].opt_out
    assert ("List-Unsubscribe-Post" in letter) is ("List-Unsubscribe" in letter)


@pytest.mark.parametrize(
    "said",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7} {% now %}",
        "{link} {0.__class__} {",
        "A\r\nBcc: alle@example.org",
        "A%0d%0aBcc: alle@example.org",
        "A\n\n.\r\nMAIL FROM:<x@example.org>",
        LINK,
    ],
)
def test_T15_what_somebody_wrote_is_text_and_nothing_else(server, said):
    queued("mentor_invitation", said=said)
    send_due(timezone.now())
    (letter,), (recipients,) = server.letters, server.recipients
    assert recipients == ["mottaker@example.org"] and "Bcc" not in letter
    plain, rich = parts(letter)
    told = " ".join(said.split())
    assert plain.count(told) >= 3 and "49" not in plain
    assert html.escape(told) in rich or html.escape(told, quote=False) in rich
    assert not re.search(r"<script|<img", rich)
    assert rich.count("<a ") == 1 and plain.splitlines().count(LINK) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_for_stopping_stands_unbroken_in_the_header(settings, language):
    """Seen once: folded, it became encoded words, and no mail program could read it."""
    settings.SITE_URL = "https://inkluderingsverktoykassen.et-ganske-langt-navn.example.no"
    words = {"link": f"{settings.SITE_URL}/x/"}
    message = queue("notice", "mottaker@example.org", language=language, words=words, key="long")
    headers = write_letter(message).split(b"\r\n\r\n")[0].decode("ascii")
    assert re.search(rf"^List-Unsubscribe: <{settings.SITE_URL}/\S*e-post/\S+>\r?$", headers, re.MULTILINE)
    assert all(len(line) <= 998 for line in write_letter(message).split(b"\r\n"))


def test_a_line_that_begins_with_a_full_stop_arrives_whole(server, settings):
    settings.OPERATOR = settings.OPERATOR | {"name": ".no", "email": "post@example.no"}
    queued("notice")
    send_due(timezone.now())
    assert ".no" in server.texts[0].splitlines()
    assert server.letters[0]["Reply-To"] == "post@example.no"


def test_the_texts_are_easy_to_read():
    for name, kind in message_types().items():
        for language in ("nb", "nn"):
            said = re.sub(r"\{\w+\}|Inkluderingsverktøykass\w+", "", kind.text[language])
            assert measure(re.split(r"[.!?:]\s|\n\n", said)).lix <= 40, (name, language)
