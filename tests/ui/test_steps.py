"""Daily counts of steps: no query on the way, no step lost, nothing about who."""

from __future__ import annotations

import threading
import time
from datetime import date

import pytest
from django.db import DatabaseError, connection

from config.route_roles import ROUTES
from tests import directory_content
from toolbox.ui import content_revision, steps
from toolbox.ui.steps import StepCount

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEED = "kommune=3101&arbeid=kitchen&andel=60"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
COMPUTER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
TABLET = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def _nothing_counted_before():
    steps._counted.clear()
    yield
    steps._counted.clear()


def written() -> dict[tuple[str, str, str], int]:
    steps.write()
    return {(row.step, row.language, row.device): row.count for row in StepCount.objects.all()}


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("/start-her/", "start"),
        (f"/start-her/sjekk-svarene/?{NEED}", "need_chosen"),
        (f"/start-her/resultat/?{NEED}", "first_value_shown"),
        (f"/start-her/resultat/?{NEED}", "contact_shown"),
        ("/finn-hjelp/nav-halden-aremark/", "contact_shown"),
        (f"/regn-ut/overslag/?{NEED}", "calculator_result"),
        (f"/start-her/oversikt.pdf?{NEED}", "summary_downloaded"),
    ],
)
def test_a_step_is_counted_by_language_and_device(client, path, step):
    directory_content.load()
    client.get(path, headers={"User-Agent": PHONE})
    client.get(f"/nn{path}", headers={"User-Agent": COMPUTER})
    counted = written()
    assert counted[step, "nb", "phone"] == counted[step, "nn", "computer"] == 1


def test_every_step_of_the_table_of_addresses_is_one_that_may_be_counted():
    assert {route.step for route in ROUTES.values()} <= {"", *steps.STEPS}


def test_a_step_nobody_has_named_is_not_counted(rf):
    with pytest.raises(ValueError, match="is no step"):
        steps.took("looked_around", rf.get("/"))


@pytest.mark.parametrize(
    "path",
    ["/start-her/sjekk-svarene/?andel=mange", "/regn-ut/overslag/?lonn=mye", "/start-her/resultat/?andel=0"],
)
def test_a_form_with_something_to_correct_is_no_step(client, path):
    client.get(path)
    client.head("/start-her/")
    assert written() == {}


def test_a_page_that_is_kept_is_counted_each_time_and_asks_nothing(client, django_assert_num_queries):
    content_revision.current()
    client.get("/start-her/", headers={"User-Agent": PHONE})
    with django_assert_num_queries(0):
        for _visit in range(9):
            client.get("/start-her/", headers={"User-Agent": PHONE})
    assert written() == {("start", "nb", "phone"): 10}


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (PHONE, "phone"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148", "phone"),
        (TABLET, "tablet"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X710) Chrome/130.0 Safari/537.36", "tablet"),
        (COMPUTER, "computer"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", "program"),
        ("curl/8.5.0", "program"),
        ("", "program"),
    ],
)
def test_four_kinds_of_device_are_told_apart(user_agent, device):
    assert steps.device(user_agent) == device


def test_nothing_of_the_request_but_language_and_kind_of_device_is_kept(client):
    directory_content.load()
    headers = {"User-Agent": f"{PHONE} kanari-7f", "X-Forwarded-For": "192.0.2.77"}
    client.get(f"/start-her/resultat/?{NEED}", headers=headers, REMOTE_ADDR="192.0.2.78")
    steps.write()
    kept = str(list(StepCount.objects.values()))
    assert StepCount.objects.exists()
    assert not [canary for canary in ("kanari", "192.0.2", "3101", "kitchen") if canary in kept]
    assert {field.name for field in StepCount._meta.get_fields()} == {
        "id",
        "day",
        "step",
        "language",
        "device",
        "count",
    }


def test_what_cannot_be_written_waits_and_is_not_counted_twice(client, monkeypatch):
    client.get("/start-her/", headers={"User-Agent": PHONE})

    def down(counts):
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(steps, "_add", down)
        steps.write()
    assert not StepCount.objects.exists()
    assert written() == written() == {("start", "nb", "phone"): 1}


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_lose_nothing():
    """Each thread here has a connection of its own, as each process has."""
    counts = [((date(2026, 11, 24), step, "nb", "phone"), 1) for step in sorted(steps.STEPS)]

    def write_often() -> None:
        for _time in range(5):
            steps._add(counts)
        connection.close()

    at_once = [threading.Thread(target=write_often) for _process in range(4)]
    for each in at_once:
        each.start()
    for each in at_once:
        each.join()
    assert set(StepCount.objects.values_list("count", flat=True)) == {20}
    assert StepCount.objects.count() == len(steps.STEPS)


def test_counts_go_after_twenty_five_months():
    last = date(2024, 10, 24)
    for day in (last, date(2024, 10, 25)):
        StepCount.objects.create(day=day, step="start", language="nb", device="phone", count=1)
    assert [row.day for row in steps.expired(date(2026, 11, 24))] == [last]


@pytest.mark.django_db(transaction=True)
def test_the_server_writes_by_itself_and_goes_on(client, monkeypatch):
    monkeypatch.setattr(steps, "SECONDS_BETWEEN_WRITES", 0.05)
    stopped = steps.write_regularly()
    try:
        for visits in (1, 2):
            client.get("/start-her/", headers={"User-Agent": PHONE})
            until = time.monotonic() + 20
            while time.monotonic() < until and not StepCount.objects.filter(count=visits).exists():
                time.sleep(0.05)
            assert StepCount.objects.get().count == visits
    finally:
        stopped.set()
