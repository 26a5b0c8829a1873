"""What may be said of gain: with caveat and source, in kroner only where somebody has measured it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from inclusion_rules.gain import gains, saved_search
from inclusion_rules.parameters import parameter
from inclusion_rules.rates import NoRate, shipped_rates

BOOK = shipped_rates()
ON = date(2027, 2, 1)


def test_every_claim_has_a_caveat_and_a_source_in_three_languages():
    for gain in gains().values():
        assert gain.sources, gain.key
        for words in (gain.title, gain.text, gain.caveat):
            assert set(words) == {"nb", "nn", "en"} and all(words.values()), gain.key


def test_only_the_search_has_kroner():
    assert [key for key, gain in gains().items() if gain.in_kroner] == ["saved_search"]


def test_no_claim_holds_an_amount():
    for gain in gains().values():
        for words in (gain.title, gain.text, gain.caveat):
            for text in words.values():
                assert not re.search(r"\d", text), text


@pytest.mark.parametrize("key", ["staying", "absence"])
def test_what_research_does_not_carry_is_not_promised(key):
    assert gains()[key].title["nb"].startswith("Vi lover ikke")
    assert gains()[key].title["en"].startswith("We do not promise")


def test_no_seller_of_recruitment_is_a_source():
    urls = [source.url for gain in gains().values() for source in gain.sources]
    assert not [url for url in urls if "worko" in url or "admira" in url]


def test_the_saved_search_is_weeks_times_share_times_weekly_wage():
    # A service job at 43 190 a month, worked by hand in the evidence: 16 × 0.21 × 9 967 = 33 489.
    found = saved_search(43_190, ON, BOOK)
    assert (found.weekly_wage, found.low, found.mid, found.high) == (9_967, 14_950, 33_489, 71_762)
    assert found.weeks == (10, 16, 24)
    # The evidence's own figure for service jobs starts at a lower wage.
    assert parameter("search_cost_service_nok").low < found.low


def test_no_wage_no_saving():
    found = saved_search(0, ON, BOOK)
    assert (found.low, found.mid, found.high) == (0, 0, 0)


def test_a_day_before_the_rates_is_told():
    with pytest.raises(NoRate):
        saved_search(20_000, date(2001, 1, 1), BOOK)
