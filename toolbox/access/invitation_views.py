"""Invite, take an invitation back, and answer one. Whoever has the link may read it and say no unknown."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from toolbox.access import invitations
from toolbox.access.company_forms import InvitationForm
from toolbox.access.organisation_models import Answer, Invitation, Kind
from toolbox.access.permissions import administrator_of, invitation_to, may_invite, signed_in
from toolbox.access.role_words import KINDS, meaning, title
from toolbox.outbox.models import State
from toolbox.ui import errors
from toolbox.ui.clock import now
from toolbox.ui.form_key import new_key, posted_key


def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask by e-mail. The answer page has the link, in case the letter does not arrive."""
    account = signed_in(request)
    organisation = administrator_of(account, pk).organisation
    if not may_invite(organisation, organisation.main_role):
        return render(request, "access/not_active.html", {"organisation": organisation})
    if request.method != "POST":
        form = InvitationForm(organisation, initial={"sprak": get_language() or "nb"})
        context = {"form": form, "organisation": organisation, "key": new_key()}
        return render(request, "access/invite.html", context)
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    form = InvitationForm(organisation, request.POST)
    if not form.is_valid():
        return render(request, "access/invite.html", {"form": form, "organisation": organisation, "key": key})
    try:
        sent = invitations.invite(
            organisation,
            account,
            email=form.cleaned_data["epost"],
            role=form.place.role,
            administrator=form.place.administrator,
            language=form.cleaned_data["sprak"],
            key=key,
            at=now(),
        )
    except invitations.TooMany:
        return render(request, "access/too_many_invitations.html", {"organisation": organisation}, status=429)
    except invitations.Unanswerable:
        return errors.gone(request)
    message = sent.invitation.message
    context = {
        "organisation": organisation,
        "sent": message is not None and message.state == State.SENT,
        "email": sent.invitation.email,
        "link": sent.link,
        "last": timezone.localdate(sent.invitation.expires_at),
        # The link is shown only here: in another language the same form is sent again.
        "repost": {name: request.POST[name] for name in ("epost", "rolle", "sprak", "nokkel")},
        "repost_csrf": True,
    }
    return render(request, "access/invited.html", context)


def withdraw(request: HttpRequest, pk: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    membership = administrator_of(signed_in(request), pk)
    invitations.withdraw(invitation_to(membership, invitation))
    return HttpResponseRedirect(reverse("company:page", args=[pk]))


def read(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, and what it means. A post says no. Opening it changes nothing: mail programs open links."""
    found = _open(token)
    if found is None:
        return _gone(request, token)
    if request.method == "POST":
        answer = Answer.NOT_ME if request.POST.get("svar") == "ikke-meg" else Answer.DECLINED
        if not invitations.refuse(found, answer, now()):
            return errors.gone(request)
        return HttpResponseRedirect(reverse("company:refused"))
    return render(request, "access/invitation.html", {**_told(found), "token": token})


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "access/invitation_refused.html")


def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes as whoever is signed in, having read who that is and whom the invitation was sent to."""
    account = signed_in(request)
    found = invitations.find(token)
    if request.method == "POST" and found is not None:
        membership = invitations.accept(found, account, now())
        if membership is not None:
            return HttpResponseRedirect(reverse("company:page", args=[membership.organisation_id]))
    if found is None or not invitations.is_open(found, now()):
        return _gone(request, token)
    context = {**_told(found), "token": token, "account": account, "same": account.email == found.email}
    return render(request, "access/invitation_accept.html", context)


def _open(token: str) -> Invitation | None:
    found = invitations.find(token)
    return found if found is not None and invitations.is_open(found, now()) else None


def _told(found: Invitation) -> dict[str, object]:
    return {
        "invitation": found,
        "organisation": found.organisation,
        "kind": KINDS[Kind(found.organisation.kind)],
        "role": title(found.role, found.administrator),
        "meaning": meaning(found.role, found.administrator),
        "last": timezone.localdate(found.expires_at),
    }


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """410 also after the row is deleted: whoever has an old link must meet a page that says what to do."""
    if not invitations.could_be_token(token):
        raise Http404
    return errors.gone(request)
