"""What one inclusion hire may cost, with and without support: many drawn courses of up to three years.

Each course draws every uncertain figure once (a triangle over low, mid and high), how long the person stays,
and when he or she is away sick. Both alternatives meet the same courses, so that the difference between them
is the support and nothing else. Time is months from the first day; whoever leaves is paid the month out.

    net cost = wages + mentor + leader + paperwork + accommodation + absence + search − work − support − grant

The value of work is what a trained colleague costs in the same position, times the share that gets done. Away
sick: the employer pays the employer period, and nothing the first weeks of employment (folketrygdloven
§§ 8-18 and 8-19); then NAV pays the wage up to its ceiling, and there is neither work nor subsidy. An absence
starts with a month and lasts exponentially long, and two may overlap.

What the model does not know: the person, the work and the company; why somebody leaves, which it takes to be
independent of how the work goes; what comes after, such as an empty position or a new hire (but for the
search, when counted); colleagues, customers and quality; growth in wages and prices; late refunds; costs of
accommodation that come every year; and what nobody has measured. It says how uncertain our assumptions make
the answer, which is less than how uncertain the answer is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inclusion_rules.estimate import Alternative, Estimate, Position
from inclusion_rules.inputs import NoAnswer, number, required
from inclusion_rules.money import divide, half_up
from inclusion_rules.parameters import (
    Parameter,
    for_model,
    limits,
    never_rising,
    parameter,
    simulation_setting,
)
from inclusion_rules.periods import add_months
from inclusion_rules.rates import Rate, RateBook
from inclusion_rules.wage_cost import monthly_cost

Paths = NDArray[np.float64]

RETENTION = ("retention_6m_matched_no", "retention_12m_matched_no", "retention_24m_matched_no")
PRODUCTIVITY = ("prod_start_inclusion", "prod_ramp_months", "prod_plateau")
MENTOR = ("mentor_h_week_1_4", "mentor_h_week_5_12", "mentor_h_week_13_26", "mentor_h_after_26")
LEADER = ("leader_h_week_1_12",)
PAPERWORK = ("admin_h_per_case",)
SPELLS = ("absence_rate_ordinary", "absence_multiplier_inclusion", "absence_spell_days")
ABSENCE = ("absence_week_extra_cost",)
ACCOMMODATION = ("accommodation_zero_share", "accommodation_oneoff_nok")
SEARCH = ("hiring_cost_weeks_total", "hiring_share_search")

#: Every assumption of the model, in the order of the page. `SEARCH` counts only when the reader wants it.
ASSUMPTIONS = (
    *PRODUCTIVITY,
    *RETENTION,
    *MENTOR,
    *LEADER,
    *PAPERWORK,
    *SPELLS,
    *ABSENCE,
    *ACCOMMODATION,
    *SEARCH,
)

#: What the cost is made of, in the order of the page; the last three are money or work that comes in.
PARTS = (
    "wages",
    "mentor",
    "leader",
    "paperwork",
    "accommodation",
    "absence",
    "search",
    "work",
    "support",
    "grant",
)
#: What there is only with measures.
ONLY_WITH = ("paperwork", "support", "grant")


@dataclass(frozen=True, slots=True)
class Range:
    """What an assumption may be, in the unit of its parameter: low ≤ mid ≤ high."""

    low: Decimal
    mid: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Rules:
    """What law and NAV's systems say on a day, and the rates it came from.

    `sick_pay_ceiling` is the monthly wage in NOK above which NAV pays no sick pay. Days are calendar days.
    """

    employer_days: int
    qualifying_days: int
    sick_pay_ceiling: int
    days_per_month: Decimal
    weeks_per_month: Decimal
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One hire. Money is whole NOK; costs are with holiday pay, pension and employer's contribution.

    `months` is how long the job is followed, and may end in part of a month. `support` is the subsidy in each
    month of it under the chosen alternative, the last month by its days; empty for none. `mentor_grant` is
    NOK a month for `mentor_grant_months`. `limit` is the net cost the reader will not go above. `overrides`
    are the reader's own assumptions. `count_search`: an ordinary search is saved at the start, and needed
    if the person leaves.
    """

    monthly_wage: int
    monthly_cost: int
    trained_monthly_cost: int
    position_percent: Decimal
    mentor_hour_cost: int
    leader_hour_cost: int
    rules: Rules
    months: Decimal
    limit: int
    support: tuple[int, ...] = ()
    mentor_grant: int = 0
    mentor_grant_months: int = 0
    count_search: bool = False
    overrides: Mapping[str, Range] = field(default_factory=dict)
    paths: int = simulation_setting("paths")
    seed: int = simulation_setting("seed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The distribution of the net cost over the whole time, in whole NOK; below zero the work is worth more.

    `parts` are the means of what it is made of, with sign, and sum to `mean` exactly. `quantiles` are by per
    cent. `over_limit` counts the courses that cost more than the limit; `bins` those between the `edges`.
    """

    parts: Mapping[str, int]
    quantiles: Mapping[int, int]
    over_limit: int
    bins: tuple[int, ...]

    @property
    def mean(self) -> int:
        return sum(self.parts.values())


@dataclass(frozen=True, slots=True)
class Swing:
    """The mean net cost with measures, NOK, with these assumptions held at their low and at their high."""

    keys: tuple[str, ...]
    low: int
    high: int

    @property
    def size(self) -> int:
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Answer:
    """`edges` are the borders of the bins, NOK, the same for both. `swings` begin with what matters most."""

    paths: int
    edges: tuple[int, ...]
    with_measures: Outcome
    without: Outcome
    swings: tuple[Swing, ...]


def simulate(question: Question) -> Answer:
    """The answer to one question: the same question gives the same answer, to the krone.

    NoAnswer, with the field, when a number of the question cannot be used.
    """
    ranges = _settled(question)
    found = _Courses(question).drawn(ranges)
    parts = {name: found[name] for name in PARTS}
    with_measures = _sum(parts)
    without = _sum({name: values for name, values in parts.items() if name not in ONLY_WITH})
    edges = _edges(with_measures, without)
    means = {name: half_up(Decimal(float(values.mean()))) for name, values in parts.items()}
    alone = {name: mean for name, mean in means.items() if name not in ONLY_WITH}
    outcome = _outcome(with_measures, means, question.limit, edges)
    return Answer(
        paths=question.paths,
        edges=tuple(edges),
        with_measures=outcome,
        without=_outcome(without, alone, question.limit, edges),
        swings=_swings(question, ranges, outcome.mean),
    )


def ask(
    found: Estimate,
    way: Alternative | None,
    position: Position,
    rates: RateBook,
    *,
    limit: int,
    mentor_hour_cost: int | None = None,
    leader_hour_cost: int | None = None,
    mentor_grant: int = 0,
    **more: Any,
) -> Question:
    """The question about one position of an estimate, under one of its alternatives, or none.

    A mentor whose hours nobody has priced costs what the position's own hours do; a leader the average of all
    employees. The grant lasts as long as NAV can give it in general. `more` are other fields of Question.
    NoRate as the estimate.
    """
    start = found.start
    _within(position.position_percent, "position_percent", 1, 100)
    full_hours = rates.value("shared.hours_per_month_full_time", start)
    own_hours = full_hours * position.position_percent / 100
    months = _months(found)
    grant_months = rates.value("mentor.max_months_general", start)
    average = monthly_cost(
        parameter("wage_month_all").mid,
        holiday_percent=position.holiday_percent,
        pension_percent=position.pension_percent,
        contribution_percent=position.contribution_percent,
    )
    if mentor_hour_cost is None:
        mentor_hour_cost = half_up(found.cost.total / own_hours)
    if leader_hour_cost is None:
        leader_hour_cost = half_up(average.total / full_hours)
    return Question(
        monthly_wage=half_up(found.cost.wage),
        monthly_cost=found.cost.total,
        trained_monthly_cost=found.cost.total,
        position_percent=position.position_percent,
        mentor_hour_cost=mentor_hour_cost,
        leader_hour_cost=leader_hour_cost,
        rules=rules_on(start, rates),
        months=months,
        limit=limit,
        support=support_by_month(way, start, months) if way else (),
        mentor_grant=mentor_grant,
        mentor_grant_months=int(grant_months) if mentor_grant else 0,
        **more,
    )


def rules_on(day: date, rates: RateBook) -> Rules:
    """The rates the model needs, on the first day of the job. NoRate when one is missing."""
    used = tuple(
        rates.rate(key, day)
        for key in (
            "arbeidsgiverperiode_sykepenger.days",
            "arbeidsgiverperiode_sykepenger.qualifying_weeks",
            "arbeidsgiverperiode_sykepenger.cap_base_amounts",
            "shared.base_amount",
            "shared.days_per_month",
            "mentor.weeks_per_year",
        )
    )
    days, qualifying, ceiling, base, month, weeks = (rate.value for rate in used)
    return Rules(
        employer_days=int(days),
        qualifying_days=timedelta(weeks=int(qualifying)).days,
        sick_pay_ceiling=half_up(ceiling * base / 12),
        days_per_month=month,
        weeks_per_month=weeks / 12,
        rates=used,
    )


def support_by_month(way: Alternative, start: date, months: Decimal) -> tuple[int, ...]:
    """The subsidy of an alternative in each month from `start`, whole NOK, by the days it covers.

    A stretch without an end goes on; after the last stretch there is nothing. A last, broken month holds
    what falls in its days.
    """
    found = []
    for month in range(ceil(months)):
        first, after = add_months(start, month), add_months(start, month + 1)
        in_month = (after - first).days
        if month + 1 > months:
            after = first + timedelta(days=half_up(in_month * (months - month)))
        amount = Decimal(0)
        for stretch in way.periods:
            ends = stretch.end + timedelta(days=1) if stretch.end else after
            days = (min(ends, after) - max(stretch.start, first)).days
            amount += stretch.support * Decimal(max(0, days)) / in_month
        found.append(half_up(amount))
    return tuple(found)


def _months(found: Estimate) -> Decimal:
    """How long to follow the job: to its end, and no longer than the simulation goes."""
    longest = simulation_setting("months")
    if found.job_end is None:
        return Decimal(longest)
    after = found.job_end + timedelta(days=1)
    for month in range(longest):
        first, last = add_months(found.start, month), add_months(found.start, month + 1)
        if after <= last:
            return month + divide((after - first).days, (last - first).days)
    return Decimal(longest)


# What is asked.


def _settled(question: Question) -> dict[str, Range]:
    """The assumptions to answer with: ours, or the reader's. NoAnswer for what cannot be used."""
    longest = simulation_setting("months")
    for name in (
        "monthly_wage",
        "monthly_cost",
        "trained_monthly_cost",
        "mentor_hour_cost",
        "leader_hour_cost",
    ):
        _within(getattr(question, name), name, 0, simulation_setting("most_nok"))
    _within(question.limit, "limit", -simulation_setting("most_nok"), simulation_setting("most_nok"))
    _within(question.mentor_grant, "mentor_grant", 0, simulation_setting("most_nok"))
    _within(question.mentor_grant_months, "mentor_grant_months", 0, longest)
    _within(question.position_percent, "position_percent", 0, 100)
    _within(question.months, "months", 0, longest)
    _within(question.paths, "paths", 1, simulation_setting("most_paths"))
    _within(question.seed, "seed", 0, simulation_setting("most_nok"))
    if question.support and len(question.support) != ceil(question.months):
        raise NoAnswer("wrong_length", f"write support for {ceil(question.months)} months", "support")
    for amount in question.support:
        _within(amount, "support", 0, simulation_setting("most_nok"))
    ours = for_model(key for key in ASSUMPTIONS if question.count_search or key not in SEARCH)
    for key in question.overrides:
        if key not in ASSUMPTIONS:
            raise NoAnswer("unknown_value", "this is no assumption of the model: leave it out", key)
    ranges = {
        key: _checked(each, question.overrides.get(key) or Range(each.low, each.mid, each.high))
        for key, each in ours.items()
    }
    for group in never_rising():
        for earlier, later in pairwise(key for key in group if key in ranges):
            for end in ("low", "mid", "high"):
                if getattr(ranges[later], end) > getattr(ranges[earlier], end):
                    raise NoAnswer("rising", f"write no more than for {earlier}", f"{later}.{end}")
    return ranges


def _checked(each: Parameter, given: Range) -> Range:
    least, most = limits(each.unit)
    ends = [_within(getattr(given, end), f"{each.id}.{end}", least, most) for end in ("low", "mid", "high")]
    low, mid, high = ends
    if low > mid:
        raise NoAnswer("not_in_order", f"write a number from {low} up", f"{each.id}.mid")
    if mid > high:
        raise NoAnswer("not_in_order", f"write a number from {mid} up", f"{each.id}.high")
    return Range(low, mid, high)


def _within(value: Any, name: str, least: Decimal | int, most: Decimal | int) -> Decimal:
    found = required(number({name: value}, name), name)
    if not least <= found <= most:
        raise NoAnswer("out_of_range", f"write a number from {least} to {most}", name)
    return found


# The courses.


@lru_cache(maxsize=2)
def _luck(seed: int, paths: int, months: int) -> tuple[Mapping[str, Paths], Paths]:
    """The chance in every course, as numbers from 0 to 1: one a name, and one for each month.

    Drawn in one fixed order, so that no assumption changes another's luck.
    """
    chance = np.random.default_rng(seed)
    luck = {name: chance.random(paths) for name in (*ASSUMPTIONS, "stays", "needs_accommodation")}
    # One curve: a course that keeps many after 6 months keeps many after 12.
    luck |= {name: luck[RETENTION[0]] for name in RETENTION}
    return luck, chance.random((months, paths))


def _triangle(each: Range, luck: Paths) -> Paths:
    """Draws from the triangle over low, mid and high; the same number everywhere when they are equal."""
    low, mid, high = float(each.low), float(each.mid), float(each.high)
    if low == high:
        return np.full_like(luck, low)
    rising = low + np.sqrt(luck * (high - low) * (mid - low))
    falling = high - np.sqrt((1 - luck) * (high - low) * (high - mid))
    return np.where(luck * (high - low) < mid - low, rising, falling)


@dataclass(frozen=True, slots=True)
class _Spells:
    """Absences, one an element: whose, and from when, to when the employer pays, and NAV pays, in months."""

    who: NDArray[np.intp]
    begins: Paths
    nav_from: Paths
    ends: Paths


class _Courses:
    """All courses of one question. Each method works out one thing, in NOK a course, from what is known."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.horizon = float(question.months)
        self.luck, by_month = _luck(question.seed, question.paths, simulation_setting("months"))
        self.by_month = by_month[: ceil(question.months)]
        rules = question.rules
        self.days_per_month, self.weeks_per_month = float(rules.days_per_month), float(rules.weeks_per_month)
        marks = [*range(ceil(question.months)), self.horizon]
        self.marks = np.array(marks)
        support = np.array(question.support or [0] * (len(marks) - 1), dtype=float)
        grant_ends = min(float(question.mentor_grant_months), self.horizon)
        grant = np.diff(np.minimum(self.marks, grant_ends)) * question.mentor_grant
        running = np.diff(self.marks) * ((support > 0) | (grant > 0))
        self.support_until, self.grant_until, self.running_until = (
            np.concatenate(([0], np.cumsum(each))) for each in (support, grant, running)
        )

    def drawn(self, ranges: Mapping[str, Range]) -> dict[str, Any]:
        """Every assumption drawn, and all that follows."""
        return self._follow(
            {key: _triangle(each, self.luck[key]) for key, each in ranges.items()}, set(ranges)
        )

    def held(
        self, drawn: Mapping[str, Any], ranges: Mapping[str, Range], keys: tuple[str, ...], end: str
    ) -> dict[str, Any]:
        """The same courses with the assumptions `keys` held at one end, and what follows worked out again."""
        fixed = {key: np.full(self.question.paths, float(getattr(ranges[key], end))) for key in keys}
        return self._follow({**drawn, **fixed}, set(keys))

    def mean(self, found: Mapping[str, Any]) -> float:
        """The mean net cost with measures, NOK."""
        return float(sum(found[name].mean() for name in PARTS))

    def _follow(self, known: dict[str, Any], changed: set[str]) -> dict[str, Any]:
        for name, needs, work_out in _STEPS:
            if not changed.isdisjoint(needs):
                known[name] = work_out(self, known)
                changed.add(name)
        return known

    def stays(self, known: Mapping[str, Paths]) -> Paths:
        """When each leaves, in months: the same chance every month between the times we have a share for."""
        patience = -np.log1p(-self.luck["stays"])
        left_at, gone_before, since = np.full_like(patience, np.inf), np.zeros_like(patience), 0
        # Nobody left makes an endless rate, and nobody leaving a rate of nothing: both are meant.
        with np.errstate(divide="ignore", invalid="ignore"):
            for key in RETENTION:
                until = parameter(key).after_months or since
                gone = -np.log(known[key])
                monthly = (gone - gone_before) / (until - since)
                in_time = (patience < gone) | (key == RETENTION[-1])
                here = (patience >= gone_before) & in_time & (monthly > 0)
                left_at = np.where(here, since + (patience - gone_before) / monthly, left_at)
                since, gone_before = until, gone
        return left_at

    def months(self, known: Mapping[str, Paths]) -> Paths:
        """The months each is paid."""
        return np.minimum(np.ceil(known["left_at"]), self.horizon)

    def spells(self, known: Mapping[str, Any]) -> _Spells:
        days, rules = known["absence_spell_days"], self.question.rules
        away = np.minimum(known["absence_rate_ordinary"] * known["absence_multiplier_inclusion"], 1)
        chance = np.minimum(away * self.days_per_month / days, 1)
        month, who = np.divmod(np.flatnonzero(self.by_month < chance), self.question.paths)
        here = month < known["months"][who]
        month, who = month[here], who[here]
        # Below the chance the luck is even over 0 to 1 again, and draws the length.
        length = -days[who] * np.log1p(-self.by_month[month, who] / chance[who])
        qualified = month * self.days_per_month >= rules.qualifying_days
        paid = np.where(qualified, np.minimum(length, rules.employer_days), 0)
        last = known["months"][who]
        return _Spells(
            who=who,
            begins=month.astype(float),
            nav_from=np.minimum(month + paid / self.days_per_month, last),
            ends=np.minimum(month + length / self.days_per_month, last),
        )

    def wages(self, known: Mapping[str, Paths]) -> Paths:
        return known["months"] * self.question.monthly_cost

    def mentor(self, known: Mapping[str, Paths]) -> Paths:
        return self._hours(known, MENTOR) * self.question.mentor_hour_cost

    def leader(self, known: Mapping[str, Paths]) -> Paths:
        return self._hours(known, LEADER) * self.question.leader_hour_cost

    def paperwork(self, known: Mapping[str, Paths]) -> Paths:
        years = self._paid(self.running_until, known["months"]) / 12
        return years * known["admin_h_per_case"] * self.question.leader_hour_cost

    def accommodation(self, known: Mapping[str, Paths]) -> Paths:
        needed = self.luck["needs_accommodation"] >= known["accommodation_zero_share"]
        return np.where(needed, known["accommodation_oneoff_nok"], 0)

    def absence(self, known: Mapping[str, Any]) -> Paths:
        """While the employer pays, what a week away costs beyond the wage; later, work lost less sick pay."""
        spells, question = known["spells"], self.question
        weeks = (spells.nav_from - spells.begins) * self.weeks_per_month
        share = float(question.position_percent) / 100
        extra = weeks * share * known["absence_week_extra_cost"][spells.who]
        lost = self._done(known, spells.ends, spells.who) - self._done(known, spells.nav_from, spells.who)
        sick_pay = min(question.monthly_wage, question.rules.sick_pay_ceiling)
        later = lost * question.trained_monthly_cost - (spells.ends - spells.nav_from) * sick_pay
        return self._by_course(spells, extra + later)

    def search(self, known: Mapping[str, Paths]) -> Paths:
        """An ordinary search saved at the start, and needed again when the person leaves."""
        if not self.question.count_search:
            return np.zeros(self.question.paths)
        weekly = self.question.monthly_wage / self.weeks_per_month
        left = known["left_at"] < self.horizon
        saved: Paths = known["hiring_cost_weeks_total"] * known["hiring_share_search"] * weekly
        return np.where(left, 0, -saved)

    def work(self, known: Mapping[str, Paths]) -> Paths:
        done = self._done(known, known["months"], np.arange(self.question.paths))
        return -done * self.question.trained_monthly_cost

    def support(self, known: Mapping[str, Any]) -> Paths:
        """The subsidy, less that of the days NAV pays the wage."""
        spells = known["spells"]
        lost = self._paid(self.support_until, spells.ends) - self._paid(self.support_until, spells.nav_from)
        return self._by_course(spells, lost) - self._paid(self.support_until, known["months"])

    def grant(self, known: Mapping[str, Paths]) -> Paths:
        return -self._paid(self.grant_until, known["months"])

    def _hours(self, known: Mapping[str, Paths], keys: tuple[str, ...]) -> Paths:
        """Hours over the whole time, of so many a week in each of the parameters' weeks."""
        weeks = known["months"] * self.weeks_per_month
        total = np.zeros_like(weeks)
        for key in keys:
            first, last = parameter(key).weeks or (1, None)
            until = weeks if last is None else np.minimum(weeks, last)
            total += np.maximum(until - (first - 1), 0) * known[key]
        return total

    def _done(self, known: Mapping[str, Paths], until: Paths, who: NDArray[np.intp]) -> Paths:
        """Work done from the start until a time, in months of a trained colleague: a rise, then level."""
        start, ramp, level = (known[key][who] for key in PRODUCTIVITY)
        rising = np.minimum(until, ramp)
        # The mean over the rise is half way up to where it got.
        reached = (level - start) * rising / np.maximum(ramp, np.finfo(float).tiny)
        return rising * (start + reached / 2) + (until - rising) * level

    def _paid(self, until_mark: Paths, until: Paths) -> Paths:
        """A sum known at each month's end, read at any time between."""
        found: Paths = np.interp(until, self.marks, until_mark)
        return found

    def _by_course(self, spells: _Spells, amounts: Paths) -> Paths:
        sums: Paths = np.bincount(spells.who, weights=amounts, minlength=self.question.paths).astype(float)
        return sums


#: What is worked out, what it rests on, and how: in this order.
_STEPS: tuple[tuple[str, tuple[str, ...], Callable[[_Courses, Mapping[str, Any]], Any]], ...] = (
    ("left_at", RETENTION, _Courses.stays),
    ("months", ("left_at",), _Courses.months),
    ("spells", ("months", *SPELLS), _Courses.spells),
    ("wages", ("months",), _Courses.wages),
    ("mentor", ("months", *MENTOR), _Courses.mentor),
    ("leader", ("months", *LEADER), _Courses.leader),
    ("paperwork", ("months", *PAPERWORK), _Courses.paperwork),
    ("accommodation", ACCOMMODATION, _Courses.accommodation),
    ("absence", ("spells", *PRODUCTIVITY, *ABSENCE), _Courses.absence),
    ("search", ("left_at", *SEARCH), _Courses.search),
    ("work", ("months", *PRODUCTIVITY), _Courses.work),
    ("support", ("months", "spells"), _Courses.support),
    ("grant", ("months",), _Courses.grant),
)


# What comes out.


def _sum(parts: Mapping[str, Paths]) -> Paths:
    total: Paths = np.sum(list(parts.values()), axis=0)
    return total


def _swings(question: Question, ranges: Mapping[str, Range], mean: int) -> tuple[Swing, ...]:
    """One assumption at a time held at its low and at its high, while the others go on as drawn.

    Fewer courses tell the difference well, since both ends meet the same; it is laid on the mean of them all.
    """
    courses = _Courses(replace(question, paths=min(question.paths, simulation_setting("swing_paths"))))
    drawn = courses.drawn(ranges)
    usual = courses.mean(drawn)
    swings = []
    for keys in [RETENTION, *((key,) for key in ranges if key not in RETENTION)]:
        low, high = (
            mean + half_up(Decimal(courses.mean(courses.held(drawn, ranges, keys, end)) - usual))
            for end in ("low", "high")
        )
        swings.append(Swing(keys, low, high))
    return tuple(sorted(swings, key=lambda swing: -swing.size))


def _edges(*outcomes: Paths) -> range:
    """Borders at round amounts that hold every course, in as few bins as the chart has room for."""
    low, high = min(each.min() for each in outcomes), max(each.max() for each in outcomes)
    for width in simulation_setting("bin_widths_nok"):
        first, last = int(low // width), int(high // width) + 1
        if last - first <= simulation_setting("most_bins"):
            break
    return range(first * width, last * width + 1, width)


def _outcome(totals: Paths, means: Mapping[str, int], limit: int, edges: range) -> Outcome:
    shown = simulation_setting("shown_quantiles")
    bins, _ = np.histogram(totals, bins=np.array(edges, dtype=float))
    amounts = np.quantile(totals, np.array(shown) / 100)
    return Outcome(
        parts=means,
        quantiles={at: half_up(Decimal(float(amount))) for at, amount in zip(shown, amounts, strict=True)},
        over_limit=int(np.count_nonzero(totals > limit)),
        bins=tuple(int(count) for count in bins),
    )
