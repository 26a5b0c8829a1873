"""What may happen to a change of a rate: proposed by one editor, approved by another, declined, undone."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from inclusion_rules.rates import NoRate, RateBook
from toolbox.access import audit
from toolbox.access.models import Account
from toolbox.publishing.models import ChangeState, RateChange, RateEvent, as_written
from toolbox.publishing.rate_book import approved, in_force
from toolbox.ui import content_revision


class OwnChange(Exception):
    """Somebody else must approve it."""


class AlreadyDecided(Exception):
    """The change is in another state by now: show it again."""


class StandsOnIt(Exception):
    """Later changes rest on this one: undo those first. `changes` are they."""

    def __init__(self, changes: tuple[RateChange, ...]) -> None:
        self.changes = changes
        super().__init__(f"undo these first: {', '.join(map(str, changes))}")


def propose(by: Account, *, form_key: str, **fields: Any) -> RateChange:
    """Keep a change for another editor to look at. The same `form_key` again gives the first one back.

    Raises Misfit where it does not fit the rates in force.
    """
    wanted = RateChange(form_key=form_key, proposed_by=by, **fields)
    in_force(approved()).book.with_value(wanted.new_value())
    with transaction.atomic():
        change, new = RateChange.objects.get_or_create(
            form_key=form_key, defaults={"proposed_by": by, **fields}
        )
        if new:
            _log(change, RateEvent.Act.PROPOSED, by, why=change.reason)
    return change


def approve(pk: int, by: Account) -> None:
    """Put the change in force, for everybody, when the transaction is committed.

    Raises OwnChange (and logs that it was tried), AlreadyDecided, or Misfit where others' changes have come
    between.
    """
    change = RateChange.objects.get(pk=pk)
    if change.proposed_by_id == by.pk:
        with transaction.atomic():
            _log(change, RateEvent.Act.REFUSED, by)
        raise OwnChange
    with transaction.atomic():
        change = _taken(pk, ChangeState.PROPOSED)
        before = in_force(approved()).book
        before.with_value(change.new_value())
        _decide(change, ChangeState.APPROVED)
        _log(change, RateEvent.Act.APPROVED, by, before=_on_the_day(before, change), after=change.value)


def decline(pk: int, by: Account, why: str) -> None:
    """Close a proposal: somebody else's, or one's own that was wrong. Raises AlreadyDecided."""
    with transaction.atomic():
        change = _taken(pk, ChangeState.PROPOSED)
        _decide(change, ChangeState.DECLINED)
        _log(change, RateEvent.Act.DECLINED, by, why=why)


def undo(pk: int, by: Account, why: str) -> None:
    """Take an approved change out of force: the rate is what it was without it.

    One editor is enough, because what comes back was in force before. Raises AlreadyDecided, StandsOnIt.
    """
    with transaction.atomic():
        change = _taken(pk, ChangeState.APPROVED)
        counted = approved()
        before = in_force(counted)
        after = in_force(other for other in counted if other.pk != pk)
        if homeless := tuple(other for other in after.misfits if other not in before.misfits):
            raise StandsOnIt(homeless)
        _decide(change, ChangeState.UNDONE)
        _log(
            change,
            RateEvent.Act.UNDONE,
            by,
            before=change.value,
            after=_on_the_day(after.book, change),
            why=why,
        )


def _taken(pk: int, state: ChangeState) -> RateChange:
    """The change, for this transaction alone: whoever changes content waits for the row of its revision."""
    content_revision.bump()
    change = RateChange.objects.get(pk=pk)
    if change.state != state:
        raise AlreadyDecided
    return change


def _decide(change: RateChange, state: ChangeState) -> None:
    change.state = state
    change.decided_at = timezone.now()
    change.save(update_fields=["state", "decided_at"])


def _on_the_day(book: RateBook, change: RateChange) -> str:
    """What the rate is on the first day of the change, as a file writes it; empty where it is unknown."""
    try:
        return as_written(book.rate(change.key, change.valid_from).value)
    except NoRate:
        return ""


def _log(
    change: RateChange, act: RateEvent.Act, by: Account, *, before: str = "", after: str = "", why: str = ""
) -> None:
    # Called last in a transaction: the chain of the audit log is one line of people who wait.
    event = RateEvent.objects.create(change=change, act=act, by=by, before=before, after=after, why=why)
    audit.record(f"rate.{act.value}", by=by, kind="rate change", object_id=change.pk, at=event.at)
