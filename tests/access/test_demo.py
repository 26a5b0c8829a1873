"""`toolbox demo`: for each role a person, and a link that works once. `toolbox staff`: the roles of staff."""

from __future__ import annotations

import pytest
from django.test import Client

from toolbox.access import demo, staff
from toolbox.access.models import Account, StaffRole
from toolbox.access.organisation_models import Role
from toolbox.access.queries import roles_of
from toolbox.access.trail_models import AuditEntry
from toolbox.console import main

pytestmark = pytest.mark.django_db


def printed(capsys) -> dict[str, str]:
    assert main(["demo"]) == 0
    return {line.split()[0]: line.split()[-1] for line in capsys.readouterr().out.splitlines()}


def test_each_role_gets_a_person_with_that_role(capsys):
    found = printed(capsys)
    assert {"signed_in", *StaffRole.values, *Role.values, "second_editor"} == set(found)
    for role, link in found.items():
        account = demo.account_of(link.rstrip("/").rsplit("/", 1)[1])
        assert role.removeprefix("second_") in roles_of(account)
    assert set(printed(capsys)) == set(found), "asked again, it makes nobody new"
    assert Account.objects.count() == len(found)


def test_a_link_signs_in_once_and_only_by_the_button(client, capsys):
    link = printed(capsys)["editor"].removeprefix("http://localhost:8000")
    for _look in range(2):
        assert client.get(link).status_code == 200
    assert client.get("/min-side/").status_code == 302
    assert client.post(link).headers["Location"] == "/min-side/"
    assert client.get("/min-side/").status_code == 200
    for answer in (Client().get(link), Client().post(link)):
        assert answer.status_code == 410


def test_a_link_that_somebody_made_up_opens_nothing(client):
    assert client.post("/logg-inn/demo/WzEsImFiYyJd:1abc:xyz/").status_code == 410


def test_in_production_there_are_no_links(client, capsys, settings):
    link = printed(capsys)["editor"].removeprefix("http://localhost:8000")
    settings.DEMONSTRATION = False
    assert main(["demo"]) == 2
    assert "only in a demonstration" in capsys.readouterr().err
    assert client.post(link).status_code == 410


@pytest.mark.parametrize("role", ["editor", "programme_owner", "operator"])
def test_staff_are_made_and_unmade_by_the_command(capsys, role):
    assert main(["staff", role, "Dag@Firma.no"]) == main(["staff", role, "dag@firma.no"]) == 0
    said = capsys.readouterr().out
    assert f"now {role}" in said and f"already {role}" in said
    account = Account.objects.get(email="dag@firma.no")
    assert roles_of(account) == {"signed_in", role}
    assert account.staff_roles.get().given_by is None
    assert main(["staff", role, "dag"]) == main(["staff", role, "dag", "--take-away"]) == 2
    assert main(["staff", role, "DAG@firma.no", "--take-away"]) == 0
    assert main(["staff", role, "ukjent@firma.no", "--take-away"]) == 0
    said = capsys.readouterr().out
    assert f"is no longer {role}" in said and f"was not {role}" in said
    assert roles_of(account) == {"signed_in"}
    acts = AuditEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["staff.given", "staff.taken"]


def test_a_role_can_be_taken_away():
    account = Account.objects.create(email="r@firma.no")
    assert staff.give(account, StaffRole.EDITOR, by=None) and not staff.give(
        account, StaffRole.EDITOR, by=None
    )
    away = {"by": None, "at": account.created_at}
    assert staff.take_away(account, StaffRole.EDITOR, **away)
    assert not staff.take_away(account, StaffRole.EDITOR, **away)
    assert roles_of(account) == {"signed_in"}
