"""Answering again after half a year: when, which mapping came before, and a letter to those who asked."""

from __future__ import annotations

import logging
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from inclusion_rules.periods import add_months
from toolbox.guide.models import Remeasure, Reminder
from toolbox.mapping.models import Mapping
from toolbox.outbox.queue import NotAMessage, queue
from toolbox.outbox.seal import Unreadable, seal, unseal

log = logging.getLogger(__name__)

#: Months from the answers to the day it makes sense to answer again.
MONTHS = 6


def again_on(submitted_on: date) -> date:
    """The day to answer again."""
    return add_months(submitted_on, MONTHS)


def remember(mapping: Mapping, earlier: Mapping) -> None:
    """`mapping` is answered after `earlier`. Twice is as once."""
    Remeasure.objects.get_or_create(mapping=mapping, defaults={"earlier": earlier})


def earlier_of(mapping: Mapping) -> Mapping | None:
    """The mapping this one was answered after, while it is kept. One query."""
    found = Remeasure.objects.filter(mapping=mapping).select_related("earlier").first()
    return found.earlier if found else None


def reminder_of(mapping: Mapping) -> Reminder | None:
    return Reminder.objects.filter(mapping=mapping).first()


def ask(mapping: Mapping, address: str, *, language: str, due_on: date) -> None:
    """Keep an address until the letter is sent. Another address takes the place of the first."""
    Reminder.objects.update_or_create(
        mapping=mapping,
        defaults={"sealed": seal({"address": address}), "language": language, "due_on": due_on},
    )


def forget(mapping: Mapping) -> None:
    """No letter after all. Twice is as once."""
    Reminder.objects.filter(mapping=mapping).delete()


def due(on: date) -> QuerySet[Reminder]:
    """The letters whose day has come."""
    return Reminder.objects.filter(due_on__lte=on)


def send_due(on: date) -> int:
    """Queue what is due, each in a transaction of its own, and forget the address. Returns how many."""
    sent = 0
    for reminder in due(on).select_related("mapping"):
        with translation.override(reminder.language):
            link = settings.SITE_URL + reverse("mapping:resume")
        with transaction.atomic():
            try:
                queue(
                    "remeasure",
                    unseal(reminder.sealed)["address"],
                    language=reminder.language,
                    words={"link": link},
                    key=f"remeasure:{reminder.mapping.token_hash}:{reminder.due_on}",
                )
                sent += 1
            except (Unreadable, NotAMessage):
                # Sealed with another secret, or no address any more: nobody can use it, so nobody keeps it.
                log.warning("a reminder could not be sent, and is forgotten")
            reminder.delete()
    return sent
