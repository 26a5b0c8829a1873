"""One person for each role, to look at the site as. Only in a demonstration."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from toolbox.access.models import Account, StaffRole
from toolbox.access.organisation_models import Kind, Membership, Role
from toolbox.access.organisations import confirm, set_up
from toolbox.access.sessions import sign_out_everywhere
from toolbox.access.staff import give
from toolbox.ui.clock import now, today

#: How long a printed link waits to be used.
LINK_LIVES = 24 * 60 * 60
_SALT = "toolbox.access.demo"


_STAFF = (
    (StaffRole.EDITOR, "Randi Demo"),
    (StaffRole.PROGRAMME_OWNER, "Per Demo"),
    (StaffRole.OPERATOR, "Dag Demo"),
)
#: The numbers are right, and nobody's: those given out begin with 8 or 9.
_ORGANISATIONS = (
    (
        Kind.COMPANY,
        "310000019",
        "Demokafeen i Halden",
        (
            (Role.COMPANY_MEMBER, "Mette Demo"),
            (Role.MENTOR, "Bjørn Demo"),
            (Role.PARTICIPANT, "Amina Demo"),
        ),
    ),
    (Kind.NAV_OFFICE, "310000027", "Demokontoret", ((Role.ADVISER, "Tor Demo"),)),
    (Kind.PROVIDER, "310000035", "Demoarrangøren", ((Role.PROVIDER, "Lise Demo"),)),
)
_BECAUSE = "Laget av toolbox demo."


class NotADemonstration(Exception):
    """Links that let anybody in must not exist where people are. Set DEMONSTRATION to use them."""


def people() -> dict[str, Account]:
    """An account for each role, by the names of config/route_roles.py; made the first time."""
    refuse_in_production()
    found = {"signed_in": _account("signed-in", "Siri Demo")}
    for staff, name in _STAFF:
        found[staff.value] = _account(staff.value.replace("_", "-"), name)
        give(found[staff.value], staff, by=None)
    # Nobody approves a change of her own: a second editor does.
    found["second_editor"] = _account("second-editor", "Kari Demo")
    give(found["second_editor"], StaffRole.EDITOR, by=None)
    for kind, number, place, members in _ORGANISATIONS:
        first, *others = ((role, _account(role.replace("_", "-"), name)) for role, name in members)
        found |= dict([first, *others])
        organisation = set_up(
            first[1], kind=kind, number=number, found=None, name=place, key="demo", at=now(), on=today()
        )
        confirm(organisation, by=found["editor"], because=_BECAUSE, on=today(), at=now())
        for role, account in others:
            Membership.objects.get_or_create(
                organisation=organisation, account=account, defaults={"role": role, "since": now()}
            )
    return found


def link(account: Account) -> str:
    """An address that signs in as `account`, once, within a day."""
    refuse_in_production()
    token = signing.dumps([account.pk, account.session_seed], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('access:demo_link', args=[token])}"


def account_of(token: str) -> Account | None:
    """Whose link it is, while it is unused."""
    if not settings.DEMONSTRATION:
        return None
    try:
        pk, seed = signing.loads(token, salt=_SALT, max_age=LINK_LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Account.objects.filter(pk=pk, session_seed=seed).first()


@transaction.atomic
def use(token: str) -> Account | None:
    """Like account_of, and afterwards no more: the account's seed is renewed."""
    account = account_of(token)
    if account is None:
        return None
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.session_seed != account.session_seed:
        return None
    sign_out_everywhere(locked)
    return locked


def refuse_in_production() -> None:
    if not settings.DEMONSTRATION:
        raise NotADemonstration("toolbox demo makes ways in for anybody. It works only in a demonstration.")


def _account(name: str, shown: str) -> Account:
    found, _new = Account.objects.get_or_create(email=f"{name}@demo.example", defaults={"name": shown})
    return found
