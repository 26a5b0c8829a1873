"""What a hire may give the company, as far as research carries, and what we do not promise.

The words stand in gain.yaml. Only the search for staff has a measured cost, and so a range in kroner; what
has no documented money value is told in words. No price from a company that sells recruitment is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from inclusion_rules.money import half_up
from inclusion_rules.parameters import for_model
from inclusion_rules.rates import RateBook, Source
from inclusion_rules.three_languages import Text, read_file, sources, text

FILE = "gain.yaml"

#: What the saved search is reckoned from: the weeks of wage a hire costs, and how much of that is the search.
WEEKS, SEARCH = "hiring_cost_weeks_total", "hiring_share_search"


@dataclass(frozen=True, slots=True)
class Gain:
    """One thing a hire may give. `in_kroner`: it has a range in NOK, by `saved_search`."""

    key: str
    title: Text
    text: Text
    caveat: Text
    in_kroner: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class OrdinaryHire:
    """What any hire costs besides the wage, whole NOK: search, training, and colleagues' time.

    `weekly_wage` is gross NOK, rounded; `weeks` is the (low, mid, high) it was reckoned from.
    """

    low: int
    mid: int
    high: int
    weekly_wage: int
    weeks: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What an ordinary search costs, whole NOK: both ends as far out as they were measured, and a middle.

    `weekly_wage` is gross NOK, rounded; `weeks` and `share` are the (low, mid, high) it was reckoned from.
    """

    low: int
    mid: int
    high: int
    weekly_wage: int
    weeks: tuple[Decimal, Decimal, Decimal]
    share: tuple[Decimal, Decimal, Decimal]


@lru_cache(maxsize=1)
def gains() -> Mapping[str, Gain]:
    """Everything we say of gain, in the order of the page. TextFileError names what the file lacks."""
    return {
        key: Gain(
            key=key,
            title=text(fields["title"], f"{FILE} {key}.title"),
            text=text(fields["text"], f"{FILE} {key}.text"),
            caveat=text(fields["caveat"], f"{FILE} {key}.caveat"),
            in_kroner=fields.get("in_kroner", False),
            sources=sources(fields["sources"]),
        )
        for key, fields in read_file(FILE)["gains"].items()
    }


@lru_cache(maxsize=1)
def gains_checked() -> date:
    """The day the claims were last held against the research."""
    found: date = read_file(FILE)["checked"]
    return found


def saved_search(monthly_wage: int | Decimal, on: date, rates: RateBook) -> SavedSearch:
    """The search a company may save, from the gross monthly NOK of the position: weeks × share × weekly wage.

    Holiday pay, pension and contribution are not in it, as in the measurement. NoRate when the weeks of a
    year are not known on `on`.
    """
    found = for_model([WEEKS, SEARCH])
    weeks, share = ((each.low, each.mid, each.high) for each in found.values())
    weekly = _weekly(monthly_wage, on, rates)
    low, mid, high = (half_up(many * part * weekly) for many, part in zip(weeks, share, strict=True))
    return SavedSearch(low, mid, high, half_up(weekly), weeks, share)


def ordinary_hire(monthly_wage: int | Decimal, on: date, rates: RateBook) -> OrdinaryHire:
    """What an ordinary hire in the same position costs, for an inclusion hire to be seen beside.

    Measured among skilled workers in Switzerland, and probably too high for work that is quickly learnt.
    Weeks × weekly wage, without holiday pay, pension and contribution. NoRate when the weeks of a year are
    not known on `on`.
    """
    found = for_model([WEEKS])[WEEKS]
    weeks = (found.low, found.mid, found.high)
    weekly = _weekly(monthly_wage, on, rates)
    low, mid, high = (half_up(many * weekly) for many in weeks)
    return OrdinaryHire(low, mid, high, half_up(weekly), weeks)


def _weekly(monthly_wage: int | Decimal, on: date, rates: RateBook) -> Decimal:
    return Decimal(monthly_wage) * 12 / rates.value("mentor.weeks_per_year", on)
