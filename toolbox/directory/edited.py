"""What editors may change of an entry, and the row when another editor has published it.

What else an entry says, such as where they help and with which needs, is the file's. All values are text, by
name: name_nb, offers_en (a line each), confirmed_on as 2026-11-25. `name_nn` and `name_en` are empty where
the name is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from inclusion_rules.rates import LANGUAGES
from toolbox.directory import seed
from toolbox.directory.models import Helper
from toolbox.ui import content_revision

LINES = tuple(f"offers_{code}" for code in LANGUAGES)


def texts_of(helper: Helper) -> dict[str, str]:
    names = {f"name_{code}": helper.names.get(code, "") for code in LANGUAGES}
    offers = {
        name: "\n".join(offer[code] for offer in helper.offers)
        for name, code in zip(LINES, LANGUAGES, strict=True)
    }
    confirmed = helper.confirmed_on.isoformat() if helper.confirmed_on else ""
    reach = {"phone": helper.phone, "email": helper.email, "url": helper.url}
    return names | {"name_nb": helper.name} | reach | offers | {"confirmed_on": confirmed}


def texts_of_files() -> dict[str, dict[str, str]]:
    """What the files say of each entry, by slug."""
    return {helper.slug: texts_of(helper) for helper in seed.read(seed.content_folder())}


def put(slug: str, texts: Mapping[str, str]) -> None:
    """Let the row say this: from now on it is left alone by the files. Helper.DoesNotExist without a row."""
    names = {code: texts[f"name_{code}"] for code in LANGUAGES if texts[f"name_{code}"]}
    offers = zip(*(texts[name].splitlines() for name in LINES), strict=True)
    with transaction.atomic():
        helper = Helper.objects.select_for_update().get(slug=slug)
        helper.name, helper.names = texts["name_nb"], names if len(names) > 1 else {}
        helper.offers = [dict(zip(LANGUAGES, lines, strict=True)) for lines in offers]
        helper.phone, helper.email, helper.url = texts["phone"], texts["email"], texts["url"]
        helper.confirmed_on = date.fromisoformat(texts["confirmed_on"]) if texts["confirmed_on"] else None
        helper.save()


def follow_file(slug: str) -> None:
    """Let the row say what its file says, and follow it again; without an entry there the row goes."""
    found = {helper.slug: helper for helper in seed.read(seed.content_folder())}.get(slug)
    with transaction.atomic():
        row = Helper.objects.select_for_update().filter(slug=slug).first()
        if row is None:
            return
        if found is None:
            row.delete()
            content_revision.bump()
        else:
            found.pk = row.pk
            found.save()
