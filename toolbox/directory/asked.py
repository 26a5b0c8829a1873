"""What a visitor looks for: read from an address, and written back to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from toolbox.directory.models import Kind, Need
from toolbox.directory.queries import ELSEWHERE
from toolbox.places.municipalities import OSTFOLD, by_number, in_county
from toolbox.ui.forms import Form, Select

#: A need inside a sentence: «17 treff for språk i Sarpsborg».
NEED_IN_SENTENCE = {
    Need.CANDIDATE: gettext_lazy("å finne kandidat"),
    Need.TRAINING: gettext_lazy("opplæring"),
    Need.LANGUAGE: gettext_lazy("språk"),
    Need.MENTAL_HEALTH: gettext_lazy("psykisk helse"),
    Need.AIDS: gettext_lazy("hjelpemidler"),
    Need.ECONOMY: gettext_lazy("økonomi"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters that are set; None means any. `municipality` is today's number, or ELSEWHERE."""

    municipality: str | None = None
    need: str | None = None
    kind: str | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        """What an address asks for. A value that is none of ours is left out, never an error."""
        place, need, kind = query.get("kommune", ""), query.get("behov", ""), query.get("type", "")
        municipality = by_number(place)
        return cls(
            municipality=municipality.number if municipality else ELSEWHERE if place == ELSEWHERE else None,
            need=need if need in Need.values else None,
            kind=kind if kind in Kind.values else None,
        )

    def address(self, *, without: str = "", page: int = 1) -> str:
        """The list with these filters, less the one named `without` (municipality, need or kind)."""
        kept = replace(self, **{without: None}) if without else self
        named = {"kommune": kept.municipality, "behov": kept.need, "type": kept.kind}
        query: dict[str, Any] = {name: value for name, value in named.items() if value}
        if page > 1:
            query["side"] = page
        return reverse("directory:list") + (f"?{urlencode(query)}" if query else "")

    def where(self) -> str:
        """The filters in words: «for språk i Sarpsborg». Empty when none is set."""
        parts = []
        if self.need:
            parts.append(_("for %(need)s") % {"need": NEED_IN_SENTENCE[Need(self.need)]})
        if self.municipality == ELSEWHERE:
            parts.append(_("utenfor Østfold"))
        elif municipality := by_number(self.municipality or ""):
            parts.append(_("i %(place)s") % {"place": municipality.name})
        if self.kind:
            parts.append(_("av typen «%(kind)s»") % {"kind": Kind(self.kind).label})
        return " ".join(parts)

    def heading(self, hits: int) -> str:
        """«17 treff for språk i Sarpsborg», or «Ingen treff …»."""
        found = (
            ngettext("%(hits)s treff", "%(hits)s treff", hits) % {"hits": hits} if hits else _("Ingen treff")
        )
        return f"{found} {self.where()}".strip()


class FilterForm(Form):
    """The filters as lists to choose from. Every combination has its own address."""

    kommune = Select(label=gettext_lazy("Kommune"), choices=[], required=False)
    behov = Select(label=gettext_lazy("Hva trenger dere hjelp til?"), choices=[], required=False)
    type = Select(label=gettext_lazy("Hvem vil dere ha hjelp av?"), choices=[], required=False)

    def __init__(self, asked: Asked) -> None:
        super().__init__(
            initial={"kommune": asked.municipality, "behov": asked.need, "type": asked.kind}, auto_id="%s"
        )
        places = [(municipality.number, municipality.name) for municipality in in_county(OSTFOLD)]
        chosen = by_number(asked.municipality or "")
        if chosen and chosen.county_number != OSTFOLD:
            # Reached from another page: the list must show what it is about, without naming all 357.
            places.append((chosen.number, chosen.name))
        self._offer("kommune", [("", _("Alle kommuner")), *places, (ELSEWHERE, _("Utenfor Østfold"))])
        self._offer("behov", [("", _("Alle behov")), *Need.choices])
        self._offer("type", [("", _("Alle typer")), *Kind.choices])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
