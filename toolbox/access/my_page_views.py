"""«Min side»: what somebody may see and change about their own account. The guard has let them in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language

from toolbox.access import audit, codes, identity, organisations, passkeys, sessions
from toolbox.access.forms import AddressForm, CodeForm, DetailsForm, PasskeyNameForm
from toolbox.access.models import Account
from toolbox.access.onwards import sign_in_address
from toolbox.access.views import too_many
from toolbox.outbox.queue import queue
from toolbox.ui import errors
from toolbox.ui.clock import now
from toolbox.ui.form_key import new_key, posted_key
from toolbox.ui.limits import visitor_address

View = Callable[..., HttpResponse]

#: In the session: the code that proves the new address.
NEW_ADDRESS = "new_address"


def proved_lately(view: View) -> View:
    """For what opens or closes ways into the account: somebody at an unlocked machine must not do it."""

    @wraps(view)
    def ask_first(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if sessions.is_recent(request, now()):
            return view(request, **kwargs)
        return HttpResponseRedirect(sign_in_address(request.path, again=True))

    return ask_first


def my_page(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    return render(
        request,
        "access/my_page.html",
        {
            "account": account,
            "made": timezone.localdate(account.created_at),
            "keys": passkeys.of(account).count(),
            "own_machine": request.session.get("own_machine", False),
            "offered": organisations.to_set_up(account, request.session.get(sessions.REPRESENTS, [])),
        },
    )


def details(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    if request.method == "POST":
        form = DetailsForm(request.POST)
        if form.is_valid():
            account.name, account.language = form.cleaned_data["navn"], form.cleaned_data["sprak"]
            account.save(update_fields=["name", "language"])
            return HttpResponseRedirect(reverse("access:my_page"))
    else:
        form = DetailsForm(initial={"navn": account.name, "sprak": account.language})
    return render(request, "access/details.html", {"form": form})


@proved_lately
def address(request: HttpRequest) -> HttpResponse:
    """A new address is proved by a code before it is used."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        key = posted_key(request)
        if key is None:
            return errors.form_expired(request)
        try:
            request.session[NEW_ADDRESS] = codes.send(
                form.cleaned_data["epost"],
                key=key,
                place=visitor_address(request),
                language=get_language() or "nb",
                now=now(),
            )
        except codes.TooMany:
            return too_many(request)
        return HttpResponseRedirect(reverse("access:address_code"))
    return render(
        request, "access/address.html", {"form": form, "key": new_key(), "account": _account(request)}
    )


@proved_lately
def address_code(request: HttpRequest) -> HttpResponse:
    account, reference = _account(request), request.session.get(NEW_ADDRESS)
    if reference is None:
        return HttpResponseRedirect(reverse("access:address"))
    place = visitor_address(request)
    form = CodeForm(
        request.POST if request.method == "POST" else None,
        prove=lambda written: codes.use(reference, written, place=place, now=now()),
    )
    if request.method == "POST" and form.is_valid():
        del request.session[NEW_ADDRESS]
        try:
            _change_address(account, form.proved, reference)
        except IntegrityError:
            # Whoever reads this has just proved that the mailbox is theirs, so nothing is given away.
            return render(request, "access/address_taken.html", {"address": form.proved}, status=409)
        _end_other_sessions(request, account)
        return HttpResponseRedirect(reverse("access:my_page"))
    sent_to = codes.address_of(reference, now())
    return render(request, "access/address_code.html", {"form": form, "sent_to": sent_to})


@proved_lately
def keys(request: HttpRequest) -> HttpResponse:
    """The passkeys, and a form that adds one with the browser's help."""
    account = _account(request)
    form = PasskeyNameForm(request.POST if request.method == "POST" else None)
    failed = False
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                passkeys.add(account, request.POST.get("svar", ""), form.cleaned_data["navn"])
                _note("passkey.added", account)
            return HttpResponseRedirect(reverse("access:passkeys"))
        except passkeys.NotAPasskey:
            failed = True
    return render(
        request,
        "access/passkeys.html",
        {
            "form": form,
            "keys": passkeys.listed(account),
            "needed": passkeys.lacks_passkey(account),
            "failed": failed,
        },
        status=422 if failed else 200,
    )


@proved_lately
def key_question(request: HttpRequest) -> HttpResponse:
    """What the browser's script needs to make a passkey."""
    return JsonResponse(passkeys.ask_to_make(_account(request)))


@proved_lately
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a passkey, or take it away."""
    account = _account(request)
    kept = passkeys.of(account).filter(pk=pk).first()
    if kept is None:
        raise Http404
    form = PasskeyNameForm(request.POST if "navn" in request.POST else None)
    if "fjern" in request.POST:
        with transaction.atomic():
            passkeys.remove(account, pk)
            _note("passkey.removed", account)
        return HttpResponseRedirect(reverse("access:passkeys"))
    if request.method == "POST" and form.is_valid():
        passkeys.rename(account, pk, form.cleaned_data["navn"])
        return HttpResponseRedirect(reverse("access:passkeys"))
    if not form.is_bound:
        form.initial["navn"] = kept.wrap().name
    return render(request, "access/passkey.html", {"form": form, "name": kept.wrap().name})


@proved_lately
def ways(request: HttpRequest) -> HttpResponse:
    """The identity providers that open the account, and those that may."""
    account = _account(request)
    if request.method == "POST":
        identity.disconnect(account, request.POST.get("fjern", ""), now())
        return HttpResponseRedirect(reverse("access:ways"))
    open_by = set(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))
    offered = [(entry, entry["id"] in open_by) for entry in identity.providers()]
    return render(request, "access/ways.html", {"offered": offered})


def machines(request: HttpRequest) -> HttpResponse:
    """How long this machine stays signed in, and a way out of all others."""
    account = _account(request)
    if request.method == "POST":
        if "alle" in request.POST:
            with transaction.atomic():
                sessions.sign_out_everywhere(account)
                _note("sign_out.everywhere", account)
            sessions.sign_out(request)
            return HttpResponseRedirect(reverse("access:signed_out"))
        sessions.choose_machine(request, own="egen" in request.POST)
        return HttpResponseRedirect(reverse("access:my_page"))
    return render(request, "access/machines.html", {"own_machine": request.session.get("own_machine", False)})


def _note(act: str, account: Account) -> None:
    audit.record(act, by=account, kind="account", object_id=account.pk, about=account.pk, at=now())


def _change_address(account: Account, new: str, reference: str) -> None:
    """Whoever reads the old mailbox is told, but not the new address. `reference` is the code's."""
    old, account.email = account.email, new
    with translation.override(account.language):
        link = settings.SITE_URL + reverse("ui:contact")
    with transaction.atomic():
        account.save(update_fields=["email"])
        queue(
            "address_changed",
            old,
            language=account.language,
            words={"link": link},
            key=f"address_changed {reference}",
        )
        _note("address.changed", account)


def _end_other_sessions(request: HttpRequest, account: Account) -> None:
    sessions.sign_out_everywhere(account)
    update_session_auth_hash(request, account)


def _account(request: HttpRequest) -> Account:
    account: Account = request.account  # type: ignore[attr-defined]
    return account
