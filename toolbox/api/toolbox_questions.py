"""What may be asked of the tools, the helpers and the toolbox made for a company."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from toolbox.api.kinds import Kind, MunicipalityNumber, cursor, one_of, whole_number_in_address, wrong
from toolbox.api.questions import LARGEST_PAGE, PAGE_SIZE, Query, Question
from toolbox.directory.models import Kind as HelperKind
from toolbox.directory.models import Need as HelpNeed
from toolbox.mapping.answers import Answers, WrongAnswer, checked_all
from toolbox.mapping.instrument import Item, instrument
from toolbox.mapping.scoring import FORMS
from toolbox.tools.read import tools_of_files
from toolbox.tools.tool import AREAS, BANDS, WHO

#: The slug of a helper is no longer than this.
_LONGEST_SLUG = 80

ToolCursor = Annotated[str, cursor([tool.slug for tool in tools_of_files().values()])]


class ToolsQuery(Query):
    area: Annotated[str, one_of(AREAS)] | None = None
    band: Annotated[str, one_of(BANDS)] | None = None
    who: Annotated[str, one_of(WHO)] | None = None
    limit: Annotated[int, whole_number_in_address(1, LARGEST_PAGE)] = PAGE_SIZE
    cursor: ToolCursor | None = None


def _slug(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_SLUG or "\0" in value:
        raise wrong("cursor")
    return value


HelperCursor = Annotated[str, Kind(_slug, {"type": "string"})]


class HelpersQuery(Query):
    municipality: MunicipalityNumber | None = None
    need: Annotated[str, one_of(HelpNeed.values)] | None = None
    kind: Annotated[str, one_of(HelperKind.values)] | None = None
    limit: Annotated[int, whole_number_in_address(1, LARGEST_PAGE)] = PAGE_SIZE
    cursor: HelperCursor | None = None


def _answers(value: Any) -> Answers:
    if not isinstance(value, Mapping):
        raise wrong("answers")
    try:
        return checked_all(instrument(), value)
    except WrongAnswer as error:
        item = instrument().items.get(error.item)
        said = {"item": item.id, "answers": _may_be(item)} if item else {}
        raise wrong(f"answer_{error.code}", field=error.item, **said) from error


def _may_be(item: Item) -> str:
    """What a question can be answered with, as one would write it in JSON."""
    if item.kind == "number":
        return f"{item.low}–{item.high}"
    if item.kind == "municipality":
        return '"3101"'
    values = [
        f'"{option.value}"' if isinstance(option.value, str) else option.value for option in item.options
    ]
    return ", ".join(map(str, values))


#: By the id of a question. Which values each can have, the questionnaire tells.
_VALUE = {"type": ["integer", "string"]}
_ANSWERS = Kind(
    _answers,
    {
        "type": "object",
        "additionalProperties": {"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}]},
    },
)


class ToolboxQuestion(Question):
    """A company's answers to the questionnaire. What is left out was not answered; "?" is «Vet ikke»."""

    form: Annotated[str, one_of(FORMS)]
    answers: Annotated[Any, _ANSWERS]
