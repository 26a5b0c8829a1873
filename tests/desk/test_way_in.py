"""Editors find their desk from every page of their own, and nobody else is told of it."""

from __future__ import annotations

import pytest

from toolbox.access.models import Account, StaffRole
from toolbox.access.staff import give

pytestmark = pytest.mark.django_db
LINK = '<a href="/redaksjon/">Redaksjon</a>'


@pytest.mark.parametrize("path", ["/min-side/", "/bedrift/", "/redaksjon/satser/"])
def test_an_editor_has_a_link_to_the_desk(at_desk, kari, path):
    assert LINK in at_desk(kari).get(path).content.decode()


def test_somebody_who_is_no_editor_has_none(at_desk):
    per = Account.objects.create(email="per@fylket.example", name="Per")
    give(per, StaffRole.PROGRAMME_OWNER, by=None)
    assert LINK not in at_desk(per).get("/min-side/").content.decode()
