"""config/route_roles.py is the whole truth about addresses: nothing answers that it does not name."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve, reverse
from django.utils import translation

from config.route_roles import ROUTES
from config.urls import urlpatterns as declared_patterns
from tests import directory_content
from toolbox.access.models import StaffRole

#: The number of an object that does not exist.
NOBODYS = "00000000-0000-4000-8000-000000000000"

#: What stands in an address that has a place for something.
PLACES = {
    "access:demo_link": ["ikke-en-lenke"],
    "access:identity_start": ["finnes-ikke"],
    "access:own_data_file": ["ikke-en-lenke"],
    "access:passkey": [1],
    "access:support_view": [NOBODYS],
    "catalogue:measure": ["midlertidig-lonnstilskudd"],
    "tools:tool": ["avtal-en-proveperiode-med-beslutningsdato"],
    "company:accept": ["0" * 32],
    "company:confirm": [NOBODYS],
    "company:end": [NOBODYS, NOBODYS],
    "company:invitation": ["0" * 32],
    "company:invite": [NOBODYS],
    "company:member": [NOBODYS, NOBODYS],
    "company:page": [NOBODYS],
    "company:prove": [NOBODYS],
    "company:renew": [NOBODYS],
    "company:withdraw": [NOBODYS, NOBODYS],
    "company:withdraw_confirmation": [NOBODYS],
    "directory:helper": ["nav-halden-aremark"],
    "desk:act_on_item": [1],
    "desk:act_on_seeded": ["verktoy", "trial_with_decision_date"],
    "desk:edit_item": [1],
    "desk:edit_seeded": ["verktoy", "trial_with_decision_date"],
    "desk:item": [1],
    "desk:rate": ["shared.contribution_zone_1"],
    "desk:rate_approve": [1],
    "desk:rate_change": [1],
    "desk:rate_decline": [1],
    "desk:rate_undo": [1],
    "desk:report": [1],
    "desk:seeded": ["verktoy"],
    "desk:seeded_page": ["verktoy", "trial_with_decision_date"],
    "guide:saved": ["0" * 48],
    "guide:manage": ["0" * 48],
    "guide:toolbox": ["0" * 48],
    "guide:toolbox_actions": ["0" * 48],
    "guide:toolbox_again": ["0" * 48],
    "guide:toolbox_calendar": ["0" * 48],
    "guide:toolbox_pdf": ["0" * 48],
    "guide:toolbox_read": ["0" * 48],
    "guide:toolbox_read_pdf": ["0" * 48],
    "guide:toolbox_reminder": ["0" * 48],
    "identity:back": ["finnes-ikke"],
    **{f"mapping:{name}": ["0" * 48] for name in ("later", "check", "submit", "go_on", "delete")},
    "mapping:page": ["0" * 48, "folk"],
    "outbox:opt_out": ["1:feil"],
    "publishing:answer": ["0" * 48],
    "site:language": ["nn"],
    "v1:measure": ["midlertidig-lonnstilskudd"],
    "v1:tool": ["avtal-en-proveperiode-med-beslutningsdato"],
    "v1:unknown": ["finnes-ikke"],
}
#: A mail program posts here by itself (RFC 8058). The view asks for a token of all other posts.
ONE_CLICK = {"outbox:opt_out"}
NEED = {"kommune": "3101", "arbeid": "kitchen", "andel": "60"}
ROLES = {
    "visitor",
    "signed_in",
    "company_member",
    "mentor",
    "participant",
    "adviser",
    "provider",
    *StaffRole.values,
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")

#: A test's own address that nobody has declared.
urlpatterns = [
    path("ikke-erklart/", lambda request: HttpResponse("open"), name="undeclared"),
    *declared_patterns,
]


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, space + inner)
        else:
            assert pattern.name, f"{pattern} has no name, so no row can speak of it"
            yield space + pattern.name


def address(name: str) -> str:
    with translation.override("nb"):
        return reverse(name, args=PLACES.get(name, []))


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(named(get_resolver("config.urls").url_patterns)) == sorted(ROUTES)


def test_the_roles_are_ones_that_exist():
    assert {role for route in ROUTES.values() for role in route.roles} <= ROLES
    for route in ROUTES.values():
        assert route.roles == ("visitor",) or "visitor" not in route.roles, "nobody else is let in by name"


def test_only_a_page_that_takes_nothing_in_may_be_kept():
    kept = [route for route in ROUTES.values() if route.cached]
    assert kept and not [route.name for route in kept if route.stores or route.methods != ("GET",)]


@pytest.mark.urls("tests.repository.test_routes")
def test_an_address_without_a_row_is_not_found(client):
    assert client.get("/ikke-erklart/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ROUTES)
def test_a_method_that_the_row_does_not_name_is_refused(client, name):
    route = ROUTES[name]
    for method in METHODS:
        if method not in route.methods:
            assert client.generic(method, address(name)).status_code == 405, method


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.cached])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_page_that_is_kept_is_the_same_for_everybody(client, name, language):
    with translation.override(language):
        where = reverse(name, args=PLACES.get(name, []))
    first = client.get(where)
    assert first.status_code == 200
    for page in (first, Client(headers={"Accept-Language": "en", "Cookie": "sprak=en"}).get(where)):
        if page.status_code == 302:
            assert where == "/", "only the front page leads on to the chosen language"
            continue
        assert not page.cookies and "csrfmiddlewaretoken" not in page.content.decode()
        assert "Cookie" not in page.headers.get("Vary", "")
        assert page.content == first.content
        assert "max-age=0" in page.headers["Cache-Control"] and "public" in page.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if not route.cached and not route.asks_again]
)
def test_a_page_that_is_somebodys_own_is_never_kept(client, name):
    directory_content.load()
    answer = client.generic(ROUTES[name].methods[0], f"{address(name)}?{urlencode(NEED)}")
    assert answer.status_code in (200, 302, 404, 410, 415, 422)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.asks_again])
def test_an_answer_that_may_be_kept_is_the_same_for_everybody_and_asked_for_again(client, name):
    first = client.get(address(name))
    again = Client(headers={"Accept-Language": "en", "Cookie": "sprak=en"}).get(address(name))
    assert first.status_code == 200 and first.content == again.content and not again.cookies
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get(address(name), headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if not route.stores])
def test_an_address_that_stores_nothing_writes_nothing(client, name):
    directory_content.load()
    with CaptureQueriesContext(connection) as asked:
        for method in ROUTES[name].methods:
            client.generic(method, f"{address(name)}?kommune=3101&arbeid=kitchen&andel=60")
    for query in asked.captured_queries:
        counted = ROUTES[name].counts and (' "limits" ' in query["sql"] or "SAVEPOINT" in query["sql"])
        assert counted or query["sql"].lstrip().upper().startswith("SELECT"), query["sql"]


def test_a_post_that_stores_nothing_needs_no_token_and_one_that_stores_does():
    for name, route in ROUTES.items():
        if "POST" not in route.methods:
            continue
        view = resolve(address(name)).func
        exempt = not route.stores or name in ONE_CLICK
        assert getattr(view, "csrf_exempt", False) is exempt, name


@pytest.mark.django_db
def test_a_forged_post_to_an_address_that_stores_is_refused():
    stranger = Client(enforce_csrf_checks=True)
    for name, route in ROUTES.items():
        if route.stores and "POST" in route.methods:
            assert stranger.post(address(name), NEED).status_code == 403, name
