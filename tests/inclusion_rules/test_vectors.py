"""Every public worked case of NAV's calculations, through the operations and through the real command."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inclusion_rules.inputs import NoAnswer
from inclusion_rules.operations import OPERATIONS, NavTables, evaluate
from inclusion_rules.rates import shipped_rates

FILE = Path(__file__).parents[1] / "vectors" / "calculation-vectors.json"
VECTORS = json.loads(FILE.read_text(), parse_float=Decimal)["vectors"]


def differences(expected: Any, found: Any, tolerance: int, where: str = "") -> list[str]:
    """What of `expected` is not in `found`. Only keys that are named count, and `{}` asserts nothing."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{where}: {found!r} is no object"]
        missing = [f"{where}.{key} is missing" for key in expected if key not in found]
        return missing + [
            difference
            for key, value in expected.items()
            if key in found
            for difference in differences(value, found[key], tolerance, f"{where}.{key}")
        ]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{where}: {len(expected)} items wanted, found {found!r}"]
        return [
            difference
            for place, (want, have) in enumerate(zip(expected, found, strict=True))
            for difference in differences(want, have, tolerance, f"{where}[{place}]")
        ]
    if tolerance and where.endswith("_nok") and isinstance(expected, int) and isinstance(found, int):
        return [] if abs(expected - found) <= tolerance else [f"{where}: {expected} wanted, found {found}"]
    same = expected == found and isinstance(expected, bool) == isinstance(found, bool)
    return [] if same else [f"{where}: {expected!r} wanted, found {found!r}"]


def test_nothing_is_left_out():
    assert len(VECTORS) == 229
    assert {vector["op"] for vector in VECTORS} == set(OPERATIONS)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_operation(vector):
    expected = vector["expected"]
    try:
        found = evaluate(vector["op"], vector["input"], NavTables(shipped_rates()))
    except NoAnswer as error:
        found = {"error": error.code}
    assert differences(expected, found, vector.get("tolerance_nok", 0)) == []


def test_command_gives_every_vector_in_order():
    questions = "".join(
        json.dumps({"id": vector["id"], "op": vector["op"], "input": vector["input"]}, default=float) + "\n"
        for vector in VECTORS
    )
    command = [sys.executable, "-m", "toolbox.console", "evaluate"]
    done = subprocess.run(command, input=questions, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [vector["id"] for vector in VECTORS]
    wrong = []
    for vector, answer in zip(VECTORS, answers, strict=True):
        found = answer["result"] if "result" in answer else {"error": answer["error"]["code"]}
        wrong += differences(vector["expected"], found, vector.get("tolerance_nok", 0), vector["id"])
    assert wrong == []


def test_a_difference_is_seen():
    assert differences({"a": [{}, {"b_nok": 5}]}, {"a": [{"c": 1}, {"b_nok": 6}], "d": 2}, 1) == []
    assert differences({"a": [{}, {"b_nok": 5}]}, {"a": [{"c": 1}, {"b_nok": 6}]}, 0)
    assert differences({"a": None}, {}, 0)
    assert differences([1], [1, 2], 0)
    assert differences(False, 0, 0)
