"""Version 1 of the API: the questionnaire, the toolbox from its answers, tools and helpers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path
from ninja import Query as InQuery

from toolbox.api.interface import api, new_teller
from toolbox.api.problems import Fault, Problem, not_valid, sentence
from toolbox.api.questions import Query
from toolbox.api.toolbox_answers import (
    helpers_answer,
    questionnaire_answer,
    tool_answer,
    toolbox_answer,
    tools_answer,
)
from toolbox.api.toolbox_questions import HelpersQuery, ToolboxQuestion, ToolsQuery
from toolbox.api.toolbox_shapes import (
    HelpersAnswer,
    QuestionnaireAnswer,
    ToolAnswer,
    ToolboxAnswer,
    ToolsAnswer,
)
from toolbox.directory import queries
from toolbox.guide.suggest import toolbox_for
from toolbox.mapping.instrument import instrument
from toolbox.tools.read import all_tools, by_slug


@api.get(
    "questionnaire",
    operation_id="questionnaire",
    response=QuestionnaireAnswer,
    url_name="questionnaire",
    summary="The questionnaire that maps a company",
)
def questionnaire(request: HttpRequest, query: InQuery[Query]) -> Any:
    """Every question with its choices, what its answer is used for, and what it builds on."""
    return questionnaire_answer(instrument(), new_teller())


@api.post(
    "toolbox",
    operation_id="toolbox",
    response=ToolboxAnswer,
    url_name="toolbox",
    summary="Which tools fit this company?",
)
def toolbox(request: HttpRequest, question: ToolboxQuestion, query: InQuery[Query]) -> Any:
    """Two next steps, and suggestions in all five areas, each with the answers that caused it."""
    form = instrument()
    return toolbox_answer(form, toolbox_for(form, question.answers, question.form), new_teller())


@api.get(
    "tools",
    operation_id="tools",
    response=ToolsAnswer,
    url_name="tools",
    summary="Concrete things a company can do",
)
def tools(request: HttpRequest, query: InQuery[ToolsQuery]) -> Any:
    """Area by area, what takes least time first, a page at a time."""
    every = list(all_tools().values())
    found = [
        tool
        for tool in every
        if query.area in (None, *tool.areas)
        and query.band in (None, tool.band)
        and query.who in (None, *tool.who)
    ]
    order = {tool.slug: place for place, tool in enumerate(every)}
    first = sum(order[tool.slug] <= order[query.cursor] for tool in found) if query.cursor else 0
    last = first + query.limit
    following = found[last - 1].slug if last < len(found) else None
    return tools_answer(found[first:last], len(found), following, new_teller())


@api.get(
    "tools/{slug}",
    operation_id="tool",
    response=ToolAnswer,
    url_name="tool",
    summary="One tool",
)
def tool(request: HttpRequest, slug: Path[str], query: InQuery[Query]) -> Any:
    """Why, with the strength of each claim, how step by step, who, how long, what it costs, and the law."""
    found = by_slug().get(slug)
    if found is None:
        raise Problem(
            "not-found", _("Ingen verktøy heter det. Hent listen over verktøy, og bruk slug derfra.")
        )
    return tool_answer(found, new_teller())


@api.get(
    "helpers",
    operation_id="helpers",
    response=HelpersAnswer,
    url_name="helpers",
    summary="Who can help, where",
)
def helpers(request: HttpRequest, query: InQuery[HelpersQuery]) -> Any:
    """Organisations, never private persons: Nav first, then the nearest. A page at a time."""
    teller = new_teller()
    found = list(queries.helpers_for(query.municipality, query.need, query.kind, today=teller.on))
    first = 0
    if query.cursor:
        slugs = [helper.slug for helper in found]
        if query.cursor not in slugs:
            raise not_valid(Fault("cursor", sentence("cursor"), parameter="cursor"))
        first = slugs.index(query.cursor) + 1
    last = first + query.limit
    following = found[last - 1].slug if last < len(found) else None
    return helpers_answer(found[first:last], len(found), following, teller)
