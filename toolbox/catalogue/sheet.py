"""«Hva koster det i alt, og hva kan gå galt?»: the sheet laid out for people, for the page and for paper.

Every amount on it has its grounds beside it: the formula with the numbers in, law, source and dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.bad_cases import BadCase, bad_cases
from inclusion_rules.net_cost import (
    LEADER_HOURS,
    MENTOR_HOURS,
    PAPERWORK_HOURS,
    RAMP,
    Amounts,
    Reckoning,
    net_cost,
)
from inclusion_rules.parameters import Parameter
from inclusion_rules.periods import Period
from inclusion_rules.rates import RateBook, Source
from inclusion_rules.three_languages import Text
from toolbox.catalogue.estimate_views import Figure, Shown, show
from toolbox.catalogue.explanations import Row, later_rows
from toolbox.catalogue.forms import Answers
from toolbox.catalogue.sheet_grounds import Grounds, Opened, in_days, in_months
from toolbox.ui.figures import kroner, number, unbroken, with_rates
from toolbox.ui.figures import period as between


@dataclass(frozen=True, slots=True)
class Line:
    """One way in one period: its label, and its amounts, each by the name of its column."""

    label: str
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One period, or the sum of several, with and without support side by side.

    `same`: what every way shares. Where all is the same, there is one line.
    """

    heading: str
    same: str
    lines: tuple[Line, ...]
    grounds: tuple[Grounds, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One bad case as words. `named` has an amount for each way by its label, without support first."""

    title: str
    days: str
    what: str
    named: tuple[tuple[str, str], ...]
    way_out: str
    carries: str
    law: str
    sources: tuple[Source, ...]
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet. `figures` are the largest on it: what you pay in `whole`, one for each way."""

    about: str
    whole: str
    figures: tuple[Figure, ...]
    ranges: tuple[str, ...]
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    cases: tuple[Case, ...]
    month: tuple[Row, ...]
    later: tuple[Row, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    goes_on: bool

    @property
    def span(self) -> int:
        """How many columns the table of periods has."""
        return len(self.columns) + 1

    @property
    def case_span(self) -> int:
        """How many columns the table of bad cases has."""
        return len(self.figures) + 1


def sheet(answers: Answers, book: RateBook) -> Sheet:
    """Ask the rules once, and lay the answer out."""
    shown = show(answers, book)
    reckoning = Reckoning(shown.found, answers.position, rates=book, mentor=answers.mentor)
    return _Drawing(answers, shown, reckoning).sheet()


class _Drawing:
    def __init__(self, answers: Answers, shown: Shown, reckoning: Reckoning) -> None:
        self.answers, self.shown, self.reckoning = answers, shown, reckoning
        self.net = net_cost(reckoning)
        self.language = get_language() or "nb"
        self.labels = tuple(figure.label for figure in shown.figures)
        self.opened = Opened(answers, reckoning, self.labels)

    def sheet(self) -> Sheet:
        notes = dict.fromkeys(note for group in self.shown.months for row in group.rows for note in row.notes)
        cases = bad_cases(self.reckoning, self.net)
        return Sheet(
            about=self.shown.about,
            whole=between(self.net.periods[0].start, self.net.periods[-1].end),
            figures=tuple(self.figures()),
            ranges=self.shown.ranges,
            columns=self.columns(),
            groups=tuple(self.groups()),
            cases=tuple(self.case(case) for case in cases),
            month=self.opened.month_on(self.reckoning.start),
            later=tuple(later_rows(self.answers, self.shown.found, self.reckoning.rates)),
            assumptions=tuple(self.assumptions()),
            notes=tuple(notes),
            goes_on=self.net.goes_on,
        )

    def figures(self) -> Iterable[Figure]:
        for label, way in zip(self.labels, self.net.ways, strict=True):
            remains = _range(way.supported.remains_low, way.supported.remains_high)
            unit = _("kr i alt. Igjen når arbeidet er regnet med: %(range)s\u00a0kr") % {"range": remains}
            yield Figure(label, way.supported.you_pay, unit)

    def columns(self) -> tuple[str, ...]:
        grant = (_("Mentortilskudd"),) if self.opened.with_grant else ()
        return (
            _("Støtte fra Nav"),
            _("Tid for kolleger"),
            *grant,
            _("Dere betaler"),
            _("Igjen å betale"),
        )

    def line(self, label: str, row: Amounts) -> Line:
        grant = (number(-row.grant),) if self.opened.with_grant else ()
        cells = (
            number(-row.support),
            number(row.time),
            *grant,
            number(row.you_pay),
            _range(row.remains_low, row.remains_high),
        )
        return Line(label, tuple(zip(self.columns(), cells, strict=True)))

    def groups(self) -> Iterable[Group]:
        """The periods with support, their sum, and the time after it."""
        net = self.net
        for period, rows in zip(
            net.periods, zip(*(way.periods for way in net.ways), strict=True), strict=True
        ):
            yield self.group(self.heading(period), rows, tuple(self.opened.of_period(period, rows)))
        sums = tuple(way.supported for way in net.ways)
        grounds = tuple(self.opened.of_sum([way.periods for way in net.ways], sums))
        yield self.group(_("I alt i støttetiden."), sums, grounds, total=True)
        for period, rows in zip(net.after, zip(*(way.after for way in net.ways), strict=True), strict=True):
            heading = _("Etter støtten: %(period)s") % {"period": self.heading(period)}
            yield self.group(heading, rows, tuple(self.opened.of_period(period, rows)))

    def heading(self, period: Period) -> str:
        return f"{between(period.start, period.end)} ({self.length(period)})."

    def group(
        self, heading: str, rows: Sequence[Amounts], grounds: tuple[Grounds, ...], total: bool = False
    ) -> Group:
        lines = tuple(self.line(label, row) for label, row in zip(self.labels, rows, strict=True))
        if len(set(rows)) == 1:
            lines = (self.line(_("Med og uten støtte"), rows[0]),)
        same = _("Lønnskostnad %(cost)s. Arbeidet er verdt %(range)s\u00a0kr.") % {
            "cost": kroner(rows[0].wage_cost),
            "range": _range(rows[0].worth_low, rows[0].worth_high),
        }
        return Group(heading, same, lines, grounds, total)

    def length(self, period: Period) -> str:
        months, days = period.months_and_days()
        return " ".join(filter(None, (in_months(months) if months else "", in_days(days) if days else "")))

    def case(self, case: BadCase) -> Case:
        words = case.words

        def text(of: Text) -> str:
            return with_rates(of[self.language], book=self.reckoning.rates, on=self.reckoning.start)

        return Case(
            title=text(words.title),
            days=between(case.period.start, case.period.end),
            what=text(words.what),
            named=tuple(zip(self.labels, map(kroner, case.exposure), strict=True)),
            way_out=text(words.way_out),
            carries=text(words.carries),
            law=unbroken(words.law),
            sources=words.sources,
            grounds=self.opened.of_case(case),
        )

    def assumptions(self) -> Iterable[str]:
        hours = (*MENTOR_HOURS, *LEADER_HOURS, PAPERWORK_HOURS, *RAMP)
        for key in hours:
            yield self.assumed(self.reckoning.parameters[key])

    def assumed(self, parameter: Parameter) -> str:
        ends = (parameter.low, parameter.mid, parameter.high)
        if parameter.unit == "share":
            low, mid, high = (number(100 * end) for end in ends)
            unit = _("prosent")
        else:
            low, mid, high = (number(end) for end in ends)
            unit = {
                "hours_per_week": _("timer i uken"),
                "hours_per_year": _("timer i året"),
                "months": _("måneder"),
            }[parameter.unit]
        return f"{parameter.label[self.language]}: {mid} {unit} ({low}–{high})"


def _range(low: int, high: int) -> str:
    return _("%(low)s til %(high)s") % {"low": number(low), "high": number(high)}
