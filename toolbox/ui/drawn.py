"""What this process has drawn before. The same figures in the same language are drawn once.

Only what rests on the company's own answers, the rates and the day may be kept: nothing about a person, and
nothing that differs from reader to reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence

from django.utils.safestring import SafeString

#: A full memory is simply begun anew: some ten kilobytes each.
AT_MOST = 2000
_drawn: dict[Hashable, SafeString] = {}
#: A page in pieces: every second one is the number of the reader's own text that stands there.
_in_pieces: dict[Hashable, list[str]] = {}


def once(key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` gives, drawn the first time a key is asked for. The key holds all that it depends on."""
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= AT_MOST:
            _drawn.clear()
        found = _drawn[key] = draw()
    return found


def for_each(key: Hashable, own: Sequence[str], draw: Callable[[], str]) -> str:
    """The page that `draw` gives, drawn the first time a key is asked for, with each reader's own in it.

    `own` are the texts in which readers of the same key differ, in the same order each time: the secret of an
    address, the token of a form. Each must be one that stands nowhere else by chance, and as it stands in
    HTML. The first reader's are cut out of what is kept.
    """
    pieces = _in_pieces.get(key)
    if pieces is None:
        if len(_in_pieces) >= AT_MOST:
            _in_pieces.clear()
        pieces = re.split("(" + "|".join(map(re.escape, own)) + ")", draw())
        pieces[1::2] = [str(own.index(text)) for text in pieces[1::2]]
        _in_pieces[key] = pieces
    page = pieces.copy()
    page[1::2] = [own[int(number)] for number in pieces[1::2]]
    return "".join(page)
