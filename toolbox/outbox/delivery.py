"""Hand one letter over to the mail server, and know how it went; or, in a demonstration, to a file."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings


class NotSent(Exception):
    """The letter was not handed over. The text is a code of ours or of the mail server, never its words."""


class NotNow(NotSent):
    """Certainly not taken, and may be later."""


class Refused(NotSent):
    """The server will have nothing of this letter."""


class Uncertain(NotSent):
    """The letter is out of our hands, and nobody has said that it is in others'."""


def deliver(letter: bytes, address: str, name: str) -> None:
    """Hand the letter over. It has left when this returns.

    Without EMAIL_HOST it becomes the file `name` in MAIL_FOLDER, whose path is printed. Raises NotNow,
    Refused or Uncertain.
    """
    if settings.EMAIL_HOST:
        _to_server(letter, address)
    else:
        settings.MAIL_FOLDER.mkdir(parents=True, exist_ok=True)
        path = settings.MAIL_FOLDER / name
        path.write_bytes(letter)
        print(f"E-post: {path}", flush=True)


def _to_server(letter: bytes, address: str) -> None:
    # Until the last full stop is sent, a silence means no. We say each line ourselves to know where we are.
    try:
        server = _connect()
    except smtplib.SMTPResponseException as error:
        raise NotNow(str(error.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(type(error).__name__) from None
    try:
        try:
            code, _ = server.mail(settings.EMAIL_FROM)
            if code != 250:
                raise NotNow(str(code))  # what is wrong with our own address somebody will put right
            _check(server.rcpt(address)[0], 250, 251)
            _check(server.docmd("DATA")[0], 354)
            # A line that is only a full stop would end the letter.
            server.send(re.sub(rb"(?m)^\.", b"..", letter) + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            raise NotNow(type(error).__name__) from None
        try:
            code, _ = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Uncertain(type(error).__name__) from None
        _check(code, 250)
        with suppress(OSError, smtplib.SMTPException):
            server.putcmd("QUIT")  # and no wait for the answer: the letter has left
    finally:
        server.close()


def _check(code: int, *wanted: int) -> None:
    if code not in wanted:
        raise (Refused if code >= 500 else NotNow)(str(code))


def _connect() -> smtplib.SMTP:
    host, port, timeout = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
    # The name we give ourselves is the site's: asking the network for one may take longer than the letter.
    us = urlsplit(settings.SITE_URL).hostname
    if settings.EMAIL_SECURITY == "tls":
        trusted = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, us, timeout=timeout, context=trusted)
    else:
        server = smtplib.SMTP(host, port, us, timeout=timeout)
    try:
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_SECURITY == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server
