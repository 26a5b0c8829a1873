"""A simulation of ten thousand courses of three years: both alternatives, and each assumption's swing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import numpy as np

from benchmarks import Figure
from inclusion_rules.estimate import TEMPORARY, Position, estimate
from inclusion_rules.rates import shipped_rates
from inclusion_rules.risk import Question, ask, simulate

TIMES = 10


def question(seed: int) -> Question:
    """A kitchen job in 60 per cent, with a temporary wage subsidy and a mentor grant."""
    position = Position(
        wage=Decimal(200),
        per_hour=True,
        position_percent=Decimal(60),
        holiday_percent=Decimal(12),
        pension_percent=Decimal(2),
        contribution_percent=Decimal("14.1"),
    )
    book = shipped_rates()
    found = estimate(TEMPORARY, position, start=date(2027, 2, 1), end=None, rates=book)
    return ask(found, found.alternatives[0], position, book, limit=100_000, mentor_grant=4_000, seed=seed)


def figures() -> Iterator[Figure]:
    simulate(question(0))
    clock, processor = [], []
    for seed in range(1, TIMES + 1):  # A new seed each time: nothing drawn is kept from before.
        asked = question(seed)
        begun, worked = time.perf_counter(), time.process_time()
        simulate(asked)
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - worked)
    yield Figure("risk: a simulation", 1000 * min(clock), "ms", "at most 50")
    yield Figure("risk: a simulation, of one processor", 1000 * min(processor), "ms")
    begun = time.process_time()
    for seed in range(TIMES):
        np.random.default_rng(seed).random((36, 10_000))
    bare = (time.process_time() - begun) / TIMES
    yield Figure("risk: a simulation over drawing its months alone", min(processor) / bare, "times")
