"""S10 and T10 below the pages: a rate changes when a second editor has approved, and never before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules.rates import Misfit, shipped_rates
from tests.publishing.conftest import CONTRIBUTION, NEW_YEAR
from toolbox.access.trail_models import AuditEntry
from toolbox.publishing import rate_book
from toolbox.publishing.models import ChangeState, RateChange, RateEvent
from toolbox.publishing.rate_changes import AlreadyDecided, OwnChange, StandsOnIt, approve, decline, undo
from toolbox.ui import content_revision
from toolbox.ui.rate_book import current_book

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def value(on=NEW_YEAR):
    return current_book().value(CONTRIBUTION, on)


def told(change):
    return [(event.act, event.by, event.before, event.after, event.why) for event in change.events.all()]


def audited(change):
    """Who did what with it, by the audit log."""
    entries = AuditEntry.objects.filter(kind="rate change", object_id=str(change.pk)).order_by("number")
    return list(entries.values_list("act", "actor"))


def test_S10_a_change_counts_when_another_editor_has_approved_it(kari, ola, propose):
    change = propose(kari)
    assert value() == Decimal("14.1")
    approve(change.pk, ola)
    assert value() == Decimal("15.1") and value(date(2026, 12, 31)) == Decimal("14.1")
    assert not current_book().rate(CONTRIBUTION, NEW_YEAR).assumed
    assert told(change) == [("proposed", kari, "", "", ""), ("approved", ola, "14.1", "15.1", "")]
    assert audited(change) == [("rate.proposed", kari.pk), ("rate.approved", ola.pk)]


def test_T10_nobody_approves_a_change_of_their_own(kari, propose):
    change = propose(kari)
    with pytest.raises(OwnChange):
        approve(change.pk, kari)
    assert value() == Decimal("14.1")
    change.refresh_from_db()
    assert change.state == ChangeState.PROPOSED
    assert told(change)[-1][:2] == ("refused", kari)
    assert audited(change)[-1] == ("rate.refused", kari.pk)


def test_S10_an_approved_change_is_undone(kari, ola, propose):
    change = propose(kari)
    approve(change.pk, ola)
    undo(change.pk, kari, "Feil tall i kunngjøringen")
    assert value() == Decimal("14.1") and current_book().rate(CONTRIBUTION, NEW_YEAR).assumed
    assert told(change)[-1] == ("undone", kari, "15.1", "14.1", "Feil tall i kunngjøringen")
    assert audited(change)[-1] == ("rate.undone", kari.pk)
    # The way to the same value again is a new proposal.
    approve(propose(kari).pk, ola)
    assert value() == Decimal("15.1")


def test_a_change_that_later_ones_rest_on_is_undone_last(kari, ola, propose):
    first = propose(kari)
    approve(first.pk, ola)
    second = propose(kari, value="16", valid_from=date(2028, 1, 1), known_to=date(2028, 12, 31))
    approve(second.pk, ola)
    with pytest.raises(StandsOnIt) as told_of:
        undo(first.pk, ola, "Feil")
    assert told_of.value.changes == (second,)
    undo(second.pk, ola, "Feil")
    undo(first.pk, ola, "Feil")
    assert current_book().revision == shipped_rates().revision


def test_only_what_waits_is_decided_and_only_once(kari, ola, propose):
    change = propose(kari)
    approve(change.pk, ola)
    for again in (
        lambda: approve(change.pk, ola),
        lambda: decline(change.pk, ola, "Nei"),
    ):
        with pytest.raises(AlreadyDecided):
            again()
    declined = propose(kari, valid_from=date(2028, 1, 1), known_to=date(2028, 12, 31))
    decline(declined.pk, kari, "Skrev feil")
    assert audited(declined)[-1] == ("rate.declined", kari.pk)
    with pytest.raises(AlreadyDecided):
        approve(declined.pk, ola)
    with pytest.raises(AlreadyDecided):
        undo(declined.pk, ola, "Feil")


def test_the_same_form_sent_twice_proposes_once(kari, propose):
    first = propose(kari, form_key="a" * 24)
    assert propose(kari, form_key="a" * 24) == first
    assert RateChange.objects.count() == 1 and RateEvent.objects.count() == 1


def test_T11_what_others_have_approved_in_between_is_checked_again(kari, ola, propose):
    first, second = propose(kari), propose(ola, value="15.2")
    approve(first.pk, ola)
    with pytest.raises(Misfit) as refused:
        approve(second.pk, kari)
    assert refused.value.problem == "overlap" and value() == Decimal("15.1")
    with pytest.raises(Misfit):
        propose(kari, value="15.3")


def test_a_change_without_room_in_newer_files_is_left_out_and_told(kari, ola, propose):
    change = propose(kari)
    approve(change.pk, ola)
    RateChange.objects.filter(pk=change.pk).update(valid_from=date(2026, 1, 1))  # as if a file had the day
    found = rate_book.in_force(rate_book.approved())
    assert found.book.value(CONTRIBUTION, NEW_YEAR) == Decimal("14.1") and found.misfits == (change,)


def test_the_book_is_put_together_once_for_each_state_of_the_content(
    kari, ola, propose, django_assert_num_queries
):
    approve(propose(kari).pk, ola)
    current_book()
    with django_assert_num_queries(0):
        assert current_book() is current_book()
    with django_assert_num_queries(1):
        content_revision.forget()
        current_book()


@pytest.mark.parametrize(
    ("key", "unit", "written", "read"),
    [
        ("gront_arbeid.last_day", "date", "2027-12-31", date(2027, 12, 31)),
        ("gront_arbeid.first_day", "month_day", "08-31", (8, 31)),
    ],
)
def test_days_are_kept_as_a_rate_file_writes_them(key, unit, written, read):
    change = RateChange(key=key, unit=unit, value=written, checked=NEW_YEAR, valid_from=NEW_YEAR)
    assert change.new_value().value == read
