"""Finds national identity numbers in free text, however they are written.

The check digits are those Skatteetaten lays down: weights over the first nine digits and over the first ten,
modulo eleven. Numbers given out from 2032 may leave 1, 2 or 3 in the first check as well as 0
(skatteetaten.no, «Nytt fødselsnummer»).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: What no reader sees, and what copying from a web page or a PDF leaves behind.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

#: Digits of any script: \d reads full-width ones too.
_RUN = re.compile(r"\d+")
#: What may stand between two parts of one number: blanks and line breaks round at most one sign.
_GAP = re.compile(rf"[\s{INVISIBLE}]{{0,4}}(?:[^\w\s]|_)?[\s{INVISIBLE}]{{0,4}}")

_LENGTH = 11
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_FIRST_REMAINDERS = {0, 1, 2, 3}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: D-numbers have 40 added to the day; the numbers for help (H) 40, and the tax office's synthetic ones 80,
#: to the month.
_DAY_ADDED = (0, 40)
_MONTH_ADDED = (0, 40, 80)


def national_ids(text: str) -> Iterator[tuple[int, int]]:
    """Start and end in `text` of each number that looks like a national identity number, in order.

    A number may be cut into parts by blanks, signs and line breaks. A part is never cut: the first eleven
    digits of a longer number (a KID, say) are not looked at. Three account numbers of forty pass the check
    digits by chance, so the words to the reader say «ser ut som».
    """
    last = ""  # the newest digits, never more than a number has
    count = 0
    parts: dict[int, int] = {}  # digits before the part → where it starts in the text
    ended = 0
    for run in _RUN.finditer(text):
        if not _GAP.fullmatch(text, ended, run.start()):
            count, parts = 0, {}
        parts[count] = run.start()
        count += len(run[0])
        last = (last + run[0])[-_LENGTH:]
        ended = run.end()
        start = parts.get(count - _LENGTH)
        if start is not None and looks_like_national_id(last):
            yield start, ended


def looks_like_national_id(number: str) -> bool:
    """Whether eleven digits are a possible day and month with both check digits right."""
    figures = [unicodedata.digit(each) for each in number]
    return (
        _is_day(figures[0] * 10 + figures[1], figures[2] * 10 + figures[3])
        and sum(w * f for w, f in zip(_FIRST, figures, strict=False)) % 11 in _FIRST_REMAINDERS
        and sum(w * f for w, f in zip(_SECOND, figures, strict=True)) % 11 == 0
    )


def _is_day(day: int, month: int) -> bool:
    months = [month - added for added in _MONTH_ADDED if 1 <= month - added <= 12]
    return any(1 <= day - added <= _DAYS[months[0] - 1] for added in _DAY_ADDED) if months else False
