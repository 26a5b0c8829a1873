"""A session from sign-in to sign-out: a new key whenever rights change, and limits to how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from toolbox.access import audit
from toolbox.access.models import Account, new_seed


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts when nothing is done, and whatever is done."""

    idle: timedelta
    whole: timedelta


#: On a machine that others may use. The cookie goes when the browser is closed, too.
SHARED = Limits(idle=timedelta(hours=1), whole=timedelta(hours=12))
#: Asked for by whoever signs in, for a machine of their own: nobody has to hurry (WCAG 2.2.1).
OWN = Limits(idle=timedelta(hours=24), whole=timedelta(days=7))
#: In the session: the organisations an identity provider says the person acts for (identity.Represented),
#: if it is one that is believed in that.
REPRESENTS = "represents"
#: What changes the ways into an account asks for a sign-in no older than this.
RECENT = timedelta(minutes=15)
#: No more is written to the database about when somebody was here.
NOTED_EVERY = timedelta(minutes=1)


class SignedIn(BaseBackend):
    """Finds the account of a session. It lets nobody in: that is sign_in, after a proof."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id).first()


def sign_in(request: HttpRequest, account: Account, *, way: str, now: datetime, own_machine: bool) -> None:
    """Begin a session for an account that has been proved. What the session held before is dropped.

    `way` is how it was proved, for the log: code, passkey, provider or demo. Never an address.
    """
    request.session.flush()
    login(request, account, backend="toolbox.access.sessions.SignedIn")
    request.session["signed_in_at"] = request.session["seen_at"] = now.isoformat()
    choose_machine(request, own=own_machine)
    _note(account, now)
    audit.record(f"sign_in.{way}", by=account, kind="account", object_id=account.pk, about=account.pk, at=now)


def choose_machine(request: HttpRequest, *, own: bool) -> None:
    """Whether this machine is one's own decides how long the session lasts."""
    request.session["own_machine"] = own
    request.session.set_expiry(OWN.whole if own else 0)


def sign_out(request: HttpRequest) -> None:
    """End this session, also in the database."""
    logout(request)


def sign_out_everywhere(account: Account) -> None:
    """End every session of the account, on every machine."""
    account.session_seed = new_seed()
    account.save(update_fields=["session_seed"])


def account_of(request: HttpRequest, now: datetime) -> Account | None:
    """Who is signed in, or None. The one way to ask: a session past its limits is ended here.

    Asks nothing of the database when the request brings no session.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, Account):
        return None
    kept = request.session
    began, seen = (
        datetime.fromisoformat(kept.setdefault(name, now.isoformat())) for name in ("signed_in_at", "seen_at")
    )
    limits = OWN if kept.get("own_machine") else SHARED
    if now - began > limits.whole or now - seen > limits.idle:
        sign_out(request)
        return None
    if now - seen > NOTED_EVERY:
        kept["seen_at"] = now.isoformat()
        _note(request.user, now)
    return request.user


def is_recent(request: HttpRequest, now: datetime) -> bool:
    """Whether the person has proved who they are just now."""
    return now - datetime.fromisoformat(request.session["signed_in_at"]) <= RECENT


def renew_when_roles_changed(request: HttpRequest, roles: frozenset[str]) -> None:
    """Give the session a new key when its account has gained or lost a role since the last request."""
    before, after = request.session.get("roles"), sorted(roles)
    if before == after:
        return
    if before is not None:
        request.session.cycle_key()
    request.session["roles"] = after


def _note(account: Account, now: datetime) -> None:
    day = timezone.localdate(now)
    if account.last_seen != day:
        Account.objects.filter(pk=account.pk).update(last_seen=day)
