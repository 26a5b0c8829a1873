"""One concrete thing a company can do, and the codes its file may use. See content/tools/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Text = Mapping[str, str]

#: The five areas, in the order of «Verktøykassen». They are the codes of the measure files and of the marks.
AREAS = ("stories", "support", "people", "learning", "help")
WHO = ("manager", "hr_manager", "mentor", "colleague", "representatives", "newcomer")
#: How long a tool takes: under an hour, some hours, a little over weeks. The shortest first.
BANDS = ("minutes", "hours", "weeks")
#: What a study can carry, the weakest first.
STUDY_STRENGTHS = ("weak", "moderate", "strong")
#: What a claim rests on: studies, our own advice, or the law.
STRENGTHS = (*STUDY_STRENGTHS, "practice", "law")
HELP_NEEDS = ("candidate", "training", "language", "mental_health", "aids", "economy")
#: Our own pages that a tool may send people on to: code → the name of the address.
PAGES = {
    "calculator": "catalogue:calculator",
    "refund": "catalogue:refund",
    "sheet": "catalogue:sheet",
    "uncertainty": "catalogue:uncertainty",
    "risks": "catalogue:risks",
    "hand_over": "catalogue:hand_over",
    "asked": "catalogue:asked",
    "under_way": "catalogue:under_way",
    "start": "guide:start",
    "measures": "catalogue:measures",
    "helpers": "directory:list",
}


@dataclass(frozen=True, slots=True)
class Study:
    """Published work. `at_most` is the strongest word it can carry; `year` is None for a page without one."""

    title: str
    year: int | None
    url: str
    at_most: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is known, or that we advise. `strength` is one of STRENGTHS."""

    words: Text
    strength: str
    studies: tuple[Study, ...]


@dataclass(frozen=True, slots=True)
class Step:
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Law:
    """`words` as people cite it: «Arbeidsmiljøloven § 15-6»."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. `areas` begins with its own. Texts are {nb, nn, en} and may hold rate references."""

    key: str
    slug: str
    areas: tuple[str, ...]
    title: Text
    promise: Text
    why: tuple[Claim, ...]
    steps: tuple[Step, ...]
    who: tuple[str, ...]
    band: str
    time: Text
    cost: Text
    say: tuple[Text, ...]
    law: tuple[Law, ...]
    pages: tuple[str, ...]
    measures: tuple[str, ...]
    help_needs: tuple[str, ...]
    owner: str
    checked: date
    next_check: date
