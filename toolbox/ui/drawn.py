"""What this process has drawn before. The same figures in the same language are drawn once.

Only what rests on the company's own answers, the rates and the day may be kept: nothing about a person, and
nothing that differs from reader to reader.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString

#: A full memory is simply begun anew: some ten kilobytes each.
AT_MOST = 2000
_drawn: dict[Hashable, SafeString] = {}


def once(key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` gives, drawn the first time a key is asked for. The key holds all that it depends on."""
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= AT_MOST:
            _drawn.clear()
        found = _drawn[key] = draw()
    return found
