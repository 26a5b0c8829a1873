"""Pages about the site itself, and the small addresses machines ask for."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import DisallowedRedirect
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from toolbox.ui.clock import today
from toolbox.ui.gallery import context
from toolbox.ui.language import CODES
from toolbox.ui.own_path import safe_path

#: RFC 9116 asks for less than a year.
SECURITY_TEXT_HOLDS = timedelta(days=180)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/about.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")


def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/cookies.html")


def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/contact.html")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds or reviews a page."""
    return render(request, "ui/gallery.html", context())


def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a chosen language, and go to the page it was chosen on. The cookie holds nothing else."""
    if code not in CODES:
        raise Http404
    target = safe_path(request.GET.get("neste", "/"))
    if not target:
        raise DisallowedRedirect("The address to go on to must be a path on this site")
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=not settings.DEMONSTRATION,
    )
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """Saved results are not named here: a robot that may not ask never sees that they are noindex."""
    return HttpResponse("User-agent: *\nDisallow: /sprak/\n", content_type="text/plain")


def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). 404 while nobody has said who runs the site."""
    operator = settings.OPERATOR
    contacts = [f"mailto:{operator['email']}"] if operator["email"] else []
    if operator["url"].startswith("https://"):
        contacts.append(operator["url"])
    if not operator["name"] or not contacts:
        raise Http404
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        # Made anew for each request, so that it never runs out on a site that is alive.
        f"Expires: {(today() + SECURITY_TEXT_HOLDS).isoformat()}T00:00:00Z",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def health(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")
