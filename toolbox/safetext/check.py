"""One question about a free text: may it be saved?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from toolbox.safetext import words
from toolbox.safetext.national_id import national_ids

#: The rule, and the subject, of a national identity number.
NATIONAL_ID = "national_id"


class Outcome(StrEnum):
    """What happens to the text: refused, asked about once, or let through."""

    STOP = "stop"
    THINK = "think"
    PASS = "pass"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a rule found something. Holds no word of the text, so that it may be counted and logged."""

    outcome: Outcome
    rule: str
    subject: str
    start: int
    end: int

    def words(self, text: str) -> str:
        """The words that caused it, out of the text that was checked."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a text, in the order it stands there."""

    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        """The gravest of the findings."""
        found = {finding.outcome for finding in self.findings}
        return next((each for each in (Outcome.STOP, Outcome.THINK) if each in found), Outcome.PASS)

    def messages(self, language: str) -> list[str]:
        """What to tell the writer in "nb", "nn" or "en": one text a subject that stops, or one question."""
        grave = [each for each in self.findings if each.outcome == self.outcome]
        return list(dict.fromkeys(_said_of(each, language) for each in grave))


def check(text: str) -> Verdict:
    """Look for national identity numbers and words of private life in a text of any length and language.

    Positions count characters of `text` as given. Nothing is kept.
    """
    ids = [Finding(Outcome.STOP, NATIONAL_ID, NATIONAL_ID, start, end) for start, end in national_ids(text)]
    found = [
        Finding(Outcome(each.rule.outcome), each.rule.name, each.rule.subject, each.start, each.end)
        for each in words.find(text)
    ]
    return Verdict(tuple(sorted(ids + found, key=lambda each: each.start)))


def national_id_found(language: str) -> str:
    """What to tell whoever wrote something that looks like a national identity number."""
    return str(_texts()[NATIONAL_ID][language])


def _said_of(finding: Finding, language: str) -> str:
    if finding.rule == NATIONAL_ID:
        return national_id_found(language)
    if finding.outcome is Outcome.THINK:
        return str(_texts()["think"][language])
    return str(_texts()["stop"][finding.subject][language])


@cache
def _texts() -> Any:
    with Path(__file__).with_name("texts.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)
