"""«Kostnad og risiko»: the whole cost and the bad cases for the reader's own position, also on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toolbox.catalogue.forms import PositionForm
from toolbox.catalogue.sheet import sheet
from toolbox.catalogue.sheet_pdf import file_name, sheet_pdf
from toolbox.directory.queries import primary_contact
from toolbox.ui.clock import today
from toolbox.ui.paper import attachment
from toolbox.ui.rate_book import current_book


def show(request: HttpRequest) -> HttpResponse:
    """The sheet, or the calculator's form with what to correct."""
    form = PositionForm.filled(request.GET, today=today(), rates=current_book())
    if not form.is_valid():
        return render(request, "catalogue/calculator.html", {"form": form})
    book = current_book()
    context = {
        "sheet": sheet(form.answers(), book),
        "query": request.GET.urlencode(),
        "revision": book.revision,
        "rates_checked": book.checked(),
        "contact": primary_contact(form.cleaned_data["kommune"], today()),
    }
    return render(request, "catalogue/sheet.html", context)


def pdf(request: HttpRequest) -> HttpResponse:
    """The same sheet to take along."""
    form = PositionForm.filled(request.GET, today=today(), rates=current_book())
    if not form.is_valid():
        return render(request, "catalogue/calculator.html", {"form": form})
    book = current_book()
    page = sheet_pdf(sheet(form.answers(), book), on=today(), checked=book.checked(), revision=book.revision)
    return attachment(page, file_name(today()))
