"""Sign-in at an identity provider, against a real one: a keyed hash comes through the door, and pid never."""

from __future__ import annotations

import logging
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from tests.access.conftest import form_key, last_code, write_code
from tests.access.issuer import CANARY, PID, SUBJECT, answer_there, come_in, entry, issuer, start
from toolbox.access.identity import Represented, represented
from toolbox.access.models import Account
from toolbox.access.organisation_models import Organisation, Way
from toolbox.access.trail_models import AuditEntry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the provider's own
]


@pytest.fixture(scope="module")
def at():
    with issuer() as address:
        yield address


@pytest.fixture(autouse=True)
def provider(settings, at):
    settings.OIDC_PROVIDERS = [entry(at)]


def everything_stored() -> str:
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [str(row) for row in cursor.fetchall()]
    rows += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(rows)


def contact(client: Client, address: str) -> None:
    """Write an address on the contact-details page, and the code that comes."""
    path = "/logg-inn/kontakt/"
    client.post(path, {"epost": address, "nokkel": form_key(client, path)})
    assert write_code(client, last_code(address)).status_code == 302


def test_without_an_address_contact_details_are_asked_for_and_then_the_identity_opens_the_account(client):
    assert come_in(client, SUBJECT, neste="/min-side/om-meg/").headers["Location"] == "/logg-inn/kontakt/"
    assert "Ansattporten har vist at det er deg" in client.get("/logg-inn/kontakt/").content.decode()
    assert not Account.objects.exists()
    contact(client, "kari@firma.no")
    again = Client()
    assert come_in(again, SUBJECT, neste="/min-side/om-meg/").headers["Location"] == "/min-side/om-meg/"
    assert "kari@firma.no" in again.get("/min-side/").content.decode()
    assert Account.objects.count() == 1


def test_pid_name_and_subject_are_in_no_table_session_or_log(client, caplog):
    caplog.set_level(logging.DEBUG, logger="toolbox")
    caplog.set_level(logging.DEBUG, logger="django")
    caplog.set_level(logging.DEBUG, logger="allauth")
    come_in(client, SUBJECT)
    before_the_account = everything_stored()
    contact(client, "kari@firma.no")
    come_in(client, SUBJECT)
    for canary in (PID, CANARY, SUBJECT):
        assert canary not in before_the_account
        assert canary not in everything_stored()
        assert canary not in caplog.text
    kept = SocialAccount.objects.get()
    assert kept.extra_data == {} and len(kept.uid) == 64
    assert not SocialToken.objects.exists()


def test_an_address_the_provider_vouches_for_makes_the_account(client):
    assert come_in(client, "with-address").headers["Location"] == "/min-side/"
    assert Account.objects.get().email == "mette@firma.no"


def test_an_address_that_has_an_account_must_be_proved_here_as_well(client):
    """An issuer's word is not enough to open what somebody else may have made."""
    Account.objects.create(email="mette@firma.no")
    assert come_in(client, "with-address").headers["Location"] == "/logg-inn/kontakt/"
    assert client.get("/min-side/").status_code == 302


def test_an_address_the_provider_does_not_vouch_for_is_not_taken(client):
    assert come_in(client, "unproved-address").headers["Location"] == "/logg-inn/kontakt/"
    assert not Account.objects.exists()


def test_the_organisations_somebody_acts_for_are_in_the_session(client):
    come_in(client, SUBJECT)
    contact(client, "kari@firma.no")
    expected = [{"org_number": "987464291", "name": "Testbakeriet AS"}]
    assert client.session["represents"] == expected
    again = Client()
    come_in(again, SUBJECT)
    assert again.session["represents"] == expected


NUMBER = "987464291"


def set_up(client: Client, number: str = NUMBER) -> Organisation:
    form = {"slag": "company", "nummer": number, "navn": "Testbakeriet AS", "nokkel": "k" * 24}
    assert client.post("/bedrift/ny/", form).status_code == 302
    return Organisation.objects.get(number=number)


def test_signing_in_confirms_what_the_person_administers_and_nothing_else(signed_in):
    mette = signed_in("mette@firma.no")
    mine, other = set_up(mette), set_up(mette, "910000004")
    assert not mine.is_confirmed
    come_in(mette, SUBJECT, neste="/min-side/")  # signed in already: the identity is connected
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.confirmed_by_way, mine.confirmed_on) == (Way.ANSATTPORTEN, date(2026, 11, 24))
    assert not other.is_confirmed
    entry = AuditEntry.objects.get(act="organisation.confirmed")
    assert (entry.actor, entry.object_id) == (Account.objects.get().pk, str(mine.pk))
    page = mette.get(f"/bedrift/{mine.pk}/").content.decode()
    assert "Bekreftet 24. november 2026 gjennom Ansattporten." in page.replace("\u00a0", " ")


def test_signing_in_anew_confirms_what_was_set_up_since(signed_in, client):
    come_in(signed_in("mette@firma.no"), SUBJECT, neste="/min-side/")
    mine = set_up(signed_in("mette@firma.no"))  # by a code this time
    assert not mine.is_confirmed
    come_in(client, SUBJECT)
    mine.refresh_from_db()
    assert mine.confirmed_by_way == Way.ANSATTPORTEN


def test_the_first_sign_in_confirms_too_when_the_address_is_proved(signed_in, client):
    mine = set_up(signed_in("kari@firma.no"))
    come_in(client, SUBJECT)
    mine.refresh_from_db()
    assert not mine.is_confirmed, "we do not know whose it is yet"
    contact(client, "kari@firma.no")
    mine.refresh_from_db()
    assert mine.confirmed_by_way == Way.ANSATTPORTEN


@pytest.mark.parametrize("setting", [{"organisations": False}, {"organisations": "no"}, {}])
def test_a_provider_that_is_not_set_to_be_believed_says_nothing_of_organisations(
    signed_in, client, settings, at, setting
):
    without = {name: said for name, said in entry(at).items() if name != "organisations"}
    settings.OIDC_PROVIDERS = [without | setting]
    mine = set_up(signed_in("kari@firma.no"))
    come_in(client, SUBJECT)
    contact(client, "kari@firma.no")
    client.post(f"/bedrift/{mine.pk}/ansattporten/")
    mine.refresh_from_db()
    assert not mine.is_confirmed and client.session["represents"] == []


def test_somebody_who_is_no_member_is_offered_to_set_it_up(signed_in):
    client = signed_in("mette@firma.no")
    offer = f"/bedrift/ny/?nummer={NUMBER}"
    assert offer not in client.get("/min-side/").content.decode()
    come_in(client, SUBJECT, neste="/min-side/")
    for page in ("/min-side/", "/bedrift/"):
        shown = client.get(page).content.decode()
        assert offer in shown and "Legg til Testbakeriet AS" in shown
    assert f'value="{NUMBER}"' in client.get(offer).content.decode()
    assert set_up(client).confirmed_by_way == Way.ANSATTPORTEN
    for page in ("/min-side/", "/bedrift/"):
        assert offer not in client.get(page).content.decode()


def test_the_question_has_state_nonce_and_pkce_and_what_the_settings_ask_for(client, settings, at):
    settings.OIDC_PROVIDERS = [entry(at, acr=["substantial", "high"], resource="urn:altinn:resource:x")]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(start(client)).query).items()}
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) >= 43
    assert len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32
    assert asked["acr_values"] == "substantial high"
    assert '"urn:altinn:resource:x"' in asked["authorization_details"]
    assert asked["redirect_uri"] == "http://localhost:8000/logg-inn/tilbake/ansattporten/"


def test_nothing_in_our_own_address_changes_the_question(client):
    answer = client.post("/logg-inn/med/ansattporten/?scope=phone&auth_params=nonce%3Dx&process=connect", {})
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert "phone" not in asked["scope"][0] and asked["nonce"] != ["x"]


@pytest.mark.parametrize("acr", [["high"], []], ids=["too low", "any"])
def test_a_level_of_assurance_we_did_not_ask_for_is_refused(client, settings, at, acr):
    settings.OIDC_PROVIDERS = [entry(at, acr=acr)]
    assert come_in(client, SUBJECT).status_code == (400 if acr else 302)


def test_an_answer_works_in_no_other_browser_and_not_twice(client):
    back = answer_there(start(client), SUBJECT)
    thief = Client()
    assert thief.get(back).status_code == 400
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400


def test_an_answer_to_another_question_is_refused(client):
    """The code of one sign-in, with the state of another: its nonce is not ours."""
    other = Client()
    stolen = parse_qs(urlsplit(answer_there(start(other), SUBJECT)).query)["code"][0]
    state = parse_qs(urlsplit(start(client)).query)["state"][0]
    assert client.get(f"/logg-inn/tilbake/ansattporten/?code={stolen}&state={state}").status_code == 400


def test_an_answer_from_another_issuer_is_refused(client):
    assert client.get(answer_there(start(client), SUBJECT) + "&iss=https://evil.example").status_code == 400


def test_somebody_who_turns_back_is_told_that_nothing_happened(client):
    state = parse_qs(urlsplit(start(client)).query)["state"][0]
    page = client.get(f"/logg-inn/tilbake/ansattporten/?error=access_denied&state={state}")
    assert page.status_code == 200 and "Du avbrøt hos Ansattporten" in page.content.decode()


def test_a_provider_that_does_not_answer_is_not_our_error_page(client, settings):
    settings.OIDC_PROVIDERS = [entry("http://localhost:9")]
    page = client.post("/logg-inn/med/ansattporten/")
    assert page.status_code == 502 and "be om en kode på e-post" in page.content.decode()


def test_an_issuer_that_calls_itself_something_else_is_refused(client, settings, at):
    settings.OIDC_PROVIDERS = [entry(at.replace("localhost", "LOCALHOST"))]
    assert client.post("/logg-inn/med/ansattporten/").status_code == 502


def test_an_identity_is_connected_to_the_account_that_is_signed_in_and_taken_away_again(signed_in):
    client = signed_in("mette@firma.no")
    come_in(client, SUBJECT, neste="/min-side/innlogging/")
    assert "Koble fra Ansattporten" in client.get("/min-side/innlogging/").content.decode()
    assert SocialAccount.objects.get().user.email == "mette@firma.no"
    for _twice in range(2):
        client.post("/min-side/innlogging/", {"fjern": "ansattporten"})
    assert not SocialAccount.objects.exists()
    entries = AuditEntry.objects.order_by("number").values_list("act", "object_id")
    assert list(entries)[1:] == [
        ("provider.connected", "ansattporten"),
        ("provider.disconnected", "ansattporten"),
    ]


def test_which_way_somebody_signed_in_is_logged_and_not_who_they_are_there(client):
    come_in(client, "with-address")
    come_in(Client(), "with-address")
    acts = list(AuditEntry.objects.order_by("number").values_list("act", flat=True))
    assert acts == ["provider.connected", "sign_in.provider", "sign_in.provider"]


def test_an_identity_that_opens_another_account_is_not_moved(signed_in, client):
    come_in(client, "with-address")
    page = come_in(signed_in("per@firma.no"), "with-address")
    assert page.status_code == 409
    assert SocialAccount.objects.get().user.email == "mette@firma.no"


def test_after_a_sign_in_begun_in_english_the_pages_are_in_english(client):
    answer = client.post("/en/logg-inn/med/ansattporten/", {"neste": "/en/min-side/"})
    back = client.get(answer_there(answer.headers["Location"], SUBJECT))
    assert back.headers["Location"] == "/en/logg-inn/kontakt/"


@pytest.mark.parametrize(
    "details",
    [
        [{"reportees": [{"ID": "0192:987464291", "Name": "Testbakeriet AS"}]}],
        [{"authorized_parties": [{"orgno": "987464291", "name": "Testbakeriet AS"}]}],
        [
            {
                "authorized_parties": [
                    {
                        "orgno": {"authority": "iso6523-actorid-upis", "ID": "0192:987464291"},
                        "name": "Testbakeriet AS",
                    }
                ]
            }
        ],
    ],
)
def test_organisations_are_read_in_every_shape_they_come_in(details):
    assert represented(details) == (Represented("987464291", "Testbakeriet AS"),)


@pytest.mark.parametrize(
    "details", [None, [], "x", [1], [{}], [{"reportees": None}], [{"reportees": [{"ID": PID}]}], {"a": 1}]
)
def test_no_organisation_and_nothing_like_one_give_none(details):
    assert represented(details) == ()
