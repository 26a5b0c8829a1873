"""Two dated steps: planned once however often the form is sent, in the calendar, and told how they went."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.guide.mapped import TODAY, answered, plan_form
from tests.visitor import plain
from toolbox.guide import actions
from toolbox.guide.actions import Step
from toolbox.guide.models import PlannedAction
from toolbox.mapping import drafts
from toolbox.tools.read import all_tools
from toolbox.tools.tool import WHO

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def token() -> str:
    return answered()


def events(client, token: str, language: str = "") -> list:
    answer = client.get(f"{language}/kartlegg/{token}/plan.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_two_next_steps_are_proposed_for_two_and_six_weeks_on(client, token):
    form = plan_form(client, token)
    assert (form["steg1-innen"], form["steg2-innen"]) == ("8.12.2026", "5.1.2027")
    assert form["steg1-hva"] != form["steg2-hva"] and form["steg1-hvem"] == "manager"


def test_D10_the_form_sent_again_and_again_is_one_plan(client, token):
    form = plan_form(client, token)
    for _ in range(3):
        answer = client.post(f"/kartlegg/{token}/plan/", form)
        assert answer.status_code == 302 and answer.headers["Location"].endswith("/resultat/#plan")
    assert [row.place for row in PlannedAction.objects.all()] == [1, 2]
    page = plain(client.get(f"/kartlegg/{token}/resultat/").content.decode())
    assert "innen 8. desember 2026" in page and "innen 5. januar 2027" in page


def test_how_it_went_is_asked_once_there_is_a_plan_and_shown_in_words(client, token):
    address = f"/kartlegg/{token}/plan/"
    form = plan_form(client, token)
    assert "Hvordan gikk det?" not in client.get(address).content.decode()
    client.post(address, form)
    assert "Hvordan gikk det?" in client.get(address).content.decode()
    client.post(address, form | {"steg1-gikk": "done", "steg2-gikk": "not_done"})
    page = client.get(f"/kartlegg/{token}/resultat/").content.decode()
    assert "Gjort." in page and "Ikke gjort." in page
    assert [row.outcome for row in PlannedAction.objects.all()] == ["done", "not_done"]


def test_a_day_that_has_passed_may_stand_but_not_be_chosen(client, token, settings):
    address, form = f"/kartlegg/{token}/plan/", plan_form(client, token)
    client.post(address, form)
    settings.TOOLBOX_TODAY = TODAY + timedelta(weeks=8)
    assert client.post(address, form | {"steg1-gikk": "partly"}).status_code == 302
    refused = client.post(address, form | {"steg1-innen": "9.12.2026"})
    assert refused.status_code == 422
    assert "Datoen må være fra 19. januar 2027 til 19. januar 2029." in plain(refused.content.decode())
    assert PlannedAction.objects.get(place=1).by == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"steg1-innen": "snart"}, "Datoen må være en dato"),
        ({"steg2-innen": ""}, "Skriv når det skal være gjort"),
        ({"steg2-hva": "noe-annet"}, "Velg hva dere skal gjøre."),
        ({"steg1-hvem": "Kari Nordmann"}, "Velg hvem som gjør det."),
        ({"steg1-hvem": "newcomer"}, "Velg hvem som gjør det."),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field_and_nothing_is_kept(client, token, change, told):
    answer = client.post(f"/kartlegg/{token}/plan/", plan_form(client, token) | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count(told) == 2, "in the summary, and beside the field"
    assert "<title>Feil: " in page and not PlannedAction.objects.exists()


def test_two_steps_that_are_the_same_are_one(client, token):
    form = plan_form(client, token)
    answer = client.post(f"/kartlegg/{token}/plan/", form | {"steg2-hva": form["steg1-hva"]})
    assert answer.status_code == 422 and "Velg noe annet enn i det første steget." in answer.content.decode()


def test_a_name_has_no_place(client, token):
    client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
    for row in PlannedAction.objects.all():
        assert row.who in WHO


def test_the_calendar_has_both_days_and_no_name_of_anybody(client, token):
    client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
    found = events(client, token)
    assert [event["dtstart"].dt.date() for event in found] == [date(2026, 12, 8), date(2027, 1, 5)]
    assert all(event["dtstart"].dt.hour == 9 and event["transp"] == "TRANSPARENT" for event in found)
    file = client.get(f"/kartlegg/{token}/plan.ics").content.decode()
    assert token not in file and "Halden" not in file


def test_whoever_downloads_again_gets_the_event_moved_and_not_doubled(client, token):
    address, form = f"/kartlegg/{token}/plan/", plan_form(client, token)
    client.post(address, form)
    before = [str(event["uid"]) for event in events(client, token)]
    assert before == [str(event["uid"]) for event in events(client, token, "/en")]
    client.post(address, form | {"steg1-innen": "15.12.2026"})
    after = events(client, token)
    assert [str(event["uid"]) for event in after] == before
    assert after[0]["dtstart"].dt.date() == date(2026, 12, 15)
    other = answered(key="o" * 24)
    client.post(f"/kartlegg/{other}/plan/", plan_form(client, other))
    assert not set(before) & {str(event["uid"]) for event in events(client, other)}


def test_the_same_plan_on_the_same_day_gives_the_same_bytes(client, token):
    client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
    first, again = (client.get(f"/nn/kartlegg/{token}/plan.ics").content for _ in range(2))
    assert first == again


def test_without_a_plan_the_calendar_leads_to_the_plan(client, token):
    answer = client.get(f"/kartlegg/{token}/plan.ics")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/kartlegg/{token}/plan/"


def test_a_tool_that_is_gone_leaves_the_other_step(client, token):
    mapping = drafts.find(token, TODAY)
    stands = next(iter(all_tools()))
    actions.plan(mapping, [Step("finnes-ikke", "manager", TODAY), Step(stands, "manager", TODAY)])
    assert [step.tool for step in actions.planned(mapping)] == [stands]
    assert client.get(f"/kartlegg/{token}/resultat/").status_code == 200
