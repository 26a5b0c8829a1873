"""The OpenAPI document: what django-ninja makes of the operations, and what it cannot know of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import translation

from toolbox.api.field_words import WORDS
from toolbox.api.interface import COUNTED, api
from toolbox.api.problems import CONTENT_TYPE, KINDS

PREFIX = "/api/v1/"

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
        found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
        for name in ("OffersQuestion", "CostsQuestion"):
            for field, schema in found["components"]["schemas"][name]["properties"].items():
                schema["description"] = str(WORDS[field])
    found["components"]["schemas"]["Problem"] = _PROBLEM
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            for kind in _problems(path, method):
                _declare(operation, kind)
    return found


def _problems(path: str, method: str) -> list[str]:
    """What may go wrong with a request besides our own faults."""
    if method == "get":
        return ["not-found", "not-valid"] if "{" in path else ["not-valid"]
    return ["not-json", "too-large", "wrong-type", "not-valid", *(["too-many"] if path in COUNTED else [])]


def _declare(operation: dict[str, Any], kind: str) -> None:
    status, title = KINDS[kind]
    with translation.override("en"):
        operation["responses"][str(status)] = {
            "description": str(title),
            "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
