"""A result somebody chose to keep: the company's and the job's facts, behind two secret addresses."""

from __future__ import annotations

from django.db import models

from toolbox.ui.rate_book import current_book


class SavedResult(models.Model):
    """One saved need. Nothing here is about a person.

    Both addresses are tokens of 192 bits, stored as SHA-256: whoever reads the database can open neither.
    `query` is the need as a query string; `rate_revision` is the rate book it was first answered with.
    """

    read_hash = models.CharField(max_length=64, unique=True)
    manage_hash = models.CharField(max_length=64, unique=True)
    idempotency_key = models.CharField(max_length=64, unique=True)
    query = models.CharField(max_length=2000)
    rate_revision = models.CharField(max_length=12)
    saved_on = models.DateField()
    expires_on = models.DateField(db_index=True)
    revoked = models.BooleanField(default=False)

    class Meta:
        db_table = "guide_saved_result"

    def __str__(self) -> str:
        return f"saved on {self.saved_on}, open until {self.expires_on}"

    @property
    def rates_changed(self) -> bool:
        """True when the page shows other rates than those the result was saved with."""
        return self.rate_revision != current_book().revision


class PlannedAction(models.Model):
    """One of the two dated steps a company chose after its mapping. A role does it, never somebody by name.

    `tool` is the key of a tool, `who` one of toolbox.tools.tool.WHO, `outcome` empty until somebody says.
    It goes with its mapping.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        PARTLY = "partly"
        NOT_DONE = "not_done"

    mapping = models.ForeignKey("mapping.Mapping", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    tool = models.CharField(max_length=80)
    who = models.CharField(max_length=16)
    by = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)

    class Meta:
        db_table = "guide_planned_action"
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["mapping", "place"], name="guide_one_action_a_place")]

    def __str__(self) -> str:
        return f"{self.place}: {self.tool} by {self.by}"


class Remeasure(models.Model):
    """A mapping that is answered again, and the one before it. Goes with either."""

    mapping = models.OneToOneField("mapping.Mapping", on_delete=models.CASCADE, related_name="+")
    earlier = models.ForeignKey("mapping.Mapping", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "guide_remeasure"

    def __str__(self) -> str:
        return f"{self.mapping_id} after {self.earlier_id}"


class Reminder(models.Model):
    """A letter somebody asked for, to be sent on a day. The address is sealed, and goes with the row.

    No address of a mapping is kept with it: a mistyped e-mail address must open nothing.
    """

    mapping = models.OneToOneField("mapping.Mapping", on_delete=models.CASCADE, related_name="+")
    sealed = models.TextField()
    language = models.CharField(max_length=2)
    due_on = models.DateField(db_index=True)

    class Meta:
        db_table = "guide_reminder"

    def __str__(self) -> str:
        return f"due {self.due_on}"
