"""What others ask about accounts."""

from __future__ import annotations

from toolbox.access.membership import counting
from toolbox.access.models import Account

NOBODY = frozenset[str]()


def roles_of(account: Account) -> frozenset[str]:
    """Every role the account has, by the names of config/route_roles.py; always signed_in."""
    of_staff = account.staff_roles.values_list("role", flat=True)
    return frozenset({"signed_in", *of_staff.union(counting(account).values_list("role", flat=True))})
