"""A page of questions is drawn once for all who have answered it alike, and is each company's own."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as site
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mapping.any_answers import any_answers
from toolbox.mapping import drafts
from toolbox.mapping.answers import Answers
from toolbox.mapping.instrument import instrument
from toolbox.mapping.models import Mapping
from toolbox.mapping.pages import asked_pages
from toolbox.mapping.scoring import FULL, SHORT
from toolbox.ui import drawn

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
_FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def memory(monkeypatch):
    pages = {}
    monkeypatch.setattr(drawn, "_in_pieces", pages)
    return pages


def begun(key: str, form: str, answers: Answers, minute: int = 0) -> str:
    """The token of a mapping with these answers."""
    token = drafts.begin(form, key=key * 24, secret=site.SECRET_KEY, on=TODAY).token
    mapping = drafts.find(token, TODAY)
    drafts.store(mapping, answers, upon=0, now=datetime(2026, 11, 24, 12, minute, tzinfo=UTC))
    return token


def addresses(token: str, form: str, language: str) -> list[str]:
    held = drafts.answers_of(drafts.find(token, TODAY))
    return [f"{language}/kartlegg/{token}/{page.slug}/" for page in asked_pages(form, instrument(), held)]


def read(address: str) -> str:
    """The page, without the token of its form, which is another each time."""
    return _FORM_TOKEN.sub("", Client().get(address).content.decode())


def is_drawn_anew(memory: dict, shown: list[str]) -> bool:
    """Whether each page, read after all the others, is the page that is drawn when nothing is kept."""
    for address in shown:
        read(address)
    kept = [read(address) for address in shown]
    anew = []
    for address in shown:
        memory.clear()
        anew.append(read(address))
    return kept == anew


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from([SHORT, FULL]), any_answers(), any_answers(), st.sampled_from(["", "/nn", "/en"]))
def test_what_one_company_is_shown_after_another_is_the_page_drawn_anew(memory, form, one, other, language):
    Mapping.objects.all().delete()
    tokens = [begun("o", form, one, minute=1), begun("t", form, other, minute=2)]
    assert is_drawn_anew(memory, [a for token in tokens for a in addresses(token, form, language)])


@pytest.mark.parametrize("language", ["", "/nn"])
@pytest.mark.parametrize("form, sent_in", [(SHORT, False), (FULL, False), (SHORT, True)])
def test_so_it_is_where_only_form_or_sending_in_or_language_differs(memory, form, sent_in, language):
    answers = {"N1": 2, "A6": 3}
    first, other = begun("f", SHORT, answers), begun("s", form, answers)
    if sent_in:
        drafts.submit(drafts.find(other, TODAY), upon=0, on=TODAY)
    assert is_drawn_anew(memory, addresses(first, SHORT, "") + addresses(other, form, language))


def test_two_companies_that_have_answered_alike_share_a_drawing_and_no_secret(memory):
    first, second = (begun(key, SHORT, {"N1": 2}) for key in "fs")
    one, other = Client(), Client()
    address = "/kartlegg/{}/bedriften/"
    a = one.get(address.format(first)).content.decode()
    b = other.get(address.format(second)).content.decode()
    assert len(memory) == 1
    assert first not in b and second not in a and first not in str(memory)
    tokens = [_FORM_TOKEN.findall(page) for page in (a, b)]
    assert tokens[0] != tokens[1] and not any(token in str(memory) for found in tokens for token in found)


@pytest.mark.parametrize("query", ["?a=1", "?" + "x" * 300])
def test_an_address_with_a_question_in_it_is_kept_nowhere(memory, query):
    token = begun("f", SHORT, {"N1": 2})
    assert Client().get(f"/kartlegg/{token}/bedriften/{query}").status_code == 200
    assert memory == {}


def test_what_somebody_wrote_wrong_is_kept_nowhere(memory):
    token = begun("f", SHORT, {"N1": 2})
    answer = Client().post(f"/kartlegg/{token}/bedriften/", {"versjon": "0", "B3": "<b>Halden"})
    assert answer.status_code == 200 and "Feil:" in answer.content.decode()
    assert memory == {}
