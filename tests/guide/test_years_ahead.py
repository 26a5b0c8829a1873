"""When next year's rates are late: every page still answers, and says what is missing."""

from datetime import date

import pytest
from django.test import Client

NEED = "kommune=3101&arbeid=kitchen&andel=60"
PAGES = [
    "/",
    "/start-her/",
    f"/start-her/resultat/?{NEED}",
    "/regn-ut/",
    f"/regn-ut/overslag/?{NEED}",
    "/stotte/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2027, 10, 5), date(2028, 2, 1), date(2029, 6, 1)])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_falls_over_when_rates_are_late(settings, page, day):
    settings.TOOLBOX_TODAY = day

    assert Client().get(page).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("municipality", ["1103", "3301", "4601", "5001"])
def test_a_workplace_whose_zone_we_do_not_know_gets_a_result_a_contact_and_a_range(settings, municipality):
    settings.TOOLBOX_TODAY = date(2026, 11, 24)

    page = (
        Client().get(f"/start-her/resultat/?kommune={municipality}&arbeid=kitchen&andel=60").content.decode()
    )

    assert "Dette kan dere gjøre nå" in page
    assert "55\u00a055\u00a033\u00a036" in page
    assert "Vi kjenner ikke sonen for arbeidsgiveravgift i kommunen" in page
    assert "mellom 22\u00a0277\u00a0kr og 25\u00a0418\u00a0kr" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("tiltak=sommerjobb&start=2027-02-01", "starter fra 1.\u00a0juni til 31.\u00a0august"),
        ("start=2025-02-01", "Vi har satser fra og med 1.\u00a0januar 2026"),
        ("start=2029-02-01", "Vi har ikke satser for 2029 ennå"),
    ],
)
def test_a_start_that_cannot_be_reckoned_says_what_to_write(settings, query, message):
    settings.TOOLBOX_TODAY = date(2026, 11, 24)

    assert message in Client().get(f"/regn-ut/overslag/?{NEED}&{query}").content.decode()


@pytest.mark.django_db
def test_a_ceiling_that_bites_is_in_the_formula_and_in_the_range(settings):
    settings.TOOLBOX_TODAY = date(2026, 11, 24)
    query = "kommune=3101&tiltak=varig_lonnstilskudd&lonn=90000&lonntype=maned&start=2027-02-01"

    page = Client().get(f"/regn-ut/overslag/?{query}").content.decode()

    assert "mellom 29\u00a0328\u00a0kr og 117\u00a0313\u00a0kr" in page
    assert "er delt likt på månedene. 62\u00a0067\u00a0kr." in page
