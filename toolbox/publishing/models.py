"""Changes of rates with their log, and errors that readers report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import timezone

from inclusion_rules.rates import NewValue, Source


class ChangeState(models.TextChoices):
    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    UNDONE = "undone"


class RateChange(models.Model):
    """A value that an editor wants a rate to have from a day on. It counts while it is approved.

    `value` is written as in a rate file: 14.1, 2027-12-31, 08-31. What it says is never edited: a change that
    is wrong is declined or undone, and a new one proposed.
    """

    form_key = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=120, db_index=True)
    unit = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    valid_from = models.DateField()
    known_to = models.DateField(null=True)
    replaces = models.BooleanField(default=False)
    law = models.CharField(max_length=200)
    source_title = models.CharField(max_length=200)
    source_url = models.CharField(max_length=500)
    checked = models.DateField()
    reason = models.CharField(max_length=500, blank=True)

    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "publishing_rate_change"

    def __str__(self) -> str:
        return f"{self.key} {self.value} from {self.valid_from}: {self.state}"

    def read(self, written: str) -> Decimal | date | tuple[int, int]:
        """A value of this rate, from how it is written here and in the log."""
        if self.unit == "date":
            return date.fromisoformat(written)
        if self.unit == "month_day":
            month, day = written.split("-")
            return int(month), int(day)
        return Decimal(written)

    def new_value(self) -> NewValue:
        """The change as the rules take it."""
        return NewValue(
            key=self.key,
            value=self.read(self.value),
            valid_from=self.valid_from,
            known_to=self.known_to,
            law=self.law,
            source=Source(self.source_title, self.source_url, self.checked),
            checked=self.checked,
            replaces=self.replaces,
        )


def as_written(value: Decimal | date | tuple[int, int]) -> str:
    """A rate's value as a rate file writes it: 14.1, 136549, 2027-12-31, 08-31."""
    if isinstance(value, tuple):
        return f"{value[0]:02}-{value[1]:02}"
    return value.isoformat() if isinstance(value, date) else f"{value.normalize():f}"


class RateEvent(models.Model):
    """One line of the log of a change: who did what, when, and what the rate was before and after.

    Lines are only added. `before` and `after` are empty where the rate did not change.
    """

    class Act(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        DECLINED = "declined"
        UNDONE = "undone"
        REFUSED = "refused"  # somebody tried to approve a change of their own

    change = models.ForeignKey(RateChange, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=10, choices=Act.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "publishing_rate_event"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.change_id} {self.act} at {self.at:%Y-%m-%d %H:%M}"


class ErrorReport(models.Model):
    """What a reader says is wrong on a page. Nobody has signed in, and nothing tells who it was.

    `page` is a path of ours without its query, or empty. `email` is there only until the answer is sent. The
    address of the answer is a secret: only its hash is kept.
    """

    form_key = models.CharField(max_length=64, unique=True)
    page = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    reported_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answer_hash = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        db_table = "publishing_error_report"

    def __str__(self) -> str:
        return f"report {self.pk} of {self.reported_on}"


class Item(models.Model):
    """Something editors have written, of one kind, with an owner and a day to look at it again.

    What it says stands in its versions; `published` is the one readers see, None while there is none. A tool
    or a helper has an item once somebody has written something else than its file; `slug` is its key there.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice"  # a short message on the front page
        TOOL = "tool"  # the texts of a tool of content/tools/
        HELPER = "helper"  # an entry of content/directory/

    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    next_check = models.DateField()
    published = models.ForeignKey("Version", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "publishing_item"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="publishing_one_slug")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @property
    def newest(self) -> Version:
        """The version written last: there is always one."""
        found = self.versions.order_by("-number").first()
        assert found is not None
        return found


class Version(models.Model):
    """What an item said at one time, in three languages. Only the newest, while it is a draft, can go on.

    `texts` are named by what they are: title_nb, text_en. `seed` is what the file said when it was written,
    empty for what has no file.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        IN_REVIEW = "in_review"
        PUBLISHED = "published"

    form_key = models.CharField(max_length=64, unique=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    seed = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "publishing_version"
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="publishing_one_number")]

    def __str__(self) -> str:
        return f"{self.item_id} version {self.number}"

    @property
    def title(self) -> str:
        """What editors know it by."""
        return self.texts.get("title_nb") or self.texts["name_nb"]
