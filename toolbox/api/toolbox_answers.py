"""Answers about the questionnaire, the toolbox, the tools and the helpers: what the pages rest on as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from inclusion_rules.measures import all_measures
from toolbox.api.answers import Teller
from toolbox.api.shapes import Link, MeasureNamed, Step
from toolbox.api.toolbox_shapes import (
    AreaTold,
    BuiltOn,
    Choice,
    ClaimMade,
    HelpersAnswer,
    HelperTold,
    LevelTold,
    QuestionnaireAnswer,
    QuestionPut,
    Study,
    Suggested,
    ToolAnswer,
    ToolboxAnswer,
    ToolInList,
    ToolsAnswer,
)
from toolbox.directory.cards import card
from toolbox.directory.models import Helper
from toolbox.directory.queries import contact_through
from toolbox.guide.suggest import uses
from toolbox.guide.toolbox import Suggestion, Toolbox
from toolbox.mapping.answers import DONT_KNOW
from toolbox.mapping.instrument import Instrument, Item
from toolbox.mapping.scoring import Level, bands
from toolbox.tools.read import all_tools
from toolbox.tools.tool import Tool
from toolbox.tools.words import AREA
from toolbox.ui.figures import with_rates


def questionnaire_answer(form: Instrument, teller: Teller) -> QuestionnaireAnswer:
    return QuestionnaireAnswer(
        version=form.version,
        hash=form.hash,
        validated=False,
        introduction=form.intro[teller.language],
        dont_know=DONT_KNOW,
        questions=[_question(form, item, teller) for item in form.items.values()],
        **teller.envelope(),
    )


def toolbox_answer(form: Instrument, found: Toolbox, teller: Teller) -> ToolboxAnswer:
    return ToolboxAnswer(
        version=form.version,
        hash=form.hash,
        form=found.profile.form,
        caution=_(
            "Spørsmålene er ikke prøvd ut vitenskapelig. Nivåene sier hvor det er lurt å begynne, og ikke "
            "hvor gode dere er."
        ),
        next_steps=[_suggested(each, teller) for each in found.next_steps],
        areas=[
            AreaTold(
                area=row.area,
                name=str(AREA[row.area]),
                level=_level(row.level, teller.language) if row.level else None,
                suggestions=[_suggested(each, teller) for each in row.suggestions],
            )
            for row in found.areas
        ],
        notes=[_said(note, teller) for note in found.notes],
        help_needs=list(found.help_needs),
        open_questions=list(found.open_items),
        **teller.envelope(),
    )


def tools_answer(found: Iterable[Tool], count: int, next_cursor: str | None, teller: Teller) -> ToolsAnswer:
    listed = [_in_list(tool, teller) for tool in found]
    return ToolsAnswer(count=count, tools=listed, next_cursor=next_cursor, **teller.envelope())


def tool_answer(tool: Tool, teller: Teller) -> ToolAnswer:
    return ToolAnswer(
        tool=_in_list(tool, teller),
        why=[
            ClaimMade(
                text=_said(claim.words, teller),
                strength=claim.strength,
                studies=[Study(title=each.title, year=each.year, url=each.url) for each in claim.studies],
            )
            for claim in tool.why
        ],
        steps=[Step(title=_said(each.title, teller), text=_said(each.text, teller)) for each in tool.steps],
        cost=_said(tool.cost, teller),
        say=[_said(words, teller) for words in tool.say],
        law=[Link(title=law.words, url=law.url) for law in tool.law],
        measures=[_measure_named(key, teller) for key in tool.measures],
        help_needs=list(tool.help_needs),
        owner=tool.owner,
        next_check=tool.next_check,
        **teller.envelope(),
    )


def helpers_answer(
    found: Iterable[Helper], count: int, next_cursor: str | None, teller: Teller
) -> HelpersAnswer:
    listed = [_helper(helper, teller) for helper in found]
    return HelpersAnswer(count=count, helpers=listed, next_cursor=next_cursor, **teller.envelope())


def _question(form: Instrument, item: Item, teller: Teller) -> QuestionPut:
    number = item.kind == "number"
    return QuestionPut(
        id=item.id,
        part=form.part_of(item),
        dimension=item.dimension,
        kind=item.kind,
        text=item.text[teller.language],
        in_short_form=item.id in form.short,
        reverse=item.reverse,
        choices=[
            Choice(value=option.value, text=option.text[teller.language], alone=option.alone)
            for option in item.options
        ],
        lowest=item.low if number else None,
        highest=item.high if number else None,
        at_most=item.at_most,
        asked_unless=list(item.only_if) if item.only_if else None,
        used_by=list(uses()[item.id]),
        built_on=[
            BuiltOn(title=each.title, year=each.year, url=each.url, confidence=each.confidence)
            for each in (form.sources[code] for code in item.basis)
        ],
    )


def _level(level: Level, language: str) -> LevelTold:
    words = [band.text[language] for band in bands()]
    told = level.enough
    return LevelTold(
        words=None if level.band is None else words[level.band],
        lowest=words[level.low_band] if told else None,
        highest=words[level.high_band] if told else None,
        firm=told and level.firm,
        answered=len(level.items),
        of=level.of,
    )


def _suggested(each: Suggestion, teller: Teller) -> Suggested:
    if each.kind == "tool":
        tool = all_tools()[each.key]
        slug, name, url = tool.slug, _said(tool.title, teller), _tool_url(tool)
    else:
        named = _measure_named(each.key, teller)
        slug, name, url = named.slug, named.name, named.url
    return Suggested(
        kind=each.kind,
        slug=slug,
        name=name,
        url=url,
        area=each.area,
        why=_said(each.why, teller),
        unless=_said(each.unless, teller),
        caused_by=list(each.caused_by),
        acquaintance=each.acquaintance,
    )


def _in_list(tool: Tool, teller: Teller) -> ToolInList:
    return ToolInList(
        slug=tool.slug,
        name=_said(tool.title, teller),
        url=_tool_url(tool),
        areas=list(tool.areas),
        promise=_said(tool.promise, teller),
        band=tool.band,
        time=_said(tool.time, teller),
        who=list(tool.who),
        checked=tool.checked,
    )


def _helper(helper: Helper, teller: Teller) -> HelperTold:
    shown = card(helper, teller.on)
    contact = None if helper.phone else contact_through(helper, teller.on)
    return HelperTold(
        slug=helper.slug,
        name=helper.local_name,
        url=reverse("directory:helper", args=[helper.slug]),
        kind=helper.kind,
        needs=list(helper.needs),
        offers=helper.local_offers,
        area=shown.area,
        municipalities=list(helper.serves),
        everywhere=helper.everywhere,
        who_may_contact=helper.who_may_contact,
        phone=helper.phone or None,
        call=f"{contact.call}. {contact.ask_for}" if contact else None,
        site=helper.url or None,
        confirmed_on=helper.confirmed_on,
        confirmed_lately=shown.confirmed_lately,
    )


def _measure_named(key: str, teller: Teller) -> MeasureNamed:
    measure = all_measures()[key]
    url = reverse("catalogue:measure", args=[measure.slug])
    return MeasureNamed(slug=measure.slug, name=measure.name[teller.language], url=url)


def _tool_url(tool: Tool) -> str:
    return reverse("tools:tool", args=[tool.slug])


def _said(words: Mapping[str, str], teller: Teller) -> str:
    return with_rates(words[teller.language], book=teller.rates, on=teller.on) if words else ""
