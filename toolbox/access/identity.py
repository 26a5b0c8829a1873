"""Sign-in at an identity provider (OpenID Connect): what is asked, and the little that is kept of the answer.

allauth speaks the protocol: state, PKCE, the exchange of the code. Here is what it leaves out or does not do
as we want it: the nonce, the signature of the id_token, the issuer, private_key_jwt, and the door. Through
the door come a keyed hash of issuer and subject, an address the issuer vouches for, and the organisations the
person may act for. `pid` (a national id) and everything else is dropped there, and stands nowhere.

Each provider is an entry of settings.OIDC_PROVIDERS:

    id, name          its part of the address, and what the button says
    issuer            exactly as in its id_tokens
    client_id, secret or private_key (PEM, for private_key_jwt) with key_id
    scope             words with spaces between, «openid» unless said
    acr               levels of assurance that are asked for and accepted; any when there is none
    resource          Altinn's resource (urn:altinn:resource:…): asks which organisations the person acts for
    organisations     true for Ansattporten: what it says of organisations is believed, and confirms them
                      Without it, whatever a provider says of organisations is dropped at the door
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from toolbox.access import audit
from toolbox.access.addresses import NotAnAddress, one_form
from toolbox.access.models import Account

#: How long what a provider says of itself is kept.
DISCOVERY_KEPT = 24 * 60 * 60
#: Seconds a client assertion lives; Digdir takes at most 120.
ASSERTION_LIVES = 60
#: Seconds to wait for the provider's keys.
PATIENCE = 5
#: Seconds the provider's clock may be from ours.
CLOCKS_DIFFER = 30
#: Signatures with a key that only the provider has. Never «none», never a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_ORG_NUMBER = re.compile(r"(?:0192:)?(\d{9})")


class NotSignedIn(Exception):
    """The provider has not vouched for anybody. `status` is what the page about it answers."""

    status = 400


class TurnedBack(NotSignedIn):
    """The person did not want to."""

    status = 200


class NoAnswer(NotSignedIn):
    """The provider cannot be reached, or is not what the settings say."""

    status = 502


@dataclass(frozen=True, slots=True)
class Represented:
    """An organisation that the person may act for, as the provider says."""

    org_number: str
    name: str


@dataclass(frozen=True, slots=True)
class Proved:
    """What is kept of an answer. `uid` is a keyed hash of issuer and subject; `next` where to go on."""

    provider: str
    uid: str
    email: str | None
    represents: tuple[Represented, ...]
    acr: str
    next: str


def providers() -> list[dict[str, Any]]:
    """The providers of this installation, in the order the buttons stand. Usually none or one."""
    return list(settings.OIDC_PROVIDERS)


def find(provider: str) -> dict[str, Any] | None:
    return next((entry for entry in providers() if entry["id"] == provider), None)


def send_away(request: HttpRequest, provider: Mapping[str, Any], *, go_on_to: str) -> HttpResponse:
    """Lead the browser to the provider. Raises NoAnswer."""
    state = secrets.token_urlsafe(32)
    asked = {"nonce": _nonce(state)}
    if provider.get("acr"):
        asked["acr_values"] = " ".join(provider["acr"])
    if provider.get("resource"):
        wanted = {"type": "ansattporten:altinn:resource", "resource": provider["resource"]}
        asked["authorization_details"] = json.dumps([wanted])
    client = _Client(request, provider)
    try:
        response: HttpResponse = client.get_provider().redirect(
            request, process="login", next_url=go_on_to, auth_params=asked, state_id=state
        )
    except (OAuth2Error, requests.RequestException, ValueError, KeyError) as error:
        raise NoAnswer from error
    return response


def come_back(request: HttpRequest, provider: Mapping[str, Any]) -> Proved:
    """Read the provider's answer in the address. Raises NotSignedIn unless all of it is as it must be."""
    state_id = request.GET.get("state", "")
    state = statekit.unstash_state(request, provider_id=provider["id"], state_id=state_id)
    if state is None:
        raise NotSignedIn("this browser did not ask")
    if request.GET.get("iss", provider["issuer"]) != provider["issuer"]:
        raise NotSignedIn("another issuer answered")
    if request.GET.get("error") == "access_denied":
        raise TurnedBack
    if "code" not in request.GET:
        raise NotSignedIn("the provider has no answer")
    client = _Client(request, provider)
    try:
        claims = client.claims(request.GET["code"], state["pkce_code_verifier"])
    except requests.RequestException as error:
        raise NoAnswer from error
    except (OAuth2Error, jwt.PyJWTError, ValueError, KeyError) as error:
        raise NotSignedIn("the answer does not hold") from error
    if not constant_time_compare(str(claims.get("nonce", "")), _nonce(state_id)):
        raise NotSignedIn("the answer is to another question")
    acr = str(claims.get("acr", ""))
    if provider.get("acr") and acr not in provider["acr"]:
        raise NotSignedIn("the level of assurance is not one we asked for")
    return Proved(
        provider=provider["id"],
        uid=_uid(provider["issuer"], str(claims["sub"])),
        email=_vouched_for(claims),
        represents=(
            represented(claims.get("authorization_details")) if provider.get("organisations") is True else ()
        ),
        acr=acr,
        next=state.get("next", ""),
    )


def represented(details: object) -> tuple[Represented, ...]:
    """The organisations in `authorization_details` (RFC 9396), in both shapes Ansattporten is known to use.

    `reportees` with ID and Name (Altinn 2), `authorized_parties` with orgno and name (Altinn 3). Whatever has
    no nine digits is passed over; nothing here raises.
    """
    found: dict[str, str] = {}
    for detail in details if isinstance(details, list) else []:
        if not isinstance(detail, dict):
            continue
        for listed in ("reportees", "authorized_parties"):
            for party in detail.get(listed) or []:
                if isinstance(party, dict):
                    number = party.get("orgno") or party.get("ID") or ""
                    number = number.get("ID", "") if isinstance(number, dict) else number
                    if match := _ORG_NUMBER.fullmatch(str(number)):
                        found[match[1]] = str(party.get("name") or party.get("Name") or "")[:200]
    return tuple(Represented(number, name) for number, name in found.items())


def account_of(proved: Proved) -> Account | None:
    """The account this identity was connected to before."""
    found = SocialAccount.objects.filter(provider=proved.provider, uid=proved.uid).first()
    return found.user if found else None


def connect(account: Account, provider: str, uid: str, at: datetime) -> bool:
    """Let this identity open the account from now on. False when it already opens another one."""
    with transaction.atomic():
        kept, new = SocialAccount.objects.get_or_create(
            provider=provider, uid=uid, defaults={"user": account, "extra_data": {}}
        )
        if new:
            _note("connected", account, provider, at)
    return bool(kept.user_id == account.pk)


def disconnect(account: Account, provider: str, at: datetime) -> bool:
    """No identity at this provider opens the account any more. False when none did."""
    with transaction.atomic():
        gone = SocialAccount.objects.filter(user=account, provider=provider).delete()[0] > 0
        if gone:
            _note("disconnected", account, provider, at)
    return gone


def _note(what: str, account: Account, provider: str, at: datetime) -> None:
    # The name of the provider, never who somebody is there.
    audit.record(f"provider.{what}", by=account, kind="provider", object_id=provider, about=account.pk, at=at)


def _nonce(state: str) -> str:
    return salted_hmac("toolbox.access.identity.nonce", state, algorithm="sha256").hexdigest()


def _uid(issuer: str, subject: str) -> str:
    return salted_hmac("toolbox.access.identity.uid", f"{issuer} {subject}", algorithm="sha256").hexdigest()


def _vouched_for(claims: Mapping[str, Any]) -> str | None:
    if claims.get("email_verified") is not True:
        return None
    try:
        return one_form(str(claims.get("email", "")))
    except NotAnAddress:
        return None


class _Provider(OpenIDConnectProvider):
    """allauth's provider, by our settings alone. Nothing is taken from the query string."""

    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> _Client:
        return _Client(request, find(self.app.provider_id) or {})


class _Client(OpenIDConnectOAuth2Adapter):
    """One exchange with one provider."""

    def __init__(self, request: HttpRequest, entry: Mapping[str, Any]) -> None:
        super().__init__(request, entry["id"])
        self.entry = entry
        self.app = SocialApp(
            provider="openid_connect",
            provider_id=entry["id"],
            name=entry["name"],
            client_id=entry["client_id"],
            secret=entry.get("secret", ""),
            settings={"server_url": entry["issuer"], "scope": entry.get("scope", "openid").split()},
        )

    def get_provider(self) -> _Provider:
        return _Provider(self.request, app=self.app)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        # Registered at the provider, so it is the same whatever the language.
        path = reverse("identity:back", args=[self.entry["id"]])
        return f"{settings.SITE_URL}{path}"

    @property
    def openid_config(self) -> dict[str, Any]:
        key = f"oidc:{self.entry['issuer']}"
        found: dict[str, Any] | None = cache.get(key)
        if found is None:
            found = super().openid_config
            if found["issuer"] != self.entry["issuer"]:
                raise OAuth2Error("The provider calls itself by another name than settings.OIDC_PROVIDERS.")
            cache.set(key, found, DISCOVERY_KEPT)
        return found

    @property
    def basic_auth(self) -> bool:
        # An empty secret in a header, beside the assertion, is a second proof: providers refuse two.
        return "private_key" not in self.entry and bool(super().basic_auth)

    def claims(self, code: str, verifier: str) -> dict[str, Any]:
        """What the id_token says, its signature, issuer, audience and time checked; with the address."""
        extra = self._assertion() if "private_key" in self.entry else {}
        client = self.get_client(self.request, self.app)
        answer = client.get_access_token(code, pkce_code_verifier=verifier, extra_data=extra)
        claims = self._verified(answer["id_token"])
        if "email" not in claims and "email" in self.app.settings["scope"]:
            told = self._fetch_user_info(answer["access_token"])
            if told["sub"] == claims["sub"]:
                claims |= {name: told[name] for name in ("email", "email_verified") if name in told}
        return claims

    def _verified(self, id_token: str) -> dict[str, Any]:
        published = requests.get(self.openid_config["jwks_uri"], timeout=PATIENCE)
        published.raise_for_status()
        wanted = jwt.get_unverified_header(id_token).get("kid")
        # A provider with one key need not name it.
        keys = [key for key in jwt.PyJWKSet.from_dict(published.json()).keys if wanted in (None, key.key_id)]
        if len(keys) != 1:
            raise OAuth2Error("The id_token is not signed by a key that the provider publishes.")
        return jwt.decode(
            id_token,
            keys[0],
            algorithms=ALGORITHMS,
            issuer=self.entry["issuer"],
            audience=self.entry["client_id"],
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "sub"]},
        )

    def _assertion(self) -> dict[str, str]:
        now = int(time.time())
        said = {
            "iss": self.entry["client_id"],
            "sub": self.entry["client_id"],
            "aud": self.entry["issuer"],
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + ASSERTION_LIVES,
        }
        signed = jwt.encode(
            said, self.entry["private_key"], algorithm="RS256", headers={"kid": self.entry["key_id"]}
        )
        return {
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": signed,
        }
