"""Door three: somebody is at work, and it should go well."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inclusion_rules.already_employed import already_employed
from inclusion_rules.measures import all_measures
from tests.catalogue.parsed_page import LANGUAGES, Page, words
from toolbox.ui import content_revision

ADDRESS = "/start-her/vi-har-noen-i-gang/"
Read = Callable[..., Page]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_duty_to_adapt_comes_before_everything_else(read: Read, language: str) -> None:
    page = read(LANGUAGES[language] + ADDRESS)
    assert words(page.one("h1")) == already_employed().title[language]
    stages = [
        node for node in page.all("h2") if node.get("id") in {s.key for s in already_employed().sections}
    ]
    assert [node.get("id") for node in stages] == [section.key for section in already_employed().sections]
    assert stages[0].get("id") == "adapt_first"
    assert "{rate:" not in page.text
    levels = page.headings()
    assert levels[0] == 1 and levels.count(1) == 1


def test_every_stage_leads_to_measures_that_exist_and_names_its_law(read: Read) -> None:
    page = read(ADDRESS)
    for section in already_employed().sections:
        assert section.law in words(page.one("main"))
        for key in section.measures:
            assert f"/stotte/{all_measures()[key].slug}/" in page.links()


def test_every_line_says_what_it_rests_on(read: Read) -> None:
    page = read(ADDRESS)
    lines = [li for li in page.all("main//ul/li") if li.find("span[@class='small soft basis']") is not None]
    assert len(lines) == sum(len(section.items) for section in already_employed().sections)
    assert "(råd fra praksis)" in page.text and "(lov)" in page.text


def test_the_page_names_one_office_and_asks_the_database_once(
    read: Read, django_assert_num_queries: Callable[[int], object]
) -> None:
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        page = read(ADDRESS, kommune="3101")
    yellow = [node for node in page.root.iter() if node.get("data-color") == "next"]
    assert [node.get("href") for node in yellow] == ["tel:+4755553336"]
