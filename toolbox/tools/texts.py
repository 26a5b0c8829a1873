"""What editors may change of a tool: its texts, by name, and the days it was checked. The rest is the file's.

A name says where a text stands: title_nb, why_0_en, steps_2_text_nn. All values are text; days are written
2026-11-25.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from inclusion_rules.measures import RATE_REFERENCE
from inclusion_rules.rates import LANGUAGES, shipped_rates

DAYS = ("checked", "next_check")
#: A sentence ends like this; a title does not.
_ENDS = (".", "?", ":", "»", "…")
#: What a claim rests on is no text, but decides which text may stand there.
_GROUND = "_rests_on"


def faults(words: str, *, sentence: bool) -> Iterator[tuple[str, str]]:
    """What must be put right in a text: (fault, the words it is about).

    missing, no_full_stop, full_stop, exclamation_mark, no_rate.
    """
    if not words:
        yield "missing", ""
    elif sentence and not words.endswith(_ENDS):
        yield "no_full_stop", ""
    elif not sentence and words.endswith("."):
        yield "full_stop", ""
    if "!" in words:
        yield "exclamation_mark", ""
    yield from (("no_rate", key) for key in RATE_REFERENCE.findall(words) if key not in shipped_rates())


def is_sentence(part: str) -> bool:
    """Whether a text ends with a full stop: all but titles, and how long it takes. `part` has no language."""
    return part != "time" and not part.endswith("title")


def parts(names: Mapping[str, str]) -> list[str]:
    """The texts among `names` without their language, in the order of the page."""
    return [name.removesuffix("_nb") for name in names if name.endswith("_nb")]


def of(fields: Mapping[str, Any]) -> dict[str, str]:
    """What a file says of all this, and what each claim in it rests on (why_0_rests_on)."""
    found = {
        f"{name}_{code}": str(holder[code]).strip() for name, holder in _holders(fields) for code in LANGUAGES
    }
    for i, claim in enumerate(fields["why"]):
        found[f"why_{i}{_GROUND}"] = " ".join([claim["strength"], *claim.get("sources", ())])
    return found | {name: fields[name].isoformat() for name in DAYS}


def have_room(seed: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether what was written when the file said `seed` still fits: as many parts, on the same grounds."""
    return seed.keys() == now.keys() and all(
        seed[name] == now[name] for name in now if name.endswith(_GROUND)
    )


def put(texts: Mapping[str, str], *, into: Mapping[str, Any]) -> dict[str, Any]:
    """A file's fields with other texts. KeyError where one is lacking."""
    fields: dict[str, Any] = deepcopy(dict(into))
    for name, holder in _holders(fields):
        holder.update({code: texts[f"{name}_{code}"] for code in LANGUAGES})
    return fields | {name: date.fromisoformat(texts[name]) for name in DAYS}


def _holders(fields: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text's name without language, and what holds its languages, in the order of the page."""
    for name in ("title", "promise", "time", "cost"):
        yield name, fields[name]
    for i, step in enumerate(fields["steps"]):
        yield f"steps_{i}_title", step["title"]
        yield f"steps_{i}_text", step["text"]
    for name in ("say", "why"):
        yield from ((f"{name}_{i}", item) for i, item in enumerate(fields[name]))
