"""What each field of a question is: in the words of the pages' own questions, where they ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy
from pydantic import BaseModel

from toolbox.api.questions import ASKED_OF_RISK, NAMED
from toolbox.catalogue.forms import PositionForm
from toolbox.catalogue.uncertainty_forms import UncertaintyForm
from toolbox.guide.forms import CompanyForm, NeedForm, PersonForm

WORDS: Mapping[str, Any] = {
    **{ours: PositionForm.base_fields[field].label for field, ours in NAMED.items()},
    **{fact: CompanyForm.base_fields[name].label for name, fact in CompanyForm.FACTS.items()},
    **{ours: UncertaintyForm.base_fields[field].label for field, ours in ASKED_OF_RISK.items()},
    "assumptions": gettext_lazy("Hvilke anslag vil dere bytte ut med egne tall?"),
    "work": NeedForm.base_fields["arbeid"].label,
    "hourly_wage_nok": gettext_lazy("Hva er timelønnen i en full stilling?"),
    "monthly_wage_nok": gettext_lazy("Hva er månedslønnen for den stillingen dere skal fylle?"),
    "own_employee": gettext_lazy("Gjelder det en som alt er ansatt hos dere?"),
    "form": gettext_lazy("Hvilken kartlegging er det svart på: den korte eller hele?"),
    "answers": gettext_lazy(
        "Hva har dere svart? Spørsmålene står i questionnaire. Det dere ikke har svart på, utelater dere."
    ),
    "under_30": PersonForm.base_fields["under30"].label,
    "nav_percent": PersonForm.base_fields["prosent"].label,
}


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field as the documentation shows it. `takes` is the same in every language."""

    name: str
    asks: str
    takes: str
    required: bool


def fields_of(question: type[BaseModel]) -> tuple[FieldTold, ...]:
    """Every field of a question, in its order."""
    schema = question.model_json_schema()
    required = schema.get("required", ())
    return tuple(
        FieldTold(name, str(WORDS[name]), _takes(told), name in required)
        for name, told in schema["properties"].items()
    )


def _takes(schema: Mapping[str, Any]) -> str:
    """«yes | no», «1–100», «2027-02-01», «3101»."""
    told = schema["anyOf"][0] if "anyOf" in schema else schema
    if "enum" in told:
        return " | ".join(told["enum"])
    if "minimum" in told:
        return f"{told['minimum']}\u2013{told['maximum']}"
    if told.get("type") == "object":
        return '{"A1": 4, "E1": ["none"]}'
    if "$ref" in told:
        return '{"prod_plateau": {"low": 0.8, "mid": 0.9, "high": 1}}'
    return "2027-02-01" if told.get("format") == "date" else "3101"
