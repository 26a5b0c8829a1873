"""What an answer may weigh, and how often it may ask the database: never."""

from __future__ import annotations

import gzip

import pytest

from tests.api.conftest import CAFE, NEED, POSITION

#: Bytes as sent, and compressed.
BUDGETS = [
    ("measures", None, 30_000, 8_000),
    ("measures/midlertidig-lonnstilskudd", None, 20_000, 6_000),
    ("offers", NEED, 40_000, 9_000),
    ("costs", POSITION, 25_000, 5_000),
    ("costs", {**POSITION, "measure": "firearig-lonnstilskudd-for-unge"}, 25_000, 5_000),
    ("questionnaire", None, 50_000, 8_000),
    ("toolbox", {"form": "full", "answers": CAFE}, 15_000, 4_500),
    ("tools", None, 20_000, 5_500),
    ("tools/avtal-en-proveperiode-med-beslutningsdato", None, 8_000, 3_500),
    ("openapi.json", None, 80_000, 13_000),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "question", "largest", "compressed"), BUDGETS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_an_answer_keeps_its_weight_and_asks_the_database_nothing(
    ask, django_assert_num_queries, address, question, largest, compressed, language
):
    ask(address, question, language=language)  # whatever is read once a process is read now
    with django_assert_num_queries(0):
        answer = ask(address, question, language=language)
    assert answer.status_code == 200
    assert len(answer.content) <= largest
    assert len(gzip.compress(answer.content, 6)) <= compressed


def test_json_goes_out_compressed_to_whoever_can_read_it(client):
    answer = client.get("/api/v1/measures", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == client.get("/api/v1/measures").content
