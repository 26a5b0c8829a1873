"""What Nav's agreement asks for, filled in with what the calculator knows of the company and the job.

Nothing about a person is filled in: those fields stay open, and say with whom they are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.agreement_fields import Field, FilledBy, Step, agreement_fields
from inclusion_rules.estimate import Estimate
from inclusion_rules.measures import all_measures
from inclusion_rules.rates import RateBook
from toolbox.catalogue.forms import Answers, ZoneSource
from toolbox.places.work import Work
from toolbox.ui.figures import day, kroner, number, percent


@dataclass(frozen=True, slots=True)
class Line:
    """One field. `term` is Nav's own word where the reader's language hides it; `open` says who fills it in.

    Either `value` or `open` is empty.
    """

    label: str
    term: str
    value: str
    open: str
    hint: str


@dataclass(frozen=True, slots=True)
class Part:
    """One step of Nav's form."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """The whole of it, in the reader's language. `measure` is the support the agreement is about."""

    measure: str
    parts: tuple[Part, ...]

    def as_text(self, made_on: date) -> str:
        """Plain text to copy: a field on each line, with a blank to write in where it is open."""
        made = _("Laget %(day)s i Inkluderingsverktøykassen. Vi er ikke Nav.") % {"day": day(made_on)}
        return "\n".join([self.measure, made, *self._text_lines()])

    def _text_lines(self) -> Iterator[str]:
        for part in self.parts:
            yield ""
            yield part.title.upper()
            for line in part.lines:
                term = f" ({line.term})" if line.term else ""
                yield f"{line.label}{term}: {line.value or f'__________ ({line.open})'}"


def fill_in(answers: Answers, found: Estimate, work: Work | None, rates: RateBook) -> HandOver:
    """Nav's fields for the support that was asked about, and the mentor's where hours were given.

    `work` is the kind of work, None when nobody has said or it is none of those we have words for.
    """
    known = _known(answers, found, work, rates)
    asked = agreement_fields()
    steps = asked.subsidy + (asked.mentor if answers.mentor_hours else ())
    language = get_language() or "nb"
    return HandOver(
        measure=all_measures()[answers.measure].name[language],
        parts=tuple(_part(step, known, language) for step in steps),
    )


def _known(answers: Answers, found: Estimate, work: Work | None, rates: RateBook) -> dict[str, str]:
    """The answer to each field that the calculator knows; empty where it does not."""
    position = answers.position
    known = {
        "start": day(answers.start),
        "end": _last_day(found),
        "position_percent": percent(position.position_percent),
        "position_title": work.name[get_language() or "nb"] if work and work.styrk else "",
        "position_type": _("Midlertidig") if found.job_end else _("Fast"),
        "monthly_wage": kroner(position.monthly_wage(answers.start, rates)),
        "holiday_pay": percent(position.holiday_percent),
        "pension": percent(position.pension_percent),
        "contribution": percent(position.contribution_percent),
        "total": kroner(found.cost.total),
    }
    if answers.zone_source is ZoneSource.UNKNOWN:
        # Reckoned with the highest rate, which is no answer to give Nav.
        known |= {"contribution": "", "total": ""}
    if answers.mentor_hours and answers.mentor_wage:
        known["mentor_hours"] = number(answers.mentor_hours)
        known["mentor_wage"] = kroner(answers.mentor_wage, 2)
    return known


def _last_day(found: Estimate) -> str:
    """The last day support may be given, for each percentage where they differ."""
    ends = {way.percent: way.periods[-1].end for way in found.alternatives}
    days = {end: day(end) if end else _("ingen, støtten har ikke en siste dag") for end in ends.values()}
    if len(days) == 1:
        return next(iter(days.values()))
    each = _("%(day)s hvis Nav gir %(percent)s")
    return ", ".join(each % {"day": days[end], "percent": percent(given)} for given, end in ends.items())


def _part(step: Step, known: dict[str, str], language: str) -> Part:
    return Part(step.title[language], tuple(_line(field, known, language) for field in step.fields))


def _line(field: Field, known: dict[str, str], language: str) -> Line:
    value = known[field.key] if field.filled_by is FilledBy.ANSWERS else ""
    return Line(
        label=field.label[language],
        term=field.label["nb"] if language == "en" else "",
        value=value,
        open="" if value else _who(field.filled_by),
        hint=field.hint[language] if field.hint else "",
    )


def _who(filled_by: FilledBy) -> str:
    if filled_by is FilledBy.TOGETHER:
        return _("fylles ut sammen med Nav og deltakeren")
    return _("Nav fyller ut") if filled_by is FilledBy.NAV else _("dere fyller ut")
