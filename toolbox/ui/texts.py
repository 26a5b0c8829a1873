"""The texts of templates and code: find them, tell what lacks a translation, and compile them.

Bokmål is the source and stands in templates and code. Every room keeps its own catalogue, so a text and its
translations lie together. No gettext tools are needed: Babel finds the texts, polib reads and writes them.

    <room>/locale/<language>/LC_MESSAGES/django.po   → .mo, made at set-up, never committed
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib

ROOMS = Path(__file__).resolve().parent.parent
LANGUAGES = ("nn", "en")


def catalogues() -> Iterator[tuple[Path, str, Path]]:
    """(room, language, path of the .po file), also of those that do not exist yet."""
    for room in sorted(path.parent for path in ROOMS.glob("*/apps.py")):
        for language in LANGUAGES:
            yield room, language, room / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_all() -> int:
    """Write the .mo file of every catalogue whose .po is newer. Returns how many were written."""
    written = 0
    for _room, _language, po_path in catalogues():
        mo_path = po_path.with_suffix(".mo")
        if po_path.exists() and (not mo_path.exists() or mo_path.stat().st_mtime < po_path.stat().st_mtime):
            polib.pofile(str(po_path)).save_as_mofile(str(mo_path))
            written += 1
    return written


Text = tuple[str, str, str]

#: Function → the places of context, text and plural among its arguments.
_CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
}


def extract(room: Path) -> dict[Text, list[str]]:
    """Every text of one room: (context, text, plural) → the files it stands in."""
    found: dict[Text, list[str]] = {}
    files = [*room.rglob("*.py"), *room.glob("templates/**/*.html"), *room.glob("templates/**/*.txt")]
    for path in sorted(files):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        texts = _in_code(source) if path.suffix == ".py" else _in_template(source, path)
        for text in texts:
            where = found.setdefault(text, [])
            name = path.relative_to(room).as_posix()
            if name not in where:
                where.append(name)
    return found


def _in_code(source: str) -> Iterator[Text]:
    """The texts of Python code, those inside f-strings too."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name not in _CALLS:
            continue
        written = [str(a.value) if isinstance(a, ast.Constant) else "" for a in call.args]
        context, one, many = ("" if at is None else written[at] for at in _CALLS[name])
        if one:
            yield context, one, many


def _in_template(source: str, path: Path) -> Iterator[Text]:
    # Only developers extract; a running site has no Babel.
    from babel.messages.extract import extract as find
    from django.utils.translation.template import templatize

    keywords = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
    code = templatize(source, origin=str(path)).encode()
    for _line, message, _comments, context in find("python", BytesIO(code), keywords=keywords):
        one, many = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        if one:
            yield context or "", one, many


def update() -> int:
    """Bring every catalogue in step with the texts: new ones empty, gone ones removed. Returns changes."""
    changed = 0
    for room, language, po_path in catalogues():
        texts = extract(room)
        if not texts:
            continue
        old = (
            {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in polib.pofile(str(po_path))}
            if po_path.exists()
            else {}
        )
        new = polib.POFile(wrapwidth=100)
        new.metadata = {
            "Language": language,
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for (context, one, many), where in texts.items():
            entry = old.get((context, one, many)) or polib.POEntry(
                msgid=one,
                msgid_plural=many,
                msgctxt=context or None,
                msgstr="",
                msgstr_plural={0: "", 1: ""} if many else {},
            )
            entry.occurrences = [(name, "") for name in where]
            entry.flags = ["python-format"] if "%(" in one else []
            new.append(entry)
        text = str(new)
        if not po_path.exists() or po_path.read_text(encoding="utf-8") != text:
            po_path.parent.mkdir(parents=True, exist_ok=True)
            po_path.write_text(text, encoding="utf-8")
            changed += 1
    return changed


def missing() -> list[str]:
    """Every text not translated, marked fuzzy, or gone: a line each that says where and what to do."""
    problems = []
    for room, language, po_path in catalogues():
        texts = extract(room)
        have = {}
        if po_path.exists():
            have = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in polib.pofile(str(po_path))}
        for key in texts:
            entry = have.get(key)
            if entry is None or entry.fuzzy or not entry.translated():
                problems.append(
                    f"{room.name}/{language}: translate «{key[1][:70]}» ({', '.join(texts[key])})"
                )
        problems += [
            f"{room.name}/{language}: remove «{key[1][:70]}», which no page says (make texts)"
            for key in have
            if key not in texts
        ]
    return problems
