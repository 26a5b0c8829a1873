"""A file of positions, row by row: what each costs, and what is wrong with those we cannot read.

The file is CSV, with commas or semicolons and a first row of names, or NDJSON, one object a line. It is read
as a stream: a few thousand rows are in memory at a time, whatever the file holds. A row that cannot be
reckoned is answered by a Problem that names row, field and what to write; the others get their answers.
Rows are counted as a spreadsheet counts them: the first line is row 1.

    measure               the address name of a wage subsidy: midlertidig-lonnstilskudd …
    start, end            2027-02-01 or 1.2.2027; the days to reckon for, both included
    monthly_wage_nok      whole kroner for the position as held
    holiday_pay_percent, pension_percent, employer_tax_percent
    nav_percent           what Nav has mentioned; may be empty or left out, and then every alternative is told

The steps follow the rates of a measure from day to day. `employer_tax_percent` is a number of the row's own,
used for all its days: the file does not say which zone it is of, so nobody here knows when it changes.

There is no column for a name, a number or anything else about a person, and a column we do not know stops the
file. Amounts are whole NOK, an estimate: Nav decides.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice
from typing import Any, BinaryIO

import numpy as np

from inclusion_rules.batch import HIGHEST_WAGE, HUNDREDTHS, WAYS, Agreements, period_amounts, reckon
from inclusion_rules.estimate import SUBSIDIES, longest_end, ways_of_giving
from inclusion_rules.measures import all_measures
from inclusion_rules.periods import add_years
from inclusion_rules.rates import NoRate, NotSupposable, RateBook
from inclusion_rules.subsidy import PERMANENT, SUMMER_JOB, Agreement, start_percent
from inclusion_rules.three_languages import Text, read_file, text

PERCENTS = ("holiday_pay_percent", "pension_percent", "employer_tax_percent")
NEEDED = ("measure", "start", "end", "monthly_wage_nok", *PERCENTS)
COLUMNS = (*NEEDED, "nav_percent")

#: Bytes. A row of ours holds less than two hundred.
LONGEST_ROW = 100 * 100
#: From the first to the last day of a row.
LONGEST_YEARS = 12
_ROWS_AT_A_TIME = 1 << 12

_EXAMPLES = {name: "12" for name in PERCENTS} | {"monthly_wage_nok": "32500", "nav_percent": "40"}
_EXAMPLE_CHANGE = "midlertidig_lonnstilskudd.percent_guidance_start=50@2027-01-01"
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]+")
_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,12}([.,][0-9]{1,10})?")
_AMBIGUOUS = re.compile(r"[-\u2212]?[0-9]{1,3}([.,][0-9]{3})+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NORWEGIAN_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NAME = re.compile(r"[A-Za-z0-9_ -]{1,40}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row has no answer, or why the file is not read on. `message` says what to write, {nb, nn, en}.

    `field` is a column's name, `#3` for the third column when its name had better not be repeated, and None
    for the row as a whole.
    """

    row: int
    field: str | None
    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch with one percentage: NOK for a whole month, and for these days."""

    start: date
    end: date
    percent: Decimal
    per_month: int
    subsidy: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """What follows if Nav gives `percent` at the start. `subsidy` is the sum of the steps, in whole NOK.

    `you_pay` is the rest of the cost from the row's start to its end. `highest`: nobody has mentioned a
    percentage, and this is the most Nav may set. `support_end` is the last day of support. `capped`: the
    ceiling of a calendar year bites.
    """

    percent: Decimal
    highest: bool
    support_end: date
    subsidy: int
    you_pay: int
    capped: bool
    steps: tuple[Step, ...]

    @property
    def assumed(self) -> bool:
        return any(step.assumed for step in self.steps)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one row costs. `holiday_pay` … `total` are NOK a month, `cost` NOK from `start` to `end`."""

    row: int
    measure: str
    start: date
    end: date
    holiday_pay: int
    pension: int
    contribution: int
    total: int
    cost: int
    alternatives: tuple[Alternative, ...]


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file. One that is too long is cut short, so that it cannot fill the memory."""
    while line := stream.readline(LONGEST_ROW + 2):
        yield line
        while len(line) > LONGEST_ROW and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_ROW + 2)


def answers(lines: Iterable[bytes], *, rates: RateBook) -> Iterator[Answer | Problem]:
    """An Answer or a Problem for each row, in order. Empty lines are passed over.

    `lines` are bytes in UTF-8, with or without a line end; take them from `lines_of` when they may be long.
    A Problem with the first row, or with a column, is the last thing told: nothing after it is read.
    """
    alternatives = _alternatives(rates)
    last_end = rates.day("shared.last_end_date", date.max)
    read = (
        row if isinstance(row, Problem) else _checked(*row, alternatives, last_end) for row in _rows(lines)
    )
    while some := list(islice(read, _ROWS_AT_A_TIME)):
        good = iter(_answered([row for row in some if isinstance(row, _Row)], rates))
        yield from (row if isinstance(row, Problem) else next(good) for row in some)


def record(told: Answer | Problem, language: str) -> dict[str, Any]:
    """The answer as JSON has it, with the names that `toolbox evaluate` uses."""
    if isinstance(told, Problem):
        error = {"field": told.field, "code": told.code, "message": told.message[language]}
        return {"row": told.row, "error": error}
    return {
        "row": told.row,
        "measure": told.measure,
        "start": told.start.isoformat(),
        "end": told.end.isoformat(),
        "holiday_pay_nok": told.holiday_pay,
        "pension_nok": told.pension,
        "employer_tax_nok": told.contribution,
        "total_cost_nok": told.total,
        "cost_over_period_nok": told.cost,
        "alternatives": [
            {
                "percent": _plain(way.percent),
                "highest": way.highest,
                "support_end": way.support_end.isoformat(),
                "subsidy_nok": way.subsidy,
                "you_pay_nok": way.you_pay,
                "capped": way.capped,
                "assumed": way.assumed,
                "steps": [
                    {
                        "start": step.start.isoformat(),
                        "end": step.end.isoformat(),
                        "percent": _plain(step.percent),
                        "subsidy_per_month_nok": step.per_month,
                        "subsidy_nok": step.subsidy,
                        "assumed": step.assumed,
                    }
                    for step in way.steps
                ],
            }
            for way in told.alternatives
        ],
    }


def json_line(told: Answer | Problem, language: str) -> str:
    """`record` as a line of NDJSON, without a line end."""
    return json.dumps(record(told, language), ensure_ascii=False, separators=(",", ":"))


_CSV_COLUMNS = (
    "row",
    "measure",
    "start",
    "end",
    "total_cost_nok",
    "cost_over_period_nok",
    "percent",
    "highest",
    "support_end",
    "subsidy_per_month_nok",
    "subsidy_nok",
    "you_pay_nok",
    "capped",
    "assumed",
)


def csv_header() -> str:
    """The first row of a CSV of answers. Semicolons, so that a Norwegian spreadsheet opens it as it is."""
    return ";".join(_CSV_COLUMNS)


def csv_lines(told: Answer) -> Iterator[str]:
    """One line for each alternative. `subsidy_per_month_nok` is that of the first step."""
    whole = record(told, "en")
    for way in whole["alternatives"]:
        cells = {**whole, **way, "subsidy_per_month_nok": way["steps"][0]["subsidy_per_month_nok"]}
        yield ";".join(str(cells[name]).lower() for name in _CSV_COLUMNS)


# «What if the rate were …»


def supposed(rates: RateBook, changes: Iterable[str], on: str | None) -> RateBook:
    """The book with each of `changes` supposed, written KEY=VALUE@DATE; without a date it applies from `on`.

    NotSupposable says what to write instead, also for a rate that no answer here depends on.
    """
    for change in changes:
        key, _, rest = change.partition("=")
        value, _, day = rest.partition("@")
        if not key.startswith(tuple(f"{measure}." for measure in SUBSIDIES)) and key != "shared.base_amount":
            raise NotSupposable(f"{change}: no answer here depends on {key}: use a rate of a wage subsidy")
        match = _DATE.fullmatch(day or on or "")
        try:
            valid_from = date(*map(int, match.groups())) if match else None
            amount = Decimal(value)
        except (ValueError, ArithmeticError):
            valid_from = None
        if valid_from is None:
            raise NotSupposable(f"{change}: write KEY=VALUE@DATE, as in {_EXAMPLE_CHANGE}")
        rates = rates.supposing(key, amount, valid_from)
    return rates


# From lines to rows


class _Wrong(ValueError):
    """What is wrong with a row; it becomes a Problem where the row's number is known."""

    def __init__(self, code: str, field: str | None = None, **words: Any) -> None:
        self.code = code
        self.field = field
        self.words = words
        super().__init__(code)

    def at(self, row: int) -> Problem:
        words = {"field": self.field, "example": _EXAMPLES.get(self.field or "", ""), **self.words}
        sentences = _sentences()[self.code]
        return Problem(
            row, self.field, self.code, {code: said.format(**words) for code, said in sentences.items()}
        )


@cache
def _sentences() -> Mapping[str, Text]:
    name = "cost_file.yaml"
    return {code: text(words, f"{name} {code}") for code, words in read_file(name).items()}


def _rows(lines: Iterable[bytes]) -> Iterator[Problem | tuple[int, Mapping[str, Any]]]:
    """Each row's number and cells by column. The first line with anything on it decides what the file is."""
    read: Callable[[str], Mapping[str, Any] | None] | None = None
    number = 0
    for number, line in enumerate(lines, start=1):
        try:
            written = _decoded(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)
            if not written.strip():
                continue
            if read is None and not written.lstrip().startswith("{"):
                read = _csv(written)
                continue
            read = read or _object
            cells = read(written)
            if cells is not None:
                yield number, cells
        except _Wrong as wrong:
            yield wrong.at(number)
            if read is None:
                return
        except _WrongColumns as wrong:
            yield from (each.at(number) for each in wrong.all)
            return
    if read is None:
        yield _Wrong("empty_file").at(max(number, 1))


def _decoded(line: bytes) -> str:
    line = line.rstrip(b"\r\n")
    if len(line) > LONGEST_ROW:
        raise _Wrong("too_long_row", high=LONGEST_ROW)
    try:
        written = line.decode()
    except UnicodeDecodeError:
        raise _Wrong("not_utf8") from None
    if _CONTROL.search(written):
        raise _Wrong("control_characters")
    return written


class _WrongColumns(ValueError):
    """All that is wrong with the names of the columns."""

    def __init__(self, wrong: list[_Wrong]) -> None:
        self.all = wrong
        super().__init__("the columns are wrong")


def _csv(header: str) -> Callable[[str], Mapping[str, Any] | None]:
    """How to read the rows below this first one. _WrongColumns when its names are not ours."""
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = [name.strip().lower() for name in _cells(header, delimiter)]
    while names and not names[-1]:
        names.pop()
    wrong = _wrong_names(names)
    wrong += [_Wrong("missing_column", name) for name in NEEDED if name not in names]
    if wrong:
        raise _WrongColumns(wrong)

    def read(line: str) -> Mapping[str, Any] | None:
        cells = [cell.strip() for cell in _cells(line, delimiter)]
        if any(cells[len(names) :]):
            raise _Wrong("too_many_cells")
        return dict(zip(names, cells, strict=False)) if any(cells) else None

    return read


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        raise _Wrong("bad_quotes") from None


def _object(line: str) -> Mapping[str, Any]:
    try:
        pairs = _pairs_decoder.decode(line)
    except (ValueError, RecursionError):
        raise _Wrong("not_json") from None
    if not isinstance(pairs, _Pairs):
        raise _Wrong("not_json")
    for wrong in _wrong_names([name for name, _ in pairs]):
        raise wrong
    return dict(pairs)


class _Pairs(list[tuple[str, Any]]):
    """The names and values of a JSON object, also those written twice."""


# Decimals as written, never floats. NaN and its like become Decimals too, and are refused when read.
_pairs_decoder = json.JSONDecoder(object_pairs_hook=_Pairs, parse_float=Decimal, parse_constant=Decimal)


def _wrong_names(names: list[str]) -> list[_Wrong]:
    """A name that might hold a formula or a secret is told by its place."""
    wrong = []
    for place, name in enumerate(names, start=1):
        shown = name if _NAME.fullmatch(name) else f"#{place}"
        if name not in COLUMNS:
            wrong.append(_Wrong("unknown_column", shown, choices=", ".join(COLUMNS)))
        elif name in names[: place - 1]:
            wrong.append(_Wrong("written_twice", shown))
    return wrong


# From cells to values


@dataclass(frozen=True, slots=True)
class _Way:
    """One alternative: its place in batch.WAYS, percentages in hundredths, and how long it may last."""

    way: int
    chosen: int
    percent: int
    longest: date | None


_Alternatives = Callable[[str, date], tuple[_Way, ...]]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that can be reckoned. Percentages are hundredths."""

    number: int
    measure: str
    start: date
    end: date
    wage: int
    percents: tuple[int, ...]
    ways: tuple[_Way, ...]
    highest: bool


def _alternatives(rates: RateBook) -> _Alternatives:
    """What Nav may give by a measure from a day. The same few days come again and again in a file."""

    @lru_cache(maxsize=_ROWS_AT_A_TIME)
    def alternatives(measure: str, start: date) -> tuple[_Way, ...]:
        rates.value("shared.days_per_month", start)
        found = []
        for group, chosen in ways_of_giving(measure, start, rates, None):
            place = next(
                number
                for number, way in enumerate(WAYS)
                if way.measure == measure and way.group in (None, group)
            )
            longest = longest_end(measure, group, start, rates)
            agreement = Agreement(measure=measure, group=group, start=start, chosen_percent=chosen)
            percent = start_percent(agreement, rates.value, start)
            assert percent is not None  # every way has one
            if longest is None or longest >= start:
                found.append(_Way(place, _hundredths(chosen or Decimal(0)), _hundredths(percent), longest))
        if measure == SUMMER_JOB:
            first, last = (
                rates.month_day(f"{measure}.{name}", start) for name in ("first_start_day", "last_start_day")
            )
            if not first <= (start.month, start.day) <= last:
                low, high = (f"{day}.{month}." for month, day in (first, last))
                raise _Wrong("out_of_season", "start", low=low, high=high)
        if not found:
            raise _Wrong("no_rate", "start")
        return tuple(found)

    return alternatives


def _checked(
    number: int, cells: Mapping[str, Any], alternatives: _Alternatives, last_end: date
) -> _Row | Problem:
    try:
        measure = _choice(cells, "measure", _measures())
        start, end = _day(cells, "start"), _day(cells, "end")
        if end < start:
            raise _Wrong("end_before_start", "end")
        if end > last_end:
            raise _Wrong("too_late", "end", high=last_end)
        if end >= add_years(start, LONGEST_YEARS):
            raise _Wrong("too_long", "end", high=LONGEST_YEARS)
        wage = _number(cells, "monthly_wage_nok", Decimal(HIGHEST_WAGE), low=1)
        if wage != int(wage):
            raise _Wrong("not_whole", "monthly_wage_nok")
        percents = tuple(_hundredths(_number(cells, name, Decimal(100))) for name in PERCENTS)
        try:
            ways = alternatives(measure, start)
        except NoRate:
            raise _Wrong("no_rate", "start") from None
        mentioned = cells.get("nav_percent") not in (None, "")
        if mentioned:
            ways = _mentioned(measure, cells, ways)
        highest = measure == PERMANENT and not mentioned
        return _Row(number, measure, start, end, int(wage), percents, ways, highest)
    except _Wrong as wrong:
        return wrong.at(number)


def _mentioned(measure: str, cells: Mapping[str, Any], ways: tuple[_Way, ...]) -> tuple[_Way, ...]:
    """The alternative with the percentage Nav has mentioned: for a permanent subsidy, any up to the most."""
    name = "nav_percent"
    if measure == PERMANENT:
        most = ways[0]
        percent = _hundredths(_number(cells, name, Decimal(most.percent) / HUNDREDTHS, low=1))
        return (_Way(most.way, percent, percent, most.longest),)
    percent = _hundredths(_number(cells, name, Decimal(100)))
    found = tuple(way for way in ways if way.percent == percent)
    if not found:
        choices = ", ".join(str(_plain(_percent(way.percent))) for way in ways)
        raise _Wrong("not_a_choice", name, choices=choices)
    return found


@cache
def _measures() -> Mapping[str, str]:
    """The wage subsidies' keys, by the names in their addresses."""
    return {all_measures()[key].slug: key for key in SUBSIDIES}


def _given(cells: Mapping[str, Any], field: str) -> Any:
    value = cells.get(field)
    if value is None or value == "":
        raise _Wrong("missing", field)
    return value


def _choice(cells: Mapping[str, Any], field: str, choices: Mapping[str, str]) -> str:
    value = _given(cells, field)
    if not isinstance(value, str) or value not in choices:
        raise _Wrong("not_a_choice", field, choices=", ".join(choices))
    return choices[value]


def _day(cells: Mapping[str, Any], field: str) -> date:
    value = _given(cells, field)
    if isinstance(value, str):
        match = _DATE.fullmatch(value)
        norwegian = _NORWEGIAN_DATE.fullmatch(value)
        parts = match.groups() if match else norwegian.groups()[::-1] if norwegian else None
        if parts:
            try:
                return date(*map(int, parts))
            except ValueError:
                pass
    raise _Wrong("not_a_date", field)


def _number(cells: Mapping[str, Any], field: str, high: Decimal, low: int = 0) -> Decimal:
    """A number as people or programs write it, with at most two decimals."""
    value = _given(cells, field)
    if isinstance(value, str):
        written = _SPACES.sub("", value)
        if _AMBIGUOUS.fullmatch(written):
            raise _Wrong("ambiguous_number", field)
        if not _NUMBER.fullmatch(written):
            raise _Wrong("not_a_number", field)
        value = Decimal(written.replace(",", ".").replace("\u2212", "-"))
    elif isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _Wrong("not_a_number", field)
    found = Decimal(value)
    if not found.is_finite():
        raise _Wrong("not_a_number", field)
    if not low <= found <= high:
        raise _Wrong("out_of_range", field, low=low, high=_plain(high))
    if found * HUNDREDTHS != int(found * HUNDREDTHS):
        raise _Wrong("too_precise", field)
    return found


def _hundredths(percent: Decimal) -> int:
    return int(percent * HUNDREDTHS)


def _percent(hundredths: int) -> Decimal:
    return Decimal(hundredths) / HUNDREDTHS


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


# From rows to answers


def _answered(rows: list[_Row], rates: RateBook) -> Iterator[Answer | Problem]:
    """The rows reckoned together; apart where some lie past what we have rates for."""
    if not rows:
        return
    try:
        found = _reckoned(rows, rates)
    except NoRate:
        if len(rows) == 1:
            yield _Wrong("no_rate", "end").at(rows[0].number)
            return
        middle = len(rows) // 2
        yield from _answered(rows[:middle], rates)
        yield from _answered(rows[middle:], rates)
        return
    yield from found


def _reckoned(rows: list[_Row], rates: RateBook) -> list[Answer]:
    asked = [(row, way) for row in rows for way in row.ways]
    start = _days(row.start for row, _ in asked)
    support_ends = [min(row.end, way.longest or row.end) for row, way in asked]
    figures = reckon(
        Agreements(
            way=np.array([way.way for _, way in asked]),
            start=start,
            end=_days(support_ends),
            monthly_wage=np.array([row.wage for row, _ in asked]),
            holiday_percent=np.array([row.percents[0] for row, _ in asked]),
            pension_percent=np.array([row.percents[1] for row, _ in asked]),
            contribution_percent=np.array([row.percents[2] for row, _ in asked]),
            chosen_percent=np.array([way.chosen for _, way in asked]),
        ),
        rates,
    )
    costs = period_amounts(start, _days(row.end for row, _ in asked), figures.cost.total, rates).tolist()
    steps: list[list[Step]] = [[] for _ in asked]
    laid_out = figures.steps
    columns = (laid_out.start, laid_out.end, laid_out.percent, laid_out.per_month, laid_out.subsidy)
    for place, first_day, last_day, percent, per_month, subsidy, assumed in zip(
        *(column.tolist() for column in (laid_out.row, *columns, laid_out.assumed)), strict=True
    ):
        steps[place].append(Step(first_day, last_day, _percent(percent), per_month, subsidy, assumed))
    subsidies, capped = figures.subsidy.tolist(), figures.capped.tolist()
    ways = [
        Alternative(
            percent=_percent(way.percent),
            highest=row.highest,
            support_end=support_end,
            subsidy=subsidy,
            you_pay=cost - subsidy,
            capped=bites,
            steps=tuple(own),
        )
        for (row, way), support_end, subsidy, cost, bites, own in zip(
            asked, support_ends, subsidies, costs, capped, steps, strict=True
        )
    ]
    slugs = {key: slug for slug, key in _measures().items()}
    months = list(zip(*(part.tolist() for part in figures.cost), strict=True))
    found = []
    first = 0
    for row in rows:
        holiday_pay, pension, contribution, total = months[first]
        found.append(
            Answer(
                row=row.number,
                measure=slugs[row.measure],
                start=row.start,
                end=row.end,
                holiday_pay=holiday_pay,
                pension=pension,
                contribution=contribution,
                total=total,
                cost=costs[first],
                alternatives=tuple(ways[first : first + len(row.ways)]),
            )
        )
        first += len(row.ways)
    return found


def _days(days: Iterable[date]) -> np.ndarray[Any, Any]:
    return np.array(list(days), dtype="datetime64[D]")
