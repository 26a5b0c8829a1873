"""`toolbox evaluate`: NAV's calculations over lines of JSON, one question a line, one answer a line.

    {"id": 1, "op": "period_amount", "input": {…}}
    {"id": 1, "result": {…}}    or    {"id": 1, "error": {"code": …, "message": …, "field": …}}

Answers come in the order of the questions, also from lines that are no question at all. Memory does not grow
with the input. This module imports inclusion_rules only, so that it starts fast and stands alone.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from decimal import Decimal
from functools import cache
from io import UnsupportedOperation
from multiprocessing import get_context
from typing import Any, BinaryIO

from inclusion_rules.inputs import NoAnswer
from inclusion_rules.operations import NavTables, evaluate
from inclusion_rules.rates import shipped_rates

#: How much is read at a time; also about the size of one piece of work.
READ_BYTES = 1 << 18
#: A longer line is not read as a question, so that one line cannot fill the memory.
LONGEST_LINE = 1 << 21
#: Whole numbers with more digits than this are no amount and no id.
LONGEST_NUMBER = 30
#: Below this much input, starting more processes costs more than it saves.
ALONE_BYTES = 1 << 20

# Decimals as written, never floats. NaN and its like become Decimals too, and are refused when read.
_decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=Decimal)
# int() refuses a number of thousands of digits: read it all the same, so that the field can be named.
_patient_decoder = json.JSONDecoder(
    parse_float=Decimal,
    parse_constant=Decimal,
    parse_int=lambda digits: int(digits) if len(digits) < LONGEST_NUMBER else Decimal(digits),
)
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


@cache
def _tables() -> NavTables:
    return NavTables(shipped_rates())


def answer(line: bytes) -> str:
    """The answer to one line, as JSON without a line end. Never raises for what a line may hold."""
    question_id: str | int | None = None
    try:
        question = _question(line)
        found_id = question.get("id")
        if found_id is not None and (isinstance(found_id, bool) or not isinstance(found_id, str | int)):
            raise NoAnswer("wrong_type", "write the id as text or a whole number", "id")
        question_id = found_id
        op, data = question.get("op"), question.get("input")
        if op is None:
            raise NoAnswer("missing", "name the operation", "op")
        if not isinstance(op, str):
            raise NoAnswer("wrong_type", "write the operation's name as text", "op")
        if data is None:
            raise NoAnswer("missing", "write the input as an object, {} when it is empty", "input")
        if not isinstance(data, dict):
            raise NoAnswer("wrong_type", "write the input as an object, in { and }", "input")
        return _encode({"id": question_id, "result": evaluate(op, data, _tables())})
    except NoAnswer as error:
        told = {"code": error.code, "message": str(error), "field": error.field}
        return _encode({"id": question_id, "error": told})


def _question(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise NoAnswer("line_too_long", f"write at most {LONGEST_LINE} bytes a line")
    try:
        text = line.decode()
        try:
            question = _decoder.decode(text)
        except json.JSONDecodeError:
            raise
        except ValueError:
            question = _patient_decoder.decode(text)
    except (ValueError, RecursionError) as error:
        raise NoAnswer("not_json", f"write one JSON object a line, in UTF-8: {error}") from error
    if not isinstance(question, dict):
        raise NoAnswer("not_an_object", "write one JSON object a line, with id, op and input")
    return question


def answers(piece: bytes) -> bytes:
    """The answers to a piece of whole lines, one line each."""
    lines = piece.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return "".join([answer(line) + "\n" for line in lines]).encode()


def pieces(source: BinaryIO) -> Iterator[bytes]:
    """The input in pieces of whole lines, as soon as they can be read. Too long a line is cut short."""
    begun = b""
    dropping = False
    while read := _read(source):
        if dropping:
            _, newline, read = read.partition(b"\n")
            if not newline:
                continue
            dropping = False
            begun, read = b"", begun + b"\n" + read
        whole, newline, rest = read.rpartition(b"\n")
        if newline:
            yield begun + whole + newline
            begun = rest
        else:
            begun += read
        if len(begun) > LONGEST_LINE:
            begun = begun[: LONGEST_LINE + 1]
            dropping = True
    if begun:
        yield begun


def _read(source: BinaryIO) -> bytes:
    # read1 gives what is there instead of waiting for a full buffer: somebody may wait for the answer.
    read1 = getattr(source, "read1", source.read)
    found: bytes = read1(READ_BYTES)
    return found


def run(source: BinaryIO, sink: BinaryIO) -> int:
    """Answer every line of `source` on `sink`. Returns the exit code: 0, also when lines were in error."""
    try:
        _run(source, sink)
        sink.flush()
    except BrokenPipeError:
        # Whoever read the answers has heard enough. Nothing more may be written, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _run(source: BinaryIO, sink: BinaryIO) -> None:
    incoming = pieces(source)
    seen = 0
    for piece in incoming:
        seen += len(piece)
        sink.write(answers(piece))
        sink.flush()
        if seen > ALONE_BYTES and (os.cpu_count() or 1) > 1:
            _run_side_by_side(incoming, source, sink)


def _run_side_by_side(incoming: Iterator[bytes], source: BinaryIO, sink: BinaryIO) -> None:
    """The rest of the input over all processors, in order, with a few pieces under way at a time."""
    workers = os.cpu_count() or 1
    under_way: deque[Future[bytes]] = deque()

    def write_oldest() -> None:
        sink.write(under_way.popleft().result())

    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        for piece in incoming:
            under_way.append(pool.submit(answers, piece))
            # Hold back while enough is under way, and finish what is while nothing more has come yet.
            while under_way and (len(under_way) > 2 * workers or not _more_waits(source)):
                write_oldest()
            sink.flush()
        while under_way:
            write_oldest()


def _more_waits(source: BinaryIO) -> bool:
    try:
        return bool(select.select([source], [], [], 0)[0])
    except UnsupportedOperation:
        return True  # no stream but bytes in memory: all of them are there
