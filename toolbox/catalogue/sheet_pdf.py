"""The sheet of cost and risk as at most two tagged A4 pages: the figures of the page, to take along."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from toolbox.catalogue.sheet import Case, Group, Sheet
from toolbox.ui.figures import day, kroner, number, unbroken
from toolbox.ui.paper import frame, lay_out

PAGE = Path(__file__).parent / "pdf" / "sheet.typ"


def file_name(on: date) -> str:
    """Never a name in it: files are forwarded."""
    return f"inkludering-kostnad-og-risiko-{on.isoformat()}.pdf"


def sheet_pdf(sheet: Sheet, *, on: date, checked: date, revision: str) -> bytes:
    """The PDF in the reader's language. The same sheet and date give the same bytes."""
    return lay_out(PAGE, words(sheet, on=on, checked=checked, revision=revision))


def words(sheet: Sheet, *, on: date, checked: date, revision: str) -> dict[str, Any]:
    """Everything the pages say, as their source reads it."""
    month = " + ".join(f"{row.label.lower()} {kroner(row.amount)}" for row in sheet.month[:-1])
    rounded = _("avrundet")
    return {
        **frame(
            on,
            title=_("Hva koster det i alt, og hva kan gå galt?"),
            footer=_("Dette er et overslag. Nav avgjør."),
        ),
        "about": " ".join((sheet.about, *sheet.ranges)),
        "whole": _("Dette betaler dere i tiden %(period)s:") % {"period": sheet.whole},
        "figures": [{**asdict(figure), "amount": number(figure.amount, 0)} for figure in sheet.figures],
        "wait": _("Ikke start før Nav har godkjent avtalen."),
        "periods_heading": _("Periode for periode"),
        "columns": [_("Kroner"), *sheet.columns],
        "groups": [_group(group) for group in sheet.groups],
        "cases_heading": _("Hva kan gå galt?"),
        "cases_lead": _("Beløpet er det dere kan ha betalt, i verste fall."),
        "case_columns": [_("Hva kan skje"), *(figure.label for figure in sheet.figures)],
        "cases": [_case(case) for case in sheet.cases],
        "out": _("Utvei:"),
        "carries": _("Hvem bærer det:"),
        "notes_heading": _("Forutsetninger"),
        "notes": [
            f"{month[:1].upper()}{month[1:]} = {kroner(sheet.month[-1].amount)} {_('i måneden')}, {rounded}.",
            *(f"{row.label}: {kroner(row.amount)}." for row in sheet.later),
            f"{_('Vårt anslag:')} {'; '.join(sheet.assumptions)}.",
            *sheet.notes,
            *([_("Støtten kan vare lenger. Her er de to første årene.")] if sheet.goes_on else []),
            _("Ikke med: utstyr, vikar, ferie og annet fravær."),
            f"{unbroken('; '.join(dict.fromkeys(g.law for g in sheet.groups[0].grounds[:2])))}.",
            _("Satser kontrollert %(day)s, utgave %(revision)s.")
            % {"day": day(checked), "revision": revision},
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "same": group.same,
        "total": group.total,
        "lines": [[line.label, *(cell for _name, cell in line.named)] for line in group.lines],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "title": case.title,
        "days": case.days,
        "what": case.what,
        "amounts": [amount for _label, amount in case.named],
        "way_out": case.way_out,
        "carries": case.carries,
        "law": case.law,
        "url": case.sources[0].url,
    }
