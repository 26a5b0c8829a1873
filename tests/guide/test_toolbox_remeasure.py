"""Answering again: what has moved beside what was done, and one letter to those who asked, to nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings
from django.utils import timezone

from tests.companies import FIRM
from tests.guide.mapped import TODAY, answered, plan_form, read_token
from tests.visitor import plain
from toolbox.console import main
from toolbox.guide import remeasure
from toolbox.guide.models import Remeasure, Reminder
from toolbox.mapping import drafts
from toolbox.mapping.models import Mapping
from toolbox.mapping.scoring import FULL
from toolbox.outbox.letter import write_letter
from toolbox.outbox.models import Message, OptOut, State, recipient_hash
from toolbox.outbox.sending import send_due
from toolbox.ui import limits

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DUE = date(2027, 5, 24)
ADDRESS = "leder@example.org"


def main_part(answer) -> str:
    return plain(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def ask(client, token: str, address: str = ADDRESS, language: str = ""):
    return client.post(f"{language}/kartlegg/{token}/paminnelse/", {"epost": address})


def again(client, token: str) -> str:
    """Begin again, and give the new mapping's token."""
    answer = client.post(f"/kartlegg/{token}/pa-nytt/", {"nokkel": "n" * 24})
    assert answer.status_code == 302
    return answer.headers["Location"].split("/")[2]


def test_the_result_says_when_to_answer_again(client):
    assert "Svar gjerne på nytt 24. mai 2027" in main_part(client.get(f"/kartlegg/{answered()}/resultat/"))


def test_no_letter_is_ever_sent_unless_somebody_asked(client):
    for number in range(3):
        token = answered(key=f"{number:024}")
        client.post(f"/kartlegg/{token}/plan/", plan_form(client, token))
        again(client, token)
    for day in range(0, 420, 7):
        assert remeasure.send_due(TODAY + timedelta(days=day)) == 0
    assert not Message.objects.exists()


def test_one_letter_on_its_day_and_the_address_is_gone(client):
    ask(client, answered())
    assert remeasure.send_due(DUE - timedelta(days=1)) == 0
    assert remeasure.send_due(DUE) == 1
    assert Message.objects.get().address == ADDRESS and not Reminder.objects.exists()
    assert remeasure.send_due(DUE) == 0 and Message.objects.count() == 1


def test_T03_who_reads_the_database_finds_no_address(client):
    token = answered()
    ask(client, token)
    row = Reminder.objects.get()
    assert ADDRESS not in f"{row.sealed}{row}" and token not in row.sealed


@pytest.mark.parametrize(
    ("language", "says"), [("", "tid for å se"), ("/nn", "tid for å sjå"), ("/en", "time to look")]
)
def test_the_letter_is_in_the_language_it_was_asked_for_in_and_opens_nothing(client, language, says):
    token = answered(FIRM, FULL)
    ask(client, token, language=language)
    remeasure.send_due(DUE)
    letter = message_from_bytes(write_letter(Message.objects.get()), policy=default)
    text = letter.get_body(("plain",)).get_content()
    assert says in text and f"{language}/kartlegg/fortsett/" in text
    for secret in (token, read_token(token), drafts.code_of(token, settings.SECRET_KEY), "Fredrikstad"):
        assert secret not in f"{letter}{text}"
    assert "List-Unsubscribe" in letter


def test_whoever_said_no_to_such_letters_gets_none_and_their_address_goes_all_the_same(client):
    OptOut.objects.create(recipient=recipient_hash(ADDRESS), type="remeasure")
    ask(client, answered())
    remeasure.send_due(DUE)
    assert not Reminder.objects.exists()
    send_due(timezone.now())
    assert Message.objects.get().state == State.WITHDRAWN


def test_asking_twice_is_one_letter_and_another_address_takes_the_place_of_the_first(client):
    token = answered()
    for address in (ADDRESS, ADDRESS, "annen@example.org"):
        ask(client, token, address)
    assert Reminder.objects.count() == 1
    remeasure.send_due(DUE)
    assert [message.address for message in Message.objects.all()] == ["annen@example.org"]


def test_it_can_be_taken_back_at_once(client):
    token = answered()
    ask(client, token)
    assert "Vi sender én e-post 24. mai 2027." in main_part(client.get(f"/kartlegg/{token}/paminnelse/"))
    client.post(f"/kartlegg/{token}/paminnelse/", {"slett": "1"})
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("address", ["", "leder", "a@b@c", "leder@example.org\nBcc: alle@example.org"])
def test_what_is_no_address_is_told_and_not_kept(client, address):
    answer = ask(client, answered(), address)
    assert answer.status_code == 422 and "Skriv e-postadressen slik: navn@bedrift.no" in main_part(answer)
    assert not Reminder.objects.exists()


def test_nobody_signs_up_others_in_heaps(client, monkeypatch):
    noon = timezone.now()
    monkeypatch.setattr(limits, "now", lambda: noon)
    answers = [ask(client, answered(key=f"{number:024}")).status_code for number in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_mapping_that_is_not_sent_in_has_no_day_to_be_reminded_of(client):
    assert client.get(f"/kartlegg/{answered(sent_in=False)}/paminnelse/").status_code == 410


def test_once_the_day_has_come_there_is_nothing_to_be_reminded_of(client, settings):
    token = answered()
    settings.TOOLBOX_TODAY = DUE
    assert "Det er allerede tid for å svare på nytt." in main_part(
        client.get(f"/kartlegg/{token}/paminnelse/")
    )
    ask(client, token)
    assert not Reminder.objects.exists()


def test_a_double_press_begins_one_mapping_that_remembers_the_old(client):
    token = answered()
    assert again(client, token) == again(client, token) != token
    assert Mapping.objects.count() == 2 and Remeasure.objects.count() == 1


def test_municipality_industry_and_size_are_not_asked_twice(client):
    new = drafts.find(again(client, answered(FIRM, FULL)), TODAY)
    assert drafts.answers_of(new) == {name: FIRM[name] for name in ("B1", "B2", "B3")}


def test_then_and_now_stand_beside_what_was_done_with_a_caution(client, settings):
    old = answered(FIRM, FULL)
    form = plan_form(client, old)
    client.post(f"/kartlegg/{old}/plan/", form)
    client.post(f"/kartlegg/{old}/plan/", form | {"steg1-gikk": "done"})
    settings.TOOLBOX_TODAY = DUE
    token = again(client, old)
    new = drafts.find(token, DUE)
    drafts.store(new, {**FIRM, "K5a": 5, "K5b": 5}, upon=0, now=timezone.now())
    drafts.submit(drafts.find(token, DUE), upon=0, on=DUE)
    page = main_part(client.get(f"/kartlegg/{token}/resultat/"))
    told = page[page.index("Forrige gang og nå") : page.index("De fem områdene")]
    assert "Forrige kartlegging var 24. november 2026." in told and "Små forskjeller betyr lite." in told
    assert "Vi vet ikke om det dere gjorde, er grunnen" in told
    assert told.index("Gjort") < told.index("Få hjelp underveis")
    row = told[told.index("Få hjelp underveis") :]
    assert row.index("Kan bygges opp") < row.index("Godt i gang")
    assert "Forrige gang og nå" not in main_part(client.get(f"/kartlegg/{old}/resultat/"))


def test_only_the_owner_sees_that_two_belong_together(client):
    old = answered(FIRM, FULL)
    token = again(client, old)
    drafts.store(drafts.find(token, TODAY), FIRM, upon=0, now=timezone.now())
    assert "Forrige gang og nå" in main_part(client.get(f"/kartlegg/{token}/resultat/"))
    assert "Forrige gang" not in main_part(client.get(f"/kartlegg/les/{read_token(token)}/"))


def test_the_short_form_has_no_levels_to_set_side_by_side(client):
    old = answered()
    token = again(client, old)
    page = main_part(client.get(f"/kartlegg/{token}/resultat/"))
    assert "Nivåer kan bare sammenlignes når begge gangene er hele kartleggingen." in page


def test_P14_purge_tells_of_what_is_due_first_and_sends_it_when_told(client, capsys, settings):
    ask(client, answered())
    settings.TOOLBOX_TODAY = DUE
    main(["purge"])
    assert "reminders of the mapping: 1 due" in capsys.readouterr().out and not Message.objects.exists()
    main(["purge", "--delete"])
    assert "reminders of the mapping: 1 sent" in capsys.readouterr().out
    assert Message.objects.count() == 1 and not Reminder.objects.exists()
