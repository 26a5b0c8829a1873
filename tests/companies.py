"""Two companies and what they answer in the mapping: {question: answer}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: A café in Halden that has never tried, and lacks people.
CAFE: Mapping[str, Any] = {
    "N1": 2,
    "B3": "3101",
    "B1": "I",
    "B2": "5-9",
    "A1": 4,
    "A6": 2,
    "E1": ("none",),
    "R2": 4,
    "K1b": 2,
    "K2a": 1,
    "K3a": 2,
    "K4a": 3,
    "K5a": 2,
}
#: A firm of 45 in Fredrikstad that has answered it all, less O1.
FIRM: Mapping[str, Any] = {
    **CAFE,
    "B3": "3107",
    "B1": "C",
    "B2": "20-49",
    "B4": "private_local",
    "B5": "hr",
    "B6": 2,
    "N2": 3,
    "N3": 4,
    "A2": 4,
    "A3": 2,
    "A4": 3,
    "A5": 2,
    "E1": ("practice", "subsidy"),
    "E2": 1,
    "E3": 4,
    "E4": 4,
    "E5": ("internal",),
    "R1": 4,
    "R3": 3,
    "R4": 2,
    "R5": 2,
    "R6": 3,
    "D1": ("contact", "trial"),
    "D2": ("staffing",),
    "K1a": 4,
    "K1b": 4,
    "K2b": 2,
    "K3b": 3,
    "K4b": 4,
    "K5b": 2,
}
