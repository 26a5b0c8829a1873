"""What the page «Usikkerhet» asks: the reader's limit, a few choices, and every assumption of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inclusion_rules.estimate import Alternative
from inclusion_rules.inputs import NoAnswer
from inclusion_rules.parameters import Parameter, limits, parameter, simulation_setting
from inclusion_rules.risk import (
    ABSENCE,
    ACCOMMODATION,
    ASSUMPTIONS,
    LEADER,
    MENTOR,
    PAPERWORK,
    PRODUCTIVITY,
    RETENTION,
    SEARCH,
    SPELLS,
    Range,
)
from toolbox.catalogue.forms import HIGHEST_WAGE
from toolbox.ui.figures import number, percent
from toolbox.ui.forms import Form, NumberField, Radios

#: Shares are kept from 0 to 1, and read and written as per cent.
IN_PERCENT = {"share"}

UNITS = {
    "share": gettext_lazy("prosent"),
    "months": gettext_lazy("måneder"),
    "hours_per_week": gettext_lazy("timer i uken"),
    "hours_per_year": gettext_lazy("timer i året"),
    "days": gettext_lazy("dager"),
    "ratio": gettext_lazy("ganger så mye"),
    "nok": gettext_lazy("kroner"),
    "nok_per_week": gettext_lazy("kroner i uken"),
    "weeks_of_wage": gettext_lazy("ukelønner"),
}

ENDS = {"low": gettext_lazy("Lavt"), "mid": gettext_lazy("Midt"), "high": gettext_lazy("Høyt")}

#: The assumptions as they stand on the page.
GROUPS = (
    (gettext_lazy("Hvor mye som blir gjort"), PRODUCTIVITY),
    (gettext_lazy("Hvor mange som blir"), RETENTION),
    (gettext_lazy("Tid til oppfølging"), (*MENTOR, *LEADER, *PAPERWORK)),
    (gettext_lazy("Fravær"), (*SPELLS, *ABSENCE)),
    (gettext_lazy("Tilrettelegging"), ACCOMMODATION),
    (gettext_lazy("Søk etter folk"), SEARCH),
)


@dataclass(frozen=True, slots=True)
class AssumptionFields:
    """One assumption to be edited: the parameter, its unit in words, and a bound field for each end.

    `repeats`: caveat and sources are those of the one before.
    """

    parameter: Parameter
    unit: Any
    ends: tuple[tuple[Any, BoundField], ...]
    changed: bool
    repeats: bool


def name_of(key: str, end: str) -> str:
    """The field, and the query parameter, of one end: the name the rules use when they refuse it."""
    return f"{key}.{end}"


def as_written(each: Parameter, value: Decimal) -> Decimal:
    """A value of the parameter as the page writes it."""
    return 100 * value if each.unit in IN_PERCENT else value


@lru_cache(maxsize=8)
def _usual(language: str) -> Mapping[str, str]:
    """What is filled in for every assumption: ours, written the way of the language."""
    return {
        name_of(key, end): number(as_written(parameter(key), getattr(parameter(key), end)))
        for key in ASSUMPTIONS
        for end in ENDS
    }


@lru_cache(maxsize=8)
def _assumption_fields(language: str) -> Mapping[str, NumberField]:
    """A field for every end of every assumption, made once a language."""
    fields = {}
    for key in ASSUMPTIONS:
        each = parameter(key)
        least, most = (as_written(each, limit) for limit in limits(each.unit))
        for end, word in ENDS.items():
            name = f"{each.label[language]} ({str(word).lower()})"
            fields[name_of(key, end)] = NumberField(
                name=name, label=word, low=least, high=most, example=number(least), missing="", required=False
            )
    return fields


class UncertaintyForm(Form):
    """Bound to the query string, with ours filled in for every assumption that is not there."""

    may_be_kept = True

    grense = NumberField(
        name=gettext_lazy("Grensen"),
        label=gettext_lazy("Hvor mye kan ansettelsen koste dere, ut over verdien av arbeidet?"),
        help_text=gettext_lazy("Skriv beløpet dere kan tåle i alt. Vi har fylt inn et eksempel."),
        missing=gettext_lazy("Skriv grensen i kroner, for eksempel 100 000."),
        low=0,
        high=simulation_setting("most_nok"),
        example="100 000",
    )
    gir = Radios(
        label=gettext_lazy("Hvilken prosent skal vi regne med at Nav gir i starten?"),
        missing=gettext_lazy("Velg en av prosentene."),
    )
    lederlonn = NumberField(
        name=gettext_lazy("Lederens timelønn"),
        label=gettext_lazy("Hva er lederens timelønn? (Valgfritt)"),
        help_text=gettext_lazy("La feltet stå tomt for gjennomsnittet i landet."),
        missing="",
        required=False,
        low=1,
        high=HIGHEST_WAGE,
        example="350",
    )
    sok = Radios(
        label=gettext_lazy("Skal vi regne med at dere sparer søket etter folk?"),
        missing=gettext_lazy("Velg ja eller nei."),
        choices=[
            ("nei", gettext_lazy("Nei")),
            ("ja", gettext_lazy("Ja, og at dere må lete på nytt hvis personen slutter")),
        ],
    )

    def __init__(self, query: Mapping[str, str], ways: tuple[Alternative, ...]) -> None:
        language = get_language() or "nb"
        self.ways = {f"{way.percent:f}": way for way in ways}
        self.usual = {
            "grense": number(simulation_setting("usual_limit_nok")),
            "gir": next(iter(self.ways)),
            "lederlonn": "",
            "sok": "nei",
            **_usual(language),
        }
        given = {name: value for name, value in query.items() if name in self.usual and value.strip()}
        if given.get("gir") not in self.ways:
            # Another measure was chosen since, with other percentages.
            given.pop("gir", None)
        super().__init__({**self.usual, **given})
        #: What the address holds besides: the answers of the calculator, which this page is about.
        self.carried = {name: value for name, value in query.items() if name not in self.usual}
        self.fields.update(
            {name: field.__deepcopy__({}) for name, field in _assumption_fields(language).items()}
        )
        self.offer("gir").choices = [(key, percent(way.percent)) for key, way in self.ways.items()]

    @property
    def way(self) -> Alternative:
        """The alternative to simulate. Only after is_valid()."""
        return self.ways[self.cleaned_data["gir"]]

    def overrides(self) -> dict[str, Range]:
        """The reader's own assumptions, those that differ from ours. Only after is_valid()."""
        found = {}
        for key in ASSUMPTIONS:
            each = parameter(key)
            ours = Range(each.low, each.mid, each.high)
            scale = 100 if each.unit in IN_PERCENT else 1
            theirs = Range(*(self.cleaned_data[name_of(key, end)] / scale for end in ENDS))
            if theirs != ours:
                found[key] = theirs
        return found

    def unchanged(self) -> set[str]:
        """The fields that say the same as what is filled in. Only after is_valid()."""
        usual = UncertaintyForm({}, tuple(self.ways.values()))
        usual.full_clean()
        return {name for name in self.fields if self.cleaned_data[name] == usual.cleaned_data[name]}

    def refuse(self, wrong: NoAnswer) -> None:
        """Show what the rules said of the assumptions, in the reader's words, beside its field."""
        texts = {
            "not_in_order": _("Det lave tallet må være minst, og det høye størst."),
            "rising": _("Det kan ikke være flere igjen senere enn tidligere. Skriv et lavere tall."),
        }
        key = (wrong.field or "").split(".")[0]
        self.add_error(wrong.field, f"{parameter(key).label[get_language() or 'nb']}: {texts[wrong.code]}")

    def groups(self) -> Iterator[tuple[Any, list[AssumptionFields]]]:
        """The assumptions under their headings, a field for each end. The search only where it counts."""
        for heading, keys in GROUPS:
            rows: list[AssumptionFields] = []
            for key in keys if keys != SEARCH or self["sok"].value() == "ja" else ():
                each = parameter(key)
                last = rows[-1].parameter if rows else None
                repeats = last is not None and (last.caveat, last.sources) == (each.caveat, each.sources)
                ends = tuple((word, self[name_of(key, end)]) for end, word in ENDS.items())
                changed = any(field.value() != self.usual[field.name] for _word, field in ends)
                rows.append(AssumptionFields(each, UNITS[each.unit], ends, changed, repeats))
            if rows:
                yield heading, rows
