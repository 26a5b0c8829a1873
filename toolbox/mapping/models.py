"""A company's answers: while it answers, as rows; once sent in, as one packed response."""

from __future__ import annotations

from django.db import models

from toolbox.mapping.scoring import FULL, SHORT


class Mapping(models.Model):
    """One company's mapping, open to whoever has its address or its code. Nothing here is about a person.

    The token of the address (192 bits), the reading token and the code are kept as hashes. `sealed_token` is
    the token locked with the code: whoever has the code gets back the token, and the database alone opens
    nothing. `instrument` is the version of the questionnaire that is answered. `version` counts how often
    answers were sent in. `saved_at` is when an answer was last kept, None before the first; `expires_on` is
    the last day.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    read_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    sealed_token = models.CharField(max_length=48)
    idempotency_key = models.CharField(max_length=64, unique=True)
    form = models.CharField(max_length=5, choices=[(SHORT, SHORT), (FULL, FULL)])
    instrument = models.CharField(max_length=8)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    expires_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"mapping sent in {self.version} times, open until {self.expires_on}"


class Answered(models.Model):
    """One answer that is not sent in yet. `value` is JSON."""

    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="rows")
    item = models.CharField(max_length=8)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mapping", "item"], name="mapping_one_answer")]

    def __str__(self) -> str:
        return f"{self.item} is answered"


class Response(models.Model):
    """What a company sent in, one for each mapping: sent in again, it is replaced.

    `packed` is made by toolbox.mapping.answers.pack for the version `instrument`; `instrument_hash` is the
    beginning of that file's hash. `in_tables` is False where municipality, industry or size is not known. The
    response outlives its mapping, and then no address leads to it.
    """

    mapping = models.OneToOneField(Mapping, null=True, on_delete=models.SET_NULL, related_name="response")
    instrument = models.CharField(max_length=8)
    instrument_hash = models.CharField(max_length=16)
    form = models.CharField(max_length=5, choices=[(SHORT, SHORT), (FULL, FULL)])
    packed = models.CharField(max_length=1000)
    submitted_on = models.DateField()
    expires_on = models.DateField(db_index=True)
    in_tables = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.form} form sent in on {self.submitted_on}"
