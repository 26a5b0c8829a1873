"""Stop messages of one type, or have them back. Needs no sign-in: whoever got the message has the link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from toolbox.outbox.opt_out import Choice, choice_of


@csrf_exempt  # a mail program has no page of ours with a token in it; the pages below ask for one
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """The pages, or the one press on «unsubscribe» in a mail program, which posts these words (RFC 8058)."""
    if request.POST.get("List-Unsubscribe") != "One-Click":
        return _pages(request, token)
    _choice(token).stop()
    return HttpResponse(content_type="text/plain")


@csrf_protect
def _pages(request: HttpRequest, token: str) -> HttpResponse:
    """Shows how things stand and asks. Opening it changes nothing: mail programs open links by themselves."""
    choice = _choice(token)
    if request.method == "POST":
        if request.POST.get("valg") == "igjen":
            choice.start()
        else:
            choice.stop()
        return HttpResponseRedirect(request.path)
    return render(
        request,
        "outbox/opt_out.html",
        {"stopped": choice.stopped, "about": choice.kind.about[request.LANGUAGE_CODE]},
    )


def _choice(token: str) -> Choice:
    found = choice_of(token)
    if found is None:
        raise Http404
    return found
