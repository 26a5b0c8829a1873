"""Where published content leads: pages of ours that are gone, and other sites with the day of the last check.

No other site is asked: whoever checks the content opens the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import override

from toolbox.catalogue import measure_page
from toolbox.desk.kinds import KINDS
from toolbox.directory.models import Helper
from toolbox.publishing.content import published
from toolbox.publishing.markup import addresses, is_own_page
from toolbox.publishing.models import Item
from toolbox.tools.read import all_tools, by_slug
from toolbox.tools.tool import PAGES
from toolbox.ui.language import language_of


@dataclass(frozen=True, slots=True)
class Place:
    """Content with a link: its title, and its page at the desk."""

    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and all places it stands in. `seen` is the newest day somebody checked one, or None."""

    address: str
    seen: date | None
    places: tuple[Place, ...]

    @property
    def more(self) -> int:
        """How many places there are besides the first."""
        return len(self.places) - 1


def dead() -> list[Link]:
    """Our own addresses that lead nowhere, in the order of the content."""
    return [link for link in _gathered() if _is_own(link.address) and not leads_somewhere(link.address)]


def outside() -> list[Link]:
    """Other sites: those that nobody knows when were seen first, then the longest ago."""
    found = [link for link in _gathered() if not _is_own(link.address)]
    return sorted(found, key=lambda link: (link.seen or date.min, link.address))


def leads_somewhere(path: str) -> bool:
    """Whether a path of ours has a page: also that the tool, measure or helper it names is there."""
    if not is_own_page(path):
        return False
    with override(language_of(path)):
        found = resolve(urlsplit(path).path)
    slug = found.kwargs.get("slug", "")
    match found.view_name:
        case "tools:tool":
            return slug in by_slug()
        case "catalogue:measure":
            return measure_page.by_slug(slug) is not None
        case "directory:helper":
            return Helper.objects.filter(slug=slug, published=True).exists()
    return True


def _is_own(address: str) -> bool:
    return address.startswith("/")


def _gathered() -> list[Link]:
    found: dict[str, list[tuple[date | None, Place]]] = {}
    for address, seen, place in (*_of_notices(), *_of_tools(), *_of_helpers()):
        found.setdefault(address, []).append((seen, place))
    return [
        Link(
            address,
            max((seen for seen, _place in stands if seen), default=None),
            tuple(dict.fromkeys(place for _seen, place in stands)),
        )
        for address, stands in found.items()
    ]


Stands = Iterator[tuple[str, date | None, Place]]


def _of_notices() -> Stands:
    for version in published(Item.Kind.NOTICE).values():
        place = Place(version.title, _desk(version.item.kind, version.item.slug, version.item))
        seen = version.reviewed_at.date() if version.reviewed_at else None
        for text in version.texts.values():
            yield from ((address, seen, place) for address in addresses(text))


def _of_tools() -> Stands:
    for key, tool in all_tools().items():
        place = Place(tool.title["nb"], _desk(Item.Kind.TOOL, key))
        theirs = [law.url for law in tool.law] + [study.url for claim in tool.why for study in claim.studies]
        yield from ((address, tool.checked, place) for address in theirs)
        yield from ((_address_of(PAGES[code]), tool.checked, place) for code in tool.pages)


def _of_helpers() -> Stands:
    for helper in Helper.objects.filter(published=True).exclude(url=""):
        yield helper.url, helper.confirmed_on, Place(helper.name, _desk(Item.Kind.HELPER, helper.slug))


def _address_of(name: str) -> str:
    """The address of a page of ours; its name after a slash, which leads nowhere, where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return f"/{name}"


def _desk(kind: str, slug: str, item: Item | None = None) -> str:
    return KINDS[kind].addresses(item, slug).page
