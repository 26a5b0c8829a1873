"""Signing in and out. The same pages and the same answers whether an address has an account or not."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from toolbox.access import codes, demo, identity, organisations, passkeys, sessions, tallies
from toolbox.access.forms import AddressForm, CodeForm, SignInForm
from toolbox.access.models import Account
from toolbox.ui import errors
from toolbox.ui.clock import now, today
from toolbox.ui.form_key import new_key, posted_key
from toolbox.ui.language import language_of
from toolbox.ui.limits import visitor_address
from toolbox.ui.own_path import safe_path

#: What this session waits for: a code on its way, or an identity that has no account yet.
CODE = "code_on_its_way"
IDENTITY = "identity_without_account"
#: Passkeys from one place that did not hold, in an hour.
FAILED_KEYS_AN_HOUR = 20


def sign_in(request: HttpRequest) -> HttpResponse:
    """The door: an address to send a code to, a passkey, or an identity provider."""
    go_on_to = safe_path(request.GET.get("neste", ""))
    again = "igjen" in request.GET
    if not again and sessions.account_of(request, now()):
        return HttpResponseRedirect(go_on_to or reverse("access:my_page"))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        waits = {"next": go_on_to, "own_machine": form.cleaned_data["egen_maskin"]}
        return _send_code(request, form.cleaned_data["epost"], waits)
    return render(
        request,
        "access/sign_in.html",
        {
            "form": form,
            "key": new_key(),
            "again": again,
            "neste": go_on_to,
            "providers": identity.providers(),
        },
    )


def code(request: HttpRequest) -> HttpResponse:
    """The code from the mail. Right, it signs in; the first time it makes the account."""
    waits = request.session.get(CODE)
    if waits is None:
        return HttpResponseRedirect(reverse("access:sign_in"))
    reference, place = waits["reference"], visitor_address(request)
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        prove=lambda written: codes.use(reference, written, place=place, now=now()),
    )
    if request.method == "POST" and form.is_valid():
        return _enter_by_address(request, form.proved, waits)
    return render(
        request,
        "access/code.html",
        {"form": form, "sent_to": codes.address_of(reference, now()), "waits": waits},
    )


def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser's script needs to ask for a passkey."""
    return JsonResponse(passkeys.ask_for_one())


def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    place = visitor_address(request)
    if tallies.so_far("failed key", place, now()) >= FAILED_KEYS_AN_HOUR:
        return too_many(request)
    go_on_to = safe_path(request.POST.get("neste", ""))
    try:
        account = passkeys.account_of(request.POST.get("svar", ""))
    except passkeys.NotAPasskey:
        tallies.count("failed key", place, now())
        return render(request, "access/passkey_failed.html", {"neste": go_on_to}, status=422)
    sessions.sign_in(request, account, way="passkey", now=now(), own_machine=False)
    return HttpResponseRedirect(go_on_to or reverse("access:my_page"))


def identity_start(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead to the provider; for somebody signed in, to connect what comes back."""
    entry = identity.find(provider)
    if entry is None:
        raise Http404
    go_on_to = safe_path(request.POST.get("neste", "")) or reverse("access:my_page")
    try:
        return identity.send_away(request, entry, go_on_to=go_on_to)
    except identity.NotSignedIn as error:
        return _not_proved(request, entry, error)


def identity_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the provider: known here, or a new address it vouches for, goes in. Others prove one."""
    entry = identity.find(provider)
    if entry is None:
        raise Http404
    try:
        proved = identity.come_back(request, entry)
    except identity.NotSignedIn as error:
        return _not_proved(request, entry, error)
    with translation.override(language_of(proved.next)):
        return _enter_by_identity(request, entry, proved)


def contact_details(request: HttpRequest) -> HttpResponse:
    """An identity that we do not know, and no address that is free: prove one by a code."""
    waits = request.session.get(IDENTITY)
    if waits is None:
        return HttpResponseRedirect(reverse("access:sign_in"))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _send_code(request, form.cleaned_data["epost"], {**waits, "own_machine": False})
    return render(
        request, "access/contact_details.html", {"form": form, "key": new_key(), "name": waits["name"]}
    )


def sign_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST does it: a link alone must not sign anybody out."""
    if request.method != "POST":
        return render(request, "access/sign_out.html")
    sessions.sign_out(request)
    return HttpResponseRedirect(reverse("access:signed_out"))


def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "access/signed_out.html")


def demo_link(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link that `toolbox demo` prints. Opening it uses nothing up; the button does."""
    if request.method != "POST":
        if demo.account_of(token) is None:
            return errors.gone(request)
        return render(request, "access/demo_link.html")
    account = demo.use(token)
    if account is None:
        return errors.gone(request)
    sessions.sign_in(request, account, way="demo", now=now(), own_machine=False)
    return HttpResponseRedirect(reverse("access:my_page"))


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "access/too_many.html", status=429)


def _send_code(request: HttpRequest, email: str, waits: dict[str, Any]) -> HttpResponse:
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    try:
        reference = codes.send(
            email, key=key, place=visitor_address(request), language=get_language() or "nb", now=now()
        )
    except codes.TooMany:
        return too_many(request)
    request.session[CODE] = {**waits, "reference": reference}
    return HttpResponseRedirect(reverse("access:code"))


@transaction.atomic
def _enter_by_address(request: HttpRequest, email: str, waits: dict[str, Any]) -> HttpResponse:
    account, _new = Account.objects.get_or_create(email=email, defaults={"language": get_language() or "nb"})
    if "uid" in waits:
        identity.connect(account, waits["provider"], waits["uid"], now())
    sessions.sign_in(request, account, way="code", now=now(), own_machine=waits["own_machine"])
    _represents(request, account, waits.get("represents", []))
    return HttpResponseRedirect(waits["next"] or reverse("access:my_page"))


def _enter_by_identity(request: HttpRequest, entry: dict[str, Any], proved: identity.Proved) -> HttpResponse:
    here, known = sessions.account_of(request, now()), identity.account_of(proved)
    represents = [asdict(each) for each in proved.represents]
    if here and known in (None, here):
        identity.connect(here, proved.provider, proved.uid, now())
        _represents(request, here, represents)
        return HttpResponseRedirect(proved.next)
    if here:
        return render(request, "access/identity_taken.html", {"name": entry["name"]}, status=409)
    if known is None and proved.email and not Account.objects.filter(email=proved.email).exists():
        with transaction.atomic():
            known = Account.objects.create(email=proved.email, language=get_language() or "nb")
            identity.connect(known, proved.provider, proved.uid, now())
    if known is None:
        request.session[IDENTITY] = {
            "provider": proved.provider,
            "uid": proved.uid,
            "name": entry["name"],
            "represents": represents,
            "next": proved.next,
        }
        return HttpResponseRedirect(reverse("access:contact_details"))
    sessions.sign_in(request, known, way="provider", now=now(), own_machine=False)
    _represents(request, known, represents)
    return HttpResponseRedirect(proved.next)


def _represents(request: HttpRequest, account: Account, represents: list[dict[str, str]]) -> None:
    """What the provider says that the account acts for: confirmed where it administers it, else offered."""
    request.session[sessions.REPRESENTS] = represents
    numbers = [each["org_number"] for each in represents]
    organisations.confirm_by_sign_in(account, numbers, today(), now())


def _not_proved(request: HttpRequest, entry: dict[str, Any], error: identity.NotSignedIn) -> HttpResponse:
    context = {"name": entry["name"], "cancelled": isinstance(error, identity.TurnedBack)}
    return render(request, "access/identity_failed.html", context, status=error.status)
