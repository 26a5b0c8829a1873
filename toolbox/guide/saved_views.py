"""Save a result, read it, and take it away again."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from toolbox.guide import saved
from toolbox.guide.need import Need
from toolbox.guide.views import ask_again, read_address, show_result
from toolbox.ui import errors, limits
from toolbox.ui.clock import today
from toolbox.ui.form_key import new_key, posted_key
from toolbox.ui.rate_book import current_book

#: A household or an office may save this many results a minute from one address; then we ask for a minute.
SAVES_A_MINUTE = 10


def save(request: HttpRequest) -> HttpResponse:
    """Ask once more, then save what the address holds. The key in the form makes a second press harmless."""
    on = today()
    found = read_address(request.GET, on)
    if not isinstance(found, Need):
        return ask_again(request, found)
    if request.method != "POST":
        return render(request, "guide/save.html", {"query": found.query, "need": found, "key": new_key()})
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    if not limits.allow("save", request, per_minute=SAVES_A_MINUTE):
        return errors.too_many(request)
    addresses = saved.keep(
        found.query,
        key=key,
        secret=settings.SECRET_KEY,
        on=on,
        rate_revision=current_book().revision,
    )
    if addresses is None:
        return errors.gone(request)
    context = {
        # Both addresses are shown only here: in another language the same form is sent again.
        "repost": {"nokkel": key},
        "repost_csrf": True,
        "query": found.query,
        "expires_on": addresses.expires_on,
        "read_url": settings.SITE_URL + reverse("guide:saved", args=[addresses.read]),
        "manage_url": settings.SITE_URL + reverse("guide:manage", args=[addresses.manage]),
    }
    return render(request, "guide/saved_addresses.html", context)


def read(request: HttpRequest, token: str) -> HttpResponse:
    """The saved need, answered with today's rates. 410 when it was taken away or has expired."""
    on = today()
    kept = saved.find_to_read(token)
    if kept is None or not saved.is_open(kept, on):
        return _closed(request, token)
    found = read_address(QueryDict(kept.query), on)
    if not isinstance(found, Need):
        # A measure or rate it rested on has ended since: the reader gets the form with what to change.
        return ask_again(request, found)
    response = show_result(request, found, on, kept=kept)
    # The address is a secret: it is told to nobody, not even to our own next page.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def manage(request: HttpRequest, token: str) -> HttpResponse:
    """How long the reading address works, and a button that ends it."""
    kept = saved.find_to_manage(token)
    if kept is None or not saved.is_open(kept, today()):
        return _closed(request, token)
    if request.method == "POST":
        saved.revoke(kept)
        return HttpResponseRedirect(reverse("guide:revoked"))
    return render(request, "guide/manage.html", {"kept": kept})


def revoked(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/revoked.html")


def _closed(request: HttpRequest, token: str) -> HttpResponse:
    """410 also after the row is deleted: whoever has an old link must meet a page that says what to do."""
    if not saved.could_be_token(token):
        raise Http404
    return errors.gone(request)
