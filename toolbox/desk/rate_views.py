"""Rates with four eyes: one editor proposes, sees what it changes, and another approves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.measures import all_measures
from inclusion_rules.rates import Misfit, Rate, RateBook, RateTable
from toolbox.desk import rate_preview
from toolbox.desk.rate_forms import LONGEST_REASON, RateForm, misfit_words
from toolbox.publishing import rate_changes
from toolbox.publishing.models import ChangeState, RateChange
from toolbox.publishing.rate_book import approved, in_force
from toolbox.ui import errors
from toolbox.ui.clock import today
from toolbox.ui.figures import rate_value
from toolbox.ui.form_key import new_key, posted_key


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate in the list: its name and value today, and how long that is set for.

    `late`: the value is past its last day. `due`: it soon will be, and somebody should look for the next.
    """

    key: str
    name: str
    value: str
    known_to: date | None
    late: bool
    due: bool


#: How long before its last day a value is due: next year's rates are decided in the autumn before.
DUE_BEFORE = timedelta(days=60)


def rate_rows(book: RateBook, on: date) -> list[RateRow]:
    """Every rate; first those whose value ends first."""
    language = get_language() or "nb"
    rows = []
    for table in book:
        value, last = rate_value(table.newest(on)), table.known_to or date.max
        due = last < date.max and last - DUE_BEFORE <= on
        rows.append(RateRow(table.key, table.name[language], value, table.known_to, last < on, due))
    return sorted(rows, key=lambda row: (row.known_to or date.max, row.key))


def rates(request: HttpRequest) -> HttpResponse:
    """Every rate by measure; first those that are set for a while only, as the end comes near."""
    on, found = today(), in_force(approved())
    rows = rate_rows(found.book, on)
    groups: dict[str, list[RateRow]] = {}
    for row in rows:
        groups.setdefault(_measure_name(row.key.partition(".")[0]), []).append(row)
    waiting = RateChange.objects.filter(state=ChangeState.PROPOSED).order_by("proposed_at")
    context = {
        "groups": groups.items(),
        "yearly": [row for row in rows if row.known_to],
        "waiting": [named(change) for change in waiting],
        "misfits": [named(change) for change in found.misfits],
    }
    return render(request, "desk/rates.html", context)


def rate(request: HttpRequest, key: str) -> HttpResponse:
    """One rate: all its values, its changes, and the form that proposes a new value."""
    book = in_force(approved()).book
    if key not in book:
        raise Http404
    table, account = book.table(key), request.account  # type: ignore[attr-defined]
    form = RateForm(request.POST if request.method == "POST" else None, table=table, today=today())
    form_key = posted_key(request) if request.method == "POST" else new_key()
    if form_key is None:
        return errors.form_expired(request)
    if request.method == "POST" and form.is_valid():
        try:
            change = rate_changes.propose(account, form_key=form_key, **form.fields_of_change())
        except Misfit:  # somebody's change was approved while the form was read
            book = in_force(approved()).book
            form = RateForm(request.POST, table=book.table(key), today=today())
        else:
            return HttpResponseRedirect(reverse("desk:rate_change", args=[change.pk]))
    context = {
        "form": form,
        "key": key,
        "nokkel": form_key,
        "name": table.name[get_language() or "nb"],
        "where": _measure_name(key.partition(".")[0]),
        "values": [v for entry in reversed(table.entries) if (v := _value(table, entry.valid_from))],
        "changes": [named(c) for c in RateChange.objects.filter(key=key).order_by("-proposed_at")],
        "known_to": table.known_to,
    }
    return render(request, "desk/rate.html", context)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A change with what it alters, its log, and what whoever reads it may do."""
    return _show(request, get_object_or_404(RateChange, pk=pk))


def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in force. An own change is refused with 403, and the attempt is logged."""
    found = get_object_or_404(RateChange, pk=pk)
    try:
        rate_changes.approve(pk, request.account)  # type: ignore[attr-defined]
    except rate_changes.OwnChange:
        return _show(request, found, refused=_("Du kan ikke godkjenne din egen endring."), status=403)
    except rate_changes.AlreadyDecided:
        return _decided(request, pk)
    except Misfit as misfit:
        return _show(request, found, refused=misfit_words(misfit), status=409)
    return _back_to(pk)


def decline(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(RateChange, pk=pk)
    why = _why(request)
    if not why:
        return _show(request, found, refused=_("Skriv hvorfor endringen ikke skal gjelde."))
    try:
        rate_changes.decline(pk, request.account, why)  # type: ignore[attr-defined]
    except rate_changes.AlreadyDecided:
        return _decided(request, pk)
    return _back_to(pk)


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(RateChange, pk=pk)
    why = _why(request)
    if not why:
        return _show(request, found, refused=_("Skriv hvorfor endringen skal angres."))
    try:
        rate_changes.undo(pk, request.account, why)  # type: ignore[attr-defined]
    except rate_changes.AlreadyDecided:
        return _decided(request, pk)
    except rate_changes.StandsOnIt:
        return _show(
            request, found, refused=_("En senere endring bygger på denne. Angre den først."), status=409
        )
    return _back_to(pk)


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A change with the words a page shows of it."""

    change: RateChange
    name: str
    value: str
    state: str


def named(found: RateChange) -> NamedChange:
    """`value` is written with its unit; `state` in words."""
    states = {
        ChangeState.PROPOSED: _("Venter på godkjenning"),
        ChangeState.APPROVED: _("Godkjent"),
        ChangeState.DECLINED: _("Avvist"),
        ChangeState.UNDONE: _("Angret"),
    }
    new = found.new_value()
    book = in_force(()).book
    name = book.table(found.key).name[get_language() or "nb"] if found.key in book else found.key
    value = rate_value(_as_rate(found, new.value))
    return NamedChange(found, name, value, states[ChangeState(found.state)])


def _as_rate(found: RateChange, value: Any) -> Rate:
    new = found.new_value()
    return Rate(
        key=found.key,
        value=value,
        unit=found.unit,
        valid_from=new.valid_from,
        valid_to=None,
        known_to=new.known_to,
        law=new.law,
        source=new.source,
        checked=new.checked,
        assumed=False,
        name={},
        note=None,
    )


def _show(
    request: HttpRequest, found: RateChange, *, refused: str = "", status: int | None = None
) -> HttpResponse:
    """The change's page. `refused` says why what was asked for did not happen."""
    acts = {
        "proposed": _("Foreslått"),
        "approved": _("Godkjent"),
        "declined": _("Avvist"),
        "undone": _("Angret"),
        "refused": _("Forsøk på å godkjenne egen endring"),
    }
    context = {
        "found": named(found),
        "own": found.proposed_by_id == request.account.pk,  # type: ignore[attr-defined]
        "open": found.state == ChangeState.PROPOSED,
        "undoable": found.state == ChangeState.APPROVED,
        "refused": refused,
        "log": [
            (acts[event.act], event, _logged(found, event.before), _logged(found, event.after))
            for event in found.events.select_related("by")
        ],
        **_preview(found),
    }
    return render(request, "desk/rate_change.html", context, status=status or (422 if refused else 200))


def _logged(found: RateChange, written: str) -> str:
    """A value in the log as a reader writes it, with its unit; empty where the log has none."""
    return rate_value(_as_rate(found, found.read(written))) if written else ""


def _preview(found: RateChange) -> dict[str, Any]:
    """What the change alters; for one that is in force, what it has altered."""
    counted = [other for other in approved() if other.pk != found.pk]
    before = in_force(counted).book
    on, first_day = today(), found.valid_from
    try:
        after = before.with_value(found.new_value())
    except Misfit as misfit:
        return {"misfit": misfit_words(misfit)}
    past = first_day < on
    return {
        "cafe": rate_preview.cafe(before, after, first_day),
        "cases": rate_preview.cases(before, after),
        "past": past,
        "saved": rate_preview.saved_results(before, after, first_day, on) if past else [],
        "most_saved": rate_preview.MOST_RESULTS,
    }


def _decided(request: HttpRequest, pk: int) -> HttpResponse:
    refused = _("Noen andre har alt behandlet endringen. Her er den slik den er nå.")
    return _show(request, RateChange.objects.get(pk=pk), refused=refused, status=409)


def _back_to(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:rate_change", args=[pk]))


def _why(request: HttpRequest) -> str:
    return " ".join(request.POST.get("hvorfor", "").split())[:LONGEST_REASON]


def _value(table: RateTable, valid_from: date) -> dict[str, Any] | None:
    entry = next(entry for entry in table.entries if entry.valid_from == valid_from)
    if entry.value is None:
        return None
    found = table.newest(valid_from)
    return {"rate": found, "words": rate_value(found)}


def _measure_name(prefix: str) -> str:
    measure = all_measures().get(prefix)
    return measure.name[get_language() or "nb"] if measure else _("Felles satser")
