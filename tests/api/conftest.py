"""Asking the API the way a program does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Ask = Callable[..., Any]

#: A position at a café, and the question whether support may fit it.
POSITION = {
    "measure": "midlertidig-lonnstilskudd",
    "municipality": "3101",
    "position_percent": 60,
    "start": "2027-02-01",
    "hourly_wage_nok": 200,
}
NEED = {"municipality": "3101", "work": "kitchen", "position_percent": 60, "start": "2027-02-01"}

#: A café that has had nobody in before.
CAFE = {
    "N1": 2,
    "B1": "I",
    "B2": "5-9",
    "B3": "3101",
    "A1": 4,
    "A6": 3,
    "E1": ["none"],
    "R2": 4,
    "K1b": 2,
    "K2a": 1,
    "K3a": "?",
    "K4a": 4,
    "K5a": 2,
}


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    """`ask("costs", {…}, language="nn")` posts; without a question it gets. Returns Django's response."""

    def asked(address: str, question: Any = None, *, content_type: str = "application/json", **query: str):  # type: ignore[no-untyped-def]
        where = f"/api/v1/{address}"
        if question is None:
            return client.get(where, query)
        content = question if isinstance(question, str | bytes) else json.dumps(question)
        return client.post(where, content, content_type=content_type, query_params=query)

    return asked
