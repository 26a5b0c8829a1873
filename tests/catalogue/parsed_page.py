"""A page as a reader gets it, parsed strictly and without a browser."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import html5lib

LANGUAGES = {"nb": "", "nn": "/nn", "en": "/en"}

#: Largest page, in bytes of HTML before compression.
LARGEST_PAGE = 60_000


class Page:
    """A page that parsed without an error and names nothing twice."""

    def __init__(self, response: Any) -> None:
        assert response.status_code == 200, response.status_code
        self.text = response.content.decode()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.text)
        assert parser.errors == []
        ids = [node.get("id") for node in self.root.iter() if node.get("id")]
        assert len(ids) == len(set(ids)), "an id is used twice"
        assert len(response.content) <= LARGEST_PAGE

    def all(self, path: str) -> list[Element]:
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Element:
        (found,) = self.all(path)
        return found

    def headings(self) -> list[int]:
        return [
            int(node.tag[1]) for node in self.root.iter() if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        ]

    def links(self) -> dict[str, str]:
        """What people read, by address."""
        return {node.get("href", ""): words(node) for node in self.all("main//a")}


def words(node: Element) -> str:
    """The text of a node as it is read: one space between words."""
    return " ".join("".join(node.itertext()).replace("\u00a0", " ").split())
