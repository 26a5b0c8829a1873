"""What went wrong, as a problem (RFC 9457) in the reader's language: what, where, and what to do next."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from toolbox.ui.figures import day, number

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"

#: What kind of problem → its status, and its title. The documentation page explains each under its name.
KINDS: Mapping[str, tuple[int, Any]] = {
    "not-json": (400, gettext_lazy("Vi kan ikke lese innholdet som JSON")),
    "not-found": (404, gettext_lazy("Vi finner ikke det du spør om")),
    "too-large": (413, gettext_lazy("Innholdet er for stort")),
    "wrong-type": (415, gettext_lazy("Innholdet har feil type")),
    "not-valid": (422, gettext_lazy("Noe i spørsmålet må rettes")),
    "too-many": (429, gettext_lazy("For mange spørsmål på kort tid")),
    "our-fault": (500, gettext_lazy("Feilen er vår")),
}

#: What is said of one field. `%(…)s` is filled in with what the code comes with.
SENTENCES: Mapping[str, Any] = {
    "missing": gettext_lazy("Feltet mangler. Skriv et svar."),
    "unknown_field": gettext_lazy(
        "Feltet finnes ikke. Ta det bort. Vi tar ikke imot annet om personen enn under_30."
    ),
    "unknown_parameter": gettext_lazy("Valget finnes ikke. Ta det bort fra adressen."),
    "not_an_object": gettext_lazy("Skriv ett JSON-objekt, med feltene mellom { og }."),
    "number": gettext_lazy("Skriv et vanlig tall, uten anførselstegn."),
    "whole": gettext_lazy("Skriv et helt tall."),
    "decimals": gettext_lazy("Skriv tallet med høyst %(decimals)s desimaler."),
    "range": gettext_lazy("Skriv et tall mellom %(low)s og %(high)s."),
    "date": gettext_lazy("Skriv en dato som finnes, slik: 2027-02-01."),
    "day_range": gettext_lazy("Skriv en dato mellom %(low)s og %(high)s."),
    "municipality": gettext_lazy("Skriv kommunenummeret med fire sifre, slik: 3101."),
    "choice": gettext_lazy("Velg ett av disse: %(choices)s."),
    "cursor": gettext_lazy("Bruk next_cursor fra forrige svar, eller begynn uten."),
    "permanent_ends": gettext_lazy("En fast stilling har ingen sluttdato. Ta bort den ene av dem."),
    "end_before_start": gettext_lazy("Sluttdato må være etter startdato."),
    "too_long": gettext_lazy(
        "Sluttdatoen er mer enn %(years)s år etter startdatoen. Ta den bort hvis stillingen er fast."
    ),
    "one_wage": gettext_lazy("Skriv enten hourly_wage_nok eller monthly_wage_nok, og bare én av dem."),
    "nav_percent": gettext_lazy("Her kan Nav gi %(percents)s. Skriv ett av tallene, eller ta bort feltet."),
    "nav_percent_highest": gettext_lazy("Her kan Nav gi høyst %(highest)s. Skriv et lavere tall."),
    "answers": gettext_lazy("Skriv ett JSON-objekt, med et svar for hvert spørsmål."),
    "answer_unknown_item": gettext_lazy("Spørsmålet finnes ikke. Ta det bort."),
    "answer_unknown_value": gettext_lazy("%(item)s kan besvares med dette: %(answers)s. «?» betyr vet ikke."),
    "answer_out_of_range": gettext_lazy("%(item)s må være et tall i området %(answers)s."),
    "answer_too_many": gettext_lazy("%(item)s har for mange valg. Ta bort noen."),
    "answer_alone": gettext_lazy(
        "%(item)s har et valg som ikke går sammen med andre. Velg enten det eller de andre."
    ),
    "no_rate": gettext_lazy("Vi mangler satsen %(key)s den %(on)s. Velg en tidligere dato."),
}

#: Codes of pydantic that mean one of ours.
_OURS = {"missing": "missing", "extra_forbidden": "unknown_field", "model_type": "not_an_object"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: a field of the content (JSON pointer), or a parameter of the address."""

    code: str
    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Problem(Exception):
    """The question cannot be answered. `detail` is a whole sentence in the reader's language."""

    def __init__(self, kind: str, detail: str, faults: Iterable[Fault] = ()) -> None:
        self.kind, self.detail, self.faults = kind, detail, tuple(faults)
        super().__init__(detail)


def body_fault(field: str, code: str, **said: Any) -> Fault:
    """What is wrong with a field of the content."""
    return Fault(code, sentence(code, **said), pointer=f"#/{field}")


def not_valid(*faults: Fault) -> Problem:
    return Problem("not-valid", _("Se errors: der står hvert felt, og hva du skriver i stedet."), faults)


def of_form(form: Form, named: Any) -> Problem:
    """What the calculator's own form says, at our names."""
    faults = []
    for field, errors in form.errors.items():
        faults += [Fault("not_usable", str(said), pointer=f"#/{named(field)}") for said in errors]
    return not_valid(*faults)


def respond(problem: Problem) -> HttpResponse:
    """The problem as the answer to a request."""
    status, title = KINDS[problem.kind]
    body = {
        "type": f"{reverse('api:documentation')}#{problem.kind}",
        "title": str(title),
        "status": status,
        "detail": problem.detail,
        "errors": [
            {name: value for name, value in asdict(fault).items() if value is not None}
            for fault in problem.faults
        ],
    }
    headers = {"Retry-After": "60"} if problem.kind == "too-many" else {}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE, headers=headers
    )


def handle_all(api: NinjaAPI) -> None:
    """Let every exception of an operation become a problem."""

    def ours(request: HttpRequest, error: Any) -> HttpResponse:
        return respond(error)

    def not_read(request: HttpRequest, error: Any) -> HttpResponse:
        # The only one django-ninja raises itself here: the content could not be read.
        return respond(
            Problem("not-json", _("Send ett JSON-objekt i UTF-8, der hvert felt står bare én gang."))
        )

    def not_usable(request: HttpRequest, error: Any) -> HttpResponse:
        return respond(not_valid(*map(_fault, error.errors)))

    def unforeseen(request: HttpRequest, error: Any) -> HttpResponse:
        log.exception("the API failed", exc_info=error)
        return respond(Problem("our-fault", _("Det er ikke noe galt med spørsmålet. Prøv igjen om litt.")))

    api.add_exception_handler(Problem, ours)
    api.add_exception_handler(HttpError, not_read)
    api.add_exception_handler(ValidationError, not_usable)
    api.add_exception_handler(Exception, unforeseen)


def sentence(code: str, **said: Any) -> str:
    return str(SENTENCES[code]) % {name: _shown(value) for name, value in said.items()}


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int | Decimal) else str(value)


#: What the operations call what they are asked: django-ninja names it before the field.
_ARGUMENTS = ("question", "query")


def _fault(error: Mapping[str, Any]) -> Fault:
    """One of pydantic's errors in our words."""
    where, *path = error["loc"]
    if path and path[0] in _ARGUMENTS:
        path.pop(0)
    said = dict(error.get("ctx") or {})
    code = said.pop("code", None) or _OURS[error["type"]]
    if "field" in said:
        path.append(said.pop("field"))
    if where == "query":
        code = "unknown_parameter" if code == "unknown_field" else code
        return Fault(code, sentence(code, **said), parameter=str(path[-1]))
    if code == "missing" and not path:
        code = "not_an_object"
    return Fault(code, sentence(code, **said), pointer="#" + "".join(f"/{_escaped(part)}" for part in path))


def _escaped(part: Any) -> str:
    """A part of a JSON pointer (RFC 6901)."""
    return str(part).replace("~", "~0").replace("/", "~1")
