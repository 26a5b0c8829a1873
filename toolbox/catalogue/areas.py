"""«Verktøykassen»: the five areas, and what each holds today: tools, our own pages and measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from inclusion_rules.measures import Measure, all_measures
from toolbox.catalogue.selection import ENDED
from toolbox.tools.selection import area_filter, of_area
from toolbox.tools.tool import Tool

#: How many tools and measures an area shows beside its own pages.
TOOLS_SHOWN = 6
MEASURES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One of our own pages. `fragment` is a place on it."""

    text: Any
    kind: Any
    route: str
    fragment: str = ""

    @property
    def href(self) -> str:
        return reverse(self.route) + self.fragment


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `code` is that of the measure files and its mark; `all_query` filters the list of all."""

    code: str
    title: Any
    promise: Any
    pages: tuple[OwnPage, ...]
    all_text: Any = ""
    all_query: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The most useful measures that are first of all about this area, and that take somebody in today."""
        found = (m for m in all_measures().values() if m.areas[0] == self.code and _stands(m))
        return tuple(found)[:MEASURES_SHOWN]

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The tools that take least time."""
        return of_area(self.code)[:TOOLS_SHOWN]

    @property
    def tool_count(self) -> int:
        return len(of_area(self.code))

    @property
    def tools_href(self) -> str:
        return f"{reverse('tools:list')}?omrade={area_filter(self.code)}#treff"

    @property
    def present_pages(self) -> tuple[OwnPage, ...]:
        """The pages that exist. A link to nothing is worse than no link."""
        return tuple(page for page in self.pages if _exists(page.route))

    @property
    def all_href(self) -> str:
        return reverse("catalogue:measures") + self.all_query


_AREAS = (
    Area(
        "stories",
        gettext_lazy("Lær av andre"),
        # The stories of the full promise do not exist yet.
        gettext_lazy("Spør dem som har prøvd, og fortell ærlig om deres egne forsøk"),
        pages=(),
    ),
    Area(
        "support",
        gettext_lazy("Støtte, kostnad og risiko"),
        gettext_lazy("Hva finnes, hva koster det, hvem avgjør"),
        pages=(
            OwnPage(
                gettext_lazy("Regn ut hva det koster"), gettext_lazy("kalkulator"), "catalogue:calculator"
            ),
            OwnPage(
                gettext_lazy("Se refusjonen for én måned"), gettext_lazy("kalkulator"), "catalogue:refund"
            ),
            OwnPage(gettext_lazy("Hva koster det i alt?"), gettext_lazy("ark"), "catalogue:sheet"),
            OwnPage(gettext_lazy("Hva er risikoen?"), gettext_lazy("liste"), "catalogue:risks"),
            OwnPage(
                gettext_lazy("Hvor galt kan det gå?"), gettext_lazy("kalkulator"), "catalogue:uncertainty"
            ),
            OwnPage(
                gettext_lazy("Sammenlign tre måter å ta imot noen på"),
                gettext_lazy("tabell"),
                "catalogue:asked",
                "#sammenlign",
            ),
        ),
        all_text=gettext_lazy("Se all støtte"),
    ),
    Area(
        "people",
        gettext_lazy("Hvem kan dette gjelde"),
        gettext_lazy("Kunnskap uten merkelapper"),
        pages=(
            OwnPage(
                gettext_lazy("Dette kan du spørre om"), gettext_lazy("liste"), "catalogue:asked", "#sporre"
            ),
            OwnPage(
                gettext_lazy("Dette kan du ikke spørre om"),
                gettext_lazy("liste"),
                "catalogue:asked",
                "#ikke-sporre",
            ),
        ),
        all_text=gettext_lazy("Se alt om å finne folk"),
        all_query="?behov=finne-folk",
    ),
    Area(
        "learning",
        gettext_lazy("Lær mer sammen"),
        # The courses of the full promise do not exist yet.
        gettext_lazy("Opplæring på jobben, og støtte til den"),
        pages=(),
        all_text=gettext_lazy("Se alt om opplæring"),
        all_query="?behov=opplaering",
    ),
    Area(
        "help",
        gettext_lazy("Få hjelp underveis"),
        gettext_lazy("Én kontakt, felles plan, neste steg"),
        pages=(
            OwnPage(gettext_lazy("Finn hjelp der dere er"), gettext_lazy("liste"), "directory:list"),
            OwnPage(
                gettext_lazy("Vi har noen i gang – hvordan lykkes vi?"),
                gettext_lazy("råd"),
                "catalogue:under_way",
            ),
        ),
        all_text=gettext_lazy("Se all hjelp og oppfølging"),
        all_query="?behov=oppfolging",
    ),
)


def areas() -> tuple[Area, ...]:
    """The areas that hold a page or a measure today, in the order of the menu."""
    return tuple(area for area in _AREAS if area.tools or area.present_pages or area.measures)


def _stands(measure: Measure) -> bool:
    return measure.status not in ENDED and measure.confidence != "low"


def _exists(route: str) -> bool:
    try:
        reverse(route)
    except NoReverseMatch:
        return False
    return True
