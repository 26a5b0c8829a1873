"""The daily counts of steps, as tables for editors and whoever answers for the programme."""

from __future__ import annotations

import re
from datetime import date

import html5lib
import pytest

from tests.desk.test_rates import said
from toolbox.access.models import Account, StaffRole
from toolbox.access.staff import give
from toolbox.desk.counts import STEP_WORDS, tables
from toolbox.ui.steps import STEPS, StepCount

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WHERE = "/redaksjon/tall/"
TODAY = date(2026, 11, 24)


def count(day: date, taken: int, step="start", language="nb", device="phone"):
    StepCount.objects.create(day=day, step=step, language=language, device=device, count=taken)


def row(table, step="start"):
    return next(row for row in table.rows if row.step == STEP_WORDS[step])


def test_every_step_that_is_counted_has_words():
    assert STEP_WORDS.keys() == set(STEPS)


def test_a_step_is_shown_by_language_and_device_and_programs_stand_apart():
    count(TODAY, 3)
    count(TODAY, 4, language="nn", device="computer")
    count(TODAY, 100, language="en", device="program")
    shown = row(tables(TODAY)[0])
    assert (shown.people, shown.languages, shown.devices, shown.programs) == (7, (3, 4, 0), (3, 0, 4), 100)


def test_the_first_table_holds_28_days_with_today():
    count(date(2026, 10, 28), 1)
    count(date(2026, 10, 27), 10)
    count(date(2026, 11, 25), 100)
    assert row(tables(TODAY)[0]).people == 1


def test_each_month_has_a_table_the_newest_first():
    count(date(2026, 10, 1), 1)
    count(date(2026, 10, 31), 2)
    count(date(2026, 11, 1), 4, step="calculator_result")
    _lately, november, october = tables(TODAY)
    assert (november.name, october.name) == ("november 2026", "oktober 2026")
    assert row(november, "calculator_result").people == 4 and row(october).people == 3


def test_editors_and_the_programme_owner_find_the_page_and_others_do_not(client, kari, at_desk):
    owner = Account.objects.create(email="per@fylket.example", name="Per")
    give(owner, StaffRole.PROGRAMME_OWNER, by=None)
    link = f'href="{WHERE}"'
    assert link in at_desk(kari).get("/redaksjon/").content.decode()
    assert link in at_desk(owner).get("/min-side/").content.decode()
    assert at_desk(owner).get(WHERE).status_code == at_desk(kari).get(WHERE).status_code == 200
    assert at_desk(Account.objects.create(email="mette@firma.no")).get(WHERE).status_code == 404
    assert client.get(WHERE).headers["Location"].startswith("/logg-inn/")


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_newest_thirteen_months_fit_on_a_valid_page(kari, at_desk, language):
    for number in range(25):
        for step in STEPS:
            count(date(2024 + (number + 10) // 12, (number + 10) % 12 + 1, 1), 12345, step)
    answer = at_desk(kari).get(language + WHERE)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(answer.content.decode())
    assert not parser.errors and len(answer.content) < 60_000
    assert len(re.findall("<table", answer.content.decode())) == 14


def test_a_site_that_has_counted_nothing_says_so(kari, at_desk):
    assert "Ingenting er telt ennå." in said(at_desk(kari).get(WHERE))
