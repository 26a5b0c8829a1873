"""What the shipped directory may say: nothing that nobody has seen, and nobody's private number."""

import re

import pytest

from toolbox.directory.seed import content_folder, read
from toolbox.places.municipalities import OSTFOLD, in_county


@pytest.fixture(scope="module")
def helpers():
    return {helper.slug: helper for helper in read(content_folder())}


def test_all_the_facts_are_there(helpers):
    assert len(helpers) == 63 + 8 + 1  # Østfold, the country, and the employer line
    assert sum(helper.kind == "nav_office" for helper in helpers.values()) == 10
    assert sum(helper.kind == "municipality" for helper in helpers.values()) == 12
    served = {number for helper in helpers.values() for number in helper.serves}
    assert served == {municipality.number for municipality in in_county(OSTFOLD)}


def test_what_we_are_unsure_of_is_kept_and_not_published(helpers):
    hidden = {slug for slug, helper in helpers.items() if not helper.published}
    assert hidden == {slug for slug, helper in helpers.items() if helper.confidence == "low"}
    assert len(hidden) == 3
    assert all(helpers[slug].unpublished_reason for slug in hidden)


def test_only_addresses_that_were_read_are_linked(helpers):
    linked = [helper for helper in helpers.values() if helper.url]
    assert len(linked) == 22
    assert all(helper.url.startswith("https://") for helper in linked)


def test_the_only_number_is_navs_employer_line(helpers):
    assert {helper.phone for helper in helpers.values()} == {"", "55 55 33 36"}
    assert all(helper.kind.startswith("nav_") for helper in helpers.values() if helper.via_line)


def test_organisation_numbers_add_up(helpers):
    numbers = [helper.org_number for helper in helpers.values() if helper.org_number]
    assert len(numbers) == len(set(numbers)) == 12
    # Modulus 11 with the weights of Enhetsregisteret: the last digit makes the sum come out even.
    for number in numbers:
        assert (
            sum(
                int(digit) * weight for digit, weight in zip(number, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)
            )
            % 11
            == 0
        )


def test_every_offer_speaks_three_languages_and_no_e_mail_is_published(helpers):
    for helper in helpers.values():
        assert helper.offers and helper.source
        for offer in helper.offers:
            assert set(offer) == {"nb", "nn", "en"} and all(offer.values())
            assert not re.search(r"@|krav på|!", " ".join(offer.values()))
            assert "NAV" not in " ".join(offer.values())


def test_nynorsk_is_not_bokmal(helpers):
    bokmal = re.compile(r"\b(ikke|hjelper dere|arbeidsgivere|fra|noen|tar oppdrag|virksomhet|følger)\b", re.I)
    for helper in helpers.values():
        for offer in helper.offers:
            assert not bokmal.search(offer["nn"]), offer["nn"]
