"""Send what is due, once each: marked before the mail server hears of it, tried again when that is safe."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from toolbox.outbox.delivery import NotNow, NotSent, Refused, Uncertain, deliver
from toolbox.outbox.letter import write_letter
from toolbox.outbox.message_types import message_types
from toolbox.outbox.models import Message, OptOut, State
from toolbox.outbox.seal import Unreadable

log = logging.getLogger(__name__)

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
#: How long to wait after each failed try. Together just under 72 hours; then the message is parked.
WAITS = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 6 * _HOUR, 15 * _HOUR, 24 * _HOUR, 24 * _HOUR)
#: Nobody is still talking to the mail server after this: whoever sent has crashed.
CRASHED_AFTER = timedelta(minutes=15)


def send_due(now: datetime) -> int:
    """Send everything that is due at `now`. Returns how many messages were dealt with."""
    count = 0
    while send_next(now):
        count += 1
    return count


def send_next(now: datetime) -> bool:
    """Send one message, new ones before those tried before. False when none is due.

    May not be called inside a transaction: the mark must be committed before the mail server is spoken to.
    Several workers at once share the messages between them.
    """
    _find_crashed(now)
    message = _claim(now)
    if message is None:
        return False
    if message.state == State.SENDING:
        _send(message, now)
    return True


def due(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(Q(next_try=None) | Q(next_try__lte=now), state=State.WAITING)


def _claim(now: datetime) -> Message | None:
    """The next message, marked as being sent, or as withdrawn when it is too late or not wanted."""
    # Looked for first without a lock: on SQLite every transaction shuts other writers out.
    if not due(now).exists():
        return None
    with transaction.atomic(durable=True):
        message = (
            due(now)
            .select_for_update(skip_locked=True)
            .order_by(F("next_try").asc(nulls_first=True), "pk")
            .first()
        )
        if message is None:
            return None
        reason = _why_not(message, now)
        if reason:
            message.state, message.reason, message.words, message.address = State.WITHDRAWN, reason, "", ""
        else:
            message.state, message.tries, message.tried_at = State.SENDING, message.tries + 1, now
        message.save()
    return message


def _why_not(message: Message, now: datetime) -> str:
    kind = message_types()[message.type]
    if now >= message.queued_at + kind.useful_for:
        return "too late"
    if kind.opt_out and OptOut.objects.filter(recipient=message.recipient, type=kind.name).exists():
        return "stopped by the recipient"
    return ""


def _send(message: Message, now: datetime) -> None:
    name = f"{now:%Y%m%dT%H%M%S}-{message.pk}.eml"
    try:
        deliver(write_letter(message), message.address, name)
    except NotNow as error:
        if message.tries <= len(WAITS):
            _mark(message, State.WAITING, str(error), next_try=now + WAITS[message.tries - 1])
        else:
            _alarm(message, State.PARKED, error)
    except (Refused, Unreadable) as error:
        _alarm(message, State.PARKED, error)
    except Uncertain as error:
        _alarm(message, State.UNCERTAIN, error)
    else:
        # Nobody needs the words any more, and they may open something.
        _mark(message, State.SENT, "", words="")


def _alarm(message: Message, state: State, error: NotSent | Unreadable) -> None:
    reason = str(error) or type(error).__name__
    log.error(
        "outbox: message %s (%s) is %s after try %s: %s",
        message.pk,
        message.type,
        state.value,
        message.tries,
        reason,
    )
    _mark(message, state, reason)


def _mark(message: Message, state: State, reason: str, **changes: object) -> None:
    # One that was held for crashed, and was only slow, is told how it went; one taken back stays so.
    Message.objects.filter(
        pk=message.pk, tries=message.tries, state__in=(State.SENDING, State.UNCERTAIN)
    ).update(state=state, reason=reason, **changes)


def _find_crashed(now: datetime) -> None:
    crashed = Message.objects.filter(state=State.SENDING, tried_at__lt=now - CRASHED_AFTER)
    if crashed.exists():
        count = crashed.update(state=State.UNCERTAIN, reason="interrupted")
        log.error("outbox: %s messages may or may not have been sent when their worker stopped", count)
