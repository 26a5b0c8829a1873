"""Numbers and dates the way people write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolbox.ui.forms import read_date, read_number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("200", "200"),
        ("200,50", "200.50"),
        ("200.50", "200.50"),
        ("1.500", "1500"),
        ("1 500", "1500"),
        ("1\u00a0500,50", "1500.50"),
        ("1.500,50", "1500.50"),
        ("1,500.50", "1500.50"),
        ("1'500", "1500"),
        ("200,125", "200.125"),
        ("1,500", "1.5"),
        ("0,004", "0.004"),
        ("0.004", "0.004"),
        ("-1.500", "-1500"),
        ("25 418 kr", "25418"),
        ("kr 200,-", "200"),
        ("200kr/t", "200"),
        ("200 kr per time", "200"),
        ("60 %", "60"),
        ("60 prosent", "60"),
        ("\u221220", "-20"),
        ("NOK 200", "200"),
    ],
)
def test_a_number_is_read_as_meant(written, meant):
    assert read_number(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["", "1e3", "mye", "1.2.3", "1,5,0", "1,500,000", "--2", "0x10", "200 eller 300", "½", "NaN"]
)
def test_what_is_no_number_is_none(written):
    assert read_number(written) is None


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text):
    assert read_number(text) is None or isinstance(read_number(text), Decimal)
    assert read_date(text) is None or isinstance(read_date(text), date)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_thousands_may_be_grouped_by_space_or_point(number):
    for mark in (" ", ".", "\u00a0"):
        assert read_number(f"{number:,}".replace(",", mark)) == number


@pytest.mark.parametrize(
    "written",
    [
        "2027-02-01",
        "1.2.2027",
        "01.02.27",
        "1/2 2027",
        "1. februar 2027",
        "1 feb 2027",
        "1. Februar 2027",
        "1.februar 2027",
        "mandag 1. februar 2027",
        "Måndag 1. februar 2027",
        "monday, 1 february 2027",
        "mandag 1.2.2027",
    ],
)
def test_a_date_is_read_as_meant(written):
    assert read_date(written) == date(2027, 2, 1)


@pytest.mark.parametrize(
    "written", ["", "31.2.2027", "i morgen", "2027", "1.13.2027", "0.1.2027", "32.1.2027", "²"]
)
def test_what_is_no_date_is_none(written):
    assert read_date(written) is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_can_be_written_three_ways(day):
    for written in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%y}"):
        assert read_date(written) == day
