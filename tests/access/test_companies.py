"""«Min bedrift»: found by number, told of honestly, and confirmed by somebody who knows."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.register_server import (
    BANKRUPT,
    DELETED,
    MAIN,
    REMOVED,
    SMALL,
    SUB,
    UNITS,
    UNKNOWN,
    Register,
    register_server,
)
from toolbox.access import organisations
from toolbox.access import register as port
from toolbox.access.models import Account, StaffMember
from toolbox.access.organisation_models import Kind, Membership, Organisation, Way
from toolbox.access.queries import roles_of
from toolbox.access.sessions import REPRESENTS
from toolbox.access.trail_models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY = "k" * 24


@pytest.fixture
def register(settings, monkeypatch) -> Iterator[Register]:
    settings.COMPANY_REGISTER = True
    with register_server() as (address, running):
        monkeypatch.setattr(port, "ADDRESS", address)
        yield running


@pytest.fixture
def person() -> Callable[..., Client]:
    """`person("mette")`: a browser of somebody signed in."""

    def enter(name: str = "mette", *, staff: str = "") -> Client:
        account, _new = Account.objects.get_or_create(
            email=f"{name}@example.org", defaults={"name": name.title()}
        )
        if staff:
            StaffMember.objects.get_or_create(account=account, role=staff)
        client = Client()
        client.force_login(account)
        return client

    return enter


def add(client: Client, number: str = MAIN, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/bedrift/ny/", {"slag": "company", "nummer": number, "nokkel": KEY, **more})


def text(answer) -> str:  # type: ignore[no-untyped-def]
    main = re.search("<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return " ".join(re.sub("<[^>]+>", " ", main).replace("\u00a0", " ").split())


def test_the_register_tells_the_name_and_the_person_says_yes(register, person):
    mette = person()
    asked = add(mette, "910 000 004")
    assert "FJORDKAFEEN AS" in text(asked) and "14" in text(asked)
    assert not Organisation.objects.exists(), "nothing is stored before she has said yes"
    answer = add(mette, MAIN, riktig=MAIN)
    found = Organisation.objects.get()
    assert answer.headers["Location"] == f"/bedrift/{found.pk}/"
    assert (found.name, found.place, found.registered_on) == ("FJORDKAFEEN AS", "HALDEN", TODAY)
    assert found.memberships.get().administrator
    assert "company_member" in roles_of(Account.objects.get())


def test_nothing_of_the_register_but_what_a_page_shows_is_stored(register, person):
    add(person(), MAIN, riktig=MAIN)
    row = str(Organisation.objects.values().get())
    assert "canary" not in row and "99 99" not in row and "Storgata" not in row


def test_a_sub_unit_and_a_withheld_head_count_are_told_as_they_are(register, person):
    assert f"Avdeling av {MAIN[:3]} {MAIN[3:6]} {MAIN[6:]}" in text(add(person(), SUB))
    assert "Det viser ikke tall under fem." in text(add(person(), SMALL))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (DELETED, "GAMLE KAFEEN AS ble slettet fra registeret 26. november 2024."),
        (BANKRUPT, "TOMME KASSER AS er under avvikling."),
        (REMOVED, "Nummeret finnes ikke i Enhetsregisteret."),
        (UNKNOWN, "Nummeret finnes ikke i Enhetsregisteret."),
        ("123", "Organisasjonsnummer må ha 9 siffer."),
        ("910000005", "Organisasjonsnummeret kan ikke stemme."),
        ("", "Skriv organisasjonsnummeret."),
    ],
)
def test_a_number_that_cannot_be_used_is_told_why(register, person, number, said):
    assert said in text(add(person(), number, riktig=number))
    assert not Organisation.objects.exists()


def test_T33_without_an_answer_the_name_is_written_by_hand(register, person):
    register.always = (500, b"")
    mette = person()
    asked = add(mette)
    assert asked.status_code == 200 and 'name="navn"' in asked.content.decode()
    assert f'value="{MAIN}"' in asked.content.decode(), "what she wrote stands"
    assert "Skriv navnet på virksomheten." in text(add(mette, navn=""))
    assert add(mette, navn="Fjordkafeen").status_code == 302
    found = Organisation.objects.get()
    assert (found.name, found.registered_on, found.head_count) == ("Fjordkafeen", None, None)
    assert "Navnet er skrevet for hånd." in text(mette.get(f"/bedrift/{found.pk}/"))
    register.always = None
    port.cache.clear()
    mette.post(f"/bedrift/{found.pk}/register/")
    found.refresh_from_db()
    assert (found.name, found.head_count) == ("FJORDKAFEEN AS", 14)


def test_a_name_by_hand_is_a_name_and_not_a_letter(person):
    for name in ("Vinn på www.example.org", "https://evil.example", "15839010009", "x" * 121):
        answer = add(person(), navn=name)
        assert answer.status_code == 200 and "Feil:" in answer.content.decode()
    assert not Organisation.objects.exists()


def test_T15_a_name_is_shown_as_it_was_written(person):
    mette, name = person(), "<script>alert(1)</script> {{7*7}}"
    page = mette.get(add(mette, navn=name).headers["Location"]).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in page


def test_D10_the_same_form_twice_makes_one(person):
    mette = person()
    first, again = add(mette, navn="Kafeen"), add(mette, navn="Kafeen")
    assert first.headers["Location"] == again.headers["Location"]
    assert Organisation.objects.count() == 1 == Membership.objects.count()


def test_somebody_elses_form_does_not_lead_to_their_organisation(person):
    add(person("mette"), navn="Kafeen")
    add(person("ola"), navn="Kafeen")
    assert Organisation.objects.count() == 2


def test_a_form_without_its_key_is_refused(person):
    assert add(person(), navn="Kafeen", nokkel="").status_code == 403


def test_one_that_is_removed_from_the_register_is_forgotten_here_too(register, person, monkeypatch):
    mette = person()
    add(mette, MAIN, riktig=MAIN)
    found = Organisation.objects.get()
    monkeypatch.setitem(UNITS, f"enheter/{MAIN}", (410, {}))
    port.cache.clear()
    mette.post(f"/bedrift/{found.pk}/register/")
    found.refresh_from_db()
    assert (found.name, found.place, found.head_count) == ("910\u00a0000\u00a0004", "", None)
    assert not found.is_active


def test_a_register_that_is_silent_changes_nothing(register, person):
    mette = person()
    add(mette, MAIN, riktig=MAIN)
    before = Organisation.objects.values().get()
    register.always = (500, b"")
    port.cache.clear()
    answer = mette.post(f"/bedrift/{before['id']}/register/")
    assert "har ikke endret noe" in text(answer)
    assert Organisation.objects.values().get() == before


def test_an_editor_confirms_with_a_reason_and_it_is_shown_with_date_and_way(person):
    mette = person()
    add(mette, navn="Kafeen")
    found = Organisation.objects.get()
    assert "Ikke bekreftet" in text(mette.get(f"/bedrift/{found.pk}/"))
    editor = person("randi", staff="editor")
    assert "Kafeen" in text(editor.get("/bedrift/bekreft/"))
    assert "Skriv hvordan du vet" in text(editor.post(f"/bedrift/bekreft/{found.pk}/", {"grunn": ""}))
    done = editor.post(f"/bedrift/bekreft/{found.pk}/", {"grunn": "Ringte sentralbordet."})
    assert done.headers["Location"] == "/bedrift/bekreft/"
    said = text(mette.get(f"/bedrift/{found.pk}/"))
    assert "Bekreftet 24. november 2026 av en redaktør." in said and "Ringte sentralbordet." in said
    assert "Kafeen" not in text(editor.get("/bedrift/bekreft/"))


def test_nobody_outside_reads_who_is_in_an_organisation(person):
    """The list has one page, for members, and that one is logged. Editors and support see no other."""
    mette = person()
    add(mette, navn="Kafeen")
    found = Organisation.objects.get()
    bjorn = Account.objects.create(email="bjorn@example.org", name="Bjorn")
    found.memberships.create(account=bjorn, role="company_member", since=found.created_at)
    assert "Bjorn" in text(mette.get(f"/bedrift/{found.pk}/"))
    assert AuditEntry.objects.filter(act="members.read").count() == 1
    editor, operator = person("randi", staff="editor"), person("dag", staff="operator")
    form = {"epost": "mette@example.org", "grunn": "Spurte om hjelp", "nokkel": KEY}
    seen = [
        editor.get("/bedrift/bekreft/"),
        editor.get(f"/bedrift/bekreft/{found.pk}/"),
        operator.get(operator.post("/brukerstotte/", form).headers["Location"]),
    ]
    for page in seen:
        assert page.status_code == 200 and "Kafeen" in text(page) and "bjorn" not in text(page).lower()
    for stranger in (editor, operator):
        assert stranger.get(f"/bedrift/{found.pk}/").status_code == 404
    assert AuditEntry.objects.filter(act="members.read").count() == 1


def test_an_editor_does_not_confirm_what_is_her_own(person):
    randi = person("randi", staff="editor")
    add(randi, navn="Min egen")
    found = Organisation.objects.get()
    assert randi.post(f"/bedrift/bekreft/{found.pk}/", {"grunn": "Jeg vet det."}).status_code == 404
    found.refresh_from_db()
    assert not found.is_confirmed


def test_only_one_can_be_confirmed_with_a_number(person):
    add(person("mette"), navn="Kafeen")
    add(person("ola"), navn="Ikke Kafeen")
    editor = person("randi", staff="editor")
    first, second = Organisation.objects.order_by("created_at")
    editor.post(f"/bedrift/bekreft/{first.pk}/", {"grunn": "Ringte sentralbordet."})
    answer = editor.post(f"/bedrift/bekreft/{second.pk}/", {"grunn": "Ringte sentralbordet."})
    assert "En annen med samme nummer er alt bekreftet." in text(answer)
    second.refresh_from_db()
    assert not second.is_confirmed


def test_ansattporten_confirms_what_the_person_acts_for(person):
    mette = person()
    session = mette.session
    session[REPRESENTS] = [{"org_number": MAIN, "name": "FJORDKAFEEN AS"}]
    session.save()
    add(mette, MAIN, navn="Fjordkafeen")
    add(mette, SUB, navn="En annen")
    mine, other = Organisation.objects.order_by("number")
    assert (mine.confirmed_by_way, mine.confirmed_on) == (Way.ANSATTPORTEN, TODAY)
    assert "Bekreftet 24. november 2026 gjennom Ansattporten." in text(mette.get(f"/bedrift/{mine.pk}/"))
    assert not other.is_confirmed
    mette.post(f"/bedrift/{other.pk}/ansattporten/")
    other.refresh_from_db()
    assert not other.is_confirmed


def test_ansattporten_confirms_nothing_for_somebody_who_is_no_administrator(person):
    add(person("mette"), navn="Kafeen")
    ola = Account.objects.create(email="ola@example.org")
    found = Organisation.objects.get()
    found.memberships.create(account=ola, role="company_member", since=found.created_at)
    organisations.confirm_by_sign_in(ola, [MAIN], TODAY, found.created_at)
    found.refresh_from_db()
    assert not found.is_confirmed


def confirmed_office(person) -> Organisation:  # type: ignore[no-untyped-def]
    """A Nav office that Mette has set up and Randi, an editor, has confirmed."""
    add(person(), navn="Nav Halden", slag="nav_office")
    found = Organisation.objects.get()
    person("randi", staff="editor").post(f"/bedrift/bekreft/{found.pk}/", {"grunn": "Ringte dem."})
    found.refresh_from_db()
    assert found.is_confirmed
    return found


@pytest.mark.parametrize("staff", ["editor", "operator"])
def test_a_confirmation_is_taken_back_with_a_reason_that_is_shown_and_logged(person, staff):
    found, dag = confirmed_office(person), person("dag", staff=staff)
    mette = Account.objects.get(email="mette@example.org")
    assert "adviser" in roles_of(mette)
    address = f"/bedrift/bekreftet/{found.pk}/"
    assert f'href="{address}"' in dag.get("/bedrift/bekreftet/").content.decode()
    assert "Skriv hvorfor bekreftelsen ikke gjelder" in text(dag.post(address, {"grunn": ""}))
    for _twice in range(2):
        dag.post(address, {"grunn": "Kontoret er lagt ned."})
    found.refresh_from_db()
    assert (found.confirmed_on, found.confirmed_by_way, found.confirmed_by, found.confirmed_because) == (
        None,
        "",
        None,
        "",
    )
    assert "adviser" not in roles_of(mette)
    said = text(person().get(f"/bedrift/{found.pk}/"))
    assert "Bekreftelsen er tatt bort fra 24. november 2026. Her er grunnen: Kontoret er lagt ned." in said
    assert "Ikke bekreftet" in said
    entry = AuditEntry.objects.get(act="organisation.unconfirmed")
    assert (entry.actor, entry.object_id) == (Account.objects.get(email="dag@example.org").pk, str(found.pk))


def test_what_was_taken_back_only_an_editor_gives_again(person):
    found, dag = confirmed_office(person), person("dag", staff="operator")
    dag.post(f"/bedrift/bekreftet/{found.pk}/", {"grunn": "Nummeret er en annens."})
    mette = Account.objects.get(email="mette@example.org")
    anew = organisations.set_up(
        mette, kind=Kind.NAV_OFFICE, number=MAIN, found=None, name="Nav Halden", key="2", at=NOON, on=TODAY
    )
    organisations.confirm_by_sign_in(mette, [MAIN], TODAY, NOON)
    assert not Organisation.objects.exclude(confirmed_on=None).exists(), "nor under the number set up anew"
    anew.delete()
    assert dag.post(f"/bedrift/bekreft/{found.pk}/", {"grunn": "Ringte."}).status_code == 404
    randi = person("randi", staff="editor")
    assert "Nummeret er en annens." in text(randi.get(f"/bedrift/bekreft/{found.pk}/"))
    randi.post(f"/bedrift/bekreft/{found.pk}/", {"grunn": "Så på nytt."})
    found.refresh_from_db()
    assert found.is_confirmed and (found.withdrawn_on, found.withdrawn_because) == (None, "")
    assert "tatt bort" not in text(person().get(f"/bedrift/{found.pk}/"))


def test_nobody_else_takes_a_confirmation_back_and_no_editor_that_of_her_own(person):
    found, randi = confirmed_office(person), person("randi", staff="editor")
    address, said = f"/bedrift/bekreftet/{found.pk}/", {"grunn": "Nei."}
    for stranger in (person(), person("ola"), person("per", staff="programme_owner")):
        assert stranger.get("/bedrift/bekreftet/").status_code == 404
        assert stranger.post(address, said).status_code == 404
    found.memberships.create(
        account=Account.objects.get(email="randi@example.org"), role="adviser", since=found.created_at
    )
    assert randi.post(address, said).status_code == 404
    found.refresh_from_db()
    assert found.is_confirmed


def test_a_confirmed_one_is_found_by_its_number(person):
    confirmed_office(person)
    randi = person("randi", staff="editor")
    assert "Nav Halden" in text(randi.get(f"/bedrift/bekreftet/?nummer={MAIN}"))
    assert "Nav Halden" not in text(randi.get(f"/bedrift/bekreftet/?nummer={SUB}"))
    wrong = text(randi.get("/bedrift/bekreftet/?nummer=123"))
    assert "Organisasjonsnummer må ha 9 siffer." in wrong and "Nav Halden" not in wrong


@pytest.mark.parametrize(("kind", "role"), [("nav_office", "adviser"), ("provider", "provider")])
def test_nobody_becomes_an_adviser_by_saying_so(person, kind, role):
    add(person(), navn="Nav Halden", slag=kind)
    account, found = Account.objects.get(), Organisation.objects.get()
    assert roles_of(account) == {"signed_in"}
    organisations.confirm(found, by=account, because="Ringte.", on=TODAY, at=found.created_at)
    assert roles_of(account) == {"signed_in", role}


def test_somebody_elses_organisation_is_like_one_that_does_not_exist(person):
    add(person("mette"), navn="Kafeen")
    theirs, nobodys = Organisation.objects.get().pk, uuid.uuid4()
    ola = person("ola")
    ola.get("/bedrift/")  # the session has noted the roles
    for path in ("", "inviter/", f"medlem/{uuid.uuid4()}/", f"medlem/{uuid.uuid4()}/avslutt/"):
        answers = []
        for pk in (theirs, nobodys):
            with CaptureQueriesContext(connection) as asked:
                answer = ola.get(f"/bedrift/{pk}/{path}")
            # A form token is masked anew each time it is written.
            body = re.sub('value="[A-Za-z0-9]{64}"', "", answer.content.decode().replace(str(pk), ""))
            answers.append((answer.status_code, body, dict(answer.headers), len(asked)))
        for part, other in zip(*answers, strict=True):
            assert part == other
        assert answers[0][0] == 404
    for path in ("register/", "ansattporten/", f"invitert/{uuid.uuid4()}/"):
        assert {ola.post(f"/bedrift/{pk}/{path}").status_code for pk in (theirs, nobodys)} == {404}


def test_pages_are_for_those_who_are_signed_in_and_kept_by_nobody(person):
    mette = person()
    add(mette, navn="Kafeen")
    pk = Organisation.objects.get().pk
    for path in ("/bedrift/", "/bedrift/ny/", f"/bedrift/{pk}/", f"/bedrift/{pk}/inviter/"):
        assert Client().get(path).headers["Location"].startswith("/logg-inn/?neste=/bedrift/")
        answer = mette.get(path)
        assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    assert mette.get("/bedrift/bekreft/").status_code == 404, "for editors"
