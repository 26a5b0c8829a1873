"""Which database the tests run on, decided before Django reads its settings (-p in pyproject.toml).

SQLite in a file of its own, or, with TEST_DATABASE=postgresql, a private PostgreSQL server that lives as long
as the run: own data, own port, reached on this machine only. Never the database of the work tree.
"""

from __future__ import annotations

import gc
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

#: The day the tests live in: rates of 2026 are known, a start in February 2027 rests on assumptions.
TODAY = "2026-11-24"

#: What this run started, and therefore takes away. Workers start nothing: they inherit the addresses.
FOLDER = pytest.StashKey[Path]()
SERVER = pytest.StashKey["PrivatePostgresql"]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    # Reading the tests makes a million objects that all stay: to look for rubbish among them takes a third of
    # the time.
    gc.disable()
    if "TEST_FOLDER" not in os.environ:
        early_config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="toolbox-test-"))
        os.environ["TEST_FOLDER"] = str(early_config.stash[FOLDER])
    wanted = os.environ.get("TEST_DATABASE", "sqlite")
    if wanted == "postgresql":
        if "TEST_POSTGRESQL" not in os.environ:
            early_config.stash[SERVER] = PrivatePostgresql()
            os.environ["TEST_POSTGRESQL"] = early_config.stash[SERVER].url
        os.environ["DATABASE_URL"] = os.environ["TEST_POSTGRESQL"]
    elif wanted == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{temporary_folder() / 'unit.sqlite3'}"
    else:
        raise pytest.UsageError(f"TEST_DATABASE is {wanted!r}. Set it to sqlite or postgresql.")
    # What a developer has in .env must not decide what a test sees.
    os.environ.update(TOOLBOX_TODAY=TODAY, DEMONSTRATION="true", DEBUG="false", COMPANY_REGISTER="false")
    # Playwright runs its own event loop in this thread, and Django would refuse every query after that.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(SERVER, None):
        server.stop()
    if folder := config.stash.get(FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _tables_that_only_grow_are_emptied_too() -> Iterator[None]:
    """After a test that commits, its database is emptied. That alone may touch what else nobody may."""
    from django.core.management.commands import flush
    from django.db.backends.base.operations import BaseDatabaseOperations

    from toolbox.access import append_only

    emptied = BaseDatabaseOperations.execute_sql_flush

    def without_triggers(operations: Any, statements: list[str]) -> None:
        append_only.remove(operations.connection)
        emptied(operations, statements)
        append_only.install(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", without_triggers)
        # Nobody needs the permissions of Django's own admin back, and they take longer than the emptying.
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@cache
def temporary_folder() -> Path:
    """A folder of this process, gone when the run is over."""
    return Path(tempfile.mkdtemp(dir=os.environ["TEST_FOLDER"]))


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class PrivatePostgresql:
    """A PostgreSQL server of our own, without durability: what it holds is worth nothing afterwards."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="toolbox-test-postgresql-"))
        self._as_owner: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            try:
                owner = pwd.getpwnam("postgres")
            except KeyError:
                raise pytest.UsageError(
                    "PostgreSQL refuses to run as root, and there is no user postgres. "
                    "On Debian the package postgresql makes one."
                ) from None
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as_owner = ["runuser", "-u", "postgres", "--"]
        data, port = self._folder / "data", free_port()
        encoding = ("-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", *encoding, "--no-sync")
        options = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run("pg_ctl", "-D", data, "-w", "-l", self._folder / "log", "-o", options, "start")
        self._data = data
        self.url = f"postgres://postgres@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        # To a file, not a pipe: the server would inherit the pipe and hold it open for ever.
        with (self._folder / f"{program}.out").open("wb") as out:
            done = subprocess.run(
                [*self._as_owner, str(self._programs / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
            )
        if done.returncode:
            said = "\n".join(
                path.read_text(errors="replace")
                for path in (self._folder / f"{program}.out", self._folder / "log")
                if path.exists()
            )
            raise pytest.UsageError(f"{program} failed with {done.returncode}:\n{said}")


def _programs() -> Path:
    """Where initdb and pg_ctl are. Debian keeps them out of PATH; the newest version wins."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    in_path = shutil.which("initdb")
    if in_path:
        return Path(in_path).resolve().parent
    raise pytest.UsageError(
        "TEST_DATABASE=postgresql needs PostgreSQL's own programs, and initdb was not found in "
        "/usr/lib/postgresql/*/bin or in PATH. On Debian: apt-get install --no-install-recommends postgresql"
    )
