"""«Hva koster det i alt, og hva kan gå galt?»: the sheet laid out for people, for the page and for paper.

Every amount on it has its grounds beside it: the formula with the numbers in, law, source and dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inclusion_rules.bad_cases import MENTOR_LEAVES, SICK_LEAVE, BadCase, bad_cases
from inclusion_rules.estimate import Alternative
from inclusion_rules.net_cost import (
    LEADER_HOURS,
    MENTOR_HOURS,
    PAPERWORK_HOURS,
    RAMP,
    Amounts,
    NetCost,
    Reckoning,
    net_cost,
    overlap,
    support_in,
)
from inclusion_rules.parameters import Parameter
from inclusion_rules.periods import Period
from inclusion_rules.rates import Rate, RateBook, Source
from toolbox.catalogue.estimate_views import Figure, Shown, show
from toolbox.catalogue.explanations import Row, cost_rows
from toolbox.catalogue.forms import Answers
from toolbox.catalogue.validity import assumption, valid
from toolbox.ui.figures import kroner, number, percent, unbroken, with_rates
from toolbox.ui.figures import period as between


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one column of a period rests on. `lines`: a formula for each way, with the numbers in.

    `law` is empty where no law says it, and named in Norwegian in all languages where one does.
    """

    name: str
    lines: tuple[str, ...]
    where_from: str
    law: str
    valid: str
    checked: date
    sources: tuple[Source, ...] = ()


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
    net = net_cost(reckoning)
    return _Drawing(answers, book, shown, reckoning, net).sheet()


class _Drawing:
    def __init__(
        self, answers: Answers, book: RateBook, shown: Shown, reckoning: Reckoning, net: NetCost
    ) -> None:
        self.answers, self.book, self.shown = answers, book, shown
        self.reckoning, self.net, self.found = reckoning, net, shown.found
        self.language = get_language() or "nb"
        self.ways: tuple[Alternative | None, ...] = (None, *self.found.alternatives)
        self.labels = tuple(figure.label for figure in shown.figures)
        self.month = cost_rows(answers, self.found, book)
        self.with_grant = reckoning.grant_period is not None

    def sheet(self) -> Sheet:
        notes = dict.fromkeys(row.note for group in self.shown.months for row in group.rows if row.note)
        cases = bad_cases(self.reckoning, self.net)
        return Sheet(
            about=self.shown.about,
            whole=between(self.net.periods[0].start, self.net.periods[-1].end),
            figures=tuple(self.figures()),
            ranges=self.shown.ranges,
            columns=self.columns(),
            groups=tuple(self.groups()),
            cases=tuple(self.case(case) for case in cases),
            month=self.month,
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
        grant = (_("Mentortilskudd"),) if self.with_grant else ()
        return (
            _("Støtte fra Nav"),
            _("Tid for kolleger"),
            *grant,
            _("Dere betaler"),
            _("Igjen å betale"),
        )

    def line(self, label: str, row: Amounts) -> Line:
        grant = (number(-row.grant),) if self.with_grant else ()
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
        every = [tuple(way.periods[i] for way in net.ways) for i in range(len(net.periods))]
        for period, rows in zip(net.periods, every, strict=True):
            yield self.group(self.heading(period), rows, tuple(self.grounds(period, rows)))
        yield self.sum(_("I alt i støttetiden."), every)
        if net.after:
            rows = tuple(way.after or Amounts() for way in net.ways)
            heading = _("Etter støtten: %(period)s") % {"period": self.heading(net.after)}
            yield self.group(heading, rows, tuple(self.grounds(net.after, rows)))

    def heading(self, period: Period) -> str:
        return f"{between(period.start, period.end)} ({self.length(period)})."

    def group(
        self, heading: str, rows: Sequence[Amounts], grounds: tuple[Grounds, ...], total: bool = False
    ) -> Group:
        lines = tuple(self.line(label, row) for label, row in self.labelled(rows))
        if len(set(rows)) == 1:
            lines = (self.line(_("Med og uten støtte"), rows[0]),)
        same = _("Lønnskostnad %(cost)s. Arbeidet er verdt %(range)s\u00a0kr.") % {
            "cost": kroner(rows[0].wage_cost),
            "range": _range(rows[0].worth_low, rows[0].worth_high),
        }
        return Group(heading, same, lines, grounds, total)

    def sum(self, heading: str, periods: Sequence[tuple[Amounts, ...]]) -> Group:
        columns = list(zip(*periods, strict=True))
        rows = tuple(_added(column) for column in columns)
        parts = {
            _("Lønnskostnad"): ("wage_cost",),
            _("Støtte fra Nav"): ("support",),
            _("Tid for kolleger"): ("time",),
            **({_("Mentortilskudd"): ("grant",)} if self.with_grant else {}),
            _("Dere betaler"): ("you_pay",),
            _("Arbeidets verdi"): ("worth_low", "worth_high"),
        }
        grounds = [
            self.ground(
                name,
                [
                    f"{label}: {_plus(getattr(row, field) for row in column)}"
                    for field in fields
                    for label, column in zip(self.labels, columns, strict=True)
                ],
                _("Summen av periodene over."),
            )
            for name, fields in parts.items()
        ]
        return self.group(heading, rows, (*grounds, self.remains(rows)), total=True)

    # The grounds of one period, column by column.

    def grounds(self, period: Period, rows: tuple[Amounts, ...]) -> Iterable[Grounds]:
        without = rows[0]
        monthly = self.month[1:4]
        yield Grounds(
            _("Lønnskostnad"),
            (self.times(period, self.found.cost.total, without.wage_cost), _parts(without)),
            _("Summen i måneden, ganger månedene. Delene står i «Slik blir lønnskostnaden i måneden»."),
            unbroken("; ".join(dict.fromkeys(row.law for row in monthly))),
            self.month[-1].valid,
            self.month[-1].checked,
            tuple(dict.fromkeys(source for row in monthly for source in row.sources)),
        )
        yield self.support(period, rows)
        yield self.time(period, rows)
        if self.with_grant:
            yield self.grant(period, rows)
        yield self.ground(
            _("Dere betaler"),
            [f"{label}: {self.paid(row)}" for label, row in self.labelled(rows)],
            _("Lønnskostnad minus støtte, pluss tiden kolleger bruker, minus mentortilskudd."),
        )
        yield self.worth(period, without)
        yield self.remains(rows)

    def labelled(self, rows: Sequence[Amounts]) -> Iterable[tuple[str, Amounts]]:
        return zip(self.labels, rows, strict=True)

    def support(self, period: Period, rows: tuple[Amounts, ...]) -> Grounds:
        lines, used = [], []
        for label, way, row in zip(self.labels[1:], self.found.alternatives, rows[1:], strict=True):
            stretches = support_in(period, way)
            used += [
                p.rates[0]
                for p in way.periods
                if p.start <= period.end and (p.end or date.max) >= period.start
            ]
            sums = [self.times(part, each, self.reckoning.amount(part, each)) for part, each in stretches]
            lines.append(f"{label}: {'. '.join(sums)}" if sums else f"{label}: {kroner(row.support)}")
        rate = used[0] if used else self.found.alternatives[0].periods[-1].rates[0]
        return Grounds(
            _("Støtte fra Nav"),
            tuple(lines),
            _("Støtten i måneden, ganger månedene. Nav avgjør om dere får støtte, og hvilken prosent."),
            unbroken(rate.law),
            self.valid(rate, period.start),
            rate.checked,
            (rate.source,),
        )

    def time(self, period: Period, rows: tuple[Amounts, ...]) -> Grounds:
        asked, hour = self.reckoning, kroner(self.reckoning.hour)
        lines = []
        for label, way, row in zip(self.labels, self.ways, rows, strict=True):
            hours = asked.hours(period, LEADER_HOURS) + asked.paperwork_hours(period, way)
            agreed = asked.grant(period)
            own = (row.mentor - agreed) // asked.hour
            parts = [kroner(agreed)] if agreed else []
            parts.append(f"({number(own)} + {number(hours)}) {_('timer')} × {hour}")
            lines.append(f"{label}: {' + '.join(parts)} = {kroner(row.time)}")
        return self.ground(
            _("Tid for kolleger"),
            lines,
            _(
                "Det dere har avtalt for mentor, og timer for mentor, leder og papirarbeid. "
                "En time er regnet som %(wage)s i lønn med "
                "feriepenger, pensjon og avgift. Timene er vårt anslag, når dere ikke har skrevet dem selv."
            )
            % {"wage": kroner(asked.hourly_wage, 2)},
            self.ours((*MENTOR_HOURS, *LEADER_HOURS, PAPERWORK_HOURS)),
        )

    def grant(self, period: Period, rows: tuple[Amounts, ...]) -> Grounds:
        rate, month = self.reckoning.grant_months, self.reckoning.grant_per_month
        covered = overlap(period, self.reckoning.grant_period)
        amount = rows[-1].grant
        share = self.book.rate("mentor.percent_covered", self.answers.start)
        return Grounds(
            _("Mentortilskudd"),
            (self.times(covered, month, amount) if covered else kroner(amount),),
            _(
                "Timene dere avtaler med Nav, i høyst %(months)s måneder. "
                "Tilskuddet kan vare lenger ved nedsatt arbeidsevne."
            )
            % {"months": number(rate.value)},
            unbroken(f"{share.law}; {rate.law}"),
            self.valid(rate, period.start),
            rate.checked,
            (rate.source,),
        )

    def worth(self, period: Period, row: Amounts) -> Grounds:
        shares = [self.reckoning.share(period, end) for end in ("low", "mid", "high")]
        values = (row.worth_low, row.worth_mid, row.worth_high)
        words = (_("Lavt"), _("Midt"), _("Høyt"))
        lines = [
            f"{word}: {percent(share)} × {kroner(row.wage_cost)} = {kroner(value)}"
            for word, share, value in zip(words, shares, values, strict=True)
        ]
        return self.ground(
            _("Arbeidets verdi"),
            lines,
            _(
                "Hvor mye av en opplært kollegas arbeid som blir gjort i perioden, ganger lønnskostnaden. "
                "Ingen har målt det. Prosentene er vårt anslag."
            ),
            self.ours(RAMP),
        )

    def remains(self, rows: Sequence[Amounts]) -> Grounds:
        lines = [
            f"{label}: {kroner(row.you_pay)} − {kroner(row.worth_low)} = {kroner(row.remains_high)}, "
            f"{_('midt')} {kroner(row.remains_mid)}, "
            f"{kroner(row.you_pay)} − {kroner(row.worth_high)} = {kroner(row.remains_low)}"
            for label, row in self.labelled(rows)
        ]
        return self.ground(
            _("Igjen å betale"),
            lines,
            _(
                "Det dere betaler, minus det arbeidet er verdt. "
                "Under null er arbeidet verdt mer enn det koster."
            ),
        )

    def ground(
        self, name: str, lines: Iterable[str], where_from: str, sources: tuple[Source, ...] = ()
    ) -> Grounds:
        """Grounds that are our own arithmetic or our own estimate, and no law."""
        checked = self.reckoning.parameters[RAMP[0]].checked
        return Grounds(name, tuple(lines), where_from, "", "", checked, sources)

    def ours(self, keys: Iterable[str]) -> tuple[Source, ...]:
        """What has been read for our own estimates. Our own judgement has no address."""
        read = (each for key in keys for each in self.reckoning.parameters[key].sources)
        return tuple(dict.fromkeys(Source(each.title, each.url) for each in read if each.url))

    def valid(self, rate: Rate, on: date) -> str:
        return f"{valid(rate)} {assumption(rate, on)}".strip()

    def paid(self, row: Amounts) -> str:
        grant = f" − {kroner(row.grant)}" if self.with_grant else ""
        terms = f"{kroner(row.wage_cost)} − {kroner(row.support)} + {kroner(row.time)}{grant}"
        return f"{terms} = {kroner(row.you_pay)}"

    def times(self, period: Period, per_month: int, amount: int) -> str:
        """«6 måneder × 25 418 kr = 152 508 kr», with the days left over."""
        months, days = period.months_and_days()
        parts = [f"{self.months(months)} × {kroner(per_month)}"] if months else []
        if days:
            share = f"{kroner(per_month)} / {number(self.reckoning.days_per_month.value)}"
            parts.append(f"{self.days(days)} × {share}")
        return f"{' + '.join(parts)} = {kroner(amount)}"

    def length(self, period: Period) -> str:
        months, days = period.months_and_days()
        return " ".join(
            filter(None, (self.months(months) if months else "", self.days(days) if days else ""))
        )

    def months(self, count: int) -> str:
        return f"{count} {ngettext('måned', 'måneder', count)}"

    def days(self, count: int) -> str:
        return f"{count} {ngettext('dag', 'dager', count)}"

    # The bad cases.

    def case(self, case: BadCase) -> Case:
        words = case.words

        def text(of: object) -> str:
            return with_rates(of[self.language], book=self.book, on=self.answers.start)  # type: ignore[index]

        lines = tuple(f"{label}: {self.exposed(case, row)}" for label, row in self.labelled(case.rows))
        first = case.rates[0] if case.rates else None
        return Case(
            title=text(words.title),
            days=between(case.period.start, case.period.end),
            what=text(words.what),
            named=tuple(zip(self.labels, map(kroner, case.exposure), strict=True)),
            way_out=text(words.way_out),
            carries=text(words.carries),
            law=unbroken(words.law),
            sources=words.sources,
            grounds=Grounds(
                name=_("Formel"),
                lines=lines,
                where_from=text(words.counted),
                law=unbroken(words.law),
                valid=" ".join(
                    f"{rate.name[self.language]}: {self.valid(rate, self.answers.start)}"
                    for rate in case.rates
                ),
                checked=first.checked if first else words.checked,
                sources=words.sources,
            ),
        )

    def exposed(self, case: BadCase, row: Amounts) -> str:
        """The sum behind one exposure, with what is nought left out."""
        if case.key == MENTOR_LEAVES:
            hours = row.mentor // self.reckoning.hour
            return f"{number(hours)} {_('timer')} × {kroner(self.reckoning.hour)} = {kroner(row.you_pay)}"
        terms = [kroner(row.wage_cost)]
        if case.key == SICK_LEAVE:
            return f"{self.sick_days(case, row)}"
        terms += [f"− {kroner(row.support)}"] if row.support else []
        terms += [f"+ {kroner(row.time)}"] if row.time else []
        terms += [f"− {kroner(row.grant)}"] if row.grant else []
        terms += [f"− {kroner(row.worth_low)}"] if row.worth_low else []
        return f"{' '.join(terms)} = {kroner(row.remains_high)}"

    def sick_days(self, case: BadCase, row: Amounts) -> str:
        support = f" − {kroner(row.support)} = {kroner(row.you_pay)}" if row.support else ""
        return f"{self.days(case.period.days)}: {_parts(row)} = {kroner(row.wage_cost)}{support}"

    # What the figures rest on that nobody has measured.

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


def _added(rows: Sequence[Amounts]) -> Amounts:
    total = Amounts()
    for row in rows:
        total += row
    return total


def _plus(amounts: Iterable[int]) -> str:
    """«152 508 kr + 305 016 kr = 457 524 kr»."""
    terms = list(amounts)
    total = kroner(sum(terms))
    return f"{' + '.join(map(kroner, terms))} = {total}" if len(terms) > 1 else total


def _parts(row: Amounts) -> str:
    """«lønn 117 000 kr + feriepenger 14 040 kr + …»: the rows of the wage cost, which add up to it."""
    parts = (
        (_("lønn"), row.wage),
        (_("feriepenger"), row.holiday_pay),
        (_("pensjon"), row.pension),
        (_("avgift"), row.contribution),
    )
    return " + ".join(f"{word} {kroner(amount)}" for word, amount in parts)
