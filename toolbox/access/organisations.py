"""Set up an organisation, renew what the register says of it, and confirm that it is who it says it is."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from toolbox.access import audit
from toolbox.access.models import Account
from toolbox.access.org_number import spaced
from toolbox.access.organisation_models import Kind, Membership, Organisation, Way
from toolbox.access.register import Answer, Removed, Unit, Unknown

log = logging.getLogger(__name__)

#: An accountant may act for hundreds, and knows the number of the one in question.
OFFERED = 5


_NOT_CONFIRMED = {
    "confirmed_on": None,
    "confirmed_by_way": "",
    "confirmed_by": None,
    "confirmed_because": "",
}


class AlreadyConfirmed(ValueError):
    """Another organisation here is confirmed with the same number. Find out which one is right."""


def set_up(
    account: Account,
    *,
    kind: Kind,
    number: str,
    found: Unit | None,
    name: str,
    key: str,
    at: datetime,
    on: date,
) -> Organisation:
    """An organisation with `account` as its first administrator. The same form again gives the same one.

    `found` is what the register says; with None the organisation is called `name`. It is not confirmed:
    anybody can know a number.
    """
    # The account is part of the key: nobody can get at another's organisation by sending her form.
    form = hashlib.sha256(f"{account.pk}:{key}:{kind}:{number}".encode()).hexdigest()
    with transaction.atomic():
        organisation, new = Organisation.objects.get_or_create(
            form_key=form,
            defaults={"kind": kind, "number": number, "created_at": at}
            | (_registered(found, on) if found else {"name": name}),
        )
        if new:
            Membership.objects.create(
                organisation=organisation,
                account=account,
                role=organisation.main_role,
                administrator=True,
                since=at,
            )
            _note("set_up", organisation, by=account, at=at)
    return organisation


def renew(organisation: Organisation, answer: Answer, on: date) -> bool:
    """Write down what the register says now. False, and nothing written, when it did not answer.

    Of a unit that the register has removed for legal reasons, only the number stays.
    """
    if isinstance(answer, Unit):
        known = _registered(answer, on)
    elif isinstance(answer, Removed):
        nothing = {"parent": "", "place": "", "head_count": None, "closing": False}
        known = {**nothing, "name": spaced(organisation.number), "ended_on": on, "registered_on": on}
    elif isinstance(answer, Unknown):
        known = {"ended_on": on, "registered_on": on}
    else:
        return False
    Organisation.objects.filter(pk=organisation.pk).update(**known)
    return True


def unconfirmed() -> QuerySet[Organisation]:
    """Those an editor may look at, the oldest first."""
    return Organisation.objects.filter(confirmed_on=None).order_by("created_at", "pk")


def confirmed(number: str) -> QuerySet[Organisation]:
    """Those that are confirmed, the newest first; with a number, the one that has it."""
    found = Organisation.objects.exclude(confirmed_on=None).order_by("-confirmed_on", "pk")
    return found.filter(number=number) if number else found


def confirm(organisation: Organisation, *, by: Account, because: str, on: date, at: datetime) -> None:
    """An editor has made sure. Doing it twice keeps the first.

    Raises AlreadyConfirmed when the number is taken.
    """
    _confirm(organisation, Way.EDITOR, by=by, because=because, on=on, at=at)


def confirm_by_sign_in(account: Account, numbers: Collection[str], on: date, at: datetime) -> None:
    """Ansattporten says that `account` may act for these numbers: confirm what it administers of them.

    Where somebody has taken a confirmation of the number back, only an editor confirms again.
    """
    doubted = Organisation.objects.filter(number__in=numbers).exclude(withdrawn_on=None)
    mine = Organisation.objects.filter(
        memberships__account=account, memberships__administrator=True, number__in=numbers, confirmed_on=None
    ).exclude(number__in=doubted.values("number"))
    for organisation in mine:
        try:
            _confirm(organisation, Way.ANSATTPORTEN, by=account, because="", on=on, at=at)
        except AlreadyConfirmed:
            # Sign-in must not stop on it. Its page still says that it is not confirmed.
            log.warning("organisation %s has a number that another is confirmed with", organisation.pk)


def withdraw(organisation: Organisation, *, by: Account, because: str, on: date, at: datetime) -> None:
    """Take a confirmation back: what rests on it stops at the next request. Twice keeps the first."""
    with transaction.atomic():
        withdrawn = confirmed("").filter(pk=organisation.pk)
        if withdrawn.update(**_NOT_CONFIRMED, withdrawn_on=on, withdrawn_because=because):
            _note("unconfirmed", organisation, by=by, at=at)


def to_set_up(account: Account, represents: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those of sessions.REPRESENTS that the account is not a member of, at most OFFERED."""
    member_of = set(account.memberships.values_list("organisation__number", flat=True)) if represents else ()
    return [each for each in represents if each["org_number"] not in member_of][:OFFERED]


def _confirm(
    organisation: Organisation, way: Way, *, by: Account, because: str, on: date, at: datetime
) -> None:
    try:
        with transaction.atomic():
            confirmed = Organisation.objects.filter(pk=organisation.pk, confirmed_on=None).update(
                confirmed_on=on,
                confirmed_by_way=way,
                confirmed_by=by,
                confirmed_because=because,
                withdrawn_on=None,
                withdrawn_because="",
            )
            if confirmed:
                _note("confirmed", organisation, by=by, at=at)
    except IntegrityError:
        raise AlreadyConfirmed from None


def _note(what: str, organisation: Organisation, *, by: Account, at: datetime) -> None:
    audit.record(f"organisation.{what}", by=by, kind="organisation", object_id=organisation.pk, at=at)


def _registered(unit: Unit, on: date) -> dict[str, object]:
    return {
        "name": unit.name,
        "parent": unit.parent,
        "place": unit.place,
        "head_count": unit.head_count,
        "ended_on": unit.ended_on,
        "closing": unit.closing,
        "registered_on": on,
    }
