"""The worker beside the web server: sends, is started again when it falls, and ends with the server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.outbox.mail_server import MailServer
from tests.served_site import PROJECT
from toolbox.outbox import worker
from toolbox.outbox.models import Message, State
from toolbox.outbox.queue import find, queue
from toolbox.outbox.sending import CRASHED_AFTER, send_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

WORKER = "outbox\0--work"


@pytest.fixture
def surroundings(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process started from here meets the tests' own database and mail server."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{at['NAME']}"
    else:
        url = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("EMAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("EMAIL_PORT", str(server.port))
    monkeypatch.setattr(worker, "BEFORE_RESTART", 0.1)


def notice(key: str) -> Message:
    words = {"link": "http://localhost:8000/samarbeid/"}
    return queue("notice", "kari@example.org", language="nb", words=words, key=key)


def children(pid: int) -> list[int]:
    """Workers that a process has started and that live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(re.sub(r".*\) ", "", path.read_text(), flags=re.DOTALL).split()[1])
            if parent == pid and WORKER in (path.parent / "cmdline").read_text():
                found.append(int(path.parent.name))
        except (OSError, ValueError):
            continue
    return found


def lives(pid: int) -> bool:
    return WORKER in _read(Path(f"/proc/{pid}/cmdline"))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def wait_until(true: Callable[[], object], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def test_D06_a_worker_killed_between_the_servers_yes_and_the_mark_leaves_one_copy(server, surroundings):
    notice("killed")
    process = None

    def kill(_connection) -> str:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return "250 OK"

    server.at_letter = kill
    process = subprocess.Popen(
        [sys.executable, "-m", "toolbox.console", "outbox", "--send"], cwd=PROJECT, start_new_session=True
    )
    wait_until(lambda: process.poll() is not None)
    assert process.returncode == -signal.SIGKILL and len(server.letters) == 1
    assert find("killed").state == State.SENDING
    later = timezone.now() + 2 * CRASHED_AFTER
    send_due(later)
    send_due(later + 100 * CRASHED_AFTER)
    assert find("killed").state == State.UNCERTAIN and len(server.letters) == 1


def test_a_worker_that_falls_is_started_again_and_ends_with_the_block(server, surroundings):
    with worker.worker_beside():
        notice("first")
        wait_until(lambda: len(server.letters) == 1)
        (first,) = children(os.getpid())
        os.kill(first, signal.SIGKILL)
        notice("second")
        wait_until(lambda: len(server.letters) == 2)
        (second,) = children(os.getpid())
        assert first != second
    wait_until(lambda: not lives(second), seconds=5)


def test_a_worker_asked_to_stop_in_the_middle_of_a_letter_sends_that_letter(server, surroundings):
    server.slowness = 1.5
    with worker.worker_beside():
        notice("in hand")
        wait_until(lambda: find("in hand").state == State.SENDING)
    wait_until(lambda: find("in hand").state == State.SENT, seconds=10)


def test_a_server_that_is_killed_takes_its_worker_with_it(server, surroundings):
    code = (
        "import django; django.setup()\n"
        "import time; from toolbox.outbox.worker import worker_beside\n"
        "with worker_beside(): time.sleep(60)"
    )
    web = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, start_new_session=True)
    wait_until(lambda: children(web.pid))
    notice("proof that it works")
    wait_until(lambda: server.letters)
    (child,) = children(web.pid)
    web.kill()
    web.wait()
    wait_until(lambda: not lives(child), seconds=10)
