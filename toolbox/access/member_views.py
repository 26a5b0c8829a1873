"""Change what a member is, end a membership, and leave."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolbox.access import audit, membership
from toolbox.access.company_forms import PlaceForm, SuccessorForm
from toolbox.access.models import Account
from toolbox.access.organisation_models import Membership, Role
from toolbox.access.permissions import administrator_of, fellow_member, own_or_fellow, signed_in
from toolbox.ui.clock import now


def member(request: HttpRequest, pk: uuid.UUID, member: uuid.UUID) -> HttpResponse:
    """A member's place. A participant has chosen to be one, and can only be taken out."""
    account = signed_in(request)
    found = fellow_member(administrator_of(account, pk), member)
    if found.role == Role.PARTICIPANT:
        raise Http404
    places = membership.places(found.organisation)
    before = next((key for key, place in places.items() if place == (found.role, found.administrator)), "")
    form = PlaceForm(
        found.organisation, request.POST if request.method == "POST" else None, initial={"rolle": before}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                membership.change(found, form.place)
                _note("changed", found, by=account)
        except membership.LastAdministrator:
            form.add_error("rolle", _("Gjør en annen til administrator først. Noen må ta seg av medlemmene."))
        else:
            return HttpResponseRedirect(reverse("company:page", args=[pk]))
    return render(request, "access/member.html", {"form": form, "member": found, "who": _who(found)})


def end(request: HttpRequest, pk: uuid.UUID, member: uuid.UUID) -> HttpResponse:
    """Ask, and then end it. The last administrator names who takes over."""
    account = signed_in(request)
    found = own_or_fellow(account, pk, member)
    own, alone = found.account_id == account.pk, membership.is_alone(found)
    needs_successor = membership.is_last_administrator(found) and not alone
    form = (
        SuccessorForm(found, request.POST if request.method == "POST" else None) if needs_successor else None
    )
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            with transaction.atomic():
                membership.end(found, successor=form.successor if form else None)
                _note("ended", found, by=account)
        except membership.LastAdministrator:
            # Somebody else left meanwhile: the page asks again, now for who takes over.
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("company:mine") if own else reverse("company:page", args=[pk]))
    context = {"form": form, "member": found, "who": _who(found), "own": own, "alone": alone}
    return render(request, "access/member_end.html", context)


def _note(what: str, found: Membership, *, by: Account) -> None:
    audit.record(
        f"membership.{what}",
        by=by,
        kind="organisation",
        object_id=found.organisation_id,
        about=found.account_id,
        at=now(),
    )


def _who(found: Membership) -> str:
    return found.account.name or found.account.email
