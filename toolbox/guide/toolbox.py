"""The toolbox made for one company: what to do first, and what can help in each of the five areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolbox.mapping.scoring import Level, Profile

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that can help.

    `kind` is `tool` or `measure`, and `key` its key. `area` is the area it is suggested for. `why` says what
    in the answers led here, and `unless` what would make it fall away. `caused_by` are the questions whose
    answers caused it: the toolbox holds no suggestion without one, but for `acquaintance`, which is there so
    that no area is empty.
    """

    kind: str
    key: str
    area: str
    why: Text
    unless: Text
    caused_by: tuple[str, ...]
    acquaintance: bool = False


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area. `level` is None where the form gives none."""

    area: str
    level: Level | None
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Toolbox:
    """`next_steps` are two tools, never more. `areas` are all five, the most useful first. `notes` are things
    to be told straight. `open_items` are unanswered questions whose answer could change the toolbox.
    `help_needs` are codes of the directory (toolbox.tools.tool.HELP_NEEDS), the most useful first.
    """

    profile: Profile
    next_steps: tuple[Suggestion, ...]
    areas: tuple[AreaRow, ...]
    notes: tuple[Text, ...]
    help_needs: tuple[str, ...]
    open_items: tuple[str, ...]
