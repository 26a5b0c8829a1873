"""«Usikkerhet»: the answer first, every assumption open and editable, and no more said than is known."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest

from inclusion_rules.parameters import all_parameters, parameter
from inclusion_rules.risk import ASSUMPTIONS, SEARCH
from tests.catalogue.parsed_page import LANGUAGES, Page, words

PATH = "/regn-ut/usikkerhet/"
CAFE = {"kommune": "3101", "arbeid": "kitchen", "andel": "60"}


def spoken(node: Element) -> str:
    """The text of a node with a space between its parts, as it is read aloud."""
    return " ".join(" ".join(node.itertext()).replace("\u00a0", " ").split())


def figures(page: Page) -> list[str]:
    return [spoken(node) for node in page.one("dl[@class='figs']")]


def often_dearer(page: Page) -> tuple[int, int]:
    """How many times in a hundred it is dearer than the limit, without and with support."""
    without = re.search(r"(\d+) av 100 ganger uten støtte", page.text)
    supported = re.search(r"blir det (\d+) av 100 ganger\.", page.text)
    return int(without[1]), int(supported[1])


def table(page: Page, caption: str) -> list[list[str]]:
    """The body of a table, a list of cells a row. The first cell is the row's heading."""
    for node in page.all("table"):
        if node.findtext("caption") == caption:
            return [[spoken(cell) for cell in row] for row in node.findall("tbody/tr")]
    raise AssertionError(f"no table {caption}")


def amount(text: str) -> int:
    return int(re.sub(r"[^\d\u2212]", "", text.rsplit(":", 1)[-1]).replace("\u2212", "-"))


def inputs(page: Page) -> dict[str, str]:
    return {node.get("name", ""): node.get("value", "") for node in page.all("main//form//input")}


def test_the_answer_comes_first(read):
    page = read(PATH, **CAFE)
    without, supported = figures(page)
    assert without.startswith("Uten støtte") and without.endswith("kr i snitt")
    assert supported.startswith("Hvis Nav gir 40 prosent")
    often, seldom = often_dearer(page)
    assert often > seldom
    assert "Mer enn 100\u00a0000\u00a0kr blir det" in page.text
    assert page.headings()[0] == 1


@pytest.mark.parametrize(("limit", "told"), [("0", "100"), ("900000000", "0")])
def test_the_readers_own_limit_decides(read, limit, told):
    page = read(PATH, **CAFE, grense=limit)
    assert often_dearer(page)[0] == int(told)


def test_what_can_happen_is_not_told_as_never(read):
    page = read(PATH, **CAFE, grense="600000")
    assert often_dearer(page)[0] == 1


def test_an_ordinary_hire_stands_beside_with_what_its_figure_rests_on(read):
    """A loss the first years is no mark of inclusion: every hire costs more than the wage."""
    page = read(PATH, **CAFE)
    assert "En vanlig ansettelse koster også mer enn lønnen" in page.text
    # 19 500 × 12 / 52 = 4 500 a week.
    assert "10 uker × 4 500 kr = 45 000 kr; 16 uker × 4 500 kr = 72 000 kr" in spoken(page.one("main"))
    assert "Målt i Sveits for faglærte" in page.text


def test_typical_cost_and_range_stand_with_and_without(read):
    rows = {
        row[0]: row[1:] for row in table(read(PATH, **CAFE), "Kostnad ut over verdien av arbeidet, i alt")
    }
    assert list(rows) == [
        "Midt på Halvparten av forløpene koster mindre.",
        "Snitt",
        "Går det bra Ett av tjue forløp koster mindre.",
        "Går det dårlig Ett av tjue forløp koster mer.",
    ]
    for without, supported in rows.values():
        assert amount(without) > amount(supported)


def test_the_chart_is_its_own_table(read):
    page = read(PATH, **CAFE)
    rows = table(page, "Hvor mange forløp som ender hvor")
    for column in (2, 3):
        assert sum(amount(row[column]) for row in rows) == 10_000
    longest = max(amount(cell) for row in rows for cell in row[2:])
    bars = page.one("table[caption='Hvor mange forløp som ender hvor']").findall(
        ".//{http://www.w3.org/2000/svg}rect"
    )
    widths = [float(bar.get("width", "").rstrip("%")) for bar in bars]
    counts = [amount(cell) for row in rows for cell in row[2:]]
    assert widths == [pytest.approx(100 * count / longest, abs=0.06) for count in counts]


def test_what_matters_most_is_on_top(read):
    rows = table(read(PATH, **CAFE), "Det som betyr mest")
    sizes = [abs(amount(row[2].split("kr")[0]) - amount(row[3].split("kr")[0])) for row in rows]
    assert len(rows) == 6 and sizes == sorted(sizes, reverse=True)
    assert rows[0][0] == "Hvor mye som blir gjort etter opplæringen"


def test_the_rows_of_the_mean_sum_to_the_mean(read):
    page = read(PATH, **CAFE, mentortimer="10", mentorlonn="250")
    opened = [node for node in page.all("details") if node.find(".//span[@class='amt num']") is not None]
    amounts = {words(node.find("summary/span")).split(" Hva bygger")[0]: node for node in opened}
    for beside in ("Søket etter folk, midt i spennet", "En vanlig ansettelse, midt i spennet"):
        amounts.pop(beside)
    rows = {label: amount(words(node.find(".//span[@class='amt num']"))) for label, node in amounts.items()}
    total = rows.pop("Snitt når Nav gir 40 prosent")
    assert {"Mentortilskudd", "Lønnstilskudd", "Verdien av arbeidet", "Fravær"} <= set(rows)
    assert sum(rows.values()) == total
    spread = {row[0]: row for row in table(page, "Kostnad ut over verdien av arbeidet, i alt")}
    assert total == amount(spread["Snitt"][2])


def test_every_figure_opens_to_formula_source_law_and_dates(read):
    page = read(PATH, **CAFE)
    opened = [node for node in page.all("details") if node.find(".//span[@class='ask']") is not None]
    assert len(opened) >= 10
    for node in opened:
        told = {words(term) for term in node.findall(".//dt")}
        assert {"Formel", "Bygger på", "Lov", "Gyldig", "Sist kontrollert", "Ikke med"} <= told


def test_every_assumption_can_be_edited_and_ours_are_marked(read):
    page = read(PATH, **CAFE, sok="ja")
    fields = inputs(page)
    for key in ASSUMPTIONS:
        assert {f"{key}.{end}" for end in ("low", "mid", "high")} <= set(fields), key
    assert fields["prod_plateau.mid"] == "90" and fields["absence_rate_ordinary.low"] == "4,5"
    ours = [key for key in ASSUMPTIONS if parameter(key).ours]
    assert page.text.count("Vårt anslag.</strong>") == len(ours)


def test_the_search_can_be_edited_where_it_counts(read):
    assert not {f"{key}.mid" for key in SEARCH} & set(inputs(read(PATH, **CAFE)))
    page = read(PATH, **CAFE, sok="ja")
    assert "Spart søk etter folk" in page.text


def test_an_own_assumption_changes_the_answer_and_stands_in_the_form(read):
    page = read(
        PATH, **CAFE, **{"prod_plateau.low": "20", "prod_plateau.mid": "30", "prod_plateau.high": "40"}
    )
    assert inputs(page)["prod_plateau.high"] == "40"
    assert "Deres tall." in page.text
    assert figures(page) != figures(read(PATH, **CAFE))


def test_the_address_holds_an_assumption_only_where_it_differs(client, db):
    sent = inputs(Page(client.get(PATH, CAFE)))
    sent |= {"prod_plateau.mid": "85", "gir": "40", "sok": "nei", "grense": "100 000"}
    answer = client.get(PATH, sent)
    assert answer.status_code == 302
    left = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert left == {**{name: [value] for name, value in CAFE.items()}, "prod_plateau.mid": ["85"]}
    again = client.get(answer.headers["Location"])
    assert again.status_code == 200 and inputs(Page(again))["prod_plateau.mid"] == "85"


def test_the_other_percentage_can_be_chosen(read):
    page = read(PATH, **CAFE, gir="60")
    assert figures(page)[1].startswith("Hvis Nav gir 60 prosent")


def test_a_percentage_of_another_measure_is_not_held_against_the_reader(client, db):
    page = Page(client.get(PATH, CAFE | {"tiltak": "varig_lonnstilskudd", "gir": "40"}, follow=True))
    assert figures(page)[1].startswith("Hvis Nav gir det høyeste, 75 prosent")


@pytest.mark.parametrize("measure", ["varig_lonnstilskudd", "firearig_lonnstilskudd_unge"])
def test_every_measure_has_an_answer(read, measure):
    assert len(figures(read(PATH, **CAFE, tiltak=measure))) == 2


def test_a_summer_job_is_followed_to_its_end(read):
    page = read(PATH, **CAFE, tiltak="sommerjobb", start="2027-06-21")
    assert "i 0,9 måneder" in words(page.one("p[@class='lead']"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"grense": "mye"}, "Grensen må være et tall"),
        ({"grense": "-5"}, "Grensen må være mellom"),
        ({"prod_plateau.low": "120"}, "må være mellom 0 og 100"),
        ({"prod_plateau.low": "NaN"}, "må være et tall"),
        ({"prod_plateau.low": "1e99"}, "må være et tall"),
        ({"prod_plateau.low": "95"}, "Det lave tallet må være minst"),
        ({"prod_plateau.high": "10"}, "Det lave tallet må være minst"),
        ({"retention_12m_matched_no.high": "99"}, "Det kan ikke være flere igjen senere"),
        ({"absence_spell_days.low": "0"}, "må være mellom 1 og 365"),
        ({"lederlonn": "gratis"}, "Lederens timelønn må være et tall"),
        ({"sok": "kanskje"}, "Velg ja eller nei."),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field(read, wrong, message):
    page = read(PATH, **CAFE, **wrong)
    summary = page.one("div[@class='ds-error-summary']")
    assert message in words(summary)
    (target,) = {link.get("href", "").removeprefix("#") for link in summary.findall(".//a")}
    assert [node for node in page.root.iter() if node.get("id") == target]
    assert not page.all("dl[@class='figs']")


def test_without_answers_the_calculator_asks_and_nobody_has_erred(read):
    page = read(PATH)
    assert words(page.one("h1")) == "Regn ut hva det koster"
    assert not page.all("div[@class='ds-error-summary']")


def test_wrong_answers_lead_to_the_calculator_with_messages(read):
    page = read(PATH, kommune="", lonn="1e3")
    assert page.all("div[@class='ds-error-summary']")


def test_evidence_notes_stand_apart_and_are_not_in_the_form(read):
    page = read(PATH, **CAFE)
    notes = [each for each in all_parameters().values() if not each.use_in_model]
    for note in notes:
        assert note.caveat["nb"].split(".")[0] in words(page.root).replace("\u00a0", " ")
        assert f"{note.id}.mid" not in inputs(page)


def test_it_says_what_the_model_does_not_know_and_that_a_fast_start_is_what_is_known(read):
    text = words(read(PATH, **CAFE).one("main"))
    assert "Modellen kjenner ikke personen, arbeidet eller bedriften" in text
    assert "Rask start i jobb er bedre dokumentert enn at folk blir der." in text
    assert "Nav avgjør" in text and "overslag" in text
    assert "Ikke start før Nav har godkjent avtalen" in text


def test_a_rate_that_is_not_set_is_told(read):
    assert "Vi har ikke satser for 2030 ennå." in words(read(PATH, **CAFE).one("main"))


def test_gain_has_kroner_for_the_search_alone(read):
    page = read(PATH, **CAFE)
    section = page.one("section[@aria-labelledby='gevinst']")
    assert len(section.findall(".//span[@class='amt num']")) == 1
    assert "Lavt, midt og høyt: 10 uker × 15 prosent × 4 500 kr = 6 750 kr" in words(section)
    assert "Vi lover ikke at folk blir lenger" in words(section)


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_languages_within_the_weight(read, language):
    page = read(LANGUAGES[language] + PATH, **CAFE, sok="ja", mentortimer="10", mentorlonn="250")
    assert page.root.get("lang") == language
    heading = {"nb": "Hvor galt kan det gå?", "nn": "Kor gale kan det gå?", "en": "How wrong can it go?"}
    assert words(page.one("h1")) == heading[language]


def test_same_question_same_bytes(client, db):
    first, second = (client.get(PATH, CAFE).content for _ in range(2))
    assert first == second


def test_nothing_is_stored_and_the_page_is_not_indexed(client, db):
    answer = client.get(PATH, CAFE)
    assert not answer.cookies
    assert b'name="robots" content="noindex"' in answer.content
    assert client.post(PATH, CAFE).status_code == 405


def test_the_estimate_leads_here(read):
    page = read("/regn-ut/overslag/", **CAFE)
    assert [link for link in page.links() if link.startswith(PATH)]
