"""Whatever somebody sends: a status of 4xx, the field, and a sentence that says what to write."""

from __future__ import annotations

import json
import random

import pytest

from tests.api.conftest import NEED, POSITION

LONG = "x" * 5_000


def faults(answer):  # type: ignore[no-untyped-def]
    """{pointer or parameter: sentence} of a refusal."""
    assert answer.status_code == 422, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = {each.get("pointer", each.get("parameter")): each["detail"] for each in answer.json()["errors"]}
    assert told and all(said.endswith(".") and said[0].isupper() for said in told.values())
    return told


def raw(**fields: str) -> str:
    """The café's position with some fields written as they stand here."""
    written = {name: json.dumps(value) for name, value in POSITION.items()} | fields
    return "{" + ",".join(f'"{name}":{value}' for name, value in written.items()) + "}"


NUMBERS = "NaN Infinity -Infinity -1 0 1e400 -1e400 1e-400 1000001 999999999999999999999999999999".split()
NO_NUMBERS = ['"200"', "true", "null", "[]", "{}", '"200 kr"', '"NaN"', json.dumps(LONG)]


@pytest.mark.parametrize("written", [*NUMBERS, *NO_NUMBERS, "9" * 4_000])
@pytest.mark.parametrize(
    "field",
    ["hourly_wage_nok", "position_percent", "pension_percent", "nav_percent", "mentor_hours_per_month"],
)
def test_a_number_that_cannot_be_is_refused_at_its_field(ask, field, written):
    answer = ask("costs", raw(**{field: written}))
    if written == "null" and field not in ("hourly_wage_nok", "position_percent"):
        assert answer.status_code == 200, "what may be left out may be null"
    elif (field, written) == ("pension_percent", "0"):
        assert answer.status_code == 200
    else:
        assert f"#/{field}" in faults(answer)


@pytest.mark.parametrize(
    "written",
    ['"31.2.2027"', '"2027-02-30"', '"20270201"', '"2027-W05-1"', "20270201", '"0001-01-01"', '"9999-12-31"',
     '""', "null", "[]", '"i morgen"', json.dumps(LONG), '"2027-02-01T00:00:00"', '"2027-2-1"',
     '"２０２７-02-01"'],
)  # fmt: skip
def test_a_date_that_cannot_be_is_refused_at_its_field(ask, written):
    assert "#/start" in faults(ask("costs", raw(start=written)))
    if written != "null":
        assert "#/end" in faults(ask("costs", raw(end=written)))
        assert "#/start" in faults(ask("offers", f'{{"start": {written}}}'))


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"end": "2027-02-01"}, "end"),
        ({"end": "2020-01-01"}, "end"),
        ({"end": "2067-02-01"}, "end"),
        ({"start": "2019-01-01"}, "start"),
        ({"start": "2040-01-01"}, "start"),
        ({"monthly_wage_nok": 20000}, "hourly_wage_nok"),
        ({"hourly_wage_nok": None}, "hourly_wage_nok"),
        ({"mentor_hours_per_month": 10}, "mentor_hourly_wage_nok"),
        ({"mentor_hourly_wage_nok": 300}, "mentor_hours_per_month"),
        ({"nav_percent": 55}, "nav_percent"),
        ({"measure": "varig-lonnstilskudd", "nav_percent": 90}, "nav_percent"),
        ({"measure": "sommerjobb"}, "start"),
        ({"measure": "mentor"}, "measure"),
        ({"measure": "midlertidig_lonnstilskudd"}, "measure"),
        ({"holiday_pay_percent": 11}, "holiday_pay_percent"),
        ({"contribution_zone": "6"}, "contribution_zone"),
        ({"municipality": "9999"}, "municipality"),
        ({"municipality": 3101}, "municipality"),
        ({"municipality": "31 01"}, "municipality"),
    ],
)
def test_a_question_that_contradicts_itself_or_the_law_is_refused_at_its_field(ask, question, field):
    assert f"#/{field}" in faults(ask("costs", {**POSITION, **question}))


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"permanent_job": "yes", "end": "2027-06-01"}, "end"),
        ({"end": "2027-01-01"}, "end"),
        ({"end": "2067-02-01"}, "end"),
        ({"under_30": True}, "under_30"),
        ({"under_30": "29"}, "under_30"),
        ({"own_employee": "unknown"}, "own_employee"),
        ({"work": "spy"}, "work"),
        ({"monthly_wage_nok": 100.5}, "monthly_wage_nok"),
    ],
)
def test_a_situation_that_cannot_be_is_refused_at_its_field(ask, question, field):
    assert f"#/{field}" in faults(ask("offers", {**NEED, **question}))


@pytest.mark.parametrize(
    "field",
    ["name", "fodselsnummer", "birth_date", "diagnosis", "sykemeldt", "close_family", "person_under_30",
     "age", "effort_group", "__proto__", "", "a/b~c", LONG[:300]],
)  # fmt: skip
@pytest.mark.parametrize(("address", "question"), [("offers", NEED), ("costs", POSITION)])
def test_nobody_can_send_a_name_or_a_word_of_health(ask, address, question, field):
    answer = ask(address, {**question, field: "Kari, 01010112345"})
    (pointer,) = faults(answer)
    assert pointer == "#/" + field.replace("~", "~0").replace("/", "~1")
    assert "Kari" not in answer.content.decode(), "what was sent is not said back"


@pytest.mark.parametrize(
    "content",
    [" ", "{", "[" * 9_000, '{"a":' * 3_000, '{"start":"2027-02-01","start":"2027-03-01"}', "\x00", "\xff",
     '{"position_percent": 1e999999999999999999999999}', "'{}'", '{"measure": "\ud800"}', "nan"],
)  # fmt: skip
@pytest.mark.parametrize("address", ["offers", "costs"])
def test_content_that_is_no_json_object_is_refused(ask, address, content):
    answer = ask(address, content.encode("utf-8", "surrogatepass") if content != "\xff" else b"\xff\xfe")
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize("content", ["null", "[]", "5", '"a"', "[{}]", "true", "NaN"])
def test_json_that_is_no_object_is_told_what_to_be(ask, content):
    assert faults(ask("offers", content))["#"] == "Skriv ett JSON-objekt, med feltene mellom { og }."


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "1e1"}, "limit"),
        ({"limit": "９"}, "limit"),
        ({"limit": "9" * 5_000}, "limit"),
        ({"limit": ""}, "limit"),
        ({"cursor": "../../etc"}, "cursor"),
        ({"cursor": ""}, "cursor"),
        ({"need": "lonn"}, "need"),
        ({"gives": "'; DROP TABLE"}, "gives"),
        ({"who": "\x00"}, "who"),
        ({"tull": "1"}, "tull"),
        ({"language": "NB"}, "language"),
    ],
)
def test_an_address_that_asks_for_what_is_not_there_is_refused_at_its_parameter(ask, query, parameter):
    assert parameter in faults(ask("measures", **query))


def test_bad_rows_in_the_middle_of_a_file_are_told_and_the_others_answered(ask):
    head = "measure;start;end;monthly_wage_nok;holiday_pay_percent;pension_percent;employer_tax_percent"
    good = "midlertidig-lonnstilskudd;1.2.2027;31.1.2028;19500;12;2;14,1"
    bad = [
        "mentor;1.2.2027;31.1.2028;19500;12;2;14,1",
        good.replace("19500", "-1"),
        good.replace("1.2.2027", "=cmd"),
    ]
    answer = ask(
        "costs/file", "\n".join([head, good, good, *bad, good]), content_type="text/csv", language="en"
    )
    about, *rows = map(json.loads, b"".join(answer.streaming_content).splitlines())
    assert set(about) == {"valid_on", "rate_revision", "language", "notice", "sources"}
    assert [row["row"] for row in rows] == [2, 3, 4, 5, 6, 7]
    assert [row["error"]["field"] for row in rows if "error" in row] == [
        "measure",
        "monthly_wage_nok",
        "start",
    ]
    assert len({row["cost_over_period_nok"] for row in rows if "error" not in row}) == 1


@pytest.mark.parametrize(
    "content", [b"\n", b"\x00", b"\xff\xfe", b"a,b,c\n1,2,3", b"[1]", b"x" * 100_000, b"{}\n" * 50]
)
@pytest.mark.parametrize("content_type", ["text/csv", "application/x-ndjson"])
def test_a_file_that_is_none_is_answered_with_its_errors(ask, content, content_type):
    answer = ask("costs/file", content, content_type=content_type)
    _about, *rows = map(json.loads, b"".join(answer.streaming_content).splitlines())
    assert rows and all(row["error"]["message"].endswith(".") for row in rows)


def test_a_thousand_questions_by_chance_are_never_our_fault(ask):
    """Values of every kind in every field; the dice are the same every time."""
    dice = random.Random(7)
    values = [None, True, -1, 0, 1, 2.5, 60, 1e9, 1e-9, "", "3101", "2027-02-01", "yes", [], {},
              "sommerjobb", "varig-lonnstilskudd", "2026-12-31", "2028-02-29", 100, 20000, "1a"]  # fmt: skip
    names = [
        *POSITION,
        "end",
        "monthly_wage_nok",
        "contribution_zone",
        "nav_percent",
        "pension_percent",
        "tull",
    ]
    for _ in range(1_000):
        question = dict(POSITION)
        for name in dice.sample(names, dice.randrange(1, 4)):
            question[name] = dice.choice(values)
        answer = ask("costs", question)
        assert answer.status_code in (200, 422), (question, answer.status_code)
