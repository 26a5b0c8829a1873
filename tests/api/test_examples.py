"""The examples of the documentation page are true: asked of the real site, they give what the page shows."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from toolbox.api.documentation import EXAMPLES
from toolbox.api.openapi import document

FILES = sorted(EXAMPLES.glob("*.json"))


def sent(site: Any, told: dict[str, Any]) -> str:
    """What the site answers to the request of an example."""
    content = told["file"].encode() if "file" in told else json.dumps(told.get("question")).encode()
    request = urllib.request.Request(
        site.url + told["address"],
        data=content if told["method"] == "POST" else None,
        headers={"Content-Type": told.get("type", "application/json")},
        method=told["method"],
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.read().decode()


def differences(shown: Any, given: Any, where: str = "") -> list[str]:
    """Where the answer is not what is shown. The page leaves out fields, and cuts lists short."""
    if isinstance(shown, dict) and isinstance(given, dict):
        lacking = [f"{where}/{name} is not in the answer" for name in shown if name not in given]
        return lacking + [
            each
            for name in shown
            if name in given
            for each in differences(shown[name], given[name], f"{where}/{name}")
        ]
    if isinstance(shown, list) and isinstance(given, list) and len(shown) <= len(given):
        pairs = zip(shown, given, strict=False)
        return [each for n, (a, b) in enumerate(pairs) for each in differences(a, b, f"{where}/{n}")]
    return [] if shown == given else [f"{where}: the page shows {shown!r}, the answer is {given!r}"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_site_answers_an_example_as_the_page_shows_it(site: Any, path: Path) -> None:
    told = json.loads(path.read_text())
    answer = sent(site, told)
    if "lines" in told:
        assert differences(told["lines"], [json.loads(line) for line in answer.splitlines()]) == []
    else:
        assert differences(told["answer"], json.loads(answer)) == []


def test_a_difference_is_seen():
    assert differences({"a": [1]}, {"a": [1, 2], "b": 3}) == []
    for shown in ({"a": [2]}, {"c": 1}, {"a": [1, 2, 3]}, {"a": 1}):
        assert differences(shown, {"a": [1, 2], "b": 3})


def test_every_operation_has_an_example_and_every_example_is_on_the_page(site: Any) -> None:
    assert set(_operations()) <= {path.stem for path in FILES}
    for language in ("", "/nn", "/en"):
        page = site.fetch(f"{language}/api/")[2].decode()
        for path in FILES:
            told = json.loads(path.read_text())
            assert told["address"].replace("&", "&amp;") in page
            for field in told.get("question", ()):
                assert f"&quot;{field}&quot;" in page


def _operations() -> list[str]:
    return [
        operation["operationId"] for methods in document()["paths"].values() for operation in methods.values()
    ]
