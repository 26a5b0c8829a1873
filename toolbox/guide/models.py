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
