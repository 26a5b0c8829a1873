"""`toolbox evaluate`, the real command, fed from a file: lines a second, and memory that must not grow.

A machine may be slow or busy, so each speed also stands by processor time, and as a ratio: against a program
that only reads the same lines as JSON and writes them again, in the same run.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from benchmarks import Figure
from inclusion_rules.operations import OPERATIONS

VECTORS = Path(__file__).parents[1] / "tests" / "vectors" / "calculation-vectors.json"
COMMAND = [sys.executable, "-m", "toolbox.console", "evaluate"]
BARE_JSON = [
    sys.executable,
    "-c",
    "import json, sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)))",
]
LINES = 200_000


def monthly_costs() -> Iterator[dict[str, Any]]:
    """Positions of all sizes, the same ones in every run."""
    chance = random.Random(1)
    for number in range(LINES):
        yield {
            "id": number,
            "op": "monthly_cost",
            "input": {
                "monthly_wage_nok": chance.randint(15_000, 70_000),
                "holiday_pay_percent": chance.choice([10.2, 12, 12.5, 14.3]),
                "pension_percent": chance.choice([2, 5, 7.5]),
                "employer_tax_percent": chance.choice([14.1, 10.6, 5.1, 0]),
                "subsidy_percent": chance.choice([40, 60, 70]),
                "position_percent": chance.choice([50, 80, 100]),
            },
        }


def public_vectors() -> Iterator[dict[str, Any]]:
    """NAV's worked cases of the operations we have, over and over in turn."""
    built = [vector for vector in json.loads(VECTORS.read_text())["vectors"] if vector["op"] in OPERATIONS]
    for vector in islice(cycle(built), LINES):
        yield {"id": vector["id"], "op": vector["op"], "input": vector["input"]}


def figures() -> Iterator[Figure]:
    for name, questions, aim in (
        ("monthly_cost", monthly_costs(), 40_000),
        ("public vectors in turn", public_vectors(), 10_000),
    ):
        with tempfile.TemporaryFile() as file:
            file.writelines(json.dumps(question).encode() + b"\n" for question in questions)
            run, bare = timed(COMMAND, file), timed(BARE_JSON, file)
            yield Figure(f"evaluate: {name}", LINES / run.seconds, "lines/s", f"at least {aim}")
            yield Figure(f"evaluate: {name}, of one processor", LINES / run.processor, "lines/s")
            yield Figure(f"evaluate: {name}, work over bare JSON", run.processor / bare.processor, "times")
            yield Figure(f"evaluate: {name}, most memory of a process", run.memory, "MiB")
    yield from memory_growth()


def memory_growth() -> Iterator[Figure]:
    """The same lines once and five times: memory that follows the input would show here."""
    with tempfile.TemporaryFile() as once, tempfile.TemporaryFile() as more:
        lines = b"".join(json.dumps(question).encode() + b"\n" for question in monthly_costs())
        once.write(lines)
        for _ in range(5):
            more.write(lines)
        del lines
        growth = timed(COMMAND, more).memory / timed(COMMAND, once).memory
    yield Figure("evaluate: memory of five times the lines", growth, "times", "about 1")


class Run(NamedTuple):
    """Seconds on the clock, seconds of processors, and MiB of the largest process, workers included."""

    seconds: float
    processor: float
    memory: float


def timed(command: list[str], source: BinaryIO) -> Run:
    source.seek(0)
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
