"""B07 A phone on a bad network: on the train between Rakkestad and Mysen, with a gap in the middle."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.test_s03_mapping import SHORT, begin, choose
from tests.served_site import Site

pytestmark = pytest.mark.database

#: Milliseconds each way, and bytes a second.
SLOW = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
Network = Callable[[bool], None]


@pytest.fixture
def train(browser, site) -> Iterator[Page]:
    """Without the watch of other journeys: a browser without network says so in its console."""
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/kartlegg/")
    yield page
    context.close()


@pytest.fixture(autouse=True)
def network(train) -> Network:
    """Call it with whether there is any. What there is, is slow."""
    chromium = train.context.new_cdp_session(train)

    def there_is(any_at_all: bool) -> None:
        chromium.send("Network.emulateNetworkConditions", SLOW | {"offline": not any_at_all})

    there_is(True)
    return there_is


def stored(site: Site, page: Page) -> dict[str, str]:
    """The rows of the mapping whose page is open."""
    token = re.search(r"/kartlegg/([0-9a-f]{48})/", page.url)[1]
    hashed = hashlib.sha256(token.encode()).hexdigest()
    rows = site.rows(
        "SELECT a.item, a.value FROM mapping_answered a JOIN mapping_mapping m ON m.id = a.mapping_id"
        f" WHERE m.token_hash = '{hashed}'"
    )
    assert len({item for item, _value in rows}) == len(rows), "one row for each question"
    return dict(rows)


def press_into_nothing(page: Page, network: Network) -> None:
    """«Neste» while there is no network: the browser's own page says so."""
    network(False)
    page.get_by_role("button", name="Neste").click(no_wait_after=True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.wait_for_url("chrome-error://**")
    network(True)


def test_gone_in_the_middle_of_a_question_nothing_is_lost_and_the_next_one_comes(train, site, network):
    begin(train)
    for _title, chosen in SHORT[:5]:
        choose(train, chosen)
        train.get_by_role("button", name="Neste").click()
    expect(train.get_by_role("heading", level=1)).to_contain_text("Hvor mye bekymrer dette dere")
    here, before = train.url, stored(site, train)
    assert len(before) == 7
    choose(train, SHORT[5][1])
    press_into_nothing(train, network)

    train.goto(here)
    assert stored(site, train) == before
    choose(train, SHORT[5][1])
    train.get_by_role("button", name="Neste").click()
    expect(train.get_by_role("heading", level=1)).to_have_text("Hvor enig er du i dette?")
    assert stored(site, train) == before | {"R2": "4"}


def test_sent_again_by_reload_when_the_network_is_back_the_answer_counts_once(train, site, network):
    begin(train)
    choose(train, SHORT[0][1])
    press_into_nothing(train, network)
    train.reload()
    expect(train.get_by_role("heading", level=1)).to_have_text("Tre opplysninger om bedriften")
    assert stored(site, train) == {"N1": "2"}


def test_an_answer_that_arrived_when_its_page_did_not_is_kept(train, site):
    begin(train)
    here = train.url
    choose(train, SHORT[0][1])
    # The answer goes out, and nothing comes back: not even where to go on.
    train.route("**/bedriften/", lambda route: route.abort())
    with pytest.raises(Error):
        train.get_by_role("button", name="Neste").click()
        train.wait_for_url("**/bedriften/", timeout=3000)
    train.unroute("**/bedriften/")
    train.goto(here)
    assert stored(site, train) == {"N1": "2"}
    expect(train.get_by_label(SHORT[0][1][0])).to_be_checked()
    train.get_by_role("button", name="Neste").click()
    expect(train.get_by_role("heading", level=1)).to_have_text("Tre opplysninger om bedriften")
    assert stored(site, train) == {"N1": "2"}


def test_a_double_tap_answers_once_and_leads_to_the_next_question(train, site):
    begin(train)
    for title, chosen in SHORT[:3]:
        expect(train.get_by_role("heading", level=1)).to_contain_text(title)
        choose(train, chosen)
        train.get_by_role("button", name="Neste").dblclick()
    expect(train.get_by_role("heading", level=1)).to_contain_text("Hvor sannsynlig er det")
    assert stored(site, train) == {"N1": "2", "B3": '"3107"', "B1": '"C"', "B2": '"20-49"', "A1": "4"}


def test_a_double_tap_on_starting_and_on_sending_in_makes_one_of_each(train, site):
    train.get_by_role("button", name="Start den korte").dblclick()
    choose(train, SHORT[0][1])
    train.get_by_role("button", name="Neste").click()
    address = train.url.rsplit("/", 2)[0]
    train.goto(f"{address}/svar/")
    before = site.rows("SELECT count(*) FROM mapping_response")[0][0]
    train.get_by_role("button", name="Vis resultatet").dblclick()
    train.wait_for_url(re.compile(r"/(resultat|send-inn)/$"))
    assert site.rows("SELECT count(*) FROM mapping_response")[0][0] == before + 1
