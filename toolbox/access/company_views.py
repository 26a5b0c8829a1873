"""«Min bedrift»: set up an organisation, see it, renew it, and prove by sign-in who it is."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolbox.access import audit, invitations, organisations, register
from toolbox.access.company_forms import ByHandForm, OrganisationForm
from toolbox.access.organisation_models import Kind, Organisation
from toolbox.access.permissions import administrator_of, membership_of, roles, signed_in, visible_members
from toolbox.access.role_words import KINDS, title
from toolbox.access.sessions import REPRESENTS
from toolbox.ui import errors, limits
from toolbox.ui.clock import now, today
from toolbox.ui.figures import day
from toolbox.ui.form_key import new_key, posted_key

#: A person adds one or two. Somebody who looks up numbers in bulk has the register itself for that.
LOOK_UPS_A_MINUTE = 10


def mine(request: HttpRequest) -> HttpResponse:
    """The organisations somebody belongs to."""
    account = signed_in(request)
    memberships = account.memberships.select_related("organisation").order_by("organisation__name")
    rows = [(each.organisation, title(each.role, each.administrator)) for each in memberships]
    offered = organisations.to_set_up(account, request.session.get(REPRESENTS, []))
    return render(
        request, "access/companies.html", {"rows": rows, "roles": roles(request), "offered": offered}
    )


def start(request: HttpRequest) -> HttpResponse:
    """Number first; then the register's answer to say yes to, or the name by hand when it does not answer."""
    if request.method != "POST":
        form = OrganisationForm(initial={"slag": Kind.COMPANY, "nummer": request.GET.get("nummer", "")})
        return render(request, "access/company_start.html", {"form": form, "key": new_key()})
    key = posted_key(request)
    if key is None:
        return errors.form_expired(request)
    form = ByHandForm(request.POST) if "navn" in request.POST else OrganisationForm(request.POST)
    if not form.is_valid():
        return render(request, "access/company_start.html", {"form": form, "key": key})
    if not limits.allow("register", request, per_minute=LOOK_UPS_A_MINUTE):
        return errors.too_many(request)
    kind, number = Kind(form.cleaned_data["slag"]), form.cleaned_data["nummer"]
    answer = register.look_up(number)
    refused = _refusal(answer)
    if refused:
        form.add_error("nummer", refused)
        return render(request, "access/company_start.html", {"form": form, "key": key})
    found = answer if isinstance(answer, register.Unit) else None
    if found and request.POST.get("riktig") != number:
        context = {"unit": found, "kind": KINDS[kind], "slag": kind, "key": key}
        return render(request, "access/company_check.html", context)
    if not found and "navn" not in request.POST:
        by_hand = ByHandForm(initial={"slag": kind, "nummer": number})
        return render(request, "access/company_start.html", {"form": by_hand, "key": key, "silent": True})
    organisation = organisations.set_up(
        signed_in(request),
        kind=kind,
        number=number,
        found=found,
        name=form.cleaned_data.get("navn", ""),
        key=key,
        at=now(),
        on=today(),
    )
    organisations.confirm_by_sign_in(signed_in(request), _represented(request), today(), now())
    return _to(organisation)


def page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One organisation: what we know of it, who is in it, and who is asked to be."""
    account = signed_in(request)
    membership = membership_of(account, pk)
    organisation = membership.organisation
    audit.record("members.read", by=account, kind="organisation", object_id=pk, at=now())
    waiting = invitations.waiting(organisation, now()) if membership.administrator else []
    return render(
        request,
        "access/company.html",
        {
            "mine": membership,
            "organisation": organisation,
            "kind": KINDS[Kind(organisation.kind)],
            "members": [(each, title(each.role, each.administrator)) for each in visible_members(membership)],
            "waiting": [(each, title(each.role, each.administrator)) for each in waiting],
            "represents": organisation.number in _represented(request),
        },
    )


def renew(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the register again."""
    organisation = administrator_of(signed_in(request), pk).organisation
    if not limits.allow("register", request, per_minute=LOOK_UPS_A_MINUTE):
        return errors.too_many(request)
    if not organisations.renew(organisation, register.look_up(organisation.number), today()):
        return render(request, "access/register_silent.html", {"organisation": organisation})
    return _to(organisation)


def prove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm by what Ansattporten said when this session began."""
    account = signed_in(request)
    organisation = administrator_of(account, pk).organisation
    organisations.confirm_by_sign_in(account, _represented(request), today(), now())
    return _to(organisation)


def _refusal(answer: register.Answer) -> str:
    """Why an organisation the register tells of cannot be added; empty when it can."""
    if isinstance(answer, register.Unknown | register.Removed):
        return _("Nummeret finnes ikke i Enhetsregisteret. Kontroller det, og prøv igjen.")
    if isinstance(answer, register.Unit) and answer.ended_on:
        return _("%(name)s ble slettet fra registeret %(day)s. Bruk nummeret til den som driver nå.") % {
            "name": answer.name,
            "day": day(answer.ended_on),
        }
    if isinstance(answer, register.Unit) and answer.closing:
        return _("%(name)s er under avvikling. Bruk nummeret til den som driver nå.") % {"name": answer.name}
    return ""


def _represented(request: HttpRequest) -> list[str]:
    return [each["org_number"] for each in request.session.get(REPRESENTS, [])]


def _to(organisation: Organisation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("company:page", args=[organisation.pk]))
