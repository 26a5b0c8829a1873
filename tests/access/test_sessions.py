"""A session: a new key when rights change, an end when nothing is done, and nothing left in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.access.conftest import ask_for_code, last_code, write_code
from toolbox.access import sessions, staff
from toolbox.access.models import Account, StaffRole
from toolbox.ui import clock

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def pass_time(monkeypatch):
    """`pass_time(hours=2)`: from now on it is two hours later."""
    moved = [timedelta()]

    def later(**parts: float) -> None:
        moved[0] += timedelta(**parts)

    for module in ("config.route_guard", "toolbox.access.views", "toolbox.access.my_page_views"):
        monkeypatch.setattr(f"{module}.now", lambda: clock.now() + moved[0])
    return later


def test_signing_in_gives_a_new_session(client):
    ask_for_code(client, "mette@firma.no")
    before = client.cookies["sesjon"].value
    write_code(client, last_code("mette@firma.no"))
    assert client.cookies["sesjon"].value != before
    assert not Session.objects.filter(pk=before).exists()
    assert "code_on_its_way" not in client.session, "nothing of the stranger's session is left"


def test_gaining_a_role_gives_the_session_a_new_key(signed_in):
    client = signed_in("mette@firma.no")
    client.get("/min-side/")
    before = client.cookies["sesjon"].value
    client.get("/min-side/")
    assert client.cookies["sesjon"].value == before
    staff.give(Account.objects.get(), StaffRole.EDITOR, by=None)
    assert client.get("/min-side/").status_code == 200
    assert client.cookies["sesjon"].value != before
    assert not Session.objects.filter(pk=before).exists()


def test_a_session_ends_after_an_hour_without_use(signed_in, pass_time):
    client = signed_in("mette@firma.no")
    pass_time(minutes=59)
    assert client.get("/min-side/").status_code == 200
    pass_time(minutes=59)
    assert client.get("/min-side/").status_code == 200
    pass_time(minutes=61)
    assert client.get("/min-side/").status_code == 302
    assert not Session.objects.exists()


def test_a_session_ends_after_half_a_day_whatever_is_done(signed_in, pass_time):
    client = signed_in("mette@firma.no")
    for _half_hour in range(24):
        assert client.get("/min-side/").status_code == 200
        pass_time(minutes=30, seconds=1)
    assert client.get("/min-side/").status_code == 302


def test_on_a_machine_of_ones_own_it_lasts_a_day_without_use_and_a_week_in_all(signed_in, pass_time):
    client = signed_in("mette@firma.no", egen_maskin="ja")
    assert client.cookies["sesjon"]["max-age"] > 6 * 24 * 3600
    for _day in range(7):
        assert client.get("/min-side/").status_code == 200
        pass_time(hours=23, minutes=59)
    pass_time(hours=1)
    assert client.get("/min-side/").status_code == 302


def test_on_a_shared_machine_the_cookie_goes_with_the_browser(signed_in):
    client = signed_in("mette@firma.no")
    assert client.cookies["sesjon"]["max-age"] == ""
    assert (client.cookies["sesjon"]["samesite"], client.cookies["sesjon"]["httponly"]) == ("Lax", True)


def test_signing_out_clears_the_session_in_browser_and_database(signed_in):
    client = signed_in("mette@firma.no")
    assert client.get("/logg-ut/").status_code == 200
    assert client.get("/min-side/").status_code == 200, "a link alone signs nobody out"
    assert client.post("/logg-ut/").headers["Location"] == "/logget-ut/"
    assert client.cookies["sesjon"].value == "" and not Session.objects.exists()


def test_signing_out_everywhere_ends_every_session(signed_in):
    here, there = signed_in("mette@firma.no"), signed_in("mette@firma.no")
    other = signed_in("per@firma.no")
    here.post("/min-side/maskiner/", {"alle": "ja"})
    assert [each.get("/min-side/").status_code for each in (here, there, other)] == [302, 302, 200]


def test_a_public_page_reads_no_session_even_when_there_is_one(signed_in):
    client = signed_in("mette@firma.no")
    client.get("/stotte/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/stotte/")
    assert answer.status_code == 200 and not asked.captured_queries
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_somebody_without_a_session_costs_no_query(client):
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/min-side/").status_code == 302
    assert not asked.captured_queries


def test_when_somebody_was_here_is_kept_as_a_day(signed_in, pass_time):
    client = signed_in("mette@firma.no")
    assert Account.objects.get().last_seen == timezone.localdate(clock.now())
    pass_time(minutes=50)
    client.get("/min-side/")
    assert Account.objects.get().last_seen == timezone.localdate(clock.now() + timedelta(minutes=50))


def test_in_production_the_cookie_is_bound_to_the_host_and_to_tls():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)",
        ],
        env={name: value for name, value in os.environ.items() if name != "TOOLBOX_TODAY"}
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMONSTRATION": "false",
            "SECRET_KEY": "x" * 50,
            "ALLOWED_HOSTS": "eksempel.no",
            "SITE_URL": "https://eksempel.no",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.split() == ["__Host-sesjon", "True"], told.stderr


def test_the_limits_are_the_ones_the_pages_tell():
    assert (sessions.SHARED.idle, sessions.SHARED.whole) == (timedelta(hours=1), timedelta(hours=12))
    assert (sessions.OWN.idle, sessions.OWN.whole) == (timedelta(days=1), timedelta(days=7))
