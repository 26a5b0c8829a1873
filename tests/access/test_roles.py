"""The guard: an address that asks for a role does not exist for somebody without it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from config.route_roles import ROUTES, Route
from toolbox.access import staff
from toolbox.access.models import Account, StaffRole

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _for_editors_only(monkeypatch):
    route = Route("access:ways", methods=("GET", "POST"), roles=("editor",), stores=True)
    monkeypatch.setitem(ROUTES, "access:ways", route)


def shown(client: Client, path: str) -> tuple[int, set[str], str]:
    """Status, headers and page, without the address that the page repeats in links."""
    page = client.get(path)
    return (
        page.status_code,
        {name for name in page.headers if name not in ("Content-Length", "Vary")},
        re.sub(r"min-side(?:/|%2F)[\w-]+", "", page.content.decode()),
    )


def test_to_somebody_without_the_role_it_is_an_address_that_does_not_exist(signed_in):
    client = signed_in("mette@firma.no")
    assert shown(client, "/min-side/innlogging/") == shown(client, "/min-side/finnes-ikke/")
    assert shown(client, "/min-side/innlogging/")[0] == 404
    assert client.post("/min-side/innlogging/", {"fjern": "x"}).status_code == 404


def test_to_somebody_with_the_role_it_is_open_until_the_role_is_taken_away(signed_in):
    client = signed_in("redaktor@firma.no")
    account = Account.objects.get()
    staff.give(account, StaffRole.EDITOR, by=None)
    assert client.get("/min-side/innlogging/").status_code == 200
    staff.take_away(account, StaffRole.EDITOR, by=None, at=account.created_at)
    assert client.get("/min-side/innlogging/").status_code == 404


def test_a_stranger_is_led_to_sign_in_and_a_post_is_not_repeated_afterwards():
    stranger = Client()
    assert stranger.get("/min-side/innlogging/?a=1").headers["Location"] == (
        "/logg-inn/?neste=/min-side/innlogging/%3Fa%3D1"
    )
    assert stranger.post("/min-side/innlogging/").headers["Location"] == "/logg-inn/?neste="
