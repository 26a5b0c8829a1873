"""Editors, and the rates as the running site reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest

from toolbox.access.models import Account, StaffMember, StaffRole
from toolbox.publishing import rate_book as approved_book
from toolbox.publishing import rate_changes
from toolbox.publishing.models import RateChange
from toolbox.ui import content_revision, rate_book

CONTRIBUTION = "shared.contribution_zone_1"
NEW_YEAR = date(2027, 1, 1)


def editor(email: str) -> Account:
    account = Account.objects.create(email=email)
    StaffMember.objects.create(account=account, role=StaffRole.EDITOR)
    return account


@pytest.fixture
def kari(db: None) -> Account:
    return editor("kari@redaksjonen.no")


@pytest.fixture
def ola(db: None) -> Account:
    return editor("ola@redaksjonen.no")


@pytest.fixture(autouse=True)
def approved_rates(
    _rates_of_the_files: None, db: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Any:
    settings.TOOLBOX_TODAY = date(2026, 11, 24)
    monkeypatch.setattr(rate_book, "_door", lambda: approved_book.current)
    content_revision.forget()
    yield
    content_revision.forget()


@pytest.fixture
def propose() -> Callable[..., RateChange]:
    """15.1 per cent from New Year, the way an editor's form proposes it."""
    numbers = count(1)

    def made(by: Account, **changes: Any) -> RateChange:
        fields = {
            "form_key": f"skjema-{next(numbers):016}",
            "key": CONTRIBUTION,
            "unit": "percent",
            "value": "15.1",
            "valid_from": NEW_YEAR,
            "known_to": date(2027, 12, 31),
            "law": "Stortingets vedtak for 2027",
            "source_title": "Skatteetaten",
            "source_url": "https://www.skatteetaten.no/",
            "checked": date(2026, 11, 24),
        }
        return rate_changes.propose(by, **{**fields, **changes})

    return made
