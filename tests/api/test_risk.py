"""POST risk: the simulation of the page «Usikkerhet», with every assumption beside it."""

from __future__ import annotations

import gzip

import pytest
from django.core.cache import caches

from inclusion_rules.parameters import parameter
from inclusion_rules.risk import ASSUMPTIONS, PARTS, SEARCH
from tests.api.conftest import POSITION
from tests.visitor import plain
from toolbox.api.risk_answers import SIMULATIONS_A_MINUTE

QUESTION = {**POSITION, "limit_nok": 100_000}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_new_minute(db: None) -> None:
    caches["limits"].clear()


def test_the_figures_are_those_of_the_page(ask, client):
    query = {"kommune": "3101", "andel": "60", "lonn": "200", "start": "1.2.2027", "grense": "100000"}
    page = plain(client.get("/regn-ut/usikkerhet/", query, follow=True).content.decode())
    told = ask("risk", QUESTION).json()
    for outcome in (told["without"], told["with_measures"]):
        assert f"{outcome['mean_nok']:,}".replace(",", " ") in page
        assert f"{round(outcome['over_limit_percent'])} av 100 ganger" in page
    for swing in told["swings"][:3]:
        assert swing["label"] in page


def test_the_parts_add_up_to_the_mean_and_the_courses_to_all(ask):
    for question in (
        QUESTION,
        {**QUESTION, "count_search": "yes", "mentor_hours_per_month": 8, "mentor_hourly_wage_nok": 301.5},
        {**QUESTION, "end": "2028-03-15", "nav_percent": 60, "leader_hourly_wage_nok": 400},
        {**QUESTION, "measure": "varig-lonnstilskudd"},
    ):
        told = ask("risk", question).json()
        for outcome in (told["without"], told["with_measures"]):
            assert sum(part["amount_nok"] for part in outcome["parts"]) == outcome["mean_nok"]
            assert sum(each["courses"] for each in outcome["bins"]) == told["courses"]
            amounts = [each["amount_nok"] for each in outcome["quantiles"]]
            assert amounts == sorted(amounts) and 0 <= outcome["over_limit_percent"] <= 100
        assert [part["code"] for part in told["with_measures"]["parts"]] == list(PARTS)
        assert sum(row["amount_nok"] for row in told["rows"]) == told["with_measures"]["mean_nok"]
        assert all(row["formula"] and row["law"] and row["sources"] is not None for row in told["rows"])


def test_every_assumption_is_told_with_whose_it_is(ask):
    told = ask(
        "risk", {**QUESTION, "assumptions": {"prod_plateau": {"low": 0.8, "mid": 0.9, "high": 1}}}
    ).json()
    keys = [each["key"] for each in told["assumptions"]]
    assert keys == [key for key in ASSUMPTIONS if key not in SEARCH]
    theirs = [each for each in told["assumptions"] if each["changed"]]
    assert [(each["key"], each["low"], each["ours"]) for each in theirs] == [("prod_plateau", 0.8, False)]
    for each in told["assumptions"]:
        if not each["changed"]:
            assert each["ours"] is parameter(each["key"]).ours
        assert each["caveat"] and each["sources"]
    assert told["does_not_know"]


def test_an_assumption_is_read_as_json_writes_it(ask):
    theirs = {"low": 1.125, "mid": 2.375, "high": 12.505}
    told = ask("risk", {**QUESTION, "assumptions": {"prod_ramp_months": theirs}}).json()["assumptions"]
    used = next(each for each in told if each["key"] == "prod_ramp_months")
    assert {end: used[end] for end in theirs} == theirs


def test_better_work_costs_less_and_more_support_costs_less(ask):
    def mean(**more):  # type: ignore[no-untyped-def]
        return ask("risk", {**QUESTION, **more}).json()["with_measures"]["mean_nok"]

    assert mean(nav_percent=60) < mean(nav_percent=40)
    assert mean(assumptions={"prod_plateau": {"low": 1, "mid": 1, "high": 1}}) < mean()


def test_the_same_question_gives_the_same_bytes(ask):
    assert ask("risk", QUESTION).content == ask("risk", QUESTION).content


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        ({"limit_nok": -1}, "#/limit_nok"),
        ({"limit_nok": None}, "#/limit_nok"),
        ({"limit_nok": 1e12}, "#/limit_nok"),
        ({"leader_hourly_wage_nok": 0}, "#/leader_hourly_wage_nok"),
        ({"count_search": "unknown"}, "#/count_search"),
        ({"nav_percent": 55}, "#/nav_percent"),
        ({"seed": 1}, "#/seed"),
        ({"assumptions": []}, "#/assumptions"),
        ({"assumptions": {"luck": {}}}, "#/assumptions/luck"),
        ({"assumptions": {"se_effect_long_run": {}}}, "#/assumptions/se_effect_long_run"),
        ({"assumptions": {"prod_plateau": {"low": 0, "mid": 1}}}, "#/assumptions/prod_plateau/high"),
        (
            {"assumptions": {"prod_plateau": {"low": 0, "mid": 1, "high": 2}}},
            "#/assumptions/prod_plateau/high",
        ),
        (
            {"assumptions": {"prod_plateau": {"low": 1, "mid": 0, "high": 1}}},
            "#/assumptions/prod_plateau/mid",
        ),
        (
            {"assumptions": {"retention_12m_matched_no": {"low": 1, "mid": 1, "high": 1}}},
            "#/assumptions/retention_12m_matched_no/low",
        ),
    ],
)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_cannot_be_simulated_is_refused_at_its_field(ask, question, pointer, language):
    answer = ask("risk", {**QUESTION, **question}, language=language)
    assert answer.status_code == 422, answer.content.decode()
    told = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert pointer in told and told[pointer].endswith(".")


def test_simulations_are_counted(ask):
    bad = {**QUESTION, "limit_nok": -1}
    statuses = [ask("risk", bad).status_code for _ in range(SIMULATIONS_A_MINUTE + 1)]
    assert statuses == [422] * SIMULATIONS_A_MINUTE + [429]


def test_an_answer_keeps_its_weight(ask):
    answer = ask("risk", {**QUESTION, "count_search": "yes"})
    assert len(answer.content) <= 40_000 and len(gzip.compress(answer.content, 6)) <= 9_000
