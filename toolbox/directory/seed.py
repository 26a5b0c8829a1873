"""The directory as it comes in the box: read from content/directory/, written to the database once a change.

A row nobody has touched follows the files, also out of the directory. A row that somebody has edited stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from inclusion_rules.reviewed_file import read_yaml
from toolbox.directory.models import Confidence, Helper, Kind, Need
from toolbox.places.municipalities import OSTFOLD, by_number, in_county
from toolbox.ui import content_revision

FILES = ("ostfold.yaml", "national.yaml")
LANGUAGES = {"nb", "nn", "en"}

_NEEDED = {"name", "kind", "serves", "needs", "offers", "confidence", "confirmed", "source"}
_OPTIONAL = {"org_number", "seat", "phone", "email", "hours", "via_line", "url", "published", "reason"}


class SeedError(ValueError):
    """An entry in content/directory/ cannot be used. Says which file and entry, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did, in rows. `kept` are rows that somebody has edited."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    removed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.updated} updated, {self.unchanged} unchanged, "
            f"{self.kept} kept as edited, {self.removed} removed"
        )


def content_folder() -> Path:
    return Path(settings.BASE_DIR) / "content" / "directory"


@transaction.atomic
def load(folder: Path | None = None) -> Counts:
    """Bring the database in step with the files; again changes nothing. SeedError if a file is wrong."""
    seeds = {helper.slug: helper for helper in read(folder or content_folder())}
    rows = {row.slug: row for row in Helper.objects.all()}
    created = Helper.create_all(seed for slug, seed in seeds.items() if slug not in rows)
    updated = unchanged = kept = 0
    for slug, row in rows.items():
        seed = seeds.get(slug)
        if seed is None:
            continue
        if row.fingerprint() != row.origin_hash:
            kept += 1
        elif row.origin_hash == seed.origin_hash:
            unchanged += 1
        else:
            seed.pk = row.pk
            seed.save()
            updated += 1
    gone = [
        row.pk
        for row in rows.values()
        if row.slug not in seeds and row.origin_hash and row.fingerprint() == row.origin_hash
    ]
    Helper.objects.filter(pk__in=gone).delete()
    if created or updated or gone:
        content_revision.bump()
    return Counts(created, updated, unchanged, kept, len(gone))


def read(folder: Path) -> Iterator[Helper]:
    """Every entry of the files as an unsaved Helper with its origin hash. Touches no database."""
    offers = _yaml(folder / "offers.yaml")
    for code, text in offers.items():
        if not isinstance(text, Mapping) or set(text) != LANGUAGES:
            raise SeedError(f"offers.yaml: {code} needs a text in nb, nn and en")
    seen: set[str] = set()
    for name in FILES:
        for slug, entry in _yaml(folder / name).items():
            if slug in seen:
                raise SeedError(f"{name}: {slug} is written twice; keep one")
            seen.add(slug)
            yield _helper(slug, entry, offers, f"{name}: {slug}")


def _helper(
    slug: str, entry: Mapping[str, Any], offers: Mapping[str, Mapping[str, str]], where: str
) -> Helper:
    if missing := _NEEDED - set(entry):
        raise SeedError(f"{where} lacks {', '.join(sorted(missing))}")
    if unknown := set(entry) - _NEEDED - _OPTIONAL:
        raise SeedError(
            f"{where} has {', '.join(sorted(unknown))}; use {', '.join(sorted(_NEEDED | _OPTIONAL))}"
        )
    published = entry.get("published", True)
    if entry["confidence"] == Confidence.LOW and published:
        raise SeedError(f"{where} has low confidence; add published: false and a reason")
    if not published and not entry.get("reason"):
        raise SeedError(f"{where} is not published; say why in reason")
    url = entry.get("url", "")
    if url and not url.startswith(("https://", "http://")):
        raise SeedError(f"{where} has the url {url!r}; write the whole address with https://")
    confirmed = entry["confirmed"]
    if confirmed is not None and not isinstance(confirmed, date):
        raise SeedError(f"{where} is confirmed {confirmed!r}; write a date such as 2026-11-23, or null")
    names = entry["name"] if isinstance(entry["name"], Mapping) else {}
    everywhere, serves = _reach(entry["serves"], where)
    helper = Helper(
        slug=slug,
        name=names["nb"] if names else entry["name"],
        names=dict(names),
        kind=_one_of(entry["kind"], Kind.values, "kind", where),
        org_number=entry.get("org_number", ""),
        seat=_municipality(entry["seat"], where) if "seat" in entry else "",
        everywhere=everywhere,
        serves=serves,
        needs=[_one_of(need, Need.values, "need", where) for need in entry["needs"]],
        offers=[dict(offers[_one_of(code, offers, "offer", where)]) for code in entry["offers"]],
        phone=entry.get("phone", ""),
        email=entry.get("email", ""),
        hours=dict(entry.get("hours", {})),
        via_line=entry.get("via_line", False),
        url=url,
        confidence=_one_of(entry["confidence"], Confidence.values, "confidence", where),
        confirmed_on=confirmed,
        source=entry["source"],
        published=published,
        unpublished_reason=entry.get("reason", ""),
    )
    helper.origin_hash = helper.fingerprint()
    return helper


def _reach(serves: Any, where: str) -> tuple[bool, list[str]]:
    if serves == "norway":
        return True, []
    if serves == "ostfold":
        return False, sorted(municipality.number for municipality in in_county(OSTFOLD))
    if not isinstance(serves, list) or not serves:
        raise SeedError(f"{where} serves {serves!r}; write norway, ostfold or a list of municipality numbers")
    return False, [_municipality(number, where) for number in serves]


def _municipality(number: Any, where: str) -> str:
    found = by_number(number) if isinstance(number, str) else None
    if found is None or found.number != number:
        raise SeedError(
            f'{where} names municipality {number!r}; write today\'s number in quotes, such as "3101"'
        )
    return number


def _one_of(value: str, allowed: Any, what: str, where: str) -> str:
    if value not in allowed:
        raise SeedError(f"{where} has the {what} {value!r}; use one of {', '.join(sorted(allowed))}")
    return value


def _yaml(path: Path) -> dict[str, Any]:
    return read_yaml(path) or {}
