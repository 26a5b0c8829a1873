"""Municipalities: one name each, found however they are typed or numbered."""

import re

import pytest

from toolbox.places.municipalities import (
    OSTFOLD,
    all_municipalities,
    by_number,
    in_county,
    named,
    to_choose_from,
)
from toolbox.places.sorting import sort_key


def test_every_municipality_has_its_own_number_and_its_own_name():
    everywhere = all_municipalities()
    assert len(everywhere) == 357
    assert len({m.number for m in everywhere}) == len({m.name for m in everywhere}) == 357
    assert all(re.fullmatch(r"\d{4}", m.number) and m.number.startswith(m.county_number) for m in everywhere)
    assert len({m.county_number for m in everywhere}) == len({m.county for m in everywhere}) == 15


def test_ostfold_has_twelve_in_alphabetical_order():
    assert [m.name for m in in_county(OSTFOLD)] == [
        "Aremark",
        "Fredrikstad",
        "Halden",
        "Hvaler",
        "Indre Østfold",
        "Marker",
        "Moss",
        "Rakkestad",
        "Råde",
        "Sarpsborg",
        "Skiptvet",
        "Våler (Østfold)",
    ]
    assert in_county("99") == ()


def test_the_list_ends_with_the_letters_that_follow_z():
    names = [m.name for m in all_municipalities()]
    assert names == sorted(names, key=sort_key)
    assert names[-1] == "Åsnes"
    assert names.index("Ørsta") < names.index("Ås") and names.index("Øksnes") > names.index("Værøy")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("3101", "Halden"),
        ("0101", "Halden"),
        ("3001", "Halden"),
        ("0136", "Moss"),
        ("0138", "Indre Østfold"),
        ("3018", "Våler (Østfold)"),
        ("0121", "Aurskog-Høland"),  # Rømskog left Østfold
    ],
)
def test_old_numbers_lead_to_the_municipality_of_today(number, name):
    assert by_number(number).name == name


@pytest.mark.parametrize("number", ["", "9999", "101", "3101 ", "٣١٠١", "0", "halden", "3101' OR 1=1"])
def test_an_unknown_number_is_never_guessed(number):
    assert by_number(number) is None


@pytest.mark.parametrize("typed", ["halden", "HALDEN", "  Halden ", "ha\u00adlden".replace("\u00ad", "")])
def test_a_name_is_found_however_it_is_typed(typed):
    assert [m.number for m in named(typed)] == ["3101"]


def test_a_name_that_two_municipalities_share_gives_both():
    assert {m.number for m in named("våler")} == {"3114", "3419"}
    assert {m.number for m in named("VA\u030aLER")} == {"3114", "3419"}
    assert [m.number for m in named("Våler (Østfold)")] == ["3114"]


def test_a_former_name_leads_to_what_it_is_part_of_now():
    assert [m.name for m in named("Askim")] == ["Indre Østfold"]
    assert [m.name for m in named("rygge")] == ["Moss"]


def test_a_name_nobody_has_gives_nothing():
    assert named("Atlantis") == () == named("")


def test_a_list_to_choose_from_has_ostfold_first_and_nobody_twice():
    ostfold, rest = to_choose_from()
    assert ("3101", "Halden") in ostfold and len(ostfold) == 12
    assert ("3114", "Våler") in ostfold and ("3419", "Våler (Innlandet)") in rest
    numbers = [number for number, _name in ostfold + rest]
    assert sorted(numbers) == sorted(m.number for m in all_municipalities())
