"""«Til avtalen med Nav»: the fields, the days to remember, and both to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inclusion_rules.agreement_fields import agreement_fields
from inclusion_rules.estimate import Estimate
from inclusion_rules.rates import RateBook
from toolbox.catalogue.deadline_calendar import Deadline, calendar, deadlines
from toolbox.catalogue.estimate_views import show
from toolbox.catalogue.explanations import cost_rows
from toolbox.catalogue.forms import Answers, PositionForm
from toolbox.catalogue.hand_over import HandOver, fill_in
from toolbox.catalogue.hand_over_pdf import file_name, on_paper
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
    rates: RateBook
    municipality: str
    answers: Answers
    found: Estimate
    filled: HandOver
    days: tuple[Deadline, ...]


def hand_over(request: HttpRequest) -> HttpResponse:
    """Nav's fields with what we know filled in, and the days to remember."""
    asked = _read(request)
    if isinstance(asked, PositionForm):
        return _ask_again(request, asked)
    refund_rate = asked.rates.rate("shared.refund_deadline_months", asked.answers.start)
    context = {
        "filled": asked.filled,
        "text": asked.filled.as_text(asked.on),
        "deadlines": asked.days,
        "open_ended": asked.found.alternatives[0].periods[-1].end is None,
        "refund_rate": refund_rate,
        "refund_value": rate_value(refund_rate),
        "refund_valid": valid(refund_rate),
        "fields": agreement_fields(),
        "rows": cost_rows(asked.answers, asked.found, asked.rates),
        "query": request.GET.urlencode(),
        "contact": primary_contact(asked.municipality, asked.on),
    }
    return render(request, "catalogue/hand_over.html", context)


def pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper, with room to write in what is open."""
    asked = _read(request)
    if isinstance(asked, PositionForm):
        return _ask_again(request, asked)
    page = on_paper(asked.filled, asked.days, on=asked.on, rates=asked.rates)
    return attachment(page, file_name(asked.on))


def deadline_file(request: HttpRequest) -> HttpResponse:
    """The days to remember as a calendar file. Neither company nor person is in it."""
    asked = _read(request)
    if isinstance(asked, PositionForm):
        return _ask_again(request, asked)
    content = calendar(asked.found, asked.days, made_on=asked.on)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = f"inkludering-frister-{asked.on.isoformat()}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read(request: HttpRequest) -> _Asked | PositionForm:
    """The answers in the address worked out, or the form that tells what is wrong with them."""
    on, rates = today(), current_book()
    form = PositionForm.filled(request.GET, today=on, rates=rates)
    if not form.is_valid():
        return form
    answers = form.answers()
    found = show(answers, rates).found
    work = work_by_key(form.carried.get("arbeid", ""))
    return _Asked(
        on=on,
        rates=rates,
        municipality=form.cleaned_data["kommune"],
        answers=answers,
        found=found,
        filled=fill_in(answers, found, work, rates),
        days=deadlines(found, rates),
    )


def _ask_again(request: HttpRequest, form: PositionForm) -> HttpResponse:
    return render(request, "catalogue/calculator.html", {"form": form})
