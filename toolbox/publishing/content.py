"""What happens to what editors write: drafted, reviewed by somebody else, published, looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from toolbox.access import audit
from toolbox.access.models import Account
from toolbox.publishing.markup import html
from toolbox.publishing.models import Item, Version
from toolbox.ui import content_revision


class OwnText(Exception):
    """Somebody else must review it."""


class Overtaken(Exception):
    """Somebody has written a newer version, or done this already. `newest` is how it stands now."""

    def __init__(self, newest: Version) -> None:
        self.newest = newest
        super().__init__(f"{newest} is newer")


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    html: SafeString


def begin(
    by: Account,
    kind: str,
    slug: str,
    texts: Mapping[str, str],
    *,
    next_check: date,
    key: str,
    seed: Mapping[str, str] = MappingProxyType({}),
) -> Item:
    """A new item with its first draft, owned by whoever wrote it. The same `key` again gives it back.

    `seed` is what its file says now. Raises Overtaken when somebody else has begun the same.
    """
    if already := Version.objects.filter(form_key=key).select_related("item").first():
        return already.item
    with transaction.atomic():
        item, new = Item.objects.get_or_create(
            kind=kind, slug=slug, defaults={"owner": by, "next_check": next_check}
        )
        if not new:
            raise Overtaken(item.newest)
        Version.objects.create(
            item=item, number=1, form_key=key, written_by=by, texts=dict(texts), seed=dict(seed)
        )
    return item


def write(
    item: Item,
    by: Account,
    texts: Mapping[str, str],
    *,
    upon: int,
    next_check: date,
    key: str,
    seed: Mapping[str, str] = MappingProxyType({}),
) -> Version:
    """A new draft. `upon` is the number of the version the writer had before them. Raises Overtaken.

    `seed` is what its file says now.
    """
    if already := Version.objects.filter(form_key=key).first():
        return already
    with transaction.atomic():
        newest = _locked(item.pk).newest
        if newest.number != upon:
            raise Overtaken(newest)
        Item.objects.filter(pk=item.pk).update(next_check=next_check)
        return Version.objects.create(
            item=item, number=upon + 1, form_key=key, written_by=by, texts=dict(texts), seed=dict(seed)
        )


def send_for_review(item: Item, number: int) -> None:
    """The draft is done. Raises Overtaken when it is not the newest any more, or no draft."""
    with transaction.atomic():
        _step(item, number, Version.State.DRAFT, Version.State.IN_REVIEW)


def publish(item: Item, number: int, by: Account) -> None:
    """Readers see it when the transaction is committed. Raises OwnText, Overtaken."""
    with transaction.atomic():
        version = _step(item, number, Version.State.IN_REVIEW, Version.State.PUBLISHED)
        if version.written_by_id == by.pk:
            raise OwnText
        version.reviewed_by, version.reviewed_at = by, timezone.now()
        version.save(update_fields=["reviewed_by", "reviewed_at"])
        Item.objects.filter(pk=item.pk).update(published=version)
        content_revision.bump()
        _note("published", item, by, version.reviewed_at)


def take_down(item: Item, by: Account) -> None:
    """Nobody but editors sees it any more. Doing it twice changes nothing."""
    with transaction.atomic():
        if not Item.objects.filter(pk=item.pk).exclude(published=None).update(published=None):
            return
        content_revision.bump()
        _note("taken_down", item, by, timezone.now())


def due(today: date) -> QuerySet[Item]:
    """What is published and should be looked at again, the oldest day first."""
    return Item.objects.exclude(published=None).filter(next_check__lte=today).order_by("next_check", "pk")


def waiting() -> QuerySet[Version]:
    """What waits for somebody else to review it."""
    return Version.objects.filter(state=Version.State.IN_REVIEW).select_related("item").order_by("written_at")


def with_file() -> QuerySet[Item]:
    """What is published instead of what a file says."""
    return Item.objects.exclude(kind=Item.Kind.NOTICE).exclude(published=None).select_related("published")


def published(kind: str) -> dict[str, Version]:
    """What readers see of a kind, by slug. One query."""
    shown = Version.objects.filter(item__kind=kind, pk=F("item__published")).select_related("item")
    return {version.item.slug: version for version in shown}


def notices(language: str) -> tuple[Notice, ...]:
    """The notices of the front page. Asked for once for each state the content is in."""
    return _notices(language, content_revision.current())


@lru_cache(maxsize=6)
def _notices(language: str, revision: str) -> tuple[Notice, ...]:
    if not revision:  # nothing has ever been published, or the database does not answer
        return ()
    shown = Version.objects.filter(item__kind=Item.Kind.NOTICE, pk=F("item__published")).order_by("-pk")
    return tuple(
        Notice(version.texts[f"title_{language}"], html(version.texts[f"text_{language}"]))
        for version in shown
    )


def _note(what: str, item: Item, by: Account, at: datetime) -> None:
    audit.record(f"content.{what}", by=by, kind=item.kind, object_id=item.pk, at=at)


def _step(item: Item, number: int, before: Version.State, after: Version.State) -> Version:
    version = _locked(item.pk).newest
    if version.number != number or version.state != before:
        raise Overtaken(version)
    version.state = after
    version.save(update_fields=["state"])
    return version


def _locked(pk: int) -> Item:
    return Item.objects.select_for_update().get(pk=pk)
