"""Version 1 of the API: its addresses are the same in every language, and each stands behind the door."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from toolbox.api.cost_files import CSV, FILES_A_MINUTE, LARGEST_FILE, NDJSON
from toolbox.api.door import Limits, door
from toolbox.api.interface import api
from toolbox.api.openapi import openapi
from toolbox.api.problems import Problem
from toolbox.api.risk_answers import SIMULATIONS_A_MINUTE

app_name = "v1"


#: Of what takes no ordinary question, or costs much more to answer than a page.
LIMITS = {
    "costs_file": Limits((CSV, NDJSON), LARGEST_FILE, FILES_A_MINUTE),
    "risk": Limits(per_minute=SIMULATIONS_A_MINUTE),
}


def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    raise Problem("not-found", _("Adressen finnes ikke. Se hvilke som finnes, i openapi.json."))


def _operations() -> list[Any]:
    """What django-ninja serves, less its root, which only helps its own documentation page."""
    found: Any = api.urls[0]
    return [
        path(
            str(pattern.pattern),
            door(pattern.callback, LIMITS.get(pattern.name, Limits())),
            name=pattern.name,
        )
        for pattern in found
        if pattern.name != "api-root"
    ]


urlpatterns = [
    path("openapi.json", door(openapi), name="openapi"),
    *_operations(),
    path("<path:rest>", door(unknown), name="unknown"),
]
