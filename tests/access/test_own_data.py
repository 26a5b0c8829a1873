"""P15: what we have about somebody, for them to read, take away and have erased; nothing of anybody else."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from toolbox.access import audit, consent, own_data, retention, sessions
from toolbox.access.models import Account, StaffMember, StaffRole
from toolbox.access.organisation_models import Kind, Organisation, Role
from toolbox.access.trail_models import AuditEntry, SupportView
from toolbox.outbox.models import recipient_hash
from toolbox.outbox.opt_out import OptOut
from toolbox.ui.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAGE = "/min-side/opplysninger/"
FILE = "/min-side/opplysninger/fil/"
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.fixture
def mette(signed_in) -> Client:
    """Mette, of whom there is something of every kind."""
    client = signed_in("mette@firma.no")
    account = Account.objects.get(email="mette@firma.no")
    Account.objects.filter(pk=account.pk).update(name="Mette Li")
    kari = Account.objects.create(email="kari.canary@nav.no", name="Kari Canary Nordmann")
    StaffMember.objects.create(account=kari, role=StaffRole.OPERATOR)
    StaffMember.objects.create(account=account, role=StaffRole.EDITOR, given_by=kari)
    cafe = _company("Kafé Nord AS", "974760673")
    cafe.memberships.create(account=account, role=Role.COMPANY_MEMBER, administrator=True, since=NOON)
    consent.give(account, "story", text_version="2026-11", language="nn", at=NOON)
    OptOut.objects.create(recipient=recipient_hash(account.email), type="notice")
    SupportView.objects.create(
        account=account, by=kari, reason="Fant ikke bedriften", began_at=NOON, ends_at=NOON
    )
    audit.record("support.read", by=kari, kind="support view", object_id=1, about=account.pk, at=NOON)
    audit.record("members.read", by=kari, kind="organisation", object_id=cafe.pk, at=NOON)
    _somebody_else(kari)
    return client


def _company(name: str, number: str) -> Organisation:
    return Organisation.objects.create(
        form_key=number, kind=Kind.COMPANY, number=number, name=name, created_at=NOON
    )


def _somebody_else(kari: Account) -> None:
    other = Account.objects.create(email="else@annen.no", name="Else Annen")
    works = _company("Annet AS", "910825526")
    works.memberships.create(account=other, role=Role.COMPANY_MEMBER, administrator=True, since=NOON)
    consent.give(other, "else-story", text_version="2026-11", language="nb", at=NOON)
    SupportView.objects.create(
        account=other, by=kari, reason="Else spurte", form_key="e", began_at=NOON, ends_at=NOON
    )
    audit.record("else.read", by=kari, kind="account", object_id=other.pk, about=other.pk, at=NOON)


def link(client: Client) -> str:
    page = client.post(FILE).content.decode()
    found = re.search(rf'href="({FILE}[^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def as_json(response) -> dict:
    found = re.search(r'<pre id="json">(.*?)</pre>', response.content.decode(), re.DOTALL)
    return json.loads(html.unescape(found[1]))


def everything(client: Client) -> list[str]:
    return [client.get(PAGE).content.decode(), client.get(link(client)).content.decode()]


def test_P15_the_page_and_the_file_hold_everything_about_the_person(mette):
    for text in map(html.unescape, everything(mette)):
        for said in (
            *(
                "mette@firma.no",
                "Mette Li",
                "Bokmål",
                "Redaktør",
                "Kafé Nord AS",
                "974760673",
                "Administrator",
            ),
            *("story", "2026-11", "Fant ikke bedriften", "Koden din", "varsler om at det er noe nytt"),
            *("Så opplysningene dine i brukerstøtte", "Så hvem som er med i virksomheten", "Sa ja"),
        ):
            assert said in text, said


def test_P15_other_people_are_a_role_and_initials(mette):
    for text in everything(mette):
        assert "Driftsansvarlig K.C.N." in text
        assert "Canary" not in text and "kari" not in text.lower()


def test_P15_nothing_of_anybody_else_is_told(mette):
    for text in everything(mette):
        for said in ("Else", "else", "Annet AS", "annen.no", "910825526"):
            assert said not in text, said


def test_P15_the_file_is_one_page_with_the_same_for_programs(mette):
    response = mette.get(link(mette))
    assert response.headers["Content-Disposition"] == 'attachment; filename="mine-opplysninger.html"'
    assert "no-store" in response.headers["Cache-Control"]
    assert "Mette" not in str(response.headers)
    told = as_json(response)
    account = Account.objects.get(email="mette@firma.no")
    assert set(told) == {"made_at", *(section.name for section in own_data.sections(account))}
    assert told["account"][0]["email"] == "mette@firma.no"
    assert told["consents"] == [
        {
            "purpose": "story",
            "given": True,
            "text_version": "2026-11",
            "language": "Nynorsk",
            "at": "2026-11-24T11:00:00Z",
        }
    ]
    for word in ("src=", "href=", "<script", "<style", "style="):
        assert word not in response.content.decode(), "the file must open anywhere, and ask nobody"


def test_P15_the_file_is_made_in_less_than_a_minute_with_two_years_of_log(mette):
    account = Account.objects.get(email="mette@firma.no")
    for n in range(1500):
        audit.record("support.read", by=account, kind="x", object_id=n, about=account.pk, at=NOON)
    before = datetime.now(UTC)
    told = as_json(mette.get(link(mette)))
    assert datetime.now(UTC) - before < timedelta(seconds=60)
    assert len(told["log"]) > 1500
    page = mette.get(PAGE).content
    assert len(page) < 60_000 and "rader til står i filen" in page.decode()


def test_P15_the_link_is_for_its_owner_alone(mette, signed_in):
    address = link(mette)
    stranger = signed_in("else2@annen.no")
    answers = [stranger.get(path) for path in (address, f"{FILE}ikke-en-lenke/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    # Links hold the address one came to, and the way out a token of its own; nothing else may differ.
    own = rb"fil(/|%2F)[^\"]+|csrfmiddlewaretoken\" value=\"[^\"]+"
    first, second = (re.sub(own, b"", answer.content) for answer in answers)
    assert first == second
    out = Client().get(address)
    assert out.status_code == 302 and "/logg-inn/" in out.headers["Location"]


def test_P15_the_link_works_for_a_day(mette):
    account = Account.objects.get(email="mette@firma.no")
    token = own_data.file_token(account, NOON)
    last = NOON + timedelta(hours=24) - timedelta(seconds=1)
    assert own_data.file_is_open(token, account, last) is True
    assert own_data.file_is_open(token, account, NOON + timedelta(hours=24)) is False
    old = own_data.file_token(account, now() - timedelta(hours=25))
    assert mette.get(f"{FILE}{old}/").status_code == 410


def test_signing_out_everywhere_closes_the_link(mette):
    account = Account.objects.get(email="mette@firma.no")
    token = own_data.file_token(account, NOON)
    sessions.sign_out_everywhere(account)
    assert own_data.file_is_open(token, account, NOON) is False


def test_taking_the_file_is_in_the_log(mette):
    mette.get(link(mette))
    entry = AuditEntry.objects.order_by("-number").first()
    account = Account.objects.get(email="mette@firma.no")
    assert (entry.act, entry.actor, entry.subject) == ("data.exported", account.pk, account.pk)


def test_the_file_and_the_end_of_the_account_ask_for_a_sign_in_of_late(mette, monkeypatch):
    monkeypatch.setattr(sessions, "is_recent", lambda *asked: False)
    for address in (FILE, "/min-side/slett/"):
        for answer in (mette.get(address), mette.post(address)):
            assert answer.status_code == 302 and "igjen=1" in answer.headers["Location"]
    assert Account.objects.filter(email="mette@firma.no").exists()


@pytest.mark.parametrize(
    ("prefix", "title"), [("/nn", "Dette veit vi om deg"), ("/en", "What we know about you")]
)
def test_the_page_is_in_the_reader_s_language(mette, prefix, title):
    assert f"<h1>{title}</h1>" in mette.get(prefix + PAGE).content.decode()


def test_every_act_of_the_log_has_words(mette):
    acts = set(AuditEntry.objects.values_list("act", flat=True)) - {"else.read"}
    assert acts <= set(own_data.ACTS)


def test_the_page_leads_on_and_is_led_to(mette):
    assert f'href="{PAGE}"' in mette.get("/min-side/").content.decode()
    page = mette.get(PAGE).content.decode()
    assert f'href="{FILE}"' in page and 'href="/min-side/slett/"' in page


def test_somebody_who_erases_the_account_is_signed_out_and_gone(mette):
    assert "Slett kontoen min" in mette.get("/min-side/slett/").content.decode()
    assert Account.objects.filter(email="mette@firma.no").exists(), "reading erases nothing"
    assert mette.post("/min-side/slett/").headers["Location"] == "/logget-ut/"
    assert not Account.objects.filter(email="mette@firma.no").exists()
    assert mette.get("/min-side/").status_code == 302


def test_somebody_on_legal_hold_is_told_that_nothing_was_erased(mette):
    account = Account.objects.get(email="mette@firma.no")
    retention.hold(account, NOON.date(), NOON)
    answer = mette.post("/min-side/slett/")
    assert answer.status_code == 409 and "Ingenting er slettet" in answer.content.decode()
    assert Account.objects.filter(pk=account.pk).exists()
