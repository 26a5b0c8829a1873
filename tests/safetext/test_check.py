"""P11: words of private life in three languages, inflected and misspelt; and the innocent ones that pass."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest

from inclusion_rules.measures.mentor import rule as mentor
from inclusion_rules.reviewed_file import read_yaml
from toolbox.safetext import words
from toolbox.safetext.check import Finding, Outcome, Verdict, check

CANARY = "Canary7F"


def outcome(text: str) -> str:
    return str(check(text).outcome)


@pytest.mark.parametrize(
    "text",
    [
        "depresjon",
        "Depresjonen",
        "depresjonsplaget",
        "DEPRESJON",
        "fødselsdepresjon",
        "deppresjon",
        "depresjnsplaget",
        "shizofren",
        "angts",
        "ho er sjukmeld for angst",
        "sykmeldt for rygg",
        "Diagnose F32.1",
        "f32.1",
        "ICD-10 F32",
        "Hun har ME",
        "Han har MS",
        "Ritalin",
        "ritallin",
        "HAN BRUKER RITALIN",
        "de\u00adpre\u200bsjon",
        "ｄｅｐｒｅｓｊｏｎ",
        "straffedømt",
        "medlem av Fagforbundet",
        "Hun er muslim",
        "homofil",
        "gravid",
        "stemmer på Høyre",
        "She is pregnant",
        "convicted of theft",
    ],
)
def test_P11_stopped(text):
    assert outcome(text) == "stop"


@pytest.mark.parametrize("text", ["sliten", "rygg", "rus", "sykmeldt", "allergisk", "She is tired", "legen"])
def test_P11_asked_about(text):
    assert outcome(text) == "think"


@pytest.mark.parametrize(
    "text",
    [
        "rustfritt stål",
        "F32-lader",
        "angstrom",
        "diagnoseverktøy for bil",
        "Kreftforeningen",
        "psykologisk trygghet i teamet",
        "sykkelverksted",
        "sykepleier",
        "MS Office",
        "bipolar transistor",
        "Bekreft timen",
        "drivkreftene i bransjen",
        "fangst og fiske",
        "en organisert kø",
        "politisk verksted",
        "psykososialt arbeidsmiljø",
        "nedbør i diameter",
        "tretten kunder",
        "call me",
        "they add it",
        "kreftfremkallende stoffer merkes",
    ],
)
def test_P11_innocent(text):
    assert outcome(text) == "pass"


def test_a_capital_letter_is_meant_where_the_list_has_one():
    assert outcome("Han har MS") == "stop"
    assert outcome("rom på 4 ms") == "pass"


def test_what_goes_on_after_sick_leave_decides():
    assert outcome("Han er sykmeldt for angst") == "stop"
    assert outcome("Han er sykmeldt for tida") == "think"


def test_findings_tell_rule_words_and_place():
    text = "Hun har bipolar lidelse og går på litium."
    first, second = check(text).findings
    assert (first.rule, first.words(text), first.start) == ("mental_disorder", "bipolar", 8)
    assert (second.rule, second.words(text)) == ("medicine", "går på litium")


def test_places_are_right_after_signs_that_are_folded_away():
    text = "ＡＢ İ \u00ad de\u00adpresjon"
    assert [each.words(text) for each in check(text).findings] == ["de\u00adpresjon"]


def test_the_gravest_finding_decides_and_every_stopping_subject_speaks_once():
    verdict = check("Sliten, har angst og migrene, er gravid. 15839010009")
    assert verdict.outcome is Outcome.STOP
    said = verdict.messages("nb")
    assert len(said) == 3
    assert said[0].startswith("Teksten ser ut til å beskrive helse.")
    assert said[1].startswith("Teksten ser ut til å fortelle om graviditet")
    assert said[2].startswith("Teksten inneholder et tall som ser ut som et fødselsnummer.")


def test_every_subject_has_a_gentle_text_in_three_languages():
    for _path, _name, content in rules():
        if content["outcome"] != words.INNOCENT:
            finding = Finding(Outcome(content["outcome"]), "rule", content["subject"], 0, 1)
            for language in ("nb", "nn", "en"):
                (said,) = Verdict((finding,)).messages(language)
                assert said and "!" not in said and "du har" not in said.lower()


def rules():
    for path in words.FOLDER.glob("*.yaml"):
        for name, content in read_yaml(path).items():
            yield path, name, content


def test_every_rule_says_why():
    known = {"outcome", "subject", "why", "stems", "words", "phrases", "patterns"}
    for path, name, content in rules():
        assert content.get("why"), f"{path.name}: {name} does not say why"
        assert set(content) <= known, f"{path.name}: {name} has {set(content) - known}"
        assert all(content.values()), f"{path.name}: {name} has an empty list"


@pytest.mark.parametrize(
    "content",
    [{"stems": "rus"}, {"phrases": "går på med*"}, {"phrases": "!en to"}, {"phrases": "a .. b .. c"}],
)
def test_a_list_that_would_not_work_is_refused_with_a_reason(content):
    with pytest.raises(ValueError, match="letters|begin with"):
        words.Lists().add(words.Rule("rule", "stop", "health"), content)


def misspelt(word: str, chance: random.Random) -> str:
    """One letter wrong: left out, doubled, swapped with the next, or another."""
    place = chance.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [
            before + after,
            before + letter * 2 + after,
            before + after[0] + letter + after[1:],
            before + chance.choice("aeiorstnl") + after,
        ]
    )


def test_P11_one_wrong_letter_hides_nothing():
    chance = random.Random(11)
    long_words = {stem.letters for drawer in words._lists().misspelt.values() for stem in drawer}
    tries = [misspelt(word, chance) for word in sorted(long_words)]
    missed = [word for word in tries if outcome(word) != "stop"]
    print(f"\nmisspelt: {len(missed)} of {len(tries)} missed: {missed}")
    assert len(missed) <= 0.05 * len(tries)


def seconds(text: str) -> float:
    started = time.process_time()
    check(text)
    return time.process_time() - started


def empty_turns() -> float:
    """The time of a hundred thousand turns of an empty loop: what this machine manages just now."""
    started = time.process_time()
    for _ in range(100_000):
        pass
    return time.process_time() - started


def test_two_thousand_characters_take_a_millisecond_or_two():
    """On a machine of today a millisecond is the time of seventy thousand empty turns."""
    measure = Path(mentor.__file__).with_name("measure.yaml").read_text(encoding="utf-8")
    text = " ".join(re.findall(r"nb: (.*)", measure))[:2000]
    assert len(text) == 2000
    check(text)
    took, turns = zip(*((seconds(text), empty_turns()) for _ in range(25)), strict=True)
    ratio = min(took) / min(turns)
    print(f"\n2 000 characters: {1000 * min(took):.2f} ms, {ratio:.2f} of 100 000 empty turns")
    assert ratio <= 1.4


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "1",
        "a",
        "depresjon",
        "har har ",
        "medlem i ",
        "er ",
        "sykmeldt for ",
        "\u00ad",
        "a\u200b",
        "F3",
        "_ ",
        ".",
    ],
)
def test_hostile_texts_take_time_in_proportion_to_their_length(unit):
    short, long = ((unit * 100_000)[:length] for length in (25_000, 100_000))
    check(short)
    took = min(seconds(long) for _ in range(2))
    assert took <= 12 * max(min(seconds(short) for _ in range(3)), 0.001)
    assert took <= 400 * empty_turns()


def test_P07_findings_hold_no_word_of_the_text():
    verdict = check(f"{CANARY} har schizofreni, 15839010009")
    assert verdict.outcome is Outcome.STOP
    for secret in (CANARY, "schizo", "15839010009"):
        assert secret not in repr(verdict)
        assert secret not in " ".join(verdict.messages("nb"))
