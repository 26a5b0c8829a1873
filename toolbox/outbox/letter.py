"""The letter itself: headers, plain text, and the same as simple HTML. No pictures, styles or tracking."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from inclusion_rules.reviewed_file import read_yaml
from toolbox.outbox.message_types import FOLDER, message_types
from toolbox.outbox.models import Message
from toolbox.outbox.opt_out import token_for
from toolbox.outbox.seal import unseal

#: Pure ASCII: not every server on the way takes more.
_POLICY = SMTP.clone(cte_type="7bit")
#: A header that is folded in the middle of an address is written as encoded words, which no mail program
#: reads as an address. The longest line that SMTP carries leaves room for all of ours.
_UNFOLDED = _POLICY.clone(max_line_length=998)
_LINK = "{link}"


@cache
def _frame() -> dict[str, Any]:
    frame: dict[str, Any] = read_yaml(FOLDER / "frame.yaml")
    return frame


def write_letter(message: Message) -> bytes:
    """The letter of a message that is being sent, as it goes out. Words are filled in as text, never as code.

    Raises toolbox.outbox.seal.Unreadable when the words were sealed with another secret, and ValueError when
    a header would hold a line break.
    """
    kind, words, language = message_types()[message.type], unseal(message.words), message.language
    # Laid out before anything is filled in: no word can make a paragraph or a link of its own.
    paragraphs = [
        [words["link"] if line == _LINK else line.format_map(words) for line in paragraph.splitlines()]
        for paragraph in kind.text[language].split("\n\n")
    ]
    links = {words["link"]} if "link" in words else set()
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = Address(_frame()["sender"], addr_spec=settings.EMAIL_FROM)
    letter["To"] = Address(addr_spec=message.address)
    if settings.OPERATOR["email"]:
        letter["Reply-To"] = settings.OPERATOR["email"]
    letter["Subject"] = kind.subject[language]
    letter["Message-ID"] = f"<{message.pk}.{message.key[:16]}@{settings.EMAIL_FROM.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    if message.tried_at:
        letter["Date"] = format_datetime(message.tried_at)
    if kind.opt_out:
        with translation.override(language):
            stop = settings.SITE_URL + reverse("outbox:opt_out", args=[token_for(message)])
        letter["List-Unsubscribe"] = f"<{stop}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        links.add(stop)
        paragraphs.append([f"{_frame()['stop'][language]}:", stop])
    paragraphs.append([_frame()["sender"], settings.OPERATOR["name"] or settings.SITE_URL])
    plain = "\n\n".join("\n".join(paragraph) for paragraph in paragraphs) + "\n"
    letter.set_content(plain, cte="quoted-printable")
    html = render_to_string(
        "outbox/letter.html",
        {"language": language, "subject": kind.subject[language], "paragraphs": paragraphs, "links": links},
    )
    letter.add_alternative(html, subtype="html", cte="quoted-printable")
    letter["Content-Language"] = language  # last: a part that is added takes such headers with it
    return letter.as_bytes(policy=_UNFOLDED)
