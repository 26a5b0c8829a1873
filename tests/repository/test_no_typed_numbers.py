"""A number of law is never typed in code: it stands in a rate file, with a date and a source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "inclusion_rules"
MODULES = sorted(ROOT.rglob("*.py"))

#: Numbers that say how to count, not what the law gives: nothing, one, a pair, months in a year, a hundred.
ALLOWED = {0, 1, 2, 12, 100}

#: Named constants that are no rates, and why they may stand in code.
NAMED = {
    ("money.py", "ROUNDING_DECIMALS"): "how NAV's systems round a quotient: part of the operator",
    ("inputs.py", "LARGEST"): "a guard on what is read, not a figure of any scheme",
    ("operations.py", "_MOST_YEARS"): "a guard on what is laid out, not a figure of any scheme",
}


def typed_numbers(source: str, named: set[str]) -> list[str]:
    """Every number in the code that is not allowed, also one written as text to Decimal and its like."""
    tree = ast.parse(source)
    excused = {
        id(inner)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id in named
        for inner in ast.walk(node.value)
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in excused:
            continue
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex):
            if node.value not in ALLOWED:
                found.append(f"line {node.lineno}: {node.value}")
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = node.args[0].value
            if called in {"Decimal", "Fraction", "int", "float"} and isinstance(text, str):
                found.append(f"line {node.lineno}: {text!r}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_number_is_typed(path):
    where = str(path.relative_to(ROOT))
    named = {name for module, name in NAMED if module == where}
    assert typed_numbers(path.read_text(), named) == []


def test_every_excuse_is_still_needed():
    for module, name in NAMED:
        source = (ROOT / module).read_text()
        assert typed_numbers(source, {other for where, other in NAMED if where == module and other != name})


@pytest.mark.parametrize(
    "source",
    ["x = 40", "x = -3", "x = 0.4", "def f(p=75): ...", "x = Decimal('14.1')", "NAME = 1_000", "f(x[:7])"],
)
def test_typed_number_is_caught(source):
    assert typed_numbers(source, set())


@pytest.mark.parametrize(
    "source", ["x = 12 * years", "x = True", "x = -1", "x = Decimal(100)", "x = 'percent_year_4'"]
)
def test_counting_is_no_rate(source):
    assert typed_numbers(source, set()) == []


def test_name_excuses_its_own_value_only():
    assert typed_numbers("LARGEST = 10**6", {"LARGEST"}) == []
    assert typed_numbers("LARGEST = 10**6\nx = 10", {"LARGEST"}) == ["line 2: 10"]
