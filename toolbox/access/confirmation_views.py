"""Where editors make sure that an organisation is who it says it is, and take that back."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolbox.access import organisations
from toolbox.access.company_forms import NumberForm, ReasonForm, WithdrawalForm
from toolbox.access.organisation_models import Kind
from toolbox.access.permissions import may_confirm, roles, signed_in
from toolbox.access.role_words import KINDS
from toolbox.ui.clock import now, today

#: The list is a queue: the oldest are looked at first.
SHOWN = 50


def unconfirmed(request: HttpRequest) -> HttpResponse:
    waiting = organisations.unconfirmed()
    rows = [(each, KINDS[Kind(each.kind)]) for each in waiting[:SHOWN]]
    return render(request, "access/unconfirmed.html", {"rows": rows, "count": waiting.count()})


def confirmed(request: HttpRequest) -> HttpResponse:
    """The newest ones, or the one with the number that is asked for."""
    form = NumberForm(request.GET if request.GET.get("nummer") else None)
    found = organisations.confirmed(form.cleaned_data["nummer"] if form.is_valid() else "")
    rows = [(each, KINDS[Kind(each.kind)]) for each in found[:SHOWN]] if not form.errors else []
    return render(request, "access/confirmed.html", {"form": form, "rows": rows, "roles": roles(request)})


def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a confirmation back, with a reason that the members read."""
    account = signed_in(request)
    organisation = get_object_or_404(organisations.confirmed(""), pk=pk)
    if not may_confirm(account, organisation):
        raise Http404
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organisations.withdraw(
            organisation, by=account, because=form.cleaned_data["grunn"], on=today(), at=now()
        )
        return HttpResponseRedirect(reverse("company:confirmed"))
    context = {"form": form, "organisation": organisation, "kind": KINDS[Kind(organisation.kind)]}
    return render(request, "access/withdraw.html", context)


def confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    account = signed_in(request)
    organisation = get_object_or_404(organisations.unconfirmed(), pk=pk)
    if not may_confirm(account, organisation):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            organisations.confirm(
                organisation, by=account, because=form.cleaned_data["grunn"], on=today(), at=now()
            )
        except organisations.AlreadyConfirmed:
            form.add_error(
                None, _("En annen med samme nummer er alt bekreftet. Finn ut hvem som er den rette.")
            )
        else:
            return HttpResponseRedirect(reverse("company:unconfirmed"))
    context = {"form": form, "organisation": organisation, "kind": KINDS[Kind(organisation.kind)]}
    return render(request, "access/confirm.html", context)
