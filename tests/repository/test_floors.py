"""A room imports only from floors below; rooms on one floor do not know each other; the ground floor is pure.

Read from the syntax tree, so that an import inside a function, a relative one, `from toolbox import room` and
import_module("toolbox.room") count like any other.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FLOORS = {
    11: ["console"],
    10: ["config"],
    9: ["api", "opendata", "desk"],
    8: ["guide", "search"],
    7: ["figures"],
    6: ["collaboration"],
    5: ["catalogue", "jobs"],
    4: ["directory", "mapping", "stories", "learning", "tools"],
    3: ["publishing"],
    2: ["access"],
    1: ["ui", "places", "outbox"],
    0: ["inclusion_rules", "safetext", "disclosure"],
}
FLOOR = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
#: `toolbox evaluate` stands apart: it may use these rooms and no other.
APART = {"evaluate": {"inclusion_rules"}}
#: The command opens the door to what stands apart.
MAY_OPEN = {("console", "evaluate")}

#: What the ground floor may use besides the standard library.
PURE_PACKAGES = {"yaml", "numpy"}
#: Parts of the standard library that reach a network, another process, a database or a clock.
IMPURE = {
    "asyncio",
    "ftplib",
    "http",
    "imaplib",
    "multiprocessing",
    "poplib",
    "select",
    "smtplib",
    "socket",
    "socketserver",
    "sqlite3",
    "ssl",
    "subprocess",
    "time",
    "urllib",
    "webbrowser",
    "xmlrpc",
}
CLOCK_CALLS = {"today", "now", "utcnow"}


def imports(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of all that the module imports. `from a import b` gives a.b: b may be a module."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = [node.module] if node.module else []
            if node.level:
                base = [*package[: len(package) - node.level + 1], *base]
            for alias in node.names:
                yield node.lineno, ".".join([*base, alias.name])
        elif (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
        ):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0] if isinstance(node.args[0], ast.Constant) else node.args[0].values[0]
            if called in {"import_module", "__import__"} and isinstance(first, ast.Constant):
                yield node.lineno, str(first.value)


def room_of(name: str) -> str | None:
    """The room a full name lies in, None when it is none of ours. `toolbox` itself is nobody's room."""
    parts = name.split(".")
    if parts[0] in {"inclusion_rules", "config"}:
        return parts[0]
    return parts[1] if parts[0] == "toolbox" and len(parts) > 1 else None


def wrong_imports(source: str, module: str, is_package: bool = False) -> list[str]:
    """What `module` may not import, one line each with the reason."""
    room = room_of(module)
    if room is None:
        return [
            f"{module}:{line} imports {name}"
            for line, name in imports(source, module, is_package)
            if name != "__future__.annotations"
        ]
    found = []
    for line, name in imports(source, module, is_package):
        where, other = f"{module}:{line} imports {name}", room_of(name)
        if other is not None and other != room and (room, other) not in MAY_OPEN:
            if room in APART:
                if other not in APART[room]:
                    found.append(f"{where}: {room} stands apart")
            elif other in APART:
                found.append(f"{where}: {other} stands apart")
            elif other not in FLOOR:
                found.append(f"{where}: {other} has no floor; give it one here")
            elif FLOOR[other] == FLOOR[room]:
                found.append(f"{where}: rooms on one floor do not know each other")
            elif FLOOR[other] > FLOOR[room]:
                found.append(f"{where}: that is a floor up; point there by URL name instead")
        if FLOOR.get(room) == 0 and other is None:
            top = name.split(".")[0]
            pure = top in PURE_PACKAGES or (top in sys.stdlib_module_names and top not in IMPURE)
            if not pure:
                found.append(f"{where}: the ground floor is pure")
    return found


def clock_reads(source: str, module: str) -> list[str]:
    return [
        f"{module}:{node.lineno} reads the clock by {node.func.attr}(): whoever asks brings the date"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
    ]


def modules() -> Iterator[tuple[str, bool, str]]:
    """Name, whether it is a package, and source of every module of ours."""
    for top in ("inclusion_rules", "toolbox", "config"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            yield ".".join(parts[:-1] if is_package else parts), is_package, path.read_text()


MODULES = list(modules())


@pytest.mark.parametrize(("module", "is_package", "source"), MODULES, ids=[name for name, _, _ in MODULES])
def test_imports_point_down(module, is_package, source):
    assert wrong_imports(source, module, is_package) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param(name, source, id=name)
        for name, _, source in MODULES
        if FLOOR.get(room_of(name) or "") == 0
    ],
)
def test_ground_floor_never_reads_the_clock(module, source):
    assert clock_reads(source, module) == []


def test_every_room_has_one_floor():
    rooms = [room for floor in FLOORS.values() for room in floor]
    assert len(rooms) == len(set(rooms))
    lying_about = {room_of(name) for name, _, _ in MODULES} - {None} - set(FLOOR) - set(APART)
    assert not lying_about, f"give {sorted(lying_about)} a floor"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("toolbox.ui.views", "from toolbox.guide.models import Saved"),
        ("toolbox.ui.views", "import toolbox.guide"),
        ("toolbox.ui.views", "from toolbox import guide"),
        ("toolbox.ui.views", "from .. import guide"),
        ("toolbox.ui.views", "from ..guide.models import Saved"),
        ("toolbox.ui.views", "def later():\n    from toolbox.guide import models"),
        ("toolbox.ui.views", "import_module('toolbox.guide.models')"),
        ("toolbox.ui.views", "importlib.import_module(f'toolbox.guide.{name}')"),
        ("toolbox.ui.views", "from toolbox.places import sorting"),
        ("toolbox.ui.views", "from config import settings"),
        ("toolbox.ui.views", "from toolbox.cellar import wine"),
        ("toolbox.guide.views", "from toolbox.evaluate import answer"),
        ("toolbox.evaluate", "from toolbox.ui import clock"),
        ("toolbox.evaluate", "import toolbox.console"),
        ("toolbox", "import django"),
        ("inclusion_rules.offers", "from toolbox.ui.clock import today"),
        ("inclusion_rules.offers", "import django"),
        ("inclusion_rules.offers", "import requests"),
        ("inclusion_rules.offers", "from urllib.request import urlopen"),
        ("inclusion_rules.offers", "import time"),
        ("toolbox.safetext.health", "from toolbox.disclosure import cells"),
    ],
)
def test_wrong_import_is_caught(module, source):
    assert wrong_imports(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "toolbox.guide.views",
            "from toolbox.ui import clock\nfrom . import forms\nfrom ..catalogue import views",
        ),
        ("toolbox.guide.views", "from inclusion_rules.offers import offers\nimport django"),
        ("toolbox.evaluate", "from inclusion_rules.operations import evaluate\nimport select"),
        ("toolbox.console", "from toolbox.evaluate import run\nimport config.settings"),
        ("inclusion_rules.offers", "import yaml\nimport numpy as np\nfrom inclusion_rules.rates import Rate"),
    ],
)
def test_right_import_passes(module, source):
    assert wrong_imports(source, module) == []


def test_relative_import_in_a_package_starts_in_the_package():
    assert wrong_imports("from ..guide import views", "toolbox.ui", is_package=True)
    assert wrong_imports("from . import views", "toolbox.ui", is_package=True) == []


def test_clock_is_caught():
    assert clock_reads("from datetime import date\nday = date.today()", "m")
    assert clock_reads("datetime.datetime.now(tz)", "m")
