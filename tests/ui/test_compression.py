"""Pages sent compressed: the same page, smaller, and squeezed once where it is kept."""

import gzip

import pytest
from django.core.cache import cache
from django.test import Client

PAGES = ["/om/", "/regn-ut/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_compressed_page_is_the_same_page_smaller(path):
    plain = Client().get(path)
    for _first_and_kept in range(2):
        packed = Client().get(path, headers={"accept-encoding": "gzip, br"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.django_db
def test_a_page_kept_for_one_who_cannot_unpack_serves_one_who_can_and_the_other_way():
    cache.clear()
    packed = Client().get("/om/", headers={"accept-encoding": "gzip"})
    plain = Client().get("/om/")

    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.django_db
def test_what_is_small_or_no_text_is_left_alone():
    for path in ("/healthz", "/start-her/oversikt.pdf?kommune=3101&arbeid=kitchen&andel=60"):
        assert "Content-Encoding" not in Client().get(path, headers={"accept-encoding": "gzip"}).headers
