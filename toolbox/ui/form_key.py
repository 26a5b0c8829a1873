"""The key that makes a second press of the same button harmless: field `nokkel` of a form that creates."""

from __future__ import annotations

import secrets

from django.http import HttpRequest


def new_key() -> str:
    """A key for one form: sending the form twice does it once."""
    return secrets.token_urlsafe(24)


def posted_key(request: HttpRequest) -> str | None:
    """The key of a posted form; None where it has none that we could have made."""
    key = request.POST.get("nokkel", "")
    return key if 16 <= len(key) <= 64 else None
