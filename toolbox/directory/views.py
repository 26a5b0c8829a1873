"""Finn hjelp: who can help with what, where."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from toolbox.directory import queries
from toolbox.directory.asked import Asked, FilterForm
from toolbox.directory.cards import card
from toolbox.directory.models import Helper
from toolbox.ui.clock import today

#: Keeps the page below 60 kB, and its end within a thumb's reach.
ON_A_PAGE = 20


def helper_list(request: HttpRequest) -> HttpResponse:
    asked, day = Asked.read(request.GET), today()
    filters = (asked.municipality, asked.need, asked.kind)
    hits = queries.count(*filters, today=day)
    pages = Paginator(queries.helpers_for(*filters, today=day), ON_A_PAGE)
    pages.count = hits.shown
    page = pages.get_page(request.GET.get("side"))
    around = queries.loosened(*filters, today=day) if not hits.shown else ()
    return render(
        request,
        "directory/list.html",
        {
            "form": FilterForm(asked),
            "filtered": bool(asked.where()),
            "heading": asked.heading(hits.shown),
            "where": asked.where(),
            "cards": [card(helper, day) for helper in page],
            "page": page,
            "previous": asked.address(page=page.number - 1) if page.has_previous() else "",
            "next": asked.address(page=page.number + 1) if page.has_next() else "",
            "hidden": hits.hidden,
            "around": [(way, asked.address(without=way.without)) for way in around],
            "contact": queries.primary_contact(asked.municipality, day),
        },
    )


def helper(request: HttpRequest, slug: str) -> HttpResponse:
    """One helper, on a page that works alone. Also those the list leaves out for their age."""
    found, day = get_object_or_404(Helper, slug=slug, published=True), today()
    return render(
        request,
        "directory/helper.html",
        {"card": card(found, day), "contact": queries.contact_through(found, day)},
    )
