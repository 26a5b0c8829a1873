"""The result of a mapping: what it says, to whom, and that page and paper say the same."""

from __future__ import annotations

import logging
import re
from datetime import date

import pytest
from django.conf import settings

from tests import directory_content
from tests.companies import CAFE, FIRM
from tests.guide.mapped import TODAY, answered, plan_form, read_token
from tests.journeys import pdf
from tests.visitor import plain
from toolbox.guide import toolbox_pdf
from toolbox.guide.models import PlannedAction, Remeasure, Reminder
from toolbox.guide.toolbox_result import answer
from toolbox.mapping import drafts
from toolbox.mapping.answers import DONT_KNOW
from toolbox.mapping.instrument import instrument
from toolbox.mapping.models import Mapping
from toolbox.mapping.scoring import FULL, SHORT
from toolbox.tools.read import all_tools
from toolbox.ui import content_revision
from toolbox.ui.errors import WithoutSecrets
from toolbox.ui.rate_book import current_book

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def result(token: str, language: str = "") -> str:
    return f"{language}/kartlegg/{token}/resultat/"


def said(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return main_part(answer)


def main_part(answer) -> str:
    html = re.search("<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return plain(re.sub("<[^>]+>", " ", html).replace("&nbsp;", " "))


def shown(answers, form):
    return answer(instrument(), answers, form, on=TODAY, rates=current_book())


def test_S03_the_short_form_says_where_to_begin_and_gives_no_level(client):
    page = said(client, result(answered()))
    assert "Det er for lite til å si noe om nivå." in page
    for word in ("Kan bygges opp", "På vei", "Godt i gang", "For få svar"):
        assert word not in page
    assert (
        page.index("De neste to stegene") < page.index("Hvem kan du ringe?") < page.index("De fem områdene")
    )


def test_S03_the_full_form_gives_five_levels_in_words_and_never_in_digits(client):
    page = said(client, result(answered(FIRM, FULL)))
    found = shown(FIRM, FULL)
    assert [area.level.words for area in found.areas].count("For få svar") == 0
    for area in found.areas:
        assert f"{area.title}" in page and area.level.words in page
    for level in shown(FIRM, FULL).areas:
        assert not re.search(r"\d", f"{level.level.words}{level.level.range}")


def test_S03_too_few_answers_give_no_level_for_that_area_and_leave_the_others(client):
    answers = {name: value for name, value in FIRM.items() if name not in ("K5a", "K5b")}
    levels = {area.code: area.level.words for area in shown(answers, FULL).areas}
    assert [code for code, words in levels.items() if words == "For få svar"] == ["help"]
    unknown = next(area.level for area in shown(answers, FULL).areas if area.code == "help")
    assert {step.fill for step in unknown.bar} == {"none"}, "nothing is known, so nothing is drawn"
    assert "For få svar" in said(client, result(answered(answers, FULL)))


def test_a_level_says_how_far_one_other_answer_could_move_it():
    wide = next(area.level for area in shown(FIRM, FULL).areas if area.level.range)
    assert wide.range.startswith("Ett svar annerledes kan gjøre det til «")
    fills = [step.fill for step in wide.bar]
    assert "url(#hatch)" in fills
    steady = shown({**FIRM, "K5a": 1, "K5b": 1}, FULL)
    help_area = next(area.level for area in steady.areas if area.code == "help")
    assert help_area.range == "" and [step.fill for step in help_area.bar] == ["currentColor", "none", "none"]


@pytest.mark.parametrize("told", [None, DONT_KNOW])
def test_where_the_work_is_comes_first_of_what_we_do_not_know(client, told):
    answers = {name: value for name, value in CAFE.items() if name != "B3"}
    token = answered(answers if told is None else {**answers, "B3": told})
    unknown = client.get(result(token)).content.decode().partition('id="vetikke"')[2]
    first = re.search(r'<li><a href="([^"]+)">([^<]+)', unknown)
    assert first and first[1] == f"/kartlegg/{token}/bedriften/" and "kommune" in first[2]
    assert "kommune" not in said(client, result(answered(key="j" * 24))).partition("Det vi ikke vet")[2][:300]


@pytest.mark.parametrize(
    "way", ["resultat/", "senere/", "plan/", "svar/", "pa-nytt/", "paminnelse/", "slett/"]
)
def test_a_page_that_tells_nobody_where_one_came_from_has_nothing_to_post(client, way):
    """A browser then posts from origin «null», and the form is refused."""
    response = client.get(f"/kartlegg/{answered()}/{way}")
    silent = response.headers["Referrer-Policy"] == "no-referrer"
    assert not (silent and b'method="post"' in response.content)
    assert silent == (way in ("resultat/", "senere/"))


def test_the_short_result_leads_to_where_one_goes_on(client):
    token = answered()
    page = client.get(result(token)).content.decode()
    there = re.search(r'<a [^>]*href="([^"#]+)#(\w+)">Gjør hele kartleggingen', page)
    assert there and f'<form id="{there[2]}"' in client.get(there[1]).content.decode()


@pytest.mark.parametrize(("answers", "form"), [(CAFE, SHORT), (FIRM, FULL), ({}, SHORT)])
def test_there_are_two_steps_and_each_has_time_who_and_a_way_on(client, answers, form):
    found = shown(answers, form)
    assert len(found.next_steps) == 2
    for step in found.next_steps:
        assert step.time and step.who and client.get(step.href).status_code == 200


def test_S03_every_reason_names_the_answers_behind_it(client):
    page = said(client, result(answered()))
    found = shown(CAFE, SHORT)
    reasons = [each for area in found.areas for each in area.suggestions if not each.acquaintance]
    assert reasons
    for each in (*found.next_steps, *reasons):
        assert each.answers, each.key
        for told in each.answers:
            assert plain(told.question) in page and plain(told.answer) in page


def test_a_question_of_a_row_can_stand_alone():
    """«… usikkerhet om hva personen klarer å yte?» says nothing without its beginning."""
    asked = [
        told for step in shown({**CAFE, "R2": 5}, SHORT).areas for s in step.suggestions for told in s.answers
    ]
    risk = [told.question for told in asked if "yte" in told.question]
    assert risk and all(each.startswith("Hvor mye bekymrer dette dere ved inkludering: ") for each in risk)


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_page_and_paper_say_the_same(client, language):
    for token, answers, form in (
        (answered(key="a" * 24), CAFE, SHORT),
        (answered(FIRM, FULL, key="b" * 24), FIRM, FULL),
    ):
        page = said(client, result(token, language))
        paper = client.get(f"{language}/kartlegg/{token}/resultat.pdf")
        sheet = pdf.read(paper.content)
        text = re.sub(r"\s+", " ", sheet.text)
        code = language.strip("/") or "nb"
        assert sheet.pages == 1 and sheet.marked and sheet.language == code
        for area in shown(answers, form).areas:
            for each in area.suggestions:
                title = plain(each.title[code])
                assert title in page and title in text, each.key


def test_the_paper_is_one_page_with_the_longest_words_and_the_same_bytes_every_time(client, monkeypatch):
    token = answered(FIRM, FULL)
    client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
    first = client.get(f"/nn/kartlegg/{token}/resultat.pdf")
    assert first.content == client.get(f"/nn/kartlegg/{token}/resultat.pdf").content
    assert first.headers["Content-Disposition"] == (
        'attachment; filename="inkludering-verktoykasse-2026-11-24.pdf"'
    )
    longest = sorted(all_tools().values(), key=lambda tool: -len(tool.promise["nb"] + tool.title["nb"]))[0]
    found = shown(FIRM, FULL)
    words = toolbox_pdf.words(found, (), on=TODAY, sent_in=True)
    step = words["steps"][0] | {"title": longest.title["nb"], "promise": longest.promise["nb"]}
    words |= {"steps": [step, step], "notes": [max((n for n in words["notes"]), default="x" * 200)]}
    assert pdf.read(toolbox_pdf.lay_out(toolbox_pdf.PAGE, words)).pages == 1


def test_before_it_is_sent_in_it_is_provisional_and_works_from_the_second_answer(client):
    directory_content.load()
    early = answered({"N1": 2, "B3": "3101"}, sent_in=False)
    page = said(client, result(early))
    assert "Foreløpig: bygger på 2 svar." in page and "Nav Halden" in page
    done = answered(key="d" * 24)
    assert "Foreløpig" not in said(client, result(done))
    mapping = drafts.find(done, TODAY)
    drafts.store(mapping, {"A1": 1}, upon=mapping.version, now=mapping.saved_at)
    assert "Foreløpig" in said(client, result(done)), "an answer is changed and not sent in"
    paper = pdf.read(client.get(f"/kartlegg/{done}/resultat.pdf").content)
    assert "foreløpig, bygger på 13 svar" in paper.text


def test_without_a_municipality_the_line_is_called_and_no_support_is_judged(client):
    directory_content.load()
    page = said(client, result(answered({**CAFE, "B3": "?"})))
    assert "Navs arbeidsgivertelefon" in page and "Be om Nav-kontoret der arbeidsplassen ligger" in page
    assert "Vi vet ikke hvilken kommune arbeidsplassen ligger i." in page
    assert "Støtte som er vurdert" not in page
    with_place = said(client, result(answered(key="b" * 24)))
    assert "Støtte som er vurdert" in with_place and "Nav Halden-Aremark" in with_place


def test_what_we_do_not_know_leads_to_the_question(client):
    answers = {name: value for name, value in CAFE.items() if name != "K2a"}
    token = answered(answers)
    page = client.get(result(token)).content.decode()
    open_items = shown(answers, SHORT).open_items
    assert "K2a" in [name for name, _text in open_items]
    assert f"/kartlegg/{token}/hverdagen/" in page


def test_helpers_are_looked_for_where_the_workplace_is():
    assert shown(CAFE, SHORT).helpers
    for _text, href in shown(CAFE, SHORT).helpers:
        assert href.startswith("/finn-hjelp/?kommune=3101&behov=")


def test_who_may_only_read_is_given_nothing_to_change_by(client):
    token = answered()
    client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
    reading = client.get(f"/kartlegg/les/{read_token(token)}/").content.decode()
    assert token not in reading and drafts.code_of(token, settings.SECRET_KEY) not in reading
    inside = re.search("<main.*</main>", reading, re.DOTALL)[0]
    assert "Planen deres" in inside and "<form" not in inside
    ways_on = set(re.findall(r'href="(/kartlegg/[^"]*)"', inside))
    assert ways_on == {"/kartlegg/om/", f"/kartlegg/les/{read_token(token)}.pdf"}
    for way in ("resultat/", "resultat.pdf", "plan/", "plan.ics", "paminnelse/", "pa-nytt/"):
        assert client.get(f"/kartlegg/{read_token(token)}/{way}").status_code == 410, way
    assert client.get(f"/kartlegg/les/{token}/").status_code == 410
    paper = client.get(f"/kartlegg/les/{read_token(token)}.pdf")
    assert paper.content == client.get(f"/kartlegg/{token}/resultat.pdf").content


def test_the_owner_is_given_both_addresses_the_code_and_the_last_day(client):
    token = answered()
    page = said(client, result(token))
    assert f"/kartlegg/les/{read_token(token)}/" in page and f"/kartlegg/{token}/resultat/" in page
    assert drafts.code_of(token, settings.SECRET_KEY) in page
    assert "Lenkene virker til og med 24. desember 2027." in page


def test_T30_addresses_are_told_to_nobody_and_stand_in_no_log(client):
    token = answered()
    reading = read_token(token)
    for address in (result(token), f"/kartlegg/les/{reading}/"):
        page = client.get(address)
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page.headers["Cache-Control"] and page.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in page.content.decode()
    for path in (result(token), f"/kartlegg/les/{reading}/", f"/en/kartlegg/les/{reading}.pdf"):
        assert token not in scrubbed(f"GET {path} 200") and reading not in scrubbed(f"GET {path} 200")


def scrubbed(line: str) -> str:
    record = logging.LogRecord("x", logging.INFO, "x", 1, line, (), None)
    WithoutSecrets().filter(record)
    return record.getMessage()


def test_an_address_whose_time_is_over_says_what_to_do_and_one_we_never_gave_is_not_found(client, settings):
    token = answered()
    settings.TOOLBOX_TODAY = date(2027, 12, 25)
    for address in (result(token), f"/kartlegg/les/{read_token(token)}/", f"/kartlegg/{token}/plan/"):
        assert client.get(address).status_code == 410
    for address in ("/kartlegg/feil/resultat/", "/kartlegg/les/feil/", "/kartlegg/feil/plan/"):
        assert client.get(address).status_code == 404


def test_deleting_the_mapping_takes_plan_reminder_and_the_thread_between_two(client):
    token = answered()
    client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
    client.post(f"/kartlegg/{token}/paminnelse/", {"epost": "leder@example.org"})
    client.post(f"/kartlegg/{token}/pa-nytt/", {"nokkel": "n" * 24})
    drafts.delete(drafts.find(token, TODAY))
    assert not PlannedAction.objects.exists() and not Reminder.objects.exists()
    assert not Remeasure.objects.exists() and Mapping.objects.count() == 1, "the new one stands alone"


@pytest.mark.parametrize(("way", "queries"), [("resultat/", 5), ("resultat.pdf", 4), ("plan/", 4)])
def test_a_page_asks_no_more_than_it_must(client, django_assert_num_queries, way, queries):
    directory_content.load()
    token = answered(FIRM, FULL)
    client.get(f"/kartlegg/{token}/{way}")
    content_revision.current()
    with django_assert_num_queries(queries):
        assert client.get(f"/kartlegg/{token}/{way}").status_code == 200
