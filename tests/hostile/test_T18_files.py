"""T18: a cell that a spreadsheet would reckon with, or a line that a calendar would read, is never made."""

from __future__ import annotations

import csv
import io

import pytest
from icalendar import Calendar

from inclusion_rules.cost_file import Answer, answers, csv_header, csv_lines, json_line
from inclusion_rules.rates import shipped_rates

COLUMNS = (
    "measure;start;end;monthly_wage_nok;holiday_pay_percent;pension_percent;employer_tax_percent;nav_percent"
)
GOOD = "sommerjobb;2026-07-01;2026-07-31;30000;12;2;14,1;50"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")')
FIELDS = range(8)


def with_cell(field: int, text: str) -> list[bytes]:
    cells = GOOD.split(";")
    cells[field] = text
    row = io.StringIO()
    csv.writer(row, delimiter=";", lineterminator="\n").writerow(cells)
    return [f"{COLUMNS}\n".encode(), row.getvalue().encode()]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("field", FIELDS)
def test_T18_no_cell_of_an_answer_is_a_formula(field, text):
    for told in answers(with_cell(field, text), rates=shipped_rates()):
        if isinstance(told, Answer):
            rows = csv.reader([csv_header(), *csv_lines(told)], delimiter=";")
            assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        else:
            assert text not in json_line(told, "nb"), "an error says which field, not what was in it"


def test_T18_a_calendar_takes_nothing_from_the_address_but_dates(client):
    query = {
        "kommune": "3101",
        "arbeid": "kitchen",
        "andel": "60",
        "start": "1.2.2027",
        "tiltak": "midlertidig_lonnstilskudd",
        "notat": "=1+1\r\nATTENDEE:mailto:kanari@example.org",
    }
    answer = client.get("/regn-ut/frister.ics", query)
    assert answer.status_code == 200 and b"kanari" not in answer.content
    assert Calendar.from_ical(answer.content).walk("VEVENT")
