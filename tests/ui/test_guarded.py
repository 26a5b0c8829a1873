"""B05: what is written about somebody's health is stopped, stays in the field, and goes nowhere else."""

from __future__ import annotations

import logging
import re

import html5lib
import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.translation import override

from config.urls import urlpatterns as declared
from toolbox.guide.urls import urlpatterns as guide
from toolbox.ui.forms import Form
from toolbox.ui.guarded import GuardedField, refuse_national_id

CANARY = "Canary7F"
STOPPED = f"{CANARY} har bipolar lidelse og går på litium."
THINK = "Hun blir fort sliten etter lunsj."
PLAIN = "Start klokka ni, og ta pause på et rolig rom."
NATIONAL_ID = "158390 10009"

saved: list[str] = []


class PlanForm(Form):
    plan = GuardedField(
        name="Planen",
        label="Hva må være på plass?",
        readers="Alle i samarbeidsrommet kan lese det.",
        missing="Skriv hva som må være på plass.",
        longest=500,
    )


def save(request):
    form = PlanForm(request.POST)
    if form.is_valid():
        saved.append(form.cleaned_data["plan"])
        return HttpResponse("lagret")
    if "fails" in request.POST:
        raise RuntimeError("on purpose")
    template = engines["django"].from_string(
        '{% extends "ui/page.html" %}{% load toolbox_ui %}{% block main %}'
        '{% include "ui/error_summary.html" %}{% field form.plan %}{% endblock %}'
    )
    return HttpResponse(template.render({"form": form}, request))


# A declared name, so that the route guard lets it in.
urlpatterns = [path("", include(([path("prove/", save, name="save"), *guide], "guide"))), *declared]
handler500 = "toolbox.ui.errors.server_error"


@pytest.fixture(autouse=True)
def nothing_saved():
    saved.clear()


def form_of(text: str, **more: str) -> PlanForm:
    return PlanForm({"plan": text, **more})


def said(form: PlanForm) -> str:
    return " ".join(str(error) for error in form.errors.get("plan", []))


def mark_in(form: PlanForm) -> str:
    found = re.search(r'name="plan-spurt" value="(\w+)"', str(form["plan"]))
    return found[1] if found else ""


def test_B05_a_plain_text_is_taken_as_it_stands():
    form = form_of(f"  {PLAIN}\r\nHusk nøkkel. ")
    assert form.is_valid()
    assert form.cleaned_data["plan"] == f"{PLAIN}\nHusk nøkkel."


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nb",
            "Teksten ser ut til å beskrive helse. Skriv heller hva som skal til for at arbeidet går bra, for "
            "eksempel «fast oppmøtetid» eller «rolig sted å ta pause». Ingenting er lagret.",
        ),
        (
            "nn",
            "Teksten ser ut til å skildre helse. Skriv heller kva som skal til for at arbeidet går bra, til "
            "dømes «fast oppmøtetid» eller «roleg stad å ta pause». Ingenting er lagra.",
        ),
        ("en", "The text seems to describe health."),
    ],
)
def test_B05_a_diagnosis_is_refused_with_an_example_of_what_to_write(language, words):
    with override(language):
        form = form_of(STOPPED)
        assert not form.is_valid()
        assert words in said(form)


def test_B05_the_refused_text_stays_in_the_field_and_is_told_nowhere_else():
    form = form_of(STOPPED)
    assert not form.is_valid()
    drawn = str(form["plan"])
    assert STOPPED in drawn
    assert CANARY not in str(form.errors) and CANARY not in repr(form.errors.as_data())
    assert "plan" not in form.cleaned_data


def test_B05_the_same_diagnosis_is_refused_however_often_it_is_sent():
    first = form_of(STOPPED)
    assert not first.is_valid()
    assert not mark_in(first)
    asked = form_of(THINK)
    assert not asked.is_valid()
    assert not form_of(STOPPED, **{"plan-spurt": mark_in(asked)}).is_valid()


def test_B05_everyday_words_are_asked_about_once():
    first = form_of(THINK)
    assert not first.is_valid()
    assert said(first) == (
        "Er dette nødvendig for arbeidet? Alle i samarbeidsrommet kan lese det. "
        "Er svaret ja, kan du lagre en gang til."
    )
    again = form_of(THINK, **{"plan-spurt": mark_in(first)})
    assert again.is_valid()
    assert again.cleaned_data["plan"] == THINK


def test_B05_the_confirmation_holds_for_the_same_words_only():
    first = form_of(THINK)
    assert not first.is_valid()
    mark = mark_in(first)
    assert form_of("Etter lunsj er hun ofte sliten, så gi lette oppgaver.", **{"plan-spurt": mark}).is_valid()
    assert not form_of(f"{THINK} Hun har vondt i ryggen.", **{"plan-spurt": mark}).is_valid()


@pytest.mark.parametrize("mark", ["", "ja", "0" * 64, "æ"])
def test_a_confirmation_that_is_not_ours_is_none(mark):
    assert not form_of(THINK, **{"plan-spurt": mark}).is_valid()


def test_P08_a_national_identity_number_is_always_refused_and_never_repeated():
    asked = form_of(THINK)
    assert not asked.is_valid()
    form = form_of(f"{THINK} {NATIONAL_ID}", **{"plan-spurt": mark_in(asked)})
    assert not form.is_valid()
    assert said(form) == (
        "Teksten inneholder et tall som ser ut som et fødselsnummer. Ta det bort før du lagrer."
    )


def test_P08_names_searches_and_names_of_files_refuse_it_too():
    with pytest.raises(Exception, match="ser ut som et fødselsnummer") as refused:
        refuse_national_id(f"cv_{NATIONAL_ID}.pdf")
    assert "10009" not in repr(refused.value)
    refuse_national_id("psykisk helse på jobben")
    refuse_national_id("Kafé Solsiden, 974 760 673")


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_an_empty_text_is_asked_for(text):
    assert said(form_of(text)) == "Skriv hva som må være på plass."


def test_a_long_text_is_told_its_length_and_is_not_read():
    form = form_of("depresjon " * 60)
    assert not form.is_valid()
    assert said(form) == "Planen kan ha 500 tegn. Nå er det 599."


def test_the_field_says_what_to_write_about_and_is_described_by_help_and_error():
    form = form_of(STOPPED)
    form.is_valid()
    drawn = str(form["plan"])
    assert form["plan"].help_text == "Skriv om arbeidet, ikke om helse. Ikke skriv fødselsnummer."
    assert 'aria-describedby="id_plan-hjelp id_plan-feil"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_what_is_filled_in_beforehand_is_shown_and_counts_as_unchanged():
    form = PlanForm({"plan": PLAIN}, initial={"plan": PLAIN})
    assert not form.has_changed()
    assert PLAIN in str(PlanForm(initial={"plan": PLAIN})["plan"])


@pytest.mark.urls("tests.ui.test_guarded")
@pytest.mark.parametrize("text", [STOPPED, f"{CANARY} {NATIONAL_ID}", f"{CANARY} {THINK}"])
def test_P07_nothing_of_a_refused_text_leaves_the_page(client, caplog, capfd, text):
    caplog.set_level(logging.DEBUG)
    answer = client.post("/prove/", {"plan": text})
    page = answer.content.decode()
    assert answer.status_code == 200 and not saved
    html5lib.HTMLParser(strict=True).parse(page)
    outside = re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL)
    assert text in page and CANARY not in outside and NATIONAL_ID not in outside
    assert 'href="#id_plan"' in outside
    assert "no-store" in answer.headers["Cache-Control"]
    assert not any(CANARY in value for value in answer.headers.values())
    written = caplog.text + "".join(capfd.readouterr())
    assert CANARY not in written and NATIONAL_ID not in written


@pytest.mark.urls("tests.ui.test_guarded")
def test_T30_an_error_while_it_is_refused_reports_nothing_of_it(client, caplog, capfd):
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    answer = client.post("/prove/", {"plan": STOPPED, "fails": "ja"})
    assert answer.status_code == 500
    assert "on purpose" in caplog.text
    for report in (answer.content.decode(), caplog.text, *capfd.readouterr()):
        assert CANARY not in report and "litium" not in report


def test_no_form_with_such_a_field_is_kept_in_memory():
    def all_forms(kind):
        for each in kind.__subclasses__():
            yield each
            yield from all_forms(each)

    kept = [
        form.__name__
        for form in all_forms(Form)
        if form.may_be_kept and any(isinstance(field, GuardedField) for field in form.base_fields.values())
    ]
    assert kept == [], "its fields would be drawn into memory: take may_be_kept away"
