"""The words of a waiting message, readable only with the installation's secret."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """The words were sealed with another SECRET_KEY, and are lost. Have the message made anew."""


def seal(words: Mapping[str, str]) -> str:
    return _box().encrypt(json.dumps(dict(words)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    try:
        words: dict[str, str] = json.loads(_box().decrypt(sealed.encode()))
    except InvalidToken:
        raise Unreadable from None
    return words


def _box() -> Fernet:
    key = hashlib.blake2b(b"outbox", key=settings.SECRET_KEY.encode()[:64], digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(key))
