"""«Redaksjon»: what waits, what is due, what was reported; and the answer to a report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from toolbox.desk import links
from toolbox.desk.content_views import file_has_changed
from toolbox.desk.counts import tables
from toolbox.desk.kinds import KINDS
from toolbox.desk.rate_views import named, rate_rows
from toolbox.outbox.queue import troubles
from toolbox.publishing import content, reports
from toolbox.publishing.models import ChangeState, ErrorReport, Item, RateChange
from toolbox.publishing.rate_book import approved, in_force
from toolbox.publishing.report_forms import AnswerForm
from toolbox.ui.clock import now, today


def front(request: HttpRequest) -> HttpResponse:
    """Everything that needs an editor, on one page."""
    on, found = today(), in_force(approved())
    waiting = RateChange.objects.filter(state=ChangeState.PROPOSED).order_by("proposed_at")
    context = {
        "reports": reports.waiting(),
        "waiting": [named(change) for change in waiting],
        "misfits": [named(change) for change in found.misfits],
        "texts": [(version, _page(version.item)) for version in content.waiting()],
        "overtaken": [
            (found.published, _page(found))
            for found in content.with_file()
            if file_has_changed(found, KINDS[found.kind])
        ],
        "due_items": [(found, _page(found)) for found in content.due(on)],
        "broken": list(dict.fromkeys(place for link in links.dead() for place in link.places)),
        "due": [row for row in rate_rows(found.book, on) if row.due],
        "troubles": troubles(now()),
    }
    return render(request, "desk/front.html", context)


def _page(found: Item) -> str:
    return KINDS[found.kind].addresses(found, found.slug).page


def link_list(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/links.html", {"dead": links.dead(), "outside": links.outside()})


def counts(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/counts.html", {"tables": tables(today())})


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report, and the answer to it. Whoever is too late sees the answer that was given."""
    found = get_object_or_404(ErrorReport, pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    late = False
    if request.method == "POST" and form.is_valid():
        try:
            reports.give_answer(pk, request.account, form.cleaned_data["svar"], today())  # type: ignore[attr-defined]
        except reports.AlreadyAnswered:
            late = True
            found.refresh_from_db()
        else:
            return HttpResponseRedirect(reverse("desk:front"))
    context = {"report": found, "form": form, "late": late}
    return render(request, "desk/report.html", context, status=409 if late else 422 if form.errors else 200)
