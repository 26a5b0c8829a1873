"""Put a message in the outbox, take it back, and see what became of it. Who may get what others decide."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Min, QuerySet
from django.utils.encoding import punycode

from toolbox.outbox.message_types import LANGUAGES, TEXT_KEPT, message_types
from toolbox.outbox.models import Message, State, recipient_hash
from toolbox.outbox.seal import seal

#: Longer than any name. Whoever writes a name must not get to write a letter in ours.
LONGEST_WORD = 200
#: What SMTP carries (RFC 5321, 4.5.3.1.3, less the angle brackets).
LONGEST_ADDRESS = 254
#: As long as this the key of a message is known, and the link to stop such messages works.
ROW_KEPT = timedelta(days=90)
#: A mail server may ask for ten minutes' patience with a new sender. After that somebody should know.
LONG_WAIT = timedelta(minutes=15)


class NotAMessage(ValueError):
    """A message that cannot be sent as it was asked for. The text says what to change."""


def queue(message_type: str, address: str, *, language: str, words: Mapping[str, str], key: str) -> Message:
    """Keep a message to be sent when the caller's transaction is committed; nothing is sent from here.

    `words` are exactly those that the text of the type has room for. `key` says which message it is: the same
    key again gives the first message back and sends nothing more. Only its hash is kept. `link` must lead to
    this site (settings.SITE_URL). Line breaks in a word become spaces, and it is cut at LONGEST_WORD
    characters; the link is neither.

    Raises NotAMessage when the type, language, address, link or words are not ones we can send.
    """
    kind = message_types().get(message_type)
    if kind is None:
        raise NotAMessage(f"There is no message type {message_type}. Declare it in message_types.yaml.")
    if language not in LANGUAGES:
        raise NotAMessage(f"There are no texts in {language!r}. Choose one of {', '.join(LANGUAGES)}.")
    if set(words) != kind.words:
        raise NotAMessage(f"{message_type} takes the words {sorted(kind.words)}, not {sorted(words)}.")
    link = words.get("link", "")
    if link and (not link.startswith(f"{settings.SITE_URL}/") or len(link.split()) != 1):
        raise NotAMessage("The link must lead to this site. Build it from settings.SITE_URL and reverse().")
    address = _deliverable(address)
    tidy = {
        name: said if name == "link" else " ".join(said.split())[:LONGEST_WORD]
        for name, said in words.items()
    }
    message, _new = Message.objects.get_or_create(
        key=_hash(key),
        defaults={
            "type": message_type,
            "address": address,
            "recipient": recipient_hash(address),
            "language": language,
            "words": seal(tidy),
        },
    )
    return message


def find(key: str) -> Message | None:
    """The message that was queued with this key, whatever became of it."""
    return Message.objects.filter(key=_hash(key)).first()


def withdraw(key: str) -> None:
    """Take a message back and forget its words, unless it has left. One that is just leaving may arrive."""
    Message.objects.filter(key=_hash(key)).exclude(state=State.SENT).update(
        state=State.WITHDRAWN, reason="taken back", words="", address=""
    )


def send_again(pk: int) -> bool:
    """Somebody has looked, and wants it sent although it was given up or may have been sent already.

    False when it is none of those that need somebody.
    """
    taken_up = needs_somebody().filter(pk=pk)
    return taken_up.update(state=State.WAITING, tries=0, next_try=None, reason="") == 1


def needs_somebody() -> QuerySet[Message]:
    """What was given up or may not have arrived, and can still be sent, oldest first.

    For those who look after the site. What its purge has taken the words from is past helping.
    """
    stuck = Message.objects.filter(state__in=(State.UNCERTAIN, State.PARKED)).exclude(words="")
    return stuck.order_by("queued_at", "pk")


def troubles(now: datetime) -> list[str]:
    """What whoever watches the site should know, a line each. Empty when all is well."""
    told = []
    if count := needs_somebody().count():
        told.append(f"{count} messages need somebody; see toolbox outbox")
    oldest = Message.objects.filter(state=State.WAITING).aggregate(at=Min("queued_at"))["at"]
    if oldest and now - oldest > LONG_WAIT:
        told.append(f"the oldest message has waited {(now - oldest) // timedelta(minutes=1)} minutes")
    return told


def purge(now: datetime, *, delete: bool) -> tuple[int, int]:
    """Forget words and addresses after TEXT_KEPT, and whole rows after ROW_KEPT. Returns how many of each.

    Only counts without `delete`.
    """
    texts = Message.objects.filter(queued_at__lte=now - TEXT_KEPT).exclude(words="", address="")
    rows = Message.objects.filter(queued_at__lte=now - ROW_KEPT)
    counts = texts.count(), rows.count()
    if delete:
        texts.filter(state=State.WAITING).update(state=State.WITHDRAWN, reason="too late")
        texts.update(words="", address="")
        rows.delete()
    return counts


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _deliverable(address: str) -> str:
    """The address as a mail server takes it: a domain with other letters than a–z in its ASCII form."""
    try:
        validate_email(address)
        local, _, domain = address.rpartition("@")
        written = f"{local}@{punycode(domain)}"
    except (ValidationError, UnicodeError):
        written = ""
    if not written or len(written) > LONGEST_ADDRESS:
        raise NotAMessage("The address is not one we can send to. Check it before you queue.")
    return written
