"""What may stand together: the same answer whichever way one asks, and never more than a source says."""

from itertools import combinations

import pytest

from inclusion_rules import combining
from inclusion_rules.combining import (
    RuleKind,
    Together,
    combination,
    reading,
    shared_rules,
    together,
)
from inclusion_rules.measures import RATE_REFERENCE, all_measures
from inclusion_rules.rates import LANGUAGES, shipped_rates
from inclusion_rules.three_languages import TextFileError, read_file

PAIRS = tuple(combinations(all_measures(), 2))
WAGE_SUBSIDIES = (
    "midlertidig_lonnstilskudd",
    "varig_lonnstilskudd",
    "firearig_lonnstilskudd_unge",
    "sommerjobb",
)


def rules_of(key):
    return {rule.key: rule for rule in combination(key).rules}


# Pairs


def test_a_mentor_may_come_beside_a_temporary_wage_subsidy_and_we_know_where_it_says_so():
    assert together("mentor", "midlertidig_lonnstilskudd") is Together.READ
    found = reading("mentor", "midlertidig_lonnstilskudd")
    assert found and found.law == "Tiltaksforskriften § 5-3"


def test_a_mentor_beside_the_four_year_subsidy_is_our_conclusion():
    assert together("mentor", "firearig_lonnstilskudd_unge") is Together.INFERRED
    assert rules_of("mentor")["mentor_beside_four_years"].inferred


@pytest.mark.parametrize(("one", "other"), tuple(combinations(WAGE_SUBSIDIES, 2)))
def test_two_wage_subsidies_hardly_stand_together_as_we_conclude(one, other):
    assert together(one, other) is Together.UNLIKELY
    assert reading(one, other) is None


def test_support_for_travel_is_ruled_out_beside_work_training_by_its_own_regulation():
    assert together("arbeids_utdanningsreiser", "arbeidstrening") is Together.RULED_OUT
    assert together("arbeids_utdanningsreiser", "varig_lonnstilskudd") is Together.READ


def test_what_nobody_has_said_is_left_out():
    assert together("mentor", "forsikring_sma_bedrifter") is Together.UNSAID
    assert "forsikring_sma_bedrifter" not in {link.other.key for link in combination("mentor").links}


@pytest.mark.parametrize("key", sorted(all_measures()))
def test_the_answer_is_the_same_whichever_way_one_asks(key):
    assert all(together(key, other) is together(other, key) for other in all_measures())


@pytest.mark.parametrize("key", sorted(all_measures()))
def test_every_measure_that_is_named_beside_another_exists(key):
    measure = all_measures()[key]
    assert {*measure.combines_with, *measure.excludes} <= set(all_measures())


def test_every_link_we_call_read_says_where_and_no_other_link_does():
    for one, other in PAIRS:
        read = together(one, other) in (Together.READ, Together.RULED_OUT)
        assert (reading(one, other) is not None) == read, f"{one} and {other}"


def test_every_reading_is_of_measures_that_exist():
    for row in read_file("combining.yaml")["read"]:
        assert {row["between"], *row["and"]} <= set(all_measures())


# Rules for several measures


@pytest.mark.parametrize("key", ["varig_lonnstilskudd", "firearig_lonnstilskudd_unge"])
def test_a_year_has_one_ceiling_for_the_same_person_unit_and_measure(key):
    rule = rules_of(key)["yearly_ceiling"]
    assert rule.kind is RuleKind.CAP and not rule.inferred
    assert "samme person, samme underenhet og samme ordning" in rule.words["nb"]


def test_the_temporary_subsidy_has_no_ceiling_of_the_year():
    assert "yearly_ceiling" not in rules_of("midlertidig_lonnstilskudd")


def test_that_two_measures_share_one_inclusion_grant_is_our_conclusion():
    assert rules_of("mentor")["grant_per_person"].inferred


@pytest.mark.parametrize("key", WAGE_SUBSIDIES)
def test_refunded_sick_pay_comes_off_before_the_percentage(key):
    assert "sick_pay_refund_first" in rules_of(key)


@pytest.mark.parametrize("rule", shared_rules(), ids=lambda rule: rule.key)
def test_a_rule_names_measures_that_exist_its_law_and_its_rates_in_three_languages(rule):
    assert set(rule.measures) <= set(all_measures()) and len(set(rule.measures)) == len(rule.measures)
    assert rule.reading.law and rule.reading.source.url.startswith("https://") and rule.reading.checked
    referred = {frozenset(RATE_REFERENCE.findall(rule.words[code])) for code in LANGUAGES}
    assert len(referred) == 1 and all(key in shipped_rates() for key in referred.pop())


def test_a_rule_without_a_kind_is_named(monkeypatch):
    raw = read_file("combining.yaml")
    raw["rules"]["yearly_ceiling"]["kind"] = "other"
    monkeypatch.setattr(combining, "read_file", lambda _name: raw)
    with pytest.raises(TextFileError, match="yearly_ceiling: write a kind: cap, cost, first, when"):
        shared_rules.__wrapped__()
