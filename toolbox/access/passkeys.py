"""Passkeys, made and checked by allauth (fido2). A key must recognise its owner: it replaces a code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from toolbox.access.models import Account

#: More keys than anybody has hands for.
MOST = 20
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Kept:
    """A passkey as its owner sees it."""

    pk: int
    name: str
    made: date
    used: date | None


class NotAPasskey(Exception):
    """The browser's answer does not hold, or comes too late. Have it try again."""


class Passkeys(DefaultMFAAdapter):
    """What the browser is told of us and of the account."""

    def _get_site_name(self) -> str:
        return "Inkluderingsverktøykassen"

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        told: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return told | {"name": user.email, "display_name": user.name or user.email}


def of(account: Account) -> QuerySet[Authenticator]:
    """The account's passkeys, oldest first."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=account, type=Authenticator.Type.WEBAUTHN
    ).order_by("pk")
    return found


def listed(account: Account) -> list[Kept]:
    return [
        Kept(
            key.pk,
            key.wrap().name,
            timezone.localdate(key.created_at),
            timezone.localdate(key.last_used_at) if key.last_used_at else None,
        )
        for key in of(account)
    ]


def lacks_passkey(account: Account) -> bool:
    """Whether the account is staff's, must have a passkey, and has none (settings.STAFF_NEED_PASSKEY)."""
    return settings.STAFF_NEED_PASSKEY and account.staff_roles.exists() and not of(account).exists()


def ask_to_make(account: Account) -> dict[str, Any]:
    """What the browser needs to make a key. Its answer must come back in this session."""
    made: dict[str, Any] = auth.begin_registration(account, passwordless=True)
    return made


def add(account: Account, answer: str, name: str) -> None:
    """Keep the key the browser made. Raises NotAPasskey."""
    try:
        credential = json.loads(answer)
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAPasskey from error
    if not made.is_user_verified() or of(account).count() >= MOST:
        raise NotAPasskey
    auth.WebAuthn.add(account, name, credential)


def ask_for_one() -> dict[str, Any]:
    """What the browser needs to find a key of whoever it is."""
    asked: dict[str, Any] = auth.begin_authentication()
    return asked


def account_of(answer: str) -> Account:
    """Whose key the browser has used just now. Raises NotAPasskey."""
    try:
        credential = json.loads(answer)
        account = auth.extract_user_from_response(credential)
        auth.parse_authentication_response(credential)
        key = auth.complete_authentication(account, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAPasskey from error
    key.record_usage()
    assert isinstance(account, Account)
    return account


def rename(account: Account, pk: int, name: str) -> bool:
    """False when the account has no such key."""
    key = of(account).filter(pk=pk).first()
    if key is None:
        return False
    key.wrap().name = name
    key.save(update_fields=["data"])
    return True


def remove(account: Account, pk: int) -> bool:
    """False when the account has no such key."""
    return of(account).filter(pk=pk).delete()[0] > 0
