"""Whatever somebody writes: a clear message beside the field, the text kept, never a fault of ours."""

from __future__ import annotations

from itertools import product
from urllib.parse import quote, urlencode

import html5lib
import pytest
from django.test import Client

from inclusion_rules.estimate import SUBSIDIES
from tests import directory_content
from tests.visitor import plain
from toolbox.guide.models import SavedResult

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEED = {"kommune": "3101", "arbeid": "kitchen", "andel": "60"}
NUMBER = "{name} må være et tall, for eksempel"
LONG = "x" * 10_000


class Answer:
    """A page that was answered without a fault, and what it says about a field."""

    def __init__(self, response) -> None:  # type: ignore[no-untyped-def]
        assert response.status_code in (200, 422), response.status_code
        self.root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        self.title = plain(self.root.find(".//title").text)

    def _text(self, node) -> str:  # type: ignore[no-untyped-def]
        return plain("".join(node.itertext()))

    def by_id(self, name: str):  # type: ignore[no-untyped-def]
        return self.root.find(f".//*[@id='{name}']")

    def message(self, field: str) -> str:
        """What stands beside the field; the summary must say the same and lead there."""
        beside = self.by_id(f"id_{field}-feil")
        assert beside is not None, f"nothing is said beside {field}"
        summary = self.root.find(".//*[@aria-labelledby='feil']")
        assert summary is not None, "there is no summary of errors"
        links = {link.get("href"): self._text(link) for link in summary.iter("a")}
        said = self._text(beside)
        assert said in (links.get(f"#id_{field}"), links.get(f"#id_{field}_0")), links
        assert self.title.startswith("Feil: ")
        assert said.endswith(".") and "ugyldig" not in said.lower()
        return said

    def kept(self, field: str) -> str | None:
        """What stands in the field now."""
        value: str | None = self.by_id(f"id_{field}").get("value")
        return value


@pytest.fixture
def directory() -> None:
    directory_content.load()


@pytest.fixture
def ask(client: Client):  # type: ignore[no-untyped-def]
    return lambda path, **query: Answer(client.get(path, query))


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("1.500", "1 500 kr"),
        ("1 500,50", "1 500,50 kr"),
        ("1\u00a0500,50", "1 500,50 kr"),
        ("1.500,50", "1 500,50 kr"),
        ("200kr/t", "200,00 kr"),
        ("kr 200,-", "200,00 kr"),
        ("200.5", "200,50 kr"),
        (" 200 ", "200,00 kr"),
    ],
)
def test_a_number_may_be_written_the_way_people_write_it(client, written, means):
    page = client.get("/regn-ut/overslag/", {**NEED, "lonn": written})
    said = plain(page.content.decode())
    assert 'id="feil"' not in said
    assert f"{means.removesuffix(' kr')}" in said


@pytest.mark.parametrize("path", ["/regn-ut/overslag/", "/start-her/resultat/"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1e3", "Lønn må være et tall"),
        ("mye", "Lønn må være et tall"),
        ("200 300 kr eller så", "Lønn må være et tall"),
        ("−20", "Lønn må være mellom 1 og 1 000 000."),
        ("-20", "Lønn må være mellom 1 og 1 000 000."),
        ("0", "Lønn må være mellom 1 og 1 000 000."),
        ("9" * 12, "Lønn må være mellom 1 og 1 000 000."),
        ("NaN", "Lønn må være et tall"),
        ("Infinity", "Lønn må være et tall"),
        ("200<script>", "Lønn må være et tall"),
        (LONG, "Lønn må være et tall"),
        ("1" * 10_000, "Lønn må være et tall"),
        ("200\x00", "Lønn"),
    ],
)
def test_a_wage_we_cannot_read_is_told_and_kept(ask, path, written, said):
    answer = ask(path, **NEED, lonn=written)
    assert answer.message("lonn").startswith(said)
    assert answer.kept("lonn").replace("\ufffd", "\x00") == written
    assert answer.kept("andel") == "60", "the other answers stand"


def test_an_empty_wage_is_asked_for(ask):
    assert ask("/regn-ut/overslag/", **NEED, lonn="").message("lonn") == "Skriv lønnen, for eksempel 200."


@pytest.mark.parametrize("path", ["/start-her/sjekk-svarene/", "/start-her/resultat/", "/start-her/lagre/"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "Skriv stillingsprosenten, for eksempel 60."),
        ("seksti", "Stillingsprosent må være et tall"),
        ("1e1", "Stillingsprosent må være et tall"),
        ("0", "Stillingsprosent må være mellom 1 og 100."),
        ("101", "Stillingsprosent må være mellom 1 og 100."),
        ("−60", "Stillingsprosent må være mellom 1 og 100."),
        (LONG, "Stillingsprosent må være et tall"),
    ],
)
def test_a_share_we_cannot_read_is_told_and_kept(ask, path, written, said):
    answer = ask(path, **{**NEED, "andel": written})
    assert answer.message("andel").startswith(said)
    assert (answer.kept("andel") or "") == written


NEED_ADDRESSES = ("/start-her/sjekk-svarene/", "/start-her/resultat/", "/start-her/oversikt.pdf")


@pytest.mark.parametrize("path", NEED_ADDRESSES)
@pytest.mark.parametrize("municipality", ["", "0000", "9999", "Halden", "'; DROP TABLE", LONG, "\x00"])
def test_a_municipality_that_does_not_exist_is_asked_for(ask, path, municipality):
    answer = ask(path, **{**NEED, "kommune": municipality})
    assert answer.message("kommune") == "Velg hvilken kommune arbeidsplassen ligger i."
    assert answer.kept("andel") == "60"


def test_work_that_is_not_in_the_list_is_asked_for(ask):
    for work in ("", "astronaut", "KITCHEN", "\x00"):
        answer = ask("/start-her/sjekk-svarene/", **{**NEED, "arbeid": work})
        assert answer.message("arbeid") == "Velg hva slags arbeid det er."


@pytest.mark.parametrize(
    ("start", "end", "field", "said"),
    [
        ("2027-02-01", "2027-01-31", "slutt", "Sluttdato må være etter startdato."),
        ("2027-02-01", "2027-02-01", "slutt", "Sluttdato må være etter startdato."),
        ("31.2.2027", "", "start", "Startdato må være en dato, for eksempel 1.2.2027."),
        ("2027-02-01", "31.2.2027", "slutt", "Sluttdato må være en dato, for eksempel 1.2.2027."),
        ("i morgen", "", "start", "Startdato må være en dato, for eksempel 1.2.2027."),
        ("00.00.0000", "", "start", "Startdato må være en dato, for eksempel 1.2.2027."),
        ("", "", "start", "Skriv startdatoen, for eksempel 1.2.2027."),
        (
            "1.1.1900",
            "",
            "start",
            "Vi har satser fra og med 1. januar 2026. Velg en senere dato for å se et overslag.",
        ),
        (LONG, "", "start", "Startdato må være en dato, for eksempel 1.2.2027."),
    ],
)
def test_dates_out_of_order_or_out_of_the_calendar_are_told_and_kept(ask, start, end, field, said):
    answer = ask("/regn-ut/overslag/", **NEED, start=start, slutt=end)
    assert answer.message(field) == said
    assert (answer.kept("start") or "", answer.kept("slutt") or "") == (start, end)


def test_a_year_without_rates_is_answered_with_which_rate_is_missing(ask):
    answer = ask("/regn-ut/overslag/", **NEED, start="1.2.2029")
    said = answer.message("start")
    assert "Vi har ikke satser for 2029 ennå" in said
    assert "arbeidsgiveravgiften mangler" in said and "Velg en tidligere dato" in said
    assert answer.kept("start") == "1.2.2029"


@pytest.mark.parametrize("measure", ["finnes_ikke", "vta_o_gammel", "arbeidstrening", "", LONG])
def test_a_measure_that_is_unknown_or_retired_is_asked_for(ask, measure):
    said = ask("/regn-ut/overslag/", **NEED, tiltak=measure).message("tiltak")
    assert said == "Velg hvilken støtte du vil se på."


@pytest.mark.parametrize("field", ["lonntype", "feriepenger", "avgift", "pensjon"])
def test_every_other_choice_of_the_calculator_says_what_to_do(ask, field):
    said = ask("/regn-ut/overslag/", **NEED, **{field: "tull"}).message(field)
    assert said.split()[0] in ("Velg", "Pensjon")


STARTS = ("2024-12-01", "2025-06-15", "2026-07-01", "29.2.2028")


@pytest.mark.parametrize(("measure", "start"), list(product(SUBSIDIES, STARTS)))
@pytest.mark.parametrize("end", ["", "2028-03-01", "9999-12-31"])
@pytest.mark.parametrize("path", ["/regn-ut/overslag/", "/start-her/resultat/", "/start-her/oversikt.pdf"])
def test_any_date_the_form_takes_has_an_answer(client, path, measure, start, end):
    response = client.get(path, {**NEED, "tiltak": measure, "start": start, "slutt": end})
    assert response.status_code in (200, 422)


ADDRESSES = (
    "/",
    "/start-her/jeg-trenger-folk/",
    "/start-her/sjekk-svarene/",
    "/start-her/mer-om-bedriften/",
    "/start-her/resultat/",
    "/start-her/om-personen/",
    "/start-her/oversikt.pdf",
    "/start-her/lagre/",
    "/start-her/jeg-har-fatt-sporsmal/",
    "/start-her/vi-har-noen-i-gang/",
    "/regn-ut/",
    "/regn-ut/overslag/",
    "/stotte/",
    "/finn-hjelp/",
    "/healthz",
)
NAMES = ("kommune", "arbeid", "andel", "lonn", "start", "fast", "behov", "far", "hvem", "type", "side")
RUBBISH = (
    "%00",
    "%FF%FE%80",
    "%E0%A4%A",
    "%",
    "../../etc/passwd",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "\ud83d\ude80".encode("utf-16", "surrogatepass").decode("utf-16"),
    "٦٠",
    "-1",
    "99999999999999999999",
    "null",
    LONG,
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_rubbish_in_any_part_of_an_address_is_answered(client, directory, path):
    valid = urlencode(NEED)
    raw = [value if value.startswith("%") else quote(value) for value in RUBBISH]
    everywhere = ["&".join(f"{name}={value}" for name in NAMES) for value in raw]
    in_one = [f"{valid}&{name}={value}" for name, value in product(NAMES, ("%00", "%FF%FE"))]
    for query in everywhere + in_one:
        response = client.get(f"{path}?{query}")
        assert response.status_code in (200, 422), (query[:80], response.status_code)
        assert b"<script>alert" not in response.content
    for query in ("&&==;;", "a[]=1&a[b]=2", f"{valid}&kommune=3105&andel=80", "=", "kommune"):
        assert client.get(f"{path}?{query}").status_code in (200, 422), query


def test_a_subsidy_that_did_not_exist_yet_says_so(ask):
    query = {**NEED, "tiltak": "firearig_lonnstilskudd_unge", "start": "1.7.2026"}
    said = ask("/regn-ut/overslag/", **query).message("start")
    assert "fantes ikke på startdatoen. Velg en senere dato" in said


def test_of_two_values_for_one_name_the_last_counts_everywhere(client):
    said = plain(client.get(f"/start-her/sjekk-svarene/?{urlencode(NEED)}&kommune=3105").content.decode())
    assert "Sarpsborg" in said


NOBODYS = ("/finn-hjelp/%00/", "/stotte/%00/", "/lagret/%00/", "/lagret/styr/%00/", "/%FF/")


@pytest.mark.parametrize("path", NOBODYS)
def test_an_address_nobody_has_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"prosent": "NaN"},
        {"prosent": "50"},
        {"prosent": "40", "under30": "kanskje"},
        {"prosent": ["40", "60"]},
        {"under30": "\x00"},
        {"prosent": LONG},
        {"helse": "noe helt annet"},
    ],
    ids=str,
)
def test_a_strange_answer_about_the_person_is_asked_again_or_ignored(client, said):
    response = client.post(f"/start-her/om-personen/?{urlencode(NEED)}", said)
    assert response.status_code in (200, 422)
    assert b"noe helt annet" not in response.content


@pytest.mark.parametrize("key", ["", "kort", "\x00" * 20, "x" * 65, LONG])
def test_a_save_without_a_proper_key_saves_nothing_or_once(client, key):
    response = client.post(f"/start-her/lagre/?{urlencode(NEED)}", {"nokkel": key})
    assert response.status_code in (200, 403)
    assert SavedResult.objects.count() == (1 if response.status_code == 200 else 0)


@pytest.mark.parametrize("field", ["lonn", "andel", "start", "fast"])
def test_a_save_with_ten_thousand_signs_is_answered(client, field):
    padded = {"lonn": "200", "andel": "60", "start": "1.2.2027", "fast": "ja"}[field] + " " * 10_000
    response = client.post(f"/start-her/lagre/?{urlencode({**NEED, field: padded})}", {"nokkel": "n" * 24})
    assert response.status_code in (200, 422)
    for saved in SavedResult.objects.all():
        assert len(saved.query) <= 2000


def test_a_save_that_cannot_be_read_saves_nothing(client):
    for wrong in ({"andel": "0"}, {"kommune": "0000"}, {"lonn": "mye"}):
        response = client.post(f"/start-her/lagre/?{urlencode({**NEED, **wrong})}", {"nokkel": "n" * 24})
        assert response.status_code in (200, 422)
        assert b'id="feil"' in response.content
    assert SavedResult.objects.count() == 0


def test_a_body_that_is_no_form_is_answered(client):
    for path in (f"/start-her/om-personen/?{urlencode(NEED)}", f"/start-her/lagre/?{urlencode(NEED)}"):
        for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
            response = client.post(path, b"\x00\xff{", content_type=kind)
            assert response.status_code in (200, 400, 403, 422), (path, kind)
