"""POST offers: the rules' own verdicts, in the rules' own order, with what each rests on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusion_rules.offers import offers
from inclusion_rules.rates import shipped_rates
from inclusion_rules.situation import Known, Situation
from tests.api.conftest import NEED
from toolbox.api.questions import OffersQuestion

ON = date(2026, 11, 24)


def test_s01_a_cafe_learns_what_may_fit_why_and_how_much(ask):
    answer = ask("offers", {**NEED, "permanent_job": "yes", "mentor_time": "yes"}).json()
    first = answer["offers"][0]
    assert (first["measure"]["slug"], first["verdict"]) == ("midlertidig-lonnstilskudd", "may_fit")
    assert [amount["percent"] for amount in first["amounts"]] == [40, 60]
    assert all(amount["amount_nok"] is None for amount in first["amounts"])
    assert first["approved_before_start"] is True
    assert first["sources"] and first["law"]
    assert answer["valid_on"] == "2026-11-24" and answer["rate_revision"] == shipped_rates().revision


def test_verdicts_and_order_are_those_of_the_rules(ask):
    expected = offers(
        Situation(
            on=ON,
            municipality="3101",
            work="kitchen",
            position_percent=Decimal(60),
            start=date(2027, 2, 1),
            laid_off_staff=Known.YES,
        ),
        rates=shipped_rates(),
    )
    found = ask("offers", {**NEED, "laid_off_staff": "yes"}).json()["offers"]
    assert [(o["measure"]["slug"], o["verdict"]) for o in found] == [
        (o.measure.slug, o.state.value) for o in expected
    ]
    assert [[reason["code"] for reason in o["reasons"]] for o in found] == [
        list(o.verdict.reasons) for o in expected
    ]


def test_an_amount_in_kroner_is_a_whole_number_and_names_its_rate(ask):
    answer = ask("offers", {**NEED, "adaptation_costs": "yes"}).json()
    grant = next(o for o in answer["offers"] if o["measure"]["slug"] == "inkluderingstilskudd")
    (amount,) = grant["amounts"]
    assert isinstance(amount["amount_nok"], int) and amount["percent"] is None
    (rate,) = amount["rates"]
    assert rate["value"] == amount["amount_nok"] and rate["checked"] and rate["source"]["url"]


def test_a_rate_that_is_not_set_is_named_and_hides_nothing(ask):
    answer = ask("offers", {**NEED, "start": "2035-06-15"}).json()
    lacking = [o for o in answer["offers"] if o["missing_rate"]]
    assert lacking and all(o["amounts"] == [] for o in lacking)
    assert all(set(o["missing_rate"]) == {"key", "on"} for o in lacking)


def test_what_would_change_a_verdict_can_be_answered(ask):
    asked = {name for offer in ask("offers", {}).json()["offers"] for name in offer["ask"]}
    assert asked and asked <= set(OffersQuestion.model_fields)


def test_only_one_fact_of_the_person_can_be_told():
    """Whoever adds a field must think of this: of a person we take in the age band, and the figure of Nav."""
    of_the_company = {
        "municipality", "work", "position_percent", "monthly_wage_nok", "start", "end", "permanent_job",
        "own_employee", "laid_off_staff", "mentor_time", "adaptation_costs", "training_company",
    }  # fmt: skip
    assert set(OffersQuestion.model_fields) - of_the_company == {"under_30", "nav_percent"}


KNOWN = st.sampled_from(["yes", "no", "unknown"])


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    facts=st.fixed_dictionaries(
        {},
        optional={
            "permanent_job": KNOWN,
            "own_employee": st.sampled_from(["yes", "no"]),
            "laid_off_staff": KNOWN,
            "mentor_time": KNOWN,
            "adaptation_costs": KNOWN,
            "training_company": KNOWN,
            "under_30": KNOWN,
            "nav_percent": st.integers(1, 100),
            "position_percent": st.integers(1, 100),
            "monthly_wage_nok": st.integers(1, 1_000_000),
            "start": st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(str),
        },
    )
)
def test_any_situation_gives_an_answer_whose_figures_have_sources(facts):
    from toolbox.api.answers import Teller, offers_answer

    question = OffersQuestion.model_validate(
        {k: Decimal(v) if isinstance(v, int) else v for k, v in facts.items()}
    )
    rates = shipped_rates()
    answer = offers_answer(offers(question.situation(ON), rates=rates), Teller(rates, ON))
    for offer in answer.offers:
        assert offer.verdict in ("may_fit", "only_if", "not_now")
        assert bool(offer.reasons) is (offer.verdict != "may_fit")
        for amount in offer.amounts:
            assert amount.rates and (amount.amount_nok is None) is (amount.percent is not None)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_reasons_are_in_the_readers_language(ask, language):
    found = ask("offers", {"under_30": "no"}, language=language).json()["offers"]
    four_year = next(o for o in found if o["measure"]["slug"] == "firearig-lonnstilskudd-for-unge")
    made = next(
        o
        for o in offers(Situation(on=ON, person_under_30=Known.NO), rates=shipped_rates())
        if o.measure.slug == "firearig-lonnstilskudd-for-unge"
    )
    assert four_year["reasons"][0]["text"].startswith(made.reasons()[0][language].split("{")[0])
