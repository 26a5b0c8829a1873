"""Who is staff: the roles that somebody gives and takes away."""

from __future__ import annotations

from toolbox.access.addresses import one_form
from toolbox.access.models import Account, StaffMember, StaffRole


def give(account: Account, role: StaffRole, *, by: Account | None) -> bool:
    """False when it has the role already. The sessions of the account get new keys at their next request."""
    return StaffMember.objects.get_or_create(account=account, role=role, defaults={"given_by": by})[1]


def take_away(account: Account, role: StaffRole) -> bool:
    """False when the account does not have the role."""
    return account.staff_roles.filter(role=role).delete()[0] > 0


def make_operator(address: str) -> bool:
    """The account of the address, made if need be, becomes an operator. Raises addresses.NotAnAddress."""
    account, _new = Account.objects.get_or_create(email=one_form(address))
    return give(account, StaffRole.OPERATOR, by=None)
