"""People in organisations, for the tests that ask what they may do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from django.test import Client

from toolbox.access.models import Account
from toolbox.access.organisation_models import Kind, Membership, Organisation, Role, Way
from toolbox.outbox.models import Message
from toolbox.outbox.seal import unseal

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
_number = count()


def account(name: str) -> Account:
    found, _new = Account.objects.get_or_create(email=f"{name}@example.org", defaults={"name": name.title()})
    return found


def signed_in(person: Account) -> Client:
    client = Client()
    client.force_login(person)
    return client


def organisation(*, kind: Kind = Kind.COMPANY, confirmed: bool = False, name: str = "Kafeen") -> Organisation:
    known: dict[str, Any] = {"confirmed_on": NOON.date(), "confirmed_by_way": Way.EDITOR} if confirmed else {}
    return Organisation.objects.create(
        form_key=uuid4().hex,
        kind=kind,
        number=f"{910000000 + next(_number)}",
        name=name,
        created_at=NOON,
        **known,
    )


def member(
    where: Organisation, name: str, role: Role | None = None, *, administrator: bool = False
) -> Membership:
    return Membership.objects.create(
        organisation=where,
        account=account(name),
        role=role or where.main_role,
        administrator=administrator,
        since=NOON,
    )


def text(answer: Any) -> str:
    """What somebody reads on the page."""
    found = re.search("<main.*</main>", answer.content.decode(), re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]+>", " ", found[0]).replace("\u00a0", " ").split())


def link_to(address: str) -> str:
    """The path of the link in the newest letter to the address."""
    message = Message.objects.filter(address=address).exclude(words="").order_by("pk").last()
    assert message is not None, f"nothing was queued to {address}"
    return re.sub("^https?://[^/]+", "", unseal(message.words)["link"])
