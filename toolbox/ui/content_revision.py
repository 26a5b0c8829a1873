"""Which state the database's own content is in: part of every kept page's key.

Pages such as the front page show a contact from the directory. Whoever changes such content calls `bump`.
"""

from __future__ import annotations

import logging
import secrets
from time import monotonic

from django.db import DatabaseError, models, transaction

log = logging.getLogger(__name__)

#: Other processes see a change after this long. Asking for each kept page would cost more than the page.
SECONDS_BETWEEN_READS = 5

#: The key of the only row.
ROW = 1

#: The last one read here, and when. That of a database that does not answer is the last one known.
_known: dict[int, tuple[str, float]] = {}


class ContentRevision(models.Model):
    """One row, with a new random value after each change: a change that is rolled back leaves no number that
    the next would use again.
    """

    value = models.CharField(max_length=16)

    class Meta:
        db_table = "ui_content_revision"

    def __str__(self) -> str:
        return self.value


def current() -> str:
    """The revision, at most SECONDS_BETWEEN_READS old; empty before the first change."""
    value, read = _known.get(ROW, ("", 0.0))
    if read and monotonic() - read < SECONDS_BETWEEN_READS:
        return value
    try:
        value = ContentRevision.objects.filter(pk=ROW).values_list("value", flat=True).first() or ""
    except DatabaseError:
        # Pages that are kept already can be given to people though the database is down.
        log.exception("the content's revision could not be read")
    _known[ROW] = (value, monotonic())
    return value


def bump() -> None:
    """The content has changed: no page kept before is given out again."""
    ContentRevision.objects.update_or_create(pk=ROW, defaults={"value": secrets.token_hex(8)})
    forget()
    # Once more when others can see the change: one of them may have read the old revision in between.
    transaction.on_commit(forget)


def forget() -> None:
    """Read it anew the next time."""
    _known.clear()
