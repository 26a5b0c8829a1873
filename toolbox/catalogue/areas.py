"""«Verktøykassen»: the areas that hold something today, and what they hold.

An area appears here when there is something in it. «Lær av andre» comes with its first stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from inclusion_rules.measures import Measure, all_measures
from toolbox.catalogue.selection import ENDED

#: How many measures an area shows beside its own pages.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Tool:
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
    tools: tuple[Tool, ...]
    all_text: Any = ""
    all_query: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The most useful measures that are first of all about this area, and that take somebody in today."""
        found = (m for m in all_measures().values() if m.areas[0] == self.code and _stands(m))
        return tuple(found)[:SHOWN]

    @property
    def present_tools(self) -> tuple[Tool, ...]:
        """The pages that exist. A link to nothing is worse than no link."""
        return tuple(tool for tool in self.tools if _exists(tool.route))

    @property
    def all_href(self) -> str:
        return reverse("catalogue:measures") + self.all_query


_AREAS = (
    Area(
        "support",
        gettext_lazy("Støtte, kostnad og risiko"),
        gettext_lazy("Hva finnes, hva koster det, hvem avgjør"),
        tools=(
            Tool(gettext_lazy("Regn ut hva det koster"), gettext_lazy("kalkulator"), "catalogue:calculator"),
            Tool(gettext_lazy("Se refusjonen for én måned"), gettext_lazy("kalkulator"), "catalogue:refund"),
            Tool(gettext_lazy("Hva koster det i alt?"), gettext_lazy("ark"), "catalogue:sheet"),
            Tool(gettext_lazy("Hva er risikoen?"), gettext_lazy("liste"), "catalogue:risks"),
            Tool(gettext_lazy("Hvor galt kan det gå?"), gettext_lazy("kalkulator"), "catalogue:uncertainty"),
            Tool(
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
        tools=(
            Tool(gettext_lazy("Dette kan du spørre om"), gettext_lazy("liste"), "catalogue:asked", "#sporre"),
            Tool(
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
        tools=(),
        all_text=gettext_lazy("Se alt om opplæring"),
        all_query="?behov=opplaering",
    ),
    Area(
        "help",
        gettext_lazy("Få hjelp underveis"),
        gettext_lazy("Én kontakt, felles plan, neste steg"),
        tools=(
            Tool(gettext_lazy("Finn hjelp der dere er"), gettext_lazy("liste"), "directory:list"),
            Tool(
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
    return tuple(area for area in _AREAS if area.present_tools or area.measures)


def _stands(measure: Measure) -> bool:
    return measure.status not in ENDED and measure.confidence != "low"


def _exists(route: str) -> bool:
    try:
        reverse(route)
    except NoReverseMatch:
        return False
    return True
