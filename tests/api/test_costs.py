"""POST costs: the calculator's whole estimate, whose rows add up to what is shown."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest

from inclusion_rules.rates import shipped_rates
from tests.api.conftest import POSITION
from tests.visitor import plain

SLUGS = ["midlertidig-lonnstilskudd", "varig-lonnstilskudd", "firearig-lonnstilskudd-for-unge"]


def random_positions(count: int):  # type: ignore[no-untyped-def]
    """Positions of every kind, the same ones every time."""
    dice = random.Random(3)
    for _ in range(count):
        start = date(2026, 9, 1) + timedelta(days=dice.randrange(480))
        question = {
            "measure": dice.choice(SLUGS),
            "municipality": dice.choice(["3101", "3107", "0301", "5501", "1860"]),
            "position_percent": dice.choice([1, 20, 37.5, 60, 80.25, 100]),
            "start": start.isoformat(),
        }
        if dice.random() < 0.5:
            question["hourly_wage_nok"] = dice.choice([1, 187.33, 200, 245.5, 1_000_000])
        else:
            question["monthly_wage_nok"] = dice.randrange(1, 90_000)
        if dice.random() < 0.5:
            question["end"] = (start + timedelta(days=dice.randrange(1, 1500))).isoformat()
        if dice.random() < 0.5:
            question["holiday_pay_percent"] = dice.choice([10.2, 12, 12.5, 14.3])
            question["pension_percent"] = dice.choice([0, 2, 5.55, 7])
        if dice.random() < 0.3:
            question["contribution_zone"] = dice.choice(["1", "1a", "3", "5"])
        if dice.random() < 0.3:
            question |= {"mentor_hours_per_month": 12.5, "mentor_hourly_wage_nok": 301.25}
        yield question


def test_the_rows_of_every_answer_add_up_to_the_total_that_is_shown(ask):
    rounded = 0
    for question in random_positions(150):
        answer = ask("costs", question)
        assert answer.status_code == 200, (question, answer.content.decode())
        told = answer.json()
        without = told["without_support"]
        assert sum(row["amount_nok"] for row in without["rows"]) == without["total_nok"], question
        rounded += without["rows"][-1]["code"] == "rounding"
        for way in told["alternatives"]:
            for name, total in way["sums"].items():
                assert sum(month[name] for month in way["months"]) == total, (question, name)
            for row in [*way["months"], way["sums"]]:
                assert row["cost_nok"] - row["support_nok"] == row["you_pay_nok"], question
            for period in way["periods"]:
                paid = period["support_per_month_nok"] + period["you_pay_per_month_nok"]
                assert paid == without["total_nok"], question
            covered = [(month["start"], month["end"]) for month in way["months"]]
            assert covered[0][0] == way["periods"][0]["start"] == told["start"]
            for (_, last), (first, _) in zip(covered, covered[1:], strict=False):
                assert date.fromisoformat(last) + timedelta(days=1) == date.fromisoformat(first), question
    assert rounded, "none of the positions needed a row for what rounding leaves"


def test_s01_the_figures_are_those_of_the_page(ask, client, db):
    page = plain(client.get("/regn-ut/overslag/", {"kommune": "3101", "andel": "60", "lonn": "200",
                                                   "start": "1.2.2027"}).content.decode())  # fmt: skip
    told = ask("costs", POSITION).json()
    figures = [told["without_support"]["total_nok"]]
    figures += [way["periods"][0]["you_pay_per_month_nok"] for way in told["alternatives"]]
    assert figures == [25418, 15251, 10167]
    for figure in figures:
        assert f"{figure:,}".replace(",", " ") in page
    for row in told["without_support"]["rows"]:
        assert plain(row["formula"]) in re.sub(r"<[^>]+>", "", page)


def test_nothing_is_left_to_guess_where_nav_has_mentioned_a_percentage(ask):
    ways = ask("costs", {**POSITION, "nav_percent": 60}).json()["alternatives"]
    assert [way["percent"] for way in ways] == [60]
    assert [way["percent"] for way in ask("costs", POSITION).json()["alternatives"]] == [40, 60]


def test_a_start_next_year_says_what_is_assumed(ask):
    next_year, this_year = ask("costs", POSITION).json(), ask("costs", {**POSITION, "start": "2026-07-01",
                                                              "end": "2026-12-01"}).json()  # fmt: skip
    assert next_year["assumed"] is True and this_year["assumed"] is False
    assert all(period["assumed"] for way in next_year["alternatives"] for period in way["periods"])


def test_a_month_of_next_year_rests_on_a_rate_that_is_not_set_and_says_so(ask):
    for way in ask("costs", {**POSITION, "start": "2026-11-01"}).json()["alternatives"]:
        for month in way["months"]:
            assert month["assumed"] is (month["start"] >= "2027-01-01"), month


def test_each_bad_case_has_a_figure_for_each_alternative_and_a_way_out(ask):
    for language in ("nb", "nn", "en"):
        told = ask("costs", POSITION, language=language).json()
        assert [case["event"] for case in told["what_if"]][:1] == ["two_weeks"] and len(told["what_if"]) >= 4
        for case in told["what_if"]:
            assert len(case["you_pay_nok"]) == len(told["alternatives"])
            assert case["title"] and case["way_out"] and case["carries"] and case["law"] and case["sources"]
            assert "{rate:" not in str(case)


def test_every_row_and_period_can_be_opened_to_what_it_rests_on(ask):
    told = ask("costs", {**POSITION, "mentor_hours_per_month": 10, "mentor_hourly_wage_nok": 250}).json()
    periods = [period for way in told["alternatives"] for period in way["periods"]]
    opened = [
        *told["without_support"]["rows"],
        *told["mentor"],
        *(period["explanation"] for period in periods),
    ]
    assert len(told["mentor"]) == 1 and len(periods) >= 4
    for row in opened:
        assert row["formula"] and row["where_from"] and row["law"]
        assert row["code"] == "rounding" or (row["checked"] and row["valid"])
    for period in periods:
        assert period["rates"] and all(rate["source"]["url"] for rate in period["rates"])
    told_of = {(source["title"], source["url"]) for source in told["sources"]}
    for row in opened:
        assert {(source["title"], source["url"]) for source in row["sources"]} <= told_of


def test_the_same_question_gives_the_same_bytes(ask):
    question = {**POSITION, "pension_percent": 5, "end": "2028-03-15"}
    backwards = dict(reversed(question.items()))
    assert len({ask("costs", each).content for each in (question, question, backwards)}) == 1
    assert ask("costs", question).json()["rate_revision"] == shipped_rates().revision


@pytest.mark.parametrize(("number", "same"), [(200, 200.0), (1234.5, 1234.50)])
def test_a_number_means_the_same_however_json_writes_it(ask, number, same):
    first, second = (ask("costs", {**POSITION, "hourly_wage_nok": n}).content for n in (number, same))
    assert first == second


def test_a_point_is_a_decimal_point_and_never_parts_thousands(ask):
    position = {**POSITION, "position_percent": 100}
    answer = ask("costs", {**position, "hourly_wage_nok": 1.5}).json()
    assert answer["without_support"]["rows"][0]["amount_nok"] == 244, "1,50 kr an hour in 162,5 hours"
    assert ask("costs", {**position, "hourly_wage_nok": 1.505}).status_code == 422
