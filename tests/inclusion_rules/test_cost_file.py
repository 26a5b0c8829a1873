"""A file of positions: the estimate's own figures for the rows we can read, a sentence for the others."""

from __future__ import annotations

import io
import itertools
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_rules import cost_file
from inclusion_rules.cost_file import (
    COLUMNS,
    LONGEST_ROW,
    Answer,
    Problem,
    answers,
    csv_header,
    csv_lines,
    json_line,
    lines_of,
    record,
    supposed,
)
from inclusion_rules.estimate import FOUR_YEAR, PERMANENT, SUMMER_JOB, TEMPORARY, Position, estimate
from inclusion_rules.measures import all_measures
from inclusion_rules.month_rows import month_rows
from inclusion_rules.periods import Period
from inclusion_rules.rates import LANGUAGES, NotSupposable, RateBook, shipped_rates
from inclusion_rules.subsidy import period_amount
from inclusion_rules.three_languages import read_file

RATES = shipped_rates()
SLUGS = {key: all_measures()[key].slug for key in (TEMPORARY, PERMANENT, FOUR_YEAR, SUMMER_JOB)}
HEADER = ";".join(COLUMNS)
CAFE = "midlertidig-lonnstilskudd;2027-02-01;2028-01-31;30000;12;2;14,1;"

GOOD = dict(
    zip(COLUMNS, ["midlertidig-lonnstilskudd", "2027-02-01", "2028-01-31", 30_000, 12, 2, 14.1], strict=False)
)


def told(text: str | bytes) -> list[Answer | Problem]:
    data = text.encode() if isinstance(text, str) else text
    return list(answers(lines_of(io.BytesIO(data)), rates=RATES))


def only(text: str | bytes) -> Answer:
    (answer,) = told(text)
    assert isinstance(answer, Answer), answer
    return answer


def problem(text: str | bytes) -> tuple[int, str | None, str]:
    (found,) = told(text)
    assert isinstance(found, Problem), found
    return found.row, found.field, found.code


def row(**changed: str) -> str:
    """A file of one row, the café's, with some cells changed."""
    cells = dict(zip(COLUMNS, CAFE.split(";"), strict=True))
    return f"{HEADER}\n" + ";".join({**cells, **changed}.values())


def test_the_cafe_to_the_krone() -> None:
    answer = only(f"{HEADER}\n{CAFE}\n")
    assert (answer.row, answer.holiday_pay, answer.pension, answer.contribution) == (2, 3600, 672, 4832)
    assert (answer.total, answer.cost) == (39_104, 12 * 39_104)
    forty, sixty = answer.alternatives
    assert [(s.percent, s.per_month) for s in forty.steps] == [(40, 15_642), (30, 11_731)]
    assert forty.subsidy == 6 * 15_642 + 6 * 11_731
    assert (sixty.subsidy, sixty.you_pay) == (12 * 23_462, 12 * 39_104 - 12 * 23_462)


@st.composite
def positions(draw: st.DrawFn) -> tuple[str, date, date, int, tuple[Decimal, ...], Decimal | None]:
    measure = draw(st.sampled_from(sorted(SLUGS)))
    if measure == SUMMER_JOB:
        start = draw(st.dates(date(2027, 6, 1), date(2027, 8, 31)))
    else:
        start = draw(st.dates(date(2026, 8, 1), date(2027, 12, 31)))
    end = start + timedelta(days=draw(st.integers(1, 400) | st.integers(1, 4 * 365)))
    percents = tuple(draw(st.decimals(0, 30, places=2)) for _ in range(3))
    mentioned = {TEMPORARY: [40, 60], SUMMER_JOB: [50, 75], FOUR_YEAR: [70], PERMANENT: [1, 40, 67, 68, 75]}
    nav = draw(st.none() | st.sampled_from(mentioned[measure]).map(Decimal))
    return measure, start, end, draw(st.integers(1, 120_000)), percents, nav


@given(positions())
def test_a_row_holds_what_the_calculator_reckons(asked: tuple) -> None:
    measure, start, end, wage, percents, nav = asked
    cells = [
        SLUGS[measure],
        str(start),
        str(end),
        str(wage),
        *map(str, percents),
        "" if nav is None else str(nav),
    ]
    answer = only(f"{HEADER}\n{';'.join(cells)}")
    position = Position(
        wage=Decimal(wage),
        per_hour=False,
        position_percent=Decimal(100),
        holiday_percent=percents[0],
        pension_percent=percents[1],
        contribution_percent=percents[2],
    )
    found = estimate(measure, position, start=start, end=end, rates=RATES, nav_percent=nav)
    assert answer.total == found.cost.total
    assert answer.cost == period_amount(
        Period(start, end), found.cost.total, RATES.value("shared.days_per_month", start)
    )
    assert [way.percent for way in answer.alternatives] == [way.percent for way in found.alternatives]
    for way, reckoned in zip(answer.alternatives, found.alternatives, strict=True):
        # A file knows no temporary jobs, in which the page ends a four-year subsidy sooner.
        if measure != FOUR_YEAR:
            assert way.support_end == reckoned.agreement.end
            assert way.subsidy == month_rows(reckoned.agreement, RATES).total
        assert way.subsidy == sum(step.subsidy for step in way.steps)
        assert way.subsidy + way.you_pay == answer.cost
        assert way.highest == (measure == PERMANENT and nav is None)
        assert not way.capped or measure in (PERMANENT, FOUR_YEAR)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEADER}\r\n{CAFE}\r\n",
        f"{HEADER}\n\n;;;;;;;\n{CAFE}",
        f"{HEADER};;\n{CAFE};;\n",
        HEADER.upper() + "\n" + CAFE,
        HEADER.replace(";", ",")
        + "\n"
        + 'midlertidig-lonnstilskudd,2027-02-01,2028-01-31,"30 000",12,2,"14,1",',
        HEADER.replace(";", ",")
        + "\n"
        + "midlertidig-lonnstilskudd,2027-02-01,2028-01-31,30000,12.00,2.0,14.1,",
        HEADER + "\n" + CAFE.replace("2027-02-01", "1.2.2027").replace("30000", "30\u00a0000,00"),
        f"{HEADER.removesuffix(';nav_percent')}\n{CAFE.removesuffix(';')}",
        "nav_percent;" + HEADER.removesuffix(";nav_percent") + "\n;" + CAFE.removesuffix(";"),
        json.dumps(dict(zip(COLUMNS, CAFE.replace(",", ".").split(";"), strict=True))),
        "\n" + json.dumps({**GOOD, "nav_percent": None}),
    ],
)
def test_the_same_row_however_it_is_written(text: str) -> None:
    answer = only(text)
    assert (answer.total, [way.percent for way in answer.alternatives]) == (39_104, [40, 60])


def test_three_bad_rows_in_the_middle_do_not_stop_the_others() -> None:
    bad = [CAFE.replace("30000", "-1"), "\x00;" + CAFE, CAFE.replace("2028-01-31", "2027-01-31")]
    found = told("\n".join([HEADER, CAFE, CAFE, *bad, CAFE, CAFE]))
    assert [each.row for each in found] == [2, 3, 4, 5, 6, 7, 8]
    assert [isinstance(each, Answer) for each in found] == [True, True, False, False, False, True, True]
    assert [(each.field, each.code) for each in found if isinstance(each, Problem)] == [
        ("monthly_wage_nok", "out_of_range"),
        (None, "control_characters"),
        ("end", "end_before_start"),
    ]


@pytest.mark.parametrize(
    "field", ["monthly_wage_nok", "holiday_pay_percent", "pension_percent", "employer_tax_percent"]
)
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-1", "out_of_range"),
        ("−1", "out_of_range"),
        ("1000001", "out_of_range"),
        ("999999999999", "out_of_range"),
        ("9" * 400, "not_a_number"),
        ("1e9", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("٣٠", "not_a_number"),
        ("=1+1", "not_a_number"),
        ("=cmd|' /C calc'!A0", "not_a_number"),
        ("@SUM(1)", "not_a_number"),
        ("30.000", "ambiguous_number"),
        ("1,000", "ambiguous_number"),
        ("1.000.000", "ambiguous_number"),
        ("12.3456", "too_precise"),
        ("", "missing"),
    ],
)
def test_a_cell_that_is_no_such_number(field: str, cell: str, code: str) -> None:
    assert problem(row(**{field: cell})) == (2, field, code)


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"monthly_wage_nok": "30000,50"}, "monthly_wage_nok", "not_whole"),
        ({"monthly_wage_nok": "0"}, "monthly_wage_nok", "out_of_range"),
        ({"measure": "temporary"}, "measure", "not_a_choice"),
        ({"measure": "mentor"}, "measure", "not_a_choice"),
        ({"measure": ""}, "measure", "missing"),
        ({"start": "2027-02-30"}, "start", "not_a_date"),
        ({"start": "02/01/2027"}, "start", "not_a_date"),
        ({"start": "44958"}, "start", "not_a_date"),
        ({"start": "0000-01-01"}, "start", "not_a_date"),
        ({"start": "2019-01-01", "end": "2020-01-01"}, "start", "no_rate"),
        ({"start": "0001-01-01", "end": "0002-01-01"}, "start", "no_rate"),
        ({"start": "9950-01-01", "end": "9999-12-31"}, "end", "too_late"),
        ({"start": "2027-01-01", "end": "2067-01-01"}, "end", "too_long"),
        ({"start": "2028-02-29", "end": "2040-02-29"}, "end", "too_long"),
        ({"measure": "sommerjobb"}, "start", "out_of_season"),
        ({"measure": "firearig-lonnstilskudd-for-unge", "start": "2026-07-31"}, "start", "no_rate"),
        ({"nav_percent": "50"}, "nav_percent", "not_a_choice"),
        ({"nav_percent": "forty"}, "nav_percent", "not_a_number"),
        ({"measure": "varig-lonnstilskudd", "nav_percent": "76"}, "nav_percent", "out_of_range"),
        ({"measure": "varig-lonnstilskudd", "nav_percent": "0"}, "nav_percent", "out_of_range"),
    ],
)
def test_a_row_that_cannot_be_reckoned(changed: dict[str, str], field: str, code: str) -> None:
    assert problem(row(**changed)) == (2, field, code)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b"", [(1, None, "empty_file")]),
        (b"\n \n\n", [(3, None, "empty_file")]),
        (HEADER.encode("utf-16"), [(1, None, "not_utf8")]),
        (HEADER.replace("end;", "end;Lønn;").encode("latin-1"), [(1, None, "not_utf8")]),
        (b"PK\x03\x04", [(1, None, "control_characters")]),
        (b"\x00" * 100, [(1, None, "control_characters")]),
        (b"x" * (LONGEST_ROW + 1), [(1, None, "too_long_row")]),
        (b'"measure;start', [(1, None, "bad_quotes")]),
        (HEADER.replace("end;", "").encode(), [(1, "end", "missing_column")]),
        ((HEADER + ";diagnosis").encode(), [(1, "diagnosis", "unknown_column")]),
        ((HEADER + ";=HYPERLINK(1)").encode(), [(1, "#9", "unknown_column")]),
        ((HEADER + ";start").encode(), [(1, "start", "written_twice")]),
        (b"measure;start;end", [(1, name, "missing_column") for name in COLUMNS[3:7]]),
    ],
)
def test_a_file_that_is_none_is_not_read_on(text: bytes, wanted: list[tuple[int, str | None, str]]) -> None:
    found = told(text + b"\n" + CAFE.encode() if text.strip() else text)
    assert [(each.row, each.field, each.code) for each in found if isinstance(each, Problem)] == wanted
    assert not any(isinstance(each, Answer) for each in found)


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        (b"{", None, "not_json"),
        (b"[]", None, "not_json"),
        (b"7", None, "not_json"),
        (b"\xff{}", None, "not_utf8"),
        (b'{"a":' + b"[" * 9_000, None, "not_json"),
        (b"{" + b" " * LONGEST_ROW + b"}", None, "too_long_row"),
        (b"{}", "measure", "missing"),
        (json.dumps({**GOOD, "name": "Kari"}).encode(), "name", "unknown_column"),
        (json.dumps({**GOOD, "fødselsdato": 1}).encode(), "#8", "unknown_column"),
        (json.dumps(GOOD)[:-1].encode() + b', "start": "2027-03-01"}', "start", "written_twice"),
        (json.dumps({**GOOD, "monthly_wage_nok": float("nan")}).encode(), "monthly_wage_nok", "not_a_number"),
        (json.dumps({**GOOD, "monthly_wage_nok": True}).encode(), "monthly_wage_nok", "not_a_number"),
        (json.dumps({**GOOD, "monthly_wage_nok": [1]}).encode(), "monthly_wage_nok", "not_a_number"),
        (json.dumps({**GOOD, "monthly_wage_nok": 10**300}).encode(), "monthly_wage_nok", "out_of_range"),
        (json.dumps({**GOOD, "pension_percent": 1e-300}).encode(), "pension_percent", "too_precise"),
        (json.dumps({**GOOD, "start": 20270201}).encode(), "start", "not_a_date"),
        (json.dumps({**GOOD, "measure": {}}).encode(), "measure", "not_a_choice"),
        (b'{"monthly_wage_nok": ' + b"9" * 9_000 + b"}", None, "not_json"),
    ],
)
def test_a_line_of_json_that_cannot_be_reckoned(line: bytes, field: str | None, code: str) -> None:
    good = json.dumps(GOOD).encode()
    first, bad, last = told(b"\n".join([good, line, good]))
    assert isinstance(first, Answer) and isinstance(last, Answer) and isinstance(bad, Problem)
    assert (bad.row, bad.field, bad.code) == (2, field, code)


def test_a_cell_is_never_repeated() -> None:
    # The message may be opened in a spreadsheet, and the cell may hold what nobody should see twice.
    secret = "=HYPERLINK(12345678901)"
    for changed in ({name: secret} for name in COLUMNS):
        (found,) = told(row(**changed))
        assert all(secret not in json_line(found, language) for language in LANGUAGES)


@given(st.binary(max_size=300))
def test_any_bytes_are_told_what_is_wrong_with_them(junk: bytes) -> None:
    told(junk)
    found = told(HEADER.encode() + b"\n" + junk + b"\n" + CAFE.encode())
    assert isinstance(found[-1], Answer)


@given(st.lists(st.text(max_size=12), min_size=8, max_size=8))
def test_any_cells_are_told_what_is_wrong_with_them(cells: list[str]) -> None:
    for each in told(json.dumps(dict(zip(COLUMNS, cells, strict=True)))):
        assert isinstance(each, Problem)
        assert all(each.message.values())


def test_a_long_line_does_not_fill_the_memory() -> None:
    class Endless(io.RawIOBase):
        """A line of 200 MB that is never held as a whole."""

        left = 200_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:
            count = min(len(buffer), self.left)
            buffer[:count] = b"x" * count
            self.left -= count
            return count

    tracemalloc.start()
    found = list(answers(lines_of(io.BufferedReader(Endless())), rates=RATES))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [each.code for each in found if isinstance(each, Problem)] == ["too_long_row"]
    assert most < 5_000_000


def test_memory_is_flat_and_answers_come_before_the_file_ends() -> None:
    taken = 0

    def lines() -> Iterator[bytes]:
        nonlocal taken
        yield HEADER.encode()
        while True:
            taken += 1
            yield CAFE.encode()

    asked = 3 * cost_file._ROWS_AT_A_TIME
    count = sum(1 for _ in itertools.islice(answers(lines(), rates=RATES), asked))
    assert count == asked
    assert taken <= asked + cost_file._ROWS_AT_A_TIME


def test_rows_past_what_we_have_rates_for_do_not_take_their_neighbours_along() -> None:
    key = f"{TEMPORARY}.percent_guidance_reduced"
    short = replace(RATES.table(key), known_to=date(2026, 12, 31))
    book = RateBook({table.key: table for table in RATES} | {key: short}, "short")
    late = CAFE.replace("2027-02-01", "2027-08-01").replace("2028-01-31", "2028-07-31")
    near = CAFE.replace("2028-01-31", "2027-12-31")
    text = "\n".join([HEADER, near, late, near, near, late]).encode()
    found = list(answers(lines_of(io.BytesIO(text)), rates=book))
    assert [(each.row, getattr(each, "code", None)) for each in found] == [
        (2, None), (3, "no_rate"), (4, None), (5, None), (6, "no_rate"),
    ]  # fmt: skip
    assert isinstance(found[0], Answer) and found[0].alternatives[0].assumed


def test_the_record_and_the_csv_say_the_same() -> None:
    answer = only(f"{HEADER}\n{CAFE.replace('midlertidig', 'varig').replace('30000', '90000')}")
    whole = record(answer, "nb")
    assert json.loads(json_line(answer, "nb")) == whole
    (way,) = whole["alternatives"]
    assert (way["percent"], way["highest"], way["capped"]) == (75, True, True)
    (line,) = csv_lines(answer)
    cells = dict(zip(csv_header().split(";"), line.split(";"), strict=True))
    assert cells["you_pay_nok"] == str(way["you_pay_nok"])
    assert (cells["row"], cells["measure"], cells["capped"]) == ("2", "varig-lonnstilskudd", "true")


def test_every_sentence_speaks_three_languages_and_every_code_has_one() -> None:
    sentences = read_file("cost_file.yaml")
    source = Path(cost_file.__file__).read_text()
    assert all(set(said) == set(LANGUAGES) for said in sentences.values())
    assert {code for code in sentences if f'"{code}"' not in source} == set()
    found = problem(row(end="2067-01-01"))
    assert found == (2, "end", "too_long")
    (each,) = told(row(end="2067-01-01"))
    assert isinstance(each, Problem)
    assert each.message["nb"].endswith("innen 12 år.") and each.message["en"].endswith("within 12 years.")


# «What if the rate were …»


def test_what_if_the_rate_were_another() -> None:
    change = f"{TEMPORARY}.percent_guidance_start=50"
    for rates in (
        supposed(RATES, [f"{change}@2027-01-01"], None),
        supposed(RATES, [change], "2027-01-01"),
        supposed(RATES, [f"{TEMPORARY}.percent_adapted_start=61", change], "2027-01-01"),
    ):
        (answer,) = answers([HEADER.encode(), CAFE.encode()], rates=rates)
        assert isinstance(answer, Answer)
        forty = answer.alternatives[0]
        assert (forty.percent, forty.steps[0].per_month, forty.assumed) == (50, 19_552, True)
        assert not forty.steps[1].assumed
    assert supposed(RATES, [], None) is RATES


def test_a_support_that_is_supposed_to_last_no_day_is_told() -> None:
    rates = supposed(
        RATES, [f"{TEMPORARY}.max_months_{name}=0" for name in ("guidance", "adapted")], "2027-01-01"
    )
    (found,) = answers([HEADER.encode(), CAFE.encode()], rates=rates)
    assert isinstance(found, Problem) and found.code == "no_rate"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("", "no answer here depends on"),
        ("shared.contribution_zone_1=10@2027-01-01", "no answer here depends on"),
        (f"{TEMPORARY}.percent_guidance=10@2027-01-01", "use one like"),
        (f"{TEMPORARY}.percent_guidance_start=10", "KEY=VALUE@DATE"),
        (f"{TEMPORARY}.percent_guidance_start=ten@2027-01-01", "KEY=VALUE@DATE"),
        (f"{TEMPORARY}.percent_guidance_start=10@2027-02-30", "KEY=VALUE@DATE"),
        (f"{TEMPORARY}.percent_guidance_start=NaN@2027-01-01", "write 0 to 100"),
        (f"{TEMPORARY}.percent_guidance_start=-1@2027-01-01", "write 0 to 100"),
        (f"{SUMMER_JOB}.first_start_day=1@2027-01-01", "is a day"),
    ],
)
def test_what_cannot_be_supposed_is_told(change: str, message: str) -> None:
    with pytest.raises(NotSupposable, match=message):
        supposed(RATES, [change], None)
