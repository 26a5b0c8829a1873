"""A company answers page by page: what is asked, what is kept, and what a press too many does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.visitor import plain
from toolbox.mapping import drafts
from toolbox.mapping.answers import DONT_KNOW
from toolbox.mapping.instrument import instrument
from toolbox.mapping.models import Answered, Mapping, Response
from toolbox.mapping.pages import pages
from toolbox.mapping.scoring import FULL, SHORT
from toolbox.mapping.views import BEGUN_A_MINUTE, CODES_AN_HOUR
from toolbox.ui import content_revision, steps

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = date(2026, 11, 24)
KEY = "k" * 24
ANSWERS = {
    "folk": {"N1": "2"},
    "bedriften": {"B3": "3107", "B1": "C", "B2": "20-49"},
    "realistisk": {"A1": "4"},
    "sannsynlig": {"A6": "vet-ikke"},
    "erfaring": {"E1": ["practice", "mentor"]},
    "usikkerhet": {"R2": "2"},
    "hverdagen": {name: "3" for name in ("K1b", "K2a", "K3a", "K4a", "K5a")},
}


def begin(client: Client, form: str = SHORT) -> str:
    """The token of a new mapping."""
    return client.post("/kartlegg/", {"nokkel": KEY, "form": form}).headers["Location"].split("/")[2]


def at(token: str, page: str) -> str:
    return f"/kartlegg/{token}/{page}/"


def answer(client: Client, token: str, page: str, upon: int = 0, **given: object):
    return client.post(at(token, page), {"versjon": upon, **(given or ANSWERS[page])})


def answer_all(client: Client, token: str) -> None:
    for page in ANSWERS:
        answer(client, token, page)


def send_in(client: Client, token: str, upon: int = 0):
    return client.post(at(token, "send-inn"), {"versjon": upon})


def said(response) -> str:
    html = response.content.decode()
    return plain(re.sub(r"<[^>]+>", " ", re.search("<main.*</main>", html, re.DOTALL)[0]))


def held(token: str) -> drafts.Answers:
    mapping = drafts.find(token, TODAY)
    assert mapping is not None
    return drafts.answers_of(mapping)


# The way through


def test_S03_each_page_leads_to_the_next_and_the_last_to_the_answers_read_back(client):
    token = begin(client)
    way = list(ANSWERS)
    for page, after in zip(way, [*way[1:], "svar"], strict=True):
        shown = client.get(at(token, page))
        assert shown.status_code == 200 and "checked" not in shown.content.decode()
        answered = answer(client, token, page)
        assert answered.status_code == 303 and answered.headers["Location"] == at(token, after)
    assert held(token) == {
        "B1": "C",
        "B2": "20-49",
        "B3": "3107",
        "N1": 2,
        "A1": 4,
        "A6": DONT_KNOW,
        "E1": ("practice", "mentor"),
        "R2": 2,
        **dict.fromkeys(ANSWERS["hverdagen"], 3),
    }
    sent = send_in(client, token)
    assert sent.status_code == 303 and sent.headers["Location"] == at(token, "resultat")
    assert Response.objects.get().in_tables


@pytest.mark.parametrize("form", [SHORT, FULL])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_has_one_heading_a_way_on_and_dont_know_for_every_question(client, form, language):
    token = begin(client, form)
    drafts.store(Mapping.objects.get(), {"E1": ("mentor",)}, upon=0, now=datetime.now(UTC))
    prefix = "" if language == "nb" else f"/{language}"
    for page in pages(form):
        html = client.get(prefix + at(token, page.slug)).content.decode()
        assert html.count("<h1>") == 1, page.slug
        assert html.count('value="vet-ikke"') == len(page.items), page.slug
        assert not re.search(r'type="(radio|checkbox)"[^>]* checked', html) or page.slug == "erfaring"
        for name in page.items:
            text = instrument().items[name].text[language]
            assert text.replace("'", "&#x27;") in html, name


def test_S03_progress_is_told_truthfully(client):
    token = begin(client)
    told = [said(client.get(at(token, page))) for page in ("folk", "bedriften", "sannsynlig", "hverdagen")]
    for text, place in zip(
        told,
        [
            "Spørsmål 1 av 10",
            "Ved siden av de 10 spørsmålene",
            "Spørsmål 3 av 10",
            "Spørsmål 6–10 av 10",
        ],
        strict=True,
    ):
        assert place in text
    client.post(at(token, "alle-sporsmal"))
    assert "Del 2 av 6: Behov for folk" in said(client.get(at(token, "folk")))


def test_S03_after_two_answers_a_page_leads_to_what_they_give(client):
    token = begin(client)
    link = f'href="{at(token, "resultat")}"'
    assert link not in client.get(at(token, "folk")).content.decode()
    for page in ("folk", "bedriften"):
        answer(client, token, page)
    assert link in client.get(at(token, "realistisk")).content.decode()
    assert client.get(at(token, "resultat")).status_code == 200


def test_going_back_shows_what_was_answered(client):
    token = begin(client)
    answer_all(client, token)
    for page, name, value in (
        ("folk", "N1", "2"),
        ("erfaring", "E1", "mentor"),
        ("sannsynlig", "A6", "vet-ikke"),
    ):
        html = client.get(at(token, page)).content.decode()
        assert re.search(rf'name="{name}"[^>]* value="{value}" checked', html)
    assert '<option value="3107" selected>' in client.get(at(token, "bedriften")).content.decode()


def test_it_says_when_the_draft_was_saved_and_how_long_it_lives(client):
    token = begin(client)
    assert "Svarene ligger her til og med 22. februar 2027." in said(client.get(at(token, "folk")))
    answer(client, token, "folk")
    assert re.search(
        r"Utkast lagret 24\. november 2026 kl\. \d\d\.\d\d\.", said(client.get(at(token, "bedriften")))
    )


# Something to correct


@pytest.mark.parametrize(
    "moment, told", [("2026-11-24T22:59", "24. november"), ("2026-11-24T23:00", "25. november")]
)
def test_the_day_a_draft_was_saved_is_the_day_in_norway(client, moment, told):
    token = begin(client)
    answer(client, token, "folk")
    Mapping.objects.update(saved_at=datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert f"Utkast lagret {told} 2026 kl. " in said(client.get(at(token, "bedriften")))


def test_a_question_left_open_is_told_beside_it_and_the_rest_is_kept_on_the_page(client):
    token = begin(client)
    shown = answer(client, token, "bedriften", B3="3107", B1="")
    html = shown.content.decode()
    assert shown.status_code == 200 and "<title>Feil:" in html
    assert html.count("Velg et svar, eller «Vet ikke».") == 4, "summary and field, of both"
    assert '<a href="#id_B1">' in html and '<a href="#id_B2_0">' in html
    assert '<option value="3107" selected>' in html
    assert not Answered.objects.exists()


@pytest.mark.parametrize(
    ("page", "given", "message"),
    [
        ("erfaring", {"E1": ["none", "mentor"]}, "Velg enten «Ingen av disse» eller noe annet."),
        ("erfaring", {"E1": ["vet-ikke", "mentor"]}, "Velg enten «Vet ikke» eller noe annet."),
        ("lettest", {"D1": ["trial", "contact", "match", "money"]}, "Velg høyst 3 svar."),
        ("nye", {"N2": "mange"}, "Antallet må være et tall, for eksempel 2."),
        ("nye", {"N2": "2,5"}, "Antallet må være et helt tall, for eksempel 2."),
        ("nye", {"N2": "1000"}, "Antallet må være mellom 0 og 999."),
        ("nye", {"N2": ""}, "Skriv et tall, eller velg «Vet ikke»."),
        ("nye", {"N2": "3", "N2_vet": "vet-ikke"}, "Skriv et tall, eller velg «Vet ikke», men ikke begge."),
        ("folk", {"N1": "7"}, "Velg et svar, eller «Vet ikke»."),
        ("kommune", {"B3": "9999"}, "Velg hvilken kommune arbeidsplassen ligger i, eller «Vet ikke»."),
    ],
)
def test_what_does_not_go_together_is_told(client, page, given, message):
    token = begin(client, FULL)
    shown = answer(client, token, page, **given)
    assert shown.status_code == 200 and said(shown).count(message) == 2
    assert not Answered.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [({"N2": " 12 "}, 12), ({"N2": "0"}, 0), ({"N2_vet": "vet-ikke"}, DONT_KNOW), ({"N2": "2,0"}, 2)],
)
def test_a_number_is_read_as_people_write_it(client, given, kept):
    token = begin(client, FULL)
    assert answer(client, token, "nye", **given).status_code == 303
    assert held(token) == {"N2": kept}
    shown = client.get(at(token, "nye")).content.decode()
    assert ("checked" in shown) is (kept == DONT_KNOW) and (f'value="{kept}"' in shown) is (kept != DONT_KNOW)


@pytest.mark.parametrize("given", [{"N1": "x" * 9000}, {"N1": "\x00"}, {"B9": "1"}, {"E1": "mentor"}])
def test_what_no_form_of_ours_sends_keeps_nothing(client, given):
    token = begin(client)
    assert answer(client, token, "folk", **given).status_code == 200
    assert not Answered.objects.exists()


# Twice, and after sending in


def test_D10_the_same_page_sent_again_changes_nothing(client):
    token = begin(client)
    for _time in range(3):
        assert answer(client, token, "folk").headers["Location"] == at(token, "bedriften")
    assert Answered.objects.count() == 1


def test_T35_sent_in_again_it_says_so_and_there_is_one_response(client):
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    for browser in (client, Client()):
        again = send_in(browser, token)
        assert again.status_code == 200
        assert "Svaret ditt er allerede registrert. Du trenger ikke å sende det på nytt." in said(again)
    assert Response.objects.count() == 1


def test_D11_another_answer_on_a_page_from_before_sending_in_is_kept_on_the_page_until_pressed_again(client):
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    old = answer(client, token, "folk", upon=0, N1="0")
    assert old.status_code == 409 and "Det du valgte, står her fortsatt." in said(old)
    assert re.search(r'name="N1"[^>]* value="0" checked', old.content.decode())
    assert held(token)["N1"] == 2
    upon = int(re.search(r'name="versjon" value="(\d+)"', old.content.decode())[1])
    assert answer(client, token, "folk", upon=upon, N1="0").status_code == 303
    assert held(token)["N1"] == 0
    assert "Dere har endret noe etter at svarene ble sendt inn." in said(client.get(at(token, "svar")))
    assert send_in(client, token, upon=1).status_code == 303
    assert Response.objects.count() == 1


def test_D11_the_same_answer_on_a_page_from_before_sending_in_just_goes_on(client):
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    assert answer(client, token, "folk", upon=0).status_code == 303
    assert not Answered.objects.exists()


def test_D11_answers_read_back_before_others_were_sent_in_are_read_back_again(client):
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    answer(client, token, "folk", upon=1, N1="0")
    old = send_in(client, token, upon=0)
    assert old.status_code == 409 and "Slik står svarene nå." in said(old)
    assert "Nei, eller vi har ikke søkt" in said(old)
    assert send_in(client, token, upon=1).status_code == 303


@pytest.mark.parametrize("upon", ["", "-1", "x", "9" * 40, "²"])
def test_a_form_without_a_version_of_ours_is_asked_again(client, upon):
    token = begin(client)
    assert client.post(at(token, "folk"), {"versjon": upon, "N1": "2"}).status_code == 409


# Read back, change, go on


def test_answers_are_read_back_with_a_way_to_change_each(client):
    token = begin(client)
    answer(client, token, "folk")
    answer(client, token, "sannsynlig")
    shown = client.get(at(token, "svar"))
    text = said(shown)
    assert "Ja, og minst én stilling står tom" in text and "Vet ikke" in text
    assert text.count("Ikke besvart") == 13 - 2
    assert "Hvor mye bekymrer dette dere ved inkludering? … usikkerhet" in text
    links = re.findall(
        r'class="change"><a href="([^"]+)">Endre <span class="ds-sr-only">([^<]+)<', shown.content.decode()
    )
    assert len(links) == len({question for _href, question in links}) == 13
    assert all(client.get(href).status_code == 200 for href, _question in links)


def test_an_answer_changed_from_there_leads_back_there(client):
    token = begin(client)
    answer_all(client, token)
    assert answer(client, token, "realistisk", A1="1").headers["Location"] == at(token, "svar")


def test_a_changed_branch_is_asked_anew_and_leads_back(client):
    token = begin(client, FULL)
    everything = {name: 1 for name, item in instrument().items.items() if item.kind == "likert"}
    everything |= {"B1": "C", "B2": "1-4", "B3": "3107", "B4": "other", "B5": "hr", "B6": 1, "N1": 0, "N2": 1}
    everything |= {"E1": ("none",), "E5": ("none",), "D1": ("money",), "D2": ("loyal",)}
    for name in ("E3", "E4"):
        del everything[name]
    drafts.store(Mapping.objects.get(), everything, upon=0, now=datetime.now(UTC))
    assert answer(client, token, "folk", N1="2").headers["Location"] == at(token, "svar")
    way = [
        ("erfaring", {"E1": ["mentor"]}),
        ("ansettelser", {"E2": "1"}),
        ("hvordan-gikk-det", {"E3": "4"}),
        ("igjen", {"E4": "5"}),
    ]
    for (page, given), after in zip(way, ["ansettelser", "hvordan-gikk-det", "igjen", "svar"], strict=True):
        assert answer(client, token, page, **given).headers["Location"] == at(token, after)


def test_a_page_that_another_answer_leaves_unasked_leads_on(client):
    token = begin(client, FULL)
    answer(client, token, "erfaring", E1=["none"])
    assert client.get(at(token, "igjen")).status_code == 303
    assert client.get(at(token, "finnes-ikke")).status_code == 404


def test_S03_from_the_short_form_to_the_full_one_nothing_is_asked_again(client):
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    onwards = client.post(at(token, "alle-sporsmal")).headers["Location"]
    asked = []
    while not onwards.endswith("/svar/"):
        page = next(page for page in pages(FULL) if onwards == at(token, page.slug))
        asked += page.items
        numbers = {name for name in page.items if instrument().items[name].kind == "number"}
        given = {f"{name}_vet" if name in numbers else name: "vet-ikke" for name in page.items}
        onwards = answer(client, token, page.slug, upon=1, **given).headers["Location"]
    assert not {name for given in ANSWERS.values() for name in given} & set(asked)
    assert held(token).keys() == set(instrument().items)
    assert send_in(client, token, upon=1).status_code == 303
    assert Response.objects.get().form == FULL


def test_nothing_answered_cannot_be_sent_in(client):
    token = begin(client)
    assert send_in(client, token).headers["Location"] == at(token, "folk")
    assert not Response.objects.exists()


# Later


def test_saved_for_later_what_is_answered_is_kept_and_the_code_is_shown(client):
    token = begin(client)
    later = answer(client, token, "bedriften", B3="3107", senere="ja")
    assert later.status_code == 303 and later.headers["Location"] == at(token, "senere")
    assert held(token) == {"B3": "3107"}
    text = said(client.get(at(token, "senere")))
    code = re.search(r"\b[A-Z]{5}-[A-Z]{5}\b", text)[0]
    assert "til og med 22. februar 2027" in text and at(token, "senere") in text

    stranger = Client()
    opened = stranger.post("/kartlegg/fortsett/", {"kode": code.lower().replace("-", " ")})
    assert opened.status_code == 303 and opened.headers["Location"] == at(token, "folk")


def test_saved_for_later_something_wrong_is_still_told(client):
    token = begin(client, FULL)
    shown = answer(client, token, "nye", N2="mange", senere="ja")
    assert shown.status_code == 200 and "Antallet må være et tall" in said(shown)


def test_nobody_is_led_back_by_a_cookie(client):
    token = begin(client)
    answer_all(client, token)
    assert set(client.cookies) <= {"csrftoken"}
    assert token not in client.get("/kartlegg/").content.decode()
    assert token not in client.get("/kartlegg/fortsett/").content.decode()


def test_ten_codes_an_hour_are_tried_from_one_place(client, settings):
    code = drafts.code_of(begin(client), settings.SECRET_KEY)
    for _try in range(CODES_AN_HOUR):
        wrong = client.post("/kartlegg/fortsett/", {"kode": "AAAAA-AAAAA"})
        assert wrong.status_code == 200 and "Vi finner ingen svar med denne koden." in said(wrong)
    stopped = client.post("/kartlegg/fortsett/", {"kode": code})
    assert stopped.status_code == 429 and "Vent en time" in said(stopped)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post("/kartlegg/fortsett/", {"kode": code})
    assert elsewhere.status_code == 303


def test_a_code_that_opens_is_not_counted(client, settings):
    code = drafts.code_of(begin(client), settings.SECRET_KEY)
    for _try in range(CODES_AN_HOUR + 2):
        assert client.post("/kartlegg/fortsett/", {"kode": code}).status_code == 303


def test_one_place_starts_so_many_a_minute(client):
    for number in range(BEGUN_A_MINUTE):
        assert client.post("/kartlegg/", {"nokkel": f"{number:024}", "form": SHORT}).status_code == 303
    assert client.post("/kartlegg/", {"nokkel": "x" * 24, "form": SHORT}).status_code == 429


# Gone, unknown, deleted


ADDRESSES = ["folk", "svar", "senere", "slett", "send-inn", "alle-sporsmal"]


@pytest.mark.parametrize("page", ADDRESSES)
def test_an_address_whose_time_is_over_tells_a_way_on(client, page, settings):
    token = begin(client)
    settings.TOOLBOX_TODAY = TODAY + timedelta(days=91)
    ask = client.post if page in ("send-inn", "alle-sporsmal") else client.get
    gone = ask(at(token, page))
    assert gone.status_code == 410 and "Start her" in said(gone)
    assert ask(at("0" * 48, page)).status_code == 410
    assert ask(at("ikke-en-adresse", page)).status_code == 404


def test_everything_can_be_deleted_and_then_nothing_opens(client):
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    assert "Det kan ikke angres." in said(client.get(at(token, "slett")))
    assert Mapping.objects.exists(), "the page only asks"
    done = client.post(at(token, "slett"))
    assert done.status_code == 303 and "Svarene er slettet" in said(client.get(done.headers["Location"]))
    assert not (Mapping.objects.exists() or Answered.objects.exists() or Response.objects.exists())
    assert client.get(at(token, "svar")).status_code == 410


# Counted, and cheap


def test_steps_are_counted_once_each(client, monkeypatch):
    counted = []
    monkeypatch.setattr(steps, "took", lambda step, request: counted.append(step))
    token = begin(client)
    answer_all(client, token)
    send_in(client, token)
    send_in(client, token)
    answer(client, token, "folk", upon=1, N1="0")
    send_in(client, token, upon=1)
    assert counted == ["mapping_started", "mapping_finished"]


def test_a_page_and_an_answer_ask_the_database_no_more_than_they_must(client, django_assert_max_num_queries):
    token = begin(client)
    content_revision.current()
    for page in ANSWERS:
        with django_assert_max_num_queries(1):
            client.get(at(token, page))
        with django_assert_max_num_queries(5):
            answer(client, token, page)
    with django_assert_max_num_queries(3):
        client.get(at(token, "svar"))
    with django_assert_max_num_queries(2):
        client.get(at(token, "senere"))


# What is told of the questions


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_question_is_laid_open_with_what_it_builds_on(client, language):
    html = client.get(("" if language == "nb" else f"/{language}") + "/kartlegg/om/").content.decode()
    for item in instrument().items.values():
        assert item.text[language].replace("'", "&#x27;") in html, item.id
    for number, source in enumerate(instrument().sources.values(), 1):
        assert f'id="kilde-{number}"' in html and f'href="{source.url}"' in html
        assert f'href="#kilde-{number}"' in html, f"{source.title} is nobody's source"


def test_it_says_that_the_questions_are_not_validated(client):
    for address in ("/kartlegg/", "/kartlegg/om/"):
        assert "ikke validerte" in said(client.get(address))


def test_the_menu_has_it_between_reckoning_and_help(client):
    menu = re.search(
        r'aria-label="Hovedmeny">(.*?)</nav>', client.get("/kartlegg/").content.decode(), re.DOTALL
    )[1]
    assert re.findall(r">([^<>]+)</a>", menu)[-3:] == ["Regn ut", "Kartlegg", "Finn hjelp"]
    assert re.search(r'aria-current="true">Kartlegg', menu)
