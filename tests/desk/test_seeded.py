"""Tools and helpers, from their files to what one editor writes and another publishes, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.test import Client

from tests.desk.test_rates import error_of, said
from toolbox.directory import edited as entries
from toolbox.directory import seed
from toolbox.directory.models import Helper
from toolbox.publishing.models import Item, Version
from toolbox.tools import read as tools
from toolbox.tools import texts
from toolbox.ui import content_revision
from toolbox.ui.clock import today

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY, SLUG = "trial_with_decision_date", "nav-halden-aremark"
TOOL, HELPER = f"/redaksjon/innhold/verktoy/{KEY}/", f"/redaksjon/innhold/finn-hjelp/{SLUG}/"
READ_TOOL, READ_HELPER = "/verktoy/avtal-en-proveperiode-med-beslutningsdato/", f"/finn-hjelp/{SLUG}/"
Write = Callable[..., Any]


@pytest.fixture(autouse=True)
def _as_the_site_reads_them(_tools_of_the_files: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "current_revision", content_revision.current)


@pytest.fixture(autouse=True)
def _directory(db: None) -> None:
    seed.load()


def form(of_file: dict[str, str], **changes: str) -> dict[str, str]:
    """A form as a browser posts it, filled in with what the file says."""
    written = {name: value for name, value in of_file.items() if not name.endswith("_rests_on")}
    days = {"checked": "24.11.2026", "confirmed_on": "24.11.2026", "neste": "24.5.2027"}
    return {**written, **days, "nokkel": "n" * 24, "etter": "1", **changes}


@pytest.fixture
def tool() -> dict[str, str]:
    return tools.texts_of_file(KEY)


@pytest.fixture
def helper() -> dict[str, str]:
    return entries.texts_of_files()[SLUG]


def act(browser: Client, where: str, do: str, version: int = 1) -> Any:
    return browser.post(f"{where}gjor/", {"gjor": do, "versjon": version})


@pytest.fixture
def publish(kari: Any, ola: Any, at_desk: Any) -> Write:
    """Write as one editor, and publish as another."""

    def made(where: str, posted: dict[str, str]) -> Item:
        assert at_desk(kari).post(f"{where}rediger/", posted).status_code == 302
        assert act(at_desk(kari), where, "send").status_code == 302
        assert act(at_desk(ola), where, "publiser").status_code == 302
        return Item.objects.get()

    return made


def test_a_tool_follows_its_file_until_another_editor_has_published(kari, ola, at_desk, client, tool):
    writer, other = at_desk(kari), at_desk(ola)
    assert "Følger filen" in said(writer.get(TOOL))
    posted = form(tool, title_nb="Avtal en dag dere bestemmer dere", steps_0_text_en="Write it down.")
    assert writer.post(f"{TOOL}rediger/", posted).status_code == 302
    assert "Avtal en dag dere" not in said(client.get(READ_TOOL))
    act(writer, TOOL, "send")
    assert act(writer, TOOL, "publiser").status_code == 403
    assert "Avtal en dag dere" in said(other.get("/redaksjon/"))
    assert act(other, TOOL, "publiser").status_code == 302
    assert "Avtal en dag dere" in said(client.get(READ_TOOL))
    assert "Write it down." in said(client.get(f"/en{READ_TOOL}"))
    assert act(other, TOOL, "ta-ned").status_code == 302
    assert "Avtal en dag dere" not in said(client.get(READ_TOOL))
    assert "Følger filen" in said(other.get(TOOL))


def test_an_entry_says_what_was_published_and_the_files_leave_it_alone(publish, ola, at_desk, client, helper):
    offers = {f"offers_{code}": f"Noe {code}\nNoe mer {code}" for code in ("nb", "nn", "en")}
    changed = {"name_nb": "Nav i Halden", "phone": "69 17 40 00", "email": "post@halden.no"}
    publish(HELPER, form(helper, **offers, **changed))
    for _load in range(2):
        shown = client.get(READ_HELPER).content.decode()
        assert "Nav i Halden" in shown and 'href="tel:+4769174000"' in shown
        assert 'href="mailto:post@halden.no"' in shown
        assert "Noe mer nn" in said(client.get(f"/nn{READ_HELPER}"))
        assert seed.load().kept == 1
    act(at_desk(ola), HELPER, "ta-ned")
    row = Helper.objects.get(slug=SLUG)
    assert entries.texts_of(row) == helper and not row.edited
    assert seed.load().kept == 0


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title_nn": ""}, "title_nn", "alle tre språk"),
        ({"title_nb": "Avtal en dag."}, "title_nb", "Ta bort punktumet"),
        ({"steps_1_text_en": "No full stop"}, "steps_1_text_en", "Avslutt setningen med punktum"),
        ({"cost_nb": "Gratis!"}, "cost_nb", "Ta bort utropstegnet"),
        ({"promise_nb": "Dere får {rate:mentor.finnes_ikke}."}, "promise_nb", "mentor.finnes_ikke"),
        ({"say_0_nb": "Jeg har 15897984021."}, "say_0_nb", ""),
        ({"checked": "25.11.2026"}, "checked", "ikke være etter i dag"),
        ({"neste": "24.11.2026"}, "neste", "etter i dag"),
        ({"neste": "1.12.2027"}, "neste", "innen tolv måneder"),
    ],
)
def test_a_tool_its_file_would_be_refused_for_is_not_saved(kari, at_desk, tool, changes, field, message):
    answer = at_desk(kari).post(f"{TOOL}rediger/", form(tool, **changes))
    assert answer.status_code == 422 and not Item.objects.exists()
    assert error_of(answer, field) and message in error_of(answer, field)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name_nb": ""}, "name_nb", ""),
        ({"phone": "ring meg"}, "phone", "Skriv telefonnummeret slik"),
        ({"email": "post"}, "email", "Skriv e-postadressen slik"),
        ({"url": "http://www.nav.no/"}, "url", "https://"),
        ({"offers_en": "Only one"}, "offers_en", "like mange linjer"),
        ({"confirmed_on": "25.11.2026"}, "confirmed_on", "ikke være etter i dag"),
        ({"confirmed_on": ""}, "confirmed_on", "hvilken dag"),
    ],
)
def test_an_entry_with_a_fault_is_not_saved(kari, at_desk, helper, changes, field, message):
    answer = at_desk(kari).post(f"{HELPER}rediger/", form(helper, **changes))
    assert answer.status_code == 422 and not Item.objects.exists()
    assert error_of(answer, field) and message in error_of(answer, field)


def test_what_a_file_says_can_be_saved_as_it_is():
    """The form has every text of every tool, and refuses none of them."""
    from toolbox.desk.seeded_forms import ToolForm

    for key in tools.tools_of_files():
        of_file = tools.texts_of_file(key)
        found = ToolForm(form(of_file), of_file=of_file, today=today(), initial={})
        assert found.is_valid(), (key, found.errors)
        names = {name for name in of_file if not name.endswith("_rests_on")}
        assert found.texts().keys() == names and len(texts.parts(of_file)) >= 8


def test_a_newer_file_under_an_edited_tool_is_told_at_the_desk(publish, kari, at_desk, tool):
    publish(TOOL, form(tool, title_nb="Vår egen tittel"))
    told, browser = "Filen er endret siden", at_desk(kari)
    assert told not in said(browser.get(TOOL)) and told not in said(browser.get("/redaksjon/"))
    Version.objects.update(seed={**tool, "title_nb": "Det filen sa før"})
    shown = said(browser.get(TOOL))
    assert told in shown and "Det filen sa før" in shown and "Leserne ser teksten herfra" in shown
    assert told in said(browser.get("/redaksjon/"))


def test_a_file_with_other_parts_is_what_readers_see_and_the_desk_says_so(
    publish, kari, at_desk, client, tool
):
    publish(TOOL, form(tool, title_nb="Vår egen tittel"))
    Version.objects.update(seed={**tool, "why_0_rests_on": "practice"})
    content_revision.bump()
    assert "Vår egen tittel" not in said(client.get(READ_TOOL))
    assert "Leserne ser filen" in said(at_desk(kari).get(TOOL))


def test_an_older_version_and_the_file_are_compared_and_restored(publish, kari, at_desk, tool):
    publish(TOOL, form(tool, title_nb="Vår egen tittel"))
    browser = at_desk(kari)
    again = form(tool, title_nb="En nyere tittel", nokkel="m" * 24)
    assert browser.post(f"{TOOL}rediger/", again).status_code == 302
    compared = said(browser.get(f"{TOOL}?fra=1"))
    assert "Dette er forskjellen Vår egen tittel En nyere tittel" in compared
    assert f"Dette er forskjellen {tool['title_nb']} En nyere" in said(browser.get(f"{TOOL}?fra=fil"))
    restored = browser.get(f"{TOOL}rediger/?versjon=1").content.decode()
    assert 'value="Vår egen tittel"' in restored and 'name="etter" value="2"' in restored


def test_T09_both_texts_are_kept_when_two_begin_at_once(kari, ola, at_desk, helper):
    theirs = form(helper, name_nb="Olas navn", nokkel="o" * 24)
    assert at_desk(ola).post(f"{HELPER}rediger/", theirs).status_code == 302
    late = form(helper, name_nb="Karis navn", nokkel="k" * 24, etter="")
    answer = at_desk(kari).post(f"{HELPER}rediger/", late)
    assert answer.status_code == 409 and Version.objects.count() == 1
    assert "Olas navn" in said(answer) and 'value="Karis navn"' in answer.content.decode()


def test_only_editors_write_and_what_is_not_there_is_not_found(client, kari, at_desk):
    for where in (TOOL, HELPER, f"{TOOL}rediger/", "/redaksjon/innhold/verktoy/"):
        assert client.get(where).headers["Location"].startswith("/logg-inn/")
    for where in ("noe/", "verktoy/noe/", "noe/noe/", "finn-hjelp/noe/rediger/"):
        assert at_desk(kari).get(f"/redaksjon/innhold/{where}").status_code == 404
    assert act(at_desk(kari), TOOL, "send").status_code == 404


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_each_page_has_valid_markup_and_fits(publish, kari, at_desk, tool, helper, language):
    publish(TOOL, form(tool, title_nb="Vår egen tittel"))
    Version.objects.update(seed={})
    browser = at_desk(kari)
    broken = browser.post(f"{language}{TOOL}rediger/", form(tool, title_nb="A.", cost_en=""))
    paths = [TOOL, f"{TOOL}?fra=fil", HELPER, f"{HELPER}rediger/", "/redaksjon/"]
    lists = ["/redaksjon/innhold/verktoy/", "/redaksjon/innhold/finn-hjelp/"]
    for answer in (broken, *(browser.get(language + path) for path in paths + lists)):
        page = answer.content.decode()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(page)
        ids = re.findall(r' id="([^"]+)"', page)
        assert not parser.errors and len(ids) == len(set(ids)) and len(root.findall(".//h1")) == 1
        assert len(answer.content) < 60_000
