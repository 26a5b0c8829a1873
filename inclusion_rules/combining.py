"""What may stand together with what. A link read in law or on NAV's pages is told apart from one we infer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from inclusion_rules.measures import Measure, all_measures


class Together(Enum):
    """`READ`: a source says so. `INFERRED`: we conclude it. `EXCLUDED`: not for the same person at once."""

    READ = "read"
    INFERRED = "inferred"
    EXCLUDED = "excluded"
    UNSAID = "unsaid"


def together(one: str, other: str) -> Together:
    """How two measures stand to each other for the same person, whichever of them says it.

    Where one says that they exclude each other, that counts: we would rather promise too little.
    KeyError for a key that is no measure.
    """
    first, second = all_measures()[one], all_measures()[other]
    if other in first.excludes or one in second.excludes:
        return Together.EXCLUDED
    said = {first.combines_with.get(other), second.combines_with.get(one)}
    if "source" in said:
        return Together.READ
    return Together.INFERRED if "inferred" in said else Together.UNSAID


def beside(key: str) -> Mapping[Together, tuple[Measure, ...]]:
    """Every other measure by how it stands to `key`, in the order of usefulness; the unsaid left out."""
    found: dict[Together, list[Measure]] = {Together.READ: [], Together.INFERRED: [], Together.EXCLUDED: []}
    for other in all_measures().values():
        how = together(key, other.key) if other.key != key else Together.UNSAID
        if how is not Together.UNSAID:
            found[how].append(other)
    return {how: tuple(measures) for how, measures in found.items()}
