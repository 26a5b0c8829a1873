"""The identity provider of issuer.py behind a door that knows its client by a signed assertion alone.

So do Digdir's (private_key_jwt, RFC 7523 and OpenID Connect Core 9): no secret, neither in the body nor in a
header. The provider itself takes any client, and would not see what is wrong.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jwt
import requests

from tests.access.issuer import issuer

CLIENT, KEY_ID = "verktoykassen", "nokkel-1"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: Seconds; Digdir takes no longer.
LONGEST_LIFE = 120


class Door:
    """The assertions that were let in, and why others were not."""

    def __init__(self, public_key: Any) -> None:
        self.public_key = public_key
        self.taken: list[dict[str, Any]] = []
        self.refused: list[str] = []

    def let_in(self, asked: dict[str, str], authorization: str, at: str) -> bool:
        why = self._why_not(asked, authorization, at)
        if why:
            self.refused.append(why)
        return not why

    def _why_not(self, asked: dict[str, str], authorization: str, at: str) -> str:
        if authorization or "client_secret" in asked:
            return "two proofs of who the client is"
        if asked.get("client_assertion_type") != JWT_BEARER:
            return "no assertion"
        assertion = asked.get("client_assertion", "")
        try:
            if jwt.get_unverified_header(assertion).get("kid") != KEY_ID:
                return "the key is not named"
            said = jwt.decode(
                assertion,
                self.public_key,
                algorithms=["RS256"],
                audience=at,
                issuer=CLIENT,
                subject=CLIENT,
                options={"require": ["iss", "sub", "aud", "jti", "iat", "exp"]},
            )
        except jwt.PyJWTError as error:
            return type(error).__name__
        if said["exp"] - said["iat"] > LONGEST_LIFE or said["jti"] in [each["jti"] for each in self.taken]:
            return "it lives too long, or was used before"
        self.taken.append(said)
        return ""


@contextmanager
def key_only_issuer(public_key: Any) -> Iterator[tuple[str, Door]]:
    """Its address, and its door, while it runs."""
    door = Door(public_key)
    with issuer() as behind, ThreadingHTTPServer(("127.0.0.1", 0), _Passing) as server:
        server.door, server.behind = door, behind  # type: ignore[attr-defined]
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://localhost:{server.server_port}", door
        finally:
            server.shutdown()


class _Passing(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/oauth2/token":
            asked = dict(parse_qsl(body.decode()))
            if not self.server.door.let_in(asked, self.headers.get("Authorization", ""), self._here):
                self._answer(401, "application/json", b'{"error": "invalid_client"}')
                return
            asked = {name: said for name, said in asked.items() if not name.startswith("client_assertion")}
            body = urlencode(asked | {"client_secret": "whatever"}).encode()
        self._pass_on(body)

    @property
    def _here(self) -> str:
        return f"http://{self.headers['Host']}"

    def _pass_on(self, body: bytes) -> None:
        headers = {name: self.headers[name] for name in ("Host", "Content-Type") if name in self.headers}
        found = requests.request(
            self.command,
            self.server.behind + self.path,
            data=body,
            headers=headers,
            allow_redirects=False,
            timeout=10,
        )
        content = found.content
        if "openid-configuration" in self.path:
            # As Digdir's says, and with a second way in, which must not be tried as well.
            ways = ["private_key_jwt", "client_secret_basic"]
            content = json.dumps(found.json() | {"token_endpoint_auth_methods_supported": ways}).encode()
        self._answer(
            found.status_code, found.headers["Content-Type"], content, found.headers.get("Location", "")
        )

    def _answer(self, status: int, kind: str, content: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass
