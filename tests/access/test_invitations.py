"""An invitation: asked once, read as often as one likes, answered once, and no is as easy as yes."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.access.people import NOON, account, link_to, member, organisation, signed_in, text
from toolbox.access import invitations
from toolbox.access.organisation_models import Answer, Invitation, Kind, Membership, Organisation, Role
from toolbox.access.trail_models import AuditEntry
from toolbox.outbox.models import Message, State
from toolbox.outbox.seal import unseal

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY = "k" * 24
ADDRESS = "bjorn@example.org"


@pytest.fixture
def where() -> Organisation:
    found = organisation(confirmed=True)
    member(found, "mette", administrator=True)
    return found


@pytest.fixture
def mette(where) -> Client:
    return signed_in(account("mette"))


def invite(client: Client, where: Organisation, email: str = ADDRESS, role: str = "mentor", key: str = KEY):  # type: ignore[no-untyped-def]
    form = {"epost": email, "rolle": role, "sprak": "nb", "nokkel": key}
    return client.post(f"/bedrift/{where.pk}/inviter/", form)


def test_a_mentor_is_asked_says_yes_and_is_one(where, mette):
    said = text(invite(mette, where))
    assert "Invitasjonen er lagret, men e-posten er ikke sendt ennå." in said
    link = link_to(ADDRESS)
    assert link in said, "the link can be copied"
    read = Client().get(link)
    told = text(read)
    assert "Mette i Kafeen spør om du vil være med. Rollen er: Mentor" in told
    assert "Du kan svare til 1. desember 2026." in told
    assert ADDRESS not in read.content.decode(), "before yes, whoever opens it learns nobody's address"
    bjorn = signed_in(account("bjorn"))
    assert "Bli med som bjorn@example.org" in text(bjorn.get(f"{link}godta/"))
    answer = bjorn.post(f"{link}godta/")
    assert answer.headers["Location"] == f"/bedrift/{where.pk}/"
    assert where.memberships.get(account__email=ADDRESS).role == Role.MENTOR


def test_yes_and_no_weigh_the_same(where, mette):
    invite(mette, where)
    page = Client().get(link_to(ADDRESS)).content.decode()
    yes = re.search(r'<a class="ds-button" (data-variant="\w+")[^>]*>Godta', page)
    no = re.search(r'<button class="ds-button" (data-variant="\w+")[^>]*>Takk nei', page)
    assert yes and no and yes[1] == no[1]


def test_saying_yes_leads_somebody_unknown_to_sign_in_and_back(where, mette):
    invite(mette, where)
    link = link_to(ADDRESS)
    answer = Client().get(f"{link}godta/")
    assert answer.headers["Location"] == f"/logg-inn/?neste={link}godta/"


def test_opening_it_changes_nothing(where, mette):
    invite(mette, where)
    link, before = link_to(ADDRESS), Invitation.objects.values().get()
    bjorn = signed_in(account("bjorn"))
    for _time in range(2):
        for browser, path in ((Client(), link), (bjorn, link), (bjorn, f"{link}godta/")):
            assert browser.get(path).status_code == 200 == browser.head(path).status_code
    assert Invitation.objects.values().get() == before
    assert not Membership.objects.filter(account__email=ADDRESS).exists()


@pytest.mark.parametrize(
    ("answer", "kept", "told"),
    [("nei", ADDRESS, "Takket nei"), ("ikke-meg", "", "Noen svarte at de ikke er den du tenkte på.")],
)
def test_no_needs_no_sign_in_and_the_inviter_learns_no_more_than_she_needs(where, mette, answer, kept, told):
    invite(mette, where)
    link = link_to(ADDRESS)
    said = Client().post(link, {"svar": answer})
    assert said.headers["Location"] == "/invitasjon/svart/"
    assert Client().get(said.headers["Location"]).status_code == 200
    assert Client().get(link).status_code == 410
    assert Invitation.objects.get().email == kept
    page = text(mette.get(f"/bedrift/{where.pk}/"))
    assert told in page and (ADDRESS in page) == bool(kept)
    assert Message.objects.get().state == State.WITHDRAWN, "a letter that has not left does not leave"


def test_it_is_taken_back(where, mette):
    invite(mette, where)
    link, found = link_to(ADDRESS), Invitation.objects.get()
    mette.post(f"/bedrift/{where.pk}/invitert/{found.pk}/")
    assert Client().get(link).status_code == 410
    assert Message.objects.get().state == State.WITHDRAWN
    assert ADDRESS not in text(mette.get(f"/bedrift/{where.pk}/"))


def test_somebody_elses_invitation_is_not_found(where, mette):
    invite(mette, where)
    other = organisation()
    member(other, "ola", administrator=True)
    found = Invitation.objects.get()
    ola = signed_in(account("ola"))
    for pk in (where.pk, other.pk):
        assert ola.post(f"/bedrift/{pk}/invitert/{found.pk}/").status_code == 404
    assert Invitation.objects.get().answer == ""


def test_D10_the_same_form_twice_is_one_invitation_one_letter_and_one_link(where, mette):
    first, again = text(invite(mette, where)), text(invite(mette, where))
    assert first == again and "/invitasjon/" in first
    assert Invitation.objects.count() == 1 == Message.objects.count()


@pytest.mark.django_db(transaction=True)
def test_D10_twenty_at_once_are_one():
    where = organisation()
    by = member(where, "mette", administrator=True).account
    links = []

    def send() -> None:
        try:
            sent = invitations.invite(
                where,
                by,
                email=ADDRESS,
                role=Role.MENTOR,
                administrator=False,
                language="nb",
                key=KEY,
                at=NOON,
            )
            links.append(sent.link)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(links) == 20 and len(set(links)) == 1
    assert Invitation.objects.count() == 1 == Message.objects.count()


def test_a_form_sent_again_after_the_answer_opens_nothing(where, mette):
    invite(mette, where)
    Client().post(link_to(ADDRESS), {"svar": "nei"})
    answer = invite(mette, where)
    assert answer.status_code == 410 and "/invitasjon/" not in text(answer)


def test_saying_yes_twice_leads_to_the_same_place(where, mette):
    invite(mette, where)
    path, bjorn = f"{link_to(ADDRESS)}godta/", signed_in(account("bjorn"))
    answers = [bjorn.post(path) for _time in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/bedrift/{where.pk}/"}
    assert where.memberships.count() == 2


def test_a_member_who_is_invited_stays_what_she_is(where, mette):
    ola = member(where, "ola", administrator=True)
    assert "Invitasjonen er lagret" in text(invite(mette, where, "ola@example.org"))
    signed_in(ola.account).post(f"{link_to('ola@example.org')}godta/")
    ola.refresh_from_db()
    assert (ola.role, ola.administrator) == (Role.COMPANY_MEMBER, True)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    ("kind", "role", "type_"),
    [
        (Kind.COMPANY, Role.MENTOR, "mentor_invitation"),
        (Kind.COMPANY, Role.PARTICIPANT, "participant_invitation"),
        (Kind.COMPANY, Role.COMPANY_MEMBER, "member_invitation"),
        (Kind.NAV_OFFICE, Role.ADVISER, "member_invitation"),
        (Kind.PROVIDER, Role.PROVIDER, "member_invitation"),
    ],
)
def test_the_letter_is_of_its_kind_and_in_its_language(kind, role, type_, language):
    where = organisation(kind=kind, confirmed=True)
    sent = invitations.invite(
        where,
        account("mette"),
        email=ADDRESS,
        role=role,
        administrator=False,
        language=language,
        key=KEY,
        at=NOON,
    )
    message = Message.objects.get()
    words = unseal(message.words)
    assert (message.type, message.language, message.address) == (type_, language, ADDRESS)
    assert words["link"] == sent.link and ("" if language == "nb" else f"/{language}/") in sent.link
    assert words["date"].replace("\u00a0", " ") in ("1. desember 2026", "1 December 2026")
    assert Client().get(re.sub("^https?://[^/]+", "", sent.link)).status_code == 200


@pytest.mark.parametrize("address", ["", "bjorn", "bjorn@", "bjorn@example", "\u212a@example.org", "x" * 300])
def test_an_address_we_cannot_send_to_is_told(where, mette, address):
    said = text(invite(mette, where, address))
    assert "E-postadressen må ha" in said or "Skriv e-postadressen." in said
    assert not Invitation.objects.exists()


def test_nobody_is_invited_to_what_is_closing(where, mette):
    invite(mette, where)
    link = link_to(ADDRESS)
    Organisation.objects.update(closing=True)
    assert "Dere kan ikke invitere flere" in text(invite(mette, where, "ola@example.org", key="x" * 24))
    assert Client().get(link).status_code == 410
    assert Invitation.objects.count() == 1


def test_purge_tells_first_and_deletes_what_is_old(where, mette):
    invite(mette, where)
    link, made = link_to(ADDRESS), Invitation.objects.get().created_at
    assert invitations.purge(made + timedelta(days=89), delete=True) == 0
    assert invitations.purge(made + timedelta(days=90), delete=False) == 1
    assert Invitation.objects.exists()
    assert invitations.purge(made + timedelta(days=90), delete=True) == 1
    assert Client().get(link).status_code == 410, "whoever has an old link is told what to do"


def test_what_we_never_sent_is_not_found():
    assert Client().get("/invitasjon/tull/").status_code == 404
    assert Client().get(f"/invitasjon/{'0' * 32}/").status_code == 410


def test_what_became_of_it_is_one_of_what_can(where, mette):
    invite(mette, where)
    Client().post(link_to(ADDRESS), {"svar": "noe helt annet"})
    assert Invitation.objects.get().answer == Answer.DECLINED


def test_the_log_tells_what_became_of_it_and_no_address(where, mette):
    invite(mette, where)
    signed_in(account("bjorn")).post(f"{link_to(ADDRESS)}godta/")
    invite(mette, where, "ola@example.org", key="x" * 24)
    Client().post(link_to("ola@example.org"), {"svar": "ikke-meg"})
    told = list(AuditEntry.objects.order_by("number").values_list("act", "actor"))
    mettes, bjorns = account("mette").pk, account("bjorn").pk
    assert told == [
        ("invitation.sent", mettes),
        ("invitation.accepted", bjorns),
        ("invitation.sent", mettes),
        ("invitation.not_me", None),
    ]
    assert "@" not in str(list(AuditEntry.objects.values()))
