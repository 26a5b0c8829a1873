"""Three answers to «does this fit us?», and how a rule reaches one.

A rule lists its conditions. One that is not met gives `not_now`; one that nobody has told us about gives
`only_if`; otherwise the measure `may_fit`. We never say more than that: NAV decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from inclusion_rules.situation import Known, Situation


class State(Enum):
    MAY_FIT = "may_fit"
    ONLY_IF = "only_if"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold. `reason` finds its words; `ask` names the fact that settles it."""

    met: Known
    reason: str
    ask: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are codes with words in measure.yaml or shared_reasons.yaml; empty for `may_fit`.

    `ask` names facts of Situation that would change the answer if we knew them.
    """

    state: State
    reasons: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def needs(situation: Situation, fact: str) -> Condition:
    """The fact must be a yes. The reason carries the fact's own name."""
    return Condition(getattr(situation, fact), fact, ask=fact)


def barred_by(situation: Situation, fact: str) -> Condition:
    """The fact bars the measure when it is a yes; not knowing it changes nothing."""
    return Condition(Known.NO if getattr(situation, fact) is Known.YES else Known.YES, fact, ask=fact)


def must(met: bool | None, reason: str, ask: str | None = None) -> Condition:
    """A condition worked out from the situation; None means that it cannot be known."""
    known = Known.UNKNOWN if met is None else Known.YES if met else Known.NO
    return Condition(known, reason, ask)


def asks_nav(reason: str) -> Condition:
    """A condition only NAV (or another office) can answer: always «only if»."""
    return Condition(Known.UNKNOWN, reason)


def weigh(*conditions: Condition) -> Verdict:
    """The verdict that follows from the conditions, with the reasons in the order they were given."""
    failed = [c for c in conditions if c.met is Known.NO]
    if failed:
        return Verdict(State.NOT_NOW, tuple(c.reason for c in failed), tuple(c.ask for c in failed if c.ask))
    open_ = [c for c in conditions if c.met is Known.UNKNOWN]
    if open_:
        return Verdict(State.ONLY_IF, tuple(c.reason for c in open_), tuple(c.ask for c in open_ if c.ask))
    return Verdict(State.MAY_FIT)
