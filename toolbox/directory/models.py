"""One organisation that employers can turn to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import get_language, gettext_lazy

from toolbox.places.sorting import sort_key
from toolbox.ui import content_revision

#: Older than this, an entry is marked as not confirmed lately.
MARKED_AFTER = timedelta(days=180)
#: Older than this, an entry somebody has taken over leaves the list; its own page stays.
HIDDEN_AFTER = timedelta(days=270)


class Kind(models.TextChoices):
    EMPLOYER_LINE = "employer_line", gettext_lazy("Navs arbeidsgivertelefon")
    NAV_OFFICE = "nav_office", gettext_lazy("Nav-kontor")
    NAV_UNIT = "nav_unit", gettext_lazy("Annen del av Nav")
    MUNICIPALITY = "municipality", gettext_lazy("Kommune")
    COUNTY = "county", gettext_lazy("Fylkeskommune")
    INCLUSION_ENTERPRISE = "inclusion_enterprise", gettext_lazy("Arbeids- og inkluderingsbedrift")
    NONPROFIT = "nonprofit", gettext_lazy("Ideell eller sosial virksomhet")
    HEALTH_SERVICE = "health_service", gettext_lazy("Helsetjeneste")
    TRAINING_OFFICE = "training_office", gettext_lazy("Opplæringskontor")
    EDUCATION = "education", gettext_lazy("Utdanning og karriereveiledning")
    NETWORK = "network", gettext_lazy("Næringsnettverk")
    LABOUR_ORGANISATION = "labour_organisation", gettext_lazy("Organisasjon i arbeidslivet")
    PUBLIC_BODY = "public_body", gettext_lazy("Statlig etat")
    KNOWLEDGE_CENTRE = "knowledge_centre", gettext_lazy("Kompetansesenter")
    PROGRAMME = "programme", gettext_lazy("Rekrutteringsprogram")


class Need(models.TextChoices):
    """What an employer may need help with."""

    CANDIDATE = "candidate", gettext_lazy("Finne kandidat")
    TRAINING = "training", gettext_lazy("Opplæring")
    LANGUAGE = "language", gettext_lazy("Språk")
    MENTAL_HEALTH = "mental_health", gettext_lazy("Psykisk helse")
    AIDS = "aids", gettext_lazy("Hjelpemidler")
    ECONOMY = "economy", gettext_lazy("Økonomi")


#: Who may contact each kind of helper, and how to begin.
WHO_MAY_CONTACT = {
    Kind.EMPLOYER_LINE: gettext_lazy("Alle arbeidsgivere kan ringe."),
    Kind.NAV_OFFICE: gettext_lazy("Arbeidsgivere med arbeidsplass i området kan ta kontakt."),
    Kind.NAV_UNIT: gettext_lazy("Arbeidsgivere kan ta kontakt. Er du usikker, ring arbeidsgivertelefonen."),
    Kind.MUNICIPALITY: gettext_lazy("Bedrifter i kommunen kan ta kontakt."),
    Kind.COUNTY: gettext_lazy("Bedrifter i fylket kan ta kontakt."),
    Kind.INCLUSION_ENTERPRISE: gettext_lazy(
        "Bedrifter kan ta direkte kontakt. Nav avgjør hvem som får en plass."
    ),
    Kind.NONPROFIT: gettext_lazy("Bedrifter kan ta direkte kontakt."),
    Kind.HEALTH_SERVICE: gettext_lazy(
        "Spør Nav først. Den det gjelder, bestemmer selv om tjenesten skal snakke med dere."
    ),
    Kind.TRAINING_OFFICE: gettext_lazy("Bedrifter som vil ha lærling eller lærekandidat, kan ta kontakt."),
    Kind.EDUCATION: gettext_lazy("Både bedrifter og ansatte kan ta kontakt."),
    Kind.NETWORK: gettext_lazy("Bedrifter i området kan ta kontakt."),
    Kind.LABOUR_ORGANISATION: gettext_lazy("Mest for medlemmer. Spør om dere er med."),
    Kind.PUBLIC_BODY: gettext_lazy("Alle kan spørre om regler og ordninger."),
    Kind.KNOWLEDGE_CENTRE: gettext_lazy("Åpent for alle arbeidsgivere."),
    Kind.PROGRAMME: gettext_lazy("Spør Nav eller kommunen om programmet finnes hos dere."),
}


class Confidence(models.TextChoices):
    """How sure we are of an entry. What is low is kept, and never published."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


#: What an entry says. Editing any of these takes the row over from the seed.
CONTENT = (
    "slug",
    "name",
    "names",
    "kind",
    "org_number",
    "seat",
    "everywhere",
    "serves",
    "needs",
    "offers",
    "phone",
    "email",
    "hours",
    "via_line",
    "url",
    "confidence",
    "confirmed_on",
    "source",
    "published",
    "unpublished_reason",
)


class Helper(models.Model):
    """An organisation, never a private person.

    `names`, `hours` and each of `offers` are {nb, nn, en}; `names` and `hours` may be empty. `serves` holds
    municipality numbers, `seat` is one of them or empty. `via_line`: reached through Nav's employer line,
    with no number of its own. `url` stands only where somebody has seen the address.

    `origin_hash` is the fingerprint of what the seed last wrote. While the row still has that fingerprint it
    follows the seed; once it differs, `edited` is True and the seed leaves the row alone.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    names = models.JSONField(default=dict, blank=True)
    sort_name = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=32, choices=Kind)
    org_number = models.CharField(max_length=9, blank=True)
    seat = models.CharField(max_length=4, blank=True)
    everywhere = models.BooleanField(default=False)
    serves = models.JSONField(default=list, blank=True)
    needs = models.JSONField(default=list, blank=True)
    offers = models.JSONField(default=list, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=160, blank=True)
    hours = models.JSONField(default=dict, blank=True)
    via_line = models.BooleanField(default=False)
    url = models.URLField(max_length=300, blank=True)
    confidence = models.CharField(max_length=8, choices=Confidence)
    confirmed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    published = models.BooleanField(default=True)
    unpublished_reason = models.CharField(max_length=300, blank=True)
    origin_hash = models.CharField(max_length=64, blank=True, editable=False)
    edited = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["sort_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published=False) | ~models.Q(confidence=Confidence.LOW),
                name="low_confidence_is_never_published",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key, the link tables and the mark of who owns the row in step with what it says."""
        self._derive()
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.served.all().delete()
            self.met_needs.all().delete()
            self._index([self])
            content_revision.bump()

    @staticmethod
    def create_all(helpers: Iterable[Helper]) -> int:
        """Save new helpers in three queries, however many. Returns how many there were."""
        new = list(helpers)
        for helper in new:
            helper._derive()
        with transaction.atomic():
            Helper._index(Helper.objects.bulk_create(new))
        return len(new)

    def _derive(self) -> None:
        self.sort_name = sort_key(self.name)
        self.edited = self.fingerprint() != self.origin_hash

    @staticmethod
    def _index(helpers: Iterable[Helper]) -> None:
        helpers = list(helpers)
        ServedMunicipality.objects.bulk_create(
            ServedMunicipality(helper=helper, number=number) for helper in helpers for number in helper.serves
        )
        MetNeed.objects.bulk_create(
            MetNeed(helper=helper, need=need) for helper in helpers for need in helper.needs
        )

    def fingerprint(self) -> str:
        """The same for two rows that say the same."""
        # Empty fields are left out: then a new field, empty in every row, makes no row look edited.
        said = {name: value for name in CONTENT if (value := getattr(self, name))}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def local_name(self) -> str:
        return self.names.get(get_language() or "nb", self.name)

    @property
    def name_is_norwegian(self) -> bool:
        """True when an English page shows a Norwegian name, and must say so to a screen reader."""
        return get_language() == "en" and "en" not in self.names

    @property
    def local_offers(self) -> list[str]:
        return [_in_language(offer) for offer in self.offers]

    @property
    def local_hours(self) -> str:
        return _in_language(self.hours) if self.hours else ""

    @property
    def who_may_contact(self) -> str:
        return str(WHO_MAY_CONTACT[Kind(self.kind)])

    def confirmed_lately(self, today: date) -> bool:
        """False also when nobody knows when the entry was confirmed."""
        return self.confirmed_on is not None and self.confirmed_on >= today - MARKED_AFTER


class ServedMunicipality(models.Model):
    """An index of Helper.serves. Written by Helper alone."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="served")
    number = models.CharField(max_length=4)

    class Meta:
        indexes = [models.Index(fields=["number", "helper"], name="served_number")]


class MetNeed(models.Model):
    """An index of Helper.needs. Written by Helper alone."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="met_needs")
    need = models.CharField(max_length=16, choices=Need)

    class Meta:
        indexes = [models.Index(fields=["need", "helper"], name="met_need")]


def _in_language(text: Mapping[str, str]) -> str:
    return text.get(get_language() or "nb") or text["nb"]
