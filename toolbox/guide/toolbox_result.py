"""What a company's result says, the same for page and paper: next steps, areas, reasons, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.measures import all_measures
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Situation
from toolbox.directory.queries import Contact, primary_contact
from toolbox.guide.need import Support, assess
from toolbox.guide.suggest import toolbox_for
from toolbox.guide.toolbox import AreaRow, Suggestion, Text
from toolbox.mapping.answers import Answers, known
from toolbox.mapping.instrument import Instrument, Item
from toolbox.mapping.scoring import SHORT, Level, bands
from toolbox.mapping.words import in_words
from toolbox.places.municipalities import Municipality, by_number
from toolbox.tools import words
from toolbox.tools.read import all_tools
from toolbox.tools.selection import area_filter, of_area

#: The question that says where the workplace is.
PLACE = "B3"
#: Questions of a row of concerns begin with this, and lean on the first of the row for their beginning.
_GOES_ON = "…"


@dataclass(frozen=True, slots=True)
class Answered:
    """One question and what was chosen, in the reader's language."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One suggestion as people read it. `time` and `who` are empty for a measure: it is no piece of work.

    `prefix` stands before the rates that a measure's words name.
    """

    key: str
    title: Text
    promise: Text
    href: str
    time: Text | None
    who: str
    why: Text
    unless: Text
    answers: tuple[Answered, ...]
    acquaintance: bool
    prefix: str


@dataclass(frozen=True, slots=True)
class BarStep:
    """One step of a level: its place and height in ems, and what it is filled with."""

    x: str
    y: str
    height: str
    fill: str


#: Where the steps stand, one for each of bands(), the lowest first: (x, y, height) in ems.
_STAIRS = (("0", "0.9", "0.5"), ("1.35", "0.55", "0.85"), ("2.7", "0.2", "1.2"))
#: What a step says: it holds whatever one answer were, it may hold, or it does not.
_HOLDS, _MAY_HOLD, _DOES_NOT = "currentColor", "url(#hatch)", "none"


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """`words` is the level, or that there are too few answers; `range` what one answer could make of it."""

    words: str
    range: str
    bar: tuple[BarStep, ...]


@dataclass(frozen=True, slots=True)
class ShownArea:
    code: str
    title: Any
    level: ShownLevel | None
    suggestions: tuple[Shown, ...]
    all_href: str
    tool_count: int


@dataclass(frozen=True, slots=True)
class ToolboxResult:
    """Everything page and paper say.

    `count` is how many questions are answered, without «Vet ikke». `open_items` are (question id, text).
    `support` is None when nobody has said where the workplace is.
    """

    instrument: Instrument
    form: str
    count: int
    municipality: Municipality | None
    next_steps: tuple[Shown, ...]
    areas: tuple[ShownArea, ...]
    notes: tuple[Text, ...]
    helpers: tuple[tuple[Any, str], ...]
    open_items: tuple[tuple[str, str], ...]
    contact: Contact
    support: Support | None
    need_href: str

    @property
    def short(self) -> bool:
        return self.form == SHORT

    @property
    def suggested(self) -> tuple[Shown, ...]:
        """Each tool once, the next steps first: what a step of the plan may be."""
        found: dict[str, Shown] = {}
        for each in (*self.next_steps, *(each for area in self.areas for each in area.suggestions)):
            if each.time:
                found.setdefault(each.key, each)
        return tuple(found.values())


def answer(
    instrument: Instrument, answers: Answers, form: str, *, on: date, rates: RateBook
) -> ToolboxResult:
    """The result of these answers to the form SHORT or FULL, on a day. Costs the query for the contact."""
    found = toolbox_for(instrument, answers, form)
    said = known(answers)
    municipality = by_number(str(said[PLACE])) if PLACE in said else None
    place = municipality.number if municipality else None
    filters = {"kommune": place} if place else {}

    def show(each: Suggestion) -> Shown:
        return _shown(each, instrument, answers)

    return ToolboxResult(
        instrument=instrument,
        form=form,
        count=len(said),
        municipality=municipality,
        next_steps=tuple(show(each) for each in found.next_steps),
        areas=tuple(_area(row, tuple(show(each) for each in row.suggestions)) for row in found.areas),
        notes=found.notes,
        helpers=tuple(
            (words.HELP_NEED[code], f"{reverse('directory:list')}?{urlencode({**filters, 'behov': code})}")
            for code in found.help_needs
        ),
        open_items=tuple(
            (name, question(instrument, instrument.items[name]))
            # Where the work is decides who to call and what support there is, not which tools fit.
            for name in (*(() if place else (PLACE,)), *found.open_items)
        ),
        contact=primary_contact(place, on),
        support=assess(Situation(on=on, municipality=place), rates=rates) if place else None,
        need_href=reverse("guide:need") + (f"?{urlencode(filters)}" if filters else ""),
    )


def question(instrument: Instrument, item: Item) -> str:
    """The question as it can stand alone: «… å stå alene hvis noe går galt?» gets its beginning back."""
    text = item.text[_language()]
    if not text.startswith(_GOES_ON):
        return text
    first = next(each for each in instrument.items.values() if each.block == item.block)
    return f"{first.text[_language()].partition(':')[0]}: {text.removeprefix(_GOES_ON).strip()}"


def _shown(each: Suggestion, instrument: Instrument, answers: Answers) -> Shown:
    told = tuple(
        Answered(
            question(instrument, instrument.items[name]),
            in_words(instrument.items[name], answers[name], _language()),
        )
        for name in each.caused_by
    )
    if each.kind == "measure":
        measure = all_measures()[each.key]
        href, time, who = reverse("catalogue:measure", args=[measure.slug]), None, ""
        title, promise, prefix = measure.name, measure.gives, measure.key
    else:
        tool = all_tools()[each.key]
        href, time = reverse("tools:tool", args=[tool.slug]), tool.time
        who = ", ".join(str(words.WHO[code]) for code in tool.who)
        title, promise, prefix = tool.title, tool.promise, ""
    return Shown(
        each.key, title, promise, href, time, who, each.why, each.unless, told, each.acquaintance, prefix
    )


def _area(row: AreaRow, suggestions: tuple[Shown, ...]) -> ShownArea:
    return ShownArea(
        code=row.area,
        title=words.AREA[row.area],
        level=shown_level(row.level) if row.level else None,
        suggestions=suggestions,
        all_href=f"{reverse('tools:list')}?omrade={area_filter(row.area)}#treff",
        tool_count=len(of_area(row.area)),
    )


def shown_level(level: Level) -> ShownLevel:
    """The level in words, never in digits, with what one answer more or less could make it."""
    if level.band is None:
        return ShownLevel(_("For få svar"), "", _bar(level))
    named = [band.text[_language()] for band in bands()]
    others = [named[band] for band in (level.low_band, level.high_band) if band != level.band]
    reach = ""
    if others:
        reach = _("Ett svar annerledes kan gjøre det til %(others)s.") % {
            "others": _(" eller ").join(f"«{other}»" for other in dict.fromkeys(others))
        }
    if len(level.items) < level.of:
        reach = f"{_('Noen spørsmål om området er ikke besvart.')} {reach}".strip()
    return ShownLevel(named[level.band], reach, _bar(level))


def _bar(level: Level) -> tuple[BarStep, ...]:
    def fill(place: int) -> str:
        if not level.enough or place > level.high_band:
            return _DOES_NOT
        return _HOLDS if place <= level.low_band else _MAY_HOLD

    return tuple(BarStep(*stair, fill(place)) for place, stair in enumerate(_STAIRS))


def _language() -> str:
    return get_language() or "nb"
