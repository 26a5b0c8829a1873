"""Errors that readers report: kept, answered, and the answer sent to those who asked for it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from toolbox.access.models import Account
from toolbox.outbox.queue import queue
from toolbox.publishing.models import ErrorReport

#: How long an answer can be read, and how long a report without one is kept.
ANSWER_KEPT = timedelta(days=90)
REPORT_KEPT = timedelta(days=365)


class AlreadyAnswered(Exception):
    """Somebody else has answered it: show their answer."""


def receive(form_key: str, *, page: str, text: str, email: str, language: str, on: date) -> ErrorReport:
    """Keep a report. The same form sent twice is one report."""
    return ErrorReport.objects.get_or_create(
        form_key=_hash(form_key),
        defaults={"page": page, "text": text, "email": email, "language": language, "reported_on": on},
    )[0]


def waiting() -> QuerySet[ErrorReport]:
    """What nobody has answered, oldest first."""
    return ErrorReport.objects.filter(answered_on=None).order_by("reported_on", "pk")


def give_answer(pk: int, by: Account, text: str, on: date) -> None:
    """Answer a report. Whoever asked for it gets a link by e-mail; then their address is forgotten here.

    Raises AlreadyAnswered.
    """
    token = secrets.token_hex(24)
    with transaction.atomic():
        report = ErrorReport.objects.select_for_update().get(pk=pk)
        if report.answered_on is not None:
            raise AlreadyAnswered
        if report.email:
            with override(report.language):
                link = settings.SITE_URL + reverse("publishing:answer", args=[token])
            queue(
                "report_answered",
                report.email,
                language=report.language,
                words={"link": link},
                key=f"report_answered:{report.form_key}",
            )
            report.answer_hash = _hash(token)
        report.email = ""
        report.answer, report.answered_by, report.answered_on = text, by, on
        report.save()


def find_answer(token: str, on: date) -> ErrorReport | None:
    """The report that the secret address of an answer belongs to, while it can be read."""
    return ErrorReport.objects.filter(answer_hash=_hash(token), answered_on__gte=on - ANSWER_KEPT).first()


def expired(on: date) -> QuerySet[ErrorReport]:
    """What may be deleted: answers nobody can read any more, and reports nobody has answered in a year."""
    return ErrorReport.objects.filter(
        Q(answered_on__lt=on - ANSWER_KEPT) | Q(answered_on=None, reported_on__lt=on - REPORT_KEPT)
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
