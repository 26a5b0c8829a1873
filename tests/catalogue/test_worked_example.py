"""The worked example on a measure's page: our own figures, to the krone, each with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from inclusion_rules.estimate import SUBSIDIES
from inclusion_rules.measures import all_measures
from inclusion_rules.rates import shipped_rates
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.catalogue.worked_example import WorkedExample, worked_example

Read = Callable[..., Page]
DAY = date(2026, 11, 25)
WITH_EXAMPLE = (*SUBSIDIES, "mentor")


def example(measure: str) -> WorkedExample:
    with translation.override("nb"):
        found = worked_example(measure, DAY, shipped_rates())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("measure", "totals"),
    [
        ("midlertidig_lonnstilskudd", [177_924, 559_200]),
        ("varig_lonnstilskudd", [381_264]),  # the first year of a support without a last day
        ("firearig_lonnstilskudd_unge", [1_092_972]),
        ("sommerjobb", [19_486, 29_228]),  # 28 days at 200 kroner an hour
        ("mentor", [15_642]),  # 10 hours a month for six months
    ],
)
def test_the_months_add_up_to_the_krone(measure: str, totals: list[int]) -> None:
    assert [row.amount for row in example(measure).rows if row.label.startswith("Til sammen")] == totals


@pytest.mark.parametrize("measure", WITH_EXAMPLE)
def test_the_sum_is_the_sum_of_the_months_in_its_formula(measure: str) -> None:
    for row in example(measure).rows:
        if "÷" in row.formula or not row.label.startswith("Til sammen"):
            continue
        months = re.findall(r"(\d+) × ([\d\u00a0]+)\u00a0kr", row.formula)
        assert sum(int(n) * int(amount.replace("\u00a0", "")) for n, amount in months) == row.amount


@pytest.mark.parametrize("measure", WITH_EXAMPLE)
def test_every_sum_names_law_and_source_and_says_when_it_is_an_assumption(measure: str) -> None:
    total = example(measure).rows[-1]
    assert "§" in total.law and total.sources and total.checked
    assert "ny sats ikke er fastsatt" in total.valid or "Vi har ikke satser for" in total.valid


def test_before_a_measure_exists_there_is_no_example() -> None:
    assert worked_example("firearig_lonnstilskudd_unge", date(2025, 1, 1), shipped_rates()) is None


@pytest.mark.parametrize("measure", ["laerling", "vta_o_gammel", "inkluderingstilskudd"])
def test_what_pays_nothing_by_the_month_has_no_example(measure: str) -> None:
    assert worked_example(measure, DAY, shipped_rates()) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", ["midlertidig_lonnstilskudd", "mentor"])
def test_the_page_shows_the_example_and_that_it_is_ours(read: Read, language: str, measure: str) -> None:
    found = read(f"{LANGUAGES[language]}/stotte/{all_measures()[measure].slug}/")
    heading = {"nb": "Et eksempel", "nn": "Eit døme", "en": "An example"}[language]
    assert heading in [words(h) for h in found.all("main//h2")]
    assert len(found.all("main//details[@class='ds-details']")) >= len(example(measure).rows)
