"""T23: every address, as every role, by every method, on the real server, against config/route_roles.py."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import NoReverseMatch

from config.route_roles import ROUTES, Route
from tests.hostile.role_sessions import ROLES, cookies
from tests.repository.test_routes import address
from tests.served_site import Site

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE")
#: No address has these, and they are refused before anybody's role is looked at: a visitor asks for all.
UNUSED = ("PATCH", "TRACE")
WITH_A_FORM = [name for name, route in ROUTES.items() if "POST" in route.methods]
#: Django takes any token that the cookie and the request agree on, so every request here brings one: what is
#: refused is refused for its role or its method, and not for a token that is missing.
TOKEN = "a" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}

#: What those who are let in meet on GET, where it is not 200: the example in the address stands for nothing,
#: the question is missing, or the page leads on.
GET_ANSWERS = {
    "site:language": 302,
    "guide:saved": 410,
    "guide:manage": 410,
    **{
        f"guide:toolbox{name}": 410
        for name in ("", "_pdf", "_read", "_read_pdf", "_calendar", "_actions", "_reminder", "_again")
    },
    **{f"mapping:{name}": 410 for name in ("page", "check", "later", "delete")},
    **{name: 410 for name in ROUTES if name.startswith("guide:toolbox")},
    "access:code": 302,
    "access:contact_details": 302,
    "access:address_code": 302,
    "access:demo_link": 410,
    "company:invitation": 410,
    "company:accept": 410,
    "v1:unknown": 404,
}
#: What the examples stand for is nobody's. test_T23_objects.py asks for what is somebody's.
NOBODYS = {
    "site:security",  # nobody runs a demonstration
    "identity:back",
    "access:identity_start",
    "access:passkey",
    "company:page",
    "company:renew",
    "company:prove",
    "company:invite",
    "company:withdraw",
    "company:member",
    "company:end",
    "company:confirm",
    "company:withdraw_confirmation",
    "outbox:opt_out",
    "publishing:answer",
    "desk:report",
    "desk:rate_change",
    "desk:rate_approve",
    "desk:rate_decline",
    "desk:rate_undo",
    "access:own_data_file",
    "access:support_view",
    "desk:item",
    "desk:edit_item",
    "desk:act_on_item",
    "desk:act_on_seeded",
}


def let_in(route: Route, role: str) -> bool:
    signed_in = role != "visitor"
    return "visitor" in route.roles or role in route.roles or (signed_in and "signed_in" in route.roles)


def declared(route: Route, role: str, method: str) -> str:
    """What the row promises."""
    allowed = {*route.methods, "OPTIONS"} | ({"HEAD"} if "GET" in route.methods else set())
    if method not in allowed:
        return "no such method"
    if method == "OPTIONS" and route.stores:
        return "told the methods"
    if not let_in(route, role):
        return "sign in first" if role == "visitor" else "not found"
    return "not found" if route.name in NOBODYS else "let in"


def has_example(name: str) -> bool:
    try:
        return bool(address(name))
    except NoReverseMatch:
        return False


class Visitor:
    """Asks the site as one role, on a connection that stays open."""

    def __init__(self, site: Site, role: str, sessions: list[str]) -> None:
        self.role = role
        self._host = urlsplit(site.url).netloc
        self._connection = http.client.HTTPConnection(self._host, timeout=30)
        self._looking, *self._for_forms = sessions or [""] * (1 + len(WITH_A_FORM))

    def ask(self, name: str, method: str) -> tuple[int, http.client.HTTPMessage]:
        """Status and headers. A form that is let in comes from a person of its own."""
        sends = method == "POST" and name in WITH_A_FORM and let_in(ROUTES[name], self.role)
        session = self._for_forms[WITH_A_FORM.index(name)] if sends else self._looking
        cookie = f"csrftoken={TOKEN}" + (f"; sesjon={session}" if session else "")
        self._connection.request(
            method, address(name), headers={"Cookie": cookie, "X-CSRFToken": TOKEN} | FORM
        )
        answer = self._connection.getresponse()
        answer.read()
        return answer.status, answer.headers

    def close(self) -> None:
        self._connection.close()


def met(name: str, role: str, method: str, status: int, headers: http.client.HTTPMessage) -> str:
    """What somebody met, in the words of `declared`."""
    if status == 405:
        return "no such method"
    if method == "OPTIONS" and ROUTES[name].stores:
        return "told the methods" if status == 200 and "Allow" in headers else f"OPTIONS {status}"
    to = headers.get("Location", "")
    if status == 302 and to.startswith("/logg-inn/?neste=") and "visitor" not in ROUTES[name].roles:
        return "let in" if to.endswith("&igjen=1") else "sign in first"
    if status == 404 and GET_ANSWERS.get(name) != 404:
        return "not found"
    led_on = name == "access:sign_in" and role != "visitor"
    if status >= 500 or (
        method in ("GET", "HEAD") and status != GET_ANSWERS.get(name, 302 if led_on else 200)
    ):
        return f"{method} {status}"
    return "let in"


@pytest.fixture(scope="module")
def sessions(site: Site) -> dict[str, list[str]]:
    return cookies(site, 1 + len(WITH_A_FORM))


@pytest.fixture
def visitor(site: Site, sessions: dict[str, list[str]], request: pytest.FixtureRequest) -> Iterator[Visitor]:
    somebody = Visitor(site, request.param, sessions.get(request.param, []))
    yield somebody
    somebody.close()


@pytest.mark.parametrize("visitor", ROLES, indirect=True)
def test_T23_every_address_answers_each_role_and_method_as_its_row_says(visitor, site):
    no_example = [name for name in ROUTES if not has_example(name)]
    differs = [f"{name}: give it an example in tests/repository/test_routes.py" for name in no_example]
    for name, route in ROUTES.items():
        if name in no_example:
            continue
        for method in (*METHODS, *UNUSED) if visitor.role == "visitor" else METHODS:
            status, headers = visitor.ask(name, method)
            promise, answer = (
                declared(route, visitor.role, method),
                met(name, visitor.role, method, status, headers),
            )
            if promise != answer:
                differs.append(f"{method} {name}: {promise} was declared, met {answer} ({status})")
            if "visitor" not in route.roles and headers["Cache-Control"] != "private, no-store":
                differs.append(f"{method} {name}: {headers['Cache-Control']} may be kept")
        if route.stores or route.counts:
            site.let_a_minute_pass()
    assert not differs, "\n".join(differs)


def test_T23_no_row_has_a_method_that_only_a_visitor_asks_for():
    assert not [route.name for route in ROUTES.values() if {*UNUSED} & {*route.methods}]


def test_T23_the_roles_crawled_are_all_the_roles_there_are():
    assert {role for route in ROUTES.values() for role in route.roles} <= set(ROLES)
