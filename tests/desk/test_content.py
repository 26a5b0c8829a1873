"""Notices on the front page, from an editor's draft to what everybody reads."""

from __future__ import annotations

import re

import html5lib
import pytest

from tests.desk.test_rates import error_of, said
from tests.publishing.test_content import TEXTS
from toolbox.publishing.models import Item, Version

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FORM = {**TEXTS, "neste": "24.12.2026", "nokkel": "n" * 24}
NEW = "/redaksjon/forsiden/ny/"


@pytest.fixture
def item(kari, at_desk):
    assert at_desk(kari).post(NEW, FORM).status_code == 302
    return Item.objects.get()


def page_of(item: Item, rest: str = "") -> str:
    return f"/redaksjon/forsiden/{item.pk}/{rest}"


def act(browser, item, do, version=1):
    return browser.post(page_of(item, "gjor/"), {"gjor": do, "versjon": version})


def test_a_notice_goes_from_draft_to_the_front_page_in_three_languages(kari, ola, at_desk, client, item):
    writer, other = at_desk(kari), at_desk(ola)
    assert "Stengt søndag" not in said(client.get("/"))
    assert act(writer, item, "send").status_code == 302
    assert "Stengt søndag" in said(other.get("/redaksjon/"))
    assert "Publiser meldingen" not in said(writer.get(page_of(item)))
    assert act(other, item, "publiser").status_code == 302
    assert "Stengt søndag" in said(client.get("/")) and "Closed on Sunday" in said(client.get("/en/"))
    assert act(other, item, "ta-ned").status_code == 302
    assert "Stengt søndag" not in said(client.get("/"))


def test_T10_nobody_publishes_a_text_of_their_own(kari, at_desk, client, item):
    writer = at_desk(kari)
    act(writer, item, "send")
    answer = act(writer, item, "publiser")
    assert answer.status_code == 403 and "Du kan ikke publisere din egen tekst." in said(answer)
    assert "Stengt søndag" not in said(client.get("/"))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title_en": ""}, "title_en", "alle tre språk"),
        ({"text_nn": ""}, "text_nn", "alle tre språk"),
        ({"text_nb": "[Les mer](/regn-ut/)"}, "text_nb", "skriv hvor lenken fører"),
        ({"text_nb": "[prisen](/finnes-ikke/)"}, "text_nb", "ingen slik side"),
        ({"text_nb": "<b>Hei</b>"}, "text_nb", "blir vist som tekst"),
        ({"text_nb": "Hun har bipolar lidelse."}, "text_nb", ""),
        ({"neste": "24.11.2026"}, "neste", "etter i dag"),
    ],
)
def test_a_text_with_a_fault_is_not_saved(kari, at_desk, changes, field, message):
    answer = at_desk(kari).post(NEW, {**FORM, **changes})
    assert answer.status_code == 422 and not Item.objects.exists()
    assert error_of(answer, field) and message in error_of(answer, field).replace("&#x27;", "'")


def test_an_older_version_is_compared_and_restored(kari, at_desk, item):
    browser = at_desk(kari)
    change = {**FORM, "title_nb": "Stengt mandag", "etter": "1", "nokkel": "m" * 24}
    assert browser.post(page_of(item, "rediger/"), change).status_code == 302
    compared = said(browser.get(page_of(item, "?fra=1")))
    assert "Dette er forskjellen Stengt søndag Stengt mandag" in compared
    restored = browser.get(page_of(item, "rediger/?versjon=1")).content.decode()
    assert 'value="Stengt søndag"' in restored and 'name="etter" value="2"' in restored


def test_T09_both_texts_are_kept_when_two_write_at_once(kari, ola, at_desk, item):
    first = {**FORM, "title_nb": "Olas tekst", "etter": "1", "nokkel": "o" * 24}
    late = {**FORM, "title_nb": "Karis tekst", "etter": "1", "nokkel": "k" * 24}
    assert at_desk(ola).post(page_of(item, "rediger/"), first).status_code == 302
    answer = at_desk(kari).post(page_of(item, "rediger/"), late)
    assert answer.status_code == 409
    assert "Olas tekst" in said(answer) and 'value="Karis tekst"' in answer.content.decode()
    assert Version.objects.count() == 2


def test_a_link_that_has_died_since_is_told_at_the_desk(kari, ola, at_desk, item):
    act(at_desk(kari), item, "send")
    act(at_desk(ola), item, "publiser")
    told = "En lenke virker ikke lenger"
    assert told not in said(at_desk(ola).get("/redaksjon/"))
    Version.objects.update(texts={**TEXTS, "text_nb": "Se [prisene](/siden-er-borte/)."})
    assert told in said(at_desk(ola).get("/redaksjon/"))


def test_only_editors_write(client, item):
    for where in (NEW, page_of(item), page_of(item, "rediger/"), "/redaksjon/forsiden/"):
        assert client.get(where).status_code == 302
    assert act(client, item, "ta-ned").headers["Location"].startswith("/logg-inn/")


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_each_page_has_valid_markup(kari, ola, at_desk, client, item, language):
    browser = at_desk(ola)
    act(at_desk(kari), item, "send")
    act(browser, item, "publiser")
    broken = browser.post(f"{language}{NEW}", {**FORM, "text_nb": "[her](x)"})
    paths = [page_of(item), page_of(item, "rediger/"), "/redaksjon/forsiden/", "/redaksjon/", "/"]
    for answer in (broken, *(browser.get(language + path) for path in paths)):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(answer.content.decode())
        ids = re.findall(r' id="([^"]+)"', answer.content.decode())
        assert not parser.errors and len(ids) == len(set(ids)) and len(root.findall(".//h1")) == 1
