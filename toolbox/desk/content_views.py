"""What editors write: list, write, look, send for review, publish what somebody else wrote, restore.

Notices begin at the desk; tools and helpers begin as files, and follow them until somebody has published
something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import ndiff
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from toolbox.desk.kinds import KINDS, NOTICES, SEEDED, Kind, Seeded
from toolbox.publishing import content
from toolbox.publishing.models import Item, Version
from toolbox.ui import errors
from toolbox.ui.clock import today
from toolbox.ui.form_key import new_key, posted_key

#: In the address: compare with the file.
FILE = "fil"


def items(request: HttpRequest) -> HttpResponse:
    """Every notice, the newest first."""
    found = Item.objects.filter(kind=Item.Kind.NOTICE).order_by("-pk")
    return render(request, "desk/items.html", {"items": [(item, state_words(item)) for item in found]})


def new_item(request: HttpRequest) -> HttpResponse:
    return _edit(request, NOTICES, None, "")


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """How it will look, what may be done with it, and what it said before."""
    found = _notice(pk)
    return _show(request, NOTICES, found, found.slug)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _notice(pk)
    return _edit(request, NOTICES, found, found.slug)


def act(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, NOTICES, _notice(pk))


def seeded(request: HttpRequest, word: str) -> HttpResponse:
    """Every tool, or every helper: whether it follows its file, and what somebody has written."""
    kind = _seeded(word)
    begun = {found.slug: found for found in Item.objects.filter(kind=kind.kind)}
    rows = [
        (title, kind.addresses(begun.get(slug), slug), state_words(begun[slug]) if slug in begun else "")
        for slug, title in kind.titles().items()
    ]
    return render(request, "desk/seeded.html", {"kind": kind, "rows": rows})


def seeded_page(request: HttpRequest, word: str, slug: str) -> HttpResponse:
    return _show(request, _seeded(word, slug), _begun(word, slug), slug)


def edit_seeded(request: HttpRequest, word: str, slug: str) -> HttpResponse:
    return _edit(request, _seeded(word, slug), _begun(word, slug), slug)


def act_on_seeded(request: HttpRequest, word: str, slug: str) -> HttpResponse:
    found = _begun(word, slug)
    if found is None:
        raise Http404("Nobody has written anything yet")
    return _act(request, _seeded(word, slug), found)


def state_words(found: Item) -> str:
    """Draft, waits, published, due, taken down: the state of an item in words."""
    newest = found.newest
    if newest.state == Version.State.IN_REVIEW:
        return _("Venter på en annen redaktør")
    if newest.state == Version.State.DRAFT:
        return _("Utkast til ny versjon") if found.published_id else _("Utkast")
    if found.published_id is None:
        return _("Følger filen") if KINDS[found.kind].has_file else _("Tatt ned")
    return _("Skal kontrolleres") if found.next_check <= today() else _("Publisert")


def file_has_changed(found: Item, kind: Kind) -> bool:
    """Whether the file says something else than when the text that readers see was written."""
    return found.published is not None and kind.has_file and found.published.seed != kind.of_file(found.slug)


def _edit(request: HttpRequest, kind: Kind, found: Item | None, slug: str) -> HttpResponse:
    """Write on. `?versjon=` begins from what an older version said: that is how one is restored."""
    on = today()
    if request.method != "POST":
        form = kind.form(slug, None, today=on, initial=_begin_from(request, kind, found, slug))
        return _form_page(request, kind, found, slug, form=form, key=new_key())
    # Without a number the writer saw no version: none can have been written.
    key, upon = posted_key(request), request.POST.get("etter") or "0"
    if key is None or not upon.isdecimal():
        return errors.form_expired(request)
    form = kind.form(slug, request.POST, today=on, initial={})
    if not form.is_valid():
        return _form_page(request, kind, found, slug, form=form, key=key, upon=upon, status=422)
    by, fields = request.account, {"next_check": form.cleaned_data["neste"], "key": key}  # type: ignore[attr-defined]
    fields["seed"] = kind.of_file(slug)
    try:
        if found:
            content.write(found, by, form.texts(), upon=int(upon), **fields)
        else:
            found = content.begin(by, kind.kind, slug or f"melding-{key[:12]}", form.texts(), **fields)
    except content.Overtaken as late:
        # Both texts are kept: theirs is saved, and this one stands in the form.
        theirs = {"late": late.newest, "theirs": kind.shown(slug, late.newest.texts)}
        upon, found = str(late.newest.number), late.newest.item
        return _form_page(request, kind, found, slug, form=form, key=key, upon=upon, status=409, **theirs)
    return HttpResponseRedirect(kind.addresses(found, found.slug).page)


def _begin_from(request: HttpRequest, kind: Kind, found: Item | None, slug: str) -> dict[str, str]:
    if found is None:
        return dict(kind.now(slug))
    newest = found.newest
    number = request.GET.get("versjon", "")
    older = found.versions.filter(number=number).first() if number.isdecimal() else None
    follows_file = kind.has_file and found.published_id is None and newest.state == Version.State.PUBLISHED
    written = {} if follows_file and older is None else (older or newest).texts
    # What a file has got since is there to be written on, too.
    return {**kind.now(slug), **written, "neste": found.next_check.isoformat()}


def _form_page(
    request: HttpRequest,
    kind: Kind,
    found: Item | None,
    slug: str,
    *,
    upon: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"item": found, "where": kind.addresses(found, slug), "has_file": kind.has_file}
    context["upon"] = upon or (found.newest.number if found else "")
    return render(request, "desk/item_form.html", context, status=status)


def _act(request: HttpRequest, kind: Kind, found: Item) -> HttpResponse:
    """Send for review, publish, or take down: `gjor` says which, `versjon` what was seen."""
    do, number = request.POST.get("gjor", ""), request.POST.get("versjon", "")
    if do not in ("send", "publiser", "ta-ned") or not number.isdecimal():
        return errors.form_expired(request)
    by = request.account  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if do == "send":
                content.send_for_review(found, int(number))
            elif do == "publiser":
                content.publish(found, int(number), by)
                kind.published(found.slug, found.newest.texts)
            else:
                content.take_down(found, by)
                kind.taken_down(found.slug)
    except content.OwnText:
        refused = _("Du kan ikke publisere din egen tekst.")
        return _show(request, kind, found, found.slug, refused=refused, status=403)
    except content.Overtaken:
        refused = _("Noen andre har alt endret teksten. Her er den slik den er nå.")
        return _show(request, kind, found, found.slug, refused=refused, status=409)
    return HttpResponseRedirect(kind.addresses(found, found.slug).page)


def _show(
    request: HttpRequest, kind: Kind, found: Item | None, slug: str, *, refused: str = "", status: int = 200
) -> HttpResponse:
    now = found.newest.texts if found else kind.now(slug)
    context = {
        "item": found,
        "where": kind.addresses(found, slug),
        "has_file": kind.has_file,
        "title": now.get("title_nb") or now["name_nb"],
        "shown": kind.shown(slug, now),
        "refused": refused,
    }
    if found:
        newest = found.newest
        context |= {
            "state": state_words(found),
            "newest": newest,
            "own": newest.written_by_id == request.account.pk,  # type: ignore[attr-defined]
            "versions": found.versions.select_related("written_by", "reviewed_by"),
            "changes": _changes(kind, found, request.GET.get("fra", "")),
            "misfit": not kind.has_room(slug),
        }
        if file_has_changed(found, kind):
            assert found.published is not None
            context["file_changes"] = _lines(kind.names(slug), found.published.seed, kind.of_file(slug))
    return render(request, "desk/item.html", context, status=status)


def _changes(kind: Kind, found: Item, asked: str) -> list[tuple[str, str]]:
    """What has changed since the version with the number `asked`, or since the file. Empty where none is."""
    if asked == FILE:
        return _lines(kind.names(found.slug), kind.of_file(found.slug), found.newest.texts)
    old = found.versions.filter(number=asked).first() if asked.isdecimal() else None
    return _lines(kind.names(found.slug), old.texts, found.newest.texts) if old else []


def _lines(
    names: Iterable[str], before: Mapping[str, str], after: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What is different, a line each: («+» or «−», the line)."""
    lines = (
        line
        for name in names
        for line in ndiff(before.get(name, "").splitlines(), after.get(name, "").splitlines())
        if line[0] in "+-"
    )
    return [("+" if line[0] == "+" else "\u2212", line[2:]) for line in lines]


def _notice(pk: int) -> Item:
    return get_object_or_404(Item, pk=pk, kind=Item.Kind.NOTICE)


def _seeded(word: str, slug: str = "") -> Seeded:
    """The kind of a word of the address, where `slug` is one of its own."""
    kind = SEEDED.get(word)
    if kind is None or (slug and slug not in kind.titles()):
        raise Http404("There is nothing of this kind")
    return kind


def _begun(word: str, slug: str) -> Item | None:
    return Item.objects.filter(kind=_seeded(word).kind, slug=slug).first()
