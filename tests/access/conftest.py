"""People who sign in, with a mailbox we can look into."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from toolbox.access.models import Account
from toolbox.outbox.models import Message
from toolbox.outbox.seal import unseal


def last_code(address: str) -> str:
    """The code of the newest message to the address, as the mail will say it."""
    message = Message.objects.filter(address=address, type="sign_in_code").order_by("pk").last()
    assert message is not None, f"no code was queued to {address}"
    return unseal(message.words)["code"]


def form_key(client: Client, path: str = "/logg-inn/") -> str:
    found = re.search(r'name="nokkel" value="([^"]+)"', client.get(path).content.decode())
    assert found, f"{path} has no form key"
    return found[1]


def ask_for_code(client: Client, address: str, place: str = "192.0.2.1", **more: str):  # type: ignore[no-untyped-def]
    data = {"epost": address, "nokkel": form_key(client), **more}
    return client.post("/logg-inn/", data, REMOTE_ADDR=place)


def write_code(client: Client, code: str, place: str = "192.0.2.1"):  # type: ignore[no-untyped-def]
    return client.post("/logg-inn/kode/", {"kode": code}, REMOTE_ADDR=place)


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """`signed_in("mette@firma.no")`: a browser whose owner has come in by a code."""

    def enter(address: str, **more: str) -> Client:
        client = Client()
        ask_for_code(client, address, **more)
        assert write_code(client, last_code(address)).status_code == 302
        assert Account.objects.filter(email=address).exists()
        return client

    return enter
