"""The little markup that editors' texts may have, what is wrong with a text, and its HTML.

Paragraphs with an empty line between; `## ` and `### ` headings; `- ` lists; [words](address) links. All else
is text, and shown as text. No pictures: there is no text of ours yet that needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from toolbox.ui.language import language_of

_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(([^()\s]{1,500})\)")
_HTML = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,200}\]\(")
_HEADING = re.compile(r"(#{1,6})\s+(.+)")

#: Link texts that say nothing of where they lead (ux-principles § 15).
EMPTY_WORDS = {
    *("les mer", "les meir", "read more", "klikk her", "klikk", "click here", "her", "here"),
    *("mer", "meir", "more", "lenke", "lenkje", "link", "denne siden", "denne sida", "this page"),
}


def is_secure_address(address: str) -> bool:
    """Well formed, https, with a host that has a dot in it, and without spaces. Nobody is asked."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and "." in (parts.hostname or "") and address.split() == [address]
    except ValueError:
        return False


def is_own_page(address: str) -> bool:
    """A path of this site that leads somewhere, in its own language whatever is spoken now."""
    if not address.startswith("/") or address.startswith("//"):
        return False
    try:
        path = urlsplit(address).path
        with override(language_of(path)):
            resolve(path)
    except (Resolver404, ValueError):
        return False
    return True


def addresses(text: str) -> list[str]:
    """Where the links of a text lead."""
    return [match[2] for match in _LINK.finditer(text)]


def problems(text: str) -> list[tuple[str, str]]:
    """What must be put right before the text can be saved: (problem, the words it is about).

    html, picture, main_heading, heading_skipped, empty_link_words, dead_link, wrong_address.
    """
    found = [("html", match[0]) for match in _HTML.finditer(text)]
    found += [("picture", match[0]) for match in _PICTURE.finditer(text)]
    level = 1
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line.strip()):
            depth = len(heading[1])
            if depth == 1:
                found.append(("main_heading", heading[2]))
            elif depth > min(level + 1, 3):
                found.append(("heading_skipped", heading[2]))
            level = depth
    for match in _LINK.finditer(text):
        words, address = match[1].strip(), match[2]
        if words.lower().rstrip(".:») ") in EMPTY_WORDS:
            found.append(("empty_link_words", words))
        if address.startswith("/") and not is_own_page(address):
            found.append(("dead_link", address))
        elif not address.startswith("/") and not is_secure_address(address):
            found.append(("wrong_address", address))
    return found


def html(text: str) -> SafeString:
    """The text as HTML. Headings begin one level below the page's own parts (h3)."""
    return mark_safe("\n".join(_blocks(text)))


def _blocks(text: str) -> Iterator[SafeString]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        heading = _HEADING.fullmatch(lines[0])
        if heading and len(lines) == 1:
            level = "h3" if len(heading[1]) <= 2 else "h4"
            yield format_html("<{0}>{1}</{0}>", mark_safe(level), _inline(heading[2]))
        elif all(line.startswith("- ") for line in lines):
            items = format_html_join("", "<li>{}</li>", ((_inline(line[2:]),) for line in lines))
            yield format_html("<ul>{}</ul>", items)
        else:
            yield format_html("<p>{}</p>", _inline(" ".join(lines)))


def _inline(text: str) -> SafeString:
    parts, at = [], 0
    for match in _LINK.finditer(text):
        words, address = match[1].strip(), match[2]
        parts.append(conditional_escape(text[at : match.start()]))
        if is_own_page(address):
            parts.append(format_html('<a href="{}">{}</a>', address, words))
        elif is_secure_address(address):
            host = urlsplit(address).hostname
            parts.append(format_html('<a href="{}">{} ({})</a>', address, words, host))
        else:
            parts.append(conditional_escape(match[0]))
        at = match.end()
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))
