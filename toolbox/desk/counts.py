"""How often the steps of the site were taken, as tables: who browses, and apart from them the programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolbox.ui.figures import month
from toolbox.ui.steps import STEPS, StepCount

LATELY = timedelta(days=28)
#: A year, and the same month the year before. More makes the page too heavy for a phone.
MONTHS_SHOWN = 13
LANGUAGES = ("nb", "nn", "en")
DEVICES = ("phone", "tablet", "computer")
PROGRAM = "program"

STEP_WORDS = {
    "start": gettext_lazy("Åpnet «Start her»"),
    "need_chosen": gettext_lazy("Valgte hva de trenger"),
    "first_value_shown": gettext_lazy("Fikk et resultat"),
    "calculator_result": gettext_lazy("Fikk et overslag"),
    "contact_shown": gettext_lazy("Så hvem de kan ringe"),
    "summary_downloaded": gettext_lazy("Hentet oversikten som PDF"),
    "mapping_started": gettext_lazy("Begynte på kartleggingen"),
    "mapping_finished": gettext_lazy("Svarte på hele kartleggingen"),
    "policy_broken": gettext_lazy("Nettleseren stoppet noe siden ikke skal ha"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One step: all browsers, then by language and by device; `programs` are in none of those."""

    step: Any
    people: int
    languages: tuple[int, ...]
    devices: tuple[int, ...]
    programs: int


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    rows: tuple[Row, ...]


Counted = tuple[str, str, str, int]


def tables(on: date) -> list[Table]:
    """The last 28 days with the day `on`, then each of the newest months that have a count. Two queries."""
    fields = ("step", "language", "device")
    counts = StepCount.objects.values_list(*fields).annotate(taken=Sum("count"))
    lately = Table(_("De siste 28 dagene"), _rows(counts.filter(day__gt=on - LATELY, day__lte=on)))
    by_month: dict[date, list[Counted]] = {}
    months = StepCount.objects.annotate(month=TruncMonth("day")).values_list("month", *fields)
    for first, *counted in months.annotate(taken=Sum("count")).order_by("-month"):
        by_month.setdefault(first, []).append(tuple(counted))
    return [
        lately,
        *(Table(month(first), _rows(by_month[first])) for first in list(by_month)[:MONTHS_SHOWN]),
    ]


def _rows(counted: Iterable[Counted]) -> tuple[Row, ...]:
    by_language, by_device = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for step, language, device, taken in counted:
        by_device[step, device] += taken
        if device != PROGRAM:
            by_language[step, language] += taken
    return tuple(
        Row(
            STEP_WORDS[step],
            sum(by_device[step, device] for device in DEVICES),
            tuple(by_language[step, language] for language in LANGUAGES),
            tuple(by_device[step, device] for device in DEVICES),
            by_device[step, PROGRAM],
        )
        for step in STEPS
    )
