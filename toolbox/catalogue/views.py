"""The catalogue's pages: each asks one question and shows the answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from inclusion_rules.already_employed import already_employed
from inclusion_rules.forms_of_inclusion import forms_of_inclusion
from inclusion_rules.interview_questions import interview_questions
from inclusion_rules.measures import all_measures
from toolbox.catalogue.areas import areas
from toolbox.catalogue.measure_page import by_slug, page
from toolbox.catalogue.selection import FilterForm, grouped, loosenings, select
from toolbox.catalogue.workplace import WorkplaceForm
from toolbox.directory.queries import primary_contact
from toolbox.ui.clock import today
from toolbox.ui.rate_book import current_book


def toolbox(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/toolbox.html", {"areas": areas()})


def measures(request: HttpRequest) -> HttpResponse:
    """Every measure, or those that pass the filters in the address."""
    form = FilterForm(request.GET)
    chosen = form.chosen()
    found = select(chosen, today(), current_book())
    context = {
        "form": form,
        "count": len(found),
        "chosen": ", ".join(f"«{form.words(name, value)}»" for name, value in chosen.items()),
        "groups": grouped(found),
    }
    if not found:
        context |= {"ways_on": _ways_on(form, chosen), "contact": primary_contact(None, today())}
    return render(request, "catalogue/measures.html", context)


def measure(request: HttpRequest, slug: str) -> HttpResponse:
    found = by_slug(slug)
    if found is None:
        raise Http404("No measure has this address")
    context = {"page": page(found, current_book(), today()), "contact": primary_contact(None, today())}
    return render(request, "catalogue/measure.html", context)


def asked(request: HttpRequest) -> HttpResponse:
    """For whoever was asked to take somebody in: what to compare, what to ask, and whom to call."""
    ways, questions = forms_of_inclusion(), interview_questions()
    context = {
        "ways": ways,
        "measures": all_measures(),
        "questions": questions,
        "sources": tuple(dict.fromkeys((*ways.sources, *questions.sources))),
        **_whom_to_call(request),
    }
    return render(request, "catalogue/asked.html", context)


def under_way(request: HttpRequest) -> HttpResponse:
    """For whoever has somebody at work: the duty to adapt first, then stage by stage."""
    context = {"advice": already_employed(), "measures": all_measures(), **_whom_to_call(request)}
    return render(request, "catalogue/under_way.html", context)


def _whom_to_call(request: HttpRequest) -> dict[str, Any]:
    form = WorkplaceForm(request.GET)
    return {"workplace": form, "contact": primary_contact(form.municipality(), today())}


def _ways_on(form: FilterForm, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Links that each take one filter away."""
    return [
        {
            "words": form.words(way.without, chosen[way.without]),
            "count": way.count,
            "href": f"{reverse('catalogue:measures')}?{urlencode(way.remaining)}#treff",
        }
        for way in loosenings(chosen, today(), current_book())
    ]
