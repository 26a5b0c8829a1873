"""Which measures somebody wants to see: groups, filters, and which filter to loosen when nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from inclusion_rules.measures import Measure, all_measures
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import State
from toolbox.ui.forms import Form, Select

ENDED = ("closed_to_new", "repealed")

#: What an employer gets, in the order of the page: code → heading.
GROUPS: Mapping[str, Any] = {
    "money": gettext_lazy("Penger"),
    "try_out": gettext_lazy("En som prøver seg"),
    "help": gettext_lazy("Utstyr og hjelp"),
    "training": gettext_lazy("Opplæring"),
    "sick_leave": gettext_lazy("Når noen er syke eller står i fare for å bli det"),
    "duties": gettext_lazy("Plikter dere bør kjenne"),
    "ended": gettext_lazy("Avsluttet, eller ikke bekreftet"),
}

#: The words of the address → the code in the measure files, and what people read. Addresses stay Norwegian.
NEEDS: Mapping[str, tuple[str, Any]] = {
    "finne-folk": ("find_people", gettext_lazy("Finne folk")),
    "prove-forst": ("try_out", gettext_lazy("Prøve før vi ansetter")),
    "lonn": ("wages", gettext_lazy("Støtte til lønn")),
    "opplaering": ("training", gettext_lazy("Opplæring")),
    "sprak": ("language", gettext_lazy("Språk på jobben")),
    "oppfolging": ("follow_up", gettext_lazy("Oppfølging underveis")),
    "utstyr": ("equipment", gettext_lazy("Utstyr og tilrettelegging")),
    "sykefravaer": ("sick_leave", gettext_lazy("Sykefravær")),
    "unge": ("young", gettext_lazy("Unge")),
    "plikter": ("duties", gettext_lazy("Plikter og avtaler")),
}
OFFERS: Mapping[str, tuple[str, Any]] = {
    "penger": ("money", gettext_lazy("Penger")),
    "arbeid": ("work", gettext_lazy("En som prøver seg")),
    "utstyr": ("equipment", gettext_lazy("Utstyr")),
    "hjelp": ("help", gettext_lazy("Hjelp og råd")),
    "kunnskap": ("nothing", gettext_lazy("Regler og kunnskap")),
}
NEWCOMER, EMPLOYEE = "ny", "ansatt"
WHO: Mapping[str, Any] = {
    NEWCOMER: gettext_lazy("En som er ny hos dere"),
    EMPLOYEE: gettext_lazy("En som alt er ansatt"),
}


def group_of(measure: Measure) -> str:
    """The group a measure stands in. Its first need and first area are what it is most for."""
    if measure.status in ENDED or (measure.status == "changed" and measure.confidence == "low"):
        return "ended"
    if measure.kind == "duty":
        return "duties"
    first_need = measure.needs[0] if measure.needs else ""
    if first_need == "sick_leave":
        return "sick_leave"
    if measure.areas[0] == "learning" or first_need in ("training", "language"):
        return "training"
    if measure.offer == "work":
        return "try_out"
    return "money" if measure.offer == "money" else "help"


def concerns(measure: Measure, who: str, on: date, rates: RateBook) -> bool:
    """Whether a measure is for newcomers or for those already employed, asked of its own rule.

    A duty or piece of advice has no rule and concerns everybody.
    """
    own = Known.YES if who == EMPLOYEE else Known.NO
    verdict = measure.assess(Situation(on=on, own_employee=own), rates)
    turned_away = {"own_employee", "new_hire"}
    return verdict is None or verdict.state is not State.NOT_NOW or not turned_away & set(verdict.reasons)


class FilterForm(Form):
    """The filters in the address. An unknown value becomes a message, and the other filters still count."""

    behov = Select(
        label=gettext_lazy("Hva trenger dere?"),
        missing=gettext_lazy("Behovet i adressen finnes ikke. Velg et i listen."),
        required=False,
        choices=[("", gettext_lazy("Alle behov")), *((code, words) for code, (_, words) in NEEDS.items())],
    )
    far = Select(
        label=gettext_lazy("Hva vil dere få?"),
        missing=gettext_lazy("Valget i adressen finnes ikke. Velg noe dere vil få, i listen."),
        required=False,
        choices=[
            ("", gettext_lazy("Alt vi vet om")),
            *((code, words) for code, (_, words) in OFFERS.items()),
        ],
    )
    hvem = Select(
        label=gettext_lazy("Hvem gjelder det?"),
        missing=gettext_lazy("Valget i adressen finnes ikke. Velg hvem det gjelder, i listen."),
        required=False,
        choices=[("", gettext_lazy("Nye og ansatte")), *WHO.items()],
    )

    def chosen(self) -> dict[str, str]:
        """The filters that count: filled in, and known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def words(self, name: str, value: str) -> Any:
        """What people read for a chosen value."""
        return dict(self.fields[name].choices)[value]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    heading: Any
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Loosening:
    """One filter taken away, and how many measures that gives."""

    without: str
    remaining: Mapping[str, str]
    count: int


def select(chosen: Mapping[str, str], on: date, rates: RateBook) -> tuple[Measure, ...]:
    """The measures that pass every chosen filter, in the order of usefulness."""
    tests: dict[str, Callable[[Measure, str], bool]] = {
        "behov": lambda measure, value: NEEDS[value][0] in measure.needs,
        "far": lambda measure, value: OFFERS[value][0] == measure.offer,
        "hvem": lambda measure, value: concerns(measure, value, on, rates),
    }
    return tuple(
        m for m in all_measures().values() if all(tests[name](m, value) for name, value in chosen.items())
    )


def grouped(measures: Iterable[Measure]) -> tuple[Group, ...]:
    """The measures under their headings; a heading with nothing under it is left out."""
    found: dict[str, list[Measure]] = {code: [] for code in GROUPS}
    for measure in measures:
        found[group_of(measure)].append(measure)
    return tuple(Group(code, GROUPS[code], tuple(those)) for code, those in found.items() if those)


def loosenings(chosen: Mapping[str, str], on: date, rates: RateBook) -> tuple[Loosening, ...]:
    """Single filters that give something when they are taken away, the nearest (fewest) first."""
    found = []
    for name in chosen:
        remaining = {other: value for other, value in chosen.items() if other != name}
        if count := len(select(remaining, on, rates)):
            found.append(Loosening(name, remaining, count))
    return tuple(sorted(found, key=lambda loosening: loosening.count))
