"""Who wants no messages of a type. A link in the message says so, without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing

from toolbox.outbox.message_types import MessageType, message_types
from toolbox.outbox.models import Message, OptOut

_signer = signing.Signer(salt="toolbox.outbox.opt_out")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the link of one message lets its recipient choose."""

    recipient: str
    kind: MessageType

    @property
    def stopped(self) -> bool:
        return OptOut.objects.filter(recipient=self.recipient, type=self.kind.name).exists()

    def stop(self) -> None:
        """No more messages of this type, those that wait already included. Twice is as once."""
        OptOut.objects.get_or_create(recipient=self.recipient, type=self.kind.name)

    def start(self) -> None:
        OptOut.objects.filter(recipient=self.recipient, type=self.kind.name).delete()


def token_for(message: Message) -> str:
    """A signed number: it says nothing about the recipient, and nobody can make another's."""
    return _signer.sign(str(message.pk))


def choice_of(token: str) -> Choice | None:
    """What the link is about; None when it is not ours, may not be stopped, or the message is long gone."""
    try:
        message = Message.objects.filter(pk=int(_signer.unsign(token))).first()
    except signing.BadSignature:
        return None
    kind = message_types().get(message.type) if message else None
    return Choice(message.recipient, kind) if message and kind and kind.opt_out else None
