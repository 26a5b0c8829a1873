"""A toolbox from a company's answers: the whole form, and two answers of it, when everything else is open."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from timeit import repeat

from benchmarks import Figure

MOST_MILLISECONDS = 5
TIMES = 20

#: A firm in Fredrikstad that has had people in and is short of room.
ANSWERS = {
    **dict.fromkeys("A1 A2 A5 A6 E3 E4 K1a K1b K3a K3b K4a K4b K5a K5b".split(), 4),
    **dict.fromkeys("A3 A4 R1 R2 R3 R5 K2a K2b B6".split(), 2),
    **dict.fromkeys("N1 E2".split(), 1),
    **{"N2": 5, "N3": 4, "R4": 4, "R6": 4, "O1": 4},
    **{"B1": "C", "B2": "20-49", "B3": "3107", "B4": "private_local", "B5": "top"},
    **{"E1": ("practice", "mentor"), "E5": ("none",), "D1": ("trial", "contact"), "D2": ("staffing",)},
}


def figures() -> Iterator[Figure]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from toolbox.guide.suggest import toolbox_for
    from toolbox.mapping.instrument import instrument
    from toolbox.mapping.scoring import FULL

    form = instrument()
    aim = f"at most {MOST_MILLISECONDS}"
    for name, answers in (
        ("toolbox from answers", ANSWERS),
        ("toolbox from two answers, the rest open", {"N1": 2, "B3": "3107"}),
    ):
        toolbox_for(form, answers, FULL)
        found = repeat(
            lambda answers=answers: toolbox_for(form, answers, FULL),
            number=TIMES,
            repeat=7,
            timer=time.process_time,
        )
        yield Figure(name, 1000 * min(found) / TIMES, "ms", aim)
