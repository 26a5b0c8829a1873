"""The loop that sends, in a process of its own beside the web server."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from toolbox.outbox.queue import purge
from toolbox.outbox.sending import send_next

log = logging.getLogger(__name__)

#: Seconds between looks at an empty outbox: somebody may be waiting for a code.
PAUSE = 1.0
#: Seconds before a worker that fell is started again.
BEFORE_RESTART = 5.0
TIDY_EVERY = timedelta(hours=1)
#: Seconds the server waits for its worker when it stops. One that is still sending ends by itself afterwards.
PATIENCE = 3.0


def work(parent: int) -> None:
    """Send what falls due until asked to stop, or until `parent`, the process that started this one, is gone.

    A worker that stands alone has 0 for a parent.

    Whatever goes wrong is logged, and the loop goes on: the database may be back in a moment.
    """
    stopping = threading.Event()

    def stop(*_: object) -> None:
        stopping.set()

    # Asked to stop in the middle of a letter, it sends that letter first.
    signal.signal(signal.SIGTERM, stop)
    # Ctrl-C reaches every process at once; beside a server it is the server's to pass on.
    signal.signal(signal.SIGINT, signal.SIG_IGN if parent else stop)
    tidied = None
    while not stopping.is_set() and parent in (0, os.getppid()):
        close_old_connections()
        now = timezone.now()
        try:
            if tidied is None or abs(now - tidied) >= TIDY_EVERY:
                purge(now, delete=True)
                tidied = now
            if send_next(now):
                continue
        except Exception:
            log.exception("outbox: the worker goes on after an error")
            connection.close()
        stopping.wait(PAUSE)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker runs while the block does, and is started again when it falls."""
    stopping = threading.Event()
    children: list[subprocess.Popen[bytes]] = []
    command = [sys.executable, "-m", "toolbox.console", "outbox", "--work"]

    def keep() -> None:
        while not stopping.is_set():
            child = subprocess.Popen([*command, str(os.getpid())])
            children[:] = [child]
            child.wait()
            if not stopping.is_set():
                log.error("outbox: the worker ended with %s and is started again", child.returncode)
            stopping.wait(BEFORE_RESTART)

    threading.Thread(target=keep, name="outbox", daemon=True).start()
    try:
        yield
    finally:
        stopping.set()
        for child in children:
            child.terminate()
            try:
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                log.warning("outbox: the worker is still sending, and ends when it has an answer")
