"""A real mail server on this machine, which takes letters or behaves as badly as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.real_database import free_port


class MailServer:
    """What it has taken, and how it answers the next letters. `port` is where it listens."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.visits = 0
        #: What to do when a recipient is named, and when a letter is complete.
        self.at_recipient: Callable[[Any], str | None] = lambda connection: None
        self.at_letter: Callable[[Any], str | None] = lambda connection: None
        #: Seconds before it says whether it has taken a letter.
        self.slowness = 0.0

    # The names aiosmtpd calls.

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.visits += 1
        return responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.at_recipient(server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.slowness)
        answer = self.at_letter(server)
        if answer is None or answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
            self.recipients.append(list(envelope.rcpt_tos))
        return answer or "250 OK"

    @property
    def texts(self) -> list[str]:
        """The plain text of each letter taken."""
        return [letter.get_body(("plain",)).get_content() for letter in self.letters]  # type: ignore[union-attr]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def hang_up(connection: Any) -> None:
    """End the conversation without a word."""
    connection.transport.abort()
