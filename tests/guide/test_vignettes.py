"""Companies in words, and what their toolbox must and must not hold: the specification of the rules.

The words stand in vignettes.yaml, in toolbox_rules.yaml what fulfils them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inclusion_rules.reviewed_file import read_yaml
from toolbox.guide.suggest import toolbox_for
from toolbox.guide.toolbox import Toolbox
from toolbox.guide.toolbox_rules import rules
from toolbox.mapping.answers import Answers, checked_all
from toolbox.mapping.instrument import instrument
from toolbox.mapping.scoring import FORMS, SHORT

FORM = instrument()
FILE = read_yaml(Path(__file__).with_name("vignettes.yaml"))
VIGNETTES: list[dict[str, Any]] = FILE["vignettes"]
NOTES = {note.id: note.words for note in rules().notes}
#: The aim of the issue is forty.
FEWEST = 45


def answers_of(vignette: dict[str, Any], **changed: Any) -> Answers:
    base = FILE["bases"][vignette["base"]] if "base" in vignette else {}
    told = {**base, **vignette["answers"], **changed}
    return checked_all(FORM, {name: answer for name, answer in told.items() if answer is not None})


def toolbox_of(vignette: dict[str, Any], **changed: Any) -> Toolbox:
    return toolbox_for(FORM, answers_of(vignette, **changed), vignette["form"])


def suggested(box: Toolbox) -> set[str]:
    return {each.key for row in box.areas for each in row.suggestions}


def holds(box: Toolbox, kind: str, what: str) -> bool:
    match kind:
        case "next":
            return what in {each.key for each in box.next_steps}
        case "has":
            return what in suggested(box)
        case "first":
            return box.areas[0].area == what
        case "note":
            return NOTES[what] in box.notes
        case "help":
            return what in box.help_needs
        case "open":
            return what in box.open_items
    raise ValueError(f"{kind}: write next, has, first, note, help or open")


def told(box: Toolbox) -> str:
    """The toolbox, for whoever reads that a vignette fails."""
    lines = [f"next: {', '.join(each.key for each in box.next_steps)}"]
    for row in box.areas:
        lines.append(f"{row.area}: {', '.join(each.key for each in row.suggestions)}")
    notes = [name for name, words in NOTES.items() if words in box.notes]
    return "\n".join([*lines, f"notes: {', '.join(notes)}", f"open: {', '.join(box.open_items)}"])


def demands(vignette: dict[str, Any], which: str) -> Iterator[tuple[str, str, str]]:
    for row in vignette.get(which, ()):
        ((kind, what),) = ((kind, what) for kind, what in row.items() if kind != "because")
        yield kind, what, row["because"]


@pytest.fixture(params=VIGNETTES, ids=lambda vignette: vignette["id"])
def vignette(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_S03_the_toolbox_of(vignette):
    box = toolbox_of(vignette)
    for kind, what, because in demands(vignette, "must"):
        assert holds(box, kind, what), f"no {kind} {what}, though {because}\n{told(box)}"
    for kind, what, because in demands(vignette, "must_not"):
        assert not holds(box, kind, what), f"{kind} {what}, though {because}\n{told(box)}"


def test_a_vignette_demands_something_and_says_why(vignette):
    rows = [*demands(vignette, "must"), *demands(vignette, "must_not")]
    assert rows and all(because for _, _, because in rows)
    known = {key for need in rules().needs for key in (*need.tools, *need.measures)}
    known |= {key for row in rules().acquaintance.values() for key in row.tools}
    for kind, what, _ in rows:
        assert kind not in {"next", "has"} or what in known, f"no rule can ever suggest {what}"


def test_there_are_enough_of_both_forms():
    assert len(VIGNETTES) >= FEWEST
    assert len({vignette["id"] for vignette in VIGNETTES}) == len(VIGNETTES)
    assert {vignette["form"] for vignette in VIGNETTES} == set(FORMS)


def test_the_short_form_is_answered_with_its_own_questions(vignette):
    if vignette["form"] == SHORT:
        assert set(answers_of(vignette)) <= {*FORM.short, "B1", "B2", "B3"}


@pytest.mark.parametrize(
    ("vignette", "change"),
    [(vignette, change) for vignette in VIGNETTES for change in vignette.get("changes", ())],
    ids=lambda value: value["id"] if "id" in value else str(value["answers"]),
)
def test_S03_one_changed_answer_changes(vignette, change):
    before, after = (
        suggested(toolbox_of(vignette)),
        suggested(changed := toolbox_of(vignette, **change["answers"])),
    )
    if "comes" in change:
        assert change["comes"] in after - before, told(changed)
    if "goes" in change:
        assert change["goes"] in before - after, told(changed)
