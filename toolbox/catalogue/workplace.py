"""Where the workplace is, asked so that the page can name one Nav office."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from toolbox.places.municipalities import OSTFOLD, by_number, in_county
from toolbox.ui.forms import Form, Select

ELSEWHERE = "annet"


class WorkplaceForm(Form):
    """One municipality. The directory knows Østfold, so every other place is «et annet sted»."""

    kommune = Select(
        label=gettext_lazy("Hvilken kommune ligger arbeidsplassen i?"),
        missing=gettext_lazy("Velg hvilken kommune arbeidsplassen ligger i."),
        required=False,
        choices=[],
    )

    def __init__(self, query: Mapping[str, str]) -> None:
        given = query.get("kommune", "")
        super().__init__({"kommune": _listed(given)})
        self.fields["kommune"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("Velg kommune")),
            *((m.number, m.short_name) for m in in_county(OSTFOLD)),
            (ELSEWHERE, gettext_lazy("Et annet sted i landet")),
        ]

    def municipality(self) -> str | None:
        """The number of the municipality, or None where no office is known for it."""
        if not self.is_valid():
            return None
        chosen: str = self.cleaned_data["kommune"]
        return None if chosen in ("", ELSEWHERE) else chosen


def _listed(given: str) -> str:
    """The choice that stands for `given`: today's number for an old one, elsewhere outside Østfold."""
    municipality = by_number(given)
    if municipality is None:
        return given
    return municipality.number if municipality.county_number == OSTFOLD else ELSEWHERE
