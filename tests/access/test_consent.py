"""What somebody said yes to, in which words, and when they said no."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from toolbox.access import audit, consent
from toolbox.access.models import Account
from toolbox.access.trail_models import AuditEntry, Consent

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def person() -> Account:
    return Account.objects.create(email="pia@post.no")


def yes(person: Account, version: str = "2026-11", language: str = "nb", at: datetime = NOON) -> Consent:
    return consent.give(person, "story", text_version=version, language=language, at=at)


def test_a_yes_holds_the_words_the_person_read(person):
    yes(person, "2026-11", "nn")
    kept = consent.standing(person, "story")
    assert kept and (kept.text_version, kept.language, kept.at) == ("2026-11", "nn", NOON)
    assert consent.standing(person, "picture") is None


def test_the_same_yes_twice_is_one_and_new_words_need_a_new_one(person):
    assert yes(person) == yes(person, at=LATER)
    yes(person, "2027-01")
    yes(person, "2027-01", "en")
    assert Consent.objects.count() == 3


def test_a_no_is_added_and_the_yes_is_still_on_record(person):
    yes(person)
    consent.withdraw(person, "story", at=LATER)
    consent.withdraw(person, "story", at=LATER)
    assert consent.standing(person, "story") is None
    assert list(Consent.objects.order_by("entry").values_list("given", "text_version")) == [
        (True, "2026-11"),
        (False, "2026-11"),
    ]
    yes(person, at=LATER)
    assert consent.standing(person, "story")


def test_P13_a_no_to_one_thing_is_no_to_nothing_else(person):
    yes(person)
    consent.give(person, "picture", text_version="1", language="nb", at=NOON)
    consent.withdraw(person, "picture", at=LATER)
    assert consent.standing(person, "story")


def test_a_no_where_nobody_said_yes_is_not_kept(person):
    consent.withdraw(person, "story", at=NOON)
    assert not Consent.objects.exists() and not AuditEntry.objects.exists()


def test_both_are_in_the_audit_log_without_what_they_were_about(person):
    yes(person)
    consent.withdraw(person, "story", at=LATER)
    entries = list(AuditEntry.objects.order_by("number"))
    assert [(entry.act, entry.subject) for entry in entries] == [
        ("consent.given", person.pk),
        ("consent.withdrawn", person.pk),
    ]
    assert "story" not in str([vars(entry) for entry in entries])
    assert audit.check() == consent.check() == []
