"""Stop messages of one type, or have them back. Needs no sign-in: whoever got the message has the link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from toolbox.outbox.opt_out import choice_of


def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """Shows how things stand and asks. Opening it changes nothing: mail programs open links by themselves."""
    choice = choice_of(token)
    if choice is None:
        raise Http404
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
