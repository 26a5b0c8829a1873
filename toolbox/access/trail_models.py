"""What is kept so that people can see who did what with what is theirs, and so that erased stays erased.

Accounts stand as plain numbers where the row must outlive them or may never change.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

#: The key of the only row of AuditHead.
HEAD = 1


class AuditEntry(models.Model):
    """Somebody did or read something: who, what kind, which object, about whom, when. Never what it said.

    `number` counts from 1 without gaps. `actor` None is a command of the operator's. `subject` is the account
    that the object tells of. `mac` is keyed over the row and the `mac` before it. The database refuses to
    change a row, or to delete one that no checkpoint covers (toolbox.access.append_only).
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True, db_index=True)
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    subject = models.BigIntegerField(null=True, db_index=True)
    mac = models.CharField(max_length=64)

    class Meta:
        db_table = "access_audit_entry"

    def __str__(self) -> str:
        return f"audit entry {self.number}"


class AuditHead(models.Model):
    """One row: the last number and `mac`, so that a missing last entry is found too. `seal` is keyed."""

    number = models.BigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "access_audit_head"

    def __str__(self) -> str:
        return f"audit entries to {self.number}"


class AuditCheckpoint(models.Model):
    """Entries up to and with `up_to` may be gone. `mac` is that entry's: the chain goes on from it."""

    up_to = models.BigIntegerField(primary_key=True)
    mac = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        db_table = "access_audit_checkpoint"

    def __str__(self) -> str:
        return f"audit entries to {self.up_to} are deleted"


class Consent(models.Model):
    """Somebody said yes, or no longer. Nothing is changed: the newest row of an account and purpose holds.

    `text_version` and `language` say which words the person read. `entry` is the audit entry of the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.BigIntegerField()
    purpose = models.CharField(max_length=40)
    given = models.BooleanField()
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    at = models.DateTimeField()
    entry = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)

    class Meta:
        db_table = "access_consent"
        indexes = [models.Index(fields=["account", "purpose"], name="access_consent_of")]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class SupportView(models.Model):
    """An operator saw what the account sees, until `ends_at`, and why. The person reads the reason too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="support_views"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    began_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "access_support_view"

    def __str__(self) -> str:
        return f"support view {self.pk}"


class ClosingNotice(models.Model):
    """The person has been told that an account nobody uses will be erased. Void when they have been here."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="closing_notice"
    )
    last_seen = models.DateField()
    told_on = models.DateField()

    class Meta:
        db_table = "access_closing_notice"

    def __str__(self) -> str:
        return f"told on {self.told_on}"


class LegalHold(models.Model):
    """A court or an authority needs what we have of the account: nothing of it is erased as long."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="legal_hold"
    )
    since = models.DateField()

    class Meta:
        db_table = "access_legal_hold"

    def __str__(self) -> str:
        return f"held since {self.since}"


class Erased(models.Model):
    """An account that is gone, as a keyed hash: it tells nobody who it was, and finds it in an old backup."""

    hash = models.CharField(primary_key=True, max_length=64)
    on = models.DateField()

    class Meta:
        db_table = "access_erased"

    def __str__(self) -> str:
        return f"erased on {self.on}"
