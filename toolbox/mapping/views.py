"""Answer a page, come back later, read the answers over, and send them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toolbox.access import tallies
from toolbox.mapping import drafts
from toolbox.mapping.about import described
from toolbox.mapping.answers import Answers, put
from toolbox.mapping.forms import CodeForm, QuestionForm, question_form
from toolbox.mapping.instrument import instrument
from toolbox.mapping.models import Mapping
from toolbox.mapping.pages import Page, asked_pages, next_page, page_before, pages, place_of
from toolbox.mapping.scoring import FORMS, SHORT
from toolbox.mapping.words import in_words
from toolbox.ui import drawn, errors, limits, steps
from toolbox.ui.clock import now, today
from toolbox.ui.form_key import new_key, posted_key
from toolbox.ui.frame import page_revision

#: From one place in a minute: a room full of people may start at once.
BEGUN_A_MINUTE = 60
#: Codes tried from one place in an hour. One that opens something is not counted.
CODES_AN_HOUR = 10


class SeeOther(HttpResponseRedirect):
    """Read the page at this address now: what was posted is kept."""

    status_code = 303


def start(request: HttpRequest) -> HttpResponse:
    """What it is, for whom, how long it takes and who sees what. Starting is a press on a button."""
    form = request.POST.get("form", "")
    if request.method != "POST" or form not in FORMS:
        context = {"key": new_key(), "short": len(instrument().short), "full": len(instrument().items)}
        return render(request, "mapping/start.html", context)
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    if not limits.allow("mapping", request, per_minute=BEGUN_A_MINUTE):
        return errors.too_many(request)
    begun = drafts.begin(form, key=key, secret=settings.SECRET_KEY, on=today())
    steps.took("mapping_started", request)
    return SeeOther(reverse("mapping:page", args=[begun.token, pages(form)[0].slug]))


def about(request: HttpRequest) -> HttpResponse:
    """Every question: what it is used for, and what it builds on."""
    return render(request, "mapping/about.html", described())


def resume(request: HttpRequest) -> HttpResponse:
    """The code somebody wrote down leads back to where they were."""
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return render(request, "mapping/resume.html", {"form": form})
    on, place = today(), limits.visitor_address(request)
    status = 200
    if tallies.count("mapping code", place, now()) > CODES_AN_HOUR:
        form.add_error("kode", _("Det er prøvd mange koder herfra. Vent en time, og prøv igjen."))
        status = 429
    elif token := drafts.by_code(form.cleaned_data["kode"], secret=settings.SECRET_KEY, on=on):
        tallies.give_back("mapping code", place, now())
        mapping = drafts.find(token, on)
        assert mapping is not None
        return SeeOther(_onwards(mapping, token))
    else:
        form.add_error("kode", _("Vi finner ingen svar med denne koden. Se over bokstavene, og prøv igjen."))
    return render(request, "mapping/resume.html", {"form": form}, status=status)


def _for_owner(
    view: Callable[[HttpRequest, str, Mapping], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view, asked with the mapping its address opens. 410 where it is gone, 404 where it never was."""

    def found(request: HttpRequest, token: str) -> HttpResponse:
        mapping = drafts.find(token, today())
        return view(request, token, mapping) if mapping else _closed(request, token)

    return found


def page(request: HttpRequest, token: str, page: str) -> HttpResponse:
    """One page of questions. What is posted is kept, and leads to the next."""
    found = drafts.find_answered(token, today())
    if found is None:
        return _closed(request, token)
    mapping, held = found
    asked = drafts.instrument_of(mapping)
    shown = next((each for each in asked_pages(mapping.form, asked, held) if each.slug == page), None)
    if shown is None:
        if any(each.slug == page for each in pages(mapping.form)):
            return SeeOther(_onwards(mapping, token))  # another answer has left it unasked
        raise Http404
    questions = question_form(asked.version, shown.items, _language())
    if request.method != "POST":
        return _show_kept(request, mapping, token, shown, questions, held)
    form = questions(request.POST, held=held)
    later = "senere" in request.POST
    if not form.is_valid() and not (later and form.only_blank()):
        return _show(request, mapping, token, shown, form, held)
    given = form.answers()
    after = {**held, **given}
    if after != held:
        try:
            drafts.store(mapping, given, upon=_upon(request), now=now())
        except drafts.Overtaken:
            mapping.refresh_from_db()
            return _show(request, mapping, token, shown, form, held, overtaken=True)
    if later:
        return SeeOther(reverse("mapping:later", args=[token]))
    onwards = next_page(mapping.form, asked, put(asked, after), after=shown.slug)
    return SeeOther(_address(token, onwards))


@_for_owner
def later(request: HttpRequest, token: str, mapping: Mapping) -> HttpResponse:
    """The code, the address and the last day, to write down or print."""
    context = {
        "code": drafts.code_of(token, settings.SECRET_KEY),
        "address": settings.SITE_URL + reverse("mapping:later", args=[token]),
        "mapping": mapping,
        "token": token,
        "onwards": _onwards(mapping, token),
    }
    response = render(request, "mapping/later.html", context)
    # The address is a secret: it is told to nobody, not even to our own next page.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@_for_owner
def check(request: HttpRequest, token: str, mapping: Mapping) -> HttpResponse:
    """The answers read back, each with a way to change it."""
    return _read_back(request, token, mapping)


@_for_owner
def submit(request: HttpRequest, token: str, mapping: Mapping) -> HttpResponse:
    """Send in, and show the result. Sent in again, nothing happens, and the page says so."""
    if not drafts.answers_of(mapping):
        return SeeOther(_onwards(mapping, token))
    version = mapping.version
    try:
        drafts.submit(mapping, upon=_upon(request), on=today())
    except drafts.Overtaken:
        return _read_back(request, token, mapping, overtaken=True)
    mapping.refresh_from_db()
    if mapping.version == version:
        return render(request, "mapping/already.html", {"token": token})
    if version == 0:
        steps.took("mapping_finished", request)
    return SeeOther(reverse("guide:toolbox", args=[token]))


@_for_owner
def go_on(request: HttpRequest, token: str, mapping: Mapping) -> HttpResponse:
    """From the short form to the full one: only what is not answered is asked."""
    drafts.go_on_to_full(mapping)
    return SeeOther(_onwards(mapping, token))


@_for_owner
def delete(request: HttpRequest, token: str, mapping: Mapping) -> HttpResponse:
    """Ask once more, then take everything away."""
    if request.method == "POST":
        drafts.delete(mapping)
        return SeeOther(reverse("mapping:deleted"))
    return render(request, "mapping/delete.html", {"token": token, "mapping": mapping})


def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "mapping/deleted.html")


def _show(
    request: HttpRequest,
    mapping: Mapping,
    token: str,
    shown: Page,
    form: QuestionForm,
    held: Answers,
    *,
    overtaken: bool = False,
) -> HttpResponse:
    """The page as it was filled in, with what is to be corrected or pressed again."""
    own = _Own(token, get_token(request), _saved(mapping))
    page = _draw(request, mapping, own, shown, form, held, overtaken=overtaken)
    return HttpResponse(page, status=409 if overtaken else 200)


def _show_kept(
    request: HttpRequest,
    mapping: Mapping,
    token: str,
    shown: Page,
    questions: type[QuestionForm],
    held: Answers,
) -> HttpResponse:
    """The page with what is answered, drawn once for all who have answered it alike."""
    own = _Own(token, get_token(request), _saved(mapping))

    def draw() -> str:
        return _draw(request, mapping, own, shown, questions(held=held), held)

    if request.META.get("QUERY_STRING"):
        return HttpResponse(draw())
    before = page_before(mapping.form, drafts.instrument_of(mapping), held, shown.slug)
    key = (
        *(_language(), page_revision(), mapping.instrument, mapping.form, mapping.version, shown.slug),
        *(before and before.slug, len(held) > 1, tuple(held.get(name) for name in shown.items)),
    )
    return HttpResponse(drawn.for_each(key, own, draw))


class _Own(NamedTuple):
    """What differs between two companies that have answered a page alike."""

    token: str
    form_token: str
    saved: SafeString


def _draw(
    request: HttpRequest,
    mapping: Mapping,
    own: _Own,
    shown: Page,
    form: QuestionForm,
    held: Answers,
    *,
    overtaken: bool = False,
) -> str:
    asked = drafts.instrument_of(mapping)
    before = page_before(mapping.form, asked, held, shown.slug)
    context = {
        "form": form,
        "page": shown,
        "place": place_of(mapping.form, asked, shown),
        "short": mapping.form == SHORT,
        "before": _address(own.token, before) if before else reverse("mapping:start"),
        "version": mapping.version,
        "token": own.token,
        "csrf_token": own.form_token,
        "saved": own.saved,
        "something": len(held) > 1,
        "intro": asked.intro,
        "dimensions": [asked.dimensions[name] for name in dict.fromkeys(i.dimension for i in form.items)],
        "overtaken": overtaken,
    }
    return render_to_string("mapping/page.html", context, request)


def _saved(mapping: Mapping) -> SafeString:
    """When an answer was last kept, to the minute, and until when all lie here."""
    minute = mapping.saved_at and mapping.saved_at.replace(second=0, microsecond=0)
    key = ("saved", _language(), minute, mapping.expires_on)
    return drawn.once(key, lambda: render_to_string("mapping/saved.html", {"mapping": mapping}))


def _read_back(
    request: HttpRequest, token: str, mapping: Mapping, *, overtaken: bool = False
) -> HttpResponse:
    asked, held, language = drafts.instrument_of(mapping), drafts.answers_of(mapping), _language()
    rows = [
        {
            "question": asked.items[name].text,
            # «… usikkerhet om …» goes on from the heading of its page.
            "begins": each.heading if asked.items[name].text["nb"].startswith("…") else "",
            "answer": in_words(asked.items[name], held[name], language) if name in held else None,
            "change": _address(token, each),
        }
        for each in asked_pages(mapping.form, asked, held)
        for name in each.items
    ]
    order = asked_pages(mapping.form, asked, held)
    context = {
        "rows": rows,
        "mapping": mapping,
        "token": token,
        "short": mapping.form == SHORT,
        "response": drafts.response_of(mapping),
        "waiting": drafts.waits(mapping),
        "nothing": not held,
        "back": _address(token, order[-1]),
        "overtaken": overtaken,
    }
    return render(request, "mapping/check.html", context, status=409 if overtaken else 200)


def _onwards(mapping: Mapping, token: str) -> str:
    """Where somebody goes on: the first page with something to answer, or the answers read back."""
    left = next_page(mapping.form, drafts.instrument_of(mapping), drafts.answers_of(mapping))
    return _address(token, left)


def _address(token: str, shown: Page | None) -> str:
    if shown is None:
        return reverse("mapping:check", args=[token])
    return reverse("mapping:page", args=[token, shown.slug])


def _upon(request: HttpRequest) -> int:
    """The version that the page was shown with; -1, which is never one, where the form does not say."""
    told = request.POST.get("versjon", "")
    return int(told) if told.isdecimal() and len(told) < 10 else -1


def _closed(request: HttpRequest, token: str) -> HttpResponse:
    """410 also after the row is deleted: whoever has an old address must meet a page that says what to do."""
    if not drafts.could_be_token(token):
        raise Http404
    return errors.gone(request)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
