"""«Min side»: everybody sees and changes their own account, and ways in only after proving who they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.access.conftest import form_key, last_code
from tests.outbox.mail_server import mail_server
from toolbox.access.models import Account
from toolbox.outbox.models import Message
from toolbox.outbox.sending import send_due
from toolbox.ui import clock

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SENSITIVE = ["/min-side/e-post/", "/min-side/e-post/kode/", "/min-side/passnokler/", "/min-side/innlogging/"]


def change_address(client: Client, new: str) -> None:
    """Ask for a code to the new address, and write it."""
    client.post("/min-side/e-post/", {"epost": new, "nokkel": form_key(client, "/min-side/e-post/")})
    client.post("/min-side/e-post/kode/", {"kode": last_code(new)})


def test_name_and_language_are_changed(signed_in):
    client = signed_in("mette@firma.no")
    client.post("/min-side/om-meg/", {"navn": "  Mette   Berg ", "sprak": "nn"})
    account = Account.objects.get()
    assert (account.name, account.language) == ("Mette Berg", "nn")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"navn": "15839010009", "sprak": "nb"}, "fødselsnummer"),
        ({"navn": "x" * 81, "sprak": "nb"}, "Navnet er for langt."),
        ({"navn": "Mette", "sprak": "sv"}, "Velg språk."),
    ],
)
def test_what_cannot_be_used_is_told_and_not_kept(signed_in, data, message):
    client = signed_in("mette@firma.no")
    page = client.post("/min-side/om-meg/", data).content.decode()
    assert message in page and "<title>Feil:" in page
    assert Account.objects.get().name == ""


def test_a_new_address_counts_when_its_code_is_written_and_ends_other_sessions(signed_in):
    client, elsewhere = signed_in("mette@firma.no"), signed_in("mette@firma.no")
    data = {"epost": "Mette@Ny.no", "nokkel": form_key(client, "/min-side/e-post/")}
    assert client.post("/min-side/e-post/", data).headers["Location"] == "/min-side/e-post/kode/"
    assert Account.objects.get().email == "mette@firma.no"
    client.post("/min-side/e-post/kode/", {"kode": "000000x"})
    assert Account.objects.get().email == "mette@firma.no"
    client.post("/min-side/e-post/kode/", {"kode": last_code("mette@ny.no")})
    assert Account.objects.get().email == "mette@ny.no"
    assert client.get("/min-side/").status_code == 200
    assert elsewhere.get("/min-side/").status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("language", "subject", "contact"),
    [
        ("nb", "Adressen på kontoen din er endret", "http://localhost:8000/kontakt/"),
        ("nn", "Adressa på kontoen din er endra", "http://localhost:8000/nn/kontakt/"),
        ("en", "The address of your account has changed", "http://localhost:8000/en/kontakt/"),
    ],
)
def test_whoever_reads_the_old_mailbox_is_told_and_not_where_to(
    signed_in, settings, language, subject, contact
):
    client = signed_in("mette@firma.no")
    Account.objects.update(language=language)
    change_address(client, "mette@ny.no")
    settings.EMAIL_HOST = "127.0.0.1"
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        send_due(timezone.now())
    told = [letter for letter in server.letters if letter["Subject"] == subject]
    assert [str(letter["To"]) for letter in told] == ["mette@firma.no"]
    assert contact in told[0].get_body(("plain",)).get_content().splitlines()
    assert "ny.no" not in told[0].as_string() and "List-Unsubscribe" not in told[0]
    assert client.get(contact.removeprefix("http://localhost:8000")).status_code == 200


def test_an_address_that_is_not_changed_is_told_to_nobody(signed_in):
    signed_in("opptatt@firma.no")
    change_address(signed_in("mette@firma.no"), "opptatt@firma.no")
    assert not Message.objects.filter(type="address_changed").exists()


def test_an_address_with_an_account_is_told_only_to_somebody_who_has_proved_it(signed_in):
    signed_in("opptatt@firma.no")
    client = signed_in("mette@firma.no")
    free, taken = "ledig@firma.no", "opptatt@firma.no"
    answers = []
    for address in (free, taken):
        data = {"epost": address, "nokkel": form_key(client, "/min-side/e-post/")}
        answers.append(client.post("/min-side/e-post/", data).headers["Location"])
    assert len(set(answers)) == 1
    page = client.post("/min-side/e-post/kode/", {"kode": last_code(taken)})
    assert page.status_code == 409 and "Adressen har en konto fra før" in page.content.decode()
    assert Account.objects.filter(email="mette@firma.no").exists()


@pytest.mark.parametrize("path", SENSITIVE)
def test_what_opens_ways_in_asks_for_a_fresh_proof(signed_in, monkeypatch, path):
    client = signed_in("mette@firma.no")
    for module in ("config.route_guard", "toolbox.access.my_page_views", "toolbox.access.views"):
        monkeypatch.setattr(f"{module}.now", lambda: clock.now() + timedelta(minutes=16))
    asked = client.get(path)
    assert asked.headers["Location"] == f"/logg-inn/?neste={path}&igjen=1"
    page = client.get(asked.headers["Location"])
    assert page.status_code == 200 and "Vis at det er deg" in page.content.decode()
    assert client.get("/min-side/").status_code == 200


def test_this_machine_can_be_made_ones_own_and_shared_again(signed_in):
    client = signed_in("mette@firma.no")
    client.post("/min-side/maskiner/", {"egen": "ja"})
    assert client.session["own_machine"] and client.cookies["sesjon"]["max-age"]
    client.post("/min-side/maskiner/", {"delt": "ja"})
    assert not client.session["own_machine"] and client.cookies["sesjon"]["max-age"] == ""


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_speak_the_reader_s_language(signed_in, language):
    client = signed_in("mette@firma.no")
    page = client.get(f"/{language}/min-side/").content.decode()
    assert f'<html lang="{language}"' in page and ("Mi side" if language == "nn" else "My page") in page


def test_nobody_sees_it_without_signing_in():
    for path in ("/min-side/", "/en/min-side/", *SENSITIVE):
        answer = Client().get(path)
        assert answer.status_code == 302 and "/logg-inn/?neste=" in answer.headers["Location"]
