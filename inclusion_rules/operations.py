"""The vocabulary of NAV's calculations: one name to one function over plain input.

This is the only place that knows NAV's operation words (`temporary`, `guidance` …). Each operation reads its
fields, calls the other modules and names the figures of the answer: money in whole NOK ends in `_nok`, dates
are ISO 8601, None means that it cannot be computed. They follow the tables in NAV's own systems, whatever we
know of later years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from inclusion_rules import agreement as agreements
from inclusion_rules import subsidy
from inclusion_rules.agreement import NotLonger, NotShorter, PeriodState, Proposal
from inclusion_rules.inputs import (
    NoAnswer,
    day,
    days,
    each,
    flag,
    month,
    not_negative,
    number,
    one_of,
    only,
    required,
    share,
    text,
    thing,
    whole,
    wholes,
)
from inclusion_rules.mentor_cost import (
    NegativePay,
    NegativePosition,
    PayType,
    WorkingYear,
    hourly_wage,
    mentor_monthly_cost,
)
from inclusion_rules.money import exactly, half_towards_plus, half_up
from inclusion_rules.periods import Period
from inclusion_rules.rates import NoRate, RateBook
from inclusion_rules.refund import (
    OF_FIXED_SUMS,
    OF_WAGES,
    Claim,
    IncomeLine,
    Outcome,
    fixed_refund,
    is_holiday_deduction,
    is_wage,
    left_of_year,
    outcome,
    refund,
    refunds_in_order,
)
from inclusion_rules.refund_deadline import (
    RefundDeadline,
    RefundStatus,
    add_months_keep_end,
    income_window,
    refund_deadline,
)
from inclusion_rules.subsidy import (
    Agreement,
    EffortGroup,
    RateStep,
    SubsidyPeriod,
    TooLong,
)
from inclusion_rules.wage_cost import (
    MonthlyCost,
    employer_contribution,
    full_time_wage,
    holiday_pay,
    pension,
    total_cost,
)

Input = Mapping[str, Any]
Result = dict[str, Any]

_MEASURES = {
    "temporary": subsidy.TEMPORARY,
    "permanent": subsidy.PERMANENT,
    "four_year": subsidy.FOUR_YEAR,
    "summer_job": subsidy.SUMMER_JOB,
    "mentor": subsidy.MENTOR,
    "vtao": subsidy.ADAPTED_WORK,
    "inclusion_grant": subsidy.INCLUSION_GRANT,
    "work_training": subsidy.WORK_TRAINING,
}
_GROUPS = {
    "guidance": EffortGroup.GUIDANCE,
    "reduced_capacity": EffortGroup.REDUCED_CAPACITY,
    "partial_work": EffortGroup.PARTIAL_WORK,
    "small_chance": EffortGroup.SMALL_CHANCE,
    "good_chances": EffortGroup.GOOD_CHANCES,
    "unknown": EffortGroup.UNKNOWN,
}
_OF_WAGES = {word: measure for word, measure in _MEASURES.items() if measure in OF_WAGES}
_OF_FIXED_SUMS = {word: measure for word, measure in _MEASURES.items() if measure in OF_FIXED_SUMS}
_OUTCOMES = {
    "refund": {Outcome.PAID: "paid", Outcome.NOTHING: "zero", Outcome.MINUS: "minus_carried_forward"},
    "correction": {Outcome.PAID: "extra_payment", Outcome.NOTHING: "settled", Outcome.MINUS: "reclaim"},
}
_OUTCOMES_IN_ORDER = {Outcome.PAID: "paid", Outcome.NOTHING: "zero", Outcome.MINUS: "minus"}
_STATUSES = {
    RefundStatus.TOO_EARLY: "too_early",
    RefundStatus.READY: "ready",
    RefundStatus.EXPIRED: "expired",
}
_PAY_TYPES = {pay_type.value: pay_type for pay_type in PayType}
_PERIOD_STATES = {state.value: state for state in PeriodState}
_TEMPORARY_JOB = {"permanent": False, "temporary": True}
_FIXED_RATES = ("vtao_monthly", "inclusion_grant_max", "base_amount", "five_g")

_CEILING = f"{subsidy.INCLUSION_GRANT}.ceiling"
_VTAO = f"{subsidy.ADAPTED_WORK}.amount_per_month"
_BASE_AMOUNT = "shared.base_amount"
#: Series in which NAV has no value before the first day. Everything else is one value, or open at the start.
_STARTS_WITH_FIRST_DAY = frozenset({_VTAO, _BASE_AMOUNT})
#: Whoever lays out more than this many years has slipped on a key.
_MOST_YEARS = 30
#: A hundred lines a month for a year: one person's wages never come to that.
_MOST_LINES = 100 * 12


class NavTables:
    """The numbers as NAV's own systems hold them: a `subsidy.Lookup` that never assumes and never refuses."""

    def __init__(self, rates: RateBook) -> None:
        self._rates = rates
        self._first_days = {table.key: table.entries[0].valid_from for table in rates if table.entries}
        self._constants = {
            table.key: table.entries[0].value
            for table in rates
            if len(table.entries) == 1
            and not table.nav_table_ends
            and table.key not in _STARTS_WITH_FIRST_DAY
        }

    def __call__(self, key: str, on: date) -> Any:
        if key in self._constants:
            return self._constants[key]
        if key not in _STARTS_WITH_FIRST_DAY:
            on = max(on, self._first_days[key])
        return self._rates.tabled(key, on)

    def newest(self, key: str) -> Any:
        return self._rates.table(key).entries[-1].value


def evaluate(op: str, data: Input, tables: NavTables) -> Result:
    """The answer of the operation `op` to `data`. NoAnswer tells code, field and what to write instead."""
    operation = OPERATIONS.get(op)
    if operation is None:
        raise NoAnswer("unknown_op", f"there is no operation {op}: use one of {', '.join(OPERATIONS)}", "op")
    only(data, FIELDS)
    try:
        return operation(data, tables)
    except OverflowError as error:
        raise NoAnswer("date_out_of_range", "a date is too near the end of the calendar") from error


# § 1 Monthly cost and monthly subsidy


def _monthly_cost(data: Input, tables: NavTables) -> Result:
    """What can be computed is shown, whatever is missing further on in the chain."""
    wage = whole(data, "monthly_wage_nok")
    holiday_percent, pension_percent, tax_percent = _three_rates(data)
    subsidy_percent, position = number(data, "subsidy_percent"), number(data, "position_percent")
    holiday = saved = tax = total = None
    with exactly():
        if wage is not None and holiday_percent is not None:
            holiday = holiday_pay(wage, holiday_percent)
            if pension_percent is not None:
                saved = pension(wage, holiday, pension_percent)
                if tax_percent is not None:
                    tax = employer_contribution(wage, holiday, saved, tax_percent)
                    total = total_cost(wage, holiday, saved, tax)
    return {
        "holiday_pay_nok": None if holiday is None else half_up(holiday),
        "pension_nok": None if saved is None else half_up(saved),
        "employer_tax_nok": None if tax is None else half_up(tax),
        "total_cost_nok": total,
        "subsidy_per_month_nok": subsidy.monthly_subsidy(total, subsidy_percent),
        "full_time_monthly_wage_nok": None
        if wage is None or position is None
        else full_time_wage(wage, position),
    }


def _pension_rate_check(data: Input, tables: NavTables) -> Result:
    return {"valid": agreements.pension_accepted(number(data, "pension_percent"), tables, date.max)}


# § 2 and 3 Periods


def _period_amount(data: Input, tables: NavTables) -> Result:
    period = _period(data, "start", "end")
    per_month = whole(data, "amount_per_month_nok")
    if per_month is None:
        return {"amount_nok": None}
    days_per_month = tables("shared.days_per_month", period.start)
    return {"amount_nok": subsidy.period_amount(period, per_month, days_per_month)}


def _split_periods(data: Input, tables: NavTables) -> Result:
    period = _period(data, "start", "end")
    parts = period.split(days(data, "split_dates"))
    if flag(data, "by_month"):
        parts = tuple(month for part in parts for month in part.by_month())
    return {"periods": [{"start": part.start.isoformat(), "end": part.end.isoformat()} for part in parts]}


def _subsidy_periods(data: Input, tables: NavTables) -> Result:
    periods = _laid_out(subsidy.subsidy_periods, _agreement_with_cost(data, tables), tables)
    amounts = [period.amount for period in periods]
    return {
        "count": len(periods),
        "periods": _shown_periods(periods),
        "total_nok": None if None in amounts else sum(amount or 0 for amount in amounts),
    }


def _rate_steps(data: Input, tables: NavTables) -> Result:
    steps: tuple[RateStep, ...] = _laid_out(subsidy.rate_steps, _agreement_with_cost(data, tables), tables)
    return {
        "steps": [
            {
                "start": step.start.isoformat(),
                "end": step.end.isoformat(),
                "percent": _plain(step.percent),
                "amount_per_month_nok": step.amount_per_month,
            }
            for step in steps
        ]
    }


def _shorten_agreement(data: Input, tables: NavTables) -> Result:
    agreement = _agreement_with_cost(data, tables)
    new_end = _new_end(data, agreement)
    try:
        periods = _laid_out(agreements.shorten, agreement, new_end, tables)
    except NotShorter as error:
        raise NoAnswer("not_shorter", str(error), "new_end") from error
    return {"count": len(periods), "periods": _shown_periods(periods)}


def _extend_agreement(data: Input, tables: NavTables) -> Result:
    agreement = _agreement_with_cost(data, tables)
    new_end = _new_end(data, agreement)
    state = required(one_of(data, "last_period_state", _PERIOD_STATES), "last_period_state")
    try:
        extension = _laid_out(agreements.extend, agreement, new_end, state, tables)
    except NotLonger as error:
        raise NoAnswer("not_longer", str(error), "new_end") from error
    return {
        "active_periods": _shown_periods(extension.active),
        "annulled_periods": _shown_periods(extension.annulled),
    }


def _earliest_decision(data: Input, tables: NavTables) -> Result:
    start = required(day(data, "period_start"), "period_start")
    place = required(whole(data, "sequence_number"), "sequence_number")
    earliest = agreements.earliest_decision(start, place, tables)
    return {"earliest": None if earliest is None else earliest.isoformat()}


# § 4 Percentages


def _reduction_dates(data: Input, tables: NavTables) -> Result:
    dates = subsidy.reduction_dates(_agreement(data), tables)
    return {"dates": [found.isoformat() for found in dates]}


def _subsidy_rate(data: Input, tables: NavTables) -> Result:
    agreement = _agreement(data)
    period = _period(data, "period_start", "period_end")
    return {"percent": _plain(_laid_out(subsidy.subsidy_percent, agreement, period, tables, at="period_end"))}


def _start_rate(data: Input, tables: NavTables) -> Result:
    agreement = _agreement(data)
    return {"percent": _plain(subsidy.start_percent(agreement, tables, agreement.start or date.max))}


def _chosen_percent_check(data: Input, tables: NavTables) -> Result:
    measure, percent = _measure(data), number(data, "chosen_percent")
    return {"valid": agreements.percent_accepted(measure, percent, tables, date.max)}


# § 5 Mentor


def _mentor_hourly_wage(data: Input, tables: NavTables) -> Result:
    pay_type = required(one_of(data, "pay_type", _PAY_TYPES), "pay_type")
    return {"hourly_wage_nok": _hourly_wage(data, pay_type, "amount_nok", tables)}


def _mentor_monthly_cost(data: Input, tables: NavTables) -> Result:
    cost = _mentor_cost(data, tables)
    return {
        "holiday_pay_nok": half_up(cost.holiday_pay) if cost else None,
        "pension_nok": half_up(cost.pension) if cost else None,
        "employer_tax_nok": half_up(cost.contribution) if cost else None,
        "total_cost_nok": cost.total if cost else None,
    }


def _hourly_wage(data: Input, pay_type: PayType | None, pay_field: str, tables: NavTables) -> int | None:
    pay, position = whole(data, pay_field), number(data, "position_percent")
    if pay is None or pay_type is None:
        return None
    names = ("hours_per_year", "weeks_per_year", "working_days_per_year")
    year = WorkingYear(*(tables(f"{subsidy.MENTOR}.{name}", date.max) for name in names))
    try:
        return hourly_wage(pay, pay_type, position, year)
    except NegativePay as error:
        raise NoAnswer("negative_amount", str(error), pay_field) from error
    except NegativePosition as error:
        raise NoAnswer("negative_position_percent", str(error), "position_percent") from error


def _mentor_cost(data: Input, tables: NavTables) -> MonthlyCost | None:
    """All or nothing: when one input is missing every amount is empty."""
    hourly = whole(data, "hourly_wage_nok")
    if hourly is None:
        hourly = _hourly_wage(data, one_of(data, "pay_type", _PAY_TYPES), "pay_amount_nok", tables)
    hours = number(data, "hours_per_month")
    holiday, saved, tax = _three_rates(data)
    if hourly is None or hours is None or holiday is None or saved is None or tax is None:
        return None
    return mentor_monthly_cost(
        hourly, hours, holiday_percent=holiday, pension_percent=saved, contribution_percent=tax
    )


# § 6 and 7 Fixed sums


def _fixed_rate(data: Input, tables: NavTables) -> Result:
    kind = required(one_of(data, "kind", {name: name for name in _FIXED_RATES}), "kind")
    on = day(data, "date")
    if kind == "inclusion_grant_max":
        return {"rate_nok": _grant_ceiling(on, tables)}
    on = required(on, "date")
    amount = tables(_VTAO if kind == "vtao_monthly" else _BASE_AMOUNT, on)
    if kind == "five_g" and amount is not None:
        amount *= tables(f"{subsidy.PERMANENT}.cap_base_amounts", on)
    return {"rate_nok": None if amount is None else int(amount)}


def _inclusion_grant_check(data: Input, tables: NavTables) -> Result:
    total = sum(wholes(data, "expenses_nok"))
    ceiling = _grant_ceiling(day(data, "end"), tables)
    return {"total_nok": total, "max_nok": ceiling, "valid": total <= ceiling}


def _grant_ceiling(end: date | None, tables: NavTables) -> int:
    """By the agreement's end; the newest when it has none."""
    return int(tables.newest(_CEILING) if end is None else tables(_CEILING, end))


# § 8 Limits


def _agreement_limits(data: Input, tables: NavTables) -> Result:
    proposal = Proposal(
        measure=_measure(data),
        group=one_of(data, "effort_group", _GROUPS),
        start=day(data, "start"),
        end=day(data, "end"),
        birth_date=day(data, "birth_date"),
        temporary_job=one_of(data, "job_type", _TEMPORARY_JOB),
        today=day(data, "today"),
        late_registration_approved=flag(data, "late_registration_approved"),
        entered=flag(data, "agreement_entered"),
    )
    reason = agreements.refusal(proposal, tables)
    return {"valid": reason is None, "reason": reason}


def _age_under_16(data: Input, tables: NavTables) -> Result:
    born, on = required(day(data, "birth_date"), "birth_date"), required(day(data, "on"), "on")
    return {"under_16": agreements.under_age(born, on, tables)}


def _group_eligible(data: Input, tables: NavTables) -> Result:
    return {"eligible": agreements.group_eligible(_measure(data), one_of(data, "effort_group", _GROUPS))}


# § 9 Refund of wages


def _refund(data: Input, tables: NavTables) -> Result:
    claim = _claim(data, tables)
    start = claim.period.start
    paid = not_negative(data, "paid_this_year_nok") or 0
    carried = whole(data, "previous_minus_nok") or 0
    if carried > 0:
        raise NoAnswer(
            "not_a_minus", "write 0 or less: it is what earlier refunds lack", "previous_minus_nok"
        )
    found = refund(
        claim,
        carried_minus=carried,
        left_of_year=_with_base_amount(left_of_year, claim.measure, start, paid, tables),
        already_paid=whole(data, "already_paid_nok") or 0,
        holiday_deduction_taken=flag(data, "holiday_deduction_already_taken"),
    )
    return {
        "gross_wage_nok": found.gross_wage,
        "holiday_deduction_nok": found.holiday_deduction,
        "wage_after_holiday_nok": found.wage,
        "holiday_pay_nok": half_towards_plus(found.holiday_pay),
        "pension_nok": half_towards_plus(found.pension),
        "employer_tax_nok": half_towards_plus(found.contribution),
        "total_cost_nok": half_towards_plus(found.cost),
        "cost_after_other_refunds_nok": half_towards_plus(found.cost_after_refunds),
        "calculated_nok": found.calculated,
        "refund_nok": found.amount,
        "capped_by_approved": found.over_approved,
        "capped_by_5g": found.over_ceiling,
    }


#: What a sequence finds out by itself.
_FROM_EARLIER = frozenset(
    {"previous_minus_nok", "paid_this_year_nok", "already_paid_nok", "holiday_deduction_already_taken"}
)


def _refund_sequence(data: Input, tables: NavTables) -> Result:
    common = thing(data, "common") or {}

    def read(own: Input) -> Claim:
        told = {**common, **own}
        only(told, FIELDS - _FROM_EARLIER)
        return _claim(told, tables)

    claims = each(data, "periods", read, _MOST_LINES)
    found = _with_base_amount(refunds_in_order, claims, tables)
    return {
        "refunds": [
            {
                "period_start": claim.period.start.isoformat(),
                "refund_nok": each_refund.amount,
                "capped_by_5g": each_refund.over_ceiling,
                "outcome": _OUTCOMES_IN_ORDER[outcome(each_refund.amount)],
            }
            for claim, each_refund in zip(claims, found, strict=True)
        ]
    }


def _claim(data: Input, tables: NavTables) -> Claim:
    def percent(field: str) -> Decimal:
        return required(share(data, field), field)

    return Claim(
        measure=required(one_of(data, "measure", _OF_WAGES), "measure"),
        period=_period(data, "period_start", "period_end"),
        subsidy_percent=percent("subsidy_percent"),
        holiday_percent=percent("holiday_pay_percent"),
        pension_percent=percent("pension_percent"),
        contribution_percent=percent("employer_tax_percent"),
        approved=required(not_negative(data, "approved_amount_nok"), "approved_amount_nok"),
        lines=each(data, "income_lines", _income_line, _MOST_LINES),
        corrected_wage=not_negative(data, "corrected_gross_wage_nok"),
        other_refunds=not_negative(data, "other_refunds_nok") or 0,
    )


def _income_line(data: Input) -> IncomeLine:
    only(data, LINE_FIELDS)
    return IncomeLine(
        type=required(text(data, "type"), "type"),
        description=required(text(data, "description"), "description"),
        amount=required(number(data, "amount_nok"), "amount_nok"),
        month=required(month(data, "month"), "month"),
        earned_in_period=flag(data, "earned_in_period"),
    )


def _with_base_amount(work_out: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return work_out(*arguments)
    except NoRate as error:
        raise NoAnswer("no_rate", str(error), "period_start") from error


def _outcome(data: Input, tables: NavTables) -> Result:
    words = required(one_of(data, "kind", _OUTCOMES), "kind")
    return {"outcome": words[outcome(required(whole(data, "refund_nok"), "refund_nok"))]}


def _income_line_class(data: Input, tables: NavTables) -> Result:
    line = required(text(data, "type"), "type"), required(text(data, "description"), "description")
    return {"wage": is_wage(*line), "holiday_deduction": is_holiday_deduction(*line)}


# § 10 Refund of fixed sums


def _refund_fixed(data: Input, tables: NavTables) -> Result:
    amount = fixed_refund(
        required(one_of(data, "measure", _OF_FIXED_SUMS), "measure"),
        required(not_negative(data, "approved_amount_nok"), "approved_amount_nok"),
        already_paid=whole(data, "already_paid_nok") or 0,
        correction=flag(data, "is_correction"),
    )
    return {"refund_nok": amount}


# § 11 Deadlines and income look-up


def _refund_deadline(data: Input, tables: NavTables) -> Result:
    found = _deadline(data, tables)
    return {
        "opens": found.opens.isoformat(),
        "deadline": found.deadline.isoformat(),
        "latest_extension": found.latest_extension.isoformat(),
    }


def _refund_status(data: Input, tables: NavTables) -> Result:
    today = required(day(data, "today"), "today")
    return {"status": _STATUSES[_deadline(data, tables).status(today)]}


def _deadline(data: Input, tables: NavTables) -> RefundDeadline:
    return refund_deadline(
        required(day(data, "period_end"), "period_end"),
        tables,
        approved_on=day(data, "approved_on"),
        other_refunds=flag(data, "other_refunds_declared"),
        resent_on=day(data, "resent_on"),
    )


def _add_months_keep_end(data: Input, tables: NavTables) -> Result:
    start, months = required(day(data, "date"), "date"), required(whole(data, "months"), "months")
    return {"date": add_months_keep_end(start, months).isoformat()}


def _income_window(data: Input, tables: NavTables) -> Result:
    first, last = income_window(
        _measure(data),
        _period(data, "period_start", "period_end"),
        tables,
        asked_next_month=flag(data, "employer_asked_next_month"),
        caseworker_months=not_negative(data, "caseworker_extra_months") or 0,
        correction=flag(data, "is_correction"),
        wages_came_later=flag(data, "reason_two_months_ahead"),
    )
    return {"from_month": f"{first:%Y-%m}", "to_month": f"{last:%Y-%m}"}


# Reading and showing what several operations share


def _measure(data: Input) -> str:
    return required(one_of(data, "measure", _MEASURES), "measure")


def _period(data: Input, start: str, end: str) -> Period:
    first, last = required(day(data, start), start), required(day(data, end), end)
    _check_span(first, last, end)
    return Period(first, last)


def _check_span(start: date, end: date, end_field: str) -> None:
    if end < start:
        raise NoAnswer("start_after_end", f"the end {end} is before the start {start}", end_field)
    if end.year - start.year > _MOST_YEARS:
        raise NoAnswer(
            "period_too_long", f"write an end less than {_MOST_YEARS} years after the start", end_field
        )


def _agreement(data: Input, monthly_total: int | None = None) -> Agreement:
    start, end = day(data, "start"), day(data, "end")
    if start is not None and end is not None:
        _check_span(start, end, "end")
    return Agreement(
        measure=_measure(data),
        group=one_of(data, "effort_group", _GROUPS),
        start=start,
        end=end,
        monthly_total=monthly_total,
        chosen_percent=number(data, "chosen_percent"),
    )


def _agreement_with_cost(data: Input, tables: NavTables) -> Agreement:
    total = whole(data, "total_cost_nok")
    if total is None and _measure(data) == subsidy.MENTOR:
        cost = _mentor_cost(data, tables)
        total = cost.total if cost else None
    elif total is None:
        total = _monthly_cost(data, tables)["total_cost_nok"]
    return _agreement(data, total)


def _new_end(data: Input, agreement: Agreement) -> date:
    new_end = required(day(data, "new_end"), "new_end")
    if agreement.start is not None:
        _check_span(agreement.start, new_end, "new_end")
    return new_end


def _three_rates(data: Input) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return (
        number(data, "holiday_pay_percent"),
        number(data, "pension_percent"),
        number(data, "employer_tax_percent"),
    )


def _laid_out(lay_out: Callable[..., Any], *arguments: Any, at: str = "end") -> Any:
    try:
        return lay_out(*arguments)
    except TooLong as error:
        raise NoAnswer("too_long", str(error), at) from error


def _shown_periods(periods: Iterable[SubsidyPeriod]) -> list[Result]:
    return [
        {
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "percent": _plain(period.percent),
            "amount_nok": period.amount,
        }
        for period in periods
    ]


def _plain(percent: Decimal | None) -> int | float | None:
    """A percentage as JSON has it: whole where it is whole."""
    if percent is None:
        return None
    return int(percent) if percent == int(percent) else float(percent)


OPERATIONS: Mapping[str, Callable[[Input, NavTables], Result]] = {
    "monthly_cost": _monthly_cost,
    "pension_rate_check": _pension_rate_check,
    "period_amount": _period_amount,
    "split_periods": _split_periods,
    "subsidy_periods": _subsidy_periods,
    "rate_steps": _rate_steps,
    "shorten_agreement": _shorten_agreement,
    "extend_agreement": _extend_agreement,
    "earliest_decision": _earliest_decision,
    "reduction_dates": _reduction_dates,
    "subsidy_rate": _subsidy_rate,
    "start_rate": _start_rate,
    "chosen_percent_check": _chosen_percent_check,
    "mentor_hourly_wage": _mentor_hourly_wage,
    "mentor_monthly_cost": _mentor_monthly_cost,
    "fixed_rate": _fixed_rate,
    "inclusion_grant_check": _inclusion_grant_check,
    "agreement_limits": _agreement_limits,
    "age_under_16": _age_under_16,
    "group_eligible": _group_eligible,
    "refund": _refund,
    "refund_sequence": _refund_sequence,
    "outcome": _outcome,
    "income_line_class": _income_line_class,
    "refund_fixed": _refund_fixed,
    "refund_deadline": _refund_deadline,
    "refund_status": _refund_status,
    "add_months_keep_end": _add_months_keep_end,
    "income_window": _income_window,
}

#: Every field that some operation reads. A field that one operation has no use for is left alone.
FIELDS = frozenset(
    """
    agreement_entered already_paid_nok amount_nok amount_per_month_nok approved_amount_nok approved_on
    birth_date by_month caseworker_extra_months chosen_percent common corrected_gross_wage_nok date
    description effort_group employer_asked_next_month employer_tax_percent end expenses_nok
    holiday_deduction_already_taken holiday_pay_percent hourly_wage_nok hours_per_month income_lines
    is_correction job_type kind last_period_state late_registration_approved measure monthly_wage_nok months
    new_end on other_refunds_declared other_refunds_nok paid_this_year_nok pay_amount_nok pay_type
    pension_percent period_end period_start periods position_percent previous_minus_nok
    reason_two_months_ahead refund_nok resent_on sequence_number split_dates start subsidy_percent today
    total_cost_nok type
    """.split()
)
LINE_FIELDS = frozenset({"type", "description", "amount_nok", "month", "earned_in_period"})
