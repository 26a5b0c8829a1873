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
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

from benchmarks import Figure

USERS = 60
#: How long each turn lasts, and how many each of the two has.
SECONDS, TURNS = 2.0, 5
EMPTY = "/tom/"
#: Mappings each company has begun before the clock starts: what is measured is answering.
BEGUN = 10
#: Page → what is answered there; the last leads to the answers read back, and another mapping follows.
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
                told = _told(site.url)
                stored = site.rows("SELECT count(*) FROM mapping_answered")[0][0]
        finally:
            server.stop()
            del os.environ["TEST_POSTGRESQL"], os.environ["TRUSTED_PROXIES"]
    rounds, empty = told["answer"], told["empty"]
    yield Figure("mapping: stored and next page shown, 60 users", rounds, "answers/s", "at least 120")
    yield Figure(
        "mapping: of an empty view", 100 * rounds / empty, "percent", f"at least 10, of {empty:,.0f}/s"
    )
    lost = abs(told["rows"] - stored)
    yield Figure("mapping: answers lost or doubled", lost, "rows", f"0, of {told['rows']:,.0f}")


def _told(url: str) -> dict[str, float]:
    """What a client in a process of its own counts: `answer` and `empty` a second, `rows` to be stored."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.mapping", url],
        capture_output=True,
        text=True,
        timeout=10 * TURNS * SECONDS + 120,
        check=True,
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


class Company:
    """One visitor with a connection that stays open. `rows` is how many answers it has sent."""

    def __init__(self, url: str, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"X-Forwarded-For": address}
        self.rows = 0
        self._begun = [self._begin() for _ in range(BEGUN)]
        self._at, self._page = self._begun.pop()

    def answer(self) -> None:
        """Post the page that is open, and fetch the one it leads to. Who is done takes another mapping."""
        page = self._at.rstrip("/").rpartition("/")[2]
        self._send(self._at, WAY[page])
        self.rows += len(WAY[page])
        if self._at.endswith("/svar/"):
            self._at, self._page = self._begun.pop() if self._begun else self._begin()

    def empty(self) -> None:
        self._get(EMPTY)

    def _begin(self) -> tuple[str, str]:
        """The address and the text of the first page of a new mapping."""
        self._page = self._get("/kartlegg/")
        self._send("/kartlegg/", {"form": "short"})
        return self._at, self._page

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


def _client(url: str) -> None:
    """The other process: the two by turns, so that a machine that grows slower is as slow for both."""
    companies = [Company(url, f"192.0.2.{number}") for number in range(USERS)]
    counts, took = Counter[str](), Counter[str]()
    for what in ("empty", "answer") * TURNS:
        begun = time.perf_counter()
        counts[what] += _all_at_once([getattr(company, what) for company in companies])
        took[what] += time.perf_counter() - begun
    told = {what: counts[what] / took[what] for what in counts}
    print(json.dumps(told | {"rows": sum(company.rows for company in companies)}))


def _all_at_once(acts: list[Callable[[], None]]) -> int:
    """How often the acts were done, each by a visitor of its own, in SECONDS."""
    counts: list[int] = []
    until = time.perf_counter() + SECONDS

    def visitor(act: Callable[[], None]) -> None:
        count = 0
        while time.perf_counter() < until:
            act()
            count += 1
        counts.append(count)

    threads = [Thread(target=visitor, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) != len(acts):
        sys.exit("a visitor gave up: see above")
    return sum(counts)


if __name__ == "__main__":
    _client(*sys.argv[1:])
