"""«Grensesnitt for programmer»: every address, its fields, and examples that are tried by the tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toolbox.api.cost_files import FILES_A_MINUTE, LARGEST_FILE
from toolbox.api.field_words import fields_of
from toolbox.api.openapi import PREFIX
from toolbox.api.problems import KINDS
from toolbox.api.questions import CostsQuestion, OffersQuestion, RiskQuestion
from toolbox.api.risk_answers import SIMULATIONS_A_MINUTE
from toolbox.api.toolbox_questions import ToolboxQuestion
from toolbox.ui.figures import number

EXAMPLES = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """One request and the beginning of its answer, as text. Lists are cut short, and fields left out."""

    method: str
    address: str
    question: str
    answer: str


@lru_cache(maxsize=1)
def examples() -> dict[str, Example]:
    """Every example by the name of its file."""
    return {path.stem: _example(json.loads(path.read_text())) for path in sorted(EXAMPLES.glob("*.json"))}


def documentation(request: HttpRequest) -> HttpResponse:
    context = {
        "prefix": PREFIX,
        "examples": examples(),
        "offers_fields": fields_of(OffersQuestion),
        "costs_fields": fields_of(CostsQuestion),
        "risk_fields": fields_of(RiskQuestion)[len(CostsQuestion.model_fields) :],
        "toolbox_fields": fields_of(ToolboxQuestion),
        "simulations_a_minute": SIMULATIONS_A_MINUTE,
        "largest_file": number(LARGEST_FILE),
        "files_a_minute": FILES_A_MINUTE,
        "problems": [(name, status, title) for name, (status, title) in KINDS.items()],
    }
    return render(request, "api/documentation.html", context)


def _example(told: dict[str, Any]) -> Example:
    if "file" in told:
        lines = [json.dumps(line, ensure_ascii=False) for line in told["lines"]]
        return Example(told["method"], told["address"], told["file"], "\n".join(lines))
    question = _laid_out(told["question"]) if "question" in told else ""
    return Example(told["method"], told["address"], question, _laid_out(told["answer"]))


def _laid_out(told: Any) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False)
