"""Enhetsregisteret asked about one organisation number. Nobody waits long for it, and nobody depends on it.

One fixed host, no redirects, at most three seconds and 200 kB. Whatever goes wrong, the answer is NoAnswer,
and the form can be filled in by hand. Only what a page of ours shows is read, and never an address or a
telephone. The register's data: NLOD.
"""

from __future__ import annotations

import json
import logging
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache

log = logging.getLogger(__name__)

ADDRESS = "https://data.brreg.no/enhetsregisteret/api"
#: Seconds for everything: looking up the host, both kinds of unit, and reading the answer.
PATIENCE = 3.0
#: Bytes. The longest answer about one unit that we know of is under 5 kB.
LARGEST = 200_000
#: Seconds an answer is remembered, and for how long nobody else waits for a register that is silent.
REMEMBERED, LEFT_ALONE = 24 * 60 * 60, 60

#: The two kinds of unit, and the version of the answers we can read.
_KINDS = (("enheter", "enhet"), ("underenheter", "underenhet"))
#: BEDR and AAFY: a workplace of a main unit.
_SUB_UNITS = ("BEDR", "AAFY")
_LONGEST_NAME = 180


@dataclass(frozen=True, slots=True)
class Unit:
    """What the register says of a unit.

    `parent` is the main unit's number for a sub-unit, else empty. `head_count` is None when it is withheld
    (below five) or unknown; it is never guessed. `ended_on` is the day it was deleted. `closing`: bankrupt,
    or being wound up.
    """

    number: str
    name: str
    parent: str
    place: str
    head_count: int | None
    ended_on: date | None
    closing: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """The register has no such number."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Taken out of the register for legal reasons: what we hold of it from there must go too."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The register did not answer, or not with something we can trust."""


Answer = Unit | Unknown | Removed | NoAnswer


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect could lead anywhere, also to hosts that only we can reach."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)
#: A host that hangs holds these and no more; whoever comes meanwhile gets NoAnswer at the same three seconds.
_waiting = ThreadPoolExecutor(max_workers=4, thread_name_prefix="register")


def look_up(number: str) -> Answer:
    """What the register says of nine digits, at most REMEMBERED seconds ago. Never raises.

    With settings.COMPANY_REGISTER off, always NoAnswer.
    """
    if not settings.COMPANY_REGISTER:
        return NoAnswer()
    key = f"register:{number}"
    remembered: Answer | None = cache.get(key) or cache.get("register:silent")
    if remembered is not None:
        return remembered
    asked = _waiting.submit(_ask, number)
    try:
        answer = asked.result(timeout=PATIENCE)
    except Exception as problem:
        asked.cancel()
        # The kind of problem alone: an answer we could not read may hold anything.
        log.warning("the register of companies did not answer: %s", type(problem).__name__)
        cache.set("register:silent", NoAnswer(), LEFT_ALONE)
        return NoAnswer()
    cache.set(key, answer, REMEMBERED)
    return answer


class _Untrusted(ValueError):
    """An answer that is too large, about somebody else, or not in the shape we know."""


def _ask(number: str) -> Answer:
    for path, kind in _KINDS:
        accept = f"application/vnd.brreg.enhetsregisteret.{kind}.v2+json"
        status, body = _fetch(f"{ADDRESS}/{path}/{number}", accept)
        if status == 410:
            return Removed()
        if status != 404:
            return _read(number, body)
    return Unknown()


def _fetch(url: str, accept: str) -> tuple[int, bytes]:
    request = urllib.request.Request(
        url, headers={"Accept": accept, "User-Agent": f"inkluderingsverktoykassen/{settings.VERSION}"}
    )
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            status, body, ends = answer.status, b"", time.monotonic() + PATIENCE
            while part := answer.read1(LARGEST):
                body += part
                # Drop by drop no single wait is long.
                if len(body) > LARGEST or time.monotonic() > ends:
                    raise _Untrusted
    except urllib.error.HTTPError as refused:
        with refused:
            if refused.code not in (404, 410):
                raise
            return refused.code, b""
    if status != 200:
        raise _Untrusted
    return status, body


def _read(number: str, body: bytes) -> Unit:
    said = json.loads(body)
    try:
        if said["organisasjonsnummer"] != number:
            raise _Untrusted
        is_sub_unit = said["organisasjonsform"]["kode"] in _SUB_UNITS
        seat = said.get("forretningsadresse") or said.get("beliggenhetsadresse") or {}
        count, ended = said.get("antallAnsatte"), said.get("slettedato")
        return Unit(
            number=number,
            name=str(said["navn"])[:_LONGEST_NAME],
            # Main units in the public sector have one above them as well.
            parent=str(said.get("overordnetEnhet", "")) if is_sub_unit else "",
            place=str(seat.get("kommune") or "")[:60],
            head_count=count if isinstance(count, int) and count >= 0 else None,
            ended_on=date.fromisoformat(ended) if ended else None,
            closing=any(
                said.get(flag) is True
                for flag in ("konkurs", "underAvvikling", "underTvangsavviklingEllerTvangsopplosning")
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        raise _Untrusted from None
