"""The questions of «Jeg trenger folk»: three about the need, some about the company, two about the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known
from inclusion_rules.subsidy import TEMPORARY
from toolbox.catalogue.forms import MunicipalityField
from toolbox.places.work import kinds_of_work
from toolbox.ui.figures import percent
from toolbox.ui.forms import Form, NumberField, Radios

YES_NO_UNKNOWN = [
    ("ja", gettext_lazy("Ja")),
    ("nei", gettext_lazy("Nei")),
    ("vet-ikke", gettext_lazy("Vet ikke")),
]
KNOWN = {"ja": Known.YES, "nei": Known.NO, "vet-ikke": Known.UNKNOWN, "": Known.UNKNOWN}


class NeedForm(Form):
    """Three answers, and something useful comes back."""

    may_be_kept = True

    kommune = MunicipalityField(
        label=gettext_lazy("Hvilken kommune ligger arbeidsplassen i?"),
        help_text=gettext_lazy("Den avgjør hvilket Nav-kontor du ringer, og satsen for arbeidsgiveravgift."),
        missing=gettext_lazy("Velg hvilken kommune arbeidsplassen ligger i."),
    )
    arbeid = Radios(
        label=gettext_lazy("Hva slags arbeid er det?"),
        help_text=gettext_lazy("Velg det som ligner mest."),
        missing=gettext_lazy("Velg hva slags arbeid det er."),
    )
    andel = NumberField(
        name=gettext_lazy("Stillingsprosent"),
        label=gettext_lazy("Hvor stor stilling trenger dere?"),
        help_text=gettext_lazy("Skriv stillingsprosenten, for eksempel 60. Full stilling er 100."),
        missing=gettext_lazy("Skriv stillingsprosenten, for eksempel 60."),
        low=1,
        high=100,
        example="60",
    )

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        language = get_language() or "nb"
        self.offer("arbeid").choices = [(work.key, work.name[language]) for work in kinds_of_work()]


class CompanyForm(Form):
    """What can change the answer, asked only of those who want a surer one. Each may be left open."""

    may_be_kept = True

    #: Question → the fact of Situation it settles. A test holds that each fact changes some verdict.
    FACTS = {
        "fast": "permanent_job",
        "permittert": "laid_off_staff",
        "mentortid": "mentor_time",
        "tilpasning": "adaptation_costs",
        "larebedrift": "training_company",
    }

    fast = Radios(label=gettext_lazy("Blir det en fast stilling?"), required=False, choices=YES_NO_UNKNOWN)
    permittert = Radios(
        label=gettext_lazy("Har dere permitterte nå?"), required=False, choices=YES_NO_UNKNOWN
    )
    mentortid = Radios(
        label=gettext_lazy("Kan en kollega få avtalt tid til å vise og forklare?"),
        required=False,
        choices=YES_NO_UNKNOWN,
    )
    tilpasning = Radios(
        label=gettext_lazy("Får dere utgifter til å tilpasse arbeidsplassen?"),
        help_text=gettext_lazy(
            "For eksempel utstyr, programvare eller opplæring. Utgiftene må kunne dokumenteres."
        ),
        required=False,
        choices=YES_NO_UNKNOWN,
    )
    larebedrift = Radios(
        label=gettext_lazy("Er dere godkjent som lærebedrift?"), required=False, choices=YES_NO_UNKNOWN
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data)


def company_facts(query: Mapping[str, str]) -> dict[str, Any]:
    """What was answered of the company, as facts of Situation. An answer that is not ours is not known."""
    return {fact: KNOWN.get(query.get(name, ""), Known.UNKNOWN) for name, fact in CompanyForm.FACTS.items()}


class PersonForm(Form):
    """The only two questions about a person. Posted, used once, and never kept."""

    under30 = Radios(
        label=gettext_lazy("Er personen under tretti år på startdatoen?"),
        required=False,
        choices=YES_NO_UNKNOWN,
    )
    prosent = Radios(
        label=gettext_lazy("Hvilken prosent har Nav nevnt?"),
        help_text=gettext_lazy("Du skal ikke spørre personen. Vet du ikke, viser vi begge."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, rates: RateBook, on: Any) -> None:
        super().__init__(data)
        start = [rates.value(f"{TEMPORARY}.percent_{name}_start", on) for name in ("guidance", "adapted")]
        self.offer("prosent").choices = [
            *((f"{value:f}", percent(value)) for value in start),
            ("vet-ikke", gettext_lazy("Vet ikke")),
        ]
