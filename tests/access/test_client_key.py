"""private_key_jwt, as ID-porten and Ansattporten demand it: the client is known by a signature, no secret."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client

from tests.access.issuer import come_in, entry
from tests.access.key_only_issuer import KEY_ID, key_only_issuer
from toolbox.access.models import Account

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the provider's own
]


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def provider(key):
    with key_only_issuer(key.public_key()) as (at, door):
        yield at, door


@pytest.fixture(autouse=True)
def _a_new_door(provider):
    provider[1].taken.clear()
    provider[1].refused.clear()


def with_key(at: str, key: RSAPrivateKey, **more: str) -> dict[str, object]:
    found = entry(at, **more)
    del found["secret"]
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return found | {"private_key": pem, "key_id": more.get("key_id", KEY_ID)}


def test_the_assertion_is_sent_rightly_signed_and_nothing_beside_it(settings, provider, key):
    at, door = provider
    settings.OIDC_PROVIDERS = [with_key(at, key)]
    for _time in range(2):
        assert come_in(Client(), "with-address").headers.get("Location") == "/min-side/", door.refused
    assert Account.objects.get().email == "mette@firma.no"
    assert not door.refused and len({said["jti"] for said in door.taken}) == 2


def test_the_door_refuses_another_key_a_key_without_its_name_and_a_secret(settings, provider, key):
    """What the test above leans on: this door tells right from wrong."""
    at, door = provider
    another = generate_private_key(public_exponent=65537, key_size=2048)
    for wrong in (with_key(at, another), with_key(at, key, key_id="en-annen"), entry(at)):
        settings.OIDC_PROVIDERS = [wrong]
        assert come_in(Client(), "with-address").status_code == 400
    assert door.refused == [
        "InvalidSignatureError",
        "the key is not named",
        "two proofs of who the client is",
    ]
    assert not door.taken and not Account.objects.exists()
