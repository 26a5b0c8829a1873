"""Rows of the month table, drawn in code: a page has up to ten, and each would cost a template of its own."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from toolbox.catalogue.estimate_views import MonthRow
from toolbox.ui.figures import day, kroner, period

register = template.Library()

_ROW = (
    '<tr><th scope="row"><strong>%s</strong><br><span class="small soft">%s%s</span></th>'
    '<td><svg class="bar" height="1.5em" aria-hidden="true" focusable="false">'
    '<rect fill="currentColor" width="%s%%" height="1.5em"/>%s</svg></td>'
    '<td class="r num"><span class="lbl">%s </span>%s</td>'
    '<td class="r num"><span class="lbl">%s </span><strong>%s</strong></td></tr>'
)
_SUPPORT_BAR = '<rect stroke="currentColor" x="%s%%" width="%s%%" height="1.5em" fill="url(#hatch)"/>'


@register.simple_tag
def month_rows(rows: tuple[MonthRow, ...]) -> SafeString:
    """The table rows of one alternative. Words are escaped; the rest is figures we have written ourselves."""
    support_word, pay_word = escape(_("Støtte fra Nav")), escape(_("Du betaler"))
    drawn = (
        _ROW
        % (
            escape(row.label),
            escape(_when(row)),
            f"<br>{escape(row.note)}" if row.note else "",
            row.bar,
            _SUPPORT_BAR % (row.bar, row.support_bar) if row.support else "",
            support_word,
            kroner(row.support),
            pay_word,
            kroner(row.you_pay),
        )
        for row in rows
    )
    return mark_safe("".join(drawn))


def _when(row: MonthRow) -> str:
    if row.start is None:
        return _("Alle måneder")
    if row.end is None and row.support:
        return _("Fra %(start)s, så lenge Nav gir støtten") % {"start": day(row.start)}
    if row.end is None:
        return _("Fra %(start)s") % {"start": day(row.start)}
    return period(row.start, row.end)
