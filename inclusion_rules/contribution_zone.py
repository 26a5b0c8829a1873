"""Which zone of employer's contribution (arbeidsgiveravgift) a workplace lies in, as far as we know.

The zone follows the municipality where the business is carried on. Stortinget decides the list every year; we
have not been able to read the current one, so most municipalities are unknown and none is better than medium.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ZONES = ("1", "1a", "2", "3", "4", "4a", "5")

_FILE = Path(__file__).parent / "shared_rates" / "municipality_zone.csv"


@dataclass(frozen=True, slots=True)
class Zone:
    """`code` is one of ZONES. `confidence` is high, medium or low; `source` tells what it rests on.

    Farming and fishing pay as in zone 4 where the code is 4a: nothing here knows the industry.
    """

    code: str
    confidence: str
    source: str


def zone_of(municipality_number: str) -> Zone | None:
    """The zone of a municipality of today, or None when we do not know it. None never means zone 1.

    Old numbers are not known here: resolve them first.
    """
    return _zones().get(municipality_number)


def contribution_rate_key(zone: Zone | str) -> str:
    """The key in the rate book of the contribution in `zone`, e.g. `shared.contribution_zone_1`.

    ValueError for anything but the codes in ZONES.
    """
    code = zone.code if isinstance(zone, Zone) else zone
    if code not in ZONES:
        raise ValueError(f"{code!r} is no contribution zone; use one of {', '.join(ZONES)}")
    return f"shared.contribution_zone_{code}"


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, Zone]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["number"]: Zone(row["zone"], row["confidence"], row["source"])
            for row in csv.DictReader(file)
            if row["zone"]
        }
