"""A staffing need as it travels in the address: from three answers to a situation, offers and an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.offers import Offer, offers
from inclusion_rules.rates import RateBook
from inclusion_rules.situation import Known, Situation
from inclusion_rules.verdict import State
from toolbox.catalogue.estimate_views import Shown, show
from toolbox.catalogue.forms import Answers, PositionForm
from toolbox.directory.queries import Contact, primary_contact
from toolbox.guide.forms import KNOWN, CompanyForm, NeedForm, PersonForm, company_facts
from toolbox.places.municipalities import Municipality, by_number
from toolbox.places.work import Work, work_by_key
from toolbox.ui.figures import percent

#: Everything a result's address may hold. Nothing else is carried on, and nothing here is about a person.
CARRIED = (*NeedForm.base_fields, *PositionForm.base_fields, *CompanyForm.FACTS)

#: How many of the measures that fit «only if» stand open in the table; the rest open with a press.
SHOWN_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody told us, ready to be asked about."""

    municipality: Municipality
    work: Work
    share: Decimal
    answers: Answers
    situation: Situation
    query: str

    def work_name(self) -> str:
        return self.work.name[get_language() or "nb"]

    def say(self) -> str:
        """What the employer can say on the phone."""
        return _(
            "Si at du har en stilling på %(share)s%(work)s, og at du vurderer å ta inn noen gjennom Nav."
        ) % {
            "share": percent(self.share),
            "work": self.work.after_position(get_language() or "nb"),
        }

    def with_person(self, form: PersonForm) -> Need:
        """The same need with what was said of the person, for this one page only."""
        said = form.cleaned_data
        nav_percent = said.get("prosent") or ""
        return replace(
            self,
            situation=replace(
                self.situation,
                person_under_30=KNOWN[said.get("under30") or ""],
                nav_percent=Decimal(nav_percent) if nav_percent.isdecimal() else None,
            ),
        )


@dataclass(frozen=True, slots=True)
class Support:
    """What the rules say of every measure, in one situation."""

    situation: Situation
    fitting: tuple[Offer, ...]
    conditional: tuple[Offer, ...]
    not_now: tuple[Offer, ...]

    @property
    def every(self) -> tuple[Offer, ...]:
        return (*self.fitting, *self.conditional, *self.not_now)

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts of Situation that some verdict asks for."""
        return tuple(dict.fromkeys(fact for offer in self.every for fact in offer.verdict.ask))

    @property
    def key(self) -> str | None:
        """What the table of support depends on: the same verdicts make the same table.

        None when they rest on something said of a person: that is drawn once and kept nowhere.
        """
        asked = self.situation
        if asked.nav_percent is not None or asked.person_under_30 is not Known.UNKNOWN:
            return None
        parts = (
            f"{o.measure.key}:{o.state.value}:{','.join(o.verdict.reasons)}:{o.missing is None}"
            f":{','.join(f'{a.code}={a.value}{a.assumed}' for a in o.amounts)}"
            for o in self.every
        )
        return ";".join(parts)

    @property
    def first(self) -> tuple[Offer, ...]:
        """What a busy reader sees at once: all that may fit, and the most useful of the rest."""
        return self.fitting + self.conditional[:SHOWN_AT_ONCE]

    @property
    def conditional_rest(self) -> tuple[Offer, ...]:
        return self.conditional[SHOWN_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class Result:
    """One need, answered."""

    need: Need
    support: Support
    contact: Contact
    shown: Shown


def carried(query: Mapping[str, str]) -> str:
    """The part of an address that a result needs, in a fixed order, so that the same need has one address."""
    kept = QueryDict(mutable=True)
    for name in dict.fromkeys(CARRIED):
        # A run of spaces is never part of an answer, and an address that is saved has a longest length.
        value = " ".join(query.get(name, "").split())
        if value and (name not in CompanyForm.FACTS or value in KNOWN):
            kept[name] = value
    return kept.urlencode()


def read_need(need: NeedForm, position: PositionForm, today: date) -> Need:
    """Only for valid forms."""
    answers = position.answers()
    municipality = by_number(need.cleaned_data["kommune"])
    work = work_by_key(need.cleaned_data["arbeid"])
    assert municipality and work, "the form has checked both"
    asked = Situation(
        on=today,
        municipality=municipality.number,
        work=work.key,
        position_percent=need.cleaned_data["andel"],
        monthly_wage=answers.position.monthly_wage(answers.start, position.rates),
        start=answers.start,
        end=answers.end,
    )
    return Need(
        municipality=municipality,
        work=work,
        share=need.cleaned_data["andel"],
        answers=answers,
        situation=replace(asked, **company_facts(need.data)),
        query=carried(need.data),
    )


def assess(situation: Situation, *, rates: RateBook) -> Support:
    """Ask the rules once: which support fits."""
    found = offers(situation, rates=rates)
    by_state = {state: tuple(offer for offer in found if offer.state is state) for state in State}
    return Support(
        situation,
        fitting=by_state[State.MAY_FIT],
        conditional=by_state[State.ONLY_IF],
        not_now=by_state[State.NOT_NOW],
    )


def answer(need: Need, *, rates: RateBook, today: date) -> Result:
    """Which support fits, what it costs, and whom to call."""
    return Result(
        need=need,
        support=assess(need.situation, rates=rates),
        contact=primary_contact(need.municipality.number, today),
        shown=show(need.answers, rates, need.situation.nav_percent),
    )
