"""Where published content leads: our own dead ends are told, other sites with the day they were last seen."""

from __future__ import annotations

import html5lib
import pytest

from tests import directory_content
from tests.desk.test_rates import said
from tests.publishing.test_content import CHECK, TEXTS
from toolbox.desk import links
from toolbox.directory.models import Helper
from toolbox.publishing import content
from toolbox.tools import tool

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WHERE = "/redaksjon/lenker/"


@pytest.fixture
def notice(kari, ola):
    def made(text: str):
        item = content.begin(kari, "notice", "n", {**TEXTS, "text_nb": text}, next_check=CHECK, key="n" * 24)
        content.send_for_review(item, 1)
        content.publish(item, 1, ola)

    return made


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/regn-ut/", True),
        ("/nn/regn-ut/?kommune=3101", True),
        ("/stotte/mentor/", True),
        ("/en/verktoy/avtal-en-proveperiode-med-beslutningsdato/", True),
        ("/finn-hjelp/nav-halden-aremark/", True),
        ("/borte/", False),
        ("/stotte/borte/", False),
        ("/nn/verktoy/borte/", False),
        ("/finn-hjelp/borte/", False),
        ("//nav.no/", False),
    ],
)
def test_a_page_is_there_when_what_it_names_is(path, there):
    directory_content.load()
    assert links.leads_somewhere(path) is there


def test_a_link_that_has_died_is_told_where_it_stands(kari, at_desk, notice):
    directory_content.load()
    notice("Se [kontoret](/finn-hjelp/nav-halden-aremark/).")
    told, browser = "En lenke virker ikke lenger", at_desk(kari)
    assert not links.dead() and told not in said(browser.get("/redaksjon/"))
    Helper.objects.filter(slug="nav-halden-aremark").delete()
    assert told in said(browser.get("/redaksjon/"))
    shown = said(browser.get(WHERE))
    assert "/finn-hjelp/nav-halden-aremark/ Stengt søndag" in shown


def test_a_tool_that_sends_people_to_a_page_that_is_gone_is_told(monkeypatch):
    monkeypatch.setitem(tool.PAGES, "calculator", "catalogue:gone")
    [link] = links.dead()
    assert link.address == "/catalogue:gone" and link.more > 1
    assert link.places[0].page.startswith("/redaksjon/innhold/verktoy/")


def test_other_sites_are_shown_with_the_day_they_were_last_seen(kari, at_desk, notice):
    directory_content.load()
    notice("Les [hos Nav](https://www.nav.no/proven).")
    found = {link.address: link for link in links.outside()}
    helper = Helper.objects.exclude(url="").filter(published=True).exclude(confirmed_on=None)[0]
    assert found[helper.url].seen >= helper.confirmed_on
    assert {law.url for each in links.all_tools().values() for law in each.law} <= found.keys()
    assert found["https://www.nav.no/proven"].places[0].title == "Stengt søndag"
    seen = [link.seen for link in links.outside() if link.seen]
    assert seen == sorted(seen)
    assert "sist kontrollert" in said(at_desk(kari).get(WHERE))


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_page_is_valid_light_and_asks_few_questions(
    kari, at_desk, notice, language, django_assert_max_num_queries
):
    directory_content.load()
    notice("Se [borte](/borte/), og [hos Nav](https://www.nav.no/proven).")
    browser = at_desk(kari)
    with django_assert_max_num_queries(15):
        answer = browser.get(language + WHERE)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(answer.content.decode())
    assert not parser.errors and len(answer.content) < 60_000
