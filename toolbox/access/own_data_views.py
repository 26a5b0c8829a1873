"""«Dette vet vi om deg»: read it, take it away in a file, have it erased; and what support may see of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from toolbox.access import audit, own_data, retention, sessions, support
from toolbox.access.models import Account
from toolbox.access.my_page_views import proved_lately
from toolbox.access.permissions import signed_in
from toolbox.access.support_form import SupportForm
from toolbox.ui import errors
from toolbox.ui.clock import now, today
from toolbox.ui.form_key import new_key, posted_key

#: Rows of each kind on the page. The file has them all.
ON_PAGE = 30


def own(request: HttpRequest) -> HttpResponse:
    """What we have, newest first."""
    return render(request, "access/own_data.html", _told(signed_in(request)))


@proved_lately
def make_file(request: HttpRequest) -> HttpResponse:
    """A link to the file, for nobody else."""
    at, link = now(), ""
    if request.method == "POST":
        link = reverse("access:own_data_file", args=[own_data.file_token(signed_in(request), at)])
    until = timezone.localtime(at + own_data.LINK_LIVES)
    return render(request, "access/own_data_link.html", {"link": link, "until": until})


def file(request: HttpRequest, token: str) -> HttpResponse:
    """The file, made now: one page to read, with the same for programs at its end."""
    account, at = signed_in(request), now()
    is_open = own_data.file_is_open(token, account, at)
    if is_open is None:
        raise Http404
    if not is_open:
        return errors.gone(request)
    with transaction.atomic():
        audit.record(
            "data.exported", by=account, kind="account", object_id=account.pk, about=account.pk, at=at
        )
        context = {
            "made": timezone.localtime(at),
            "sections": [(section, section.in_words()) for section in own_data.sections(account)],
            "json": own_data.as_json(account, at),
        }
    response = render(request, "access/own_data_file.html", context)
    response.headers["Content-Disposition"] = 'attachment; filename="mine-opplysninger.html"'
    return response


@proved_lately
def erase(request: HttpRequest) -> HttpResponse:
    """Ask, and then erase the account and all that hangs on it."""
    account = signed_in(request)
    if request.method == "POST":
        try:
            retention.erase(account, today(), now())
        except retention.OnHold:
            return render(request, "access/own_data_held.html", status=409)
        sessions.sign_out(request)
        return HttpResponseRedirect(reverse("access:signed_out"))
    return render(request, "access/own_data_erase.html")


def begin_support(request: HttpRequest) -> HttpResponse:
    """Whom to see as, and why."""
    form = SupportForm(request.POST if request.method == "POST" else None)
    key = posted_key(request)
    if request.method == "POST" and key is None:
        return errors.form_expired(request)
    if request.method == "POST" and form.is_valid():
        account = Account.objects.filter(email=form.cleaned_data["epost"]).first()
        if account:
            view = support.begin(
                signed_in(request), account, reason=form.cleaned_data["grunn"], key=str(key), at=now()
            )
            return HttpResponseRedirect(reverse("access:support_view", args=[view.pk]))
        form.add_error("epost", _("Ingen konto har denne adressen. Spør hvilken adresse personen bruker."))
    return render(request, "access/support.html", {"form": form, "key": key or new_key()})


def support_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What the person sees of their own, and nothing that can be pressed."""
    view = support.read(signed_in(request), pk, now())
    if view is None:
        raise Http404
    until = timezone.localtime(view.ends_at)
    return render(request, "access/support_view.html", {"until": until, **_told(view.account)})


def _told(account: Account) -> dict[str, Any]:
    sections = own_data.sections(account)
    return {
        "sections": [
            (section, section.in_words(ON_PAGE), len(section.rows) - ON_PAGE) for section in sections
        ]
    }
