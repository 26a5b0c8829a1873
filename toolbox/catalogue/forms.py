"""The calculator's questions: the wage, the position, and which support to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inclusion_rules.contribution_zone import ZONES, Zone, contribution_rate_key, zone_of
from inclusion_rules.estimate import SUBSIDIES, Position, longest_end
from inclusion_rules.measures import all_measures
from inclusion_rules.net_cost import Mentor
from inclusion_rules.periods import add_months
from inclusion_rules.rates import ASSUMED_FOR_MONTHS, NoRate, RateBook
from inclusion_rules.subsidy import SUMMER_JOB, TEMPORARY
from toolbox.places.municipalities import OSTFOLD, by_number, to_choose_from
from toolbox.ui.figures import day, day_of_year, number, percent
from toolbox.ui.forms import Choices, DateField, Form, NumberField, OptionList, Radios, Select, option_list

HOLIDAY_RATES = (
    "shared.holiday_pay_agreement",
    "shared.holiday_pay_statutory",
    "shared.holiday_pay_over_60",
    "shared.holiday_pay_agreement_over_60",
)

#: Highest wage we take in, NOK a month or an hour: above this somebody has typed wrong.
HIGHEST_WAGE = Decimal(1_000_000)


#: The rate that decides how far ahead we can reckon: it is set a year at a time.
YEARLY = "shared.contribution_zone_1"


def usual_start(today: date, rates: RateBook) -> date:
    """The first of a month at least two months off, so that there is time to make an agreement with Nav.

    Never past what can be reckoned: when next year's rates are late, the last month we have rates for.
    """
    usual = add_months((add_months(today, 2)).replace(day=1), 1)
    known_to = rates.table(YEARLY).known_to
    last = add_months(known_to, ASSUMED_FOR_MONTHS).replace(day=1) if known_to else usual
    return min(usual, last)


def next_summer(today: date, rates: RateBook) -> date:
    """The first day of the next summer job season."""
    month, day = rates.month_day(f"{SUMMER_JOB}.first_start_day", today)
    this_year = date(today.year, month, day)
    return this_year if this_year > today else this_year.replace(year=today.year + 1)


class ZoneSource(Enum):
    """How we know the zone of the employer's contribution."""

    CHOSEN = "chosen"
    INFERRED = "inferred"
    REMEMBERED = "remembered"
    UNKNOWN = "unknown"


@lru_cache(maxsize=len(settings.LANGUAGES))
def _municipality_options(language: str) -> str:
    ostfold, rest = to_choose_from()
    choices = [("", _("Velg kommune")), ("Østfold", ostfold), (_("Resten av landet"), rest)]
    return option_list(choices, chosen="")


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
    holiday = [rates.newest(key, on) for key in HOLIDAY_RATES]
    zones = [(zone, rates.newest(contribution_rate_key(zone), on).value) for zone in ZONES]
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
    zone_source: ZoneSource
    mentor_hours: Decimal | None
    mentor_wage: Decimal | None

    @property
    def mentor(self) -> Mentor | None:
        """The mentor the reader has told of, None when there is to be none."""
        if not self.mentor_hours or not self.mentor_wage:
            return None
        return Mentor(self.mentor_hours, self.mentor_wage)


#: The zone with the highest contribution.
HIGHEST_ZONE = "1"


def _zone_source(municipality: str, chosen: str, zone: Zone | None) -> ZoneSource:
    if chosen:
        return ZoneSource.CHOSEN
    if zone is None:
        return ZoneSource.UNKNOWN
    return ZoneSource.INFERRED if municipality.startswith(OSTFOLD) else ZoneSource.REMEMBERED


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
        help_text=gettext_lazy(
            "Vi kjenner sonen for kommunene i Østfold og noen til. "
            "Kjenner vi den ikke, regner vi med den høyeste satsen."
        ),
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
            "lonn": number(rates.newest("shared.example_hourly_wage", today).value),
            "lonntype": "time",
            "andel": "100",
            "start": usual_start(today, rates).isoformat(),
            "tiltak": TEMPORARY,
            "feriepenger": f"{rates.newest('shared.holiday_pay_agreement', today).value:f}",
            "pensjon": number(rates.newest("shared.pension_minimum", today).value),
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
                lacking, _("Skriv både mentortimer og mentorens timelønn, eller la begge stå tomme.")
            )
        return answers

    def _check_start(self, start: date, measure: str | None) -> None:
        """Can we reckon from this day, and does the support exist then? The message says what to write."""
        first = self.rates.table(YEARLY).entries[0].valid_from
        if start < first:
            text = _("Vi har satser fra og med %(day)s. Velg en senere dato for å se et overslag.")
            self.add_error("start", text % {"day": day(first)})
            return
        try:
            self.rates.value(YEARLY, start)
        except NoRate:
            text = _(
                "Vi har ikke satser for %(year)s ennå: arbeidsgiveravgiften mangler. "
                "Velg en tidligere dato for å se et overslag."
            )
            self.add_error("start", text % {"year": start.year})
            return
        if measure is None:
            return
        try:
            longest_end(measure, None, start, self.rates)
        except NoRate:
            name = all_measures()[measure].name[get_language() or "nb"]
            text = _("%(measure)s fantes ikke på startdatoen. Velg en senere dato, eller en annen støtte.")
            self.add_error("start", text % {"measure": name})
            return
        if measure == SUMMER_JOB:
            self._check_summer(start)

    def _check_summer(self, start: date) -> None:
        first = self.rates.month_day(f"{SUMMER_JOB}.first_start_day", start)
        last = self.rates.month_day(f"{SUMMER_JOB}.last_start_day", start)
        if not first <= (start.month, start.day) <= last:
            text = _(
                "Tilskudd til sommerjobb gjelder jobber som starter fra %(first)s til %(last)s. "
                "Velg en annen dato, eller en annen støtte."
            )
            self.add_error("start", text % {"first": day_of_year(first), "last": day_of_year(last)})

    def answers(self) -> Answers:
        """Only after is_valid()."""
        given = self.cleaned_data
        zone = zone_of(given["kommune"])
        # Not knowing the zone, we show the highest cost it can be, and say so.
        key = contribution_rate_key(given["avgift"] or zone or HIGHEST_ZONE)
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
            zone_source=_zone_source(given["kommune"], given["avgift"], zone),
            mentor_hours=given["mentortimer"],
            mentor_wage=given["mentorlonn"],
        )
