"""In production, editors, programme owners and operators make a passkey before their role opens anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from config.route_roles import ROUTES
from tests.access.people import account, signed_in
from tests.repository.test_routes import address
from tests.served_site import PROJECT
from toolbox.access.models import StaffMember, StaffRole

pytestmark = [pytest.mark.django_db]

KEYS = "/min-side/passnokler/"
NEEDED = "Du har en oppgave her som krever en passnøkkel."
OF_STAFF = [route for route in ROUTES.values() if set(route.roles) <= set(StaffRole.values)]


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.STAFF_NEED_PASSKEY = True


def staff(role: str) -> Client:
    StaffMember.objects.create(account=account("randi"), role=role)
    return signed_in(account("randi"))


def make_key() -> None:
    data = {"name": "Telefon", "credential": {}}
    Authenticator.objects.create(user=account("randi"), type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.mark.parametrize("route", OF_STAFF, ids=[route.name for route in OF_STAFF])
def test_without_a_passkey_every_page_of_staff_leads_to_making_one(route):
    randi = staff(route.roles[0])
    for method in route.methods:
        answer = randi.generic(method, address(route.name))
        assert (answer.status_code, answer.headers.get("Location")) == (302, KEYS), method


def test_the_page_about_passkeys_says_why_until_there_is_one():
    randi = staff("editor")
    assert NEEDED in randi.get(KEYS).content.decode()
    assert randi.get("/min-side/").status_code == 200, "what everybody has is open"
    make_key()
    assert NEEDED not in randi.get(KEYS).content.decode()
    assert randi.get("/bedrift/bekreft/").status_code == 200


def test_the_page_is_said_in_the_reader_s_language():
    randi = staff("editor")
    assert randi.get("/en/bedrift/bekreft/").headers["Location"] == f"/en{KEYS}"
    assert "You have a task here that needs a passkey." in randi.get(f"/en{KEYS}").content.decode()
    assert "Du har ei oppgåve her som krev ein passnøkkel." in randi.get(f"/nn{KEYS}").content.decode()


def test_nobody_else_needs_one_or_learns_that_the_page_exists():
    ola = signed_in(account("ola"))
    assert ola.get("/bedrift/bekreft/").status_code == 404
    assert ola.get("/bedrift/").status_code == 200
    assert NEEDED not in ola.get(KEYS).content.decode()


def test_staff_without_the_role_of_the_page_are_told_nothing_either():
    assert staff("programme_owner").get("/bedrift/bekreft/").status_code == 404


def test_a_demonstration_needs_none(settings):
    settings.STAFF_NEED_PASSKEY = False
    assert staff("editor").get("/bedrift/bekreft/").status_code == 200


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({"DEMONSTRATION": "false"}, True),
        ({"DEMONSTRATION": "true"}, False),
        ({"DEMONSTRATION": "false", "STAFF_NEED_PASSKEY": "false"}, False),
    ],
)
def test_it_is_on_in_production_unless_somebody_turns_it_off(given, needed):
    held = {"TOOLBOX_TODAY", "STAFF_NEED_PASSKEY"}
    around = {name: said for name, said in os.environ.items() if name not in held}
    asked = "import json; from django.conf import settings; print(json.dumps(settings.STAFF_NEED_PASSKEY))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=around | {"SECRET_KEY": "k" * 50, "DJANGO_SETTINGS_MODULE": "config.settings"} | given,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) is needed
