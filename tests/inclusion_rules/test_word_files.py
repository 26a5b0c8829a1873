"""The files of words with legal weight: complete in three languages, and their faults named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from inclusion_rules import already_employed, bad_cases, forms_of_inclusion, gain, interview_questions, risks
from inclusion_rules.measures import RATE_REFERENCE, all_measures
from inclusion_rules.rates import LANGUAGES, shipped_rates
from inclusion_rules.three_languages import TextFileError, read_file, text

FILES = {
    "already_employed": already_employed.already_employed,
    "bad_cases": lambda: tuple(bad_cases.all_words().values()),
    "forms_of_inclusion": forms_of_inclusion.forms_of_inclusion,
    "gain": lambda: tuple(gain.gains().values()),
    "interview_questions": interview_questions.interview_questions,
    "risks": risks.risks,
}


def texts_in(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


@pytest.mark.parametrize("name", FILES)
def test_every_text_speaks_three_languages_and_refers_to_rates_that_exist(name: str) -> None:
    found = list(texts_in(FILES[name]()))
    assert len(found) > 20
    for words in found:
        assert set(words) == set(LANGUAGES) and all(words.values())
        referred = [set(RATE_REFERENCE.findall(words[code])) for code in LANGUAGES]
        assert referred[0] == referred[1] == referred[2], words["nb"]
        assert all(key in shipped_rates() for key in referred[0]), words["nb"]


def test_every_measure_they_lead_to_exists() -> None:
    stages = already_employed.already_employed().sections
    columns = forms_of_inclusion.forms_of_inclusion().columns
    assert {key for part in (*stages, *columns) for key in part.measures} <= set(all_measures())


def test_a_missing_language_is_named_with_its_place() -> None:
    with pytest.raises(TextFileError, match="somewhere.title: write a text in nn"):
        text({"nb": "Ja", "nn": "", "en": "Yes"}, "somewhere.title")


@pytest.mark.parametrize(
    "module, name, spoil, says",
    [
        (
            forms_of_inclusion,
            "forms_of_inclusion",
            lambda raw: raw["rows"][0]["cells"].popitem(),
            "one cell for each",
        ),
        (
            forms_of_inclusion,
            "forms_of_inclusion",
            lambda raw: raw["rows"][0]["cells"]["tryout"].pop("law"),
            "rows.pays_wages.tryout: name the paragraph",
        ),
        (
            interview_questions,
            "interview_questions",
            lambda raw: raw["may_not_ask"]["items"][2].pop("law"),
            r"may_not_ask.items\[2\]: name the paragraph",
        ),
        (
            already_employed,
            "already_employed",
            lambda raw: raw["sections"][0]["items"][0].update(evidence="sure"),
            "use one of law",
        ),
    ],
)
def test_what_a_file_lacks_is_named(monkeypatch: Any, module: Any, name: str, spoil: Any, says: str) -> None:
    raw = read_file(f"{name}.yaml")
    spoil(raw)
    monkeypatch.setattr(module, "read_file", lambda _name: raw)
    with pytest.raises(TextFileError, match=says):
        getattr(module, name).__wrapped__()
