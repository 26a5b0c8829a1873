"""The whole site as its visitors meet it: `toolbox serve` in a process and on a database of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.real_database import TODAY, free_port

PROJECT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30


@dataclass(frozen=True, slots=True)
class Site:
    """A running site. `url` has no slash at its end."""

    url: str
    database_url: str
    log: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What its database holds, read past the site itself."""
        with self._connected() as connection:
            return list(connection.execute(query).fetchall())

    def let_a_minute_pass(self) -> None:
        """Forget how often each address has saved, as a minute's wait would."""
        with self._connected() as connection:
            connection.execute("DELETE FROM limits")
            connection.commit()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        if self.database_url.startswith("sqlite:"):
            connection: Any = sqlite3.connect(self.database_url.removeprefix("sqlite:///"), timeout=20)
        else:
            connection = psycopg.connect(self.database_url)
        try:
            yield connection
        finally:
            connection.close()

    def everything_stored(self) -> str:
        """Every row of every table as one text, to look for what must not be there."""
        return self._stored()

    def kept_by_a_visit(self) -> str:
        """As everything_stored, but for how often steps are taken: numbers, written when the clock says."""
        return self._stored(leave_out="ui_step_count")

    def _stored(self, *, leave_out: str = "") -> str:
        if self.database_url.startswith("sqlite:"):
            # SQLite's own tables hold no row of ours, only how many each of ours has had.
            tables = self.rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        else:
            tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = (name for (name,) in tables if name != leave_out)
        rows = ((name, row) for name in names for row in self.rows(f'SELECT * FROM "{name}"'))
        return "\n".join(f"{name} {row}" for name, row in rows)

    def fetch(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """(status, headers with lower-case names, body) of a GET without cookies."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, {k.lower(): v for k, v in answer.headers.items()}, answer.read()


def new_database(name: str, folder: Path, *, content: bool = True) -> str:
    """A database with all tables, and with content where it is asked for. Returns its address.

    A copy: the one it is copied from is made once in the run that TEST_FOLDER belongs to.
    """
    with _one_process_at_a_time():
        ready = _with_content() if content else _with_tables()
    return _copy(ready, name, folder)


def make_ready() -> None:
    """Make what databases are copied from, for whoever will ask."""
    with _one_process_at_a_time():
        _with_content()


def _copy(ready: str, name: str, folder: Path) -> str:
    if shared := os.environ.get("TEST_POSTGRESQL"):
        with psycopg.connect(shared, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{ready}"')
        return _beside(shared, name)
    copy = (folder / name).with_suffix(".sqlite3")
    shutil.copyfile(Path(os.environ["TEST_FOLDER"], ready).with_suffix(".sqlite3"), copy)
    return f"sqlite:///{copy}"


@contextmanager
def _one_process_at_a_time() -> Iterator[None]:
    with (Path(os.environ["TEST_FOLDER"]) / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _with_tables() -> str:
    """The name of what a database without content is copied from. The first that asks in a run makes it."""
    name, note = "tables", Path(os.environ["TEST_FOLDER"], "tables.made")
    if not note.exists():
        url = f"sqlite:///{note.with_suffix('.sqlite3')}"
        if shared := os.environ.get("TEST_POSTGRESQL"):
            with psycopg.connect(shared, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
            url = _beside(shared, name)
        _django("call_command('migrate', verbosity=0); call_command('createcachetable', verbosity=0)", url)
        note.touch()
    return name


def _with_content() -> str:
    """The same for one with content."""
    name, note = "content", Path(os.environ["TEST_FOLDER"], "content.made")
    if not note.exists():
        url = _copy(_with_tables(), name, note.parent)
        _django("from toolbox.console import main; main(['load-content'])", url)
        note.touch()
    return name


def _django(code: str, url: str) -> None:
    start = "import django; django.setup()\nfrom django.core.management import call_command\n"
    _run([sys.executable, "-c", start + code], _environment(url, TODAY))


def _beside(shared: str, name: str) -> str:
    return shared.rpartition("/")[0] + f"/{name}"


@contextmanager
def served(
    database_url: str,
    folder: Path,
    *,
    today: str = TODAY,
    settings: str = "config.settings",
    workers: int = 1,
) -> Iterator[Site]:
    """The site on a free port, its clock held on `today`, until the block is left."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / f"site-{port}.log"
    environment = _environment(database_url, today) | {
        "DJANGO_SETTINGS_MODULE": settings,
        "PORT": str(port),
        "SITE_URL": url,
        "MAIL_FOLDER": str(folder / "mail"),
    }
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "toolbox.console", "serve", "--workers", str(workers)],
            env=environment,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(url, server, log)
        yield Site(url, database_url, log)
    finally:
        # The whole session: granian's workers must not outlive their parent.
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(timeout=10)


def _environment(database_url: str, today: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url,
        "TOOLBOX_TODAY": today,
    }


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The site did not become ready on {url}:\n{log.read_text(errors='replace')}")


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Setting up the site's database failed:\n{done.stdout}{done.stderr}")
