"""E-mail addresses: one written form for one mailbox, so that nobody gets an account in another's name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

#: What SMTP carries, and what the outbox takes.
LONGEST = 254


class NotAnAddress(ValueError):
    """Cannot be sent to. Ask whoever wrote it to look at it again."""


def one_form(written: str) -> str:
    """The address as we keep, compare and send to it: small letters, the domain in ASCII.

    Before the @ only ASCII is taken. Lookalikes (the Kelvin sign, a dotless i) would fold to somebody else's
    address in one place and not in another. What stands after a plus sign is kept: that is another mailbox
    at some hosts, and nothing is sent to any other address than the one that asked.

    Raises NotAnAddress for anything else, also for what is longer than LONGEST.
    """
    local, at, domain = written.strip().rpartition("@")
    try:
        if not at or not local.isascii() or len(written) > 2 * LONGEST:
            raise ValueError
        found = f"{local}@{punycode(domain)}".lower()
        validate_email(found)
    except (ValueError, ValidationError):
        raise NotAnAddress from None
    if len(found) > LONGEST:
        raise NotAnAddress
    return found
