"""Keep a result, read it for ninety days, take it away; and who reads the database can open nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from toolbox.console import main
from toolbox.guide import saved
from toolbox.guide.models import SavedResult
from toolbox.guide.saved_views import SAVES_A_MINUTE
from toolbox.ui import limits
from toolbox.ui.rate_book import current_book

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = date(2026, 11, 24)
NEED = "kommune=3101&arbeid=kitchen&andel=60"
SAVE = f"/start-her/lagre/?{NEED}"


def keep(key: str = "k" * 24, query: str = NEED, on: date = TODAY) -> saved.Addresses:
    return saved.keep(query, key=key, secret="hemmelig", on=on, rate_revision="abc")


def main_part(answer) -> str:
    return re.search("<main.*</main>", answer.content.decode(), re.DOTALL)[0].replace("\u00a0", " ")


def test_the_same_form_saves_once_and_gives_the_same_addresses():
    assert keep() == keep()
    assert SavedResult.objects.count() == 1


def test_two_forms_are_two_results():
    assert keep("a" * 24).read != keep("b" * 24).read
    assert SavedResult.objects.count() == 2


def test_the_same_form_with_other_answers_is_another_result():
    """Else somebody who goes back and changes an answer would share the old one."""
    other = "kommune=3105&arbeid=kitchen&andel=80"
    assert keep().read != keep(query=other).read
    assert [row.query for row in SavedResult.objects.order_by("pk")] == [NEED, other]


def test_a_form_sent_again_after_deletion_opens_nothing(client):
    """The addresses of before are closed for good, and must not be handed out as if they worked."""
    client.post(SAVE, {"nokkel": "k" * 24})
    saved.revoke(SavedResult.objects.get())
    answer = client.post(SAVE, {"nokkel": "k" * 24})
    assert answer.status_code == 410 and "/lagret/" not in main_part(answer)
    assert SavedResult.objects.count() == 1


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


def test_a_visitor_who_saves_too_often_is_asked_to_wait_and_may_then_go_on(client, monkeypatch):
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    monkeypatch.setattr(limits, "now", lambda: noon)
    for number in range(SAVES_A_MINUTE + 1):
        answer = client.post(f"/start-her/lagre/?{NEED}", {"nokkel": f"{number:024}"})
    assert answer.status_code == 429
    assert "Vent ett minutt" in answer.content.decode()
    assert SavedResult.objects.count() == SAVES_A_MINUTE
    monkeypatch.setattr(limits, "now", lambda: noon + timedelta(minutes=1))
    assert client.post(SAVE, {"nokkel": "k" * 24}).status_code == 200


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


def test_a_link_whose_row_is_cleared_away_still_says_what_to_do(client):
    for address in (f"/lagret/{'0' * 48}/", f"/nn/lagret/styr/{'a' * 48}/"):
        answer = client.get(address)
        assert answer.status_code == 410 and 'href="tel:' in answer.content.decode()


@pytest.mark.parametrize("token", ["0" * 47, "0" * 49, "g" * 48, "A" * 48, "slettet-igjen"])
def test_what_we_never_gave_out_is_not_found(client, token):
    for address in (f"/lagret/{token}/", f"/lagret/styr/{token}/"):
        assert client.get(address).status_code == 404


def test_another_language_gives_the_same_addresses():
    """They are shown only once: to lose them to a change of language would lose the result."""
    client = Client(enforce_csrf_checks=True)
    form = client.get(SAVE).content.decode()
    answer = client.post(SAVE, hidden(form))
    again = re.search(r'<form method="post" novalidate>(.*?)</form>', answer.content.decode(), re.DOTALL)[1]
    in_english = re.search(r'formaction="(/en/[^"]+)"', again)[1].replace("&amp;", "&")
    english = client.post(in_english, hidden(again))
    assert english.status_code == 200 and SavedResult.objects.count() == 1
    assert tokens(english) == tokens(answer) != []


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', html))


def tokens(answer) -> list[str]:
    return re.findall(r"/lagret/(?:styr/)?([0-9a-f]{48})/\"", main_part(answer))


def test_a_saved_result_says_what_it_is(client, settings):
    kept = saved.keep(NEED, key="k" * 24, secret="s", on=TODAY, rate_revision=current_book().revision)
    settings.TOOLBOX_TODAY = TODAY + timedelta(days=2)
    said = main_part(client.get(f"/lagret/{kept.read}/"))
    assert "Lagret 24. november 2026. Lenken virker til og med 22. februar 2027." in said
    assert "Satsene er endret" not in said
    assert "Lagret 24. november" not in client.get(f"/start-her/resultat/?{NEED}").content.decode()


def test_a_saved_result_says_when_its_rates_have_changed(client, settings):
    settings.TOOLBOX_TODAY = TODAY
    said = main_part(client.get(f"/lagret/{keep().read}/"))
    assert "Satsene er endret siden resultatet ble lagret." in said


def test_the_question_says_everything_that_will_be_kept(client):
    said = main_part(client.get(SAVE))
    for kept in ("kommunen", "lønnen", "datoene", "det du svarte om bedriften", "når vi rydder"):
        assert kept in said
