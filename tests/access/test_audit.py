"""The audit log: append-only, chained, without content. Whoever tampers beside the software is found."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.access.tampering import beside
from toolbox.access import append_only, audit, consent, own_data, staff
from toolbox.access.models import Account, StaffRole
from toolbox.access.organisation_models import Kind, Organisation, Role
from toolbox.access.trail_models import AuditCheckpoint, AuditEntry, AuditHead, Consent
from toolbox.publishing.models import RateEvent

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
FIVE = range(1, 6)


@pytest.fixture
def reader() -> Account:
    return Account.objects.create(email="randi@firma.no")


@pytest.fixture
def five(reader) -> list[AuditEntry]:
    """Five reads, a day between."""
    return [
        audit.record(
            "members.read",
            by=reader,
            kind="organisation",
            object_id=n,
            about=reader.pk,
            at=NOON + timedelta(days=n),
        )
        for n in FIVE
    ]


def numbers() -> list[int]:
    return list(AuditEntry.objects.order_by("number").values_list("number", flat=True))


def found() -> list[int]:
    return [problem.number for problem in audit.check()]


def test_entries_are_numbered_from_one_and_the_chain_holds(five):
    assert numbers() == [*FIVE]
    assert audit.check() == []


def test_an_entry_holds_who_what_which_and_when_and_nothing_else(five):
    assert {field.name for field in AuditEntry._meta.get_fields()} == {
        *("number", "at", "actor", "act", "kind", "object_id", "subject", "mac")
    }


def test_an_entry_stands_only_if_what_it_tells_of_does(reader):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("account.changed", by=reader, kind="account", object_id=reader.pk, at=NOON)
        raise RuntimeError
    assert numbers() == []
    assert audit.check() == []


STATEMENTS = [
    "UPDATE access_audit_entry SET actor = 7 WHERE number = 3",
    "DELETE FROM access_audit_entry WHERE number = 3",
    "UPDATE access_audit_checkpoint SET up_to = 4",
    "DELETE FROM access_audit_checkpoint",
    "UPDATE access_consent SET given = true",
    "DELETE FROM access_consent",
]


@pytest.fixture
def one_of_each(five, reader) -> None:
    consent.give(reader, "story", text_version="2026-11", language="nb", at=NOON)
    audit.purge(NOON + timedelta(days=2), held=[], delete=True)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_T19_the_database_refuses_to_change_or_remove_a_row(one_of_each, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite writes over a row this way")
def test_T19_sqlite_refuses_to_write_over_a_row(five):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            "INSERT OR REPLACE INTO access_audit_entry SELECT number, at, 7, act, kind, object_id, subject, "
            "mac FROM access_audit_entry WHERE number = 3"
        )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has this statement")
@pytest.mark.parametrize("table", append_only.TABLES)
def test_T19_postgresql_refuses_to_empty_a_table(one_of_each, table):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has roles")
@pytest.mark.parametrize(
    "statement", [*STATEMENTS, "INSERT INTO access_audit_checkpoint VALUES (9, 'x', 'x')"]
)
def test_T19_a_role_of_the_site_s_own_lacks_the_right_and_can_still_record(one_of_each, reader, statement):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE the_site")
        append_only.limit_role(connection, "the_site")
        append_only.remove(connection)  # the rights hold without the triggers
        cursor.execute("SET LOCAL ROLE the_site")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)
        audit.record("account.read", by=reader, kind="account", object_id=reader.pk, at=NOON)
        consent.withdraw(reader, "story", at=NOON)
        cursor.execute("RESET ROLE")
        append_only.install(connection)
    assert audit.check() == consent.check() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has roles")
def test_the_owner_of_the_tables_is_no_role_for_the_site():
    with pytest.raises(append_only.NotARole, match="of its own"):
        append_only.limit_role(connection, "postgres")
    with pytest.raises(append_only.NotARole, match="CREATE ROLE"):
        append_only.limit_role(connection, "nobody_at_all")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has no roles")
def test_sqlite_says_that_it_has_no_roles():
    with pytest.raises(append_only.NotARole, match="triggers"):
        append_only.limit_role(connection, "the_site")


@pytest.mark.parametrize("number", FIVE)
def test_T20_a_row_that_is_removed_is_found_by_its_number(five, number):
    beside(f"DELETE FROM access_audit_entry WHERE number = {number}")
    assert found() == [number]


@pytest.mark.parametrize("number", FIVE)
@pytest.mark.parametrize(
    "change", ["actor = 7", "act = 'x'", "object_id = '9'", "subject = NULL", "mac = 'x'"]
)
def test_T20_a_row_that_is_changed_is_found_by_its_number(five, number, change):
    beside(f"UPDATE access_audit_entry SET {change} WHERE number = {number}")
    assert number in found()


def test_T20_rows_from_the_beginning_are_found(five):
    beside("DELETE FROM access_audit_entry WHERE number < 4")
    assert audit.check() == [audit.Problem(1, "the entry is missing, and all to 3")]


def test_T20_the_last_row_is_missed_also_when_the_note_of_it_is_set_back(five):
    beside("DELETE FROM access_audit_entry WHERE number = 5")
    AuditHead.objects.update(number=4, mac=five[3].mac)
    assert found() == [4]


def test_T20_a_row_that_is_added_is_found(five):
    beside(
        "INSERT INTO access_audit_entry (number, at, act, kind, object_id, mac) "
        "SELECT 6, at, act, kind, object_id, mac FROM access_audit_entry WHERE number = 5"
    )
    assert 6 in found()


def test_T20_a_row_of_another_history_is_found(five, reader):
    """Each row is ours, but not of this chain: a copy kept from before the database was set back."""
    told = {"kind": "organisation", "by": reader, "at": NOON}
    with transaction.atomic():
        other = audit.record("members.read", object_id="other", **told)
        transaction.set_rollback(True)
    audit.record("members.read", object_id="own", **told)
    audit.record("members.read", object_id="next", **told)
    beside(f"UPDATE access_audit_entry SET object_id = 'other', mac = '{other.mac}' WHERE number = 6")
    assert found() == [7]


def test_T20_a_checkpoint_of_somebody_else_s_is_found(five):
    AuditCheckpoint.objects.create(up_to=3, mac=five[2].mac, seal="0" * 64)
    AuditEntry.objects.filter(number__lte=3).delete()
    assert found() == [3]


def test_a_trigger_that_is_gone_is_told(five):
    append_only.remove(connection)
    told = [problem.words for problem in audit.check()]
    append_only.install(connection)
    assert "the trigger access_audit_entry_no_delete is gone" in told and len(told) == 9


def test_P14_purge_counts_and_deletes_nothing_unless_told_to(five):
    assert audit.purge(NOON + timedelta(days=3), held=[], delete=False) == 2
    assert numbers() == [*FIVE]


def test_P14_what_is_purged_leaves_a_chain_that_holds(five, reader):
    assert audit.purge(NOON + timedelta(days=3), held=[], delete=True) == 2
    assert numbers() == [3, 4, 5]
    audit.record("account.read", by=reader, kind="account", object_id=reader.pk, at=NOON)
    assert audit.check() == []
    beside("DELETE FROM access_audit_entry WHERE number = 3")
    assert found() == [3]


def test_P14_a_log_that_is_purged_to_the_last_entry_goes_on_counting(five, reader):
    audit.purge(NOON + timedelta(days=30), held=[], delete=True)
    audit.record("account.read", by=reader, kind="account", object_id=reader.pk, at=NOON)
    assert numbers() == [6]
    assert audit.check() == []


def test_P14_a_purge_that_stopped_in_the_middle_is_finished_by_the_next(five, monkeypatch):
    monkeypatch.setattr(audit, "BATCH", 1)
    deleted: list[object] = []
    real = AuditEntry.objects.none().__class__.delete

    def stops(found):
        if len(deleted) == 2:
            raise KeyboardInterrupt
        deleted.append(found)
        return real(found)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("django.db.models.query.QuerySet.delete", stops)
        audit.purge(NOON + timedelta(days=5), held=[], delete=True)
    assert numbers() == [3, 4, 5]
    assert audit.check() == []
    assert audit.purge(NOON + timedelta(days=5), held=[], delete=True) == 2
    assert numbers() == [5]
    assert audit.check() == []
    assert audit.purge(NOON + timedelta(days=5), held=[], delete=True) == 0


def test_P14_purge_stops_at_the_first_entry_of_an_account_on_legal_hold(five, reader):
    held = Account.objects.create(email="holdt@firma.no")
    audit.record("account.read", by=held, kind="account", object_id=held.pk, at=NOON)
    assert audit.purge(NOON + timedelta(days=30), held=[held.pk], delete=True) == 5
    assert numbers() == [6]
    assert audit.purge(NOON + timedelta(days=30), held=[reader.pk], delete=True) == 1


def test_a_consent_that_was_removed_or_changed_is_found(five, reader):
    kept = consent.give(reader, "story", text_version="2026-11", language="nn", at=NOON)
    assert consent.check() == []
    beside("UPDATE access_consent SET language = 'en'")
    assert [problem.number for problem in consent.check()] == [kept.entry]
    beside("DELETE FROM access_consent")
    assert [problem.number for problem in consent.check()] == [kept.entry]
    assert not Consent.objects.exists()


def test_whoever_reads_who_is_in_an_organisation_is_logged(signed_in):
    client = signed_in("sjef@firma.no")
    account = Account.objects.get(email="sjef@firma.no")
    cafe = Organisation.objects.create(
        form_key="f", kind=Kind.COMPANY, number="974760673", name="Kafé AS", created_at=NOON
    )
    cafe.memberships.create(account=account, role=Role.COMPANY_MEMBER, administrator=True, since=NOON)
    assert client.get(f"/bedrift/{cafe.pk}/").status_code == 200
    entry = AuditEntry.objects.order_by("number").last()
    assert (entry.act, entry.actor, entry.object_id) == ("members.read", account.pk, str(cafe.pk))


def test_a_task_that_is_given_is_logged_once(reader):
    other = Account.objects.create(email="ny@firma.no")
    assert staff.give(other, StaffRole.EDITOR, by=reader)
    assert not staff.give(other, StaffRole.EDITOR, by=reader)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.actor, entry.subject) == ("staff.given", reader.pk, other.pk)


def test_a_task_that_is_taken_away_is_logged_once_with_who_did_it(reader):
    other = Account.objects.create(email="ny@firma.no")
    staff.give(other, StaffRole.EDITOR, by=None)
    assert staff.take_away(other, StaffRole.EDITOR, by=reader, at=NOON)
    assert not staff.take_away(other, StaffRole.EDITOR, by=reader, at=NOON)
    given, taken = AuditEntry.objects.order_by("number")
    assert (given.act, given.actor) == ("staff.given", None)
    assert (taken.act, taken.actor, taken.subject, taken.object_id) == (
        "staff.taken",
        reader.pk,
        other.pk,
        "editor",
    )


def test_signing_in_is_logged_by_its_way_and_never_with_the_address(signed_in):
    signed_in("mette@firma.no")
    entry = AuditEntry.objects.get()
    account = Account.objects.get()
    assert (entry.act, entry.actor, entry.subject) == ("sign_in.code", account.pk, account.pk)
    assert "mette" not in str(AuditEntry.objects.values().get())


def test_signing_out_everywhere_is_logged(signed_in):
    client = signed_in("mette@firma.no")
    client.post("/min-side/maskiner/", {"delt": "ja"})
    client.post("/min-side/maskiner/", {"alle": "ja"})
    assert list(AuditEntry.objects.order_by("number").values_list("act", flat=True)) == [
        "sign_in.code",
        "sign_out.everywhere",
    ]


def test_every_act_there_can_be_has_words_for_whoever_it_tells_of():
    """An act is named in code; its words stand in own_data. Those of nobody's page need none."""
    told_to_nobody = {"account.erased"}
    acts = set()
    for path in Path(own_data.__file__).parents[1].rglob("*.py"):
        acts |= set(re.findall(r'(?:record|_note)\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text()))
    assert {"passkey.removed", "support.read"} <= acts, "they are found where they are written"
    assert acts - told_to_nobody <= set(own_data.ACTS)
    assert {f"rate.{act}" for act in RateEvent.Act} <= set(own_data.ACTS)
    assert {f"sign_in.{way}" for way in ("code", "passkey", "provider", "demo")} <= set(own_data.ACTS)
