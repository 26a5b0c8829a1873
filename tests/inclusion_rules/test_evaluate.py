"""`toolbox evaluate` on lines from strangers: each gets its answer, none stops the others."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from inclusion_rules import operations
from toolbox import evaluate as command

WAGE = {
    "monthly_wage_nok": 30000,
    "holiday_pay_percent": 12,
    "pension_percent": 2,
    "employer_tax_percent": 14.1,
    "subsidy_percent": 60,
}
PERIOD = {"start": "2026-05-01", "end": "2026-05-15", "amount_per_month_nok": 12345}
LIMITS = {"measure": "temporary", "start": "2026-05-01", "end": "2026-08-31"}
LINE = {
    "type": "LOENNSINNTEKT",
    "description": "fastloenn",
    "amount_nok": 30000,
    "month": "2026-05",
    "earned_in_period": True,
}
REFUND = {
    "measure": "permanent",
    "period_start": "2026-05-01",
    "period_end": "2026-05-31",
    "holiday_pay_percent": 12,
    "pension_percent": 2,
    "employer_tax_percent": 14.1,
    "subsidy_percent": 60,
    "approved_amount_nok": 23462,
    "income_lines": [LINE],
}
SEQUENCE = {
    "common": {key: value for key, value in REFUND.items() if key not in ("period_start", "period_end")},
    "periods": [{"period_start": "2026-05-01", "period_end": "2026-05-31"}],
}
DEADLINE = {"period_end": "2026-05-31", "today": "2026-06-01"}


def ask(op, **fields):
    return json.dumps({"id": "a", "op": op, "input": fields}).encode()


def told(line):
    """code and field of the error in the answer to `line`."""
    answer = json.loads(command.answer(line))
    assert "result" not in answer, answer
    assert answer["error"]["message"]
    return answer["error"]["code"], answer["error"]["field"]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (b"", "not_json", None),
        (b"hei", "not_json", None),
        (b'{"id": 1', "not_json", None),
        (b'\xff{"id": 1}', "not_json", None),
        (b"[" * 100_000, "not_json", None),
        (b"[1, 2]", "not_an_object", None),
        (b"null", "not_an_object", None),
        (b'{"id": 1, "input": {}}', "missing", "op"),
        (b'{"id": 1, "op": 7, "input": {}}', "wrong_type", "op"),
        (b'{"id": 1, "op": "guess", "input": {}}', "unknown_op", "op"),
        (b'{"id": 1, "op": "refund", "input": {}}', "missing", "measure"),
        (b'{"id": 1, "op": "monthly_cost"}', "missing", "input"),
        (b'{"id": 1, "op": "monthly_cost", "input": []}', "wrong_type", "input"),
        (b'{"id": [], "op": "monthly_cost", "input": {}}', "wrong_type", "id"),
        (b'{"id": true, "op": "monthly_cost", "input": {}}', "wrong_type", "id"),
        (b" " * (command.LONGEST_LINE + 1), "line_too_long", None),
    ],
)
def test_line_that_is_no_question(line, code, field):
    assert told(line) == (code, field)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ('"30000"', "wrong_type"),
        ("true", "wrong_type"),
        ("{}", "wrong_type"),
        ("[30000]", "wrong_type"),
        ("NaN", "not_finite"),
        ("Infinity", "not_finite"),
        ("-Infinity", "not_finite"),
        ("1e400", "too_large"),
        ("-1e13", "too_large"),
        ("9" * 5000, "too_large"),
        ("30000.5", "not_whole"),
    ],
)
def test_wrong_number(value, code):
    line = f'{{"id": 1, "op": "monthly_cost", "input": {{"monthly_wage_nok": {value}}}}}'
    assert told(line.encode()) == (code, "monthly_wage_nok")


@pytest.mark.parametrize("value", ["1e-11", "12.00000000001", "1e-1000000"])
def test_too_many_decimals(value):
    line = f'{{"id": 1, "op": "monthly_cost", "input": {{"pension_percent": {value}}}}}'
    assert told(line.encode()) == ("too_precise", "pension_percent")


@pytest.mark.parametrize("value", ["0e-1000000", "0e1000000", "2." + "0" * 4000])
def test_zeros_cost_nothing(value):
    line = f'{{"op": "monthly_cost", "input": {{"monthly_wage_nok": 30000, "pension_percent": {value}}}}}'
    assert "result" in json.loads(command.answer(line.encode()))


@pytest.mark.parametrize(
    "value",
    ["2026-02-30", "2026-2-3", "20260203", "2026-W06-2", "03.02.2026", "2026-02-03T00:00", "", "٢٠٢٦-٠٢-٠٣"],
)
def test_malformed_date(value):
    assert told(ask("period_amount", **{**PERIOD, "end": value})) == ("bad_date", "end")


@pytest.mark.parametrize("value", [20260503, True, ["2026-05-03"]])
def test_date_of_wrong_type(value):
    assert told(ask("period_amount", **{**PERIOD, "end": value})) == ("wrong_type", "end")


@pytest.mark.parametrize(
    ("op", "fields", "code", "field"),
    [
        ("period_amount", {**PERIOD, "end": "2026-04-30"}, "start_after_end", "end"),
        ("period_amount", {**PERIOD, "start": None}, "missing", "start"),
        ("split_periods", {"start": "2026-05-01"}, "missing", "end"),
        ("split_periods", {**PERIOD, "split_dates": "2026-05-02"}, "wrong_type", "split_dates"),
        ("split_periods", {**PERIOD, "split_dates": ["2026-05-99"]}, "bad_date", "split_dates"),
        ("split_periods", {**PERIOD, "by_month": 1}, "wrong_type", "by_month"),
        ("split_periods", {"start": "0001-01-01", "end": "9999-12-31"}, "period_too_long", "end"),
        ("period_amount", {**PERIOD, "start": "9999-12-31", "end": "9999-12-31"}, "date_out_of_range", None),
        ("reduction_dates", {}, "missing", "measure"),
        ("reduction_dates", {"measure": "lifelong"}, "unknown_value", "measure"),
        ("reduction_dates", {"measure": 1}, "wrong_type", "measure"),
        (
            "reduction_dates",
            {"measure": "temporary", "effort_group": "VARIG"},
            "unknown_value",
            "effort_group",
        ),
        (
            "rate_steps",
            {"measure": "temporary", "start": "2026-05-02", "end": "2026-05-01"},
            "start_after_end",
            "end",
        ),
        ("start_rate", {"measure": "permanent", "chosen_percent": "75"}, "wrong_type", "chosen_percent"),
        ("mentor_hourly_wage", {"pay_type": "yearly", "amount_nok": -1}, "negative_amount", "amount_nok"),
        (
            "mentor_hourly_wage",
            {"pay_type": "yearly", "amount_nok": 1, "position_percent": -1},
            "negative_position_percent",
            "position_percent",
        ),
        (
            "mentor_hourly_wage",
            {"pay_type": "yearly", "amount_nok": -1, "position_percent": -1},
            "negative_amount",
            "amount_nok",
        ),
        ("mentor_hourly_wage", {"amount_nok": 1}, "missing", "pay_type"),
        ("fixed_rate", {"kind": "base_amount"}, "missing", "date"),
        ("inclusion_grant_check", {"expenses_nok": [1, "2"]}, "wrong_type", "expenses_nok"),
        ("agreement_limits", {**LIMITS, "agreement_entered": "no"}, "wrong_type", "agreement_entered"),
        ("agreement_limits", {**LIMITS, "job_type": "forever"}, "unknown_value", "job_type"),
        ("earliest_decision", {"period_start": "2026-05-01"}, "missing", "sequence_number"),
        ("shorten_agreement", {**LIMITS, "new_end": "2026-08-31"}, "not_shorter", "new_end"),
        ("shorten_agreement", {**LIMITS, "new_end": "2026-04-30"}, "start_after_end", "new_end"),
        (
            "extend_agreement",
            {**LIMITS, "new_end": "2026-08-31", "last_period_state": "approved"},
            "not_longer",
            "new_end",
        ),
        ("extend_agreement", {**LIMITS, "new_end": "2026-09-30"}, "missing", "last_period_state"),
        (
            "subsidy_rate",
            {
                "measure": "four_year",
                "start": "2027-01-01",
                "end": "2031-01-31",
                "period_start": "2031-01-01",
                "period_end": "2031-01-31",
            },
            "too_long",
            "period_end",
        ),
    ],
)
def test_wrong_field(op, fields, code, field):
    assert told(ask(op, **fields)) == (code, field)


def with_line(**changed):
    return {**REFUND, "income_lines": [LINE, {**LINE, **changed}]}


@pytest.mark.parametrize(
    ("op", "fields", "code", "field"),
    [
        *(
            ("refund", {key: value for key, value in REFUND.items() if key != lacking}, "missing", lacking)
            for lacking in REFUND
            if lacking != "income_lines"
        ),
        ("refund", {**REFUND, "measure": "mentor"}, "unknown_value", "measure"),
        ("refund", {**REFUND, "period_end": "2026-04-30"}, "start_after_end", "period_end"),
        ("refund", {**REFUND, "subsidy_percent": -1}, "out_of_range", "subsidy_percent"),
        ("refund", {**REFUND, "subsidy_percent": 100.5}, "out_of_range", "subsidy_percent"),
        ("refund", {**REFUND, "pension_percent": 200}, "out_of_range", "pension_percent"),
        ("refund", {**REFUND, "approved_amount_nok": -1}, "negative", "approved_amount_nok"),
        ("refund", {**REFUND, "approved_amount_nok": 10**13}, "too_large", "approved_amount_nok"),
        ("refund", {**REFUND, "corrected_gross_wage_nok": -1}, "negative", "corrected_gross_wage_nok"),
        ("refund", {**REFUND, "other_refunds_nok": -1}, "negative", "other_refunds_nok"),
        ("refund", {**REFUND, "other_refunds_nok": 0.5}, "not_whole", "other_refunds_nok"),
        ("refund", {**REFUND, "paid_this_year_nok": -1}, "negative", "paid_this_year_nok"),
        ("refund", {**REFUND, "previous_minus_nok": 1}, "not_a_minus", "previous_minus_nok"),
        ("refund", {**REFUND, "income_lines": {}}, "wrong_type", "income_lines"),
        ("refund", {**REFUND, "income_lines": [LINE, 7]}, "wrong_type", "income_lines[1]"),
        ("refund", {**REFUND, "income_lines": [LINE] * 10_000}, "too_many", "income_lines"),
        ("refund", with_line(amount_nok=None), "missing", "income_lines[1].amount_nok"),
        ("refund", with_line(amount_nok="30000"), "wrong_type", "income_lines[1].amount_nok"),
        ("refund", with_line(amount_nok=float("nan")), "not_finite", "income_lines[1].amount_nok"),
        ("refund", with_line(month="2026-13"), "bad_month", "income_lines[1].month"),
        ("refund", with_line(month="2026-05-01"), "bad_month", "income_lines[1].month"),
        ("refund", with_line(month=202605), "wrong_type", "income_lines[1].month"),
        ("refund", with_line(description=["fastloenn"]), "wrong_type", "income_lines[1].description"),
        ("refund", with_line(earned_in_period="ja"), "wrong_type", "income_lines[1].earned_in_period"),
        ("refund", with_line(earned=True), "unknown_field", "income_lines[1].earned"),
        (
            "refund",
            {**REFUND, "period_start": "2017-05-01", "period_end": "2017-05-31"},
            "no_rate",
            "period_start",
        ),
        ("refund_sequence", {**SEQUENCE, "common": []}, "wrong_type", "common"),
        ("refund_sequence", {**SEQUENCE, "periods": [{}]}, "missing", "periods[0].period_start"),
        (
            "refund_sequence",
            {**SEQUENCE, "common": {**SEQUENCE["common"], "previous_minus_nok": -1}},
            "unknown_field",
            "periods[0].previous_minus_nok",
        ),
        (
            "refund_sequence",
            {"common": SEQUENCE["common"], "periods": [{**SEQUENCE["periods"][0], "income_lines": [{}]}]},
            "missing",
            "periods[0].income_lines[0].type",
        ),
        ("outcome", {"kind": "gift", "refund_nok": 1}, "unknown_value", "kind"),
        ("outcome", {"kind": "refund"}, "missing", "refund_nok"),
        ("income_line_class", {"type": "LOENNSINNTEKT"}, "missing", "description"),
        ("refund_fixed", {"measure": "temporary", "approved_amount_nok": 1}, "unknown_value", "measure"),
        ("refund_fixed", {"measure": "vtao", "approved_amount_nok": -1}, "negative", "approved_amount_nok"),
        ("refund_deadline", {}, "missing", "period_end"),
        ("refund_deadline", {"period_end": "9999-12-31"}, "date_out_of_range", None),
        ("refund_status", {"period_end": "2026-05-31"}, "missing", "today"),
        ("refund_status", {**DEADLINE, "approved_on": "2026-02-30"}, "bad_date", "approved_on"),
        ("add_months_keep_end", {"date": "2026-05-31"}, "missing", "months"),
        ("add_months_keep_end", {"date": "2026-05-31", "months": 10**9}, "date_out_of_range", None),
        ("income_window", {"measure": "temporary"}, "missing", "period_start"),
        (
            "income_window",
            {**REFUND, "caseworker_extra_months": -1},
            "negative",
            "caseworker_extra_months",
        ),
    ],
)
def test_wrong_field_of_a_refund(op, fields, code, field):
    assert told(ask(op, **fields)) == (code, field)


@pytest.mark.parametrize("op", ["subsidy_periods", "rate_steps", "reduction_dates"])
def test_agreement_of_forty_years(op):
    fields = {**WAGE, "measure": "permanent", "start": "2026-05-01", "end": "2066-04-30"}
    assert told(ask(op, **fields)) == ("period_too_long", "end")


def test_field_that_no_operation_reads():
    assert told(ask("monthly_cost", **WAGE, monthly_wage=30000)) == ("unknown_field", "monthly_wage")
    # What another operation reads is left alone: a caller may hold all of an agreement.
    assert "result" in json.loads(command.answer(ask("monthly_cost", **WAGE, measure="temporary")))


def test_every_known_field_is_read_somewhere():
    source = Path(operations.__file__).read_text()
    read = {field for field in operations.FIELDS if f'"{field}"' in source}
    assert read == operations.FIELDS


def test_decimals_are_read_as_written():
    # As a binary float 1.005 lies below the half, and the half krone of pension would be lost.
    line = (
        '{"id": 1, "op": "monthly_cost", "input": {"monthly_wage_nok": 50000, "holiday_pay_percent": 1.005}}'
    )
    assert json.loads(command.answer(line.encode()))["result"]["holiday_pay_nok"] == 503


def run(data: bytes) -> list[dict]:
    sink = io.BytesIO()
    assert command.run(io.BytesIO(data), sink) == 0
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_bad_lines_do_not_stop_the_others():
    lines = [ask("monthly_cost", **WAGE), b"hei", b"", ask("period_amount", **PERIOD)]
    answers = run(b"\n".join(lines))
    assert [("result" in answer) for answer in answers] == [True, False, False, True]
    assert answers[0]["result"]["total_cost_nok"] == 39104
    assert answers[0]["result"]["subsidy_per_month_nok"] == 23462


def test_windows_line_ends_and_no_last_line_end():
    line = ask("monthly_cost", **WAGE)
    assert run(line + b"\r\n" + line) == run(line + b"\n" + line + b"\n")
    assert run(b"") == []


def test_too_long_a_line_is_told_once_and_not_kept():
    line = ask("monthly_cost", **WAGE)
    answers = run(
        b"x" * (3 * command.LONGEST_LINE) + b"\n" + line + b"\n" + b"y" * (2 * command.LONGEST_LINE)
    )
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        "line_too_long",
        None,
        "line_too_long",
    ]


def test_too_long_a_line_does_not_fill_the_memory():
    endless = io.BytesIO(b"x" * (10 * command.LONGEST_LINE) + b"\nhei\n")
    found = list(command.pieces(endless))
    assert max(map(len, found)) <= command.LONGEST_LINE + command.READ_BYTES
    assert b"".join(found).endswith(b"x\nhei\n")


def test_pieces_give_every_byte_back(monkeypatch):
    data = b"".join(b"line %d\n" % number for number in range(500)) + b"last"
    for size in (1, 7, 64, 4096):
        monkeypatch.setattr(command, "READ_BYTES", size)
        found = list(command.pieces(io.BytesIO(data)))
        assert b"".join(found) == data
        assert all(piece.endswith(b"\n") for piece in found[:-1])


COMMAND = [sys.executable, "-m", "toolbox.console", "evaluate"]


def test_order_is_kept_over_several_processes():
    wanted = 20_000
    lines = b"".join(
        json.dumps(
            {"id": number, "op": "monthly_cost", "input": {**WAGE, "monthly_wage_nok": number}}
        ).encode()
        + b"\n"
        for number in range(wanted)
    )
    assert len(lines) > 2 * command.ALONE_BYTES
    done = subprocess.run(COMMAND, input=lines, capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(wanted))
    assert answers[-1] == json.loads(command.answer(lines.splitlines()[-1]))


@contextmanager
def talking(seconds: float) -> Iterator[subprocess.Popen[bytes]]:
    """The command with its pipes open. Silenced, with its workers, if a test waits too long for an answer."""
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        watch = threading.Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
        watch.start()
        try:
            yield process
            process.stdin.close()
            assert process.wait() == 0
        finally:
            watch.cancel()


def test_whoever_waits_for_an_answer_gets_it():
    with talking(seconds=20) as process:
        for _ in range(3):
            process.stdin.write(ask("monthly_cost", **WAGE) + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["result"]["total_cost_nok"] == 39104


def test_last_answer_comes_while_the_input_is_open_also_over_several_processes():
    line = ask("monthly_cost", **WAGE) + b"\n"
    many = 2 * command.ALONE_BYTES // len(line)
    heard: list[bytes] = []
    with talking(seconds=60) as process:
        listen = threading.Thread(target=lambda: heard.extend(process.stdout.readline() for _ in range(many)))
        listen.start()
        process.stdin.write(line * many)
        process.stdin.flush()
        listen.join()
    assert len(set(heard)) == 1 and b"39104" in heard[-1]


def test_only_a_few_pieces_are_under_way_at_a_time():
    waiting = most = 0

    class Sink(io.BytesIO):
        def write(self, data):
            nonlocal waiting
            waiting -= 1
            return super().write(data)

    def incoming():
        nonlocal waiting, most
        for _ in range(100):
            waiting += 1
            most = max(most, waiting)
            yield b"hei\n"

    sink = Sink()
    command._run_side_by_side(incoming(), io.BytesIO(), sink)
    assert sink.getvalue().count(b"\n") == 100
    assert most <= 2 * (os.cpu_count() or 1) + 2


def test_reader_may_stop_listening():
    reading, writing = os.pipe()
    lines = (ask("monthly_cost", **WAGE) + b"\n") * 2_000
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        os.close(reading)
        _, errors = process.communicate(lines)
    assert errors == b""


def test_stands_apart_from_the_site():
    code = (
        "import io, sys; sys.argv = ['toolbox', 'evaluate'];"
        "from toolbox.console import main; main();"
        "loaded = {name.split('.')[0] for name in sys.modules};"
        "assert not loaded & {'django', 'requests', 'numpy', 'config'}, loaded;"
        "rooms = {name for name in sys.modules if name.startswith('toolbox.')};"
        "assert rooms <= {'toolbox.console', 'toolbox.evaluate'}, rooms"
    )
    subprocess.run(
        [sys.executable, "-c", code], input=ask("monthly_cost", **WAGE), check=True, stdout=subprocess.PIPE
    )
