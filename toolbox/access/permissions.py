"""Who may do what with which organisation. Somebody else's is not found, like one that does not exist."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from toolbox.access.models import Account
from toolbox.access.organisation_models import Invitation, Membership, Organisation, Role


def signed_in(request: HttpRequest) -> Account:
    """The account of a request that config/route_guard.py has let in."""
    account: Account = request.account  # type: ignore[attr-defined]
    return account


def roles(request: HttpRequest) -> frozenset[str]:
    """What that account may do, by the names of config/route_roles.py."""
    found: frozenset[str] = request.roles  # type: ignore[attr-defined]
    return found


def membership_of(account: Account, organisation: uuid.UUID) -> Membership:
    """The account's membership in the organisation. Anybody else finds nothing."""
    return _found(_mine(account, organisation))


def administrator_of(account: Account, organisation: uuid.UUID) -> Membership:
    """The same for those who look after the members. Other members find nothing either."""
    return _found(_mine(account, organisation).filter(administrator=True))


def fellow_member(membership: Membership, other: uuid.UUID) -> Membership:
    """Somebody whose membership the holder of `membership` may change or end: an administrator's fellows."""
    return _found(
        Membership.objects.filter(pk=other, organisation=membership.organisation_id).select_related(
            "account", "organisation"
        )
    )


def own_or_fellow(account: Account, organisation: uuid.UUID, other: uuid.UUID) -> Membership:
    """A membership the account may end: its own, or anybody's where it is an administrator."""
    mine = membership_of(account, organisation)
    if mine.pk != other and not mine.administrator:
        raise Http404
    return fellow_member(mine, other)


def visible_members(membership: Membership) -> QuerySet[Membership]:
    """Those a member may see. Who is a participant, only administrators and the participant see."""
    fellows = membership.organisation.memberships.select_related("account").order_by(
        "-administrator", "since"
    )
    if membership.administrator:
        return fellows
    return fellows.filter(~Q(role=Role.PARTICIPANT) | Q(pk=membership.pk))


def may_invite(organisation: Organisation, role: Role) -> bool:
    """Nobody is invited to what is closing, and no participant by somebody who may not be who they say."""
    return organisation.is_active and (role != Role.PARTICIPANT or organisation.is_confirmed)


def invitation_to(membership: Membership, invitation: uuid.UUID) -> Invitation:
    found = membership.organisation.invitations.filter(pk=invitation).first()
    if found is None:
        raise Http404
    return found


def may_confirm(account: Account, organisation: Organisation) -> bool:
    """An editor does not confirm what is her own, nor take it back."""
    return not account.memberships.filter(organisation=organisation).exists()


def _mine(account: Account, organisation: uuid.UUID) -> QuerySet[Membership]:
    return account.memberships.filter(organisation=organisation).select_related("organisation")


def _found(memberships: QuerySet[Membership]) -> Membership:
    found = memberships.first()
    if found is None:
        raise Http404
    return found
