"""What has moved between two mappings of the same company, beside what it did in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from toolbox.guide import actions
from toolbox.guide.actions import Step
from toolbox.guide.toolbox_result import ShownLevel, shown_level
from toolbox.mapping import drafts
from toolbox.mapping.models import Mapping
from toolbox.mapping.scoring import profile
from toolbox.tools import words
from toolbox.tools.tool import AREAS


@dataclass(frozen=True, slots=True)
class Moved:
    """The level of one area, then and now."""

    area: Any
    then: ShownLevel
    now: ShownLevel


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """`levels` is empty unless both answered the full form: the short one gives none."""

    then_on: date
    levels: tuple[Moved, ...]
    done: tuple[Step, ...]


def then_and_now(mapping: Mapping, earlier: Mapping | None) -> ThenAndNow | None:
    """None when there is nothing to set beside: no earlier mapping, or one that was never handed in."""
    response = drafts.response_of(earlier) if earlier else None
    if earlier is None or response is None:
        return None
    then, now = (
        profile(drafts.instrument_of(each), drafts.answers_of(each), each.form) for each in (earlier, mapping)
    )
    levels = tuple(
        Moved(words.AREA[area], shown_level(then.areas[area]), shown_level(now.areas[area]))
        for area in AREAS
        if area in then.areas and area in now.areas
    )
    return ThenAndNow(response.submitted_on, levels, actions.planned(earlier))
