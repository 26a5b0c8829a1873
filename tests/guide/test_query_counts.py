"""How often a page asks the database. More than this, and a page has begun to ask in a loop."""

from __future__ import annotations

import pytest

from tests import directory_content
from toolbox.guide import saved
from toolbox.ui import content_revision
from toolbox.ui.clock import today

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEED = "kommune=3101&arbeid=kitchen&andel=60"
#: One question: who is the contact of this municipality?
CONTACT = 1
#: And one: which notices do editors show? Asked for once for each state the content is in.
NOTICES = 1


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", CONTACT + NOTICES),
        ("/start-her/", 0),
        ("/start-her/jeg-trenger-folk/", 0),
        (f"/start-her/sjekk-svarene/?{NEED}", 0),
        (f"/start-her/mer-om-bedriften/?{NEED}", 0),
        (f"/start-her/resultat/?{NEED}", CONTACT),
        (f"/start-her/om-personen/?{NEED}", 0),
        (f"/start-her/lagre/?{NEED}", 0),
        (f"/start-her/oversikt.pdf?{NEED}", CONTACT),
        ("/regn-ut/", 0),
        (f"/regn-ut/overslag/?{NEED}", CONTACT),
    ],
)
def test_a_page_asks_no_more_than_it_must(client, django_assert_num_queries, address, queries):
    directory_content.load()
    content_revision.current()  # asked for once in a few seconds, not once a page
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_a_saved_result_asks_for_itself_and_its_contact(client, django_assert_num_queries):
    directory_content.load()
    content_revision.current()  # asked for once in a few seconds, not once a page
    kept = saved.keep(NEED, key="k" * 24, secret="s", on=today(), rate_revision="r")
    with django_assert_num_queries(1 + CONTACT):
        assert client.get(f"/lagret/{kept.read}/").status_code == 200
    with django_assert_num_queries(1):
        assert client.get(f"/lagret/styr/{kept.manage}/").status_code == 200


def test_an_answer_about_the_person_asks_no_more_than_the_result(client, django_assert_num_queries):
    directory_content.load()
    content_revision.current()  # asked for once in a few seconds, not once a page
    with django_assert_num_queries(CONTACT):
        client.post(f"/start-her/om-personen/?{NEED}", {"prosent": "40"})


def test_a_page_that_is_kept_asks_nothing_the_second_time(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        client.get("/")
