"""«Meld feil»: from any page, in two taps, without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

from toolbox.publishing import reports
from toolbox.publishing.report_forms import ReportForm
from toolbox.ui import errors, limits
from toolbox.ui.clock import today
from toolbox.ui.form_key import new_key, posted_key

REPORTS_A_MINUTE = 5
LONGEST_PATH = 300


def report(request: HttpRequest) -> HttpResponse:
    """Which page, what is wrong, and perhaps where an answer goes."""
    page = _page(request.GET.get("side", ""))
    if request.method != "POST":
        return render(
            request, "publishing/report.html", {"form": ReportForm(), "side": page, "key": new_key()}
        )
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    form = ReportForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "side": page, "key": key}
        return render(request, "publishing/report.html", context, status=422)
    if not limits.allow("report", request, per_minute=REPORTS_A_MINUTE):
        return errors.too_many(request)
    reports.receive(
        key,
        page=page,
        text=form.cleaned_data["hva"],
        email=form.cleaned_data["epost"],
        language=get_language() or "nb",
        on=today(),
    )
    return HttpResponseRedirect(reverse("publishing:reported"))


def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/reported.html")


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The editors' answer, for whoever has the link of the e-mail."""
    found = reports.find_answer(token, today())
    if found is None:
        raise Http404
    response = render(request, "publishing/answer.html", {"report": found})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _page(path: str) -> str:
    """A path of ours that anybody may see; anything else is no page at all."""
    try:
        match = resolve(path) if len(path) <= LONGEST_PATH else None
    except Resolver404:
        return ""
    return path if match and match.kwargs.keys() <= {"slug"} else ""
