"""What Nav's digital agreement asks an employer for, field by field, in Nav's order and words.

The fields stand in agreement_fields.yaml. We fill in none of those about a person, and ask for none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from inclusion_rules.rates import Source
from inclusion_rules.three_languages import Text, TextFileError, read_file, sources, text, text_or_none

FILE = "agreement_fields.yaml"


class FilledBy(Enum):
    """Who knows what belongs in a field. TOGETHER is what concerns a person or lies between people."""

    ANSWERS = "answers"
    COMPANY = "company"
    TOGETHER = "together"
    NAV = "nav"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `label` in bokmål is Nav's word; `hint` says what belongs there, None where it is plain."""

    key: str
    label: Text
    filled_by: FilledBy
    hint: Text | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of Nav's form."""

    key: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class AgreementFields:
    """The steps of a wage subsidy's agreement, and of the mentor's beside it.

    `address` is where Nav takes the agreement, `refund_address` where it takes the claims afterwards.
    """

    subsidy: tuple[Step, ...]
    mentor: tuple[Step, ...]
    address: str
    refund_address: str
    checked: date
    sources: tuple[Source, ...]


@lru_cache(maxsize=1)
def agreement_fields() -> AgreementFields:
    """The fields, read once a process. TextFileError says what the file lacks, and where."""
    raw = read_file(FILE)
    return AgreementFields(
        subsidy=tuple(_step(fields) for fields in raw["subsidy"]),
        mentor=tuple(_step(fields) for fields in raw["mentor"]),
        address=raw["address"],
        refund_address=raw["refund_address"],
        checked=raw["checked"],
        sources=sources(raw["sources"]),
    )


def _step(raw: dict[str, Any]) -> Step:
    where = f"{FILE} {raw['key']}"
    fields = tuple(_field(field, f"{where}.{field['key']}") for field in raw["fields"])
    return Step(raw["key"], text(raw["title"], f"{where}.title"), fields)


def _field(raw: dict[str, Any], where: str) -> Field:
    if raw.get("filled_by") not in {who.value for who in FilledBy}:
        raise TextFileError(f"{where}: filled_by is one of {', '.join(who.value for who in FilledBy)}")
    return Field(
        key=raw["key"],
        label=text(raw["label"], f"{where}.label"),
        filled_by=FilledBy(raw["filled_by"]),
        hint=text_or_none(raw.get("hint"), f"{where}.hint"),
    )
