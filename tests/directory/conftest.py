"""A directory loaded from content/, on a fixed day, and a way to add helpers to it."""

from datetime import date
from itertools import count

import pytest

from tests import directory_content
from toolbox.directory.models import Helper

TODAY = date(2026, 11, 24)


@pytest.fixture
def loaded(db, settings):
    settings.TOOLBOX_TODAY = TODAY
    directory_content.load()


@pytest.fixture
def add_helper(db):
    """Add a helper as an editor would: published, in Halden, for training, confirmed today."""
    numbers = count(1)

    def add(**changes) -> Helper:
        number = next(numbers)
        said = {
            "slug": f"tillagt-{number}",
            "name": f"Tillagt {number}",
            "kind": "nonprofit",
            "seat": "3101",
            "serves": ["3101"],
            "needs": ["training"],
            "offers": [{"nb": "Holder kurs", "nn": "Held kurs", "en": "Holds courses"}],
            "confidence": "high",
            "confirmed_on": TODAY,
            "source": "En redaktør",
        }
        return Helper.objects.create(**{**said, **changes})

    return add
