"""Who is in an organisation, as what, and that somebody always looks after the others."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from tests.access.people import NOON, account, member, organisation, signed_in, text
from toolbox.access import invitations, membership
from toolbox.access.membership import LastAdministrator, Place
from toolbox.access.organisation_models import Answer, Invitation, Kind, Membership, Organisation, Role
from toolbox.access.queries import roles_of
from toolbox.access.trail_models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def path(of: Membership, end: bool = False) -> str:
    return f"/bedrift/{of.organisation_id}/medlem/{of.pk}/{'avslutt/' if end else ''}"


def test_an_administrator_makes_a_colleague_mentor_and_administrator():
    where = organisation()
    mette, ola = member(where, "mette", administrator=True), member(where, "ola")
    browser = signed_in(mette.account)
    browser.post(path(ola), {"rolle": "mentor"})
    ola.refresh_from_db()
    assert (ola.role, ola.administrator) == (Role.MENTOR, False)
    assert roles_of(ola.account) == {"signed_in", "mentor"}
    browser.post(path(ola), {"rolle": "styrer"})
    ola.refresh_from_db()
    assert (ola.role, ola.administrator) == (Role.COMPANY_MEMBER, True)


def test_only_a_company_has_mentors():
    assert set(membership.places(organisation(kind=Kind.NAV_OFFICE))) == {"styrer", "medlem"}
    assert "mentor" in membership.places(organisation())


def test_nobody_is_made_a_participant_and_no_participant_something_else():
    where = organisation(confirmed=True)
    mette, ola = member(where, "mette", administrator=True), member(where, "ola")
    pia = member(where, "pia", Role.PARTICIPANT)
    browser = signed_in(mette.account)
    assert "Velg hva personen skal være." in text(browser.post(path(ola), {"rolle": "deltaker"}))
    assert browser.post(path(pia), {"rolle": "medlem"}).status_code == 404
    membership.change(pia, Place(Role.COMPANY_MEMBER, True))
    pia.refresh_from_db()
    assert pia.role == Role.PARTICIPANT


def test_the_database_refuses_a_participant_who_is_administrator():
    with pytest.raises(IntegrityError), transaction.atomic():
        member(organisation(), "pia", Role.PARTICIPANT, administrator=True)


def test_the_last_administrator_can_neither_be_demoted_nor_leave_without_a_successor():
    where = organisation()
    mette, ola = member(where, "mette", administrator=True), member(where, "ola")
    browser = signed_in(mette.account)
    said = text(browser.post(path(mette), {"rolle": "medlem"}))
    assert "Gjør en annen til administrator først." in said
    assert "Velg hvem som skal være administrator etter deg." in text(browser.post(path(mette, end=True)))
    with pytest.raises(LastAdministrator):
        membership.end(mette)
    assert Membership.objects.get(pk=mette.pk).administrator
    answer = browser.post(path(mette, end=True), {"etter": str(ola.pk)})
    assert answer.headers["Location"] == "/bedrift/"
    assert [each.account.email for each in where.memberships.filter(administrator=True)] == [
        "ola@example.org"
    ]
    assert not Membership.objects.filter(pk=mette.pk).exists()


def test_a_mentor_or_somebody_elsewhere_is_no_successor():
    where = organisation()
    mette, bjorn = member(where, "mette", administrator=True), member(where, "bjorn", Role.MENTOR)
    elsewhere = member(organisation(), "ola")
    browser = signed_in(mette.account)
    assert "ingen kan ta over" in text(browser.get(path(mette, end=True)))
    for other in (bjorn, elsewhere):
        browser.post(path(mette, end=True), {"etter": str(other.pk)})
        with pytest.raises(LastAdministrator):
            membership.end(mette, successor=other)
    assert where.memberships.count() == 2


def test_the_only_member_takes_the_organisation_along():
    mette = member(organisation(), "mette", administrator=True)
    browser = signed_in(mette.account)
    assert "sletter vi virksomheten her" in text(browser.get(path(mette, end=True)))
    browser.post(path(mette, end=True))
    assert not Organisation.objects.exists()


def test_anybody_may_leave_and_leaving_twice_changes_nothing():
    where = organisation()
    member(where, "mette", administrator=True)
    for name, role in (("ola", Role.COMPANY_MEMBER), ("pia", Role.PARTICIPANT)):
        leaving = member(where, name, role)
        browser = signed_in(leaving.account)
        assert browser.post(path(leaving, end=True)).status_code == 302
        assert browser.post(path(leaving, end=True)).status_code == 404
        membership.end(leaving)
        assert roles_of(leaving.account) == {"signed_in"}
    assert where.memberships.count() == 1


def test_whoever_may_no_longer_invite_holds_no_link_that_opens():
    where = organisation()
    mette, ola = member(where, "mette", administrator=True), member(where, "ola", administrator=True)
    for key in ("a", "b"):
        invitations.invite(
            where,
            ola.account if key == "a" else mette.account,
            email=f"{key}@example.org",
            role=Role.MENTOR,
            administrator=False,
            language="nb",
            key=key * 24,
            at=NOON,
        )
    membership.change(ola, Place(Role.COMPANY_MEMBER, False))
    answers = dict(Invitation.objects.values_list("email", "answer"))
    assert answers == {"a@example.org": Answer.WITHDRAWN, "b@example.org": ""}


def test_who_is_a_participant_is_seen_by_administrators_and_the_participant():
    where = organisation(confirmed=True)
    mette, ola = member(where, "mette", administrator=True), member(where, "ola")
    pia = member(where, "pia", Role.PARTICIPANT)
    page = f"/bedrift/{where.pk}/"
    assert "Pia" in text(signed_in(mette.account).get(page))
    assert "Pia" in text(signed_in(pia.account).get(page))
    said = text(signed_in(ola.account).get(page))
    assert "Pia" not in said and "Deltaker" not in said


def test_members_see_names_and_administrators_addresses():
    where = organisation()
    member(where, "mette", administrator=True)
    ola, bjorn = member(where, "ola"), member(where, "bjorn", Role.MENTOR)
    said = text(signed_in(bjorn.account).get(f"/bedrift/{where.pk}/"))
    assert "Ola" in said and ola.account.email not in said and "bjorn@example.org" in said


def test_somebody_elses_membership_is_not_found():
    mine, theirs = organisation(), organisation()
    mette = member(mine, "mette", administrator=True)
    other = member(theirs, "ola", administrator=True)
    browser = signed_in(mette.account)
    for where in (mine, theirs):
        for end in ("", "avslutt/"):
            address = f"/bedrift/{where.pk}/medlem/{other.pk}/{end}"
            assert browser.get(address).status_code == 404
            assert browser.post(address, {"rolle": "medlem"}).status_code == 404
    assert Membership.objects.get(pk=other.pk).administrator


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_do_not_leave_nobody():
    where = organisation()
    both = [member(where, name, administrator=True) for name in ("mette", "ola")]
    member(where, "bjorn", Role.MENTOR)
    ready, outcomes = threading.Barrier(2), []

    def leave(mine: Membership) -> None:
        ready.wait()
        try:
            membership.end(mine)
            outcomes.append("left")
        except LastAdministrator:
            outcomes.append("stayed")
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(mine,)) for mine in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["left", "stayed"]
    assert where.memberships.filter(administrator=True).count() == 1


def test_an_account_with_memberships_cannot_vanish_from_under_them():
    mette = member(organisation(), "mette", administrator=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        account("mette").delete()
    assert Membership.objects.filter(pk=mette.pk).exists()


def test_the_log_tells_who_did_what_in_order():
    where = organisation()
    mette, ola = member(where, "mette", administrator=True), member(where, "ola")
    browser = signed_in(mette.account)
    browser.post(path(ola), {"rolle": "mentor"})
    browser.post(path(ola, end=True))
    told = AuditEntry.objects.order_by("number").values_list("act", "actor", "object_id", "subject")
    assert list(told) == [
        (f"membership.{what}", mette.account_id, str(where.pk), ola.account_id)
        for what in ("changed", "ended")
    ]
