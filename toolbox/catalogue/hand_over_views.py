"""«Til avtalen med Nav»: the fields, the days to remember, and both to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inclusion_rules.agreement_fields import agreement_fields
from inclusion_rules.estimate import Estimate
from toolbox.catalogue.deadline_calendar import calendar, deadlines
from toolbox.catalogue.estimate_views import show
from toolbox.catalogue.explanations import cost_rows
from toolbox.catalogue.forms import Answers, PositionForm
from toolbox.catalogue.hand_over import HandOver
from toolbox.catalogue.hand_over import hand_over as fill_in
from toolbox.catalogue.hand_over_pdf import file_name, hand_over_pdf
from toolbox.catalogue.validity import valid
from toolbox.directory.queries import primary_contact
from toolbox.places.work import work_by_key
from toolbox.ui.clock import today
from toolbox.ui.figures import rate_value
from toolbox.ui.paper import attachment
from toolbox.ui.rate_book import current_book


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one address holds, worked out on one day."""

    on: date
    answers: Answers
    found: Estimate
    filled: HandOver


def hand_over(request: HttpRequest) -> HttpResponse:
    """Nav's fields with what we know filled in, or the calculator's form with what to correct."""
    form = _form(request)
    if not form.is_valid():
        return _ask_again(request, form)
    asked = _read(form)
    book = current_book()
    refund_rate = book.rate("shared.refund_deadline_months", asked.answers.start)
    context = {
        "filled": asked.filled,
        "text": asked.filled.as_text(asked.on),
        "deadlines": deadlines(asked.found, book),
        "open_ended": asked.found.alternatives[0].periods[-1].end is None,
        "refund_rate": refund_rate,
        "refund_value": rate_value(refund_rate),
        "refund_valid": valid(refund_rate),
        "fields": agreement_fields(),
        "rows": cost_rows(asked.answers, asked.found, book),
        "query": request.GET.urlencode(),
        "contact": primary_contact(form.cleaned_data["kommune"], asked.on),
    }
    return render(request, "catalogue/hand_over.html", context)


def deadline_file(request: HttpRequest) -> HttpResponse:
    """The days to remember as a calendar file. Neither company nor person is in it."""
    form = _form(request)
    if not form.is_valid():
        return _ask_again(request, form)
    asked = _read(form)
    days = deadlines(asked.found, current_book())
    response = HttpResponse(
        calendar(asked.found, days, made_on=asked.on), content_type="text/calendar; charset=utf-8"
    )
    name = f"inkludering-frister-{asked.on.isoformat()}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def pdf(request: HttpRequest) -> HttpResponse:
    """The fields and the days on paper, with room to write in what is open."""
    form = _form(request)
    if not form.is_valid():
        return _ask_again(request, form)
    asked = _read(form)
    days = deadlines(asked.found, current_book())
    return attachment(hand_over_pdf(asked.filled, days, on=asked.on), file_name(asked.on))


def _form(request: HttpRequest) -> PositionForm:
    return PositionForm.filled(request.GET, today=today(), rates=current_book())


def _ask_again(request: HttpRequest, form: PositionForm) -> HttpResponse:
    return render(request, "catalogue/calculator.html", {"form": form})


def _read(form: PositionForm) -> _Asked:
    """Only after is_valid()."""
    answers, book = form.answers(), current_book()
    found = show(answers, book).found
    work = work_by_key(form.carried.get("arbeid", ""))
    return _Asked(form.today, answers, found, fill_in(answers, found, work, book))
