"""The OpenAPI document is true: of what is taken in, what comes out, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.api.conftest import NEED, POSITION
from toolbox.api.openapi import PREFIX, document
from toolbox.api.questions import CostsQuestion, OffersQuestion, RiskQuestion
from toolbox.api.toolbox_questions import ToolboxQuestion

#: A schema cannot say that an end comes after its start, or that a wage is told once: such questions fit the
#: document and are refused with the field, which test_hostile.py holds. Any file is answered row by row.
CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 3,
        "checks": {"positive_data_acceptance": {"enabled": False}},
        "operations": [
            {
                "include-operation-id": "costs_file",
                "checks": {"negative_data_rejection": {"enabled": False}},
            }
        ],
    }
)


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def any_request_to(path: str, method: str) -> Any:
    alone = {**document(), "paths": {path: {method: document()["paths"][path][method]}}}

    @schemathesis.openapi.from_dict(alone, config=CONFIG).parametrize()
    @settings(
        max_examples=20, derandomize=True, deadline=None, database=None, suppress_health_check=[*HealthCheck]
    )
    def ask(case: schemathesis.Case, site: Any) -> None:
        case.call_and_validate(base_url=site.url)

    return ask


# A test for each operation, by a name of its own: of tests that share one, xdist runs a single one.
for _where, _operation in operations():
    _method, _path = _where.split()
    globals()[f"test_any_request_to_{_operation['operationId']}_is_answered_as_the_document_tells"] = (
        any_request_to(_path, _method)
    )


def schemas() -> dict[str, Any]:
    found: dict[str, Any] = document()["components"]["schemas"]
    return found


def test_the_document_is_asked_for_in_english_and_names_every_address(client):
    answer = client.get(f"{PREFIX}openapi.json")
    assert answer.headers["Content-Language"] == "en"
    assert set(answer.json()["paths"]) == {
        f"{PREFIX}{path}"
        for path in (
            "measures",
            "measures/{slug}",
            "offers",
            "costs",
            "costs/file",
            "risk",
            "questionnaire",
            "toolbox",
            "tools",
            "tools/{slug}",
            "helpers",
        )
    }


def test_money_is_whole_and_percentages_are_numbers():
    for name, schema in schemas().items():
        if name == "Assumptions":
            continue  # its fields are ranges, under the names the model has for them
        for field, told in schema.get("properties", {}).items():
            kinds = {each.get("type") for each in told.get("anyOf", [told.get("items", told)])} - {"null"}
            if field.endswith("_nok") and name.endswith("Question"):
                assert kinds <= {"integer", "number"}, (name, field)
            elif field.endswith("_nok"):
                assert kinds == {"integer"}, (name, field)
            if field.endswith("percent"):
                assert kinds <= {"integer", "number"} and kinds, (name, field)


def test_every_field_of_a_question_says_what_it_is():
    for question in (OffersQuestion, CostsQuestion, RiskQuestion, ToolboxQuestion):
        told = schemas()[question.__name__]
        assert told["additionalProperties"] is False
        assert all(field["description"] for field in told["properties"].values())


def test_every_answer_says_its_day_its_rates_its_sources_and_what_is_assumed():
    for _where, operation in operations():
        schema = operation["responses"]["200"]["content"].get("application/json")
        if schema:
            told = schemas()[schema["schema"]["$ref"].rpartition("/")[2]]
            lacking = {"valid_on", "rate_revision", "sources", "assumed", "notice"} - set(told["required"])
            assert not lacking


def test_every_4xx_that_is_declared_has_a_problem_for_its_content():
    for where, operation in operations():
        declared = {status: told for status, told in operation["responses"].items() if status >= "400"}
        assert "422" in declared, where
        assert all(list(told["content"]) == ["application/problem+json"] for told in declared.values())


def test_answers_fit_the_document_to_the_field(ask):
    for name, answer in (
        ("MeasuresAnswer", ask("measures")),
        ("MeasureAnswer", ask("measures/sommerjobb")),
        ("OffersAnswer", ask("offers", NEED)),
        ("CostsAnswer", ask("costs", POSITION)),
        ("RiskAnswer", ask("risk", {**POSITION, "limit_nok": 1})),
        ("Problem", ask("costs", {})),
    ):
        whole = {**schemas()[name], "components": document()["components"]}
        jsonschema_rs.validator_for(whole).validate(answer.json())
