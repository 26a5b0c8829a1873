"""What an employer may ask somebody, may not ask, and should ask whoever proposes a person.

The words and paragraphs stand in interview_questions.yaml, read against the law texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, TextFileError, read_file, sources, text, text_or_none

FILE = "interview_questions.yaml"


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a person or a job. `note` limits a lawful one, `exception` a forbidden one.

    A forbidden question without an exception is forbidden always.
    """

    words: Text
    law: str
    note: Text | None
    exception: Text | None


@dataclass(frozen=True, slots=True)
class ProviderQuestion:
    """One question to Nav or a provider, and why it is worth asking."""

    words: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Rewording:
    """What not to say, and a way to say it that is about the work."""

    instead_of: Text
    say: Text


@dataclass(frozen=True, slots=True)
class Section:
    title: Text
    text: Text
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class InterviewQuestions:
    may_ask: Section
    may_not_ask: Section
    exceptions: Text
    ask_provider: Section
    about_work: Section
    checked: date
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def interview_questions() -> InterviewQuestions:
    """The questions, read once a process. TextFileError says what is missing in the file."""
    raw = read_file(FILE)
    return InterviewQuestions(
        may_ask=_section(raw, "may_ask", _question),
        may_not_ask=_section(raw, "may_not_ask", _question),
        exceptions=text(raw["may_not_ask"]["exceptions"], f"{FILE} may_not_ask.exceptions"),
        ask_provider=_section(raw, "ask_provider", _provider_question),
        about_work=_section(raw, "say_about_work", _rewording),
        checked=raw["checked"],
        sources=sources(raw["sources"]),
    )


def _section(raw: dict[str, Any], name: str, read: Any) -> Section:
    fields = raw[name]
    return Section(
        title=text(fields["title"], f"{FILE} {name}.title"),
        text=text(fields["text"], f"{FILE} {name}.text"),
        items=tuple(read(item, f"{FILE} {name}.items[{i}]") for i, item in enumerate(fields["items"])),
    )


def _question(item: dict[str, Any], where: str) -> Question:
    if not item.get("law"):
        raise TextFileError(f"{where}: name the paragraph in `law`")
    return Question(
        words=text(item, where),
        law=item["law"],
        note=text_or_none(item.get("note"), f"{where}.note"),
        exception=text_or_none(item.get("exception"), f"{where}.exception"),
    )


def _provider_question(item: dict[str, Any], where: str) -> ProviderQuestion:
    return ProviderQuestion(text(item["question"], f"{where}.question"), text(item["why"], f"{where}.why"))


def _rewording(item: dict[str, Any], where: str) -> Rewording:
    return Rewording(text(item["instead_of"], f"{where}.instead_of"), text(item["say"], f"{where}.say"))
