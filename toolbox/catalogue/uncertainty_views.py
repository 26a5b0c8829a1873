"""«Usikkerhet»: how likely a cost above the reader's limit is, how far it may reach, what matters most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inclusion_rules.estimate import Estimate
from inclusion_rules.gain import WEEKS, gains, gains_checked, ordinary_hire, saved_search
from inclusion_rules.inputs import NoAnswer
from inclusion_rules.mentor_cost import mentor_monthly_cost
from inclusion_rules.money import divide_to_whole
from inclusion_rules.parameters import all_parameters, parameter
from inclusion_rules.periods import ONE_DAY, add_months
from inclusion_rules.rates import RateBook
from inclusion_rules.risk import Answer, Question, Swing, ask, simulate
from toolbox.catalogue.estimate_views import Figure, Shown, show
from toolbox.catalogue.forms import Answers, PositionForm
from toolbox.catalogue.uncertainty_forms import UNITS, UncertaintyForm, as_written
from toolbox.catalogue.uncertainty_rows import ordinary_row, part_rows, search_row
from toolbox.catalogue.validity import assumption
from toolbox.directory.queries import primary_contact
from toolbox.ui.clock import today
from toolbox.ui.figures import kroner, number
from toolbox.ui.rate_book import current_book

#: How many assumptions show at once; the rest open.
FIRST = 6


@dataclass(frozen=True, slots=True)
class BinRow:
    """A stretch of net cost, how many courses end in it, and how long their bars are, in percent."""

    label: str
    without: int
    supported: int
    without_bar: str
    supported_bar: str


@dataclass(frozen=True, slots=True)
class SwingRow:
    """One assumption: the mean cost at its low and its high end, and the place and length of its bar."""

    label: str
    low_value: str
    high_value: str
    low: int
    high: int
    begin: str
    length: str


def uncertainty(request: HttpRequest) -> HttpResponse:
    """The answer, or the form with what to correct. An address holds an assumption only where it differs."""
    book = current_book()
    form = PositionForm.filled(request.GET, today=today(), rates=book)
    if not form.is_valid():
        if not request.GET:
            form.hide_errors()
        return render(request, "catalogue/calculator.html", {"form": form})
    answers = form.answers()
    shown = show(answers, book)
    found = shown.found
    own = UncertaintyForm(request.GET.dict(), found.alternatives)
    context: dict[str, Any] = {
        "form": own,
        "shown": shown,
        "query": request.GET.urlencode(),
        "contact": primary_contact(form.cleaned_data["kommune"], today()),
        "notes": [each for each in all_parameters().values() if not each.use_in_model],
        "fast_start": parameter("se_effect_long_run"),
        "gains": gains().values(),
        "gains_checked": gains_checked(),
        "ordinary": ordinary_row(ordinary_hire(found.cost.wage, found.start, book)),
        "ordinary_caveat": parameter(WEEKS).caveat,
        "search_row": search_row(saved_search(found.cost.wage, found.start, book)),
    }
    if own.is_valid():
        superfluous = own.unchanged() & set(request.GET)
        if superfluous:
            kept = request.GET.copy()
            for name in superfluous:
                del kept[name]
            return HttpResponseRedirect(f"{request.path}?{kept.urlencode()}")
        question = question_of(answers, found, own, book)
        try:
            context |= _laid_out(question, simulate(question), own, shown)
        except NoAnswer as wrong:
            own.refuse(wrong)
    return render(request, "catalogue/uncertainty.html", context)


def question_of(answers: Answers, found: Estimate, own: UncertaintyForm, book: RateBook) -> Question:
    """What is simulated: the calculator's answers, and the reader's own choices. Only for valid forms."""

    def of_mentor(wage: Any, hours: Any) -> int:
        position = answers.position
        return mentor_monthly_cost(
            wage,
            hours,
            holiday_percent=position.holiday_percent,
            pension_percent=position.pension_percent,
            contribution_percent=position.contribution_percent,
        ).total

    hours, wage, leader = answers.mentor_hours, answers.mentor_wage, own.cleaned_data["lederlonn"]
    return ask(
        found,
        own.way,
        answers.position,
        book,
        limit=int(own.cleaned_data["grense"]),
        mentor_hour_cost=of_mentor(wage, 1) if wage else None,
        leader_hour_cost=of_mentor(leader, 1) if leader else None,
        mentor_grant=of_mentor(wage, hours) if wage and hours else 0,
        count_search=own.cleaned_data["sok"] == "ja",
        overrides=own.overrides(),
    )


def _laid_out(question: Question, answer: Answer, own: UncertaintyForm, shown: Shown) -> dict[str, Any]:
    """The answer as the page shows it."""
    found = shown.found
    with_label = shown.figures[1 + found.alternatives.index(own.way)].label
    unit = _("kr i snitt")
    last = add_months(found.start, ceil(question.months)) - ONE_DAY
    swings = list(_swing_rows(answer, question))
    return {
        "answer": answer,
        "question": question,
        "with_label": with_label,
        "figures": (
            Figure(_("Uten støtte"), answer.without.mean, unit),
            Figure(with_label, answer.with_measures.mean, unit),
        ),
        "months": number(round(question.months, 1)),
        "often_without": _of_hundred(answer.without.over_limit, answer.paths),
        "often_supported": _of_hundred(answer.with_measures.over_limit, answer.paths),
        "bins": tuple(_bin_rows(answer)),
        "swings": swings[:FIRST],
        "more_swings": swings[FIRST:],
        "parts": part_rows(question, answer, own.way, found),
        "rate_not_set": assumption(found.contribution, last) if found.contribution else "",
    }


def _of_hundred(count: int, of: int) -> int:
    """So many in a hundred. What can happen is never told as never, nor what can fail as always."""
    share = divide_to_whole(100 * count, of)
    return min(max(share, 1 if count else 0), 100 if count == of else 99)


def _bin_rows(answer: Answer) -> Iterator[BinRow]:
    counts = list(zip(answer.without.bins, answer.with_measures.bins, strict=True))
    most = max(max(pair) for pair in counts)
    for (without, supported), low, high in zip(counts, answer.edges, answer.edges[1:], strict=False):
        yield BinRow(
            label=_("%(low)s til %(high)s") % {"low": number(low), "high": kroner(high)},
            without=without,
            supported=supported,
            without_bar=f"{100 * without / most:.1f}",
            supported_bar=f"{100 * supported / most:.1f}",
        )


def _swing_rows(answer: Answer, question: Question) -> Iterator[SwingRow]:
    ends = [amount for swing in answer.swings for amount in (swing.low, swing.high)]
    least, room = min(ends), max(max(ends) - min(ends), 1)
    for swing in answer.swings:
        first, last = sorted((swing.low, swing.high))
        low_value, high_value = _values(swing, question)
        yield SwingRow(
            label=swing_label(swing),
            low_value=low_value,
            high_value=high_value,
            low=swing.low,
            high=swing.high,
            begin=f"{100 * (first - least) / room:.1f}",
            length=f"{max(100 * (last - first) / room, 1):.1f}",
        )


def swing_label(swing: Swing) -> str:
    if len(swing.keys) > 1:
        return _("Hvor mange som blir hos dere")
    return parameter(swing.keys[0]).label[get_language() or "nb"]


def _values(swing: Swing, question: Question) -> tuple[str, str]:
    """The ends an assumption was held at, as the form writes them; a whole curve has none of its own."""
    if len(swing.keys) > 1:
        return _("få blir"), _("mange blir")
    each = parameter(swing.keys[0])
    used = question.overrides.get(each.id, each)
    low, high = (f"{number(as_written(each, value))} {UNITS[each.unit]}" for value in (used.low, used.high))
    return low, high
