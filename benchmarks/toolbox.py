"""A toolbox from a company's answers: the whole form, and two answers of it, when everything else is open."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from timeit import repeat

from benchmarks import Figure

MOST_MILLISECONDS = 5
TIMES = 20


def figures() -> Iterator[Figure]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from tests.companies import FIRM
    from toolbox.guide.suggest import toolbox_for
    from toolbox.mapping.instrument import instrument
    from toolbox.mapping.scoring import FULL

    form = instrument()
    aim = f"at most {MOST_MILLISECONDS}"
    for name, answers in (
        ("toolbox from answers", FIRM),
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
