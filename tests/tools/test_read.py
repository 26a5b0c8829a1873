"""A file that breaks the format is refused with its name, the field, and what to write instead."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from inclusion_rules.reviewed_file import read_yaml
from toolbox.console import main
from toolbox.tools.read import FOLDER, SOURCES, ToolFileError, read

NAME = "help/trial_with_decision_date.yaml"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """What is said when the example of an area is changed: `refused(lambda tool: tool.pop("slug"))`."""

    def told(change: Change, name: str = NAME) -> str:
        shutil.copy(FOLDER / SOURCES, tmp_path)
        fields = read_yaml(FOLDER / NAME)
        change(fields)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(yaml.safe_dump(fields, allow_unicode=True), "utf-8")
        with pytest.raises(ToolFileError) as error:
            read(tmp_path)
        return str(error.value)

    return told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.pop("owner"), "owner: write these fields"),
        (lambda t: t.update(autor="x"), "autor: no such field; use areas,"),
        (lambda t: t.update(slug="Prøv nå"), "slug: write the bokmål title with a–z"),
        (lambda t: t.update(areas=["help"]), "areas: leave out help"),
        (lambda t: t.update(areas=["sharing"]), "areas: 'sharing' is not known; use one of stories,"),
        (lambda t: t["title"].update(nn=""), "title.nn: write the text"),
        (lambda t: t["title"].update(nb="Prøv."), "title.nb: take away the full stop"),
        (lambda t: t["promise"].update(en="It works"), "promise.en: end the sentence with a full stop"),
        (lambda t: t["cost"].update(nb="Gratis!"), "cost.nb: take away the exclamation mark"),
        (lambda t: t["cost"].update(nb="{rate:mentor.x} kr."), "cost.nb: there is no rate mentor.x"),
        (lambda t: t.update(steps=t["steps"][:2]), "steps: write 3 to 7 of them; there are 2"),
        (lambda t: t.update(who=[]), "who: name at least one of manager,"),
        (lambda t: t["time"].update(band="hour"), "time.band: write one of minutes, hours, weeks"),
        (lambda t: t["why"][0].update(strength="high"), "why[0].strength: write one of weak, moderate,"),
        (lambda t: t["why"][0].update(strength="strong"), "why[0].strength: write moderate; these studies"),
        (lambda t: t["why"][0].update(sources=[]), "why[0].sources: name a study from sources.yaml"),
        (lambda t: t["why"][0].update(sources=["S999"]), "why[0].sources: S999 is not in sources.yaml"),
        (lambda t: t["why"][2].update(sources=["S30"]), "why[2].sources: leave them out of what is practice"),
        (lambda t: t.update(law=[]), "law: name the act and paragraph that why[1] rests on"),
        (lambda t: t.update(law=[{"act": "x", "at": "§ 1"}]), "law[0].act: use one of aml,"),
        (lambda t: t.update(law=[{"act": "aml", "at": "1"}]), "law[0].at: write the paragraph"),
        (lambda t: t.update(pages=["front"]), "pages: 'front' is not known"),
        (lambda t: t.update(measures=["vta"]), "measures: 'vta' is not known"),
        (lambda t: t.update(help_needs=["money"]), "help_needs: 'money' is not known"),
        (lambda t: t.update(checked="i dag"), "checked: write a day as 2026-11-25"),
        (lambda t: t.update(next_check=t["checked"]), "next_check: write a day after `checked`"),
    ],
)
def test_it_says_which_field_and_what_to_write(
    refused: Callable[..., str], change: Change, told: str
) -> None:
    assert f"content/tools/{NAME}: {told}" in refused(change)


def test_all_that_is_wrong_is_told_at_once(refused: Callable[..., str]) -> None:
    told = refused(lambda t: (t.pop("slug"), t.update(who=[]), t["title"].update(en="")))
    assert len(told.splitlines()) == 4


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "sharing/trial.yaml",
            "the folder: move the file to one of stories, support, people, learning, help",
        ),
        ("help/Prøv-det.yaml", "the file's name: write it in English with a–z, 0–9 and _"),
    ],
)
def test_where_the_file_lies_is_checked_too(refused: Callable[..., str], name: str, told: str) -> None:
    assert told in refused(lambda t: None, name)


def test_a_file_that_is_no_yaml_is_told_by_name(tmp_path: Path) -> None:
    shutil.copy(FOLDER / SOURCES, tmp_path)
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "x.yaml").write_text("title: Nå: prøv", "utf-8")
    with pytest.raises(ToolFileError, match=r"help/x.yaml: the file: cannot be read as YAML"):
        read(tmp_path)


def test_two_tools_never_share_an_address(tmp_path: Path) -> None:
    shutil.copy(FOLDER / SOURCES, tmp_path)
    for area, name in (("help", "one"), ("people", "two")):
        (tmp_path / area).mkdir()
        shutil.copy(FOLDER / NAME, tmp_path / area / f"{name}.yaml")
    with pytest.raises(
        ToolFileError, match="the slug avtal-en-proveperiode-med-beslutningsdato is used 2 times"
    ):
        read(tmp_path)


def test_the_files_in_the_box_stand() -> None:
    assert read(FOLDER)


def test_a_tool_that_cannot_be_used_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ToolFileError(f"{NAME}: owner: write these fields")

    monkeypatch.setattr("toolbox.tools.read.tools_of_files", broken)
    with pytest.raises(ToolFileError, match="write these fields"):
        main(["serve"])
