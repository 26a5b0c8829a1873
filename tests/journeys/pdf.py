"""What a downloaded page tells about itself, read with pypdf."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.visitor import plain


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF opened. `headings` are the tags of its structure, in reading order."""

    size: int
    pages: int
    text: str
    title: str
    language: str
    marked: bool
    tags: tuple[str, ...]
    fonts: frozenset[str]


def read(content: bytes) -> Sheet:
    document = PdfReader(BytesIO(content))
    root: Any = document.trailer["/Root"]
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    return Sheet(
        size=len(content),
        pages=len(document.pages),
        text=plain(" ".join(page.extract_text() for page in document.pages)),
        title=str(document.metadata.title if document.metadata else ""),
        language=str(root.get("/Lang", "")),
        marked=bool(root.get("/MarkInfo", {}).get("/Marked")),
        tags=tuple(_tags(root["/StructTreeRoot"])) if "/StructTreeRoot" in root else (),
        fonts=frozenset(fonts),
    )


def _tags(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in _tags(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"]).removeprefix("/")] if "/S" in node else []
    return own + (_tags(node["/K"]) if "/K" in node else [])
