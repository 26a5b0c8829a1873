"""Who is staff: the roles that somebody gives and takes away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toolbox.access import audit
from toolbox.access.addresses import one_form
from toolbox.access.models import Account, StaffMember, StaffRole


def give(account: Account, role: StaffRole, *, by: Account | None) -> bool:
    """False when it has the role already. The sessions of the account get new keys at their next request."""
    with transaction.atomic():
        given, new = StaffMember.objects.get_or_create(account=account, role=role, defaults={"given_by": by})
        if new:
            audit.record(
                "staff.given", by=by, kind="staff role", object_id=role, about=account.pk, at=given.given_at
            )
    return new


def take_away(account: Account, role: StaffRole, *, by: Account | None, at: datetime) -> bool:
    """False when the account does not have the role. `by` is None for the operator's own command."""
    with transaction.atomic():
        gone = account.staff_roles.filter(role=role).delete()[0] > 0
        if gone:
            audit.record("staff.taken", by=by, kind="staff role", object_id=role, about=account.pk, at=at)
    return gone


def give_by_address(address: str, role: str) -> bool:
    """The account of the address, made if need be, gets the role. Raises addresses.NotAnAddress."""
    account, _new = Account.objects.get_or_create(email=one_form(address))
    return give(account, StaffRole(role), by=None)


def take_away_by_address(address: str, role: str, *, at: datetime) -> bool:
    """False when no account of this address has the role. Raises addresses.NotAnAddress."""
    account = Account.objects.filter(email=one_form(address)).first()
    return account is not None and take_away(account, StaffRole(role), by=None, at=at)
