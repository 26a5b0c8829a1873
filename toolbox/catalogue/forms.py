"""The calculator's questions: the wage, the position, and which support to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inclusion_rules.contribution_zone import ZONES, contribution_rate_key, zone_of
from inclusion_rules.estimate import SUBSIDIES, TEMPORARY, Position, longest_end
from inclusion_rules.measures import all_measures
from inclusion_rules.periods import add_months
from inclusion_rules.rates import NoRate, RateBook
from toolbox.places.municipalities import OSTFOLD, all_municipalities, by_number, in_county
from toolbox.ui.figures import number, percent
from toolbox.ui.forms import Choices, DateField, Form, NumberField, OptionList, Radios, Select, option_list

HOLIDAY_RATES = (
    "shared.holiday_pay_agreement",
    "shared.holiday_pay_statutory",
    "shared.holiday_pay_over_60",
    "shared.holiday_pay_agreement_over_60",
)

#: Highest wage we take in, NOK a month or an hour: above this somebody has typed wrong.
HIGHEST_WAGE = Decimal(1_000_000)


def usual_start(today: date) -> date:
    """The first of a month at least two months off: there is time to make an agreement with Nav."""
    return add_months((add_months(today, 2)).replace(day=1), 1)


@lru_cache(maxsize=len(settings.LANGUAGES))
def _municipality_options(language: str) -> str:
    """Østfold first, because the toolbox was made there; then the rest of the country."""
    ostfold = in_county(OSTFOLD)
    rest = [m for m in all_municipalities() if m.county_number != OSTFOLD]
    return option_list(
        [
            ("", _("Velg kommune")),
            ("Østfold", [(m.number, m.short_name) for m in ostfold]),
            (_("Resten av landet"), [(m.number, m.name) for m in rest]),
        ],
        chosen="",
    )


class MunicipalityList(OptionList):
    """The list of municipalities: written once a language, with the chosen one marked."""

    def options(self, chosen: str) -> SafeString:
        options = _municipality_options(get_language() or "nb")
        if by_number(chosen) is None:
            return mark_safe(options)
        return mark_safe(options.replace(f'value="{chosen}"', f'value="{chosen}" selected', 1))


class MunicipalityField(Select):
    """The municipality the workplace lies in. Old numbers of Østfold lead to today's."""

    widget = MunicipalityList

    def accepts(self, value: str) -> bool:
        return by_number(value) is not None

    def clean(self, value: Any) -> str:
        found = by_number(super().clean(value))
        return found.number if found else ""

    def words(self, value: str) -> str:
        found = by_number(value)
        return found.short_name if found else value


@lru_cache(maxsize=16)
def _choices(language: str, on: date, rates: RateBook) -> Mapping[str, Choices]:
    """The choices that depend on the language, the day and the rates: worked out once for each."""
    holiday = [rates.rate(key, on) for key in HOLIDAY_RATES]
    zones = [(zone, rates.value(contribution_rate_key(zone), on)) for zone in ZONES]
    zone_text = _("Sone %(zone)s: %(percent)s")
    return {
        "tiltak": [(key, all_measures()[key].name[language]) for key in SUBSIDIES],
        "feriepenger": [(f"{r.value:f}", f"{percent(r.value)} – {r.name[language]}") for r in holiday],
        "avgift": [
            ("", _("Følg kommunen")),
            *((zone, zone_text % {"zone": zone, "percent": percent(value)}) for zone, value in zones),
        ],
    }


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form holds when every answer can be used."""

    measure: str
    position: Position
    start: date
    end: date | None
    contribution_key: str
    mentor_hours: Decimal | None
    mentor_wage: Decimal | None


class PositionForm(Form):
    """Bound to the query string, with what is usual filled in for whatever is not there."""

    may_be_kept = True

    kommune = MunicipalityField(
        label=gettext_lazy("Hvilken kommune ligger arbeidsplassen i?"),
        help_text=gettext_lazy("Kommunen avgjør satsen for arbeidsgiveravgift, og hvem du ringer."),
        missing=gettext_lazy("Velg hvilken kommune arbeidsplassen ligger i."),
    )
    lonn = NumberField(
        name=gettext_lazy("Lønn"),
        label=gettext_lazy("Hva er lønnen?"),
        help_text=gettext_lazy("Bruttolønn i kroner, uten overtid."),
        missing=gettext_lazy("Skriv lønnen, for eksempel 200."),
        low=1,
        high=HIGHEST_WAGE,
        example=gettext_lazy("200 eller 200,50"),
    )
    lonntype = Radios(
        label=gettext_lazy("Gjelder lønnen per time eller per måned?"),
        missing=gettext_lazy("Velg om lønnen er per time eller per måned."),
        choices=[
            ("time", gettext_lazy("Per time")),
            ("maned", gettext_lazy("Per måned, for den stillingen dere skal fylle")),
        ],
    )
    andel = NumberField(
        name=gettext_lazy("Stillingsprosent"),
        label=gettext_lazy("Hvor stor er stillingen?"),
        help_text=gettext_lazy("Skriv stillingsprosenten. Full stilling er 100."),
        missing=gettext_lazy("Skriv stillingsprosenten, for eksempel 60."),
        low=1,
        high=100,
        example="60",
    )
    start = DateField(
        name=gettext_lazy("Startdato"),
        label=gettext_lazy("Når kan personen starte?"),
        help_text=gettext_lazy("Skriv dag, måned og år, for eksempel 1.2.2027."),
        missing=gettext_lazy("Skriv startdatoen, for eksempel 1.2.2027."),
    )
    slutt = DateField(
        name=gettext_lazy("Sluttdato"),
        label=gettext_lazy("Når slutter stillingen? (Valgfritt)"),
        help_text=gettext_lazy(
            "La feltet stå tomt for fast stilling. Da regner vi så lenge støtten kan vare."
        ),
        missing="",
        required=False,
    )
    tiltak = Radios(
        label=gettext_lazy("Hvilken støtte vil du se på?"),
        missing=gettext_lazy("Velg hvilken støtte du vil se på."),
    )
    mentortimer = NumberField(
        name=gettext_lazy("Mentortimer"),
        label=gettext_lazy("Hvor mange timer i måneden skal en kollega være mentor? (Valgfritt)"),
        help_text=gettext_lazy("La feltet stå tomt hvis dere ikke vil ha mentor."),
        missing="",
        required=False,
        low=1,
        high=200,
        example="10",
    )
    mentorlonn = NumberField(
        name=gettext_lazy("Mentorens timelønn"),
        label=gettext_lazy("Hva er mentorens timelønn? (Valgfritt)"),
        missing="",
        required=False,
        low=1,
        high=HIGHEST_WAGE,
        example="250",
    )
    feriepenger = Select(
        label=gettext_lazy("Hvor mye betaler dere i feriepenger?"),
        help_text=gettext_lazy("Tariffavtale gir oftest fem uker ferie og den høyere satsen."),
        missing=gettext_lazy("Velg en av satsene for feriepenger."),
    )
    pensjon = NumberField(
        name=gettext_lazy("Pensjon"),
        label=gettext_lazy("Hvor mange prosent betaler dere i tjenestepensjon?"),
        help_text=gettext_lazy("Det laveste loven tillater, er fylt inn."),
        missing=gettext_lazy("Skriv prosenten for tjenestepensjon, for eksempel 2."),
        low=0,
        high=30,
        example="2",
    )
    avgift = Select(
        label=gettext_lazy("Hvilken sone for arbeidsgiveravgift hører dere til?"),
        help_text=gettext_lazy("Vi kjenner sonen for kommunene i Østfold og noen til. Ellers velger du her."),
        missing=gettext_lazy("Velg en av sonene for arbeidsgiveravgift."),
        required=False,
    )

    def __init__(self, data: Mapping[str, str], *, today: date, rates: RateBook) -> None:
        self.today, self.rates = today, rates
        #: What the address holds besides: a need found earlier must survive a changed wage.
        self.carried: dict[str, str] = {}
        super().__init__(data)
        for name, choices in _choices(get_language() or "nb", today, rates).items():
            self.offer(name).choices = choices

    @classmethod
    def usual(cls, today: date, rates: RateBook) -> dict[str, str]:
        """What is filled in when nobody has said anything else, as query parameters."""
        return {
            "lonn": number(rates.value("shared.example_hourly_wage", today)),
            "lonntype": "time",
            "andel": "100",
            "start": usual_start(today).isoformat(),
            "tiltak": TEMPORARY,
            "feriepenger": f"{rates.value('shared.holiday_pay_agreement', today):f}",
            "pensjon": number(rates.value("shared.pension_minimum", today)),
        }

    @classmethod
    def filled(cls, query: Mapping[str, str], *, today: date, rates: RateBook) -> PositionForm:
        """The form bound to `query`, with what is usual for the answers that are not there at all."""
        given = {name: value for name, value in query.items() if name in cls.base_fields}
        form = cls({**cls.usual(today, rates), **given}, today=today, rates=rates)
        form.carried = {name: value for name, value in query.items() if name not in cls.base_fields}
        return form

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        start, end = answers.get("start"), answers.get("slutt")
        if start and end and end <= start:
            self.add_error("slutt", _("Sluttdato må være etter startdato."))
        if start:
            self._check_start(start, answers.get("tiltak"))
        if bool(answers.get("mentortimer")) != bool(answers.get("mentorlonn")) and not self.errors:
            lacking = "mentorlonn" if answers.get("mentortimer") else "mentortimer"
            self.add_error(
                lacking, _("Skriv både mentortimer og mentors timelønn, eller la begge stå tomme.")
            )
        if answers.get("kommune") and not answers.get("avgift") and zone_of(answers["kommune"]) is None:
            self.add_error(
                "avgift", _("Velg sone for arbeidsgiveravgift. Vi kjenner ikke sonen for kommunen du valgte.")
            )
        return answers

    def _check_start(self, start: date, measure: str | None) -> None:
        if start < add_months(self.today, -2 * 12):
            self.add_error("start", _("Startdato kan være inntil to år tilbake i tid."))
            return
        try:
            self.rates.value("shared.contribution_zone_1", start)
        except NoRate:
            self.add_error(
                "start",
                _(
                    "Vi har ikke satser for %(year)s ennå: arbeidsgiveravgiften mangler. "
                    "Velg en tidligere dato for å se et overslag."
                )
                % {"year": start.year},
            )
            return
        if measure is None:
            return
        try:
            longest_end(measure, None, start, self.rates)
        except NoRate:
            name = all_measures()[measure].name[get_language() or "nb"]
            self.add_error(
                "start",
                _("%(measure)s fantes ikke på startdatoen. Velg en senere dato, eller en annen støtte.")
                % {"measure": name},
            )

    def answers(self) -> Answers:
        """Only after is_valid()."""
        given = self.cleaned_data
        key = contribution_rate_key(given["avgift"] or zone_of(given["kommune"]) or "")
        return Answers(
            measure=given["tiltak"],
            position=Position(
                wage=given["lonn"],
                per_hour=given["lonntype"] == "time",
                position_percent=given["andel"],
                holiday_percent=Decimal(given["feriepenger"]),
                pension_percent=given["pensjon"],
                contribution_percent=self.rates.value(key, given["start"]),
            ),
            start=given["start"],
            end=given["slutt"],
            contribution_key=key,
            mentor_hours=given["mentortimer"],
            mentor_wage=given["mentorlonn"],
        )
