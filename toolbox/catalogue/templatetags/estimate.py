"""Rows of the month table, drawn in code: a page has up to ten, and each would cost a template of its own."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from toolbox.catalogue.estimate_views import MonthRow
from toolbox.ui.figures import day, kroner, period

register = template.Library()

_ROW = (
    '<tr><th scope="row"><strong>{label}</strong><br><span class="small soft">{when}{note}</span></th>'
    '<td><svg class="bar" height="1.5em" aria-hidden="true" focusable="false">'
    '<rect fill="currentColor" width="{bar}%" height="1.5em"/>{support_bar}</svg></td>'
    '<td class="r num"><span class="lbl">{support_word} </span>{support}</td>'
    '<td class="r num"><span class="lbl">{pay_word} </span><strong>{pay}</strong></td></tr>'
)
_SUPPORT_BAR = '<rect stroke="currentColor" x="{}%" width="{}%" height="1.5em" fill="url(#hatch)"/>'


@register.simple_tag
def month_rows(rows: tuple[MonthRow, ...]) -> SafeString:
    """The table rows of one alternative."""
    words = {"support_word": _("Støtte fra Nav"), "pay_word": _("Du betaler")}
    return format_html_join("", "{}", ((_row(row, words),) for row in rows))


def _row(row: MonthRow, words: dict[str, str]) -> SafeString:
    return format_html(
        _ROW,
        label=row.label,
        when=_when(row),
        note=format_html("<br>{}", row.note) if row.note else "",
        bar=row.bar,
        support_bar=format_html(_SUPPORT_BAR, row.bar, row.support_bar) if row.support else "",
        support=kroner(row.support),
        pay=kroner(row.you_pay),
        **words,
    )


def _when(row: MonthRow) -> str:
    if row.start is None:
        return _("Alle måneder")
    if row.end is None:
        return _("Fra %(start)s") % {"start": day(row.start)}
    return period(row.start, row.end)
