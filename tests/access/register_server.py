"""A register on this machine that answers as the real one does, or as badly as it is told to.

The answers have the shapes of Enhetsregisteret's version 2; the units are made up.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MAIN, SUB, DELETED, REMOVED, BANKRUPT, SMALL, UNKNOWN = (
    "910000004",
    "910000012",
    "910000020",
    "910000039",
    "910000047",
    "910000055",
    "910000063",
)


def unit(number: str, name: str, form: str = "AS", **more: Any) -> dict[str, Any]:
    return {"organisasjonsnummer": number, "navn": name, "organisasjonsform": {"kode": form}, **more}


UNITS: dict[str, tuple[int, dict[str, Any]]] = {
    f"enheter/{MAIN}": (
        200,
        unit(
            MAIN,
            "FJORDKAFEEN AS",
            antallAnsatte=14,
            harRegistrertAntallAnsatte=True,
            forretningsadresse={
                "kommune": "HALDEN",
                "kommunenummer": "3101",
                "adresse": ["Storgata 1", None],
            },
            epostadresse="canary-epost@example.org",
            telefon="99 99 99 99",
            konkurs=False,
            underAvvikling=False,
            underTvangsavviklingEllerTvangsopplosning=False,
        ),
    ),
    f"underenheter/{SUB}": (
        200,
        unit(
            SUB,
            "FJORDKAFEEN AVD MOSS",
            "BEDR",
            overordnetEnhet=MAIN,
            antallAnsatte=6,
            beliggenhetsadresse={"kommune": "MOSS"},
        ),
    ),
    f"enheter/{DELETED}": (200, unit(DELETED, "GAMLE KAFEEN AS", slettedato="2024-11-26")),
    f"underenheter/{REMOVED}": (410, {"organisasjonsnummer": REMOVED, "slettedato": "2025-05-24"}),
    f"enheter/{BANKRUPT}": (200, unit(BANKRUPT, "TOMME KASSER AS", konkurs=True)),
    f"enheter/{SMALL}": (200, unit(SMALL, "LITEN AS", harRegistrertAntallAnsatte=False)),
}


class Register:
    def __init__(self) -> None:
        self.asked: list[str] = []
        #: What to answer whatever is asked: a status and a body, or None for what the real one would.
        self.always: tuple[int, bytes] | None = None
        self.headers: dict[str, str] = {}
        self.slowness = 0.0


@contextmanager
def register_server() -> Iterator[tuple[str, Register]]:
    register = Register()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/")
            register.asked.append(path)
            time.sleep(register.slowness)
            status, body = register.always or self.answer(path)
            try:
                self.send_response(status)
                for name, value in register.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has stopped waiting

        def answer(self, path: str) -> tuple[int, bytes]:
            status, body = UNITS.get(path, (404, {}))
            return status, json.dumps(body).encode()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", register
    finally:
        server.shutdown()
        server.server_close()
