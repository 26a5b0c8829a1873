"""Stolen, old and forwarded links, look-alikes, floods, and members who say that they are something else."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.access.people import account, link_to, member, organisation, signed_in, text
from toolbox.access import invitation_views, register
from toolbox.access.models import Account
from toolbox.access.organisation_models import Invitation, Membership, Organisation, Role
from toolbox.access.queries import roles_of
from toolbox.outbox.models import Message
from toolbox.ui.clock import now
from toolbox.ui.errors import WithoutSecrets

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = "bjorn@example.org"


@pytest.fixture
def where() -> Organisation:
    found = organisation(confirmed=True)
    member(found, "mette", administrator=True)
    return found


@pytest.fixture
def mette(where) -> Client:
    return signed_in(account("mette"))


def invite(client: Client, where: Organisation, email: str = ADDRESS, role: str = "mentor"):  # type: ignore[no-untyped-def]
    page = client.get(f"/bedrift/{where.pk}/inviter/").content.decode()
    key = re.search('name="nokkel" value="([^"]+)"', page)[1]
    form = {"epost": email, "rolle": role, "sprak": "nb", "nokkel": key}
    return client.post(f"/bedrift/{where.pk}/inviter/", form)


def everything_stored() -> str:
    """Every row of every table."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [str(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def test_T01_an_accepted_link_opens_nothing_again(where, mette):
    invite(mette, where)
    link = link_to(ADDRESS)
    bjorn = signed_in(account("bjorn"))
    bjorn.post(f"{link}godta/")
    for browser in (Client(), bjorn, signed_in(account("ola"))):
        for answer in (browser.get(link), browser.get(f"/en{link}"), browser.post(link, {"svar": "nei"})):
            body = answer.content.decode()
            assert answer.status_code == 410 and "sesjon" not in answer.cookies
            assert not [part for part in ("bjorn", "Bjorn", "Mette", "Kafeen") if part in body]
    assert signed_in(account("ola")).post(f"{link}godta/").status_code == 410
    assert where.memberships.count() == 2


def test_T02_a_link_works_until_seven_days_are_over_and_no_longer(where, mette, monkeypatch):
    invite(mette, where)
    link, sent_at = link_to(ADDRESS), Invitation.objects.get().created_at
    bjorn = signed_in(account("bjorn"))
    for late, status in ((timedelta(seconds=-1), 200), (timedelta(), 410), (timedelta(seconds=1), 410)):
        at = sent_at + timedelta(days=7) + late
        monkeypatch.setattr(invitation_views, "now", lambda at=at: at)
        assert Client().get(link).status_code == status
        assert bjorn.get(f"{link}godta/").status_code == status
    assert bjorn.post(f"{link}godta/").status_code == 410
    assert Client().post(link, {"svar": "ikke-meg"}).status_code == 410
    assert Invitation.objects.get().email == ADDRESS, "what is too late changes nothing"
    monkeypatch.setattr(invitation_views, "now", lambda: sent_at + timedelta(days=7, seconds=-1))
    assert bjorn.post(f"{link}godta/").status_code == 302


def test_T03_a_new_invitation_kills_the_old_and_the_database_holds_only_hashes(where, mette):
    invite(mette, where)
    first = link_to(ADDRESS)
    invite(mette, where, "BJORN@Example.org ")
    second = link_to(ADDRESS)
    assert first != second
    assert Client().get(first).status_code == 410
    assert signed_in(account("bjorn")).post(f"{first}godta/").status_code == 410
    stored = everything_stored()
    for link in (first, second):
        token = link.split("/")[2]
        assert len(token) * 4 == 128 and token not in stored
    assert Client().get(second).status_code == 200
    assert signed_in(account("bjorn")).post(f"{second}godta/").status_code == 302


def test_T04_somebody_else_who_is_signed_in_is_told_both_names_and_not_bound_silently(where, mette):
    invite(mette, where)
    link, ola = link_to(ADDRESS), signed_in(account("ola"))
    assert not [part for part in ("ola@", ADDRESS) if part in text(ola.get(link))]
    said = text(ola.get(f"{link}godta/"))
    assert "Du er logget inn som ola@example.org, men invitasjonen ble sendt til bjorn@example.org." in said
    assert where.memberships.count() == 1, "nothing is bound before she has said yes to it"
    assert Client().get(link).status_code == 200, "and the link still works for whom it was meant"
    ola.post(f"{link}godta/")
    assert where.memberships.get(role=Role.MENTOR).account == account("ola")


def test_T09_a_look_alike_is_marked_and_cannot_invite_participants(settings):
    real = organisation(confirmed=True, name="Fjordkafeen")
    lure = signed_in(account("lure"))
    form = {"slag": "company", "nummer": "910000012", "navn": "Fjordkafeen", "nokkel": "k" * 24}
    page = lure.post("/bedrift/ny/", form).headers["Location"]
    false = Organisation.objects.exclude(pk=real.pk).get()
    assert "Ikke bekreftet" in text(lure.get(page)) and "Bekreftet" not in text(lure.get(page))
    offered = lure.get(f"{page}inviter/").content.decode()
    assert 'value="mentor"' in offered and 'value="deltaker"' not in offered
    assert "Feil:" in invite(lure, false, "kari@example.org", "deltaker").content.decode()
    assert not Invitation.objects.exists() and not Message.objects.exists()
    invite(lure, false)
    assert "Ikke bekreftet" in text(Client().get(link_to(ADDRESS)))
    assert signed_in(account("mette")).get(page).status_code == 404


def test_T09_an_invitation_does_not_outlive_the_confirmation(where, mette):
    invite(mette, where, "kari@example.org", "deltaker")
    link = link_to("kari@example.org")
    assert Client().get(link).status_code == 200
    Organisation.objects.update(confirmed_on=None, confirmed_by_way="")
    assert Client().get(link).status_code == 410
    assert signed_in(account("kari")).post(f"{link}godta/").status_code == 410


def test_T33_a_company_is_set_up_and_people_invited_while_the_register_is_away(settings, monkeypatch):
    settings.COMPANY_REGISTER = True
    monkeypatch.setattr(register, "ADDRESS", "http://127.0.0.1:1")
    ola = signed_in(account("ola"))
    form = {"slag": "company", "nummer": "910 000 012", "nokkel": "k" * 24}
    assert "Enhetsregisteret svarer ikke nå." in text(ola.post("/bedrift/ny/", form))
    assert ola.post("/bedrift/ny/", {**form, "navn": "Kafeen"}).status_code == 302
    assert "Invitasjonen er lagret" in text(invite(ola, Organisation.objects.get()))


def test_T36_a_flood_is_stopped_for_the_person_and_for_the_company(where, mette):
    answers = [invite(mette, where, f"a{number}@example.org") for number in range(25)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 5
    assert "Prøv igjen i morgen." in text(answers[-1])
    for name in ("ola", "per", "kari"):
        member(where, name, administrator=True)
        browser = signed_in(account(name))
        answers += [invite(browser, where, f"{name}{number}@example.org") for number in range(20)]
    assert Invitation.objects.count() == 50 == Message.objects.count()
    assert {answer.status_code for answer in answers[-10:]} == {429}


def test_T36_the_next_day_there_is_room_again(where, mette, monkeypatch):
    for number in range(21):
        invite(mette, where, f"a{number}@example.org")
    assert Invitation.objects.count() == 20
    later = now() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(invitation_views, "now", lambda: later)
    assert invite(mette, where).status_code == 200


def test_T36_nothing_tells_whether_an_address_is_known(where, mette):
    account("kjent")
    member(where, "medlem")
    pages = []
    for name in ("kjent", "medlem", "ukjent"):
        queries = len(connection.queries_log)
        answer = invite(mette, where, f"{name}@example.org")
        body = re.sub("[0-9a-f]{32}|[A-Za-z0-9]{64}|[A-Za-z0-9_-]{32}", "", answer.content.decode())
        pages.append((answer.status_code, body.replace(name, "NN"), len(connection.queries_log) - queries))
    assert pages[0] == pages[1] == pages[2]


def test_T38_a_mentor_who_says_she_is_something_else_is_a_mentor(where):
    bjorn = member(where, "bjorn", Role.MENTOR)
    browser = signed_in(bjorn.account)
    mine = f"/bedrift/{where.pk}/medlem/{bjorn.pk}/"
    lies = {"rolle": "styrer", "role": "company_member", "administrator": "true", "roles": "editor"}
    for path in (mine, f"/bedrift/{where.pk}/inviter/", f"/bedrift/{where.pk}/register/"):
        assert browser.post(path, lies).status_code == 404
        assert browser.post(path, lies, content_type="application/json").status_code == 404
    browser.cookies["role"] = browser.cookies["rolle"] = "company_member"
    assert browser.post(mine, lies).status_code == 404
    bjorn.refresh_from_db()
    assert (bjorn.role, bjorn.administrator) == (Role.MENTOR, False)
    assert roles_of(bjorn.account) == {"signed_in", "mentor"}


def test_T38_more_in_the_form_than_it_asks_for_changes_nothing(where, mette):
    form = {"epost": ADDRESS, "rolle": "mentor", "sprak": "nb", "nokkel": "k" * 24}
    mette.post(f"/bedrift/{where.pk}/inviter/", {**form, "administrator": "true", "role": "company_member"})
    bjorn = signed_in(account("bjorn"))
    bjorn.post(f"{link_to(ADDRESS)}godta/", {"rolle": "styrer", "administrator": "true", "account": "1"})
    found = Membership.objects.get(account__email=ADDRESS)
    assert (found.role, found.administrator) == (Role.MENTOR, False)


def test_T38_a_session_that_was_tampered_with_is_nobodys(where, mette):
    page = f"/bedrift/{where.pk}/"
    assert mette.get(page).status_code == 200
    key = mette.cookies["sesjon"].value
    mette.cookies["sesjon"] = key[:-1] + ("a" if key[-1] != "a" else "b")
    assert mette.get(page).headers["Location"].startswith("/logg-inn/")


def test_T38_a_member_who_was_removed_is_out_at_the_next_click(where, mette):
    bjorn = member(where, "bjorn", Role.MENTOR)
    browser = signed_in(bjorn.account)
    assert browser.get(f"/bedrift/{where.pk}/").status_code == 200
    mette.post(f"/bedrift/{where.pk}/medlem/{bjorn.pk}/avslutt/")
    assert browser.get(f"/bedrift/{where.pk}/").status_code == 404
    assert Account.objects.filter(pk=bjorn.account_id).exists(), "only the membership ends"


def test_the_link_is_in_no_log_line():
    token = "0123456789abcdef" * 2
    for path in (
        f"/invitasjon/{token}/",
        f"/nn/invitasjon/{token}/godta/",
        f"/logg-inn/?neste=/invitasjon/{token}/",
    ):
        line = logging.LogRecord("x", logging.ERROR, "", 0, "GET %s", (path,), None)
        WithoutSecrets().filter(line)
        assert token not in line.getMessage()
