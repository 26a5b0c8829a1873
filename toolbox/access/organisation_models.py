"""Companies and other organisations, who belongs to them, and who is asked to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from toolbox.outbox.models import Message


class Kind(models.TextChoices):
    COMPANY = "company"
    NAV_OFFICE = "nav_office"
    PROVIDER = "provider"
    MUNICIPALITY = "municipality"
    COUNTY = "county"


class Role(models.TextChoices):
    """What somebody is in an organisation, by the names of config/route_roles.py."""

    COMPANY_MEMBER = "company_member"
    MENTOR = "mentor"
    PARTICIPANT = "participant"
    ADVISER = "adviser"
    PROVIDER = "provider"


class Way(models.TextChoices):
    """How we know that an organisation is who it says it is."""

    ANSATTPORTEN = "ansattporten"
    EDITOR = "editor"


class Organisation(models.Model):
    """One organisation as somebody has set it up here. Several may claim a number; one at most is confirmed.

    `name`, `parent`, `place`, `head_count`, `ended_on` and `closing` are the register's
    (toolbox.access.register) as of `registered_on`. When that is None, `name` was written by hand and nothing
    else is known. `form_key` is the hash of the form that made it: the same form again makes no other.
    `withdrawn_on` and why: a confirmation was taken back, and none has come since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.CharField(max_length=9, db_index=True)
    name = models.CharField(max_length=180)
    parent = models.CharField(max_length=9, blank=True)
    place = models.CharField(max_length=60, blank=True)
    head_count = models.PositiveIntegerField(null=True)
    ended_on = models.DateField(null=True)
    closing = models.BooleanField(default=False)
    registered_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    confirmed_on = models.DateField(null=True)
    confirmed_by_way = models.CharField(max_length=20, choices=Way.choices, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_because = models.CharField(max_length=500, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "access_organisation"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(confirmed_on__isnull=False), name="access_one_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_by_way="")
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by_way="")),
                name="access_confirmed_in_some_way",
            ),
        ]

    def __str__(self) -> str:
        return f"organisation {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None

    @property
    def is_active(self) -> bool:
        """False when the register says that it is deleted, bankrupt or being wound up."""
        return self.ended_on is None and not self.closing

    @property
    def main_role(self) -> Role:
        """What those who speak for it are."""
        return MAIN_ROLE[Kind(self.kind)]


MAIN_ROLE = {
    Kind.COMPANY: Role.COMPANY_MEMBER,
    Kind.NAV_OFFICE: Role.ADVISER,
    Kind.PROVIDER: Role.PROVIDER,
    Kind.MUNICIPALITY: Role.ADVISER,
    Kind.COUNTY: Role.ADVISER,
}
#: Only those who speak for an organisation can look after its members.
_MAY_ADMINISTER = Q(role__in=sorted(set(MAIN_ROLE.values())))


class Membership(models.Model):
    """One account belongs to one organisation. An account that goes must leave its organisations first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    administrator = models.BooleanField(default=False)
    since = models.DateTimeField()

    class Meta:
        db_table = "access_membership"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="access_one_membership"),
            models.CheckConstraint(
                condition=Q(administrator=False) | _MAY_ADMINISTER, name="access_who_may_administer"
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Answer(models.TextChoices):
    """What became of an invitation. One without an answer is open until it expires."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_ME = "not_me"
    #: Taken back, or a newer one went to the same address.
    WITHDRAWN = "withdrawn"


class Invitation(models.Model):
    """Somebody is asked to join. Opens with a token of 128 bits, of which only the SHA-256 is here.

    `form_key` is the hash of the form that sent it: the same form again sends no other. `email` is emptied
    when whoever got it says that it is somebody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    form_key = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=254, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    administrator = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "access_invitation"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(answer=""), name="access_one_open_invitation"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "created_at"], name="access_invited_for"),
            models.Index(fields=["invited_by", "created_at"], name="access_invited_by"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
