"""A file of positions, answered a line at a time: what the OpenAPI document says of it, and the lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.serializers.json import DjangoJSONEncoder

from inclusion_rules.cost_file import COLUMNS, answers, lines_of, record
from inclusion_rules.estimate import SUBSIDIES
from inclusion_rules.measures import all_measures
from toolbox.api.answers import Teller

CSV, NDJSON = "text/csv", "application/x-ndjson"
#: Some ten thousand rows, a few seconds of a processor. More of them are for the command `toolbox costs`.
LARGEST_FILE = 1024 * 1024
FILES_A_MINUTE = 6

_FILE = {"schema": {"type": "string", "description": f"Columns: {', '.join(COLUMNS)}"}}
_encode = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

#: What django-ninja cannot see: the content is no JSON object.
FILE_DESCRIBED: dict[str, Any] = {
    "requestBody": {"required": True, "content": {CSV: _FILE, NDJSON: _FILE}},
    "responses": {
        200: {
            "description": "A line about the answer, then a line for each row: what it costs, or its error",
            "content": {NDJSON: {"schema": {"type": "string"}}},
        }
    },
}


def file_answer(file: BinaryIO, teller: Teller) -> Iterator[bytes]:
    """The lines of the answer. The first says of them all what every other answer says of itself."""
    for key in SUBSIDIES:
        teller.rests_on(all_measures()[key].sources)
    about = teller.envelope()
    # Each row says for itself what is assumed: the rows are not known yet.
    del about["assumed"]
    language = teller.language
    return _lines(about, (record(told, language) for told in answers(lines_of(file), rates=teller.rates)))


def _lines(about: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    about["sources"] = [source.model_dump() for source in about["sources"]]
    yield _line(about)
    yield from map(_line, rows)


def _line(told: dict[str, Any]) -> bytes:
    return _encode(told).encode() + b"\n"
