"""Holds every request to the table in route_roles: refuses what is not declared, keeps what may be kept.

Where a row asks for a role, the view finds `request.account` and `request.roles`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from config.route_roles import ROUTES, VISITOR, Route
from toolbox.access.models import StaffRole
from toolbox.access.onwards import sign_in_address
from toolbox.access.passkeys import lacks_passkey
from toolbox.access.queries import roles_of
from toolbox.access.sessions import account_of, renew_when_roles_changed
from toolbox.ui import content_revision, steps
from toolbox.ui.clock import now
from toolbox.ui.compression import accepts, mark, squeeze
from toolbox.ui.frame import page_revision

STAFF = frozenset(StaffRole.values)


def _key(path: str) -> str:
    # An address may be longer than a cache key.
    return f"page:{hashlib.sha256(path.encode()).hexdigest()}:{page_revision()}:{content_revision.current()}"


class RouteGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        route = ROUTES.get(match.view_name) if match else None
        if route and route.unlisted:
            # A PDF has no place for a tag, and an error page of such an address is nobody's to find either.
            response.headers["X-Robots-Tag"] = "noindex"
        if route and route.step and request.method == "GET" and response.status_code == 200:
            steps.took(route.step, request)
        key = getattr(request, "page_cache_key", None)
        if key and response.status_code == 200 and not response.cookies:
            if not getattr(request, "page_was_kept", False):
                page = response.content
                cache.set(key, (page, squeeze(page), response.headers["Content-Type"]))
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        elif route and route.asks_again and "ETag" in response.headers:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        elif "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        assert request.resolver_match is not None
        route = ROUTES.get(request.resolver_match.view_name)
        if route is None:
            raise Http404("This address is not declared in config/route_roles.py")
        allowed = (
            {*route.methods, "HEAD", "OPTIONS"} if "GET" in route.methods else {*route.methods, "OPTIONS"}
        )
        if request.method not in allowed:
            return HttpResponseNotAllowed(sorted(allowed))
        if request.method == "OPTIONS" and route.stores:
            # It needs no form token, so a view that takes whatever is no GET for a post must never see it.
            return HttpResponse(headers={"Allow": ", ".join(sorted(allowed))})
        return self._refused(request, route) if route.roles != VISITOR else self._kept(request, route)

    def _refused(self, request: HttpRequest, route: Route) -> HttpResponse | None:
        """Lead somebody unknown to sign-in, and staff without a passkey to make one.

        To somebody without the role the address does not exist.
        """
        account = account_of(request, now())
        if account is None:
            return HttpResponseRedirect(
                sign_in_address(request.get_full_path() if request.method == "GET" else "")
            )
        roles = roles_of(account)
        renew_when_roles_changed(request, roles)
        if roles.isdisjoint(route.roles):
            # Neither page nor headers may tell that something is here.
            request.resolver_match = None
            raise Http404
        if STAFF.issuperset(route.roles) and lacks_passkey(account):
            return HttpResponseRedirect(reverse("access:passkeys"))
        request.account = account  # type: ignore[attr-defined]
        request.roles = roles  # type: ignore[attr-defined]
        return None

    def _kept(self, request: HttpRequest, route: Route) -> HttpResponse | None:
        # A query string makes a page somebody's own; only the bare address is the same for everybody.
        if not route.cached or request.method != "GET" or request.META.get("QUERY_STRING"):
            return None
        request.page_cache_key = key = _key(request.path)  # type: ignore[attr-defined]
        kept = cache.get(key)
        request.page_was_kept = kept is not None  # type: ignore[attr-defined]
        if kept is None:
            return None
        page, squeezed, content_type = kept
        if not accepts(request):
            return HttpResponse(page, content_type=content_type)
        response = mark(HttpResponse(squeezed, content_type=content_type))
        patch_vary_headers(response, ["Accept-Encoding"])
        return response
