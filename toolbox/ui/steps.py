"""How often each step is taken a day, by language and kind of device: numbers, and never who.

No address, cookie or id is kept with a count, and nothing that somebody wrote. Counting happens in memory
and costs a request no query; a thread of the server adds what it has to the database once a minute. A
server that stops loses what it counted since.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection, models, transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest

from inclusion_rules.periods import add_months
from toolbox.ui.clock import today

log = logging.getLogger(__name__)

#: What may be counted. A step is added here when the page that takes it is. The last is no step of anybody's:
#: a browser stopped something the content policy does not allow (ui/policy_reports.py).
STEPS = (
    "start",
    "need_chosen",
    "first_value_shown",
    "calculator_result",
    "contact_shown",
    "summary_downloaded",
    "mapping_started",
    "mapping_finished",
    "policy_broken",
)

SECONDS_BETWEEN_WRITES = 60
MONTHS_KEPT = 25

_PROGRAMS = ("bot", "crawl", "spider")

Counted = tuple[date, str, str, str]
_counted: Counter[Counted] = Counter()
_lock = threading.Lock()


class StepCount(models.Model):
    """How often `step` was taken on `day`. `device` is what device() says."""

    day = models.DateField()
    step = models.CharField(max_length=24)
    language = models.CharField(max_length=2)
    device = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "ui_step_count"
        constraints = [
            models.UniqueConstraint(fields=["day", "step", "language", "device"], name="ui_one_step_count")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.step} {self.language} {self.device}: {self.count}"


def device(user_agent: str) -> str:
    """`phone`, `tablet`, `computer`, or `program` for what is no browser: all we take of the header."""
    says = user_agent.lower()
    if not says.startswith("mozilla/") or any(word in says for word in _PROGRAMS):
        return "program"
    if "ipad" in says or "tablet" in says or ("android" in says and "mobile" not in says):
        return "tablet"
    return "phone" if "mobi" in says else "computer"


def took(step: str, request: HttpRequest) -> None:
    """Count that the answer to `request` takes somebody one of STEPS on. ValueError for any other."""
    if step not in STEPS:
        raise ValueError(f"{step!r} is no step. Add it to toolbox.ui.steps.STEPS, or correct the name.")
    language: str = request.LANGUAGE_CODE
    counted = (today(), step, language, device(request.META.get("HTTP_USER_AGENT", "")))
    with _lock:
        _counted[counted] += 1


def write() -> None:
    """Add what this process has counted to the database. What cannot be written waits for the next time."""
    with _lock:
        waiting = dict(_counted)
        _counted.clear()
    try:
        _add(sorted(waiting.items()))
    except Exception:
        log.exception("the counts of steps could not be written; they wait")
        with _lock:
            _counted.update(waiting)


def write_regularly() -> threading.Event:
    """Write from now on, in a thread that ends with the process, or when the event given back is set."""

    def go_on() -> None:
        while not stopped.wait(SECONDS_BETWEEN_WRITES):
            write()
            connection.close()

    stopped = threading.Event()
    threading.Thread(target=go_on, name="steps", daemon=True).start()
    return stopped


def expired(on: date) -> QuerySet[StepCount]:
    """Counts that have been kept for MONTHS_KEPT months on the day `on`."""
    return StepCount.objects.filter(day__lte=add_months(on, -MONTHS_KEPT))


@transaction.atomic
def _add(counts: Iterable[tuple[Counted, int]]) -> None:
    # In one order, so that two processes never wait for each other's rows.
    for (day, step, language, used), count in counts:
        row, _new = StepCount.objects.get_or_create(day=day, step=step, language=language, device=used)
        StepCount.objects.filter(pk=row.pk).update(count=F("count") + count)
