"""Pages behind the real server, as a share of an empty view with the same middleware in the same run.

A machine may be slow or busy; what two addresses of one server cost beside each other is steadier than a
count. Each address is asked in turn with the empty view, over connections that stay open, from this machine
alone and in a process of its own, for a time that is set beforehand.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.parse import urlsplit

from benchmarks import Figure

NEED = "kommune=3101&arbeid=kitchen&andel=60"
EMPTY = "/tom/"
#: Visitors ask different things (place, kind of work, size of position) and leave the wage as it is.
NEEDS = [
    f"kommune={place}&arbeid={work}&andel={share}"
    for place in ("3101", "3103", "3105", "3107", "3110", "3116", "3118", "0301")
    for work in ("kitchen", "cleaning", "shop")
    for share in (20, 30, 40, 50, 60, 75, 80, 100)
]
#: And some have a wage that nobody has written before.
WAGES = [f"{NEED}&lonn={kroner},{ore:02}" for kroner in range(180, 280) for ore in range(100)]
#: name → addresses asked in turn, and what share of the empty view's requests a second to reach, in percent.
PAGES: dict[str, tuple[list[str], int | None]] = {
    "kept content page": (["/start-her/jeg-har-fatt-sporsmal/"], 60),
    "calculator, its form": ([f"/regn-ut/?{need}" for need in NEEDS], 15),
    "calculator, its answer": ([f"/regn-ut/overslag/?{need}" for need in NEEDS], 15),
    "calculator, its answer to a new wage": ([f"/regn-ut/overslag/?{wage}" for wage in WAGES], None),
    "result": ([f"/start-her/resultat/?{need}" for need in NEEDS], 10),
    "result of a new wage": ([f"/start-her/resultat/?{wage}" for wage in WAGES], None),
}
#: The server answers on four threads: as many visitors keep it busy.
CONNECTIONS = 4
ROUNDS = 5
SECONDS = 1.0
MOST_MILLISECONDS_OFFERS = 1.5
MOST_MILLISECONDS_PDF = 30


def figures() -> Iterator[Figure]:
    yield _offers()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TEST_FOLDER"] = folder
        # The same server that the journeys visit.
        from tests.served_site import new_database, served

        database = new_database("pages", Path(folder))
        with served(database, Path(folder), settings="benchmarks._settings") as site:
            for name, (addresses, aim) in PAGES.items():
                for encoding in ("gzip", "identity"):
                    share, own, empty = _share(site.url, addresses, encoding)
                    sent = "compressed" if encoding == "gzip" else "as it is"
                    wanted = f"at least {aim}" if aim else ""
                    yield Figure(f"pages: {name}, {sent}, of an empty view", share, "percent", wanted)
                    yield Figure(f"pages: {name}, {sent}", own, "requests/s", f"empty view {empty:,.0f}")
            yield Figure(
                "pages: PDF, asked for and fetched",
                _milliseconds(site.url, f"/start-her/oversikt.pdf?{NEED}"),
                "ms",
                f"at most {MOST_MILLISECONDS_PDF}",
            )


def _offers() -> Figure:
    """One situation through all the rules, without the site."""
    from inclusion_rules.offers import offers
    from inclusion_rules.rates import shipped_rates
    from inclusion_rules.situation import Situation

    book = shipped_rates()
    asked = Situation(
        on=date(2026, 11, 24),
        municipality="3101",
        work="kitchen",
        position_percent=Decimal(60),
        monthly_wage=Decimal(19_500),
        start=date(2027, 2, 1),
    )
    took = median(_timed(lambda: offers(asked, rates=book)) for _ in range(300))
    return Figure("pages: one situation through offers", took, "ms", f"at most {MOST_MILLISECONDS_OFFERS}")


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _share(url: str, addresses: list[str], encoding: str) -> tuple[float, float, float]:
    """(percent of the empty view, requests a second, the empty view's): medians of rounds taken in turn."""
    _ask(url, addresses[:1], encoding, 0.3)  # the first requests read the templates
    rounds = [
        (
            _ask(url, addresses[turn::ROUNDS] or addresses, encoding, SECONDS),
            _ask(url, [EMPTY], encoding, SECONDS),
        )
        for turn in range(ROUNDS)
    ]
    return (
        median(100 * own / empty for own, empty in rounds),
        median(own for own, _ in rounds),
        median(empty for _, empty in rounds),
    )


def _ask(url: str, addresses: list[str], encoding: str, seconds: float) -> float:
    """Requests a second, counted by a client in a process of its own."""
    asked = {"url": url, "addresses": addresses, "encoding": encoding, "seconds": seconds}
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=seconds + 30,
        check=True,
    )
    return float(told.stdout)


def _milliseconds(url: str, address: str) -> float:
    connection = Connection(url, [address], "identity")
    connection.ask()
    return median(_timed(connection.ask) for _ in range(50))


class Connection:
    """A connection that stays open and asks for some addresses in turn, again and again."""

    def __init__(self, url: str, addresses: list[str], encoding: str) -> None:
        where = urlsplit(url)
        self._socket = socket.create_connection((where.hostname, where.port), timeout=10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ending = f"HTTP/1.1\r\nHost: {where.netloc}\r\nAccept-Encoding: {encoding}\r\n\r\n"
        self._requests = cycle([f"GET {address} {ending}".encode() for address in addresses])

    def ask(self) -> None:
        request = next(self._requests)
        self._socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{request.split()[1]!r} was answered with {head[:40]!r}")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        )
        missing = length - len(body)
        while missing > 0:
            missing -= len(self._more())

    def _more(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise RuntimeError("the server closed the connection")
        return chunk


def _client() -> None:
    """The other process: asks over a few connections until the time is up, and prints requests a second."""
    asked = json.loads(sys.stdin.read())
    counts: list[int] = []

    def visitor(place: int) -> None:
        # Each begins somewhere else, so that no two ask for the same at once.
        mine = asked["addresses"][place::CONNECTIONS] or asked["addresses"]
        connection = Connection(asked["url"], mine, asked["encoding"])
        count = 0
        while time.perf_counter() < until:
            connection.ask()
            count += 1
        counts.append(count)

    begun = time.perf_counter()
    until = begun + asked["seconds"]
    visitors = [Thread(target=visitor, args=[place]) for place in range(CONNECTIONS)]
    for thread in visitors:
        thread.start()
    for thread in visitors:
        thread.join()
    if len(counts) != CONNECTIONS:
        sys.exit("a visitor gave up: see above")
    print(sum(counts) / (time.perf_counter() - begun))


if __name__ == "__main__":
    _client()
