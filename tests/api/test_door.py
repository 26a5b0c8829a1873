"""What holds for every request: who may ask, in which language, how much, and what may be kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client

from tests.api.conftest import NEED, POSITION
from toolbox.api import cost_files, interface
from toolbox.api.door import LARGEST_QUESTION
from toolbox.ui import limits

ROW = "midlertidig-lonnstilskudd;1.2.2027;31.1.2028;19500;12;2;14,1"
FILE = f"measure;start;end;monthly_wage_nok;holiday_pay_percent;pension_percent;employer_tax_percent\n{ROW}\n"


def test_the_languages_differ_and_each_answer_says_which_it_is_in(ask):
    answers = {language: ask("costs", POSITION, language=language) for language in ("nb", "nn", "en")}
    assert len({answer.content for answer in answers.values()}) == 3
    for language, answer in answers.items():
        assert answer.json()["language"] == answer.headers["Content-Language"] == language
    figures = [answer.json()["without_support"]["total_nok"] for answer in answers.values()]
    assert len(set(figures)) == 1


def test_neither_cookie_nor_browser_chooses_the_language(client):
    client.cookies["sprak"] = "en"
    answer = client.get("/api/v1/measures?limit=1", headers={"Accept-Language": "nn"})
    assert answer.json()["language"] == "nb"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Feltet mangler. Skriv et svar."),
        ("nn", "Feltet manglar. Skriv eit svar."),
        ("en", "The field is missing. Write an answer."),
    ],
)
def test_a_problem_speaks_the_readers_language(ask, language, said):
    answer = ask("costs", {}, language=language)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {error["detail"] for error in answer.json()["errors"]} == {said}


def test_a_language_we_do_not_speak_is_told_in_bokmal(ask):
    answer = ask("measures", language="se")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"code": "choice", "detail": "Velg ett av disse: nb, nn, en.", "parameter": "language"}
    ]


@pytest.mark.django_db
def test_the_type_of_a_problem_leads_to_where_it_is_explained(ask, client):
    for language, page in (("nb", "/api/"), ("nn", "/nn/api/"), ("en", "/en/api/")):
        where, _, name = ask("costs", {}, language=language).json()["type"].partition("#")
        assert where == page and f'id="{name}"' in client.get(where).content.decode()


@pytest.mark.parametrize("address", ["measures", "measures/mentor", "openapi.json"])
def test_whoever_has_an_answer_is_told_that_it_still_stands(client, address):
    first = client.get(f"/api/v1/{address}")
    tag = first.headers["ETag"]
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=0" in again.headers["Cache-Control"]
    other = client.get(f"/api/v1/{address}?language=en", headers={"If-None-Match": tag})
    assert other.status_code == (304 if address == "openapi.json" else 200)


def test_the_next_day_is_another_answer(client, settings):
    before = client.get("/api/v1/measures/mentor").headers["ETag"]
    settings.TOOLBOX_TODAY = date(2026, 11, 25)
    assert client.get("/api/v1/measures/mentor").headers["ETag"] != before


def test_a_question_that_is_wrong_leaves_nothing_to_keep(ask):
    answer = ask("measures", tull="1")
    assert "ETag" not in answer.headers and "no-store" in answer.headers["Cache-Control"]


def test_head_tells_what_get_would(client):
    got, head = client.get("/api/v1/measures"), client.head("/api/v1/measures")
    assert head.status_code == 200 and head.headers["ETag"] == got.headers["ETag"]


def test_pages_on_any_site_may_ask_without_a_cookie_or_a_token():
    stranger = Client(enforce_csrf_checks=True)
    asked = stranger.options(
        "/api/v1/offers",
        headers={"Origin": "https://bedriften.no", "Access-Control-Request-Method": "POST"},
    )
    assert asked.status_code == 204 and "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]
    answer = stranger.post(
        "/api/v1/offers", NEED, content_type="application/json", headers={"Origin": "https://bedriften.no"}
    )
    assert answer.status_code == 200 and not answer.cookies
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    # With credentials a browser would refuse the star, and so it should.
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_answer_to_a_posted_question_is_never_kept(ask):
    for address, question in (("offers", NEED), ("costs", POSITION)):
        assert "no-store" in ask(address, question).headers["Cache-Control"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/csv", ""])
def test_content_that_is_no_json_is_refused_with_what_to_send(ask, content_type):
    answer = ask("costs", "{}", content_type=content_type)
    assert answer.status_code == 415
    assert answer.json()["detail"] == "Send innholdet som application/json."


def test_too_much_is_refused_before_it_is_read(ask):
    answer = ask("costs", " " * (LARGEST_QUESTION + 1))
    assert answer.status_code == 413 and "16 384" in answer.json()["detail"].replace("\xa0", " ")
    assert ask("costs/file", b" " * (cost_files.LARGEST_FILE + 1), content_type="text/csv").status_code == 413


def test_an_address_that_is_not_there_is_told_in_json(client):
    for answer in (client.get("/api/v1/finnes-ikke"), client.post("/api/v1/finnes/ikke?language=nb", {})):
        assert answer.status_code in (404, 415)
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_files_are_counted_by_whoever_sends_them(ask):
    caches["limits"].clear()
    sent = [ask("costs/file", FILE, content_type="text/csv") for _ in range(cost_files.FILES_A_MINUTE + 1)]
    assert [answer.status_code for answer in sent] == [200] * cost_files.FILES_A_MINUTE + [429]
    assert sent[-1].headers["Retry-After"] == "60"
    assert sent[-1].json()["detail"] == "Vent et minutt, og prøv igjen."
    # What costs no more than a page is never counted.
    assert ask("costs", POSITION).status_code == 200


def test_a_count_that_is_down_stops_nobody(ask, monkeypatch):
    class Down:
        def add(self, *_what, **_how):
            raise ConnectionError

    monkeypatch.setattr(limits, "caches", {"limits": Down()})
    assert ask("costs/file", FILE, content_type="text/csv").status_code == 200


def test_nothing_of_a_fault_of_ours_is_told_but_that_it_is_ours(ask, monkeypatch, client):
    def broken(*_what, **_how):
        raise RuntimeError("secret")

    monkeypatch.setattr(interface, "fitting", broken)
    client.raise_request_exception = False
    answer = ask("offers", NEED, language="en")
    assert answer.status_code == 500 and "secret" not in answer.content.decode()
    assert answer.json()["detail"] == "There is nothing wrong with the question. Try again in a while."
