"""The zone of employer's contribution: known, or said to be unknown; never guessed."""

import csv

import pytest

from inclusion_rules import contribution_zone
from inclusion_rules.contribution_zone import ZONES, contribution_rate_key, zone_of
from toolbox.places.municipalities import OSTFOLD, all_municipalities, in_county


@pytest.mark.parametrize("municipality", in_county(OSTFOLD), ids=lambda m: m.name)
def test_ostfold_is_zone_1_but_only_inferred(municipality):
    zone = zone_of(municipality.number)
    assert (zone.code, zone.confidence) == ("1", "medium")
    assert zone.source.startswith("inferred")


def test_a_municipality_we_do_not_know_is_unknown_and_never_zone_1():
    assert zone_of("4601") is None  # Bergen
    assert zone_of("9999") is None
    assert zone_of("") is None


def test_the_north_is_not_zone_1():
    assert zone_of("5601").code == "5"
    assert zone_of("5501").code == "4a"


def test_no_zone_is_more_certain_than_medium():
    known = [zone_of(m.number) for m in all_municipalities() if zone_of(m.number)]
    assert len(known) == 59
    assert {zone.confidence for zone in known} == {"medium"}


def test_the_zone_file_has_the_municipalities_of_today():
    with contribution_zone._FILE.open(encoding="utf-8") as file:
        assert {row["number"] for row in csv.DictReader(file)} == {m.number for m in all_municipalities()}


def test_each_zone_names_its_rate():
    assert contribution_rate_key(zone_of("3101")) == "shared.contribution_zone_1"
    assert contribution_rate_key("4a") == "shared.contribution_zone_4a"
    assert len({contribution_rate_key(code) for code in ZONES}) == 7


def test_a_code_that_is_no_zone_is_refused_with_the_codes_that_are():
    with pytest.raises(ValueError, match="use one of 1, 1a"):
        contribution_rate_key("6")
