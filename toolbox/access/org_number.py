"""Organisation numbers: nine digits, the last of which tells whether the others were written right."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s")
#: Modulus 11 over the first eight digits (Brønnøysundregistrene, «Om organisasjonsnummeret»).
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class NotNineDigits(ValueError):
    """Something else than nine digits. Spaces between them are fine."""


class WrongCheckDigit(ValueError):
    """Nine digits that are nobody's number: one of them is wrong."""


def read_org_number(written: str) -> str:
    """The nine digits somebody wrote, with or without spaces, NO before or MVA after.

    Raises NotNineDigits or WrongCheckDigit. That a number is right does not mean that anybody has it.
    """
    digits = _SPACES.sub("", written).upper().removeprefix("NO").removesuffix("MVA")
    if len(digits) != len(_WEIGHTS) + 1 or not (digits.isascii() and digits.isdigit()):
        raise NotNineDigits
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    # A remainder of one would ask for the check digit 10, so such numbers are not given out.
    if (total + int(digits[-1])) % 11:
        raise WrongCheckDigit
    return digits


def spaced(number: str) -> str:
    """As people read it: 123 456 785, without line breaks between."""
    return "\u00a0".join((number[:3], number[3:6], number[6:]))
