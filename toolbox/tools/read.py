"""The tools: read from content/tools/, and on top the texts that editors have published.

Every problem of a file is told, with what to write.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from inclusion_rules.measures import all_measures
from inclusion_rules.rates import LANGUAGES
from inclusion_rules.reviewed_file import read_yaml
from toolbox.places.sorting import sort_key
from toolbox.publishing.content import published
from toolbox.publishing.models import Item, Version
from toolbox.tools import texts
from toolbox.tools.tool import (
    AREAS,
    BANDS,
    HELP_NEEDS,
    PAGES,
    STRENGTHS,
    STUDY_STRENGTHS,
    WHO,
    Claim,
    Law,
    Step,
    Study,
    Text,
    Tool,
)
from toolbox.ui.content_revision import current as current_revision

log = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parents[2] / "content" / "tools"
SOURCES = "sources.yaml"

_FIELDS = set(
    "slug areas title promise why steps who time cost say law pages measures help_needs "
    "owner checked next_check".split()
)
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: What to write instead of each fault of texts.faults.
_INSTEAD = {
    "missing": "write the text",
    "no_full_stop": "end the sentence with a full stop",
    "full_stop": "take away the full stop at the end",
    "exclamation_mark": "take away the exclamation mark",
    "no_rate": "there is no rate {}; write <measure>.<name> or shared.<name>",
}
#: Nothing stands unchecked for longer.
LONGEST_DAYS = 366


class ToolFileError(ValueError):
    """Files of tools break the format. One line a problem: file, field and what to write instead."""


def all_tools() -> Mapping[str, Tool]:
    """Every tool by key, area by area, the shortest first: the files, and on top what editors have published.

    Put together once for each state the content is in.
    """
    return _in_force(current_revision())[0]


def by_slug() -> Mapping[str, Tool]:
    return _in_force(current_revision())[1]


def misfits() -> frozenset[str]:
    """The keys of tools whose published texts have no room in the file any more: readers see the file."""
    return _in_force(current_revision())[2]


def tools_of_files() -> Mapping[str, Tool]:
    """Every tool by key as it comes in the box."""
    return _shipped()[1]


def texts_of_file(key: str) -> dict[str, str]:
    """What editors may change of a tool, as its file says it (see texts.of). KeyError without a file."""
    return texts.of(_shipped()[0][key].fields)


@lru_cache(maxsize=2)
def _in_force(revision: str) -> tuple[Mapping[str, Tool], Mapping[str, Tool], frozenset[str]]:
    tools, homeless = dict(tools_of_files()), set()
    # Without a revision nothing has ever been changed, or the database does not answer.
    for key, version in (published(Item.Kind.TOOL) if revision else {}).items():
        try:
            tools[key] = _edited(key, version)
        except (KeyError, ToolFileError) as error:
            # The site must not stop for it.
            log.warning("the published texts of the tool %s are left out: %s", key, error)
            homeless.add(key)
    ordered = {tool.key: tool for tool in sorted(tools.values(), key=_place)}
    return ordered, {tool.slug: tool for tool in ordered.values()}, frozenset(homeless)


def _edited(key: str, version: Version) -> Tool:
    """A tool with what an editor has written, read as a file is. KeyError, ToolFileError: no room for it."""
    file = _shipped()[0][key]
    if not texts.have_room(version.seed, texts.of(file.fields)):
        raise ToolFileError(f"{file.name}: the file has got other parts since; write the texts anew")
    edited = _File(file.name, texts.put(version.texts, into=file.fields), file.studies, file.laws)
    tool = edited.tool()
    if edited.problems:
        raise ToolFileError("\n".join(edited.problems))
    return tool


def read(folder: Path) -> tuple[Tool, ...]:
    """Every tool in `folder`. ToolFileError names all that is wrong at once."""
    return _checked(_files(folder))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Mapping[str, _File], Mapping[str, Tool]]:
    """The files of the box and the tools they hold, by key. Read once a process."""
    files = _files(FOLDER)
    return {file.key: file for file in files}, {tool.key: tool for tool in _checked(files)}


def _files(folder: Path) -> list[_File]:
    sources = read_yaml(folder / SOURCES)
    studies = {code: Study(**{"year": None, **fields}) for code, fields in sources["studies"].items()}
    return [_File.at(path, studies, sources["laws"]) for path in sorted(folder.glob("*/*.yaml"))]


def _checked(files: list[_File]) -> tuple[Tool, ...]:
    tools = [file.tool() for file in files]
    problems = [problem for file in files for problem in file.problems]
    problems += _twice("the key", [tool.key for tool in tools], "give one of the files another name")
    problems += _twice("the slug", [tool.slug for tool in tools], "give one of the tools another address")
    if problems:
        raise ToolFileError("\n".join(problems))
    return tuple(sorted(tools, key=_place))


def _place(tool: Tool) -> tuple[int, int, str]:
    return AREAS.index(tool.areas[0]), BANDS.index(tool.band), sort_key(tool.title["nb"])


def _twice(what: str, values: list[str], instead: str) -> Iterator[str]:
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield f"{what} {value} is used {values.count(value)} times; {instead}"


class _File:
    """One file being read. A field that is wrong is noted, and reading goes on to find the next."""

    def __init__(
        self, name: str, fields: dict[str, Any], studies: Mapping[str, Study], laws: Mapping[str, Any]
    ) -> None:
        path = Path(name)
        self.name, self.key, self.area = name, path.stem, path.parent.name
        self.fields, self.studies, self.laws = fields, studies, laws
        self.problems: list[str] = []

    @classmethod
    def at(cls, path: Path, studies: Mapping[str, Study], laws: Mapping[str, Any]) -> _File:
        file = cls(f"content/tools/{path.parent.name}/{path.name}", {}, studies, laws)
        try:
            found = read_yaml(path)
            file.fields = found if isinstance(found, dict) else {}
        except yaml.YAMLError as error:
            file.wrong("the file", f"cannot be read as YAML ({error}); quote a text that holds «: »")
        return file

    def wrong(self, field: str, instead: str) -> None:
        self.problems.append(f"{self.name}: {field}: {instead}")

    def tool(self) -> Tool:
        if lacking := sorted(_FIELDS - self.fields.keys()):
            self.wrong(", ".join(lacking), "write these fields; a list may be empty, []")
        if unknown := sorted(self.fields.keys() - _FIELDS):
            self.wrong(", ".join(unknown), f"no such field; use {', '.join(sorted(_FIELDS))}")
        if self.area not in AREAS:
            self.wrong("the folder", f"move the file to one of {', '.join(AREAS)}")
        if not _KEY.fullmatch(self.key):
            self.wrong("the file's name", "write it in English with a–z, 0–9 and _: tell_what_was_hard.yaml")
        others = self.codes("areas", AREAS)
        if self.area in others:
            self.wrong("areas", f"leave out {self.area}; it is the folder's own")
        law = self.law()
        checked, next_check = self.day("checked"), self.day("next_check")
        if not 0 < (next_check - checked).days <= LONGEST_DAYS:
            self.wrong("next_check", "write a day after `checked`, at most twelve months later")
        time = self.fields.get("time") or {}
        if not isinstance(time, dict) or time.get("band") not in BANDS:
            self.wrong("time.band", f"write one of {', '.join(BANDS)}")
            time = {**time, "band": BANDS[0]} if isinstance(time, dict) else {"band": BANDS[0]}
        return Tool(
            key=self.key,
            slug=self.slug(),
            areas=(self.area if self.area in AREAS else AREAS[0], *others),
            title=self.text("title", self.fields.get("title"), sentence=False),
            promise=self.text("promise", self.fields.get("promise")),
            why=tuple(self.claim(f"why[{i}]", item, law) for i, item in self.items("why", 1, 3)),
            steps=tuple(self.step(f"steps[{i}]", item) for i, item in self.items("steps", 3, 7)),
            who=self.codes("who", WHO, at_least_one=True),
            band=time["band"],
            time=self.text("time", time, sentence=False),
            cost=self.text("cost", self.fields.get("cost")),
            say=tuple(self.text(f"say[{i}]", item) for i, item in self.items("say", 1, 3)),
            law=law,
            pages=self.codes("pages", PAGES),
            measures=self.codes("measures", all_measures()),
            help_needs=self.codes("help_needs", HELP_NEEDS),
            owner=self.line("owner"),
            checked=checked,
            next_check=next_check,
        )

    def slug(self) -> str:
        slug = str(self.fields.get("slug") or "")
        if not _SLUG.fullmatch(slug):
            self.wrong("slug", "write the bokmål title with a–z, 0–9 and hyphens: avtal-en-proveperiode")
        return slug

    def line(self, field: str) -> str:
        value = self.fields.get(field)
        if not isinstance(value, str) or not value.strip():
            self.wrong(field, "write a name")
        return str(value)

    def day(self, field: str) -> date:
        value = self.fields.get(field)
        if not isinstance(value, date):
            self.wrong(field, "write a day as 2026-11-25, without quotation marks")
            return date.min
        return value

    def text(self, where: str, value: Any, *, sentence: bool = True) -> Text:
        """The three languages of a text; `sentence` when it ends with a full stop, as a title does not."""
        found = value if isinstance(value, dict) else {}
        said = {code: str(found.get(code) or "").strip() for code in LANGUAGES}
        for code, words in said.items():
            self.check_words(f"{where}.{code}", words, sentence)
        return said

    def check_words(self, where: str, words: str, sentence: bool) -> None:
        for fault, about in texts.faults(words, sentence=sentence):
            self.wrong(where, _INSTEAD[fault].format(about))

    def items(self, field: str, fewest: int, most: int) -> list[tuple[int, Any]]:
        found = self.fields.get(field)
        found = found if isinstance(found, list) else []
        if not fewest <= len(found) <= most:
            self.wrong(field, f"write {fewest} to {most} of them; there are {len(found)}")
        return list(enumerate(found))

    def codes(self, field: str, allowed: Collection[str], *, at_least_one: bool = False) -> tuple[str, ...]:
        found = self.fields.get(field)
        found = found if isinstance(found, list) else []
        for code in found:
            if code not in allowed:
                self.wrong(field, f"{code!r} is not known; use one of {', '.join(allowed)}")
        if at_least_one and not found:
            self.wrong(field, f"name at least one of {', '.join(allowed)}")
        return tuple(code for code in found if code in allowed)

    def step(self, where: str, item: Any) -> Step:
        fields = item if isinstance(item, dict) else {}
        return Step(
            self.text(f"{where}.title", fields.get("title"), sentence=False),
            self.text(f"{where}.text", fields.get("text")),
        )

    def claim(self, where: str, item: Any, law: tuple[Law, ...]) -> Claim:
        fields = item if isinstance(item, dict) else {}
        strength, codes = fields.get("strength"), fields.get("sources") or []
        studies = tuple(self.studies[code] for code in codes if code in self.studies)
        for code in codes:
            if code not in self.studies:
                self.wrong(f"{where}.sources", f"{code} is not in {SOURCES}; use a code that is")
        if strength not in STRENGTHS:
            self.wrong(f"{where}.strength", f"write one of {', '.join(STRENGTHS)}")
        elif strength in STUDY_STRENGTHS:
            self.check_strength(where, strength, studies)
        elif studies:
            self.wrong(f"{where}.sources", f"leave them out of what is {strength}")
        if strength == "law" and not law:
            self.wrong("law", f"name the act and paragraph that {where} rests on")
        return Claim(self.text(where, fields), str(strength), studies)

    def check_strength(self, where: str, strength: str, studies: tuple[Study, ...]) -> None:
        if not studies:
            self.wrong(f"{where}.sources", f"name a study from {SOURCES}, or write strength: practice")
            return
        most = max((study.at_most for study in studies), key=STUDY_STRENGTHS.index)
        if STUDY_STRENGTHS.index(strength) > STUDY_STRENGTHS.index(most):
            self.wrong(f"{where}.strength", f"write {most}; these studies carry no more")

    def law(self) -> tuple[Law, ...]:
        found = []
        for i, item in enumerate(self.fields.get("law") or []):
            act = self.laws.get(str(item.get("act"))) if isinstance(item, dict) else None
            if act is None:
                self.wrong(f"law[{i}].act", f"use one of {', '.join(self.laws)}")
            elif not str(item.get("at") or "").startswith(("§", "kapittel")):
                self.wrong(f"law[{i}].at", 'write the paragraph, such as "§ 15-6"')
            else:
                found.append(Law(f"{act['name']} {item['at']}", act["url"]))
        return tuple(found)
