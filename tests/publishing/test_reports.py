"""«Meld feil»: two taps from any page, nothing about who it was, and an answer to whoever asked for one."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta

import html5lib
import pytest
from django.test import Client

from tests.visitor import plain
from toolbox.outbox.models import Message
from toolbox.outbox.seal import unseal
from toolbox.publishing import reports
from toolbox.publishing.models import ErrorReport
from toolbox.ui.errors import WithoutSecrets

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MEASURE = "/stotte/midlertidig-lonnstilskudd/"
TEXT = "Det står 40 timer. Det skal være 37,5 timer."
TODAY = date(2026, 11, 24)


def fields(**changes: str) -> dict[str, str]:
    return {"nokkel": "n" * 24, "hva": TEXT, "epost": "", **changes}


def said(answer) -> str:
    return plain(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def footer_link(client, path: str) -> str:
    root = html5lib.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
    return next(a.get("href") for a in root.iter("a") if "Meld feil" in "".join(a.itertext()))


def test_every_page_leads_to_the_report_and_names_itself(client):
    link = footer_link(client, MEASURE)
    assert link == f"/meld-feil/?side={MEASURE}"
    assert MEASURE in said(client.get(link))
    assert client.post(link, fields()).headers["Location"] == "/meld-feil/takk/"
    kept = ErrorReport.objects.get()
    assert (kept.page, kept.text, kept.email, kept.reported_on) == (MEASURE, TEXT, "", TODAY)


@pytest.mark.parametrize("path", [f"/lagret/{'0' * 48}/", f"/lagret/styr/{'0' * 48}/", "/finnes-ikke/"])
def test_a_secret_address_is_not_carried_along(client, path):
    assert footer_link(client, path) == "/meld-feil/"


@pytest.mark.parametrize(
    "page",
    [
        "https://ond.example/",
        "//ond.example/",
        "javascript:alert(1)",
        f"/lagret/{'0' * 48}/",
        "/finnes-ikke/",
        "/" + "x" * 400,
        "<script>",
    ],
)
def test_T15_only_an_open_page_of_ours_is_named(client, page):
    assert "Det gjelder siden" not in said(client.get("/meld-feil/", {"side": page}))
    client.post(f"/meld-feil/?side={page}", fields())
    assert ErrorReport.objects.get().page == ""


def test_the_same_form_sent_twice_is_one_report(client):
    for _again in range(2):
        assert client.post("/meld-feil/", fields()).status_code == 302
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hva": ""}, "Skriv hva som er feil."),
        ({"hva": "x" * 1001}, "Meldingen kan ha 1000 tegn."),
        ({"epost": "mette"}, "Skriv e-postadressen slik"),
        ({"epost": "mette@firma.no\r\nBcc: alle@firma.no"}, "Skriv e-postadressen slik"),
    ],
)
def test_what_cannot_be_kept_is_told(client, changes, message):
    answer = client.post("/meld-feil/", fields(**changes))
    assert answer.status_code == 422 and message in said(answer)
    assert not ErrorReport.objects.exists()


def test_nothing_about_a_person_is_kept(client):
    answer = client.post("/meld-feil/", fields(hva="Kari Canary har bipolar lidelse."))
    assert answer.status_code == 422 and not ErrorReport.objects.exists()


def test_without_a_form_of_ours_nothing_is_kept(client):
    assert client.post("/meld-feil/", fields(nokkel="")).status_code == 403
    assert Client(enforce_csrf_checks=True).post("/meld-feil/", fields()).status_code == 403
    assert not ErrorReport.objects.exists()


def test_one_address_reports_a_few_times_a_minute(client):
    answers = [client.post("/meld-feil/", fields(nokkel=f"{n:024}")).status_code for n in range(7)]
    assert answers == [302] * 5 + [429] * 2


def test_the_answer_reaches_whoever_asked_for_it_and_their_address_is_forgotten(client, kari):
    client.post("/en/meld-feil/", fields(epost="Mette@Firma.no", hva="It says 40 hours."))
    report = ErrorReport.objects.get()
    reports.give_answer(report.pk, kari, "Corrected today. <b>Thank you</b>", TODAY)
    report.refresh_from_db()
    assert report.email == ""
    message = Message.objects.get()
    assert (message.type, message.address, message.language) == ("report_answered", "mette@firma.no", "en")
    words = unseal(message.words)
    assert set(words) == {"link"}
    path = words["link"].removeprefix("http://localhost:8000")
    assert path.startswith("/en/meld-feil/svar/") and path.split("/")[-2] not in report.answer_hash
    page = client.get(path)
    assert "Corrected today. &lt;b&gt;Thank you&lt;/b&gt;" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer" and "no-store" in page.headers["Cache-Control"]


def test_without_an_address_nothing_is_sent(client, kari):
    client.post("/meld-feil/", fields())
    reports.give_answer(ErrorReport.objects.get().pk, kari, "Rettet.", TODAY)
    assert not Message.objects.exists()
    # And an empty hash is nobody's secret.
    assert client.get("/meld-feil/svar/x/").status_code == 404


def test_a_report_is_answered_once(client, kari, ola):
    client.post("/meld-feil/", fields(epost="mette@firma.no"))
    pk = ErrorReport.objects.get().pk
    reports.give_answer(pk, kari, "Rettet.", TODAY)
    with pytest.raises(reports.AlreadyAnswered):
        reports.give_answer(pk, ola, "Nei.", TODAY)
    assert ErrorReport.objects.get().answer == "Rettet." and Message.objects.count() == 1


def test_P14_answers_are_kept_for_ninety_days_and_reports_without_one_for_a_year(client, kari):
    client.post("/meld-feil/", fields())
    report = ErrorReport.objects.get()
    assert not reports.expired(TODAY + timedelta(days=365)).exists()
    assert reports.expired(TODAY + timedelta(days=366)).get() == report
    reports.give_answer(report.pk, kari, "Rettet.", TODAY)
    assert not reports.expired(TODAY + timedelta(days=90)).exists()
    assert reports.expired(TODAY + timedelta(days=91)).get() == report


def test_the_secret_of_an_answer_is_in_no_log():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "at /meld-feil/svar/%s/", (48 * "a",), None)
    WithoutSecrets().filter(record)
    assert record.getMessage() == "at /meld-feil/svar/…/"
