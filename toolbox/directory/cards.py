"""A helper as a page shows it: with the area in words, and how fresh the entry is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from toolbox.directory.models import Helper
from toolbox.directory.queries import tel_link
from toolbox.places.municipalities import OSTFOLD, all_municipalities, in_county


@dataclass(frozen=True, slots=True)
class Card:
    """`tel` is empty when the helper has no number of its own; `site` names its web site, or is empty."""

    helper: Helper
    area: str
    confirmed_lately: bool
    tel: str
    site: str


def card(helper: Helper, today: date) -> Card:
    return Card(
        helper=helper,
        area=area_in_words(helper),
        confirmed_lately=helper.confirmed_lately(today),
        tel=tel_link(helper.phone) if helper.phone else "",
        site=(urlsplit(helper.url).hostname or "").removeprefix("www.") if helper.url else "",
    )


def area_in_words(helper: Helper) -> str:
    """«Halden og Aremark», «Hele Østfold» or «Hele landet»."""
    if helper.everywhere:
        return _("Hele landet")
    served = set(helper.serves)
    if served >= {municipality.number for municipality in in_county(OSTFOLD)}:
        return _("Hele Østfold")
    # The seat first: that is where people will find them.
    names = [m.short_name for m in all_municipalities() if m.number in served and m.number != helper.seat]
    seat = [m.short_name for m in all_municipalities() if m.number == helper.seat and m.number in served]
    return _and([*seat, *names])


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(all_but_last)s og %(last)s") % {"all_but_last": ", ".join(names[:-1]), "last": names[-1]}
