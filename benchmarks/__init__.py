"""Figures of speed and memory. Each module has `figures()`; `python -m benchmarks` prints them all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number, and what it should be. `aim` is words, for a reader; nothing fails here."""

    name: str
    value: float
    unit: str
    aim: str = ""

    def __str__(self) -> str:
        shown = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:.2f}"
        return f"{self.name:<58} {shown:>12} {self.unit:<14} {self.aim}"
