"""The security baseline as it is in production: settings read anew, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served_site import PROJECT

PRODUCTION = {
    "DEMONSTRATION": "false",
    "DEBUG": "false",
    "SECRET_KEY": "k" * 64,
    "AUDIT_KEY": "a" * 64,
    "ALLOWED_HOSTS": "verktoy.example",
    "SITE_URL": "https://verktoy.example",
    "TOOLBOX_TODAY": "",
}
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
kind = Client(SERVER_NAME="verktoy.example")
secure, plain = kind.get("/healthz", secure=True), kind.get("/healthz")
names = [n for n in dir(settings) if n.endswith(("COOKIE_SECURE", "HTTPONLY", "SAMESITE", "COOKIE_NAME"))]
print(json.dumps({
    "settings": {n: getattr(settings, n) for n in [*names, "DEBUG", "USE_X_FORWARDED_HOST", "ALLOWED_HOSTS"]},
    "headers": dict(secure.headers), "status": secure.status_code,
    "plain": [plain.status_code, plain.headers.get("Location")],
}))
"""


def run(code: str, tmp_path: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path / 'p.sqlite3'}"} | changed
    return subprocess.run(
        [sys.executable, "-c", code],
        env={name: value for name, value in environment.items() if value}
        | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_production_cookies_transport_and_hosts_are_held(tmp_path):
    done = run(ASK, tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    known = told["settings"]
    assert told["status"] == 200
    assert told["headers"]["Strict-Transport-Security"] == f"max-age={365 * 24 * 60 * 60}"
    assert told["headers"]["Referrer-Policy"] == "same-origin"
    assert told["headers"]["Cache-Control"] == "private, no-store"
    assert told["plain"] == [301, "https://verktoy.example/healthz"]
    assert known["SESSION_COOKIE_SECURE"] and known["CSRF_COOKIE_SECURE"]
    assert known["SESSION_COOKIE_HTTPONLY"] and known["CSRF_COOKIE_HTTPONLY"]
    assert (known["SESSION_COOKIE_SAMESITE"], known["CSRF_COOKIE_SAMESITE"]) == ("Lax", "Strict")
    assert known["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert known["ALLOWED_HOSTS"] == ["verktoy.example"]
    assert not known["DEBUG"] and not known["USE_X_FORWARDED_HOST"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"SECRET_KEY": ""}, "SECRET_KEY is empty"), ({"TOOLBOX_TODAY": "2026-11-24"}, "TOOLBOX_TODAY")],
    ids=str,
)
def test_what_only_a_demonstration_may_have_stops_production(tmp_path, changed, says):
    done = run("import django; django.setup()", tmp_path, **changed)
    assert done.returncode != 0 and says in done.stderr
