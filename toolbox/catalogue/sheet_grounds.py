"""What each figure of the sheet rests on: the formula with the numbers in, law, source and dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inclusion_rules.bad_cases import MENTOR_LEAVES, SICK_LEAVE, BadCase
from inclusion_rules.estimate import Alternative
from inclusion_rules.net_cost import (
    LEADER_HOURS,
    MENTOR_HOURS,
    PAPERWORK_HOURS,
    RAMP,
    Amounts,
    Reckoning,
    overlap,
    support_in,
)
from inclusion_rules.periods import Period
from inclusion_rules.rates import Rate, Source
from toolbox.catalogue.explanations import Row, cost_rows
from toolbox.catalogue.forms import Answers
from toolbox.catalogue.validity import assumption, valid
from toolbox.ui.figures import kroner, number, percent, unbroken, with_rates


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


class Opened:
    """The grounds of one sheet. `labels` name the ways, without support first."""

    def __init__(self, answers: Answers, reckoning: Reckoning, labels: tuple[str, ...]) -> None:
        self.reckoning, self.labels = reckoning, labels
        found = reckoning.found
        self._months = {
            each.start: cost_rows(answers, found, reckoning.rates, each.start) for each in found.costs
        }
        self.alternatives = reckoning.found.alternatives
        self.language = get_language() or "nb"
        self.with_grant = reckoning.grant_period is not None

    def month_on(self, day: date) -> tuple[Row, ...]:
        """The rows of a month's cost, as it is on `day`."""
        return self._months[self.reckoning.found.cost_on(day).start]

    def of_period(self, period: Period, rows: tuple[Amounts, ...]) -> Iterable[Grounds]:
        """Column by column."""
        without, month = rows[0], self.month_on(period.start)
        monthly = month[1:4]
        yield Grounds(
            _("Lønnskostnad"),
            (self.times(period, month[-1].amount, without.wage_cost), _parts(without)),
            _("Summen i måneden, ganger månedene. Delene står i «Slik blir lønnskostnaden i måneden»."),
            unbroken("; ".join(dict.fromkeys(row.law for row in monthly))),
            month[-1].valid,
            month[-1].checked,
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

    def of_sum(self, columns: Sequence[Sequence[Amounts]], rows: tuple[Amounts, ...]) -> Iterable[Grounds]:
        """Column by column. `columns` has the periods of each way, `rows` their sums."""
        parts = {
            _("Lønnskostnad"): ("wage_cost",),
            _("Støtte fra Nav"): ("support",),
            _("Tid for kolleger"): ("time",),
            **({_("Mentortilskudd"): ("grant",)} if self.with_grant else {}),
            _("Dere betaler"): ("you_pay",),
            _("Arbeidets verdi"): ("worth_low", "worth_high"),
        }
        for name, fields in parts.items():
            yield self.ground(
                name,
                [
                    f"{label}: {_plus(getattr(row, field) for row in column)}"
                    for field in fields
                    for label, column in zip(self.labels, columns, strict=True)
                ],
                _("Summen av periodene over."),
            )
        yield self.remains(rows)

    def labelled(self, rows: Sequence[Amounts]) -> Iterable[tuple[str, Amounts]]:
        return zip(self.labels, rows, strict=True)

    def support(self, period: Period, rows: tuple[Amounts, ...]) -> Grounds:
        lines, used = [], []
        for label, way, row in zip(self.labels[1:], self.alternatives, rows[1:], strict=True):
            stretches = support_in(period, way)
            used += [
                p.rates[0]
                for p in way.periods
                if p.start <= period.end and (p.end or date.max) >= period.start
            ]
            sums = [self.times(part, each, self.reckoning.amount(part, each)) for part, each in stretches]
            lines.append(f"{label}: {'. '.join(sums)}" if sums else f"{label}: {kroner(row.support)}")
        rate = used[0] if used else self.alternatives[0].periods[-1].rates[0]
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
        ways: tuple[Alternative | None, ...] = (None, *self.alternatives)
        asked, hour = self.reckoning, self.reckoning.hour_on(period.start)
        lines = []
        for label, way, row in zip(self.labels, ways, rows, strict=True):
            hours = asked.hours(period, LEADER_HOURS) + asked.paperwork_hours(period, way)
            agreed = asked.grant(period)
            own = (row.mentor - agreed) // hour
            parts = [kroner(agreed)] if agreed else []
            parts.append(f"({number(own)} + {number(hours)}) {_('timer')} × {kroner(hour)}")
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
        rate, month = self.reckoning.grant_months, self.reckoning.grant_on(period.start)
        covered = overlap(period, self.reckoning.grant_period)
        amount = rows[-1].grant
        share = self.reckoning.rates.rate("mentor.percent_covered", self.reckoning.start)
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

    def of_case(self, case: BadCase) -> Grounds:
        words, start = case.words, self.reckoning.start
        return Grounds(
            name=_("Formel"),
            lines=tuple(f"{label}: {self.exposed(case, row)}" for label, row in self.labelled(case.rows)),
            where_from=with_rates(words.counted[self.language], book=self.reckoning.rates, on=start),
            law=unbroken(words.law),
            valid=" ".join(f"{rate.name[self.language]}: {self.valid(rate, start)}" for rate in case.rates),
            checked=case.rates[0].checked if case.rates else words.checked,
            sources=words.sources,
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
        parts = [f"{in_months(months)} × {kroner(per_month)}"] if months else []
        if days:
            share = f"{kroner(per_month)} / {number(self.reckoning.days_per_month.value)}"
            parts.append(f"{in_days(days)} × {share}")
        return f"{' + '.join(parts)} = {kroner(amount)}"

    def exposed(self, case: BadCase, row: Amounts) -> str:
        """The sum behind one exposure, with what is nought left out."""
        if case.key == MENTOR_LEAVES:
            hour = self.reckoning.hour_on(case.period.start)
            return f"{number(row.mentor // hour)} {_('timer')} × {kroner(hour)} = {kroner(row.you_pay)}"
        if case.key == SICK_LEAVE:
            support = f" − {kroner(row.support)} = {kroner(row.you_pay)}" if row.support else ""
            return f"{in_days(case.period.days)}: {_parts(row)} = {kroner(row.wage_cost)}{support}"
        terms = [kroner(row.wage_cost)]
        terms += [f"− {kroner(row.support)}"] if row.support else []
        terms += [f"+ {kroner(row.time)}"] if row.time else []
        terms += [f"− {kroner(row.grant)}"] if row.grant else []
        terms += [f"− {kroner(row.worth_low)}"] if row.worth_low else []
        return f"{' '.join(terms)} = {kroner(row.remains_high)}"


def in_months(count: int) -> str:
    return f"{count} {ngettext('måned', 'måneder', count)}"


def in_days(count: int) -> str:
    return f"{count} {ngettext('dag', 'dager', count)}"


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
