"""Each message is sent once, or not at all, or somebody is told, whatever mail server and clock do."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.outbox.mail_server import hang_up
from tests.real_database import free_port
from toolbox.outbox import sending
from toolbox.outbox.message_types import TEXT_KEPT
from toolbox.outbox.models import Message, State
from toolbox.outbox.queue import ROW_KEPT, find, needs_somebody, purge, queue, send_again, troubles, withdraw
from toolbox.outbox.sending import CRASHED_AFTER, WAITS, send_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

LINK = "http://localhost:8000/samarbeid/"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def notice(key: str = "notice 1") -> Message:
    return queue("notice", "kari@example.org", language="nb", words={"link": LINK}, key=key)


def code(key: str = "code 1") -> Message:
    return queue("sign_in_code", "kari@example.org", language="nb", words={"code": "K3F9TR"}, key=key)


def state(key: str = "notice 1") -> tuple[str, str]:
    message = find(key)
    return message.state, message.reason


def now() -> datetime:
    return timezone.now()


def test_a_message_is_sent_once_and_then_forgets_its_words(server):
    notice()
    assert send_due(now()) == 1 and send_due(now()) == 0
    assert server.recipients == [["kari@example.org"]]
    message = find("notice 1")
    assert (message.state, message.words, message.tries) == (State.SENT, "", 1)


def test_a_message_that_is_not_committed_is_not_sent(server):
    with pytest.raises(RuntimeError), transaction.atomic():
        notice()
        raise RuntimeError
    assert send_due(now()) == 0 and server.visits == 0


def test_D05_the_request_never_speaks_to_the_mail_server(server):
    server.slowness = 60
    notice()
    assert server.visits == 0 and state() == (State.WAITING, "")


def test_D05_a_mail_server_that_is_down_for_a_day_gets_the_message_afterwards(server, settings):
    start, up = now(), settings.EMAIL_PORT
    notice()
    settings.EMAIL_PORT = free_port()
    for minutes in range(0, 24 * 60, 7):
        send_due(start + minutes * MINUTE)
    assert find("notice 1").tries == 6 and state() == (State.WAITING, "ConnectionRefusedError")
    (told,) = troubles(start + 24 * HOUR)
    assert told.startswith("the oldest message has waited")
    settings.EMAIL_PORT = up
    send_due(start + 48 * HOUR)
    assert len(server.letters) == 1 and state() == (State.SENT, "")


def test_D05_a_message_is_tried_with_growing_waits_for_three_days_and_then_parked(server, caplog):
    server.at_recipient = lambda connection: "451 try later"
    start = at = now()
    notice()
    for wait in WAITS:
        assert send_due(at) == 1 and state() == (State.WAITING, "451")
        assert send_due(at + wait - timedelta(seconds=1)) == 0
        at += wait
    assert WAITS[:5] == (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR)
    assert 71 * HOUR < at - start <= 72 * HOUR
    with caplog.at_level(logging.ERROR):
        assert send_due(at) == 1
    assert state() == (State.PARKED, "451") and send_due(at + 30 * HOUR) == 0
    assert "parked" in caplog.text and "kari@" not in caplog.text
    assert list(needs_somebody()) == [find("notice 1")]
    assert troubles(at) == ["1 messages need somebody; see toolbox outbox"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("421 closing", (State.WAITING, "421")),
        ("450 greylisted", (State.WAITING, "450")),
        ("550 no such mailbox kari@example.org", (State.PARKED, "550")),
    ],
)
def test_D05_a_temporary_no_is_tried_again_and_a_final_one_is_not(server, answer, expected):
    notice()
    server.at_recipient = lambda connection: answer
    send_due(now())
    assert state() == expected and not server.letters


def test_D05_a_no_to_the_letter_itself_counts_like_one_to_the_recipient(server):
    notice("first")
    server.at_letter = lambda connection: "452 full"
    send_due(now())
    notice("second")
    server.at_letter = lambda connection: "554 no"
    send_due(now())
    assert state("first") == (State.WAITING, "452") and state("second") == (State.PARKED, "554")


def test_D05_who_hangs_up_before_the_letter_has_not_taken_it(server):
    notice()
    server.at_recipient = hang_up
    send_due(now())
    assert state() == (State.WAITING, "SMTPServerDisconnected")


def test_D05_who_takes_the_letter_and_hangs_up_without_a_word_may_have_it(server, caplog):
    notice()
    server.at_letter = hang_up
    send_due(now())
    assert len(server.letters) == 1 and state() == (State.UNCERTAIN, "SMTPServerDisconnected")
    for hours in range(100):
        send_due(now() + hours * HOUR)
    assert len(server.letters) == 1, "never sent again by itself"
    assert "uncertain" in caplog.text and list(needs_somebody()) == [find("notice 1")]


def test_D05_a_slow_server_is_waited_for_and_one_that_is_too_slow_may_have_the_letter(server):
    notice("slow")
    server.slowness = 1
    send_due(now())
    assert state("slow") == (State.SENT, "")
    notice("too slow")
    server.slowness = 4
    send_due(now())
    assert state("too slow")[0] == State.UNCERTAIN


def test_somebody_who_has_looked_may_have_it_sent_again(server):
    notice()
    server.at_letter = hang_up
    send_due(now())
    server.at_letter = lambda connection: None
    pk = find("notice 1").pk
    assert send_again(pk) and not send_again(pk)
    send_due(now())
    assert state() == (State.SENT, "") and len(server.letters) == 2


def test_D05_a_code_and_an_invitation_are_not_sent_late(server):
    code()
    words = {"inviter": "Ola", "company": "Kafé Kne", "link": LINK, "date": "2. desember 2026"}
    queue("mentor_invitation", "per@example.org", language="nb", words=words, key="invitation")
    queued = find("code 1").queued_at
    Message.objects.update(queued_at=queued)
    with_time_left = queued + timedelta(days=7) - MINUTE
    Message.objects.filter(type="mentor_invitation").update(next_try=with_time_left + 2 * MINUTE)
    send_due(queued + 10 * MINUTE)
    send_due(with_time_left)
    assert state("code 1") == (State.WITHDRAWN, "too late") and state("invitation")[0] == State.WAITING
    send_due(with_time_left + 2 * MINUTE)
    assert state("invitation") == (State.WITHDRAWN, "too late") and not server.letters
    assert find("invitation").address == ""


def test_what_is_taken_back_while_it_is_tried_is_not_tried_again(server):
    notice()

    def take_back(_connection):
        thread = threading.Thread(target=lambda: (withdraw("notice 1"), connection.close()))
        thread.start()
        thread.join()
        return "451 try later"

    server.at_recipient = take_back
    send_due(now())
    assert state() == (State.WITHDRAWN, "taken back") and send_due(now() + 72 * HOUR) == 0


def test_D06_what_a_crashed_worker_held_is_uncertain_and_stays_so(server, caplog):
    notice()
    start = now()
    sending._claim(start)
    assert state()[0] == State.SENDING
    send_due(start + CRASHED_AFTER)
    assert state()[0] == State.SENDING, "a slow mail server is no crash"
    send_due(start + CRASHED_AFTER + MINUTE)
    assert state() == (State.UNCERTAIN, "interrupted") and "may or may not have been sent" in caplog.text
    send_due(start + 72 * HOUR)
    assert not server.letters


def test_two_workers_at_once_never_send_the_same_message(server):
    for number in range(24):
        notice(f"notice {number}")
    server.slowness = 0.02
    together = threading.Barrier(4)
    dealt_with = []

    def work() -> None:
        together.wait()
        dealt_with.append(send_due(now()))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(server.letters) == len({letter["Message-ID"] for letter in server.letters}) == 24
    assert sum(dealt_with) == 24 and len([n for n in dealt_with if n]) > 1
    assert set(Message.objects.values_list("state", "tries")) == {(State.SENT, 1)}


@pytest.mark.parametrize(
    "failed_at",
    [
        datetime(2027, 3, 28, 0, 59, 30, tzinfo=UTC),  # 01.59.30 in Oslo; the next minute is 03.00
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 02.30 in Oslo, for the first time
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 02.30 in Oslo, for the second
        datetime(2027, 10, 31, 0, 59, 30, tzinfo=UTC),
    ],
)
def test_D07_summer_time_neither_repeats_nor_skips_a_try(server, failed_at):
    notice()
    Message.objects.update(queued_at=failed_at - MINUTE)
    server.at_recipient = lambda connection: "451 try later"
    send_due(failed_at)
    server.at_recipient = lambda connection: None
    assert send_due(failed_at + timedelta(seconds=59)) == 0
    assert send_due(failed_at + timedelta(seconds=60)) == 1
    assert send_due(failed_at + 2 * HOUR) == 0 and len(server.letters) == 1


def test_D07_a_clock_set_back_delays_no_new_message_and_sends_no_old_one_again(server):
    notice("old")
    send_due(now())
    notice("new")
    assert send_due(now() - 2 * HOUR) == 1
    assert [state("old")[0], state("new")[0], len(server.letters)] == [State.SENT, State.SENT, 2]


def test_D07_a_clock_a_day_ahead_sends_what_is_still_of_use(server):
    notice()
    code()
    assert send_due(now() + timedelta(days=1)) == 2
    assert state()[0] == State.SENT and state("code 1") == (State.WITHDRAWN, "too late")


def test_P14_words_and_address_are_kept_seven_days_and_the_row_ninety(server):
    notice("sent")
    send_due(now())
    notice("waiting")
    start = now()
    Message.objects.update(queued_at=start)
    assert purge(start + TEXT_KEPT - timedelta(seconds=1), delete=True) == (0, 0)
    assert purge(start + TEXT_KEPT, delete=False) == (2, 0) and find("sent").address
    assert purge(start + TEXT_KEPT, delete=True) == (2, 0)
    assert purge(start + TEXT_KEPT, delete=True) == (0, 0), "twice is as once"
    assert set(Message.objects.values_list("words", "address")) == {("", "")}
    assert state("waiting") == (State.WITHDRAWN, "too late") and state("sent")[0] == State.SENT
    assert purge(start + ROW_KEPT, delete=True) == (0, 2) and not Message.objects.exists()


def test_words_sealed_with_another_secret_are_parked(server, settings):
    notice()
    settings.SECRET_KEY = "another"
    send_due(now())
    assert state() == (State.PARKED, "Unreadable")


def test_without_a_mail_server_a_message_is_a_file_whose_path_is_printed(settings, tmp_path, capsys):
    settings.EMAIL_HOST, settings.MAIL_FOLDER = "", tmp_path / "mail"
    notice()
    send_due(now())
    (written,) = settings.MAIL_FOLDER.iterdir()
    assert str(written) in capsys.readouterr().out and b"To: kari@example.org" in written.read_bytes()
    assert state()[0] == State.SENT
