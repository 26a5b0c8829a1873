"""What somebody tells about one month, to see its refund."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inclusion_rules.estimate import Estimate
from inclusion_rules.month_rows import WITH_YEARLY_CEILING
from inclusion_rules.periods import ONE_DAY, Period, add_months, add_years
from toolbox.catalogue.forms import HIGHEST_WAGE
from toolbox.ui.figures import month, number
from toolbox.ui.forms import DateField, Form, NumberField, Select

_MONTH = "%Y-%m"
#: The longest support with a last day is four years, and a longer list is none to choose from.
MOST_MONTHS = 48


def months_of(found: Estimate) -> dict[str, Period]:
    """The part of each calendar month that the support may cover, by a key like 2027-02."""
    longest = max(found.alternatives, key=lambda way: way.agreement.end or date.min)
    whole = longest.agreement.period
    assert whole is not None  # an estimate has both dates
    shown = Period(whole.start, min(whole.end, add_months(whole.start, MOST_MONTHS) - ONE_DAY))
    return {f"{part.start:{_MONTH}}": part for part in shown.by_month()}


class RefundForm(Form):
    """Bound to the query string, with the first month as agreed for what is not there."""

    may_be_kept = True

    maned = Select(
        label=gettext_lazy("Hvilken måned gjelder det?"),
        missing=gettext_lazy("Velg en av månedene støtten kan vare."),
    )
    navprosent = NumberField(
        name=gettext_lazy("Prosenten"),
        label=gettext_lazy("Hvor mange prosent har Nav godkjent for måneden?"),
        help_text=gettext_lazy("Det står i avtalen. Vi har fylt inn en prosent som kan gjelde i starten."),
        missing=gettext_lazy("Skriv prosenten Nav har godkjent, for eksempel 40."),
        low=1,
        high=100,
        example="40",
    )
    utbetalt = NumberField(
        name=gettext_lazy("Lønnen"),
        label=gettext_lazy("Hvor mye lønn er tjent opp i måneden?"),
        help_text=gettext_lazy("Fast lønn, timelønn og faste tillegg. Ikke overtid eller feriepenger."),
        missing=gettext_lazy("Skriv lønnen, for eksempel 19 500."),
        low=0,
        high=HIGHEST_WAGE,
        example="19 500",
    )
    ferietrekk = NumberField(
        name=gettext_lazy("Trekket for ferie"),
        label=gettext_lazy("Hvor mye er trukket i lønn for ferie? (Valgfritt)"),
        missing="",
        required=False,
        low=0,
        high=HIGHEST_WAGE,
        example="4500",
    )
    andre = NumberField(
        name=gettext_lazy("Andre refusjoner"),
        label=gettext_lazy("Hvor mye får dere i andre refusjoner for måneden? (Valgfritt)"),
        help_text=gettext_lazy("For eksempel sykepenger som Nav betaler tilbake."),
        missing="",
        required=False,
        low=0,
        high=HIGHEST_WAGE,
        example="8000",
    )
    minus = NumberField(
        name=gettext_lazy("Minuset"),
        label=gettext_lazy("Hvor stort minus er igjen fra en tidligere måned? (Valgfritt)"),
        missing="",
        required=False,
        low=0,
        high=HIGHEST_WAGE,
        example="2000",
    )
    refundert = NumberField(
        name=gettext_lazy("Det Nav har refundert"),
        label=gettext_lazy("Hvor mye har Nav refundert tidligere samme år? (Valgfritt)"),
        help_text=gettext_lazy("For samme person, bedrift og støtte, også etter en tidligere avtale."),
        missing="",
        required=False,
        low=0,
        high=HIGHEST_WAGE,
        example="100 000",
    )
    godkjent = DateField(
        name=gettext_lazy("Dagen"),
        label=gettext_lazy("Hvilken dag godkjente Nav måneden? (Valgfritt)"),
        help_text=gettext_lazy("Kom godkjenningen etter at måneden var slutt, har dere lengre frist."),
        missing="",
        required=False,
    )

    def __init__(self, data: Mapping[str, str], *, months: Mapping[str, Period], with_ceiling: bool) -> None:
        super().__init__(data)
        self.months = months
        self.offer("maned").choices = [(key, month(part.start)) for key, part in months.items()]
        if not with_ceiling:
            del self.fields["refundert"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        approved, part = answers.get("godkjent"), self.months.get(answers.get("maned", ""))
        if approved and part and approved > add_years(part.end, 1):
            self.add_error(
                "godkjent", _("Skriv dagen Nav godkjente måneden, høyst ett år etter at den var slutt.")
            )
        return answers

    @classmethod
    def filled(cls, query: Mapping[str, str], found: Estimate) -> RefundForm:
        """The form bound to `query`; what is not there at all is the first month, as agreed."""
        months = months_of(found)
        usual = {
            "maned": next(iter(months)),
            "navprosent": number(min(way.percent for way in found.alternatives)),
            "utbetalt": number(found.cost.wage),
        }
        given = {name: value for name, value in query.items() if name in cls.base_fields}
        return cls({**usual, **given}, months=months, with_ceiling=found.measure in WITH_YEARLY_CEILING)

    @classmethod
    def without(cls, query: Mapping[str, str]) -> dict[str, str]:
        """What the address holds besides: the calculator's own answers."""
        return {name: value for name, value in query.items() if name not in cls.base_fields}

    def amount(self, name: str) -> Any:
        """What was written, 0 where nothing was. Only after is_valid()."""
        return self.cleaned_data.get(name) or 0
