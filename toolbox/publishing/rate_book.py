"""The rates in force: the files, and on top of them what editors have changed and approved."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from inclusion_rules.rates import Misfit, RateBook, shipped_rates
from toolbox.publishing.models import ChangeState, RateChange
from toolbox.ui import content_revision

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InForce:
    """`misfits` are approved changes that the files have no room for any more, after an update of them."""

    book: RateBook
    misfits: tuple[RateChange, ...]


def current() -> RateBook:
    """The book of this moment, put together once for each state the content is in."""
    return _of(content_revision.current())


@lru_cache(maxsize=2)
def _of(revision: str) -> RateBook:
    # Without a revision nothing has ever been changed, or the database does not answer.
    return in_force(approved()).book if revision else shipped_rates()


def approved() -> list[RateChange]:
    """What counts, in the order it was approved in."""
    return list(RateChange.objects.filter(state=ChangeState.APPROVED).order_by("decided_at", "pk"))


def in_force(changes: Iterable[RateChange]) -> InForce:
    """The files with `changes` on top. One that does not fit is left out: the site must not stop for it."""
    book, misfits = shipped_rates(), []
    for change in changes:
        try:
            book = book.with_value(change.new_value())
        except (Misfit, KeyError) as error:
            log.warning("the approved change %s is left out: %s", change.pk, error)
            misfits.append(change)
    return InForce(book, tuple(misfits))
