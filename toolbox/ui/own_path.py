"""Paths on this site that an address asked us to go on to."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme

#: A page with every assumption changed is shorter, and no address in a session grows without end.
LONGEST = 4000


def safe_path(asked: str) -> str:
    """`asked` when it is a path on this site; the empty text for anything else, however it is disguised."""
    own = (
        len(asked) <= LONGEST
        and asked.isprintable()
        and asked.startswith("/")
        and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    )
    return asked if own else ""
