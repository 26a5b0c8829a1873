"""Support sees what somebody sees, to help: to read only, for a reason, for a while, and not in secret."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta

from django.db import transaction

from toolbox.access import audit
from toolbox.access.models import Account
from toolbox.access.trail_models import SupportView

OPEN_FOR = timedelta(minutes=30)
#: Characters of a reason.
LONGEST_REASON = 300


def begin(by: Account, account: Account, *, reason: str, key: str, at: datetime) -> SupportView:
    """Open a view of `account` for OPEN_FOR. `reason` is text that has been checked; the person reads it.

    The same form again opens no other.
    """
    form = hashlib.sha256(f"{by.pk}:{account.pk}:{key}".encode()).hexdigest()
    with transaction.atomic():
        view, new = SupportView.objects.get_or_create(
            form_key=form,
            defaults={
                "account": account,
                "by": by,
                "reason": reason,
                "began_at": at,
                "ends_at": at + OPEN_FOR,
            },
        )
        if new:
            audit.record(
                "support.began", by=by, kind="support view", object_id=view.pk, about=account.pk, at=at
            )
    return view


def read(by: Account, pk: uuid.UUID, at: datetime) -> SupportView | None:
    """The view, when `by` has opened it and it is still open. Each reading is logged."""
    with transaction.atomic():
        view = SupportView.objects.filter(pk=pk, by=by, ends_at__gt=at).select_related("account").first()
        if view:
            audit.record(
                "support.read", by=by, kind="support view", object_id=pk, about=view.account_id, at=at
            )
    return view
