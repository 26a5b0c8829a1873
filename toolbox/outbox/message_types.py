"""What may be sent: each type's words in three languages, how long it is of use, and who may stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from string import Formatter

from inclusion_rules.reviewed_file import read_yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("nb", "nn", "en")

#: No text is kept longer (reliability P14), so none can be of use longer.
TEXT_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MessageType:
    """One type. `subject`, `text` and `about` are by language; `about` is empty where nobody may stop it."""

    name: str
    useful_for: timedelta
    opt_out: bool
    subject: dict[str, str]
    text: dict[str, str]
    about: dict[str, str]

    @property
    def words(self) -> frozenset[str]:
        """The words the text has room for."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.text["nb"]) if name)


@cache
def message_types() -> dict[str, MessageType]:
    """Every type by name, as message_types.yaml has them."""
    raw = read_yaml(FOLDER / "message_types.yaml")
    return {
        name: MessageType(
            name=name,
            useful_for=timedelta(**entry["useful_for"]),
            opt_out=entry["opt_out"],
            subject=entry["subject"],
            text=entry["text"],
            about=entry.get("about", {}),
        )
        for name, entry in raw.items()
    }
