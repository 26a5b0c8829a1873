"""What editors write: list, write, look, send for review, publish what somebody else wrote, restore."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import ndiff

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from toolbox.desk.content_forms import ContentForm
from toolbox.publishing import content
from toolbox.publishing.markup import html
from toolbox.publishing.models import Item, Version
from toolbox.ui import errors
from toolbox.ui.clock import today
from toolbox.ui.form_key import new_key, posted_key

LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A version in one language, as readers see it."""

    code: str
    language: str
    title: str
    html: str


def items(request: HttpRequest) -> HttpResponse:
    """Every notice, the newest first."""
    found = Item.objects.filter(kind=Item.Kind.NOTICE).order_by("-pk")
    return render(request, "desk/items.html", {"items": [(item, state_words(item)) for item in found]})


def new_item(request: HttpRequest) -> HttpResponse:
    form = ContentForm(request.POST if request.method == "POST" else None, today=today())
    key = posted_key(request) if request.method == "POST" else new_key()
    if key is None:
        return errors.form_expired(request)
    if request.method == "POST" and form.is_valid():
        made = content.begin(
            request.account,  # type: ignore[attr-defined]
            Item.Kind.NOTICE,
            f"melding-{key[:12]}",
            form.texts(),
            next_check=form.cleaned_data["neste"],
            key=key,
        )
        return _to(made)
    return render(
        request, "desk/item_form.html", {"form": form, "key": key}, status=422 if form.errors else 200
    )


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """How it will look, what may be done with it, and what it said before."""
    return _show(request, get_object_or_404(Item, pk=pk))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on. `?versjon=` begins from what an older version said: that is how one is restored."""
    found, on = get_object_or_404(Item, pk=pk), today()
    newest = found.newest
    if request.method != "POST":
        number = request.GET.get("versjon", "")
        begin = found.versions.filter(number=number).first() if number.isdecimal() else None
        initial = {**(begin or newest).texts, "neste": found.next_check.strftime("%d.%m.%Y")}
        form = ContentForm(today=on, initial=initial)
        context = {"form": form, "key": new_key(), "item": found, "upon": newest.number}
        return render(request, "desk/item_form.html", context)
    form, key, upon = ContentForm(request.POST, today=on), posted_key(request), request.POST.get("etter", "")
    if key is None or not upon.isdecimal():
        return errors.form_expired(request)
    context = {"form": form, "key": key, "item": found, "upon": upon}
    if not form.is_valid():
        return render(request, "desk/item_form.html", context, status=422)
    try:
        content.write(
            found,
            request.account,  # type: ignore[attr-defined]
            form.texts(),
            upon=int(upon),
            next_check=form.cleaned_data["neste"],
            key=key,
        )
    except content.Overtaken as late:
        # Both texts are kept: theirs is saved, and this one stands in the form.
        context |= {"late": late.newest, "upon": late.newest.number, "theirs": _shown(late.newest)}
        return render(request, "desk/item_form.html", context, status=409)
    return _to(found)


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Send for review, publish, or take down: `gjor` says which, `versjon` what was seen."""
    found = get_object_or_404(Item, pk=pk)
    do, number = request.POST.get("gjor", ""), request.POST.get("versjon", "")
    if do not in ("send", "publiser", "ta-ned") or not number.isdecimal():
        return errors.form_expired(request)
    try:
        if do == "send":
            content.send_for_review(found, int(number))
        elif do == "publiser":
            content.publish(found, int(number), request.account)  # type: ignore[attr-defined]
        else:
            content.take_down(found, request.account)  # type: ignore[attr-defined]
    except content.OwnText:
        return _show(request, found, refused=_("Du kan ikke publisere din egen tekst."), status=403)
    except content.Overtaken:
        refused = _("Noen andre har alt endret teksten. Her er den slik den er nå.")
        return _show(request, found, refused=refused, status=409)
    return _to(found)


def state_words(found: Item) -> str:
    """Draft, waits, published, due, taken down: the state of an item in words."""
    newest = found.newest
    if newest.state == Version.State.IN_REVIEW:
        return _("Venter på en annen redaktør")
    if newest.state == Version.State.DRAFT:
        return _("Utkast til ny versjon") if found.published_id else _("Utkast")
    if found.published_id is None:
        return _("Tatt ned")
    return _("Skal kontrolleres") if found.next_check <= today() else _("Publisert")


def _show(request: HttpRequest, found: Item, *, refused: str = "", status: int = 200) -> HttpResponse:
    newest = found.newest
    context = {
        "item": found,
        "state": state_words(found),
        "newest": newest,
        "shown": _shown(newest),
        "own": newest.written_by_id == request.account.pk,  # type: ignore[attr-defined]
        "versions": found.versions.select_related("written_by", "reviewed_by"),
        "changes": _changes(found, request.GET.get("fra", ""), newest),
        "refused": refused,
    }
    return render(request, "desk/item.html", context, status=status)


def _shown(version: Version) -> list[Shown]:
    texts = version.texts
    return [
        Shown(code, name, texts[f"title_{code}"], html(texts[f"text_{code}"])) for code, name in LANGUAGES
    ]


def _changes(found: Item, number: str, newest: Version) -> list[tuple[str, str]]:
    """What has changed since a version, a line each: («+» or «−», the line). Empty where nothing is asked."""
    old = found.versions.filter(number=number).first() if number.isdecimal() else None
    if old is None:
        return []
    before, after = old.texts, newest.texts
    lines = (
        line
        for name in after
        for line in ndiff(before.get(name, "").splitlines(), after[name].splitlines())
        if line[0] in "+-"
    )
    return [("+" if line[0] == "+" else "\u2212", line[2:]) for line in lines]


def _to(found: Item) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:item", args=[found.pk]))
