"""Companies that have answered, for tests of what their answers lead to."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from tests.companies import CAFE
from toolbox.mapping import drafts
from toolbox.mapping.answers import Answers
from toolbox.mapping.scoring import SHORT

TODAY = date(2026, 11, 24)


def answered(
    answers: Answers = CAFE, form: str = SHORT, *, on: date = TODAY, key: str = "k" * 24, sent_in: bool = True
) -> str:
    """The token of a mapping with these answers."""
    begun = drafts.begin(form, key=key, secret=settings.SECRET_KEY, on=on)
    mapping = drafts.find(begun.token, on)
    assert mapping
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("Europe/Oslo"))
    drafts.store(mapping, answers, upon=0, now=noon)
    if sent_in:
        drafts.submit(mapping, upon=0, on=on)
    return begun.token


def read_token(token: str) -> str:
    return drafts.read_token(token, settings.SECRET_KEY)


def plan_form(client: Client, token: str) -> dict[str, str]:
    """What the plan's form holds when it is opened: the two steps we propose, or those that are kept."""
    html = client.get(f"/kartlegg/{token}/plan/").content.decode()
    fields = dict(re.findall(r'<input[^>]*name="(steg\d-innen)" value="([^"]+)"', html))
    for name, options in re.findall(r'<select[^>]*name="(steg\d-\w+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]+)" selected', options)
        assert chosen, name
        fields[name] = chosen[1]
    return fields
