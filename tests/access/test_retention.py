"""The retention clock: all goes on its day and not before, with what hangs on it, and stays gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import models

from inclusion_rules.periods import add_months
from tests.access.tampering import beside
from toolbox.access import audit, consent, invitations, retention
from toolbox.access.models import Account, SignInCode, StaffMember, StaffRole, Tally
from toolbox.access.organisation_models import Invitation, Kind, Membership, Organisation, Role
from toolbox.access.retention import NOTICE
from toolbox.access.trail_models import AuditEntry, ClosingNotice, Consent, Erased, LegalHold, SupportView
from toolbox.console import main
from toolbox.outbox.models import Message
from toolbox.outbox.queue import queue

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SEEN = date(2026, 11, 24)
#: Twenty-four months later, by the calendar.
LIMIT = date(2028, 11, 24)
TOLD = LIMIT - NOTICE
DAY = timedelta(days=1)


def noon(on: date) -> datetime:
    return datetime.combine(on, time(11), tzinfo=UTC)


def run(on: date, *, delete: bool = True) -> dict[str, int]:
    return dict(retention.purge(on, noon(on), delete=delete))


@pytest.fixture
def mette() -> Account:
    return Account.objects.create(
        email="mette@firma.no", name="Mette Li", last_seen=SEEN, created_at=noon(SEEN)
    )


def company(kind: Kind = Kind.COMPANY) -> Organisation:
    return Organisation.objects.create(
        form_key=f"{kind}{Organisation.objects.count()}",
        kind=kind,
        number="974760673",
        name="Kafé AS",
        created_at=noon(SEEN),
    )


def member(
    organisation: Organisation, address: str, role: Role = Role.COMPANY_MEMBER, *, administrator: bool = False
) -> Membership:
    account, _new = Account.objects.get_or_create(email=address, defaults={"last_seen": LIMIT + 99 * DAY})
    return organisation.memberships.create(
        account=account, role=role, administrator=administrator, since=noon(SEEN)
    )


def exists(account: Account) -> bool:
    return Account.objects.filter(pk=account.pk).exists()


def letters() -> list[str]:
    return list(Message.objects.filter(type="account_closing").values_list("address", flat=True))


def test_P14_the_person_is_told_thirty_days_before_and_once(mette):
    run(TOLD - DAY)
    assert letters() == []
    run(TOLD)
    run(TOLD)
    run(TOLD + DAY)
    assert letters() == ["mette@firma.no"]


def test_P14_an_account_goes_exactly_at_the_limit(mette):
    run(TOLD)
    run(LIMIT - DAY)
    assert exists(mette)
    assert run(LIMIT)["accounts"] == 1
    assert not exists(mette)
    assert run(LIMIT)["accounts"] == 0, "a second run finds nothing"


@pytest.mark.parametrize(
    ("seen", "goes"),
    [
        (date(2024, 2, 28), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2024, 3, 1), date(2026, 3, 1)),
        (date(2026, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2028, 12, 31)),
    ],
)
def test_P14_the_months_are_those_of_the_calendar(mette, seen, goes):
    Account.objects.update(last_seen=seen)
    assert retention.closes_on(Account.objects.get()) == goes
    run(goes - NOTICE)
    run(goes - DAY)
    assert exists(mette)
    run(goes)
    assert not exists(mette)


def test_P14_nobody_is_erased_without_thirty_days_notice(mette):
    late = LIMIT + 100 * DAY
    assert run(late)["accounts"] == 0
    assert run(late + NOTICE - DAY)["accounts"] == 0
    assert run(late + NOTICE)["accounts"] == 1


def test_P14_whoever_signs_in_after_the_letter_stays_and_is_told_anew_the_next_time(mette):
    run(TOLD)
    back = TOLD + 3 * DAY
    Account.objects.update(last_seen=back)
    run(LIMIT)
    assert exists(mette)
    run(add_months(back, 24) - NOTICE)
    assert len(letters()) == 2
    run(add_months(back, 24))
    assert not exists(mette)


def test_P14_an_account_that_was_never_used_counts_from_the_day_it_was_made(mette):
    Account.objects.update(last_seen=None)
    run(TOLD)
    run(LIMIT - DAY)
    assert exists(mette)
    run(LIMIT)
    assert not exists(mette)


def test_P14_a_dry_run_counts_and_changes_nothing(mette):
    run(TOLD)
    before = [model.objects.count() for model in (Account, Message, AuditEntry, Erased, ClosingNotice)]
    assert run(LIMIT, delete=False)["accounts"] == 1
    assert before == [
        model.objects.count() for model in (Account, Message, AuditEntry, Erased, ClosingNotice)
    ]


def test_P14_the_command_is_a_dry_run_unless_told_otherwise(mette, capsys):
    Account.objects.update(last_seen=date(2020, 1, 1))
    assert main(["purge"]) == 0
    assert "accounts to be told that they will be erased: 1" in capsys.readouterr().out
    assert letters() == []
    assert main(["purge", "--delete"]) == 0
    assert letters() == ["mette@firma.no"]


def test_P14_everything_that_hangs_on_the_account_goes_with_it(mette):
    others, own = company(), company()
    member(others, "sjef@firma.no", administrator=True)
    member(others, "mette@firma.no")
    member(own, "mette@firma.no", administrator=True)
    StaffMember.objects.create(account=mette, role=StaffRole.EDITOR)
    SocialAccount.objects.create(user=mette, provider="idporten", uid="x")
    SupportView.objects.create(account=mette, reason="x", began_at=noon(LIMIT), ends_at=noon(LIMIT))
    words = {"code": "123456"}
    queue("sign_in_code", "mette@firma.no", language="nb", words=words, key="k")
    for answer in ("", "accepted"):
        Invitation.objects.create(
            organisation=others,
            form_key=f"f{answer}",
            token_hash=f"t{answer}",
            email="mette@firma.no",
            role=Role.COMPANY_MEMBER,
            invited_by=Account.objects.get(email="sjef@firma.no"),
            created_at=noon(LIMIT),
            expires_at=noon(LIMIT) + invitations.OPEN_FOR,
            answer=answer,
        )
    retention.erase(mette, LIMIT, noon(LIMIT))

    assert not exists(mette)
    for model in _models_of_ours():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.OneToOneField) and field.related_model is Account:
                assert not model.objects.filter(**{field.attname: mette.pk}).exists(), f"{model} {field}"
            elif isinstance(field, models.CharField | models.TextField):
                left = model.objects.filter(**{f"{field.name}__icontains": "mette"})
                assert not left.exists(), f"{model.__name__}.{field.name}"
    assert Organisation.objects.get() == others, "nobody is left in the other"


def _models_of_ours() -> list[type[models.Model]]:
    from django.apps import apps

    return [model for model in apps.get_models() if model._meta.app_label not in ("contenttypes", "auth")]


def test_P14_the_longest_member_takes_over_the_organisation_of_the_last_administrator(mette):
    organisation = company()
    member(organisation, "mette@firma.no", administrator=True)
    first = member(organisation, "kari@firma.no")
    member(organisation, "siri@firma.no")
    retention.erase(mette, LIMIT, noon(LIMIT))
    assert organisation.memberships.get(administrator=True) == first


def test_P14_an_organisation_that_nobody_speaks_for_any_more_goes(mette):
    organisation = company()
    member(organisation, "mette@firma.no", administrator=True)
    member(organisation, "mentor@firma.no", Role.MENTOR)
    retention.erase(mette, LIMIT, noon(LIMIT))
    assert not Organisation.objects.exists() and not Membership.objects.exists()
    assert Account.objects.get().email == "mentor@firma.no"


def test_P14_a_run_that_stopped_is_finished_by_the_next(mette, monkeypatch):
    for n in range(3):
        Account.objects.create(email=f"{n}@firma.no", last_seen=SEEN)
    run(TOLD)
    real, erased = retention.erase, []

    def stops(account, on, at):
        if len(erased) == 2:
            raise KeyboardInterrupt
        erased.append(account)
        real(account, on, at)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(retention, "erase", stops)
        run(LIMIT)
    assert Account.objects.count() == 2
    assert Erased.objects.count() == 2
    assert run(LIMIT)["accounts"] == 2
    assert not Account.objects.exists() and Erased.objects.count() == 4
    assert audit.check() == []


def test_P14_an_account_that_cannot_be_erased_whole_is_not_erased_in_part(mette, monkeypatch):
    member(company(), "mette@firma.no", administrator=True)
    monkeypatch.setattr(audit, "record", lambda *told, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        retention.erase(mette, LIMIT, noon(LIMIT))
    assert exists(mette) and mette.memberships.exists()


def test_P14_nothing_of_an_account_on_legal_hold_goes_until_it_is_lifted(mette):
    consent.give(mette, "story", text_version="1", language="nb", at=noon(SEEN))
    SupportView.objects.create(account=mette, reason="x", began_at=noon(SEEN), ends_at=noon(SEEN))
    retention.hold(mette, SEEN, noon(SEEN))
    run(TOLD)
    run(LIMIT)
    assert letters() == [] and exists(mette)
    assert AuditEntry.objects.count() == 2 and SupportView.objects.count() == 1
    with pytest.raises(retention.OnHold, match="legal-hold"):
        retention.erase(mette, LIMIT, noon(LIMIT))
    retention.release(mette, noon(LIMIT))
    run(LIMIT)
    run(LIMIT + NOTICE)
    assert not exists(mette)


def test_a_hold_is_placed_and_lifted_by_the_operator(mette, capsys):
    assert main(["legal-hold", "Mette@firma.no"]) == 0
    assert LegalHold.objects.get().account == mette
    assert main(["legal-hold", "mette@firma.no", "--lift"]) == 0
    assert not LegalHold.objects.exists()
    assert [entry.act for entry in AuditEntry.objects.order_by("number")] == ["hold.placed", "hold.lifted"]
    assert main(["legal-hold", "ukjent@firma.no"]) == 2
    assert "no account" in capsys.readouterr().err


def test_P14_the_log_and_support_views_go_after_24_months_exactly(mette):
    Account.objects.update(last_seen=LIMIT + 99 * DAY)
    audit.record("account.read", by=mette, kind="account", object_id=mette.pk, at=noon(SEEN))
    SupportView.objects.create(account=mette, reason="x", began_at=noon(SEEN), ends_at=noon(SEEN))
    day_before = run(LIMIT - DAY)
    assert (day_before["audit entries"], day_before["support views"]) == (0, 0)
    at_the_limit = run(LIMIT)
    assert (at_the_limit["audit entries"], at_the_limit["support views"]) == (1, 1)
    assert not AuditEntry.objects.exists() and not SupportView.objects.exists()
    assert audit.check() == []


def test_P14_a_day_ends_at_midnight_in_oslo(mette):
    Account.objects.update(last_seen=LIMIT + 99 * DAY)
    for at in (datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC), datetime(2026, 11, 24, 23, tzinfo=UTC)):
        audit.record("account.read", by=mette, kind="account", object_id=mette.pk, at=at)
    run(LIMIT)
    assert [entry.number for entry in AuditEntry.objects.all()] == [2]


def test_P14_consents_stay_as_long_as_the_account_and_their_entry(mette):
    consent.give(mette, "story", text_version="1", language="nb", at=noon(SEEN))
    later = LIMIT + 99 * DAY
    Account.objects.update(last_seen=later)
    assert run(LIMIT)["consents of accounts that are gone"] == 0
    assert not AuditEntry.objects.exists() and Consent.objects.exists()
    retention.erase(mette, later, noon(later))
    assert run(later)["consents of accounts that are gone"] == 1
    assert consent.check() == audit.check() == []


def test_what_lives_minutes_goes_when_it_has_expired(mette):
    at = noon(SEEN)
    for n, ends in enumerate((at, at + timedelta(seconds=1))):
        SignInCode.objects.create(reference=n, email="x@firma.no", code_hash="x", long=False, expires_at=ends)
        Tally.objects.create(key=n, count=1, ends_at=ends)
    told = run(SEEN)
    assert (told["sign-in codes"], told["counts against guessing"]) == (1, 1)


def test_D13_whoever_is_erased_stays_erased_after_a_restore(mette, tmp_path, capsys):
    """The backup is older than the erasure: what it brings back goes again, by the ledger kept beside it."""
    stays = Account.objects.create(email="kari@firma.no", last_seen=LIMIT)
    retention.erase(mette, LIMIT, noon(LIMIT))
    assert main(["erased"]) == 0
    (ledger := tmp_path / "ledger").write_text(capsys.readouterr().out)
    assert "mette" not in ledger.read_text() and len(ledger.read_text().split()) == 1
    Erased.objects.all().delete()
    restored = Account.objects.create(
        pk=mette.pk, email="mette@firma.no", created_at=mette.created_at, last_seen=SEEN
    )
    LegalHold.objects.create(account=restored, since=SEEN)

    for again in (1, 0):
        assert main(["erased", "--again", str(ledger)]) == 0
        assert f"erased again: {again}" in capsys.readouterr().out
    assert list(Account.objects.all()) == [stays]
    assert Erased.objects.count() == 1


def test_D13_somebody_new_with_the_same_number_is_not_taken_for_the_erased(mette):
    retention.erase(mette, LIMIT, noon(LIMIT))
    Account.objects.create(pk=mette.pk, email="ny@firma.no", last_seen=LIMIT)
    assert retention.erase_again(list(retention.ledger()), LIMIT, noon(LIMIT)) == 0


def test_the_command_names_the_entry_that_is_missing(mette, capsys):
    audit.record("account.read", by=mette, kind="account", object_id=mette.pk, at=noon(SEEN))
    assert main(["audit-check"]) == 0
    assert "entries 1 to 1" in capsys.readouterr().out
    beside("DELETE FROM access_audit_entry WHERE number = 1")
    assert main(["audit-check"]) == 1
    assert "audit entry 1: the entry is missing" in capsys.readouterr().out
