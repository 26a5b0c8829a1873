from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.outbox.mail_server import MailServer, mail_server
from toolbox.ui.texts import compile_all


@pytest.fixture(autouse=True, scope="session")
def _texts_compiled() -> None:
    compile_all()


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A mail server that the outbox is set up to use, and that answers within two seconds or not at all."""
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 2
        yield running
