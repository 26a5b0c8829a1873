"""What may stand together: the same answer whichever way one asks, and never more than a source says."""

import pytest

from inclusion_rules.combining import Together, beside, together
from inclusion_rules.measures import all_measures


def test_a_mentor_may_come_beside_a_temporary_wage_subsidy_as_a_source_says():
    assert together("mentor", "midlertidig_lonnstilskudd") is Together.READ


def test_two_wage_subsidies_never_stand_together():
    assert together("midlertidig_lonnstilskudd", "varig_lonnstilskudd") is Together.EXCLUDED


def test_what_nobody_has_said_is_left_out():
    assert together("mentor", "forsikring_sma_bedrifter") is Together.UNSAID
    shown = {measure.key for measures in beside("mentor").values() for measure in measures}
    assert "forsikring_sma_bedrifter" not in shown


@pytest.mark.parametrize("key", sorted(all_measures()))
def test_the_answer_is_the_same_whichever_way_one_asks(key):
    assert all(together(key, other) is together(other, key) for other in all_measures())


@pytest.mark.parametrize("key", sorted(all_measures()))
def test_every_measure_that_is_named_beside_another_exists(key):
    measure = all_measures()[key]
    assert {*measure.combines_with, *measure.excludes} <= set(all_measures())
