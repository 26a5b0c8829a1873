"""The sheet of cost and risk: rows add up, formulas hold, and paper and PDF show the same figures."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.catalogue.parsed_page import LANGUAGES, Page, words
from tests.journeys import pdf
from tests.visitor import plain

PATH = "/regn-ut/kostnad-og-risiko/"
PDF = "/regn-ut/kostnad-og-risiko.pdf"
CAFE = {"kommune": "3101", "arbeid": "kitchen", "andel": "60"}
MENTOR = {"mentortimer": "10", "mentorlonn": "250,50"}
#: Whatever makes the sheet long: a mentor's column, long names, large wages, a ceiling that bites.
LONGEST = {
    "mentor": {**CAFE, **MENTOR},
    "large": {**CAFE, **MENTOR, "lonn": "250000", "lonntype": "maned"},
    "ceiling": {
        **CAFE,
        **MENTOR,
        "tiltak": "firearig_lonnstilskudd_unge",
        "lonn": "90000",
        "lonntype": "maned",
        "start": "15.2.2027",
    },
    "permanent": {**CAFE, "tiltak": "varig_lonnstilskudd", "kommune": "5001"},
    "summer": {**CAFE, "tiltak": "sommerjobb", "start": "15.6.2027", "slutt": "31.12.2027"},
}


def number(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace("\u2212", "-").replace(",", "."))


AMOUNT = re.compile(r"\u2212?\d[\d ]*(?:,\d+)?")


def cells(page: Page, css: str) -> list[list[str]]:
    """The rows of a table with amounts: the heading of the row, then the amounts without their labels."""
    rows = []
    for row in page.all("tr"):
        amounts = [words(cell).partition(": ")[2] for cell in row.findall("td[@class='r num']")]
        if amounts:
            rows.append([words(row[0]), *amounts])
    table = next(node for node in page.all("table") if css in (node.get("class") or ""))
    count = sum(1 for row in table.iter("tr") if row.findall("td[@class='r num']"))
    return rows[:count] if css == "sums" else rows[-count:]


def test_the_cafe_sees_what_it_pays_in_all_and_what_is_left_when_work_is_counted(read):
    page = read(PATH, **CAFE)

    assert words(page.one("h1")) == "Hva koster det i alt, og hva kan gå galt?"
    assert [words(node) for node in page.one("dl[@class='figs']")] == [
        "Uten støtte647 355 kr i alt. Igjen når arbeidet er regnet med: 51 049 til 334 713 kr",
        "Hvis Nav gir 40 prosent543 213 kr i alt. "
        "Igjen når arbeidet er regnet med: \u221253 093 til 230 571 kr",
        "Hvis Nav gir 60 prosent317 055 kr i alt. "
        "Igjen når arbeidet er regnet med: \u2212279 251 til 4 413 kr",
    ]
    assert "Ikke start før Nav har godkjent avtalen." in words(page.one("main"))
    assert page.headings()[0] == 1


def rows_add_up(page: Page) -> None:
    """Wage cost less support, with time, less grant, is what you pay; the periods are the sum."""
    cost: Decimal = Decimal(0)
    worth: list[Decimal] = []
    groups: list[tuple[str, list[list[Decimal]]]] = []
    for body in page.one("table[@class='ds-table stack sums']").findall("tbody"):
        heading = words(body[0])
        cost, *worth = (
            number(each)
            for each in AMOUNT.findall(re.split(r"ostnad |ost NOK ", heading)[1].replace(".", " "))
        )
        lines = []
        for row in body.findall("tr")[1:-1]:
            *parts, pay, left = (words(cell).partition(": ")[2] for cell in row.findall("td"))
            amounts = [number(part) for part in parts]
            assert cost + sum(amounts) == number(pay), heading
            assert [number(end) for end in left.split(" til ")] == [
                number(pay) - worth[1],
                number(pay) - worth[0],
            ]
            lines.append([cost, *amounts, number(pay)])
        groups.append((heading, lines))
    total = next(i for i, (heading, _) in enumerate(groups) if heading.startswith("I alt"))
    for way, line in enumerate(groups[total][1]):
        # Where every way is the same there is one line.
        parts = [lines[min(way, len(lines) - 1)] for _heading, lines in groups[:total]]
        assert line == [sum(column) for column in zip(*parts, strict=True)]


@pytest.mark.parametrize("query", [CAFE, *LONGEST.values()], ids=["cafe", *LONGEST])
def test_rows_are_the_shown_total_exactly(read, query):
    rows_add_up(read(PATH, **query))


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.decimals(min_value=1, max_value=5_000, places=2),
    st.integers(1, 100),
    st.dates(min_value=date(2026, 8, 1), max_value=date(2027, 12, 1)),
    st.sampled_from(["midlertidig_lonnstilskudd", "varig_lonnstilskudd", "firearig_lonnstilskudd_unge"]),
    st.sampled_from([{}, MENTOR]),
)
def test_rows_are_the_shown_total_whatever_is_asked(read, wage, share, start, measure, mentor):
    asked = {"lonn": f"{wage}".replace(".", ","), "andel": str(share), "start": start.isoformat()}
    rows_add_up(read(PATH, kommune="3101", tiltak=measure, **asked, **mentor))


def value(expression: str) -> Decimal:
    """What a formula comes to, as a reader with a pocket calculator would find."""
    said = re.sub(r"(\d) (?=\d{3}\b)", r"\1", expression)
    said = re.sub(r"(\d+) prosent", r"\1 / 100", said)
    said = re.sub(r"[^\d×/+(),. \u2212-]", "", said)
    said = said.replace("×", "*").replace("\u2212", "-").replace(",", ".")
    said = re.sub(r"(\d+(?:\.\d+)?)", r"Decimal('\1')", said)
    return Decimal(eval(said, {"Decimal": Decimal}))  # the expression holds digits and operators only


def formulas(page: Page) -> list[tuple[str, str]]:
    """Each «a × b = c» behind a figure, as (a × b, c)."""
    found = []
    for node in [*page.all("dd"), *page.all("div[@class='why small']")]:
        for line in "\n".join(node.itertext()).replace("\u00a0", " ").split("\n"):
            said = (
                line.split(": ", 1)[1] if re.match(r"(Uten|Hvis|Lavt|Midt|Høyt|\d+ dager:)", line) else line
            )
            for part in re.split(r"(?:, midt [^,]+, |(?<=kr)\. )", said):
                left, equals, right = part.rpartition(" = ")
                if equals and re.match(r"\u2212?\d[\d ]* kr$", right.strip()):
                    found.append((left, right))
    return found


@pytest.mark.parametrize("query", [CAFE, *LONGEST.values()], ids=["cafe", *LONGEST])
def test_every_figure_opens_to_a_formula_that_holds(read, query):
    page = read(PATH, **query)
    checked = 0
    for left, right in formulas(page):
        exact = value(left.rpartition(" = ")[2].rpartition(": ")[2])
        assert exact.quantize(Decimal(1), ROUND_HALF_UP) == number(right.removesuffix(" kr")), (left, right)
        checked += 1
    assert checked > 40

    opened = [words(node) for node in page.all("details//div[@class='why']//dd")]
    assert all("Sist kontrollert" in text for text in opened if "kr" in text and "Lov:" in text)
    groups = page.one("table[@class='ds-table stack sums']").findall("tbody")
    assert all(len(group.findall(".//details")) == 1 for group in groups), (
        "one tap from every period's figures"
    )


def test_each_bad_case_has_its_amounts_its_way_out_who_carries_it_and_its_law(read):
    page = read(PATH, **CAFE)
    rows = cells(page, "cases")

    assert [row[1:] for row in rows] == [
        ["34 814 kr", "24 908 kr", "19 824 kr"],
        ["191 604 kr", "128 400 kr", "94 388 kr"],
        ["13 361 kr", "8 017 kr", "5 344 kr"],
        ["128 792 kr", "128 792 kr", "128 792 kr"],
        ["8 352 kr", "8 352 kr", "8 352 kr"],
    ]
    for body in page.one("table[@class='ds-table stack cases']").findall("tbody"):
        said = words(body)
        assert "Utvei:" in said and "Hvem bærer det:" in said and "§" in said
        assert any("lovdata.no" in link.get("href", "") for link in body.iter("a"))
    said = words(page.one("main"))
    assert "Dere betaler sykepenger i 16 dager" in said and "De første 4 uker i jobben" in said
    assert "du har krav på" not in said.lower() and "!" not in said


@pytest.mark.parametrize("query", [CAFE, *LONGEST.values()], ids=["cafe", *LONGEST])
def test_the_pdf_says_the_same_figures_on_at_most_two_tagged_pages(client, read, query):
    page = read(PATH, **query)
    content = client.get(PDF, query).content
    sheet = pdf.read(content)

    said = re.sub(r"\s", "", sheet.text)
    shown = [amount for row in (*cells(page, "sums"), *cells(page, "cases")) for amount in row[1:]]
    assert all(re.sub(r"\s", "", amount) in said for amount in shown)
    for body in page.one("table[@class='ds-table stack sums']").findall("tbody"):
        assert re.sub(r"\s", "", words(body[0])) in said
    assert sheet.pages <= 2 and sheet.size <= 60_000
    assert sheet.marked and sheet.language == "nb" and {"Table", "TH", "TD", "H1", "H2"} <= set(sheet.tags)
    assert b"pdfuaid" in content


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.parametrize("query", LONGEST.values(), ids=LONGEST)
def test_the_longest_words_fit_two_pages_of_the_pdf(client, language, query):
    sheet = pdf.read(client.get(LANGUAGES[language] + PDF, query).content)

    assert sheet.pages <= 2 and sheet.size <= 60_000
    assert sheet.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_from_the_browser_it_is_at_most_two_pages(visit, tmp_path, language):
    for name in ("cafe", "mentor", "ceiling"):
        query = LONGEST.get(name, CAFE)
        asked = "&".join(f"{key}={each}" for key, each in query.items())
        page = visit(f"{PATH}?{asked}", width=1280, language=language)
        page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
        printed = PdfReader(tmp_path / "sheet.pdf")
        assert len(printed.pages) <= 2, (name, language)
        if name == "cafe" and language == "nb":
            said = plain(" ".join(sheet.extract_text() for sheet in printed.pages))
            for amount in ("647 355", "\u2212279 251 til 4 413", "128 792 kr", "25 418"):
                assert amount in said


@pytest.mark.django_db
@pytest.mark.parametrize("path", [PATH, PDF])
def test_the_same_answers_on_the_same_day_give_the_same_bytes(client, path):
    assert client.get(path, CAFE).content == client.get(path, CAFE).content


@pytest.mark.django_db
def test_the_name_of_the_file_tells_of_nobody(client):
    disposition = client.get(PDF, CAFE).headers["Content-Disposition"]
    assert disposition == 'attachment; filename="inkludering-kostnad-og-risiko-2026-11-24.pdf"'


@pytest.mark.parametrize("path", [PATH, PDF])
def test_answers_that_cannot_be_read_lead_to_the_form_with_messages(read, path):
    page = read(path, kommune="", lonn="1e9")

    assert words(page.one("h1")) == "Regn ut hva det koster"
    assert "Velg hvilken kommune arbeidsplassen ligger i." in words(page.one("main"))


def test_what_nobody_has_measured_is_said_to_be_our_estimate(read):
    said = words(read(PATH, **CAFE).one("main"))

    assert "Ingen har målt hvor mye tid kolleger bruker" in said
    assert "Vårt anslag: Mentorens tid, uke 1–4: 8 timer i uken (4–15)" in said


def test_support_without_an_end_says_that_it_may_go_on(read):
    said = words(read(PATH, **LONGEST["permanent"]).one("main"))
    assert "Støtten kan vare lenger. Her er de to første årene." in said
