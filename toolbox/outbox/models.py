"""Messages on their way out, and who has said no to which type."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    WAITING = "waiting"  # to be sent, or sent again, at next_try
    SENDING = "sending"  # marked and committed before the mail server is spoken to
    SENT = "sent"  # the mail server has taken it
    UNCERTAIN = "uncertain"  # we cannot know whether the server took it; never sent again by itself
    PARKED = "parked"  # given up; somebody must look
    WITHDRAWN = "withdrawn"  # not to be sent: taken back, too late, or the recipient has said no


def recipient_hash(address: str) -> str:
    """What is left of an address when it is dropped. Whoever guesses the address can check the guess."""
    return hashlib.sha256(address.lower().encode()).hexdigest()


class Message(models.Model):
    """One message to one recipient.

    `key` is the SHA-256 of what the caller says makes it the same message. `words` are sealed
    (toolbox.outbox.seal): a link or a code that opens something cannot be read from the database. They are
    emptied when the message is sent, and with `address` seven days after `queued_at` whatever happened.
    `reason` is a code of ours or of the mail server, never its words: those tend to repeat the address.
    Instants are UTC, from the real clock: TOOLBOX_TODAY moves the day of the law, not the mail.
    """

    key = models.CharField(max_length=64, unique=True)
    type = models.CharField(max_length=40)
    address = models.CharField(max_length=254)
    recipient = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    words = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    #: None: as soon as possible. So a clock set back cannot hold up a message that was never tried.
    next_try = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)
    queued_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        db_table = "outbox_message"
        indexes = [models.Index(fields=["state", "next_try"], name="outbox_due")]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.type}): {self.state}"


class OptOut(models.Model):
    """This recipient wants no messages of this type. Holds no address."""

    recipient = models.CharField(max_length=64)
    type = models.CharField(max_length=40)

    class Meta:
        db_table = "outbox_opt_out"
        constraints = [models.UniqueConstraint(fields=["recipient", "type"], name="outbox_one_opt_out")]

    def __str__(self) -> str:
        return f"no {self.type}"
