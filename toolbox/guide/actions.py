"""The two dated steps of a company: what, who by role, by when, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toolbox.guide.models import PlannedAction
from toolbox.mapping.models import Mapping
from toolbox.tools import words
from toolbox.tools.read import all_tools
from toolbox.tools.tool import Tool
from toolbox.ui.calendar_file import DayToRemember, calendar_file
from toolbox.ui.figures import day

#: When the two steps are to be done if nobody says otherwise: weeks from the day they are planned.
WEEKS = (2, 6)

#: Never change it: files already given out would show every step twice when read in again.
_NAMESPACE = UUID("b3f1c0de-52a4-4a0e-8f43-7c0a9e6d2b15")


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is planned. `outcome` is one of PlannedAction.Outcome, or empty."""

    tool: str
    who: str
    by: date
    outcome: str = ""

    @property
    def what(self) -> Tool:
        return all_tools()[self.tool]

    @property
    def who_in_words(self) -> str:
        return str(words.WHO[self.who])

    @property
    def outcome_in_words(self) -> str:
        return (
            {
                PlannedAction.Outcome.DONE: _("Gjort"),
                PlannedAction.Outcome.PARTLY: _("Delvis gjort"),
                PlannedAction.Outcome.NOT_DONE: _("Ikke gjort"),
            }.get(PlannedAction.Outcome(self.outcome), "")
            if self.outcome
            else ""
        )


def default_days(on: date) -> tuple[date, ...]:
    """By when each step is to be done, planned on a day, if nobody says otherwise."""
    return tuple(on + timedelta(weeks=weeks) for weeks in WEEKS)


def planned(mapping: Mapping) -> tuple[Step, ...]:
    """The steps of a mapping: none or both. One query. A tool we have taken away since is left out."""
    return tuple(
        Step(row.tool, row.who, row.by, row.outcome)
        for row in PlannedAction.objects.filter(mapping=mapping)
        if row.tool in all_tools()
    )


def plan(mapping: Mapping, steps: Sequence[Step]) -> None:
    """Keep the steps in place of those before them. The same twice is as once."""
    with transaction.atomic():
        for place, step in enumerate(steps, 1):
            PlannedAction.objects.update_or_create(
                mapping=mapping,
                place=place,
                defaults={"tool": step.tool, "who": step.who, "by": step.by, "outcome": step.outcome},
            )


def calendar(mapping: Mapping, steps: Sequence[Step], *, made_on: date) -> bytes:
    """The steps as a calendar file, in the reader's language, with nobody's name in it.

    A step is known by its mapping and place: whoever downloads again after a change gets it moved.
    """
    language = get_language() or "nb"
    made = _("Planlagt %(day)s i Inkluderingsverktøykassen.") % {"day": day(made_on)}
    to_remember = [
        DayToRemember(
            identity=uuid5(_NAMESPACE, f"{mapping.token_hash}|{place}"),
            on=step.by,
            title=step.what.title[language],
            text=f"{step.what.promise[language]} {_('Hvem')}: {step.who_in_words}. {made}",
        )
        for place, step in enumerate(steps, 1)
    ]
    return calendar_file("Steg", _("Neste steg"), to_remember, made_on=made_on)
