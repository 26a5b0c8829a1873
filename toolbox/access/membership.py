"""Who belongs to an organisation, as what, and how that changes. Somebody always looks after the members."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from toolbox.access import invitations
from toolbox.access.models import Account
from toolbox.access.organisation_models import Kind, Membership, Organisation, Role

#: What anybody can become by setting up an organisation and saying that it is a Nav office or a provider.
_ONLY_IF_CONFIRMED = (Role.ADVISER, Role.PROVIDER)


class LastAdministrator(ValueError):
    """Nobody would be left to look after the members. Make somebody else an administrator first."""


class Place(NamedTuple):
    """What somebody can be in an organisation."""

    role: Role
    administrator: bool


def places(organisation: Organisation) -> dict[str, Place]:
    """What a member can be made, by what the forms call it. Nobody is made a participant."""
    found = {
        "styrer": Place(organisation.main_role, True),
        "medlem": Place(organisation.main_role, False),
    }
    if organisation.kind == Kind.COMPANY:
        found["mentor"] = Place(Role.MENTOR, False)
    return found


def counting(account: Account) -> QuerySet[Membership]:
    """The memberships that give a role: as adviser or provider only in an organisation that is confirmed."""
    return account.memberships.filter(
        ~Q(role__in=_ONLY_IF_CONFIRMED) | Q(organisation__confirmed_on__isnull=False)
    )


def change(membership: Membership, place: Place) -> None:
    """Give somebody another place. Raises LastAdministrator."""
    with transaction.atomic():
        _lock(membership.organisation)
        if not place.administrator:
            _somebody_else_looks_after(membership)
            invitations.withdraw_those_by(membership)
        Membership.objects.filter(pk=membership.pk).exclude(role=Role.PARTICIPANT).update(
            role=place.role, administrator=place.administrator
        )


def successors(membership: Membership) -> QuerySet[Membership]:
    """Those who can take over from an administrator who leaves."""
    organisation = membership.organisation
    return (
        organisation.memberships.filter(role=organisation.main_role)
        .exclude(pk=membership.pk)
        .select_related("account")
        .order_by("since")
    )


def is_alone(membership: Membership) -> bool:
    return not membership.organisation.memberships.exclude(pk=membership.pk).exists()


def is_last_administrator(membership: Membership) -> bool:
    others = membership.organisation.memberships.filter(administrator=True).exclude(pk=membership.pk)
    return membership.administrator and not others.exists()


def end(membership: Membership, successor: Membership | None = None) -> None:
    """Somebody leaves or is taken out. With the last member the organisation goes too.

    `successor`, one of successors(), becomes an administrator. Raises LastAdministrator when nobody would be.
    Ending twice changes nothing.
    """
    organisation = membership.organisation
    with transaction.atomic():
        _lock(organisation)
        if is_alone(membership):
            organisation.delete()
            return
        if successor is not None:
            successors(membership).filter(pk=successor.pk).update(administrator=True)
        _somebody_else_looks_after(membership)
        invitations.withdraw_those_by(membership)
        Membership.objects.filter(pk=membership.pk).delete()


def _lock(organisation: Organisation) -> None:
    # Two administrators who leave at once must not each think that the other stays.
    Organisation.objects.select_for_update().filter(pk=organisation.pk).first()


def _somebody_else_looks_after(membership: Membership) -> None:
    # Read again under the lock: what the page was drawn from may be old.
    now = Membership.objects.filter(pk=membership.pk).select_related("organisation").first()
    if now is not None and is_last_administrator(now):
        raise LastAdministrator
