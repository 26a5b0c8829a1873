"""Editors at their desk, with the rates as the running site reads them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.publishing.conftest import approved_rates, kari, ola, propose  # noqa: F401
from toolbox.access.models import Account


@pytest.fixture
def at_desk() -> Callable[[Account], Client]:
    """A browser with a session of the account."""

    def enter(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return enter
