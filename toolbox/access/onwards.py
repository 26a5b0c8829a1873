"""Where a visitor goes after signing in: a path on this site, or their own page."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

#: Nothing of ours is longer, and no address in a session grows without end.
LONGEST = 500


def safe_path(asked: str) -> str:
    """`asked` when it is a path on this site; the empty text for anything else, however it is disguised."""
    own = (
        len(asked) <= LONGEST
        and asked.isprintable()
        and asked.startswith("/")
        and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    )
    return asked if own else ""


def sign_in_address(go_on_to: str, *, again: bool = False) -> str:
    """The sign-in page that leads on. `again`: also for somebody who is signed in, to prove it anew."""
    return f"{reverse('access:sign_in')}?neste={quote(go_on_to)}{'&igjen=1' if again else ''}"
