"""The tools on a day that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.catalogue.parsed_page import Page


@pytest.fixture(autouse=True)
def _still_day(settings: Any) -> None:
    settings.TOOLBOX_TODAY = date(2026, 11, 25)


@pytest.fixture
def read(client: Any, db: None) -> Callable[..., Page]:
    """The page at an address: `read("/verktoy/", tid="timer")`."""
    return lambda address, **query: Page(client.get(address, query))
