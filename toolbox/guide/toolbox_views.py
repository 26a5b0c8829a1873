"""The result of a mapping: the page, the paper, an address to read, two dated steps, and answering again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from toolbox.guide import actions, remeasure
from toolbox.guide.actions import Step
from toolbox.guide.then_and_now import then_and_now
from toolbox.guide.toolbox_forms import ReminderForm, StepForm
from toolbox.guide.toolbox_pdf import file_name, on_paper
from toolbox.guide.toolbox_result import ToolboxResult, answer
from toolbox.mapping import drafts
from toolbox.mapping.answers import Answers, pack
from toolbox.mapping.models import Mapping
from toolbox.mapping.pages import pages
from toolbox.ui import errors, limits, steps
from toolbox.ui.clock import now, today
from toolbox.ui.form_key import new_key, posted_key
from toolbox.ui.paper import attachment
from toolbox.ui.rate_book import current_book

#: A household or an office may ask for so many letters a minute from one address.
REMINDERS_A_MINUTE = 5


def toolbox(request: HttpRequest, token: str) -> HttpResponse:
    """What the answers so far lead to, for whoever answered: with the plan and all that can be changed."""
    on = today()
    mapping = drafts.find(token, on)
    if mapping is None:
        return _closed(request, token)
    shown = _shown(request, mapping, on)
    response = drafts.response_of(mapping)
    context = {
        **shown,
        "token": token,
        "read_url": settings.SITE_URL + reverse("guide:toolbox_read", args=[_read_token(token)]),
        "manage_url": settings.SITE_URL + reverse("guide:toolbox", args=[token]),
        "code": drafts.code_of(token, settings.SECRET_KEY),
        "then": then_and_now(mapping, remeasure.earlier_of(mapping)),
        "questions": [
            (text, reverse("mapping:page", args=[token, _page_of(mapping.form, name)]))
            for name, text in shown["result"].open_items
        ],
        "again_on": remeasure.again_on(response.submitted_on) if response else None,
    }
    return _secret(render(request, "guide/toolbox_result.html", context))


def read(request: HttpRequest, token: str) -> HttpResponse:
    """The same to read, for whoever got the reading address. Nothing can be changed from here."""
    on = today()
    mapping = drafts.find_to_read(token, on)
    if mapping is None:
        return _closed(request, token)
    context = {**_shown(request, mapping, on), "read_token": token}
    return _secret(render(request, "guide/toolbox_result.html", context))


def pdf(request: HttpRequest, token: str) -> HttpResponse:
    on = today()
    return _paper(request, token, drafts.find(token, on), on)


def read_pdf(request: HttpRequest, token: str) -> HttpResponse:
    on = today()
    return _paper(request, token, drafts.find_to_read(token, on), on)


def plan(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the two steps, and say later how they went. Sending the form twice keeps it once."""
    on = today()
    mapping = drafts.find(token, on)
    if mapping is None:
        return _closed(request, token)
    forms = _step_forms(request, mapping, on)
    posted = request.method == "POST"
    # Every form is asked, so that every mistake is told at once.
    if posted and all([form.is_valid() for form in forms]):
        chosen = [form.step() for form in forms]
        if len({step.tool for step in chosen}) == len(chosen):
            actions.plan(mapping, chosen)
            return HttpResponseRedirect(reverse("guide:toolbox", args=[token]) + "#plan")
        forms[-1].refuse_twice()
    context = {"token": token, "forms": forms, "mapping": mapping, "failed": posted}
    return render(request, "guide/toolbox_plan.html", context, status=422 if posted else 200)


def plan_file(request: HttpRequest, token: str) -> HttpResponse:
    """The planned steps as a calendar file. Neither company nor person is in it."""
    on = today()
    mapping = drafts.find(token, on)
    if mapping is None:
        return _closed(request, token)
    planned = actions.planned(mapping)
    if not planned:
        return HttpResponseRedirect(reverse("guide:toolbox_actions", args=[token]))
    content = actions.calendar(mapping, planned, made_on=on)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="inkludering-steg-{on.isoformat()}.ics"'
    return response


def reminder(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one letter in half a year, or take that back."""
    on = today()
    mapping = drafts.find(token, on)
    response = drafts.response_of(mapping) if mapping else None
    if mapping is None or response is None:
        return _closed(request, token)
    due_on = remeasure.again_on(response.submitted_on)
    form = ReminderForm(request.POST or None)
    if request.method == "POST" and "slett" in request.POST:
        remeasure.forget(mapping)
        return HttpResponseRedirect(reverse("guide:toolbox_reminder", args=[token]))
    if request.method == "POST" and form.is_valid() and due_on > on:
        if not limits.allow("reminder", request, per_minute=REMINDERS_A_MINUTE):
            return errors.too_many(request)
        remeasure.ask(mapping, form.cleaned_data["epost"], language=get_language() or "nb", due_on=due_on)
        return HttpResponseRedirect(reverse("guide:toolbox_reminder", args=[token]))
    context = {
        "token": token,
        "form": form,
        "kept": remeasure.reminder_of(mapping),
        "due_on": due_on,
        "late": due_on <= on,
    }
    return render(
        request, "guide/toolbox_reminder.html", context, status=422 if request.method == "POST" else 200
    )


def again(request: HttpRequest, token: str) -> HttpResponse:
    """Begin a new mapping that remembers this one. The key in the form makes a second press harmless."""
    on = today()
    mapping = drafts.find(token, on)
    if mapping is None:
        return _closed(request, token)
    if request.method != "POST":
        context = {"token": token, "mapping": mapping, "key": new_key()}
        return render(request, "guide/toolbox_again.html", context)
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    begun = drafts.begin(mapping.form, key=key, secret=settings.SECRET_KEY, on=on)
    started = drafts.find(begun.token, on)
    assert started, "it was begun today"
    remeasure.remember(started, mapping)
    if not drafts.answers_of(started):
        before = drafts.answers_of(mapping)
        carried = {name: before[name] for name in drafts.TABLE_ITEMS & before.keys()}
        drafts.store(started, carried, upon=started.version, now=now())
    first = pages(started.form)[0].slug
    return HttpResponseRedirect(reverse("mapping:page", args=[begun.token, first]))


def _shown(request: HttpRequest, mapping: Mapping, on: date) -> dict[str, Any]:
    """What owner and reader both see."""
    answers = drafts.answers_of(mapping)
    result = _result(mapping, answers, on)
    steps.took("contact_shown", request)
    return {
        "result": result,
        "contact": result.contact,
        "support": result.support,
        "questions": [(text, "") for _name, text in result.open_items],
        "mapping": mapping,
        "response": drafts.response_of(mapping),
        "sent_in": _sent_in(mapping, answers),
        "planned": actions.planned(mapping),
    }


def _sent_in(mapping: Mapping, answers: Answers) -> bool:
    """Whether nothing is added, changed or asked for since the answers were sent in."""
    response = drafts.response_of(mapping)
    now_packed = pack(drafts.instrument_of(mapping), answers)
    return response is not None and (response.form, response.packed) == (mapping.form, now_packed)


def _result(mapping: Mapping, answers: Answers, on: date) -> ToolboxResult:
    return answer(drafts.instrument_of(mapping), answers, mapping.form, on=on, rates=current_book())


def _paper(request: HttpRequest, token: str, mapping: Mapping | None, on: date) -> HttpResponse:
    if mapping is None:
        return _closed(request, token)
    steps.took("summary_downloaded", request)
    answers = drafts.answers_of(mapping)
    page = on_paper(
        _result(mapping, answers, on),
        actions.planned(mapping),
        on=on,
        sent_in=_sent_in(mapping, answers),
    )
    return attachment(page, file_name(on))


def _page_of(form: str, item: str) -> str:
    """The last part of the address of the page that asks a question."""
    return next(page.slug for page in pages(form) if item in page.items)


def _step_forms(request: HttpRequest, mapping: Mapping, on: date) -> list[StepForm]:
    kept = actions.planned(mapping)
    result = _result(mapping, drafts.answers_of(mapping), on)
    proposed = kept or tuple(
        Step(each.key, "manager", by)
        for each, by in zip(result.next_steps, actions.default_days(on), strict=False)
    )
    return [
        StepForm(
            request.POST or None,
            place=place,
            offered=result.suggested,
            proposed=step,
            kept=step if kept else None,
            on=on,
        )
        for place, step in enumerate(proposed, 1)
    ]


def _secret(response: HttpResponse) -> HttpResponse:
    """The address opens something: it is told to nobody, not even to our own next page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _read_token(token: str) -> str:
    return drafts.read_token(token, settings.SECRET_KEY)


def _closed(request: HttpRequest, token: str) -> HttpResponse:
    """410 also after the row is deleted: whoever has an old link must meet a page that says what to do."""
    if not drafts.could_be_token(token):
        raise Http404
    return errors.gone(request)
