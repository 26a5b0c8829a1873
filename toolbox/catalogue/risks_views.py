"""«Hva er risikoen?» (S14): one page for a board or a union representative."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inclusion_rules.measures import all_measures
from inclusion_rules.risks import risks
from toolbox.directory.queries import primary_contact
from toolbox.ui.clock import today


def show(request: HttpRequest) -> HttpResponse:
    context = {
        "risks": risks(),
        "measures": all_measures(),
        "contact": primary_contact(None, today()),
    }
    return render(request, "catalogue/risks.html", context)
