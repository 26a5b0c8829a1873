"""Codes by e-mail: whoever can read the mailbox is let in, the same with an account already or without.

A short code is six digits. Somebody who guesses at one address is stopped after WRONG_AN_HOUR guesses: then
no short code for that address works until the hour is over, not even the right one. Whoever asks for a new
code then gets a long one, which cannot be guessed and therefore works: others' guesses lock nobody out.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from toolbox.access import tallies
from toolbox.access.models import SignInCode
from toolbox.outbox.queue import queue

#: As the message says; it is worth sending for as long (message_types.yaml).
VALID_FOR = timedelta(minutes=10)
TRIES_A_CODE = 5
WRONG_AN_HOUR = 20
#: To one address in an hour: so that nobody's mailbox is filled by others.
SENT_AN_HOUR = 10
#: From one place in an hour. A code that was used is not counted, so an office full of people gets in.
ASKED_AN_HOUR = 20

#: Capitals and digits nobody mixes up.
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"


class TooMany(Exception):
    """Too many codes asked for, to one address or from one place. Nothing is said of which."""


def send(email: str, *, key: str, place: str, language: str, now: datetime) -> str:
    """Queue a code to `email`, in the one form of toolbox.access.addresses. Returns its reference.

    `key` is the form's: pressing twice sends once. `place` is where the visitor came from. The reference
    belongs in the visitor's session, and nowhere else. Raises TooMany.
    """
    reference = _hash("reference", f"{key} {email}")
    if SignInCode.objects.filter(reference=reference, tries=0, expires_at__gt=now).exists():
        return reference
    if tallies.count("asked", place, now) > ASKED_AN_HOUR or tallies.count("sent", email, now) > SENT_AN_HOUR:
        raise TooMany
    long = tallies.so_far("wrong", email, now) >= WRONG_AN_HOUR
    code = "".join(secrets.choice(_LETTERS) for _ in range(16)) if long else f"{secrets.randbelow(10**6):06}"
    try:
        with transaction.atomic():
            SignInCode.objects.filter(expires_at__lte=now).delete()
            SignInCode.objects.filter(reference=reference, tries__gt=0).delete()
            kept = SignInCode.objects.create(
                reference=reference,
                email=email,
                code_hash=_hash(reference, code),
                long=long,
                expires_at=now + VALID_FOR,
            )
            queue(
                "sign_in_code",
                email,
                language=language,
                words={"code": code},
                key=f"sign_in_code {reference} {kept.pk}",
            )
    except IntegrityError:
        pass  # the other of two presses has sent it
    return reference


def address_of(reference: str, now: datetime) -> str | None:
    """Where the code went, while it still works."""
    found = SignInCode.objects.filter(reference=reference, expires_at__gt=now, tries__lt=TRIES_A_CODE)
    return found.values_list("email", flat=True).first()


def use(reference: str, written: str, *, place: str, now: datetime) -> str | None:
    """The address that the code proves, once; None when it does not, and why is not said."""
    kept = SignInCode.objects.filter(reference=reference, expires_at__gt=now).first()
    if kept is None:
        return None
    this = SignInCode.objects.filter(pk=kept.pk)
    if not this.filter(tries__lt=TRIES_A_CODE).update(tries=F("tries") + 1):
        return None
    code = "".join(written.split()).replace("-", "").upper()
    right = constant_time_compare(kept.code_hash, _hash(reference, code))
    closed = not kept.long and tallies.so_far("wrong", kept.email, now) >= WRONG_AN_HOUR
    if not right:
        tallies.count("wrong", kept.email, now)
    if closed or not right or not this.delete()[0]:
        return None
    tallies.give_back("asked", place, now)
    return kept.email


def _hash(what: str, text: str) -> str:
    return salted_hmac(f"toolbox.access.codes.{what}", text, algorithm="sha256").hexdigest()
