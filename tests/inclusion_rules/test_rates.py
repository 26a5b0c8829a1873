"""The book of dated rates: what it answers, what it refuses, and what a rate file must hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from inclusion_rules.rates import (
    HERE,
    LANGUAGES,
    NoRate,
    NotSupposable,
    RateFileError,
    load_rates,
    shipped_rates,
)

FIELDS = {
    "name": "{nb: Sats, nn: Sats, en: Rate}",
    "unit": "nok",
    "law": "Loven § 1",
    "source": "{title: Kilde, url: 'https://lovdata.no/lov/1'}",
    "checked": "2026-11-23",
    "checked_by": "Prøve",
    "known_to": "2026-12-31",
    "values": "{2024-01-01: 10, 2025-01-01: 11.5, 2026-01-01: {value: 12, law: Loven § 2}}",
}


def book(root: Path, **changes):
    """A book of one rate, shared.ceiling; a change of None leaves the field out."""
    fields = {name: value for name, value in {**FIELDS, **changes}.items() if value is not None}
    folder = root / "shared_rates"
    folder.mkdir(exist_ok=True)
    (folder / "one.yaml").write_text("ceiling:\n" + "".join(f"  {name}: {fields[name]}\n" for name in fields))
    return load_rates(root)


def test_the_value_of_the_day(tmp_path):
    rates = book(tmp_path)
    rate = rates.rate("shared.ceiling", date(2025, 6, 1))
    assert (rate.value, rate.valid_from, rate.valid_to) == (
        Decimal("11.5"),
        date(2025, 1, 1),
        date(2025, 12, 31),
    )
    assert (rate.law, rate.assumed, rate.source.title) == ("Loven § 1", False, "Kilde")
    assert rates.value("shared.ceiling", date(2024, 12, 31)) == 10
    newest = rates.rate("shared.ceiling", date(2026, 1, 1))
    assert (newest.value, newest.valid_to, newest.law) == (12, None, "Loven § 2")


def test_twelve_months_past_what_is_known(tmp_path):
    rates = book(tmp_path)
    assert not rates.rate("shared.ceiling", date(2026, 12, 31)).assumed
    assert rates.rate("shared.ceiling", date(2027, 1, 1)).assumed
    assert rates.rate("shared.ceiling", date(2027, 12, 31)).value == 12
    with pytest.raises(NoRate) as told:
        rates.rate("shared.ceiling", date(2028, 1, 1))
    assert (told.value.key, told.value.on) == ("shared.ceiling", date(2028, 1, 1))


def test_open_rates_are_never_an_assumption(tmp_path):
    rates = book(tmp_path, known_to="open")
    assert not rates.rate("shared.ceiling", date(2090, 1, 1)).assumed


def test_no_value_before_the_first_nor_in_a_gap(tmp_path):
    rates = book(tmp_path, values="{2024-01-01: 10, 2025-01-01: null, 2026-01-01: 12}")
    for day in (date(2023, 12, 31), date(2025, 1, 1), date(2025, 12, 31)):
        with pytest.raises(NoRate):
            rates.rate("shared.ceiling", day)
    assert rates.rate("shared.ceiling", date(2024, 12, 31)).valid_to == date(2024, 12, 31)
    assert rates.value("shared.ceiling", date(2026, 1, 1)) == 12


def test_navs_tables_answer_whatever_we_know(tmp_path):
    rates = book(tmp_path, nav_table_ends="2027-06-30")
    assert rates.tabled("shared.ceiling", date(2027, 6, 30)) == 12
    assert rates.tabled("shared.ceiling", date(2027, 7, 1)) is None
    assert rates.tabled("shared.ceiling", date(2023, 12, 31)) is None
    assert book(tmp_path).tabled("shared.ceiling", date(2050, 1, 1)) == 12


def test_days_and_days_of_the_year(tmp_path):
    rates = book(tmp_path, unit="date", values="{2024-01-01: 2032-12-31}")
    assert rates.day("shared.ceiling", date(2026, 1, 1)) == date(2032, 12, 31)
    rates = book(tmp_path, unit="month_day", values='{2024-01-01: "08-31"}')
    assert rates.month_day("shared.ceiling", date(2026, 1, 1)) == (8, 31)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_needed(tmp_path, field):
    with pytest.raises(RateFileError, match=f"one.yaml: shared.ceiling (lacks|needs).*{field}"):
        book(tmp_path, **{field: None})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"unit": "kroner"}, "'kroner'; use one of"),
        ({"name": "{nb: Sats, en: Rate}"}, "nb, nn and en"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(tmp_path, changes, message):
    with pytest.raises(RateFileError, match=message):
        book(tmp_path, **changes)


def test_a_rate_stands_in_one_file_only(tmp_path):
    book(tmp_path)
    (tmp_path / "shared_rates" / "two.yaml").write_bytes(
        (tmp_path / "shared_rates" / "one.yaml").read_bytes()
    )
    with pytest.raises(RateFileError, match="shared.ceiling is written twice"):
        load_rates(tmp_path)


def test_the_revision_follows_the_files(tmp_path):
    before = book(tmp_path).revision
    assert book(tmp_path).revision == before
    assert book(tmp_path, law="Loven § 3").revision != before


RATE_FILES = sorted([*HERE.glob("shared_rates/*.yaml"), *HERE.glob("measures/*/rates.yaml")])


@pytest.mark.parametrize("path", RATE_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_key_is_written_twice_in_a_file(path):
    # YAML readers let the last one win without a word.
    def keys(node):
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            assert len(names) == len(set(names)), (
                f"written twice: {sorted(n for n in names if names.count(n) > 1)}"
            )
            for _, value in node.value:
                keys(value)

    keys(yaml.compose(path.read_text()))


@pytest.mark.parametrize("table", list(shipped_rates()), ids=lambda table: table.key)
def test_every_shipped_rate_can_be_traced(table):
    assert set(table.name) == set(LANGUAGES) and all(table.name.values())
    assert table.entries, "a rate without a value"
    newest = max(entry.valid_from for entry in table.entries if entry.value is not None)
    assert table.known_to is None or newest <= table.known_to, "known to a day before its newest value"
    for entry in table.entries:
        assert entry.law and entry.source.title
        assert entry.source.url.startswith("https://"), entry.source.url
        if entry.note is not None:
            assert set(entry.note) == set(LANGUAGES)


# «What if the rate were …»


def test_a_supposed_value_applies_from_its_day_in_place_of_all_that_is_known(tmp_path):
    rates = book(tmp_path)
    supposed = rates.supposing("shared.ceiling", Decimal("11.25"), date(2025, 7, 1))
    assert supposed.value("shared.ceiling", date(2025, 6, 30)) == Decimal("11.5")
    for day in (date(2025, 7, 1), date(2026, 1, 1), date(2040, 1, 1)):
        rate = supposed.rate("shared.ceiling", day)
        assert (rate.value, rate.assumed, rate.valid_from) == (Decimal("11.25"), True, date(2025, 7, 1))
        assert (rate.law, rate.source.title) == ("", "")
    assert not supposed.rate("shared.ceiling", date(2025, 6, 30)).assumed
    # The book it was made from is as before.
    assert rates.value("shared.ceiling", date(2026, 1, 1)) == 12


def test_a_supposition_has_a_revision_of_its_own(tmp_path):
    rates = book(tmp_path)
    one, same, other = (
        rates.supposing("shared.ceiling", Decimal(value), date(2026, 1, 1)) for value in ("11", "11.0", "13")
    )
    assert one.revision == same.revision
    assert len({rates.revision, one.revision, other.revision}) == 3


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1000001", "1e400", "0.001"])
def test_a_value_that_no_rate_can_have_is_not_supposed(tmp_path, value):
    with pytest.raises(NotSupposable, match="shared.ceiling cannot be"):
        book(tmp_path).supposing("shared.ceiling", Decimal(value), date(2026, 1, 1))


def test_what_cannot_be_supposed_is_told_with_what_to_write():
    rates = shipped_rates()
    months = "midlertidig_lonnstilskudd.max_months_guidance"
    for key, value, message in [
        ("midlertidig_lonnstilskudd.max_months_guide", "12", f"use one like .*{months}"),
        ("shared.last_end_date", "12", "is a day"),
        (months, "6.5", "write whole months"),
        (months, "1201", "write 0 to 1200"),
        ("midlertidig_lonnstilskudd.percent_guidance_start", "101", "write 0 to 100"),
    ]:
        with pytest.raises(NotSupposable, match=message):
            rates.supposing(key, Decimal(value), date(2026, 1, 1))
