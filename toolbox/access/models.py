"""Accounts, the codes that open them, what staff may do, and counts against guessing."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from toolbox.access import organisation_models, trail_models  # noqa: F401  (Django finds the models here)


def new_seed() -> str:
    return secrets.token_hex(16)


class Account(AbstractBaseUser):
    """Somebody who can sign in. `email` is in the one form of toolbox.access.addresses.

    `session_seed` is part of every session of the account: a new one ends them all. `last_seen` is a day, not
    an instant: it is there to close accounts that nobody uses.
    """

    # Django's base has a password; this product has none, in the database or anywhere.
    password = None  # type: ignore[assignment]
    last_login = None

    email = models.CharField(max_length=254, unique=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    created_at = models.DateTimeField(default=timezone.now)
    last_seen = models.DateField(null=True)
    session_seed = models.CharField(max_length=32, default=new_seed)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        db_table = "access_account"

    def __str__(self) -> str:
        return f"account {self.pk}"

    def get_session_auth_hash(self) -> str:
        return salted_hmac("toolbox.access.session", self.session_seed, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> list[str]:
        return []

    def has_usable_password(self) -> bool:
        return False

    def set_unusable_password(self) -> None:
        """Asked for by allauth. There is nothing to set."""


class StaffRole(models.TextChoices):
    EDITOR = "editor"
    PROGRAMME_OWNER = "programme_owner"
    OPERATOR = "operator"


class StaffMember(models.Model):
    """One account may do what one staff role may. `given_by` is None for the operator's own command."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=20, choices=StaffRole.choices)
    given_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "access_staff_member"
        constraints = [models.UniqueConstraint(fields=["account", "role"], name="access_one_staff_role")]

    def __str__(self) -> str:
        return f"{self.account} is {self.role}"


class SignInCode(models.Model):
    """A code that was sent to `email`, whether an account has that address or not.

    `reference` stands in the session that asked: the code opens nothing in any other browser. Only a keyed
    hash of the code is kept. A `long` code cannot be guessed, and works when guessing has closed short ones.
    The row goes when it is used; the next code takes what has expired with it.
    """

    reference = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=254)
    code_hash = models.CharField(max_length=64)
    long = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "access_sign_in_code"

    def __str__(self) -> str:
        return f"code {self.pk}"


class Tally(models.Model):
    """How often something happened until `ends_at`. The key is a keyed hash: no address can be read here."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "access_tally"

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
