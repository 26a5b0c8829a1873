"""Front page, the three doors, and the way from a need to a result. Views translate, and ask one question."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from inclusion_rules.situation import Known
from toolbox.catalogue.forms import PositionForm
from toolbox.guide.forms import CompanyForm, NeedForm, PersonForm
from toolbox.guide.models import SavedResult
from toolbox.guide.need import Need, answer, carried, read_need
from toolbox.guide.summary_pdf import file_name, summary
from toolbox.publishing.content import notices
from toolbox.ui import steps
from toolbox.ui.clock import today
from toolbox.ui.paper import attachment
from toolbox.ui.rate_book import current_book

#: The café of the front page: the same address leads to the whole example.
EXAMPLE = "kommune=3101&arbeid=kitchen&andel=60"


def front(request: HttpRequest) -> HttpResponse:
    on = today()
    example = read_address(QueryDict(EXAMPLE), on)
    # When next year's rates are late, no example is better than a wrong one.
    found = answer(example, rates=current_book(), today=on) if isinstance(example, Need) else None
    context = {
        "result": found,
        "example": EXAMPLE,
        "need": NeedForm(),
        "notices": notices(get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "guide/front.html", context)


def start(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/start.html")


def need(request: HttpRequest) -> HttpResponse:
    """Three questions on one page. Answers in the address are shown again, and not judged yet."""
    form = NeedForm(request.GET or None)
    if request.GET:
        form.hide_errors()
    return render(request, "guide/need.html", {"form": form, "carried": _other(request.GET)})


def check(request: HttpRequest) -> HttpResponse:
    """The answers read back, or the questions again with what to correct."""
    form = NeedForm(request.GET)
    if not form.is_valid():
        return render(request, "guide/need.html", {"form": form, "carried": _other(request.GET)})
    steps.took("need_chosen", request)
    return render(request, "guide/check.html", {"form": form, "query": carried(request.GET)})


def company(request: HttpRequest) -> HttpResponse:
    """Questions that can make the result surer. All may be left open."""
    form = CompanyForm(request.GET)
    others = {name: value for name, value in request.GET.items() if name not in form.fields}
    return render(
        request, "guide/company.html", {"form": form, "others": others, "query": carried(request.GET)}
    )


def result(request: HttpRequest) -> HttpResponse:
    on = today()
    found = read_address(request.GET, on)
    if not isinstance(found, Need):
        return ask_again(request, found)
    return show_result(request, found, on)


@csrf_exempt  # stores nothing: there is nothing to forge, and an anonymous page must not set a cookie
def person(request: HttpRequest) -> HttpResponse:
    """Two questions about the person, posted and used once. The answer is never in an address."""
    on = today()
    found = read_address(request.GET, on)
    if not isinstance(found, Need):
        return ask_again(request, found)
    # Both questions may be left open, so an empty post is an answer too.
    form = PersonForm(request.POST if request.method == "POST" else None, rates=current_book(), on=on)
    if not form.is_valid():
        return render(request, "guide/person.html", {"form": form, "query": found.query})
    repost = {name: form.cleaned_data[name] for name in form.fields if form.cleaned_data[name]}
    return show_result(request, found.with_person(form), on, repost=repost)


def summary_pdf(request: HttpRequest) -> HttpResponse:
    """One page to show a partner. Company and job facts only, whatever was said of a person."""
    on = today()
    found = read_address(request.GET, on)
    if not isinstance(found, Need):
        return ask_again(request, found)
    book = current_book()
    steps.took("summary_downloaded", request)
    page = summary(answer(found, rates=book, today=on), on=on, revision=book.revision)
    return attachment(page, file_name(on))


def read_address(query: QueryDict, on: date) -> Need | tuple[NeedForm, PositionForm]:
    """The need an address holds, or the forms that tell what is wrong with it."""
    need_form = NeedForm(query)
    position = PositionForm.filled(query, today=on, rates=current_book())
    if need_form.is_valid() and position.is_valid():
        return read_need(need_form, position, on)
    return need_form, position


def ask_again(request: HttpRequest, forms: tuple[NeedForm, PositionForm]) -> HttpResponse:
    need_form, position = forms
    if not need_form.is_valid():
        context = {"form": need_form, "carried": _other(request.GET)}
        return render(request, "guide/need.html", context)
    return render(request, "catalogue/calculator.html", {"form": position})


def show_result(
    request: HttpRequest,
    found: Need,
    on: date,
    *,
    repost: dict[str, str] | None = None,
    kept: SavedResult | None = None,
) -> HttpResponse:
    """The result page: of an address, of a posted answer about a person, or of a saved result."""
    answered = answer(found, rates=current_book(), today=on)
    steps.took("first_value_shown", request)
    if answered.contact:
        steps.took("contact_shown", request)
    context = {
        "result": answered,
        "need": found,
        "answers": found.answers,
        "shown": answered.shown,
        "contact": answered.contact,
        "say": found.say(),
        "query": found.query,
        "repost": repost,
        "kept": kept,
        "revision": current_book().revision,
        "questions": _open_questions(found, answered.support.asks),
    }
    return render(request, "guide/result.html", context)


def _open_questions(found: Need, asks: tuple[str, ...]) -> list[tuple[str, str]]:
    """«Det vi ikke vet»: each untold fact that would change the result, and its question's address.

    A rule also asks for what was answered with no; that is known, and not asked again.
    """
    company_page = f"{reverse('guide:company')}?{found.query}"
    person_page = f"{reverse('guide:person')}?{found.query}"
    unknown = {fact for fact in asks if getattr(found.situation, fact, None) is Known.UNKNOWN}
    questions = [
        (str(CompanyForm.base_fields[name].label), f"{company_page}#id_{name}_0")
        for name, fact in CompanyForm.FACTS.items()
        if fact in unknown
    ]
    if found.situation.nav_percent is None:
        questions.append((str(PersonForm.base_fields["prosent"].label), person_page))
    if "person_under_30" in unknown:
        questions.append((str(PersonForm.base_fields["under30"].label), person_page))
    return questions


def _other(query: QueryDict) -> dict[str, str]:
    """What the address carries besides the three answers, so that changing one of them loses nothing."""
    return {name: str(value) for name, value in query.items() if name in CARRIED_ON}


CARRIED_ON = (set(PositionForm.base_fields) | set(CompanyForm.FACTS)) - set(NeedForm.base_fields)
