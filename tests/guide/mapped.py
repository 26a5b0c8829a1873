"""Companies that have answered, for tests of what their answers lead to."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from toolbox.mapping import drafts
from toolbox.mapping.answers import Answers
from toolbox.mapping.scoring import SHORT

TODAY = date(2026, 11, 24)

#: A café in Halden that has never tried, and lacks people.
CAFE: Answers = {
    "N1": 2,
    "B3": "3101",
    "B1": "I",
    "B2": "5-9",
    "A1": 4,
    "A6": 2,
    "E1": ("none",),
    "R2": 4,
    "K1b": 2,
    "K2a": 1,
    "K3a": 2,
    "K4a": 3,
    "K5a": 2,
}
#: A firm of 45 in Fredrikstad that has answered it all, less O1.
FIRM: Answers = {
    **CAFE,
    "B3": "3107",
    "B1": "C",
    "B2": "20-49",
    "B4": "private_local",
    "B5": "hr",
    "B6": 2,
    "N2": 3,
    "N3": 4,
    "A2": 4,
    "A3": 2,
    "A4": 3,
    "A5": 2,
    "E1": ("practice", "subsidy"),
    "E2": 1,
    "E3": 4,
    "E4": 4,
    "E5": ("internal",),
    "R1": 4,
    "R3": 3,
    "R4": 2,
    "R5": 2,
    "R6": 3,
    "D1": ("contact", "trial"),
    "D2": ("staffing",),
    "K1a": 4,
    "K1b": 4,
    "K2b": 2,
    "K3b": 3,
    "K4b": 4,
    "K5b": 2,
}


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
