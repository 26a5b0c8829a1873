"""Keep a result, read it for ninety days, take it away; and who reads the database can open nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from toolbox.console import main
from toolbox.guide import saved
from toolbox.guide.models import SavedResult
from toolbox.guide.saved_views import SAVES_AN_HOUR

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = date(2026, 11, 24)
NEED = "kommune=3101&arbeid=kitchen&andel=60"


def keep(key: str = "k" * 24, query: str = NEED, on: date = TODAY) -> saved.Addresses:
    return saved.keep(query, key=key, secret="hemmelig", on=on, rate_revision="abc")


def test_the_same_form_saves_once_and_gives_the_same_addresses():
    assert keep() == keep()
    assert SavedResult.objects.count() == 1


def test_two_forms_are_two_results():
    assert keep("a" * 24).read != keep("b" * 24).read
    assert SavedResult.objects.count() == 2


def test_the_first_answer_to_a_form_stands():
    keep()
    keep(query="kommune=3105&arbeid=kitchen&andel=80")
    assert SavedResult.objects.get().query == NEED


def test_neither_address_can_be_worked_out_from_the_database_or_from_the_other():
    addresses = keep()
    row = SavedResult.objects.get()
    stored = f"{row.read_hash} {row.manage_hash} {row.idempotency_key} {row.query}"
    for token in (addresses.read, addresses.manage):
        assert len(token) * 4 >= 128 and token not in stored
    assert saved.find_to_manage(addresses.read) is None
    assert saved.find_to_read(addresses.manage) is None
    assert (
        keep("k" * 24).read != saved.keep(NEED, key="k" * 24, secret="annen", on=TODAY, rate_revision="").read
    )


def test_it_is_open_through_its_last_day_and_no_longer():
    last = keep().expires_on
    row = SavedResult.objects.get()
    assert last == TODAY + timedelta(days=90)
    assert saved.is_open(row, last) and not saved.is_open(row, last + timedelta(days=1))


def test_taking_it_away_forgets_what_it_held_and_twice_is_as_once():
    keep()
    for _ in range(2):
        saved.revoke(SavedResult.objects.get())
    row = SavedResult.objects.get()
    assert row.query == "" and not saved.is_open(row, TODAY)


def test_purge_tells_first_and_deletes_only_what_has_expired(capsys, settings):
    keep("ny" * 12)
    keep("gammel" * 4, on=TODAY - timedelta(days=91))
    settings.TOOLBOX_TODAY = TODAY
    main(["purge"])
    assert SavedResult.objects.count() == 2 and "1 expired" in capsys.readouterr().out
    main(["purge", "--delete"])
    assert SavedResult.objects.count() == 1 and "1 deleted" in capsys.readouterr().out


def test_a_visitor_who_saves_too_often_is_asked_to_wait(client):
    for number in range(SAVES_AN_HOUR + 1):
        answer = client.post(f"/start-her/lagre/?{NEED}", {"nokkel": f"{number:024}"})
    assert answer.status_code == 429
    assert "Vent ett minutt" in answer.content.decode()
    assert SavedResult.objects.count() == SAVES_AN_HOUR


def test_what_has_expired_is_gone_with_a_page_that_helps(client, settings):
    kept = keep(on=TODAY)
    settings.TOOLBOX_TODAY = kept.expires_on + timedelta(days=1)
    for address in (f"/lagret/{kept.read}/", f"/lagret/styr/{kept.manage}/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Lenken virker ikke lenger. Den som sendte den, kan lage en ny." in answer.content.decode()


def test_a_save_clears_away_what_others_left():
    keep("gammel" * 4, on=TODAY - timedelta(days=91))
    keep("ny" * 12)
    assert [row.saved_on for row in SavedResult.objects.all()] == [TODAY]
