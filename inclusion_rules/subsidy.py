"""What NAV pays towards a wage: how many per cent, from which day, and how much in each period.

A percentage and the months until it goes down are dated rates; this module only knows which rate comes when.
Every function asks for numbers through a `Lookup`: `rates.value` for what is law on a day, or NAV's own
tables (`operations.NavTables`). A rate is asked for with the first day it is to be used for.

Source: tiltaksforskriften chapters 5 and 8–10, FOR-2026-02-04-163, and navikt/tiltaksgjennomforing-api
(GenerellLonnstilskuddAvtaleBeregningStrategy and its kin, 2026-08-19).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from inclusion_rules.money import divide, exactly, half_towards_plus, half_up, percent_of
from inclusion_rules.periods import ONE_DAY, Period, add_months
from inclusion_rules.rates import Rate, RateBook

#: How a dated number is found: (key, day) → value. May raise NoRate; None means that NAV has no value.
Lookup = Callable[[str, date], Any]

TEMPORARY = "midlertidig_lonnstilskudd"
PERMANENT = "varig_lonnstilskudd"
FOUR_YEAR = "firearig_lonnstilskudd_unge"
SUMMER_JOB = "sommerjobb"
MENTOR = "mentor"
ADAPTED_WORK = "vta_o_gammel"
INCLUSION_GRANT = "inkluderingstilskudd"
WORK_TRAINING = "arbeidstrening"

#: The measures of NAV's agreements, by the keys of their folders.
MEASURES = (
    TEMPORARY,
    PERMANENT,
    FOUR_YEAR,
    SUMMER_JOB,
    MENTOR,
    ADAPTED_WORK,
    INCLUSION_GRANT,
    WORK_TRAINING,
)
#: Those that pay the employer something every month.
PAID_MONTHLY = (TEMPORARY, PERMANENT, FOUR_YEAR, SUMMER_JOB, MENTOR, ADAPTED_WORK)


class EffortGroup(Enum):
    """The groups of Nav-loven § 14 a (innsatsgruppe). NAV decides; an employer is never asked."""

    GOOD_CHANCES = "gode_muligheter"
    GUIDANCE = "trenger_veiledning"
    REDUCED_CAPACITY = "trenger_veiledning_nedsatt_arbeidsevne"
    PARTIAL_WORK = "jobbe_delvis"
    SMALL_CHANCE = "liten_mulighet_til_a_jobbe"
    UNKNOWN = "ukjent"


#: The groups whose work capacity is reduced.
ADAPTED = frozenset({EffortGroup.REDUCED_CAPACITY, EffortGroup.PARTIAL_WORK, EffortGroup.SMALL_CHANCE})


#: From which days a month costs something else, and how much (whole NOK).
LaterTotals = tuple[tuple[date, int], ...]


class TooLong(ValueError):
    """A period ends after the last day that a measure has a percentage for."""

    def __init__(self, end: date, first_day_without: date) -> None:
        self.end = end
        self.first_day_without = first_day_without
        super().__init__(
            f"there is no percentage for {end.isoformat()}: end before {first_day_without.isoformat()}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the amounts of an agreement follow from.

    `measure` is one of MEASURES. `monthly_total` is the cost in whole NOK per month, a position's or a
    mentor's; a fixed sum needs none. `chosen_percent` is what NAV set for a permanent subsidy or summer job.
    Dates or total may be missing: then there are no steps, or no periods. `later_totals` are the days on
    which the cost is known to change, in order, and what it is from then on. They count where the law does;
    NAV's own agreements hold one cost.
    """

    measure: str
    group: EffortGroup | None = None
    start: date | None = None
    end: date | None = None
    monthly_total: int | None = None
    chosen_percent: Decimal | None = None
    later_totals: LaterTotals = ()

    @property
    def period(self) -> Period | None:
        """The days from start to end, None while one is missing. ReversedPeriod when end comes first."""
        return Period(self.start, self.end) if self.start and self.end else None


@dataclass(frozen=True, slots=True)
class SubsidyPeriod:
    """One period NAV pays for, at most a calendar month. Percentage and amount (NOK): None when unknown."""

    start: date
    end: date
    percent: Decimal | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class RateStep:
    """A stretch of the agreement with one percentage, and what it gives for a whole month (NOK)."""

    start: date
    end: date
    percent: Decimal | None
    amount_per_month: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch with one percentage by law: NOK per whole month, and the rates the percentage stands in.

    `assumed` is True when a rate is not known for these days yet and the newest known one was used.
    """

    start: date
    end: date
    percent: Decimal
    amount_per_month: int
    assumed: bool
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A percentage, and how long after the start it begins: a rate of unit months, or a number of months."""

    percent: str
    after: str | int = 0


_FOUR_YEARS = ("percent_year_1", "percent_year_2", "percent_year_3", "percent_year_4")
_STAGES: Mapping[str, tuple[Stage, ...]] = {
    PERMANENT: (
        Stage(f"{PERMANENT}.percent_max_first_year"),
        Stage(f"{PERMANENT}.percent_max_later", f"{PERMANENT}.months_to_reduction"),
    ),
    FOUR_YEAR: tuple(Stage(f"{FOUR_YEAR}.{name}", 12 * year) for year, name in enumerate(_FOUR_YEARS)),
    MENTOR: (Stage(f"{MENTOR}.percent_covered"),),
}
_GUIDANCE_STAGES = (
    Stage(f"{TEMPORARY}.percent_guidance_start"),
    Stage(f"{TEMPORARY}.percent_guidance_reduced", f"{TEMPORARY}.months_to_reduction_guidance"),
)
_ADAPTED_STAGES = (
    Stage(f"{TEMPORARY}.percent_adapted_start"),
    Stage(f"{TEMPORARY}.percent_adapted_reduced", f"{TEMPORARY}.months_to_reduction_adapted"),
)
_FIXED_SUM = f"{ADAPTED_WORK}.amount_per_month"
DAYS_PER_MONTH = "shared.days_per_month"


def stages_of(measure: str, group: EffortGroup | None) -> tuple[Stage, ...]:
    if measure == TEMPORARY:
        if group in ADAPTED:
            return _ADAPTED_STAGES
        return _GUIDANCE_STAGES if group is EffortGroup.GUIDANCE else ()
    return _STAGES.get(measure, ())


def _starts(agreement: Agreement, look: Lookup) -> list[tuple[date, str]]:
    """The first day of each stage that is reached, and its percentage's key. Without dates, the first."""
    stages = stages_of(agreement.measure, agreement.group)
    start, end = agreement.start, agreement.end
    if not stages or (start is None and agreement.measure == FOUR_YEAR):
        return []
    found = [(start or date.min, stages[0].percent)]
    if start is None or (agreement.measure == PERMANENT and _below_later_ceiling(agreement, look)):
        return found
    for stage in stages[1:]:
        months = look(stage.after, start) if isinstance(stage.after, str) else stage.after
        day = add_months(start, int(months))
        # The four-year percentages follow the period alone; others go down only inside a dated agreement.
        if agreement.measure == FOUR_YEAR or (end is not None and day <= end):
            found.append((day, stage.percent))
    return found


def _below_later_ceiling(agreement: Agreement, look: Lookup) -> bool:
    chosen, start = agreement.chosen_percent, agreement.start
    return chosen is not None and start is not None and chosen <= look(_STAGES[PERMANENT][1].percent, start)


def reduction_dates(agreement: Agreement, look: Lookup) -> tuple[date, ...]:
    """The days on which the percentage goes down, inside the agreement. Empty while a date is missing."""
    if agreement.start is None or agreement.end is None:
        return ()
    return tuple(day for day, _ in _starts(agreement, look)[1:] if day <= agreement.end)


def start_percent(agreement: Agreement, look: Lookup, on: date) -> Decimal | None:
    """The percentage of the first period, by the rates of the day `on`. None where none is given."""
    stages = stages_of(agreement.measure, agreement.group)
    if not stages:
        return _flat_percent(agreement)
    return _ceiling(agreement, look(stages[0].percent, on))


def subsidy_percent(agreement: Agreement, period: Period, look: Lookup) -> Decimal | None:
    """The percentage for `period`, which has the percentage of its last day. None where none is given.

    TooLong when a four-year subsidy is asked about a period past its last year.
    """
    return _Percentages(agreement, look).of(period, look)


class _Percentages:
    """The percentages of one agreement: the stages are laid out once, then asked about many periods."""

    def __init__(self, agreement: Agreement, look: Lookup) -> None:
        self._agreement = agreement
        self._starts = _starts(agreement, look)
        self._stop: date | None = None
        if agreement.measure == FOUR_YEAR and agreement.start is not None:
            months = look(f"{FOUR_YEAR}.max_months_permanent", agreement.start)
            self._stop = add_months(agreement.start, int(months))

    def of(self, period: Period, look: Lookup) -> Decimal | None:
        if self._stop is not None and period.end >= self._stop:
            raise TooLong(period.end, self._stop)
        if not self._starts:
            return _flat_percent(self._agreement)
        key = self._starts[0][1]
        for day, percent in self._starts[1:]:
            if period.end >= day:
                key = percent
        return _ceiling(self._agreement, look(key, period.start))


def _ceiling(agreement: Agreement, percent: Decimal) -> Decimal:
    """For a permanent subsidy the rate is a ceiling over the chosen percentage; none chosen counts as 0 %."""
    if agreement.measure != PERMANENT:
        return percent
    return min(agreement.chosen_percent or Decimal(0), percent)


def _flat_percent(agreement: Agreement) -> Decimal | None:
    """The percentage NAV chooses once and for all; None where a measure has none."""
    return agreement.chosen_percent if agreement.measure == SUMMER_JOB else None


def monthly_subsidy(monthly_total: int | None, percent: Decimal | None) -> int | None:
    """`percent` of the rounded monthly cost, whole NOK, halves upwards. None when one of them is missing.

    NAV computes this step in binary floating point and may give one krone less when the exact result is a
    half krone (35 and 70 per cent).
    """
    if monthly_total is None or percent is None:
        return None
    with exactly():
        return half_towards_plus(percent_of(percent, monthly_total))


def period_amount(period: Period, per_month: int, days_per_month: Decimal) -> int:
    """What a monthly sum gives for `period`, whole NOK: whole months in full, left-over days by a daily rate.

    The daily rate is the monthly sum over `days_per_month`, rounded to ten decimals. A month split in two is
    paid by days in both parts, and may total more or less than a whole one.
    """
    months, days = period.months_and_days()
    if not days:
        return months * per_month
    with exactly():
        return months * per_month + half_up(days * divide(per_month, days_per_month))


def _per_month(agreement: Agreement, percent: Decimal | None, on: date, look: Lookup) -> int | None:
    if agreement.measure == ADAPTED_WORK:
        fixed = look(_FIXED_SUM, on)
        return None if fixed is None else int(fixed)
    if agreement.measure == MENTOR:
        return agreement.monthly_total
    return monthly_subsidy(agreement.monthly_total, percent)


def rate_steps(agreement: Agreement, look: Lookup) -> tuple[RateStep, ...]:
    """The agreement cut at its reduction dates. Empty while a date is missing, or if nothing is paid."""
    whole = agreement.period
    if whole is None or agreement.measure not in PAID_MONTHLY:
        return ()
    percentages = _Percentages(agreement, look)
    steps = []
    for part in whole.split(reduction_dates(agreement, look)):
        percent = percentages.of(part, look)
        steps.append(
            RateStep(part.start, part.end, percent, _per_month(agreement, percent, part.start, look))
        )
    return tuple(steps)


def subsidy_periods(
    agreement: Agreement, look: Lookup, within: Period | None = None
) -> tuple[SubsidyPeriod, ...]:
    """The periods NAV pays for: cut at reduction dates, then by calendar month, in order.

    `within` lays out only some of the days, with the percentages of the whole agreement. Empty while a date
    or the cost is missing, or when nothing is paid monthly.
    """
    whole = within or agreement.period
    if whole is None or agreement.measure not in PAID_MONTHLY:
        return ()
    if agreement.monthly_total is None and agreement.measure != ADAPTED_WORK:
        return ()
    percentages = _Percentages(agreement, look)
    found = []
    for part in whole.split(reduction_dates(agreement, look)):
        for period in part.by_month():
            percent = percentages.of(period, look)
            per_month = _per_month(agreement, percent, period.start, look)
            days_per_month = look(DAYS_PER_MONTH, period.start)
            amount = None if per_month is None else period_amount(period, per_month, days_per_month)
            found.append(SubsidyPeriod(period.start, period.end, percent, amount))
    return tuple(found)


def support_steps(
    measure_key: str,
    group: EffortGroup | None,
    start: date,
    end: date,
    monthly_total: int,
    rates: RateBook,
    chosen_percent: Decimal | None = None,
    later_totals: LaterTotals = (),
) -> tuple[Step, ...]:
    """What a percentage of the cost comes to, month by month between two days, by law as far as it is known.

    `monthly_total` is the employer's cost in whole NOK per month (the mentor's cost for `mentor`). With no
    `chosen_percent` a permanent subsidy is reckoned at its ceilings, a summer job at the group's percentage.
    A step ends where a percentage goes down, where a rate or the cost changes (`later_totals`, as Agreement
    has them), and where a rate is no longer known.

    Empty where no percentage is given: a fixed sum (`vta_o_gammel`), a measure that pays nothing monthly, a
    group that the temporary subsidy is not for. NoRate when a day lies past what may be assumed, TooLong past
    a four-year subsidy's last year, ReversedPeriod when `end` is before `start`, ValueError for a measure
    that is none of NAV's agreements.
    """
    if measure_key not in MEASURES:
        raise ValueError(f"{measure_key!r} is none of NAV's agreements: use one of {', '.join(MEASURES)}")
    whole = Period(start, end)
    stages = stages_of(measure_key, group)
    if not stages and measure_key != SUMMER_JOB:
        return ()
    summer_rate = _summer_rate(group, chosen_percent, start, rates) if measure_key == SUMMER_JOB else None
    if chosen_percent is None:
        chosen_percent = summer_rate.value if summer_rate else Decimal(100)
    agreement = Agreement(
        measure=measure_key,
        group=group,
        start=start,
        end=end,
        monthly_total=monthly_total,
        chosen_percent=chosen_percent,
    )
    percentages = _Percentages(agreement, rates.value)
    changes = _days_of_change((stage.percent for stage in stages), rates)
    new_totals = (day for day, _ in later_totals)
    steps = []
    for part in whole.split([*reduction_dates(agreement, rates.value), *changes, *new_totals]):
        used = [summer_rate] if summer_rate else []

        def look(key: str, on: date, used: list[Rate] = used, last_day: date = part.end) -> Any:
            rates.rate(key, last_day)  # NoRate if the stretch goes further than may be assumed
            used.append(rates.rate(key, on))
            return used[-1].value

        percent = percentages.of(part, look)
        total = next((later for day, later in reversed(later_totals) if day <= part.start), monthly_total)
        amount = monthly_subsidy(total, percent)
        assert percent is not None and amount is not None  # the law has a number, or NoRate was raised
        assumed = any(rate.assumed for rate in used)
        steps.append(Step(part.start, part.end, percent, amount, assumed, tuple(used)))
    return tuple(steps)


def _summer_rate(group: EffortGroup | None, chosen: Decimal | None, on: date, rates: RateBook) -> Rate | None:
    """The rate a summer job's percentage stands in: the group's when none was chosen, None if in no rate."""
    general = rates.rate(f"{SUMMER_JOB}.percent_general", on)
    reduced = rates.rate(f"{SUMMER_JOB}.percent_reduced_capacity", on)
    if chosen is None:
        return reduced if group in ADAPTED else general
    return next((rate for rate in (general, reduced) if rate.value == chosen), None)


def _days_of_change(keys: Iterable[str], rates: RateBook) -> Iterator[date]:
    """The days on which one of the rates gets a new value, or stops being known."""
    for table in map(rates.table, keys):
        yield from (entry.valid_from for entry in table.entries)
        if table.known_to is not None:
            yield table.known_to + ONE_DAY
