"""The sign-in page, and where it leads on to."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse


def sign_in_address(go_on_to: str, *, again: bool = False) -> str:
    """The sign-in page that leads on. `again`: also for somebody who is signed in, to prove it anew."""
    return f"{reverse('access:sign_in')}?neste={quote(go_on_to)}{'&igjen=1' if again else ''}"
