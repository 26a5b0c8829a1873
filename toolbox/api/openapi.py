"""The OpenAPI document: what django-ninja makes of the operations, and what it cannot know of them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import translation

from toolbox.api import toolbox_interface  # noqa: F401  its operations join the others
from toolbox.api.field_words import WORDS
from toolbox.api.interface import api
from toolbox.api.problems import CONTENT_TYPE, KINDS

PREFIX = "/api/v1/"

#: What may go wrong with each operation, besides our own faults.
MAY_GO_WRONG = {
    "measures": ("not-valid",),
    "measure": ("not-found", "not-valid"),
    "offers": ("not-json", "too-large", "wrong-type", "not-valid"),
    "costs": ("not-json", "too-large", "wrong-type", "not-valid"),
    "questionnaire": ("not-valid",),
    "toolbox": ("not-json", "too-large", "wrong-type", "not-valid"),
    "tools": ("not-valid",),
    "tool": ("not-found", "not-valid"),
    "helpers": ("not-valid",),
    "risk": ("not-json", "too-large", "wrong-type", "not-valid", "too-many"),
    "costs_file": ("too-large", "wrong-type", "not-valid", "too-many"),
}

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457), in the language that was asked for.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "code": _TEXT,
                    "detail": {**_TEXT, "description": "What to write instead."},
                    "pointer": {**_TEXT, "description": "JSON pointer to a field of the content."},
                    "parameter": {**_TEXT, "description": "Name of a parameter of the address."},
                },
            },
        },
    },
}


def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        document(), json_dumps_params={"ensure_ascii": False}, headers={"Content-Language": "en"}
    )


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """In English whatever language is asked for: programs read it, and those who write them."""
    with translation.override("en"):
        # As JSON has it: django-ninja's own keeps numbers for names, and parts that are shared.
        found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
        for name in ("OffersQuestion", "CostsQuestion", "RiskQuestion", "ToolboxQuestion"):
            for field, schema in found["components"]["schemas"][name]["properties"].items():
                schema["description"] = str(WORDS[field])
    found["components"]["schemas"]["Problem"] = _PROBLEM
    for methods in found["paths"].values():
        for operation in methods.values():
            operation["parameters"] = [_without_null(each) for each in operation["parameters"]]
            for kind in MAY_GO_WRONG[operation["operationId"]]:
                _declare(operation, kind)
    return found


def _without_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """After the question mark there is no null: what is not asked is left out."""
    schema = parameter["schema"]
    told: dict[str, Any] = next((each for each in schema.pop("anyOf", ()) if each != {"type": "null"}), {})
    return {**parameter, "schema": {**schema, **told}}


def _declare(operation: dict[str, Any], kind: str) -> None:
    status, title = KINDS[kind]
    with translation.override("en"):
        operation["responses"][str(status)] = {
            "description": str(title),
            "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
