"""What can go wrong, and what each costs: five named cases, with and without support.

Exposure is what the company may have paid in the days of the case, as if the work gave nothing back; where
support ends, work that is still slow counts as what it is worth at the low end. The words stand in
bad_cases.yaml; the numbers of law are asked for by date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from inclusion_rules.estimate import Alternative
from inclusion_rules.money import divide_to_whole, half_up
from inclusion_rules.net_cost import MENTOR_HOURS, Amounts, NetCost, Reckoning
from inclusion_rules.periods import ONE_DAY, Period, add_months
from inclusion_rules.rates import Rate, Source
from inclusion_rules.three_languages import Text, read_file, sources, text
from inclusion_rules.wage_cost import MonthlyCost, monthly_cost

FILE = "bad_cases.yaml"

TWO_WEEKS = "two_weeks"
PROBATION_END = "probation_end"
SICK_LEAVE = "sick_leave"
SUPPORT_ENDS = "support_ends"
MENTOR_LEAVES = "mentor_leaves"


@dataclass(frozen=True, slots=True)
class Words:
    """What happens, what is counted, the way out, who carries what, and the law behind it.

    `law` names the paragraphs, Norwegian in all languages; texts may name rates as `{rate:key}`.
    """

    title: Text
    what: Text
    counted: Text
    way_out: Text
    carries: Text
    law: str
    sources: tuple[Source, ...]
    checked: date


@dataclass(frozen=True, slots=True)
class BadCase:
    """One case. `rows` has one for each way, without support first, as in `NetCost.ways`.

    `rates` are what the days and the ceiling rest on.
    """

    key: str
    words: Words
    period: Period
    rows: tuple[Amounts, ...]
    rates: tuple[Rate, ...]

    @property
    def exposure(self) -> tuple[int, ...]:
        """NOK at worst, one for each way."""
        return tuple(row.remains_high for row in self.rows)


@lru_cache(maxsize=1)
def all_words() -> dict[str, Words]:
    """The words of every case, read once a process. TextFileError says which text lacks a language."""
    raw = read_file(FILE)
    found = {}
    for key, fields in raw["cases"].items():
        where = f"{FILE} {key}"
        found[key] = Words(
            title=text(fields["title"], f"{where}.title"),
            what=text(fields["what"], f"{where}.what"),
            counted=text(fields["counted"], f"{where}.counted"),
            way_out=text(fields["way_out"], f"{where}.way_out"),
            carries=text(fields["carries"], f"{where}.carries"),
            law=fields["law"],
            sources=sources(fields["sources"]),
            checked=raw["checked"],
        )
    return found


def bad_cases(reckoning: Reckoning, net: NetCost) -> tuple[BadCase, ...]:
    """The cases that can happen in this job. A case stops with a temporary job. NoRate as the estimate."""
    return tuple(_Cases(reckoning, net).all())


class _Cases:
    def __init__(self, reckoning: Reckoning, net: NetCost) -> None:
        self.reckoning, self.net = reckoning, net
        self.start = reckoning.start
        self.job_end = reckoning.found.job_end or date.max
        self.ways: tuple[Alternative | None, ...] = (None, *reckoning.found.alternatives)

    def all(self) -> Iterator[BadCase]:
        early, at_probation = self.two_weeks(), self.probation_end()
        yield early
        # A job that is over by then ends by itself.
        if at_probation.period.end > early.period.end:
            yield at_probation
        found = (self.sick_leave(), self.support_ends(), self.mentor_leaves())
        yield from (case for case in found if case)

    def rate(self, key: str) -> Rate:
        return self.reckoning.rates.rate(key, self.start)

    def two_weeks(self) -> BadCase:
        notice = self.rate("provetid.notice_days")
        return self.ends(TWO_WEEKS, self.start + timedelta(weeks=2), notice)

    def probation_end(self) -> BadCase:
        """Notice is given on the last day of the probation; of a temporary job at most half may be one."""
        notice, longest = self.rate("provetid.notice_days"), self.rate("provetid.max_months")
        over = add_months(self.start, int(longest.value))
        if self.reckoning.found.job_end:
            over = min(over, self.start + (self.job_end - self.start + ONE_DAY) // 2)
        return self.ends(PROBATION_END, max(over, self.start + ONE_DAY), notice, longest)

    def ends(self, key: str, day: date, notice: Rate, *more: Rate) -> BadCase:
        """Everything paid until the notice that is given the day before `day` has run out."""
        last = day + timedelta(days=int(notice.value)) - ONE_DAY
        period = Period(self.start, min(last, self.job_end))
        rows = tuple(self.reckoning.rows(period, way, worth=False) for way in self.ways)
        return self.case(key, period, rows, notice, *more)

    def sick_leave(self) -> BadCase | None:
        """Sick pay for the employer period, from the first day of month two. After that NAV pays.

        The first month is at least the four weeks somebody must have been employed for.
        """
        days, ceiling = (
            self.rate(f"arbeidsgiverperiode_sykepenger.{n}") for n in ("days", "cap_base_amounts")
        )
        base = self.reckoning.rates.newest("shared.base_amount", self.start)
        first = add_months(self.start, 1)
        if first > min(self.job_end, self.net.periods[-1].end):
            return None
        period = Period(first, min(first + timedelta(days=int(days.value) - 1), self.job_end))
        rows = [Amounts() for _way in self.ways]
        for part in self.reckoning.parts(period):
            cost, sick_pay = self.sick_pay(ceiling.value * base.value / 12, part.start)
            paid = self.reckoning.wage_rows(part, sick_pay)
            for number, way in enumerate(self.ways):
                full = self.reckoning.support(part, way) if way else 0
                support = divide_to_whole(full * sick_pay.total, cost.total)
                rows[number] += paid + Amounts(support=support)
        return self.case(SICK_LEAVE, period, tuple(rows), days, ceiling, base)

    def sick_pay(self, highest: Decimal, on: date) -> tuple[MonthlyCost, MonthlyCost]:
        """The wage cost of a month, and of one of sick pay, where the wage counts up to `highest` NOK."""
        found = self.reckoning.found.cost_on(on)
        if found.cost.wage <= highest:
            return found.cost, found.cost
        return found.cost, monthly_cost(
            half_up(highest),
            holiday_percent=found.position.holiday_percent,
            pension_percent=found.position.pension_percent,
            contribution_percent=found.position.contribution_percent,
        )

    def support_ends(self) -> BadCase | None:
        """The first year after support, with work at the low end of the ramp."""
        if not self.net.after:
            return None
        year = Period(self.net.after[0].start, self.net.after[-1].end)
        return self.case(SUPPORT_ENDS, year, tuple(sum(way.after, Amounts()) for way in self.net.ways))

    def mentor_leaves(self) -> BadCase | None:
        """The grant stops, and a new mentor needs the hours of the first weeks once more, from month two."""
        first_weeks = self.reckoning.weeks(MENTOR_HOURS[0])
        first = add_months(self.start, 1)
        period = Period(first, first + timedelta(days=first_weeks.days - 1))
        if period.end > self.job_end:
            return None
        cost = self.reckoning.hours(first_weeks, MENTOR_HOURS) * self.reckoning.hour_on(first)
        return self.case(MENTOR_LEAVES, period, tuple(Amounts(mentor=cost) for _way in self.ways))

    def case(self, key: str, period: Period, rows: tuple[Amounts, ...], *rates: Rate) -> BadCase:
        return BadCase(key, all_words()[key], period, rows, rates)
