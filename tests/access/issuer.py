"""A real identity provider on this machine, and people who have an identity there."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from django.http import HttpResponse
from django.test import Client

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its libraries are about to rename a module
    from oidc_provider_mock import User, run_server_in_thread

#: What must come through nowhere. The pid is synthetic, and right for a national id.
PID = "15839010009"
CANARY = "Kari-Canary-7F"
SUBJECT = "subject-canary-5c1d"

#: By subject: what the provider says besides `sub`.
PEOPLE: dict[str, dict[str, Any]] = {
    SUBJECT: {
        "pid": PID,
        "name": CANARY,
        "acr": "substantial",
        "authorization_details": [
            {
                "type": "ansattporten:altinn:service",
                "resource": "urn:altinn:resource:2480:40",
                "reportees": [{"Rights": ["Read"], "ID": "0192:987464291", "Name": "Testbakeriet AS"}],
            }
        ],
    },
    "with-address": {"pid": PID, "email": "Mette@Firma.no", "email_verified": True},
    "unproved-address": {"pid": PID, "email": "mette@firma.no", "email_verified": False},
}


@contextmanager
def issuer() -> Iterator[str]:
    """Its address, while it runs. It refuses a question without a nonce, as Ansattporten does."""
    people = [User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def entry(at: str, **more: Any) -> dict[str, Any]:
    """The provider as settings.OIDC_PROVIDERS has it."""
    return {
        "id": "ansattporten",
        "name": "Ansattporten",
        "issuer": at,
        "client_id": "verktoykassen",
        "secret": "hemmelig",
        "scope": "openid email",
        "organisations": True,
        **more,
    }


def start(client: Client, neste: str = "") -> str:
    """Press «Logg inn med Ansattporten»; the address the browser is led to."""
    answer = client.post("/logg-inn/med/ansattporten/", {"neste": neste})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def answer_there(question: str, subject: str) -> str:
    """Say who one is at the provider; the path here that the browser is led back to."""
    back = requests.post(question, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert back.status_code == 302, back.text
    parts = urlsplit(back.headers["Location"])
    return f"{parts.path}?{parts.query}"


def come_in(client: Client, subject: str, neste: str = "") -> HttpResponse:
    answer: HttpResponse = client.get(answer_there(start(client, neste), subject))
    return answer
