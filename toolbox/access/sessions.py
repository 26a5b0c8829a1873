"""A session from sign-in to sign-out: a new key at each change of rights, and limits to how long it lasts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from toolbox.access.models import Account


class SignedIn(BaseBackend):
    """Finds the account of a session. It lets nobody in: toolbox.access.sign_in does."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id).first()
