"""GET measures: the catalogue's own list, a page at a time, and all we know of one measure."""

from __future__ import annotations

from datetime import date

import pytest

from inclusion_rules.measures import all_measures
from inclusion_rules.rates import shipped_rates
from toolbox.api.questions import PAGE_SIZE
from toolbox.catalogue.selection import NEEDS, OFFERS, select

ON = date(2026, 11, 24)
ALL = [measure.slug for measure in all_measures().values()]


def walked(ask, **query):  # type: ignore[no-untyped-def]
    """The slugs of every page, one after the other, and how many pages there were."""
    slugs, pages, cursor = [], 0, None
    while pages == 0 or cursor:
        answer = ask("measures", **query, **({"cursor": cursor} if cursor else {})).json()
        slugs += [measure["slug"] for measure in answer["measures"]]
        pages, cursor = pages + 1, answer["next_cursor"]
        assert answer["count"] >= len(slugs)
    return slugs, pages


@pytest.mark.parametrize("limit", ["1", "7", "25", "100"])
def test_the_pages_hold_every_measure_once_in_the_order_of_usefulness(ask, limit):
    slugs, pages = walked(ask, limit=limit)
    assert slugs == ALL
    assert pages == -(-len(ALL) // int(limit))


def test_without_a_limit_a_page_has_its_usual_size(ask):
    assert len(ask("measures").json()["measures"]) == PAGE_SIZE


@pytest.mark.parametrize(
    ("chosen", "query"),
    [
        *(({"behov": word}, {"need": code}) for word, (code, _) in NEEDS.items()),
        *(({"far": word}, {"gives": code}) for word, (code, _) in OFFERS.items()),
        ({"hvem": "ny"}, {"who": "newcomer"}),
        ({"hvem": "ansatt"}, {"who": "employee"}),
        (
            {"behov": "lonn", "far": "penger", "hvem": "ny"},
            {"need": "wages", "gives": "money", "who": "newcomer"},
        ),
    ],
)
def test_the_filters_are_those_of_the_page(ask, chosen, query):
    expected = [measure.slug for measure in select(chosen, ON, shipped_rates())]
    assert walked(ask, limit="3", **query)[0] == expected


def test_filters_that_leave_nothing_give_an_empty_list(ask):
    answer = ask("measures", need="language", gives="equipment").json()
    assert (answer["count"], answer["measures"], answer["next_cursor"]) == (0, [], None)


@pytest.mark.parametrize("slug", ALL)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_measure_can_be_read_in_every_language(ask, slug, language):
    answer = ask(f"measures/{slug}", language=language).json()
    measure = next(m for m in all_measures().values() if m.slug == slug)
    assert answer["measure"]["name"] == measure.name[language]
    assert answer["measure"]["url"] == {"nb": "", "nn": "/nn", "en": "/en"}[language] + f"/stotte/{slug}/"
    assert "{rate:" not in str(answer), "a rate is left to fill in"
    assert len(answer["steps"]) == len(measure.steps)
    assert {source["url"] for source in answer["sources"]} >= {source.url for source in measure.sources}


def test_a_link_between_measures_says_whether_it_was_read_or_concluded(ask):
    beside = ask("measures/mentor").json()["beside"]
    read = [each for each in beside if each["how"] in ("read", "ruled_out")]
    concluded = [each for each in beside if each["how"] in ("inferred", "unlikely")]
    assert read and concluded and len(read) + len(concluded) == len(beside)
    assert all(each["law"] and each["source"] and each["checked"] for each in read)
    assert not any(each["law"] or each["source"] for each in concluded)


def test_a_measure_that_is_not_there_is_told(ask):
    answer = ask("measures/finnes-ikke")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Ingen tiltak heter det. Hent listen over tiltak, og bruk slug derfra."
