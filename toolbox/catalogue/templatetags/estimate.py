"""Rows that a page has ten of or more, drawn in code: each would cost a template of its own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from toolbox.catalogue.estimate_views import MonthRow
from toolbox.catalogue.explanations import Row
from toolbox.ui.figures import day, kroner, period, unbroken

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
            "".join(f"<br>{escape(words)}" for words in (row.change, " ".join(row.notes)) if words),
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


_FIGURE = (
    '<details class="ds-details"><summary><span>%s <span class="ask">%s</span></span>'
    '<span class="amt num">%s</span></summary>'
    '<div class="why"><dl class="facts small">%s</dl></div></details>'
)


@register.simple_tag
def figure_rows(rows: Iterable[Row]) -> SafeString:
    """Figures, each opened by «Hva bygger dette på?». Whatever a row says is escaped."""
    ask = escape(_("Hva bygger dette på?"))
    words = [
        _("Formel"),
        _("Bygger på"),
        _("Lov"),
        _("Kilde"),
        _("Gyldig"),
        _("Sist kontrollert"),
        _("Ikke med"),
    ]
    formula, where_from, law, source, valid, checked, without = (f"<dt>{escape(word)}</dt>" for word in words)
    drawn = []
    for row in rows:
        label = escape(row.label)
        # A law that has a source is named in Norwegian, whatever the page's language.
        norwegian = ' lang="nb"' if row.sources else ""
        links = ", ".join(f'<a href="{escape(s.url)}">{escape(s.title)}</a>' for s in row.sources)
        facts = (
            f"{formula}<dd>{escape(row.formula)}</dd>{where_from}<dd>{escape(row.where_from)}</dd>"
            f"{law}<dd{norwegian}>{escape(unbroken(row.law))}</dd>"
            f"{f'{source}<dd{norwegian}>{links}</dd>' if links else ''}"
            f"{valid}<dd>{escape(row.valid)}</dd>{checked}<dd>{day(row.checked)}</dd>"
            f"{without}<dd>{escape(row.not_included)}</dd>"
        )
        label = f"<strong>{label}</strong>" if row.strong else label
        drawn.append(_FIGURE % (label, ask, kroner(row.amount), facts))
    return mark_safe("".join(drawn))


@register.simple_tag
def figure_row(row: Row) -> SafeString:
    """One such figure."""
    return figure_rows([row])


def _when(row: MonthRow) -> str:
    if row.start is None:
        return _("Alle måneder")
    if row.end is None and row.support:
        return _("Fra %(start)s, så lenge Nav gir støtten") % {"start": day(row.start)}
    if row.end is None:
        return _("Fra %(start)s") % {"start": day(row.start)}
    return period(row.start, row.end)
