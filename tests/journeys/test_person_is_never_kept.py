"""What is said of a person is posted, used for one page, and gone: no address, cookie, log or row has it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.visitor import main_text, plain

RESULT = "/start-her/resultat/?kommune=3101&arbeid=kitchen&andel=60"


def say(page: Page, *, percent: str, under_30: str | None = None) -> None:
    page.get_by_role("link", name="Hvilken prosent har Nav nevnt?").click()
    if under_30:
        page.get_by_role("group", name="Er personen under tretti").get_by_role("radio", name=under_30).check()
    page.get_by_role("group", name="Hvilken prosent har Nav nevnt?").get_by_role(
        "radio", name=percent
    ).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Vis resultatet").click()


@pytest.mark.parametrize(("percent", "other", "you_pay"), [("40", "60", "15 251"), ("60", "40", "10 167")])
def test_the_percentage_nav_mentioned_is_the_only_one_shown(visit, percent, other, you_pay):
    page = visit(RESULT)
    say(page, percent=f"{percent} prosent")
    figures = [plain(text) for text in page.locator("dl.figs > div").all_inner_texts()]
    assert figures == [
        "Uten støtte 25 418 kr i måneden",
        f"Hvis Nav gir {percent} prosent {you_pay} kr i måneden",
    ]
    assert f"Gir Nav {other} prosent" not in main_text(page)


def test_not_knowing_shows_both(visit):
    page = visit(RESULT)
    say(page, percent="Vet ikke")
    assert page.locator("dl.figs > div").count() == 3


def test_answering_nothing_shows_the_result_all_the_same(visit):
    page = visit(RESULT)
    page.get_by_role("link", name="Hvilken prosent har Nav nevnt?").click()
    page.get_by_role("button", name="Vis resultatet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dette kan dere gjøre nå")


def test_being_under_thirty_settles_what_turns_on_it(visit):
    page = visit(RESULT)
    assert "Er personen under tretti år på startdatoen?" in main_text(page)
    say(page, percent="Vet ikke", under_30="Nei")
    assert "Er personen under tretti år på startdatoen?" not in main_text(page)


def test_it_leaves_no_trace(visit, site):
    before = site.kept_by_a_visit()
    page = visit(RESULT, width=1280)
    answers = []
    page.on("response", lambda answer: answers.append(answer) if "om-personen" in answer.url else None)
    say(page, percent="60 prosent", under_30="Ja")

    posted = next(answer for answer in answers if answer.request.method == "POST")
    assert "no-store" in posted.headers["cache-control"]
    assert "set-cookie" not in posted.headers
    links = [link.get_attribute("href") or "" for link in page.locator("a").all()]
    for address in [page.url, *links]:
        assert "under30" not in address and "prosent=" not in address
    assert page.context.cookies() == []
    assert site.kept_by_a_visit() == before
    said = site.log.read_text()
    assert "under30" not in said and "prosent=" not in said


def test_another_language_posts_the_answer_again(visit):
    page = visit(RESULT, width=1280)
    say(page, percent="60 prosent", under_30="Ja")
    page.get_by_role("navigation", name="Språk").get_by_role("button", name="Nynorsk").click()
    page.wait_for_url("**/nn/start-her/om-personen/**")
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    assert "under30" not in page.url
    figures = [plain(text) for text in page.locator("dl.figs > div").all_inner_texts()]
    assert len(figures) == 2 and "10 167" in figures[1]
    page.get_by_role("navigation").get_by_role("button", name="Bokmål").click()
    page.wait_for_url(lambda url: "/nn/" not in url)
    assert page.locator("dl.figs > div").count() == 2


def test_the_page_to_take_along_knows_nothing_of_the_person(visit):
    from tests.journeys import pdf

    page = visit(RESULT)
    say(page, percent="60 prosent", under_30="Ja")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Last ned én side som PDF").click()
    text = pdf.read(waiting.value.path().read_bytes()).text
    assert "15 251" in text and "10 167" in text, "both columns: what was said of the person is not carried"
