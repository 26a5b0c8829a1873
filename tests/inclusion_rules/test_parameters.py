"""The figures behind the simulation: what each must tell, and which never reach a calculation."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from inclusion_rules.parameters import (
    FILE,
    NotInModel,
    ParameterFileError,
    all_parameters,
    checked_parameters,
    for_model,
    never_rising,
    parameter,
    parts_of_one,
)
from inclusion_rules.rates import shipped_rates
from inclusion_rules.reviewed_file import read_yaml
from inclusion_rules.three_languages import HERE, TextFileError

NOTES = [key for key, each in all_parameters().items() if not each.use_in_model]


@pytest.fixture
def raw():
    """The file, parsed anew, so that a test may break it."""
    return deepcopy(read_yaml(HERE / FILE))


def test_each_figure_has_a_range_a_source_and_words():
    for each in all_parameters().values():
        assert each.low <= each.mid <= each.high
        assert each.sources and all(source.title for source in each.sources)
        for words in (each.label, each.caveat, *([each.formula] if each.formula else [])):
            assert set(words) == {"nb", "nn", "en"} and all(words.values())


def test_what_is_ours_is_marked_as_ours():
    for each in all_parameters().values():
        assert each.ours == (each.origin_mid == "ours")
        if each.kind == "assumption":
            assert each.ours, each.id
    assert parameter("prod_plateau").ours
    assert not parameter("wage_month_service").ours


def test_figures_are_exact():
    assert parameter("accommodation_zero_share").mid == Decimal("0.494")
    assert parameter("hazard_first_job_ips").high == Decimal("0.118")


def test_parts_of_a_whole_sum_to_one():
    assert [sum(parameter(key).mid for key in group) for group in parts_of_one()] == [1]


def test_nobody_comes_back_along_a_curve():
    for group in never_rising():
        for end in ("low", "mid", "high"):
            left = [getattr(parameter(key), end) for key in group]
            assert left == sorted(left, reverse=True)
            assert [parameter(key).after_months for key in group] == [6, 12, 24]


@pytest.mark.parametrize("note", NOTES)
def test_evidence_note_is_refused_to_a_calculation(note):
    assert parameter(note).caveat["nb"]
    with pytest.raises(NotInModel, match="tell it in words"):
        for_model(["prod_plateau", note])


def test_there_are_evidence_notes():
    assert {"reputation_value", "riv_ratio", "disability_tenure_effect", "peer_story_effect"} <= set(NOTES)


def test_the_same_cost_is_never_counted_twice():
    with pytest.raises(NotInModel, match="count the same cost"):
        for_model(["hiring_cost_weeks_total", "turnover_cost_share"])
    assert list(for_model(["turnover_cost_share"])) == ["turnover_cost_share"]


def test_what_law_sets_is_asked_of_the_rates(raw):
    book = shipped_rates()
    for key, rate in raw["set_by_rates"].items():
        assert rate is None or rate in book
        with pytest.raises(KeyError, match="ask the"):
            parameter(key)


def test_unknown_parameter_is_told():
    with pytest.raises(KeyError, match="there is no parameter"):
        parameter("luck")


def test_no_figure_of_a_seller_of_recruitment_is_here(raw):
    assert "vendor_recruitment_claim" not in all_parameters()
    assert not [source for source in raw["sources"].values() if "rekruttering" in (source["url"] or "")]
    assert "worko" not in str(raw) and "admira" not in str(raw)


def _set(key, field, value):
    def change(raw):
        raw["parameters"][key][field] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("prod_plateau", "low", 0.95), "low ≤ mid ≤ high"),
        (_set("prod_plateau", "high", 1.5), "within the limits"),
        (_set("prod_plateau", "unit", "percent"), "use a unit"),
        (_set("prod_plateau", "kind", "policy"), "kind is 'policy'"),
        (_set("prod_plateau", "confidence", "sure"), "confidence is 'sure'"),
        (_set("prod_plateau", "origin", {"mid": "source", "bounds": "ours"}), "an assumption is ours"),
        (_set("prod_plateau", "sources", ["a_blog"]), "a_blog"),
        (_set("hiring_share_search", "mid", 0.25), "sum to 1"),
        (_set("retention_12m_matched_no", "high", 0.9), "never more"),
        (lambda raw: raw["parameters"]["prod_plateau"].pop("mid"), "mid"),
        (lambda raw: raw["parameters"]["additionality"].pop("formula"), "has a formula"),
        (lambda raw: raw["set_by_rates"].update(prod_plateau=None), "set by law"),
    ],
)
def test_a_contradiction_in_the_file_is_caught(raw, change, message):
    change(raw)
    with pytest.raises(ParameterFileError, match=message):
        checked_parameters(raw)


def test_a_missing_language_is_caught(raw):
    del raw["parameters"]["prod_plateau"]["caveat"]["nn"]
    with pytest.raises(TextFileError, match="nn"):
        checked_parameters(raw)
