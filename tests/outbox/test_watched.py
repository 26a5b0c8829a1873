"""Whoever watches the site hears of mail that does not get out, and the pages go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from toolbox.console import main
from toolbox.outbox.models import Message, State
from toolbox.outbox.queue import LONG_WAIT, queue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def notice(key: str = "n", **changes: object) -> Message:
    words = {"link": "http://localhost:8000/samarbeid/"}
    message = queue("notice", "kari@example.org", language="nb", words=words, key=key)
    Message.objects.filter(pk=message.pk).update(**{"state": State.WAITING} | changes)
    return message


def test_ready_tells_of_mail_that_waits_or_needs_somebody_and_is_ready_all_the_same(client):
    notice("just queued")
    assert client.get("/readyz").content == b"ready"
    notice("waiting", queued_at=timezone.now() - LONG_WAIT - timedelta(minutes=1))
    notice("parked", state=State.PARKED)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.content.decode().splitlines() == [
        "ready",
        "outbox: 1 messages need somebody; see toolbox outbox",
        f"outbox: the oldest message has waited {LONG_WAIT // timedelta(minutes=1) + 1} minutes",
    ]


def test_the_command_lists_what_needs_somebody_without_addresses(capsys):
    assert main(["outbox"]) == 0 and capsys.readouterr().out == ""
    stuck = notice(state=State.UNCERTAIN, reason="interrupted")
    assert main(["outbox"]) == 1
    told = capsys.readouterr().out
    assert "uncertain: 1" in told and f"message {stuck.pk} (notice): uncertain" in told
    assert "kari" not in told


def test_the_command_sends_now_and_again_what_somebody_has_looked_at(server, capsys):
    stuck = notice(state=State.UNCERTAIN)
    assert main(["outbox", "--send"]) == 1 and not server.letters
    assert main(["outbox", "--send-again", str(stuck.pk)]) == 0
    assert main(["outbox", "--send"]) == 0 and len(server.letters) == 1
    assert main(["outbox", "--send-again", str(stuck.pk)]) == 2
    assert "does not need anybody" in capsys.readouterr().err


def test_P14_purge_tells_of_messages_first_and_forgets_them_when_told(capsys):
    notice(queued_at=timezone.now() - timedelta(days=8))
    main(["purge"])
    assert "texts and addresses of messages: 1 expired" in capsys.readouterr().out
    assert Message.objects.get().address
    main(["purge", "--delete"])
    assert not Message.objects.get().address
