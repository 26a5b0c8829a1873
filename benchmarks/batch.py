"""A million agreements of twelve months: time, and that time over the bare arithmetic on arrays made ready.

The bare arithmetic is the formulas alone, written out with NumPy for every period: the parts of the cost, the
percentage, whole months and days, the ceiling of the year. No calendar, no rates, no bounds: the days, the
percentages and the ceilings stand ready. Both are reckoned in the same run, in turn, by the time of this
process, so that a busy machine slows both. The file of positions is answered by its real command.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks import Figure
from inclusion_rules.batch import AT_A_TIME, WAYS, Agreements, Array, in_chunks
from inclusion_rules.rates import shipped_rates
from inclusion_rules.subsidy import SUMMER_JOB

AGREEMENTS = 1_000_000
MONTHS = 12
ROUNDS = 3
ROWS = 20_000


def agreements(number: int) -> Agreements:
    """Twelve months each, from any day of a year and a half, the same ones in every run."""
    chance = np.random.default_rng(1)
    start = np.datetime64("2026-08-01") + chance.integers(0, 500, number)
    month = start.astype("datetime64[M]")
    end = (month + MONTHS).astype("datetime64[D]") + (start - month) - 1
    return Agreements(
        way=chance.choice([place for place, way in enumerate(WAYS) if way.measure != SUMMER_JOB], number),
        start=start,
        end=end,
        monthly_wage=chance.integers(15_000, 70_000, number),
        holiday_percent=chance.choice([1020, 1200, 1430], number),
        pension_percent=chance.choice([200, 500, 750], number),
        contribution_percent=chance.choice([1410, 1060, 0], number),
        chosen_percent=chance.integers(0, 76, number) * 100,
    )


def bare(some: Agreements, percent: Array, days: Array, ceiling: Array, same_year: Array) -> Array:
    """The formulas for agreements whose periods stand ready: percentages, days …, one row a month."""
    wage, whole = some.monthly_wage, 10_000
    with_holiday = wage * (whole + some.holiday_percent)
    with_pension = with_holiday * (whole + some.pension_percent)
    _holiday = (wage * some.holiday_percent + whole // 2) // whole
    _pension = (with_holiday * some.pension_percent + whole**2 // 2) // whole**2
    _contribution = (with_pension * some.contribution_percent + whole**3 // 2) // whole**3
    cost = (with_pension * (whole + some.contribution_percent) + whole**3 // 2) // whole**3
    per_month = (cost * percent + whole // 2) // whole
    daily = (per_month * (16 * 10**10) + 243) // 487
    amount: Array = np.where(days == 0, per_month, (days * daily + 10**10 // 2) // 10**10)
    paid = np.zeros_like(wage)
    for month in range(len(amount)):
        paid *= same_year[month]
        amount[month] = np.minimum(amount[month], np.maximum(ceiling[month] - paid, 0))
        paid += amount[month]
    return amount.sum(axis=0)


def figures() -> Iterator[Figure]:
    rates = shipped_rates()
    everything = agreements(AGREEMENTS)
    periods = 0

    def whole() -> None:
        nonlocal periods
        periods = sum(len(part.periods.amount) for part in in_chunks(everything, rates))

    chance = np.random.default_rng(2)
    choices = ([3000, 4000, 6000], [0, 14, 31], [650_800, 682_745], [0, 1])
    ready = [chance.choice(values, (MONTHS + 1, AT_A_TIME)) for values in choices]

    def bare_arithmetic() -> None:
        for first in range(0, AGREEMENTS, AT_A_TIME):
            some = everything[first : first + AT_A_TIME]
            bare(some, *(values[:, : len(some)] for values in ready))

    rounds = [(_timed(whole), _timed(bare_arithmetic)) for _ in range(ROUNDS)]
    yield Figure("batch: a million agreements, on the clock", median(w.clock for w, _ in rounds), "s", "≤ 2")
    yield Figure("batch: a million agreements, of one processor", median(w.own for w, _ in rounds), "s")
    yield Figure("batch: periods reckoned", periods, "periods")
    yield Figure(
        "batch: over the bare arithmetic", median(w.own / b.own for w, b in rounds), "times", "at most 4"
    )
    once, more = _most_memory(AGREEMENTS // 5), _most_memory(AGREEMENTS)
    yield Figure("batch: most memory besides the agreements", more, "MiB")
    yield Figure("batch: memory of five times the agreements", more / once, "times", "about 1")
    yield from _file()


class Taken:
    """Seconds on the clock, and of this process."""

    def __init__(self, clock: float, own: float) -> None:
        self.clock, self.own = clock, own


def _timed(act: Callable[[], None]) -> Taken:
    clock, own = time.perf_counter(), time.process_time()
    act()
    return Taken(time.perf_counter() - clock, time.process_time() - own)


def _most_memory(number: int) -> float:
    """MiB that reckoning takes at most, besides the agreements themselves."""
    some, rates = agreements(number), shipped_rates()
    tracemalloc.start()
    for _ in in_chunks(some, rates):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def _file() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "positions.csv"
        memory = {}
        for times in (1, 5):
            _write(path, ROWS * times)
            clock = time.perf_counter()
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            # What getrusage says of a child begins with what this process had when it was made.
            code = (
                "import sys; from toolbox.console import main;"
                "code = main(['costs', sys.argv[1]]);"
                "status = open('/proc/self/status').read();"
                "print(status.split('VmHWM:')[1].split()[0], file=sys.stderr); sys.exit(code)"
            )
            done = subprocess.run(
                [sys.executable, "-c", code, str(path)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=True,
            )
            seconds = time.perf_counter() - clock
            own = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
            memory[times] = float(done.stderr)
        yield Figure("costs: rows of a file, two alternatives each", ROWS * 5 / seconds, "rows/s")
        yield Figure("costs: rows of a file, of one processor", ROWS * 5 / own, "rows/s")
        yield Figure("costs: most memory", memory[5] / 1024, "MiB")
        yield Figure("costs: memory of five times the rows", memory[5] / memory[1], "times", "about 1")


def _write(path: Path, rows: int) -> None:
    chance = random.Random(1)
    with path.open("w") as file:
        file.write(
            "measure;start;end;monthly_wage_nok;holiday_pay_percent;pension_percent;employer_tax_percent\n"
        )
        for _ in range(rows):
            start = date(2026, 8, 1) + timedelta(days=chance.randrange(500))
            end = start + timedelta(days=364)
            file.write(
                f"midlertidig-lonnstilskudd;{start};{end};{chance.randint(15_000, 70_000)};12;2;14,1\n"
            )
