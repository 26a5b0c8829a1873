"""One helper: a page that works alone."""

import pytest

from toolbox.directory.models import Helper
from toolbox.ui import content_revision

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_says_what_they_help_with_where_how_and_since_when(client, loaded):
    page = text(client.get("/finn-hjelp/okindustri/"))
    assert "<title>OKIndustri – " in page and page.count("<h1>") == 1
    assert "Opplæringskontor · Hele Østfold" in page
    assert "<li>Har lærlinger i industrifag</li>" in page
    assert (
        '<a href="https://okindustri.no" rel="external">Nettsidene til OKIndustri (okindustri.no)</a>' in page
    )
    assert "Sist bekreftet 31. desember 2023." in page and "Kilde:" in page
    assert "tel:+4755553336" in page, "there is always somebody to call"


def test_every_published_helper_has_a_page_in_every_language(client, loaded):
    for slug in Helper.objects.filter(published=True).values_list("slug", flat=True):
        for prefix in ("", "/nn", "/en"):
            response = client.get(f"{prefix}/finn-hjelp/{slug}/")
            assert response.status_code == 200, slug
            assert b"tel:+4755553336" in response.content


def test_an_address_nobody_has_seen_is_not_linked(client, loaded):
    page = text(client.get("/finn-hjelp/via3-as/"))
    assert "via3.no" not in page
    assert "Vi har ikke sett et nummer eller en nettadresse i noen kilde." in page


def test_navs_number_is_never_shown_as_an_offices_own(client, loaded):
    page = text(client.get("/finn-hjelp/nav-halden-aremark/"))
    assert page.count("tel:") == 1
    assert "gjennom Navs arbeidsgivertelefon" in page and "Be om Nav Halden-Aremark." in page


def test_a_number_of_its_own_is_called_directly(client, loaded, add_helper):
    add_helper(slug="kursbruket", name="Kursbruket", phone="69 00 00 00")
    page = text(client.get("/finn-hjelp/kursbruket/"))
    assert '<a href="tel:+4769000000">Ring Kursbruket på <span class="num">69 00 00 00</span></a>' in page


@pytest.mark.parametrize("slug", ["fredrikstad-internasjonale-skole", "finnes-ikke", "a" * 300])
def test_what_is_not_published_is_not_found(client, loaded, slug):
    assert client.get(f"/finn-hjelp/{slug}/").status_code == 404


def test_what_an_editor_writes_is_shown_as_text(client, loaded, add_helper):
    add_helper(slug="kursbruket", name="<script>alert(1)</script>", source="{{ 7|add:7 }}")
    page = text(client.get("/finn-hjelp/kursbruket/"))
    assert "<script>alert" not in page and "{{ 7|add:7 }}" in page


def test_a_page_costs_two_queries(client, loaded, django_assert_num_queries):
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(2):
        client.get("/finn-hjelp/okindustri/")


def test_low_confidence_cannot_be_published_by_anybody(loaded, add_helper):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        add_helper(confidence="low")
