"""`toolbox costs`: answers on one stream, errors on the other, an exit code that tells which there were."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from inclusion_rules.cost_file import COLUMNS, csv_header
from inclusion_rules.subsidy import TEMPORARY
from toolbox.console import main

COMMAND = [sys.executable, "-m", "toolbox.console", "costs"]
CAFE = "midlertidig-lonnstilskudd;2027-02-01;2028-01-31;30000;12;2;14,1;"


def run(*words: str, given: str = "") -> tuple[int, list[str], list[str]]:
    """Exit code, answers and errors, of the command in this process: a new one takes a second to start."""
    out, errors = StringIO(), StringIO()
    with (
        TemporaryFile() as file,
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        file.write(given.encode())
        file.seek(0)
        patch.setattr(sys, "stdin", TextIOWrapper(file))
        try:
            code = main(["costs", *words])
        except SystemExit as refused:
            code = int(str(refused.code))
    return code, out.getvalue().splitlines(), errors.getvalue().splitlines()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two rows, with three bad ones between them."""
    path = tmp_path / "positions.csv"
    bad = [CAFE.replace("30000", "-1"), CAFE.replace("2027-02-01", "soon"), "=cmd;" + CAFE]
    path.write_text("\n".join([";".join(COLUMNS), CAFE, *bad, CAFE]) + "\n")
    return path


def test_good_rows_are_answered_and_bad_ones_told_with_their_row(file: Path) -> None:
    code, answers, errors = run(str(file), "--language", "en")
    assert code == 1
    assert [json.loads(line)["row"] for line in answers] == [2, 6]
    told = [json.loads(line) for line in errors]
    assert [(each["row"], each["error"]["field"]) for each in told] == [
        (3, "monthly_wage_nok"),
        (4, "start"),
        (5, "measure"),
    ]
    assert told[0]["error"]["message"] == "monthly_wage_nok must be between 1 and 1000000."


@pytest.mark.parametrize(("language", "word"), [("nb", "mellom"), ("nn", "mellom"), ("en", "between")])
def test_errors_in_the_readers_language(file: Path, language: str, word: str) -> None:
    assert word in run(str(file), "--language", language)[2][0]


def test_csv_from_standard_input() -> None:
    code, answers, errors = run("-", "--format", "csv", given=f"{';'.join(COLUMNS)}\n{CAFE}\n")
    assert (code, errors) == (0, [])
    assert answers[0] == csv_header()
    assert [line.split(";")[6] for line in answers[1:]] == ["40", "60"]


def test_what_if_the_rate_were_another() -> None:
    key = f"{TEMPORARY}.percent_guidance_start"
    given = f"{';'.join(COLUMNS)}\n{CAFE}\n"
    for words in (["--rate", f"{key}=50@2027-01-01"], ["--rate", f"{key}=50", "--on", "2027-01-01"]):
        _, (answer,), _ = run("-", *words, given=given)
        assert json.loads(answer)["alternatives"][0]["assumed"]
        assert json.loads(answer)["alternatives"][0]["steps"][0]["subsidy_per_month_nok"] == 19_552


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-", "--rate", f"{TEMPORARY}.percent=50@2027-01-01"], "use one like"),
        (["-", "--rate", f"{TEMPORARY}.percent_guidance_start=50"], "KEY=VALUE@DATE"),
        (["no such file.csv"], "No such file"),
        (["."], "Is a directory"),
        (["-", "--language", "fr"], "invalid choice"),
        ([], "required"),
    ],
)
def test_a_word_that_cannot_be_used(words: list[str], says: str) -> None:
    code, answers, errors = run(*words)
    assert (code, answers) == (2, [])
    assert says in errors[-1]


def test_an_empty_file_is_told() -> None:
    code, answers, (error,) = run("-")
    assert (code, answers) == (1, [])
    assert json.loads(error)["error"]["code"] == "empty_file"


def test_whoever_watches_sees_how_far_it_has_come(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("\n".join([";".join(COLUMNS), *[CAFE] * 4_200]) + "\n")
    terminal, errors = pty.openpty()
    with subprocess.Popen([*COMMAND, str(path)], stdout=subprocess.DEVNULL, stderr=errors) as process:
        os.close(errors)
        seen = b""
        try:
            while read := os.read(terminal, 65_536):
                seen += read
        except OSError:
            pass  # the other end is closed
    os.close(terminal)
    assert process.returncode == 0
    assert "2,000" in seen.decode() and "%" in seen.decode()
    assert seen.endswith(b"\r\x1b[K")
    assert run(str(path))[2] == []


def test_reader_may_stop_listening(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("\n".join([";".join(COLUMNS), *[CAFE] * 3_000]) + "\n")
    reading, writing = os.pipe()
    with subprocess.Popen([*COMMAND, str(path)], stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        os.close(reading)
        _, errors = process.communicate()
    assert errors == b""


def test_the_same_file_gives_the_same_bytes(file: Path) -> None:
    assert run(str(file)) == run(str(file))


def test_stands_apart_from_the_site(file: Path) -> None:
    code = (
        "import sys; from toolbox.console import main; main(['costs', sys.argv[1]]);"
        "loaded = {name.split('.')[0] for name in sys.modules};"
        "assert not loaded & {'django', 'requests', 'config'}, loaded;"
        "rooms = {name for name in sys.modules if name.startswith('toolbox.')};"
        "assert rooms <= {'toolbox.console'}, rooms"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, capture_output=True)
