"""Every measure's worked cases, and words in three languages for every reason a rule can give."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from inclusion_rules import measures
from inclusion_rules.measures import RATE_REFERENCE, all_measures, shared_reasons
from inclusion_rules.rates import LANGUAGES, NoRate, shipped_rates
from inclusion_rules.reviewed_file import read_yaml
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import State
from inclusion_rules.worked_cases import situation

RULES = sorted(path.parent.name for path in measures.HERE.glob("*/rule.py"))
FACTS = {field.name: field for field in fields(Situation)}


def cases_of(key: str) -> list[dict]:
    path = measures.HERE / key / "cases.yaml"
    return read_yaml(path) if path.exists() else []


CASES = [
    pytest.param(path.parent.name, case, id=f"{path.parent.name}: {case['name']}")
    for path in sorted(measures.HERE.glob("*/cases.yaml"))
    for case in cases_of(path.parent.name)
]


@pytest.mark.parametrize(("key", "case"), CASES)
def test_case(key, case):
    measure, rates = all_measures()[key], shipped_rates()
    asked, expect = situation(case["situation"]), case["expect"]
    assert set(expect) <= {"state", "reasons", "amounts", "missing"}, (
        f"unknown words in expect: {sorted(expect)}"
    )
    verdict = measure.assess(asked, rates)
    assert verdict is not None, f"{key} has cases and no rule"
    assert verdict.state is State(expect["state"])
    if "reasons" in expect:
        assert list(verdict.reasons) == expect["reasons"]
    if "amounts" in expect:
        found = measure.amounts_for(asked, rates)
        wanted = [
            {name: Decimal(str(value)) if name == "value" else value for name, value in amount.items()}
            for amount in expect["amounts"]
        ]
        shown = [
            {name: getattr(amount, name) for name in want} for amount, want in zip(found, wanted, strict=True)
        ]
        assert shown == wanted
    if "missing" in expect:
        with pytest.raises(NoRate) as told:
            measure.amounts_for(asked, rates)
        assert told.value.key == expect["missing"]


@pytest.mark.parametrize("key", RULES)
def test_every_rule_has_cases_of_both_kinds(key):
    cases = cases_of(key)
    assert len(cases) >= 2, f"{key}: write at least two cases"
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names)), f"{key}: two cases have the same name"


def test_cases_stand_beside_a_rule():
    assert {path.parent.name for path in measures.HERE.glob("*/cases.yaml")} == set(RULES)


DAYS = [
    None,
    date(2026, 8, 1),
    date(2027, 1, 31),
    date(2027, 6, 15),
    date(2027, 8, 20),
    date(2027, 9, 1),
    date(2033, 1, 1),
]
VALUES = {
    "start": DAYS,
    "end": DAYS,
    "municipality": [None, "3101", "0301"],
    "work": [None, "kjokken"],
    "position_percent": [None, Decimal(10), Decimal(60), Decimal(100)],
    "monthly_wage": [None, Decimal(30000)],
    "nav_percent": [None, Decimal(40), Decimal(60)],
}


def situations(key: str):
    """Every combination of the facts that the rule's source names, some days included."""
    source = (Path(measures.HERE) / key / "rule.py").read_text()
    used = [name for name in FACTS if name != "on" and re.search(rf"\b{name}\b", source)]
    choices = [VALUES.get(name, list(Known)) for name in used]
    for on in (date(2026, 11, 24), date(2027, 5, 1)):
        for values in product(*choices):
            yield Situation(on=on, **dict(zip(used, values, strict=True)))


def given_reasons(key: str) -> set[tuple[State, str]]:
    measure, rates = all_measures()[key], shipped_rates()
    given = set()
    for asked in situations(key):
        verdict = measure.assess(asked, rates)
        assert verdict is not None
        assert (verdict.state is State.MAY_FIT) == (not verdict.reasons)
        given |= {(verdict.state, reason) for reason in verdict.reasons}
    return given


def named_reasons(key: str) -> set[str]:
    """The reasons in the rule's source: the text arguments of the functions that make a condition."""
    position = {"needs": 1, "barred_by": 1, "must": 1, "asks_nav": 0, "Condition": 1}
    found = set()
    for node in ast.walk(ast.parse((measures.HERE / key / "rule.py").read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in position:
            reason = node.args[position[node.func.id]]
            if isinstance(reason, ast.Constant):
                found.add(reason.value)
    return found


@pytest.mark.parametrize("key", RULES)
def test_every_reason_has_words_in_three_languages(key):
    measure, given = all_measures()[key], given_reasons(key)
    for state, code in given:
        words = measure.reason(code, state)
        assert set(words) == set(LANGUAGES), f"{key}: {code} lacks a language for {state.value}"
        assert all(text.strip() for text in words.values())
    unreached = named_reasons(key) - {code for _, code in given}
    assert not unreached, f"{key}: no situation gives {sorted(unreached)}"
    unsaid = set(measure.reasons) - {code for _, code in given}
    assert not unsaid, f"{key}: words for {sorted(unsaid)}, which the rule never gives"


@pytest.mark.parametrize("key", RULES)
def test_every_amount_has_words(key):
    measure, rates = all_measures()[key], shipped_rates()
    codes = set()
    for asked in situations(key):
        try:
            codes |= {amount.code for amount in measure.amounts_for(asked, rates)}
        except NoRate:
            continue
    assert codes == set(measure.amounts)


def test_shared_reasons_are_used_and_said_in_three_languages():
    given = set().union(*(given_reasons(key) for key in RULES))
    for code, reason in shared_reasons().items():
        assert code in {found for _, found in given}, f"no rule gives {code}"
        for words in (reason.only_if, reason.not_now):
            assert words is None or set(words) == set(LANGUAGES)


@pytest.mark.parametrize("key", sorted(all_measures()))
def test_every_reference_leads_to_a_rate_or_a_measure(key):
    rates, measure = shipped_rates(), all_measures()[key]
    text = (measures.HERE / key / "measure.yaml").read_text()
    for name in RATE_REFERENCE.findall(text):
        assert (name if "." in name else f"{key}.{name}") in rates, f"{key}: there is no rate {name}"
    for other in (*measure.combines_with, *measure.excludes, *measure.replaced_by):
        assert other in all_measures(), f"{key}: there is no measure {other}"
