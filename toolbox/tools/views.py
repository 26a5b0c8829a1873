"""The pages of the tools: all of them, and one that works alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inclusion_rules.measures import all_measures
from toolbox.tools import words
from toolbox.tools.read import by_slug
from toolbox.tools.selection import FilterForm, area_filter, grouped, of_area, select
from toolbox.tools.tool import PAGES


def tools(request: HttpRequest) -> HttpResponse:
    """Every tool, or those that pass the filters in the address."""
    form = FilterForm(request.GET)
    chosen = form.chosen()
    found = select(chosen)
    context = {
        "form": form,
        "chosen": bool(chosen),
        "count": len(found),
        "groups": grouped(found),
        "words": words,
    }
    return render(request, "tools/tools.html", context)


def tool(request: HttpRequest, slug: str) -> HttpResponse:
    found = by_slug().get(slug)
    if found is None:
        raise Http404("No tool has this address")
    area = found.areas[0]
    helpers = reverse("directory:list")
    context = {
        "tool": found,
        "words": words,
        "area": words.AREA[area],
        "area_filter": area_filter(area),
        "neighbours": [other for other in of_area(area) if other is not found],
        "pages": [(words.PAGE[code], reverse(PAGES[code])) for code in found.pages],
        "measures": [all_measures()[key] for key in found.measures],
        "helpers": [(words.HELP_NEED[code], f"{helpers}?behov={code}") for code in found.help_needs],
        "studies": tuple(dict.fromkeys(study for claim in found.why for study in claim.studies)),
    }
    return render(request, "tools/tool.html", context)
