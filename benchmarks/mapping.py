"""Answers to the mapping: each stored and its next page shown, by sixty companies at once on PostgreSQL.

One round is what a visitor waits for at a question: the post that keeps the answer, and the page it leads
to. Beside it, over the same connections and in the same run, an empty view with the same middleware. At the
end the database must hold every answer once.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

from benchmarks import Figure

USERS = 60
SECONDS = 8.0
EMPTY = "/tom/"
#: Page → what is answered there; the last leads to the answers read back, and then all begins anew.
WAY = {
    "folk": {"N1": "2"},
    "bedriften": {"B3": "3107", "B1": "C", "B2": "20-49"},
    "realistisk": {"A1": "4"},
    "sannsynlig": {"A6": "3"},
    "erfaring": {"E1": "mentor"},
    "usikkerhet": {"R2": "2"},
    "hverdagen": {name: "3" for name in ("K1b", "K2a", "K3a", "K4a", "K5a")},
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TEST_FOLDER"] = folder
        from tests.real_database import PrivatePostgresql
        from tests.served_site import new_database, served

        server = PrivatePostgresql()
        os.environ["TEST_POSTGRESQL"] = server.url
        # Sixty companies are not one place: the limit for one must not stop them.
        os.environ["TRUSTED_PROXIES"] = "1"
        try:
            database = new_database("mapping", Path(folder))
            # One process a core, as docs/operations.md tells an operator to run it.
            workers = os.cpu_count() or 1
            with served(database, Path(folder), settings="benchmarks._settings", workers=workers) as site:
                empty, _ = _told(site.url, "empty")
                rounds, expected = _told(site.url, "answer")
                stored = site.rows("SELECT count(*) FROM mapping_answered")[0][0]
        finally:
            server.stop()
            del os.environ["TEST_POSTGRESQL"], os.environ["TRUSTED_PROXIES"]
    yield Figure("mapping: stored and next page shown, 60 users", rounds, "answers/s", "at least 120")
    yield Figure(
        "mapping: of an empty view", 100 * rounds / empty, "percent", f"at least 10, of {empty:,.0f}/s"
    )
    yield Figure("mapping: answers lost or doubled", abs(expected - stored), "rows", f"0, of {expected:,.0f}")


def _told(url: str, what: str) -> tuple[float, int]:
    """(rounds a second, rows that must be stored), counted by a client in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.mapping", url, what],
        capture_output=True,
        text=True,
        timeout=SECONDS + 120,
        check=True,
    )
    found = json.loads(told.stdout)
    return found["rounds"], found["rows"]


class Company:
    """One visitor with a connection that stays open. `rows` is how many answers it has sent."""

    def __init__(self, url: str, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"X-Forwarded-For": address}
        self.rows = 0
        self._begin()

    def answer(self) -> None:
        """Post the page that is open, and fetch the one it leads to. A company that is done begins anew."""
        page = self._at.rstrip("/").rpartition("/")[2]
        if page == "svar":
            self._begin()
            page = "folk"
        self._send(self._at, WAY[page])
        self.rows += len(WAY[page])

    def empty(self) -> None:
        self._get(EMPTY)

    def _begin(self) -> None:
        self._page = self._get("/kartlegg/")
        self._send("/kartlegg/", {"form": "short"})

    def _send(self, address: str, fields: dict[str, str]) -> None:
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self._page))
        body = urlencode({**hidden, **fields})
        self._connection.request("POST", address, body, FORM | self._headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"{address} was answered with {answer.status}")
        self._at = answer.headers["Location"]
        self._page = self._get(self._at)

    def _get(self, address: str) -> str:
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{address} was answered with {answer.status}")
        if given := answer.headers.get("Set-Cookie"):
            self._headers["Cookie"] = given.partition(";")[0]
        return body


def _client(url: str, what: str) -> None:
    """The other process: USERS companies at once until the time is up; prints what they did."""
    counts: list[int] = []

    def visitor(act: Callable[[], None]) -> None:
        count = 0
        while time.perf_counter() < until:
            act()
            count += 1
        counts.append(count)

    companies = [Company(url, f"192.0.2.{number}") for number in range(USERS)]
    begun = time.perf_counter()
    until = begun + SECONDS
    threads = [Thread(target=visitor, args=[getattr(company, what)]) for company in companies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) != USERS:
        sys.exit("a visitor gave up: see above")
    took = time.perf_counter() - begun
    print(json.dumps({"rounds": sum(counts) / took, "rows": sum(company.rows for company in companies)}))


if __name__ == "__main__":
    _client(*sys.argv[1:])
