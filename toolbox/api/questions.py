"""What may be asked, field by field. Whatever is not named here is refused: nobody can send more of a person.

Names are English, of the glossary. Costs are read by the calculator's own form, so that the API and the pages
take in and refuse the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, create_model, model_validator

from inclusion_rules.contribution_zone import ZONES
from inclusion_rules.estimate import SUBSIDIES, Alternative
from inclusion_rules.measures import all_measures
from inclusion_rules.parameters import limits, parameter, simulation_setting
from inclusion_rules.periods import add_years
from inclusion_rules.rates import RateBook
from inclusion_rules.risk import ASSUMPTIONS
from inclusion_rules.situation import Known, Situation
from toolbox.api.kinds import (
    Day,
    Language,
    MunicipalityNumber,
    YesNo,
    YesNoUnknown,
    as_in_calculator,
    cursor,
    number_between,
    one_of,
    whole_number_in_address,
    wrong,
)
from toolbox.catalogue.forms import HIGHEST_WAGE, PositionForm
from toolbox.catalogue.selection import EMPLOYEE, NEEDS, NEWCOMER, OFFERS
from toolbox.catalogue.uncertainty_forms import ENDS, UncertaintyForm, as_written, name_of
from toolbox.places.work import kinds_of_work

#: A job that ends later than this after its start is no temporary one.
LONGEST_JOB_YEARS = 10
PAGE_SIZE, LARGEST_PAGE = 25, 100
#: Assumptions are told to so many decimals: a share of 0.6543 is 65.43 per cent.
ASSUMPTION_DECIMALS = 4

#: The catalogue's filters: our word → the word in the address of the page.
_NEED = {code: word for word, (code, _text) in NEEDS.items()}
_GIVES = {code: word for word, (code, _text) in OFFERS.items()}
_WHO = {"newcomer": NEWCOMER, "employee": EMPLOYEE}

_KEYS = {measure.slug: key for key, measure in all_measures().items()}
#: Those whose cost can be worked out.
_SUBSIDY_KEYS = {slug: key for slug, key in _KEYS.items() if key in SUBSIDIES}

Cursor = Annotated[str, cursor(_KEYS)]
Wage = Annotated[Decimal, as_in_calculator("lonn")]
WholeWage = Annotated[Decimal, as_in_calculator("lonn", decimals=0)]
PositionPercent = Annotated[Decimal, as_in_calculator("andel")]
NavPercent = Annotated[Decimal, number_between(1, 100)]


class Query(BaseModel):
    """What stands after the question mark."""

    model_config = ConfigDict(extra="forbid")

    language: Language = "nb"

    @model_validator(mode="before")
    @classmethod
    def _and_whatever_else_was_asked(cls, known: Mapping[str, str], info: ValidationInfo) -> dict[str, str]:
        # django-ninja hands over the names it knows. The others must be seen, to be refused.
        return {**(info.context["request"].GET.dict() if info.context else {}), **known}


class MeasuresQuery(Query):
    need: Annotated[str, one_of(_NEED)] | None = None
    gives: Annotated[str, one_of(_GIVES)] | None = None
    who: Annotated[str, one_of(_WHO)] | None = None
    limit: Annotated[int, whole_number_in_address(1, LARGEST_PAGE)] = PAGE_SIZE
    cursor: Cursor | None = None

    def filters(self) -> dict[str, str]:
        """The filters in the words of the catalogue's page."""
        chosen = {
            "behov": _NEED.get(self.need or ""),
            "far": _GIVES.get(self.gives or ""),
            "hvem": _WHO.get(self.who or ""),
        }
        return {name: word for name, word in chosen.items() if word}


class Question(BaseModel):
    """A JSON object with these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class OffersQuestion(Question):
    """Which measures may fit? Every field may be left out: what we are not told, counts as not known."""

    municipality: MunicipalityNumber | None = None
    work: Annotated[str, one_of([work.key for work in kinds_of_work()])] | None = None
    position_percent: PositionPercent | None = None
    monthly_wage_nok: WholeWage | None = None
    start: Day | None = None
    end: Day | None = None
    permanent_job: YesNoUnknown = "unknown"
    own_employee: YesNo = "no"
    laid_off_staff: YesNoUnknown = "unknown"
    mentor_time: YesNoUnknown = "unknown"
    adaptation_costs: YesNoUnknown = "unknown"
    training_company: YesNoUnknown = "unknown"
    under_30: YesNoUnknown = "unknown"
    nav_percent: NavPercent | None = None

    @model_validator(mode="after")
    def _no_contradiction(self) -> OffersQuestion:
        _check_end(self.start, self.end)
        if self.end and self.permanent_job == "yes":
            raise wrong("permanent_ends", field="end")
        return self

    def situation(self, on: date) -> Situation:
        """The question as the rules take it."""
        return Situation(
            on=on,
            municipality=self.municipality,
            work=self.work,
            position_percent=self.position_percent,
            monthly_wage=self.monthly_wage_nok,
            start=self.start,
            end=self.end,
            permanent_job=Known(self.permanent_job),
            own_employee=Known(self.own_employee),
            laid_off_staff=Known(self.laid_off_staff),
            mentor_time=Known(self.mentor_time),
            adaptation_costs=Known(self.adaptation_costs),
            training_company=Known(self.training_company),
            person_under_30=Known(self.under_30),
            nav_percent=self.nav_percent,
        )


#: Facts of Situation under the names they have here; what has no name here cannot be told.
ASKED_AS = {
    **{name: name for name in OffersQuestion.model_fields},
    "monthly_wage": "monthly_wage_nok",
    "person_under_30": "under_30",
}


class CostsQuestion(Question):
    """What does this position cost, with and without this measure? What is left out is as usual."""

    measure: Annotated[str, one_of(_SUBSIDY_KEYS)]
    municipality: MunicipalityNumber
    position_percent: PositionPercent
    hourly_wage_nok: Wage | None = None
    monthly_wage_nok: WholeWage | None = None
    start: Day
    end: Day | None = None
    contribution_zone: Annotated[str, one_of(ZONES)] | None = None
    holiday_pay_percent: Annotated[Decimal, number_between(0, 100, decimals=2)] | None = None
    pension_percent: Annotated[Decimal, as_in_calculator("pensjon")] | None = None
    mentor_hours_per_month: Annotated[Decimal, as_in_calculator("mentortimer")] | None = None
    mentor_hourly_wage_nok: Annotated[Decimal, as_in_calculator("mentorlonn")] | None = None
    nav_percent: NavPercent | None = None

    @model_validator(mode="after")
    def _no_contradiction(self) -> CostsQuestion:
        if (self.hourly_wage_nok is None) == (self.monthly_wage_nok is None):
            raise wrong("one_wage", field="hourly_wage_nok")
        _check_end(self.start, self.end)
        return self

    def form(self, on: date, rates: RateBook) -> PositionForm:
        """The calculator's own form, filled in. Its rules and messages are ours."""
        per_hour = self.hourly_wage_nok is not None
        answers = {
            "tiltak": _SUBSIDY_KEYS[self.measure],
            "kommune": self.municipality,
            "lonn": self.hourly_wage_nok if per_hour else self.monthly_wage_nok,
            "lonntype": "time" if per_hour else "maned",
            "andel": self.position_percent,
            "start": self.start,
            "slutt": self.end,
            "avgift": self.contribution_zone,
            # One of a list, where each is written with a point.
            "feriepenger": _plain(self.holiday_pay_percent),
            "pensjon": self.pension_percent,
            "mentortimer": self.mentor_hours_per_month,
            "mentorlonn": self.mentor_hourly_wage_nok,
        }
        written = {name: _written(value) for name, value in answers.items() if value is not None}
        return PositionForm.filled(written, today=on, rates=rates)

    def named(self, field: str) -> str:
        """The name here of a field of the calculator's form."""
        if field == "lonn":
            return "monthly_wage_nok" if self.hourly_wage_nok is None else "hourly_wage_nok"
        return NAMED[field]


def _range_in(unit: str) -> type[BaseModel]:
    """Low, mid and high of an assumption, within what anybody may put in for its unit."""
    limited = number_between(*limits(unit), decimals=ASSUMPTION_DECIMALS)
    words = unit.replace("_", " ").title().replace(" ", "")
    fields: Any = {end: (Annotated[Decimal, limited], ...) for end in ENDS}
    return create_model(f"RangeIn{words}", __base__=Question, **fields)


_RANGES = {unit: _range_in(unit) for unit in {parameter(key).unit for key in ASSUMPTIONS}}
_ASSUMED: Any = {key: (_RANGES[parameter(key).unit] | None, None) for key in ASSUMPTIONS}
#: The reader's own assumptions, in the unit of each.
Assumptions: Any = create_model("Assumptions", __base__=Question, **_ASSUMED)


class RiskQuestion(CostsQuestion):
    """How likely is a cost above our limit? A position, the limit, and assumptions where ours do not suit."""

    limit_nok: Annotated[Decimal, number_between(0, simulation_setting("most_nok"))]
    leader_hourly_wage_nok: Annotated[Decimal, number_between(1, HIGHEST_WAGE, decimals=2)] | None = None
    count_search: YesNo = "no"
    assumptions: Assumptions | None = None

    def own(self, ways: tuple[Alternative, ...]) -> UncertaintyForm:
        """The page's own form, filled in: for the percentage told, or as the page for the first of `ways`."""
        answers = {
            "grense": self.limit_nok,
            "gir": None if self.nav_percent is None else f"{self.nav_percent:f}",
            "lederlonn": self.leader_hourly_wage_nok,
            "sok": "ja" if self.count_search == "yes" else "nei",
        }
        for key in ASSUMPTIONS:
            theirs = getattr(self.assumptions, key) if self.assumptions else None
            for end in ENDS if theirs else ():
                answers[name_of(key, end)] = as_written(parameter(key), getattr(theirs, end))
        written = {name: _written(value) for name, value in answers.items() if value is not None}
        return UncertaintyForm(written, ways)

    def named(self, field: str) -> str:
        if field in ASKED_OF_RISK:
            return ASKED_OF_RISK[field]
        return f"assumptions/{field.replace('.', '/')}" if "." in field else super().named(field)


#: The fields of the page on uncertainty under the names they have here.
ASKED_OF_RISK = {
    "grense": "limit_nok",
    "gir": "nav_percent",
    "lederlonn": "leader_hourly_wage_nok",
    "sok": "count_search",
}

#: The fields of the calculator's form under the names they have here. A wage has two.
NAMED = {
    "tiltak": "measure",
    "kommune": "municipality",
    "andel": "position_percent",
    "start": "start",
    "slutt": "end",
    "avgift": "contribution_zone",
    "feriepenger": "holiday_pay_percent",
    "pensjon": "pension_percent",
    "mentortimer": "mentor_hours_per_month",
    "mentorlonn": "mentor_hourly_wage_nok",
}


def _check_end(start: date | None, end: date | None) -> None:
    if start and end and end <= start:
        raise wrong("end_before_start", field="end")
    if start and end and end >= add_years(start, LONGEST_JOB_YEARS):
        raise wrong("too_long", field="end", years=LONGEST_JOB_YEARS)


def _written(value: Any) -> str:
    """A value the way the form reads it. A decimal comma: 1.500 would be a thousand five hundred."""
    return str(_plain(value)).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
