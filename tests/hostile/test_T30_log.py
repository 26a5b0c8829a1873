"""T30: when something of ours breaks, the log tells where, and nothing of what somebody wrote."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from config.route_roles import ROUTES
from tests.repository.test_routes import PLACES, address
from toolbox.access import views as sign_in_views
from toolbox.guide import saved
from toolbox.publishing import report_views

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY = "n" * 24
CANARY = "Kari-Canary-7F har migrene"
NEED = "kommune=3101&arbeid=kitchen&andel=60"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the running site would write: its own handler, with the filter from its settings."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    name = settings.LOGGING["filters"]["without_secrets"]["()"].rpartition(".")[2]
    handler.addFilter(getattr(__import__("toolbox.ui.errors", fromlist=[name]), name)())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def broken(*_what: object, **_how: object) -> None:
    raise RuntimeError("broken on purpose")


@pytest.mark.parametrize(
    ("where", "what", "path", "fields"),
    [
        (saved, "keep", f"/start-her/lagre/?{NEED}&notat={CANARY}", {"nokkel": KEY, "notat": CANARY}),
        (
            report_views.reports,
            "receive",
            "/meld-feil/?side=/om/",
            {"nokkel": KEY, "hva": "Feil telefon til Canary-7F", "epost": "canary-7f@example.org"},
        ),
        (sign_in_views.codes, "send", "/logg-inn/", {"nokkel": KEY, "epost": "canary-7f@example.org"}),
    ],
    ids=["save", "report", "sign in"],
)
def test_T30_the_log_has_the_code_and_the_place_and_nothing_else(log, monkeypatch, where, what, path, fields):
    monkeypatch.setattr(where, what, broken)
    browser = Client(raise_request_exception=False, headers={"User-Agent": "Canary-7F/1.0"})
    browser.cookies["hemmelig"] = "Canary-7F"
    answer = browser.post(path, fields, REMOTE_ADDR="192.0.2.77")
    assert answer.status_code == 500
    said = log.getvalue()
    code = re.search(r"error page (\w{4}) shown for [\w:]+", said)
    assert code and code[1] in answer.content.decode() and "broken on purpose" in said
    assert "anary-7" not in said and "192.0.2.77" not in said and "migrene" not in said
    assert "anary-7" not in answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def with_a_token() -> list[str]:
    """Every address that opens something for whoever has it."""
    return [name for name in ROUTES if "token" in resolve(address(name)).kwargs]


@pytest.mark.parametrize("name", with_a_token())
def test_T30_an_address_that_opens_something_is_never_whole_in_the_log(log, name):
    secret = "c4n4ry" * 8
    where = reverse(name, args=[secret, *PLACES[name][1:]])
    logging.getLogger("django.request").error("Internal Server Error: %s", where)
    assert "c4n4ry" not in log.getvalue() and "…" in log.getvalue()
