"""Begin a mapping, keep its answers, find it again by address or code, send it in, and take it away.

Every write is safe to do twice: a press too many, a page sent again after the network was gone, or two
devices, leave the same rows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from inclusion_rules.periods import add_months
from toolbox.mapping import statements
from toolbox.mapping.answers import Answer, Answers, known, pack, put, unpack
from toolbox.mapping.instrument import CURRENT, Instrument, instrument
from toolbox.mapping.models import Mapping, Response
from toolbox.mapping.scoring import FULL

#: How long answers are kept after the last change.
DAYS_KEPT = 90
#: How long a mapping lives after it was sent in: the company may measure again after six months.
MONTHS_KEPT = 13
#: How long the response stays for tables, without any address.
MONTHS_IN_TABLES = 24
#: What a table counts by. Who did not tell is in no table.
TABLE_ITEMS = frozenset({"B1", "B2", "B3"})

#: What a token looks like: 192 bits in hexadecimal digits.
_TOKEN = re.compile(r"[0-9a-f]{48}")
#: Letters that are not mixed up, read or heard: no I, L, O, Q, U, W.
_LETTERS = "ABCDEFGHJKMNPRSTVXYZ"
_CODE_LENGTH = 10


class Overtaken(Exception):
    """Answers were sent in after the page was opened. Show what stands now, and ask what is to count."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A new mapping: the token of its address, the code to write down, and the last day both work."""

    token: str
    code: str
    expires_on: date


def begin(form: str, *, key: str, secret: str, on: date) -> Begun:
    """Start a mapping with `form`, one of scoring.FORMS. The same `key` and `form` give the same again."""
    token = _derive(secret, "mapping", f"{form}:{key}")
    code = code_of(token, secret)
    mapping, _new = Mapping.objects.get_or_create(
        idempotency_key=_hash(f"{form}:{key}"),
        defaults={
            "token_hash": _hash(token),
            "read_hash": _hash(read_token(token, secret)),
            "code_hash": _derive(secret, "code", code),
            "sealed_token": _sealed(token, code, secret),
            "form": form,
            "instrument": CURRENT,
            "expires_on": on + timedelta(days=DAYS_KEPT),
        },
    )
    return Begun(token, code, mapping.expires_on)


def could_be_token(text: str) -> bool:
    """Whether we may once have given it out: rows are deleted, and addresses live on in letters."""
    return _TOKEN.fullmatch(text) is not None


def find(token: str, on: date) -> Mapping | None:
    """The mapping of a token. None when there is none, or its time is over."""
    return _open(on).filter(token_hash=_hash(token)).first()


def find_answered(token: str, on: date) -> tuple[Mapping, Answers] | None:
    """The mapping of a token, as `find`, with what `answers_of` gives: asked of the database at once."""
    found = statements.find(_hash(token), on)
    if found is None:
        return None
    mapping, rows = found
    return mapping, _merged(instrument_of(mapping), response_of(mapping), _read(rows))


def find_to_read(token: str, on: date) -> Mapping | None:
    """The mapping of a reading token, as `find`. Who may only read must be given nothing to change it by."""
    return _open(on).filter(read_hash=_hash(token)).first()


def read_token(token: str, secret: str) -> str:
    """The token of the address that may be shared."""
    return _derive(secret, "read", token)


def code_of(token: str, secret: str) -> str:
    """The code of a token, as it is written down: XXXXX-XXXXX."""
    number = int(_derive(secret, "letters", token), 16)
    letters = ""
    for _place in range(_CODE_LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter]
    return f"{letters[:5]}-{letters[5:]}"


def by_code(written: str, *, secret: str, on: date) -> str | None:
    """The token of a code, in whatever case and with whatever spaces or hyphens it was written."""
    letters = re.sub(r"[\s\u00a0\u2010-\u2014-]", "", written).upper()
    code = f"{letters[:5]}-{letters[5:]}"
    mapping = _open(on).filter(code_hash=_derive(secret, "code", code)).first()
    return _sealed(mapping.sealed_token, code, secret) if mapping else None


def instrument_of(mapping: Mapping) -> Instrument:
    return instrument(mapping.instrument)


def answers_of(mapping: Mapping) -> Answers:
    """What is answered by now: the response, and over it what has been changed since.

    Answers to questions that the other answers leave unasked are not in it.
    """
    return _merged(instrument_of(mapping), response_of(mapping), _rows(mapping))


def response_of(mapping: Mapping) -> Response | None:
    """What was sent in last; None before that."""
    # Nothing is sent in at version 0: most pages then need not ask the database.
    return getattr(mapping, "response", None) if mapping.version else None


def waits(mapping: Mapping) -> bool:
    """Whether something is answered, or asked for, that is not sent in yet."""
    response = response_of(mapping)
    return response is None or response.form != mapping.form or mapping.rows.exists()


def store(mapping: Mapping, given: Answers, *, upon: int, now: datetime) -> None:
    """Keep answers, over those the same questions had. Raises Overtaken when `upon` is not the version.

    `now` is when, with time zone; the mapping then lives at least DAYS_KEPT more days.
    """
    last = timezone.localdate(now) + timedelta(days=DAYS_KEPT)
    written = [(name, _written(answer)) for name, answer in given.items()]
    if not statements.keep(mapping.pk, written, version=upon, now=now, last=last):
        raise Overtaken


def go_on_to_full(mapping: Mapping) -> None:
    """Ask the questions of the full form too. What is answered stays answered."""
    Mapping.objects.filter(pk=mapping.pk).update(form=FULL)
    mapping.form = FULL


@transaction.atomic
def submit(mapping: Mapping, *, upon: int, on: date) -> Response:
    """Send in what is answered: one response for each mapping, replaced when it is sent in again.

    Where nothing has changed since, the response that stands is given back, however often it is asked for.
    Raises Overtaken when something has, and `upon` is not the version the sender saw.
    """
    mapping = Mapping.objects.select_for_update().get(pk=mapping.pk)
    response = Response.objects.filter(mapping=mapping).first()
    rows = _rows(mapping)
    if response and not rows and response.form == mapping.form:
        return response
    if upon != mapping.version:
        raise Overtaken
    asked = instrument_of(mapping)
    answers = _merged(asked, response, rows)
    response = response or Response(mapping=mapping)
    response.instrument, response.instrument_hash = asked.version, asked.hash[:16]
    response.form = mapping.form
    response.packed = pack(asked, answers)
    response.submitted_on, response.expires_on = on, add_months(on, MONTHS_IN_TABLES)
    response.in_tables = known(answers).keys() >= TABLE_ITEMS
    response.save()
    mapping.rows.all().delete()
    Mapping.objects.filter(pk=mapping.pk).update(
        version=mapping.version + 1, expires_on=add_months(on, MONTHS_KEPT)
    )
    return response


@transaction.atomic
def delete(mapping: Mapping) -> None:
    """Take everything away at once, the response too. Doing it twice changes nothing."""
    Response.objects.filter(mapping_id=mapping.pk).delete()
    Mapping.objects.filter(pk=mapping.pk).delete()


def expired(on: date) -> QuerySet[Mapping]:
    """Mappings whose last day is over, for `toolbox purge`. Their responses stay, without an address."""
    return Mapping.objects.filter(expires_on__lt=on)


def expired_responses(on: date) -> QuerySet[Response]:
    """Responses that have been in tables for as long as they may."""
    return Response.objects.filter(expires_on__lt=on)


def _open(on: date) -> QuerySet[Mapping]:
    """Mappings whose last day is not over."""
    return Mapping.objects.filter(expires_on__gte=on)


def _merged(asked: Instrument, response: Response | None, rows: Answers) -> Answers:
    return put(asked, {**(unpack(asked, response.packed) if response else {}), **rows})


def _rows(mapping: Mapping) -> Answers:
    return _read(mapping.rows.values_list("item", "value"))


def _read(rows: Iterable[tuple[str, str]]) -> Answers:
    found = {name: json.loads(value) for name, value in rows}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def _written(answer: Answer) -> str:
    return json.dumps(answer, separators=(",", ":"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _derive(secret: str, use: str, text: str) -> str:
    return hashlib.blake2b(f"{use}:{text}".encode(), key=secret.encode()[:64], digest_size=24).hexdigest()


def _sealed(token: str, code: str, secret: str) -> str:
    """The token locked with the code, and the locked one opened again: the same step both ways."""
    lock = int(_derive(secret, "seal", code), 16)
    return f"{int(token, 16) ^ lock:048x}"
