"""The lists measured on sentences that were written before them.

A third of the sentences, chosen by their checksum, is held back: the lists are tuned on the others, and what
is found in the held-back ones is only counted. `pytest -s` shows the figures. Nobody looks at which they are.
"""

from __future__ import annotations

import zlib
from collections import Counter
from pathlib import Path

import pytest

from inclusion_rules.reviewed_file import read_yaml
from toolbox.safetext.check import check

OUTCOMES = ("stop", "think", "pass")
LANGUAGES = ("nb", "nn", "en")


def sentences() -> list[tuple[str, str, str]]:
    """Outcome, language and sentence."""
    corpus = read_yaml(Path(__file__).with_name("corpus.yaml"))
    return [
        (outcome, language, line)
        for outcome in OUTCOMES
        for language in LANGUAGES
        for line in corpus[outcome][language].splitlines()
    ]


def is_held_back(sentence: str) -> bool:
    return zlib.crc32(sentence.encode()) % 3 == 0


TUNED = [each for each in sentences() if not is_held_back(each[2])]
HELD_BACK = [each for each in sentences() if is_held_back(each[2])]


def measure(name: str, rows: list[tuple[str, str, str]]) -> dict[str, float]:
    """Shares in per cent of what should have happened and did, or should not have and did."""
    seen = Counter((outcome, str(check(sentence).outcome)) for outcome, _, sentence in rows)

    def count(wanted: str, got: str) -> int:
        return sum(n for (w, g), n in seen.items() if w in wanted.split() and g in got.split())

    sensitive, must_stop = count("stop think", "stop think pass"), count("stop", "stop think pass")
    may_go, innocent = count("think pass", "stop think pass"), count("pass", "stop think pass")
    figures = {
        "caught": 100 * count("stop think", "stop think") / sensitive,
        "stopped": 100 * count("stop", "stop") / must_stop,
        "wrongly stopped": 100 * count("think pass", "stop") / may_go,
        "innocent stopped": 100 * count("pass", "stop") / innocent,
        "innocent asked about": 100 * count("pass", "think") / innocent,
    }
    shown = ", ".join(f"{key} {value:.1f} %" for key, value in figures.items())
    print(f"\n{name}: {len(rows)} sentences ({sensitive} private, {innocent} innocent): {shown}")
    return figures


@pytest.mark.parametrize(("name", "rows"), [("tuned on", TUNED), ("held back", HELD_BACK)])
def test_P11_nearly_all_is_caught_and_next_to_nothing_wrongly_stopped(name, rows):
    figures = measure(name, rows)
    assert figures["caught"] >= 95
    assert figures["stopped"] >= 95
    assert figures["wrongly stopped"] <= 3
    assert figures["innocent stopped"] <= 3
    assert figures["innocent asked about"] <= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_P11_no_language_is_left_behind(language):
    figures = measure(language, [each for each in sentences() if each[1] == language])
    assert figures["stopped"] >= 95
    assert figures["wrongly stopped"] <= 3


def test_the_corpus_is_large_and_half_of_it_innocent():
    rows = sentences()
    assert len(rows) >= 400
    assert len({(language, sentence) for _, language, sentence in rows}) == len(rows)
    assert 0.4 <= sum(outcome == "pass" for outcome, _, _ in rows) / len(rows) <= 0.6
    assert len(HELD_BACK) >= len(rows) / 3.2
