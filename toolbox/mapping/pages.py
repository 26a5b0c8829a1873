"""Which questions stand on one page, in which order, and where a set of answers leads on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from toolbox.mapping.answers import Answers, is_asked
from toolbox.mapping.instrument import PARTS, Instrument
from toolbox.mapping.scoring import FULL, SHORT

_AGREE = gettext_lazy("Hvor enig er du i dette?")
_CONCERN = gettext_lazy("Hvor mye bekymrer dette dere ved inkludering?")


@dataclass(frozen=True, slots=True)
class Page:
    """`slug` is the last part of its address. Without `heading`, the only question is the heading."""

    slug: str
    items: tuple[str, ...]
    heading: Any = ""


#: Statements stand together where they have the same scale; everything else stands alone. What the short
#: form asks never shares a page with what only the full form asks: whoever goes on is asked nothing twice.
_PAGES = {
    page.slug: page
    for page in (
        Page("bedriften", ("B3", "B1", "B2"), gettext_lazy("Tre opplysninger om bedriften")),
        Page("kommune", ("B3",)),
        Page("naering", ("B1",)),
        Page("ansatte", ("B2",)),
        Page("eiere", ("B4",)),
        Page("rolle", ("B5",)),
        Page("framgangsmate", ("B6",)),
        Page("folk", ("N1",)),
        Page("nye", ("N2",)),
        Page("oppgaver", ("N3",)),
        Page("realistisk", ("A1",)),
        Page("syn", ("A2", "A3", "A4", "A5"), _AGREE),
        Page("sannsynlig", ("A6",)),
        Page("erfaring", ("E1",)),
        Page("ansettelser", ("E2",)),
        Page("hvordan-gikk-det", ("E3",)),
        Page("igjen", ("E4",)),
        Page("deling", ("E5",)),
        Page("usikkerhet", ("R2",), _CONCERN),
        Page("bekymring", ("R1", "R3", "R4", "R5", "R6"), _CONCERN),
        Page("lettest", ("D1",)),
        Page("gevinst", ("D2",)),
        Page("hverdagen", ("K1b", "K2a", "K3a", "K4a", "K5a"), _AGREE),
        Page("mer-om-hverdagen", ("K1a", "K2b", "K3b", "K4b", "K5b"), _AGREE),
        Page("arbeidspress", ("O1",)),
    )
}
#: The last part of every page's address.
SLUGS = tuple(_PAGES)
_ORDER: Mapping[str, tuple[str, ...]] = {
    SHORT: ("folk", "bedriften", "realistisk", "sannsynlig", "erfaring", "usikkerhet", "hverdagen"),
    FULL: tuple(slug for slug in _PAGES if slug != "bedriften"),
}
PART_NAMES = {
    "background": gettext_lazy("Bakgrunn"),
    "need": gettext_lazy("Behov for folk"),
    "attitudes": gettext_lazy("Holdninger"),
    "experience": gettext_lazy("Erfaring"),
    "risk": gettext_lazy("Risiko, og hva som skal til"),
    "competence": gettext_lazy("Slik er det hos dere"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody has come. Short form: questions `first` to `last` of `of`, all 0 on the page of facts.

    Full form: part `first` of `of`, by name.
    """

    first: int
    last: int
    of: int
    part: Any = ""


def pages(form: str) -> tuple[Page, ...]:
    """Every page of a form, in order."""
    return tuple(_PAGES[slug] for slug in _ORDER[form])


def asked_pages(form: str, asked: Instrument, answers: Answers) -> list[Page]:
    """The pages that are put to somebody with these answers."""
    return [page for page in pages(form) if any(is_asked(asked.items[name], answers) for name in page.items)]


def next_page(form: str, asked: Instrument, answers: Answers, after: str = "") -> Page | None:
    """The first page after the one named with a question not answered yet; None when nothing is left there.

    So whoever changes one answer comes back to where they were, by way of what the change asks anew.
    """
    order = asked_pages(form, asked, answers)
    slugs = [page.slug for page in order]
    begin = slugs.index(after) + 1 if after in slugs else 0
    return next((page for page in order[begin:] if not set(page.items) <= answers.keys()), None)


def page_before(form: str, asked: Instrument, answers: Answers, slug: str) -> Page | None:
    """Where «Tilbake» leads; None on the first page."""
    order = asked_pages(form, asked, answers)
    place = [page.slug for page in order].index(slug)
    return order[place - 1] if place else None


def place_of(form: str, asked: Instrument, page: Page) -> Place:
    """How far the page is, as it is told on it."""
    if form == FULL:
        part = asked.part_of(asked.items[page.items[0]])
        return Place(first := [*PARTS].index(part) + 1, first, len(PARTS), PART_NAMES[part])
    order = [name for each in pages(SHORT) for name in each.items if name in asked.short]
    numbers = [order.index(name) + 1 for name in page.items if name in order]
    return Place(numbers[0], numbers[-1], len(order)) if numbers else Place(0, 0, len(order))
