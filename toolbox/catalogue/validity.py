"""From when to when a rate is valid, and whether using it is an assumption, in the reader's words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from inclusion_rules.periods import ONE_DAY
from inclusion_rules.rates import Rate
from toolbox.ui.figures import day


def valid(rate: Rate) -> str:
    """«Fra 1. januar 2026 til 31. desember 2026.» The end where one is known or due."""
    ends = rate.valid_to or rate.known_to
    if ends is None:
        return _("Fra %(day)s.") % {"day": day(rate.valid_from)}
    return _("Fra %(first)s til %(last)s.") % {"first": day(rate.valid_from), "last": day(ends)}


def assumption(rate: Rate, on: date) -> str:
    """The sentence that marks a figure on `on` whose rate is another by then, or not set yet; else empty."""
    if rate.valid_to is not None and on > rate.valid_to:
        changes = day(rate.valid_to + ONE_DAY)
        return _("Satsen endres %(day)s. Beløpet bruker satsen som gjelder ved start.") % {"day": changes}
    if rate.known_to is None or on <= rate.known_to:
        return ""
    year = rate.known_to.year
    if on.year > year + 1:
        text = _("Vi har ikke satser for %(year)s ennå. Beløpet viser kostnaden med satsene for %(known)s.")
        return text % {"year": on.year, "known": year}
    return _("Vi bruker satsen for %(year)s, fordi ny sats ikke er fastsatt.") % {"year": year}
