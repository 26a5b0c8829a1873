"""T23: what is somebody else's answers like what does not exist: the same words, headers and questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.route_roles import ROUTES
from tests.access.people import NOON, account, member, organisation, signed_in
from tests.repository.test_routes import PLACES
from toolbox.access import own_data
from toolbox.access.models import StaffMember
from toolbox.access.organisation_models import Invitation, Organisation
from toolbox.access.trail_models import SupportView
from toolbox.ui.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.database]

#: Who asks: an administrator of an organisation, operator too, so that no role is what stops her.
ME = "mette"
Arguments = tuple[object, ...]


def ours() -> Organisation:
    return Organisation.objects.get(memberships__account=account(ME))


def theirs() -> Organisation:
    where = organisation(name="Verkstedet")
    member(where, "ola", administrator=True)
    return where


def invited(where: Organisation) -> Invitation:
    by = where.memberships.get(administrator=True).account
    return Invitation.objects.create(
        organisation=where,
        form_key=uuid4().hex,
        token_hash=uuid4().hex,
        email="kari@example.org",
        role=where.main_role,
        invited_by=by,
        created_at=NOON,
        expires_at=NOON + timedelta(days=7),
    )


def passkeys() -> tuple[Arguments, Arguments]:
    key = Authenticator.objects.create(
        pk=700001, user=account("ola"), type=Authenticator.Type.WEBAUTHN, data={}
    )
    return (key.pk,), (700002,)


def files() -> tuple[Arguments, Arguments]:
    token = own_data.file_token(account("ola"), now())
    return (token,), (token[:-4] + "AAAA",)


def support_views() -> tuple[Arguments, Arguments]:
    view = SupportView.objects.create(
        form_key=uuid4().hex,
        account=account("pia"),
        by=account("ola"),
        reason="Finner ikke siden",
        began_at=now(),
        ends_at=now() + timedelta(minutes=30),
    )
    return (view.pk,), (uuid4(),)


def organisations() -> tuple[Arguments, Arguments]:
    return (theirs().pk,), (uuid4(),)


def their_members() -> tuple[Arguments, Arguments]:
    where = theirs()
    return (where.pk, where.memberships.get().pk), (uuid4(), uuid4())


def their_members_at_ours() -> tuple[Arguments, Arguments]:
    return (ours().pk, theirs().memberships.get().pk), (ours().pk, uuid4())


def their_invitations() -> tuple[Arguments, Arguments]:
    where = theirs()
    return (where.pk, invited(where).pk), (uuid4(), uuid4())


def their_invitations_at_ours() -> tuple[Arguments, Arguments]:
    return (ours().pk, invited(theirs()).pk), (ours().pk, uuid4())


#: Route → what makes an object of somebody else's, and gives its address beside one that does not exist.
OBJECTS: dict[str, tuple[Callable[[], tuple[Arguments, Arguments]], ...]] = {
    "access:passkey": (passkeys,),
    "access:own_data_file": (files,),
    "access:support_view": (support_views,),
    "company:page": (organisations,),
    "company:renew": (organisations,),
    "company:prove": (organisations,),
    "company:invite": (organisations,),
    "company:member": (their_members, their_members_at_ours),
    "company:end": (their_members, their_members_at_ours),
    "company:withdraw": (their_invitations, their_invitations_at_ours),
}
#: What is not one person's: whoever has the role, or the secret in the address, may have it. All of the desk
#: is the editors' together.
SHARED = {"company:accept", "company:confirm", "company:withdraw_confirmation"}


def test_T23_every_address_of_an_object_is_here():
    guarded = {
        name for name in PLACES if "visitor" not in ROUTES[name].roles and not name.startswith("desk:")
    }
    assert guarded == {*OBJECTS, *SHARED}


def told(browser: Client, method: str, name: str, arguments: Arguments) -> tuple[HttpResponse, list[str]]:
    """The answer, with the address taken out of it, and what was asked of the database."""
    where = reverse(name, args=arguments)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.generic(method, where)
    words = answer.content.decode().replace(where, "HERE").replace(quote(where), "HERE")
    # The token of the form for signing out is new in each answer.
    answer.content = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", words).encode()
    return answer, [re.sub(r"= ('[^']*'|\d+)", "= …", query["sql"]) for query in asked.captured_queries]


@pytest.mark.parametrize(
    ("name", "make", "method"),
    [
        (name, make, method)
        for name, ways in OBJECTS.items()
        for make in ways
        for method in ROUTES[name].methods
    ],
)
def test_T23_somebody_elses_and_a_missing_object_answer_alike(name, make, method):
    me = member(organisation(), ME, administrator=True).account
    StaffMember.objects.create(account=me, role="operator")
    browser = signed_in(me)
    browser.get("/min-side/")  # the session takes note of the roles once
    elses, missing = make()
    first, asked_first = told(browser, method, name, elses)
    second, asked_second = told(browser, method, name, missing)
    assert first.status_code == second.status_code == 404
    assert first.content == second.content
    assert {**first.headers, "Content-Length": 0} == {**second.headers, "Content-Length": 0}
    assert len(asked_first) == len(asked_second), (asked_first, asked_second)
