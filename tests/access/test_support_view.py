"""T39: support may see what somebody sees, read-only and for a reason, and the person can see that it did."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from toolbox.access import support
from toolbox.access.models import Account, StaffMember, StaffRole
from toolbox.access.trail_models import AuditEntry, SupportView
from toolbox.ui.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.database]

START = "/brukerstotte/"
REASON = "Ba om hjelp på telefon"


def _operator(signed_in, address: str) -> Client:
    client = signed_in(address)
    account = Account.objects.get(email=address)
    Account.objects.filter(pk=account.pk).update(name="Dag Drift")
    StaffMember.objects.create(account=account, role=StaffRole.OPERATOR)
    return client


@pytest.fixture
def operator(signed_in) -> Client:
    return _operator(signed_in, "drift@firma.no")


@pytest.fixture
def pia(signed_in) -> Client:
    return signed_in("pia@post.no")


def form(client: Client, **changed: str) -> dict[str, str]:
    key = re.search(r'name="nokkel" value="([^"]+)"', client.get(START).content.decode())
    return {"epost": "pia@post.no", "grunn": REASON, "nokkel": key[1], **changed}


def opened(client: Client) -> str:
    answer = client.post(START, form(client))
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_T39_support_sees_what_the_person_sees_under_a_banner(operator, pia):
    page = operator.get(opened(operator)).content.decode()
    assert "pia@post.no" in page
    assert "Du kan bare lese" in page and "ds-alert" in page


@pytest.mark.parametrize("reason", ["", "   ", "Hun har depresjon", "fnr 15839010009"])
def test_T39_a_reason_is_required_and_holds_nothing_of_private_life(operator, pia, reason):
    answer = operator.post(START, form(operator, grunn=reason))
    assert answer.status_code == 200 and "ds-validation-message" in answer.content.decode()
    assert not SupportView.objects.exists()


def test_T39_nothing_can_be_pressed_or_posted(operator, pia):
    address = opened(operator)
    page = operator.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main and "<a " not in main
    assert operator.post(address, {"navn": "x"}).status_code == 405


def test_T39_the_person_sees_who_when_and_why(operator, pia):
    operator.get(opened(operator))
    page = pia.get("/min-side/opplysninger/").content.decode()
    assert REASON in page
    assert "Driftsansvarlig D.D." in page and "Dag" not in page and "drift@firma.no" not in page
    assert "Åpnet en brukerstøttevisning" in page and "Så opplysningene dine i brukerstøtte" in page


def test_T39_each_reading_is_in_the_log_without_the_reason(operator, pia):
    address = opened(operator)
    operator.get(address)
    operator.get(address)
    person = Account.objects.get(email="pia@post.no")
    entries = list(AuditEntry.objects.filter(subject=person.pk).order_by("number"))
    assert [entry.act for entry in entries] == [
        "sign_in.code",  # her own
        "support.began",
        "support.read",
        "support.read",
    ]
    assert REASON not in str([vars(entry) for entry in entries])


def test_T39_support_cannot_take_the_person_s_file(operator, pia):
    operator.get(opened(operator))
    made = pia.post("/min-side/opplysninger/fil/").content.decode()
    address = re.search(r'href="(/min-side/opplysninger/fil/[^"]+)"', made)[1]
    assert operator.get(address).status_code == 404
    assert pia.get(address).status_code == 200


def test_T39_the_view_closes_by_itself_and_is_nobody_else_s(operator, pia, signed_in):
    address = opened(operator)
    assert _operator(signed_in, "drift2@firma.no").get(address).status_code == 404
    view, account = SupportView.objects.get(), Account.objects.get(email="drift@firma.no")
    assert support.read(account, view.pk, view.ends_at - timedelta(seconds=1))
    assert support.read(account, view.pk, view.ends_at) is None
    SupportView.objects.update(ends_at=now())
    assert operator.get(address).status_code == 404


def test_T39_only_an_operator_has_it(operator, pia, signed_in):
    address = opened(operator)
    editor = signed_in("randi@firma.no")
    StaffMember.objects.create(account=Account.objects.get(email="randi@firma.no"), role=StaffRole.EDITOR)
    for client in (pia, editor):
        assert client.get(START).status_code == client.get(address).status_code == 404
    assert START in operator.get("/min-side/").content.decode()
    assert START not in pia.get("/min-side/").content.decode()


def test_D10_the_same_form_twice_opens_one_view(operator, pia):
    sent = form(operator)
    first, second = operator.post(START, sent), operator.post(START, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert SupportView.objects.count() == 1
    assert operator.post(START, {**sent, "nokkel": ""}).status_code == 403


def test_an_address_nobody_has_is_told_to_the_operator(operator):
    answer = operator.post(START, form(operator, epost="ingen@post.no"))
    assert "Ingen konto har denne adressen" in answer.content.decode()
