"""One page to take along: always one, whatever the words; the same every time; and many may ask at once."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from inclusion_rules.estimate import SUBSIDIES
from tests.journeys import pdf
from toolbox.places.municipalities import all_municipalities
from toolbox.places.work import kinds_of_work

NEED = "kommune=3101&arbeid=kitchen&andel=60"


def fetch(client, query: str, language: str = "") -> bytes:
    answer = client.get(f"{language}/start-her/oversikt.pdf?{query}")
    assert answer.headers["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_longest_words_still_fit_one_page(client, language):
    place = max(all_municipalities(), key=lambda m: len(m.short_name)).number
    work = max(kinds_of_work(), key=lambda w: len(w.name["nb"])).key
    for measure in SUBSIDIES:
        query = (
            f"kommune={place}&arbeid={work}&andel=37,5&lonn=1234,56&tiltak={measure}&avgift=1&start=1.7.2027"
        )
        sheet = pdf.read(fetch(client, query, language))
        assert sheet.pages == 1, (measure, language)
        assert sheet.size <= 60_000


@pytest.mark.django_db
def test_the_same_need_on_the_same_day_gives_the_same_bytes(client):
    assert fetch(client, NEED) == fetch(client, NEED)


@pytest.mark.django_db
def test_the_name_of_the_file_tells_of_nobody(client):
    answer = client.get(f"/start-her/oversikt.pdf?{NEED}")
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="inkludering-overslag-2026-11-24.pdf"'
    )


def test_many_may_ask_at_once(site):
    def ask(number: int) -> tuple[int, str]:
        status, _headers, body = site.fetch(
            f"/start-her/oversikt.pdf?kommune=3101&arbeid=kitchen&andel={number}"
        )
        return status, hashlib.sha256(body).hexdigest()

    with ThreadPoolExecutor(8) as visitors:
        answers = list(visitors.map(ask, [20, 40, 60, 80] * 10))
    assert {status for status, _ in answers} == {200}
    assert len({body for _, body in answers}) == 4, "each gets the page of its own need"
