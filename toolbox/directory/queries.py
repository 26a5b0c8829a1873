"""Who to call, and who else can help. Each question costs a query or two, however large the directory."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from django.core.cache import cache
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from toolbox.directory import seed
from toolbox.directory.models import HIDDEN_AFTER, Helper, Kind, MetNeed, ServedMunicipality
from toolbox.places.municipalities import by_number
from toolbox.ui import content_revision
from toolbox.ui.figures import unbroken

#: In place of a municipality number: a workplace outside the county that the directory covers.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Contact:
    """The one to call. The number is always Nav's employer line, and the card says so.

    `office_name` is None when we do not know which office serves the workplace. `phone` is for reading, `tel`
    for a link. `hours` is a text in the reader's language, or None when no source has them. `via_line` is
    True where the caller asks the line for the office. `confirmed_lately` is False after half a year.
    """

    office_name: str | None
    line_name: str
    phone: str
    tel: str
    hours: str | None
    confirmed_on: date | None
    confirmed_lately: bool
    via_line: bool

    @property
    def through(self) -> str:
        """«gjennom Navs arbeidsgivertelefon», after the name of an office."""
        return _("gjennom %(line)s") % {"line": self.line_name}

    @property
    def call(self) -> str:
        """«Ring 55 55 33 36»."""
        return _("Ring %(phone)s") % {"phone": unbroken(self.phone)}

    @property
    def ask_for(self) -> str:
        """What to ask the line for: «Be om Nav Halden-Aremark.»"""
        if self.office_name:
            return _("Be om %(office)s.") % {"office": self.office_name}
        return _("Be om Nav-kontoret der arbeidsplassen ligger.")


@dataclass(frozen=True, slots=True)
class Hits:
    shown: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Loosened:
    """How many would be found without one of the filters. `without` is municipality, need or kind."""

    without: str
    count: int


#: How long a contact is kept. One that an editor changes shows at once: the revision is part of its key.
SECONDS_KEPT = 60


def primary_contact(municipality_number: str | None, today: date) -> Contact:
    """Exactly one contact for a workplace: its Nav office, through Nav's employer line.

    Where no office is known (outside Østfold, or no municipality given) the line alone. Never fails for want
    of a row: before the directory is loaded, the line of the seed answers. Costs one query a minute for each
    municipality and language; every result page asks.
    """
    key = f"contact:{get_language()}:{today.isoformat()}:{_digits(municipality_number)}"
    key += f":{content_revision.current()}"
    find = partial(_find_contact, municipality_number, today)
    return cache.get_or_set(key, find, SECONDS_KEPT)  # type: ignore[return-value]


def _digits(municipality_number: str | None) -> str:
    found = by_number(municipality_number or "")
    return found.number if found else "-"


def _find_contact(municipality_number: str | None, today: date) -> Contact:
    municipality = by_number(municipality_number or "")
    lines = Q(kind=Kind.EMPLOYER_LINE)
    if municipality:
        lines |= Q(kind=Kind.NAV_OFFICE) & _serves(municipality.number)
    found = {
        helper.kind: helper for helper in Helper.objects.filter(lines, published=True).order_by("-sort_name")
    }
    office = found.get(Kind.NAV_OFFICE)
    line = found.get(Kind.EMPLOYER_LINE) or _line_of_the_seed(seed.content_folder())
    return Contact(
        office_name=office.local_name if office else None,
        line_name=pgettext("in a sentence", "Navs arbeidsgivertelefon"),
        phone=line.phone,
        tel=tel_link(line.phone),
        hours=line.local_hours or None,
        confirmed_on=line.confirmed_on,
        confirmed_lately=line.confirmed_lately(today),
        via_line=office is not None,
    )


def contact_through(helper: Helper, today: date) -> Contact:
    """Whom to call about a helper without a number of its own.

    A part of Nav is asked for on the employer line; for all others, the Nav office where they are seated.
    """
    if helper.via_line or helper.kind == Kind.EMPLOYER_LINE:
        line = primary_contact(None, today)
        return replace(line, office_name=helper.local_name, via_line=True) if helper.via_line else line
    return primary_contact(helper.seat or None, today)


def helpers_for(
    municipality: str | None = None,
    need: str | None = None,
    kind: str | None = None,
    *,
    today: date,
    with_hidden: bool = False,
) -> QuerySet[Helper]:
    """The published helpers that serve a municipality, meet a need and are of a kind; None means any.

    One query. Nav first, then the helpers seated there, then those that come from elsewhere, then the
    national ones; by name within each. Nobody can pay for a place. `municipality` may be ELSEWHERE.
    Entries that somebody has taken over and not confirmed for 270 days are left out unless `with_hidden`.
    """
    found = Helper.objects.filter(published=True).filter(_matches(municipality, need, kind))
    if not with_hidden:
        found = found.exclude(_hidden(today))
    nearness = Case(
        When(kind__in=(Kind.NAV_OFFICE, Kind.EMPLOYER_LINE), then=Value(0)),
        When(seat=municipality or "-", then=Value(1)),
        When(everywhere=True, then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(nearness, "sort_name", "pk")


def count(municipality: str | None, need: str | None, kind: str | None, *, today: date) -> Hits:
    """How many the list shows, and how many it leaves out because nobody has confirmed them. One query."""
    found = Helper.objects.filter(_matches(municipality, need, kind), published=True)
    counts = found.aggregate(all=Count("pk"), hidden=Count("pk", filter=_hidden(today)))
    return Hits(shown=counts["all"] - counts["hidden"], hidden=counts["hidden"])


def loosened(
    municipality: str | None, need: str | None, kind: str | None, *, today: date
) -> tuple[Loosened, ...]:
    """For an empty list: what taking away one filter would give, the nearest first. One query.

    Only filters that are set and would give something. The place goes last: help nearby comes first.
    """
    ways = {}
    if kind:
        ways["kind"] = _matches(municipality, need, None)
    if need:
        ways["need"] = _matches(municipality, None, kind)
    if municipality:
        ways["municipality"] = _matches(None, need, kind)
    if not ways:
        return ()
    counts = (
        Helper.objects.filter(published=True)
        .exclude(_hidden(today))
        .aggregate(**{f"without_{name}": Count("pk", filter=way) for name, way in ways.items()})
    )
    return tuple(Loosened(name, hits) for name in ways if (hits := counts[f"without_{name}"]))


def tel_link(phone: str) -> str:
    """«55 55 33 36» → tel:+4755553336. A number with its own country code keeps it."""
    digits = re.sub(r"[^\d+]", "", phone)
    return f"tel:{digits if digits.startswith('+') else '+47' + digits}"


def _serves(number: str) -> Q:
    return Q(Exists(ServedMunicipality.objects.filter(helper=OuterRef("pk"), number=number)))


def _matches(municipality: str | None, need: str | None, kind: str | None) -> Q:
    wanted = Q()
    if municipality:
        wanted &= Q(everywhere=True) | _serves(municipality)
    if need:
        wanted &= Q(Exists(MetNeed.objects.filter(helper=OuterRef("pk"), need=need)))
    if kind:
        wanted &= Q(kind=kind)
    return wanted


def _hidden(today: date) -> Q:
    # Seeded entries are marked by age, never hidden: an old entry is better than an empty county.
    return Q(edited=True, confirmed_on__lt=today - HIDDEN_AFTER)


@lru_cache(maxsize=1)
def _line_of_the_seed(folder: Path) -> Helper:
    return next(helper for helper in seed.read(folder) if helper.kind == Kind.EMPLOYER_LINE)
