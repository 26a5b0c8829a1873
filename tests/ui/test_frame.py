"""What holds for every page: language by address, the clock, limits, and what people meet in trouble."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.urls import include, path

from config.urls import urlpatterns as declared
from toolbox.ui import clock, limits
from toolbox.ui.language import in_language, language_of
from toolbox.ui.urls_without_language import urlpatterns as site


def fails(request):
    raise RuntimeError("on purpose")


urlpatterns = [path("", include(([path("healthz", fails, name="health"), *site], "site"))), *declared[1:]]
handler500 = "toolbox.ui.errors.server_error"


@pytest.mark.parametrize(
    ("address", "language", "bokmal"),
    [
        ("/", "nb", "/"),
        ("/nn/", "nn", "/"),
        ("/en/stotte/", "en", "/stotte/"),
        ("/stotte/", "nb", "/stotte/"),
        ("/nnfoo/", "nb", "/nnfoo/"),
        ("/nb/", "nb", "/nb/"),
    ],
)
def test_the_address_alone_says_the_language(address, language, bokmal):
    assert language_of(address) == language
    assert in_language(address, "nb") == bokmal
    for other in ("nb", "nn", "en"):
        assert in_language(in_language(address, other), language) == address


def test_choosing_a_language_leads_only_to_our_own_pages(client):
    answer = client.get("/sprak/nn/", {"neste": "/nn/stotte/"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/nn/stotte/"
    for elsewhere in (
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "stotte/",
    ):
        assert client.get("/sprak/nn/", {"neste": elsewhere}).status_code == 400, elsewhere
    assert client.get("/sprak/tlh/").status_code == 404


def test_the_clock_has_one_door_and_it_can_be_held(settings):
    settings.TOOLBOX_TODAY = date(2030, 2, 3)
    assert clock.today() == date(2030, 2, 3) == clock.now().date()
    settings.TOOLBOX_TODAY = None
    assert clock.today() >= date(2026, 1, 1)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TOOLBOX_TODAY": "2026-11-24", "SECRET_KEY": "x" * 50}, "Unset it in production"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is empty"),
    ],
)
def test_production_refuses_what_only_a_demonstration_may(environment, said):
    inherited = {name: value for name, value in os.environ.items() if name != "TOOLBOX_TODAY"}
    asked = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={**inherited, "DEMONSTRATION": "false", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode != 0 and said in asked.stderr


@pytest.mark.django_db
@pytest.mark.database
def test_a_limit_counts_in_the_database_and_keeps_no_address(monkeypatch):
    monkeypatch.setattr(limits, "now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    assert [limits.allow("prove", request, per_minute=2) for _ in range(3)] == [True, True, False]
    other = RequestFactory().get("/", REMOTE_ADDR="192.0.2.8")
    assert limits.allow("prove", other, per_minute=2)


@pytest.mark.parametrize(
    ("proxies", "passed_on", "address"),
    [
        (0, "203.0.113.5", "192.0.2.7"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.7"),
        (1, "", "192.0.2.7"),
    ],
)
def test_only_our_own_proxies_are_believed_about_an_address(settings, proxies, passed_on, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": passed_on})
    assert limits.visitor_address(request) == address


def test_a_limit_that_cannot_be_counted_stops_nobody(monkeypatch, caplog):
    class Broken:
        def add(self, *args, **kwargs):
            raise OSError("the database is down")

    monkeypatch.setattr(limits, "caches", {"limits": Broken()})
    with caplog.at_level(logging.CRITICAL):
        assert limits.allow("prove", RequestFactory().get("/"), per_minute=0)
    assert caches["limits"] is not None


@pytest.mark.urls("tests.ui.test_frame")
def test_a_fault_of_ours_says_so_and_gives_a_code_that_stands_in_the_log(client, caplog):
    client.raise_request_exception = False
    answer = client.get("/healthz")
    said = answer.content.decode()
    assert answer.status_code == 500
    assert "Beklager, det er feil hos oss" in said and "55 55 33 36" in said
    code = next(re.findall(r"error page (\w{4}) shown", r.getMessage())[0] for r in caplog.records)
    assert f"koden {code}" in said


@pytest.mark.parametrize(
    ("language", "said"), [("", "Vi finner ikke siden"), ("/nn", "Vi finn ikkje"), ("/en", "find")]
)
def test_an_unknown_address_is_answered_in_its_own_language_with_somebody_to_call(client, language, said):
    answer = client.get(f"{language}/finnes-ikke/")
    text = answer.content.decode()
    assert answer.status_code == 404 and said in text and "55 55 33 36" in text
    assert "no-store" in answer.headers["Cache-Control"] and "Traceback" not in text


def test_a_form_that_was_open_for_too_long_says_what_is_safe():
    answer = Client(enforce_csrf_checks=True).post(
        "/start-her/lagre/?kommune=3101&arbeid=kitchen&andel=60", {"nokkel": "n" * 24}
    )
    assert answer.status_code == 403
    assert "Svarene du har lagret, ligger der." in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.database
def test_ready_says_whether_the_database_answers_and_is_migrated(client):
    assert client.get("/readyz").content == b"ready"


def test_the_demonstration_never_shows_djangos_own_pages():
    assert settings.DEBUG is False
