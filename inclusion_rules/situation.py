"""The question somebody asks: a company, a position, and as little as possible about a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


class Known(Enum):
    """What we have been told. Unknown is an answer, and never counts as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("say `is Known.YES`: unknown is neither true nor false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything the rules may know. Nothing here can name a person or tell of anyone's health.

    `on` is the day the question is asked; rules never read the clock.
    Percentages are numbers of percent (60 is 60 %). `monthly_wage` is gross NOK for the position as held.
    `nav_percent` is the percentage NAV has mentioned (40 or 60), None when nobody knows.
    """

    on: date
    # the company and the position
    municipality: str | None = None  # four digits, the workplace's
    work: str | None = None  # key in places' list of everyday words
    position_percent: Decimal | None = None
    monthly_wage: Decimal | None = None
    start: date | None = None
    end: date | None = None
    permanent_job: Known = Known.UNKNOWN  # will the contract be permanent?
    own_employee: Known = Known.NO  # is this about somebody who works here already?
    close_family: Known = Known.UNKNOWN  # family of the owner, or otherwise close
    laid_off_staff: Known = Known.UNKNOWN  # somebody is laid off (permittert) now
    mentor_time: Known = Known.UNKNOWN  # a colleague can have agreed time to show and explain
    adaptation_costs: Known = Known.UNKNOWN  # there will be documented extra costs for adapting the workplace
    training_company: Known = Known.UNKNOWN  # approved by the county to train apprentices (lærebedrift)
    # the person, asked last, posted, never kept
    person_under_30: Known = Known.UNKNOWN  # on the start date
    nav_percent: Decimal | None = None
