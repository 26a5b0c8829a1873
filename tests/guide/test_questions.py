"""Ask only what changes the answer: each question about the company or the person decides some verdict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules.offers import offers
from inclusion_rules.rates import shipped_rates
from inclusion_rules.situation import Known, Situation
from toolbox.guide.forms import CompanyForm

ASKED = Situation(
    on=date(2026, 11, 24), municipality="3101", position_percent=Decimal(60), start=date(2027, 6, 15)
)


def verdicts(**facts):
    found = offers(replace(ASKED, **facts), rates=shipped_rates())
    return {offer.measure.key: offer.verdict for offer in found}


@pytest.mark.parametrize("fact", [*CompanyForm.FACTS.values(), "person_under_30"])
def test_every_question_changes_some_verdict(fact):
    answers = [verdicts(**{fact: known}) for known in Known]

    assert any(answers[0] != other for other in answers[1:]), f"{fact} changes nothing: do not ask it"


def test_the_percentage_nav_has_mentioned_changes_the_amounts():
    def amounts(percent):
        found = offers(replace(ASKED, nav_percent=percent), rates=shipped_rates())
        return [amount.value for offer in found for amount in offer.amounts]

    assert amounts(Decimal(40)) != amounts(None)
