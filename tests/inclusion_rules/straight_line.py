"""NAV's calculations once more, straight from the description of them: plain loops, exact fractions.

Nothing here imports the rules it is held against, and nothing is clever. Numbers of law are typed, as they
stood when the description was read (2026-11-23). Input and answers have the words of the operations.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction

ADAPTED = ("reduced_capacity", "partial_work", "small_chance")
BASE_AMOUNTS = {
    2018: 96_883,
    2019: 99_858,
    2020: 101_351,
    2021: 106_399,
    2022: 111_477,
    2023: 118_620,
    2024: 124_028,
    2025: 130_160,
    2026: 136_549,
}
ADAPTED_WORK = {2022: 6241, 2023: 6428, 2024: 6808, 2025: 7067, 2026: 7321}
WAGE_LINES = (
    "fastloenn",
    "timeloenn",
    "fastTillegg",
    "uregelmessigeTilleggKnyttetTilArbeidetTid",
    "loennUtbetaltAvVeldedigEllerAllmennyttigInstitusjonEllerOrganisasjon",
    "loennEtterDoedsfall",
)


def half_up(x):
    """Nearest, halves away from zero."""
    return math.floor(x + Fraction(1, 2)) if x >= 0 else -math.floor(-x + Fraction(1, 2))


def round_plus(x):
    """Nearest, halves towards plus infinity."""
    return math.floor(x + Fraction(1, 2))


def ten_decimals(x):
    return Fraction(half_up(x * 10**10), 10**10)


def later(day, months):
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def last_of_month(day):
    return (day + timedelta(days=1)).month != day.month


def monthly_cost(data):
    w = data["monthly_wage_nok"]
    h = Fraction(data["holiday_pay_percent"]) / 100
    p = Fraction(data["pension_percent"]) / 100
    a = Fraction(data["employer_tax_percent"]) / 100
    holiday = h * w
    pension = p * (w + holiday)
    tax = a * (w + holiday + pension)
    total = w + half_up(holiday + pension + tax)
    return {
        "holiday_pay_nok": half_up(holiday),
        "pension_nok": half_up(pension),
        "employer_tax_nok": half_up(tax),
        "total_cost_nok": total,
        "subsidy_per_month_nok": round_plus(total * Fraction(data["subsidy_percent"]) / 100),
        "full_time_monthly_wage_nok": half_up(Fraction(w * 100) / Fraction(data["position_percent"])),
    }


def reductions(data):
    """The days on which the percentage goes down, inside the agreement."""
    start, end, measure = data["start"], data["end"], data["measure"]
    chosen = data["chosen_percent"]
    found = []
    if measure == "temporary" and data["effort_group"] == "guidance":
        found = [later(start, 6)]
    if measure == "temporary" and data["effort_group"] in ADAPTED:
        found = [later(start, 12)]
    if measure == "permanent" and (chosen is None or chosen > 67):
        found = [later(start, 12)]
    if measure == "four_year":
        found = [later(start, 12), later(start, 24), later(start, 36)]
    return [day for day in found if day <= end]


def percent_at(data, period_end):
    """The percentage of a period by its last day, or "too_long"."""
    measure, chosen, start = data["measure"], data["chosen_percent"], data["start"]
    reduced = [day for day in reductions(data) if period_end >= day]
    if measure == "temporary":
        if data["effort_group"] == "guidance":
            return 30 if reduced else 40
        if data["effort_group"] in ADAPTED:
            return 50 if reduced else 60
        return None
    if measure == "permanent":
        return min(chosen or 0, 67 if reduced else 75)
    if measure == "four_year":
        for months, percent in ((12, 70), (24, 60), (36, 50), (48, 35)):
            if period_end < later(start, months):
                return percent
        return "too_long"
    if measure == "mentor":
        return 100
    return chosen if measure == "summer_job" else None


def per_month(data, first_day, percent):
    if data["measure"] == "vtao":
        return ADAPTED_WORK.get(first_day.year)
    if data["measure"] == "mentor":
        return data["total_cost_nok"]
    return None if percent is None else round_plus(data["total_cost_nok"] * Fraction(percent) / 100)


def cut(data, by_month):
    """Day by day: a new part begins on a reduction, and on the first of a month when asked."""
    parts, day = [], data["start"]
    while day <= data["end"]:
        if not parts or day in reductions(data) or (by_month and day.day == 1):
            parts.append([day, day])
        parts[-1][1] = day
        day += timedelta(days=1)
    return parts


def rate_steps(data):
    steps = []
    for first, last in cut(data, by_month=False):
        percent = percent_at(data, last)
        if percent == "too_long":
            return "too_long"
        steps.append(
            {
                "start": first.isoformat(),
                "end": last.isoformat(),
                "percent": percent,
                "amount_per_month_nok": per_month(data, first, percent),
            }
        )
    return {"steps": steps}


def subsidy_periods(data):
    periods = []
    for first, last in cut(data, by_month=True):
        percent = percent_at(data, last)
        if percent == "too_long":
            return "too_long"
        amount = per_month(data, first, percent)
        if amount is not None and not (first.day == 1 and last_of_month(last)):
            days = (last - first).days + 1
            amount = half_up(days * ten_decimals(amount / Fraction("30.4375")))
        periods.append(
            {"start": first.isoformat(), "end": last.isoformat(), "percent": percent, "amount_nok": amount}
        )
    total = 0
    for period in periods:
        total = None if total is None or period["amount_nok"] is None else total + period["amount_nok"]
    return {"count": len(periods), "periods": periods, "total_nok": total}


def five_g(day):
    return 5 * BASE_AMOUNTS[min(2026, day.year if (day.month, day.day) >= (5, 1) else day.year - 1)]


def refund(data):
    start = data["period_start"]
    g = f = Fraction(0)
    for line in data["income_lines"]:
        if line["type"] != "LOENNSINNTEKT":
            continue
        if line["description"] in WAGE_LINES and line["earned_in_period"] is True:
            g += Fraction(line["amount_nok"])
        if line["description"] == "trekkILoennForFerie" and line["month"] == start.isoformat()[:7]:
            f += Fraction(line["amount_nok"])
    g, f = round_plus(g), round_plus(f)
    if data["corrected_gross_wage_nok"] is not None:
        g = min(data["corrected_gross_wage_nok"], g)
    if data["holiday_deduction_already_taken"]:
        f = 0
    w = g + f
    holiday = Fraction(data["holiday_pay_percent"]) / 100 * w
    pension = Fraction(data["pension_percent"]) / 100 * (w + holiday)
    tax = Fraction(data["employer_tax_percent"]) / 100 * (w + holiday + pension)
    cost = w + holiday + pension + tax
    s = Fraction(data["subsidy_percent"]) / 100
    before, after = cost * s, (cost - data["other_refunds_nok"]) * s
    if before < 0:
        b = before
    elif before > 0 and after < 0:
        b = Fraction(0)
    else:
        b = after
    calculated = round_plus(b)
    result = min(calculated, data["approved_amount_nok"]) + data["previous_minus_nok"]
    capped = False
    if data["measure"] in ("permanent", "four_year"):
        rest = max(0, five_g(start) - data["paid_this_year_nok"])
        if result > rest:
            result, capped = rest, True
    return {
        "gross_wage_nok": g,
        "holiday_deduction_nok": f,
        "wage_after_holiday_nok": w,
        "holiday_pay_nok": round_plus(holiday),
        "pension_nok": round_plus(pension),
        "employer_tax_nok": round_plus(tax),
        "total_cost_nok": round_plus(cost),
        "cost_after_other_refunds_nok": round_plus(cost - data["other_refunds_nok"]),
        "calculated_nok": calculated,
        "refund_nok": result - data["already_paid_nok"],
        "capped_by_approved": calculated > data["approved_amount_nok"],
        "capped_by_5g": capped,
    }


def refund_sequence(common, periods):
    minus, shown, deducted, paid = 0, [], [], []
    for period in periods:
        start = period["period_start"]
        paid_this_year = sum(amount for year, amount in paid if year == start.year)
        found = refund(
            {
                **common,
                **period,
                "previous_minus_nok": minus,
                "paid_this_year_nok": paid_this_year,
                "already_paid_nok": 0,
                "holiday_deduction_already_taken": (start.year, start.month) in deducted,
            }
        )
        amount = found["refund_nok"]
        minus = amount if amount < 0 else 0
        if amount >= 0:
            paid.append((start.year, amount))
        if found["holiday_deduction_nok"] != 0:
            deducted.append((start.year, start.month))
        shown.append(
            {
                "period_start": start.isoformat(),
                "refund_nok": amount,
                "capped_by_5g": found["capped_by_5g"],
                "outcome": "paid" if amount > 0 else "zero" if amount == 0 else "minus",
            }
        )
    return {"refunds": shown}
