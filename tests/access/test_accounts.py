"""An account: one for each mailbox, without a password, and what it may do."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from toolbox.access.addresses import NotAnAddress, one_form
from toolbox.access.models import Account, StaffMember, StaffRole
from toolbox.access.queries import roles_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mette@firma.no", "mette@firma.no"),
        ("Mette@Firma.NO", "mette@firma.no"),
        ("  mette@firma.no ", "mette@firma.no"),
        ("mette+jobb@firma.no", "mette+jobb@firma.no"),
        ("post@blåbær.no", "post@xn--blbr-roah.no"),
        ("post@BLÅBÆR.no", "post@xn--blbr-roah.no"),
    ],
)
def test_T08_an_address_has_one_form(written, kept):
    assert one_form(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "mi\u212ae@firma.no",  # the Kelvin sign, which folds to k
        "m\u0131ke@firma.no",  # a dotless i, which folds to i in capitals
        "me\u017fe@firma.no",  # a long s, which folds to s
        "x" * 300 + "@firma.no",
        "mette@" + "x" * 300 + ".no",
        "mette",
        "@firma.no",
        "mette@",
        "mette@firma",
        "",
        "mette@firma.no\r\nBcc: all@firma.no",
        "mette@a..no",
    ],
)
def test_T08_a_lookalike_or_no_address_is_refused(written):
    with pytest.raises(NotAnAddress):
        one_form(written)


@pytest.mark.django_db
@pytest.mark.database
def test_T08_one_address_has_one_account():
    Account.objects.create(email=one_form("Mette@firma.no"))
    with pytest.raises(IntegrityError):
        Account.objects.create(email=one_form("mette@FIRMA.no"))


def test_an_account_has_no_password_in_the_database():
    assert "password" not in {field.name for field in Account._meta.get_fields()}


@pytest.mark.django_db
def test_the_roles_of_an_account_are_being_signed_in_and_what_staff_gave():
    giver = Account.objects.create(email="drift@firma.no")
    editor = Account.objects.create(email="redaktor@firma.no")
    StaffMember.objects.create(account=editor, role=StaffRole.EDITOR, given_by=giver)
    assert roles_of(giver) == {"signed_in"}
    assert roles_of(editor) == {"signed_in", "editor"}
