"""JSON in and out: decimals as written, never floats; every field once; the same answer in the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

#: int() refuses a number of thousands of digits: read as a Decimal its field can still be named.
_LONGEST_WHOLE = 30


class TwiceNamed(ValueError):
    """A field stands more than once in an object: we cannot know which was meant."""


class ExactParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(
            request.body.decode(),
            parse_float=Decimal,
            parse_int=lambda digits: int(digits) if len(digits) < _LONGEST_WHOLE else Decimal(digits),
            # NaN and its like become Decimals too, and are refused where their field is read.
            parse_constant=Decimal,
            object_pairs_hook=_each_once,
        )


class Utf8Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise TwiceNamed("write each field once")
    return found
