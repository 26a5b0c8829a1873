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
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path
from timeit import repeat
from typing import Any, BinaryIO, NamedTuple

from benchmarks import Figure
from inclusion_rules.estimate import estimate
from inclusion_rules.operations import OPERATIONS, NavTables
from inclusion_rules.periods import Period
from inclusion_rules.rates import shipped_rates
from inclusion_rules.refund import FIXED_WAGE, Claim, IncomeLine, refunds_in_order
from inclusion_rules.refund_deadline import refund_deadline
from inclusion_rules.subsidy import PERMANENT, Agreement, EffortGroup, SubsidyPeriod, subsidy_periods
from inclusion_rules.wage_cost import MonthlyCost, monthly_cost

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
    yield from monthly_cost_with_trace()
    yield three_year_agreement()


MOST_MICROSECONDS_COST = 100
MOST_MILLISECONDS_AGREEMENT = 2


def monthly_cost_with_trace() -> Iterator[Figure]:
    """A month's cost with every rate behind it, dated and sourced; and the same as a page says it in words.

    The words go through Django's translation for each sentence, which costs more than all the arithmetic.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from toolbox.catalogue.explanations import cost_rows
    from toolbox.catalogue.forms import PositionForm

    book = shipped_rates()
    form = PositionForm.filled({"kommune": "3101", "andel": "60"}, today=date(2026, 11, 24), rates=book)
    assert form.is_valid(), form.errors
    answers = form.answers()
    position, on = answers.position, answers.start
    found = estimate(answers.measure, position, start=on, end=None, rates=book)
    keys = ("shared.holiday_pay_agreement", "shared.pension_minimum", answers.contribution_key)

    def reckon() -> MonthlyCost:
        return monthly_cost(
            position.monthly_wage(on, book),
            holiday_percent=position.holiday_percent,
            pension_percent=position.pension_percent,
            contribution_percent=position.contribution_percent,
        )

    def with_rates() -> None:
        reckon()
        for key in keys:
            book.rate(key, on)

    def in_words() -> None:
        first = replace(found.costs[0], cost=reckon())
        cost_rows(answers, replace(found, costs=(first,)), book)

    aim = f"at most {MOST_MICROSECONDS_COST}"
    yield Figure("rules: monthly cost with every rate behind it", 1e6 * _seconds(with_rates), "µs", aim)
    yield Figure("pages: monthly cost, its rows in words", 1e6 * _seconds(in_words), "µs")


def three_year_agreement() -> Figure:
    """36 periods of a permanent subsidy, a refund of each in turn, and the day it is due."""
    look = NavTables(shipped_rates())
    agreement = Agreement(
        measure=PERMANENT,
        group=EffortGroup.SMALL_CHANCE,
        start=date(2027, 1, 1),
        end=date(2029, 12, 31),
        monthly_total=39_104,
        chosen_percent=Decimal(75),
    )

    def work_out() -> None:
        periods = subsidy_periods(agreement, look)
        refunds_in_order(map(_claim, periods), look)
        for period in periods:
            refund_deadline(period.end, look)

    aim = f"at most {MOST_MILLISECONDS_AGREEMENT}"
    return Figure("rules: agreement of three years with its refunds", 1e3 * _seconds(work_out), "ms", aim)


def _claim(period: SubsidyPeriod) -> Claim:
    """A month in which the wage was as agreed."""
    return Claim(
        measure=PERMANENT,
        period=Period(period.start, period.end),
        subsidy_percent=period.percent or Decimal(0),
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
        approved=period.amount or 0,
        lines=(IncomeLine(FIXED_WAGE, Decimal(30_000), period.start, earned_in_period=True),),
    )


def _seconds(work_out: Callable[[], None]) -> float:
    """Seconds of one processor for one time, the best of several: a busy machine is slower."""
    times = 200
    return min(repeat(work_out, number=times, repeat=7, timer=time.process_time)) / times


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
