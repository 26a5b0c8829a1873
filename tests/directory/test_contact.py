"""S01 point 5: exactly one to call, with a number, since when, the hours, and what to ask for."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.directory.conftest import TODAY
from toolbox.directory.models import Helper
from toolbox.directory.queries import contact_through, primary_contact, tel_link
from toolbox.places.municipalities import OSTFOLD, in_county
from toolbox.ui import content_revision

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_S01_halden_has_one_contact_with_all_a_caller_needs(loaded):
    contact = primary_contact("3101", TODAY)
    assert contact.office_name == "Nav Halden-Aremark"
    assert contact.line_name == "Navs arbeidsgivertelefon"
    assert (contact.phone, contact.tel) == ("55 55 33 36", "tel:+4755553336")
    assert contact.hours == "Hverdager kl. 9–15"
    assert contact.confirmed_on == date(2026, 6, 24)
    assert contact.via_line and contact.confirmed_lately
    assert contact.ask_for == "Be om Nav Halden-Aremark."


@pytest.mark.parametrize("municipality", in_county(OSTFOLD), ids=lambda m: m.name)
def test_every_municipality_in_ostfold_has_an_office_that_serves_it(loaded, municipality):
    contact = primary_contact(municipality.number, TODAY)
    assert contact.office_name.startswith("Nav ")
    assert Helper.objects.filter(kind="nav_office", served__number=municipality.number).count() == 1


@pytest.mark.parametrize("number", ["4601", "", None, "9999", "3101'--"], ids=str)
def test_without_a_known_office_the_line_alone_answers(loaded, number):
    contact = primary_contact(number, TODAY)
    assert contact.office_name is None and not contact.via_line
    assert contact.phone == "55 55 33 36"
    assert contact.ask_for == "Be om Nav-kontoret der arbeidsplassen ligger."


def test_an_old_municipality_number_leads_to_the_office_of_today(loaded):
    assert primary_contact("0119", TODAY).office_name == "Nav Skiptvet Marker"


def test_there_is_somebody_to_call_before_anything_is_loaded(db):
    contact = primary_contact("3101", TODAY)
    assert contact.phone == "55 55 33 36"
    assert contact.confirmed_on == date(2026, 6, 24)


def test_the_contact_costs_one_query(loaded, django_assert_num_queries):
    content_revision.current()  # asked for once in a few seconds
    with django_assert_num_queries(1):
        primary_contact("3101", TODAY)


def test_an_unpublished_office_is_not_shown(loaded):
    office = Helper.objects.get(slug="nav-moss")
    office.published, office.unpublished_reason = False, "Flytter"
    office.save()
    assert primary_contact("3103", TODAY).office_name is None


def test_the_contact_speaks_the_readers_language(loaded):
    with translation.override("nn"):
        contact = primary_contact("3101", TODAY)
        assert contact.line_name == "arbeidsgivartelefonen til Nav"
        assert contact.hours == "Kvardagar kl. 9–15"
    with translation.override("en"):
        assert primary_contact("4601", TODAY).ask_for == "Ask for the Nav office where the workplace is."


def test_another_part_of_nav_is_asked_for_on_the_line(loaded):
    centre = Helper.objects.get(slug="nav-arbeidslivssenter-ost-viken")
    assert contact_through(centre, TODAY).ask_for == "Be om Nav Arbeidslivssenter Øst-Viken."


def test_others_lead_to_the_nav_office_where_they_are(loaded):
    clubhouse = Helper.objects.get(slug="fontenehuset-rygge")
    assert contact_through(clubhouse, TODAY).office_name == "Nav Moss"


@pytest.mark.parametrize(
    ("phone", "link"), [("55 55 33 36", "tel:+4755553336"), ("+47 69 00 00 00", "tel:+4769000000")]
)
def test_a_number_becomes_a_link_to_call(phone, link):
    assert tel_link(phone) == link


def card(contact, **context) -> str:
    frame = {"language": "nb", "page_revision": "today"}
    html = render_to_string("directory/contact_card.html", {"contact": contact, **frame, **context})
    return " ".join(html.split())


def test_S01_the_card_says_whose_number_it_is_and_what_to_say(loaded):
    say = "Si at du har en stilling på 60 prosent på kjøkken, og at du vurderer å ta inn noen gjennom Nav."
    html = card(primary_contact("3101", TODAY), say=say)
    assert "<strong>Nav Halden-Aremark</strong><br>gjennom Navs arbeidsgivertelefon" in html
    assert 'href="tel:+4755553336"' in html and "Ring 55 55 33 36" in html
    assert f"Be om Nav Halden-Aremark. {say}" in html
    assert "Hverdager kl. 9–15. Nummeret er sist bekreftet 24. juni 2026." in html
    assert html.count("tel:") == 1


def test_the_card_says_so_when_no_source_has_the_hours(loaded):
    line = Helper.objects.get(kind="employer_line")
    line.hours = {}
    line.save()
    assert "Åpningstid: se Navs side." in card(primary_contact("3101", TODAY))


def test_a_number_that_is_not_confirmed_lately_says_since_when(loaded):
    html = card(primary_contact("3101", date(2027, 1, 4)))
    assert "sist bekreftet 24. juni 2026. Det er ikke bekreftet nylig." in html


def test_what_an_includer_says_is_shown_as_text(loaded):
    assert "<script>" not in card(primary_contact("3101", TODAY), say="<script>alert(1)</script>")
