"""Finn hjelp: filters in the address, a count that is announced, and never a dead end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.directory.conftest import TODAY
from toolbox.directory.models import Helper
from toolbox.directory.queries import ELSEWHERE, helpers_for
from toolbox.ui import content_revision

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def slugs(**filters) -> list[str]:
    return [helper.slug for helper in helpers_for(**filters, today=TODAY)]


def test_the_heading_counts_and_is_announced(client, loaded):
    page = text(client.get("/finn-hjelp/?kommune=3105&behov=language"))
    assert '<div role="status"><h2>4 treff for språk i Sarpsborg</h2></div>' in page
    assert "<title>4 treff for språk i Sarpsborg – " in page
    assert page.count("<h1>") == 1


def test_the_filters_that_are_set_stay_chosen(client, loaded):
    page = text(client.get("/finn-hjelp/?kommune=3105&behov=language"))
    assert '<option value="3105" selected>Sarpsborg<' in page
    assert '<option value="language" selected>' in page


def test_nav_comes_first_then_those_who_are_seated_there_then_the_national(loaded):
    found = slugs(municipality="3105")
    assert found[:2] == ["nav-sarpsborg", "nav-arbeidsgivertelefonen"]
    assert found.index("sarpsborg-asvo") < found.index("aof-ostfold") < found.index("imdi")
    assert "nav-moss" not in found


def test_an_unpublished_helper_is_in_no_list(loaded):
    assert "fredrikstad-internasjonale-skole" not in slugs(municipality="3107")
    assert "fretex-jobb-og-oppfolging" not in slugs()


def test_outside_ostfold_only_the_national_helpers_are_left(client, loaded):
    assert set(slugs(municipality="4601")) == set(slugs(municipality=ELSEWHERE))
    assert Helper.objects.filter(slug__in=slugs(municipality="4601"), everywhere=False).count() == 0
    assert "i Bergen" in text(client.get("/finn-hjelp/?kommune=4601"))
    assert "utenfor Østfold" in text(client.get(f"/finn-hjelp/?kommune={ELSEWHERE}"))


def test_an_empty_list_offers_the_nearest_filters_with_counts_and_somebody_to_call(client, loaded):
    page = text(client.get("/finn-hjelp/?kommune=3114&behov=aids&type=county"))
    assert "<h2>Ingen treff for hjelpemidler i Våler (Østfold) av typen «Fylkeskommune»</h2>" in page
    assert '<a href="/finn-hjelp/?kommune=3114&amp;behov=aids">alle typer (2 treff)</a>' in page
    assert '<a href="/finn-hjelp/?kommune=3114&amp;type=county">alle behov (2 treff)</a>' in page
    assert "alle kommuner" not in page, "a way that leads to nothing is not offered"
    assert "Nav Våler" in page and "tel:+4755553336" in page


def test_the_counts_offered_are_the_counts_found(client, loaded):
    assert len(slugs(municipality="3114", need="aids")) == 2
    assert len(slugs(municipality="3114", kind="county")) == 2


def test_a_seeded_entry_is_marked_by_age_and_never_hidden(client, loaded):
    page = text(client.get("/finn-hjelp/?kommune=3105&type=inclusion_enterprise"))
    assert "Sarpsborg ASVO" in page
    assert "Ikke bekreftet nylig" in page and "Sist bekreftet 3. januar 2018." in page


@pytest.mark.parametrize(
    ("age", "marked", "listed"),
    [(180, False, True), (181, True, True), (270, True, True), (271, True, False)],
)
def test_S12_an_entry_somebody_keeps_is_marked_and_then_hidden(
    client, loaded, add_helper, age, marked, listed
):
    helper = add_helper(name="Kursbruket", slug="kursbruket", confirmed_on=TODAY - timedelta(days=age))
    page = text(client.get("/finn-hjelp/?kommune=3101&type=nonprofit"))
    assert ("Kursbruket" in page) is listed
    assert ("1 oppføring vises ikke" in page) is not listed
    alone = text(client.get(f"/finn-hjelp/{helper.slug}/"))
    assert "Kursbruket" in alone, "a direct link always works"
    assert ("Ikke bekreftet nylig" in alone) is marked


def test_an_entry_that_was_never_confirmed_is_marked_and_listed(client, loaded, add_helper):
    add_helper(name="Kursbruket", confirmed_on=None)
    page = text(client.get("/finn-hjelp/?kommune=3101&behov=training&type=nonprofit"))
    assert "Kursbruket" in page and "Vi vet ikke når dette sist ble bekreftet." in page


def test_a_list_of_many_costs_as_few_queries_as_a_list_of_few(client, loaded, add_helper):
    for _ in range(60):
        add_helper(everywhere=True)
    content_revision.current()  # asked for once in a few seconds
    with CaptureQueriesContext(connection) as many:
        response = client.get("/finn-hjelp/?kommune=3101")
    assert len(many) == 3  # the counts, the page of helpers, the one to call
    assert len(response.content) < 60_000
    content_revision.current()
    with CaptureQueriesContext(connection) as none:
        client.get("/finn-hjelp/?kommune=3114&behov=aids&type=county")
    assert len(none) == 3  # what each filter taken away would give, in place of the empty page


def test_the_helpers_for_a_need_cost_one_query(loaded, django_assert_num_queries):
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(1):
        found = list(helpers_for("3101", "language", None, today=TODAY))
        assert all(helper.local_offers for helper in found)


def test_pages_hold_every_helper_once(client, loaded):
    seen = []
    for number in (1, 2, 3, 4):
        page = client.get(f"/finn-hjelp/?side={number}")
        seen += [card.helper.slug for card in page.context["cards"]]
    assert len(seen) == len(set(seen)) == 69
    assert "(side 4)" in text(page)


def test_the_page_speaks_three_languages(client, loaded):
    assert "4 treff for språk i Sarpsborg" in text(client.get("/nn/finn-hjelp/?kommune=3105&behov=language"))
    english = text(client.get("/en/finn-hjelp/?kommune=3105&behov=language"))
    assert "4 matches for language in Sarpsborg" in english
    assert '<span lang="nb">Sarpsborg kommune</span>' in english
    nynorsk = text(client.get("/nn/finn-hjelp/?kommune=3101"))
    assert "Ring arbeidsgivartelefonen til Nav på" in nynorsk and "Ikkje stadfesta nyleg" in nynorsk


@pytest.mark.parametrize(
    "query",
    [
        "kommune=%00",
        "kommune=3101%27%20OR%201%3D1--",
        "kommune=<script>alert(1)</script>",
        "kommune=3101&kommune=3103",
        "behov=language%0d%0aSet-Cookie:x",
        "behov=" + "a" * 5_000,
        "type={{7*7}}",
        "side=-1",
        "side=0",
        "side=99999999999999999999",
        "side=abc",
        "side=%E2%82%AC",
        "%FF%FE=%FF",
        "kommune[]=3101",
        "kommune=%D9%A3%D9%A1%D9%A0%D9%A1",
        "",
    ],
)
def test_a_hostile_address_gives_an_ordinary_page(client, loaded, query):
    response = client.get("/finn-hjelp/", QUERY_STRING=query)
    assert response.status_code == 200
    page = text(response)
    assert "<script>alert" not in page
    assert "<h2>69 treff</h2>" in page or "treff i Moss</h2>" in page
    assert not response.cookies


def test_a_filter_that_is_none_of_ours_is_left_out(client, loaded):
    assert "<h2>69 treff</h2>" in text(client.get("/finn-hjelp/?kommune=9999&behov=gold&type=shop"))


def test_an_old_municipality_number_shows_the_municipality_of_today(client, loaded):
    assert "i Halden" in text(client.get("/finn-hjelp/?kommune=0101"))


def test_only_reading_is_allowed(client, loaded):
    assert client.post("/finn-hjelp/").status_code == 405
