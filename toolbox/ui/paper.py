"""Pages to take along: a typst source laid out as tagged A4 (PDF/UA-1), the same bytes for the same words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from threading import local
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toolbox.ui.figures import day

ROOT = settings.BASE_DIR / "toolbox"
FONTS = ROOT / "ui" / "fonts"
LOGO = (ROOT / "ui" / "static" / "ui" / "icon.svg").read_text(encoding="utf-8")

#: The compilers of a thread: each keeps the fonts and one parsed source, and takes one page at a time.
_of_this_thread = local()


def frame(on: date, *, title: str, footer: str) -> dict[str, Any]:
    """What every page to take along says of itself: its head, its foot, its language and its day."""
    page = _("Side")
    return {
        "lang": get_language() or "nb",
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "author": _("Inkluderingsverktøykassen"),
        "logo": LOGO,
        "logo_alt": _("Logo: en verktøykasse"),
        "title": title,
        "footer_left": footer,
        "footer_right": f"{day(on)} · {page}",
        "of": _("av"),
    }


def lay_out(source: Path, words: Mapping[str, Any]) -> bytes:
    """The PDF of `source`, with `words` as its only input. The source reads them with `json`."""
    data = json.dumps(words, ensure_ascii=False)
    return _compiler(source).compile(
        format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=0
    )


def _compiler(source: Path) -> Any:
    compilers = _of_this_thread.__dict__.setdefault("compilers", {})
    if source not in compilers:
        compilers[source] = typst.Compiler(
            str(source), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    return compilers[source]


def attachment(content: bytes, name: str) -> HttpResponse:
    """A PDF to download. `name` never tells of a person or a company: files are forwarded."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
