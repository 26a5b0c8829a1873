"""The shapes of answers about the questionnaire, the toolbox made from it, the tools and the helpers."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from toolbox.api.shapes import Answer, Link, MeasureNamed, Step


class BuiltOn(BaseModel):
    """Published work. `confidence` is how sure we are of it: high, medium or low."""

    title: str
    year: int | None
    url: str
    confidence: str


class Choice(BaseModel):
    """`alone`: it cannot be chosen together with another."""

    value: int | str
    text: str
    alone: bool


class QuestionPut(BaseModel):
    """One question. `kind` is likert, single, multi, number or municipality.

    `asked_unless` is null, or names a question and the choice that makes this one fall away. `used_by` is
    what its answer is for: a question that is for nothing is not asked.
    """

    id: str
    part: str
    dimension: str
    kind: str
    text: str
    in_short_form: bool
    reverse: bool
    choices: list[Choice]
    lowest: int | None
    highest: int | None
    at_most: int | None
    asked_unless: list[str] | None
    used_by: list[str]
    built_on: list[BuiltOn]


class QuestionnaireAnswer(Answer):
    version: str
    hash: str
    #: False: nobody has shown that the questions measure what they are about.
    validated: bool
    introduction: str
    #: What to answer a question with when one does not know.
    dont_know: str
    questions: list[QuestionPut]


class ToolNamed(BaseModel):
    slug: str
    name: str
    url: str


class ToolInList(ToolNamed):
    areas: list[str]
    promise: str
    band: str
    time: str
    who: list[str]
    checked: date


class ToolsAnswer(Answer):
    count: int
    tools: list[ToolInList]
    next_cursor: str | None


class Study(BaseModel):
    title: str
    year: int | None
    url: str


class ClaimMade(BaseModel):
    """`strength` is strong, moderate or weak for studies, practice for our own advice, law for the law."""

    text: str
    strength: str
    studies: list[Study]


class ToolAnswer(Answer):
    tool: ToolInList
    why: list[ClaimMade]
    steps: list[Step]
    cost: str
    say: list[str]
    law: list[Link]
    measures: list[MeasureNamed]
    help_needs: list[str]
    owner: str
    next_check: date


class HelperTold(BaseModel):
    """`confirmed_lately` is false after half a year, and when nobody knows when it was confirmed.

    `call` says whom to call where the helper has no number of its own.
    """

    slug: str
    name: str
    url: str
    kind: str
    needs: list[str]
    offers: list[str]
    area: str
    municipalities: list[str]
    everywhere: bool
    who_may_contact: str
    phone: str | None
    call: str | None
    site: str | None
    confirmed_on: date | None
    confirmed_lately: bool


class HelpersAnswer(Answer):
    count: int
    helpers: list[HelperTold]
    next_cursor: str | None


class LevelTold(BaseModel):
    """Where an area stands, in words; null when too few questions are answered.

    `lowest` and `highest` are what one answer one step lower or higher would give: within that nobody can
    tell two companies apart.
    """

    words: str | None
    lowest: str | None
    highest: str | None
    firm: bool
    answered: int
    of: int


class Suggested(BaseModel):
    """`kind` is tool or measure. `caused_by` are the questions whose answers led to it.

    `acquaintance`: nothing in the answers led to it; it is there so that no area is empty.
    """

    kind: str
    slug: str
    name: str
    url: str
    area: str
    why: str
    unless: str
    caused_by: list[str]
    acquaintance: bool


class AreaTold(BaseModel):
    """`level` is null in the short form: one question is no level."""

    area: str
    name: str
    level: LevelTold | None
    suggestions: list[Suggested]


class ToolboxAnswer(Answer):
    version: str
    hash: str
    form: str
    #: That the questionnaire is not validated, and what that means.
    caution: str
    next_steps: list[Suggested]
    #: The most useful first.
    areas: list[AreaTold]
    notes: list[str]
    help_needs: list[str]
    #: Questions not answered, whose answers could change the toolbox.
    open_questions: list[str]
