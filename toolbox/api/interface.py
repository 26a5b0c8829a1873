"""Version 1 of the API: which addresses there are, and the one function of the rules that each asks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path
from ninja import Query as InQuery

from inclusion_rules.estimate import Estimate
from inclusion_rules.inputs import NoAnswer
from inclusion_rules.measures import all_measures
from inclusion_rules.offers import offers as fitting
from inclusion_rules.rates import NoRate
from inclusion_rules.risk import simulate
from inclusion_rules.subsidy import PERMANENT
from toolbox.api.answers import Teller, costs_answer, measure_answer, measures_answer, offers_answer
from toolbox.api.cost_files import FILE_DESCRIBED, NDJSON, file_answer
from toolbox.api.exact_json import ExactParser, Utf8Renderer
from toolbox.api.problems import Problem, body_fault, handle_all, not_valid, of_form
from toolbox.api.questions import CostsQuestion, MeasuresQuery, OffersQuestion, Query, RiskQuestion
from toolbox.api.risk_answers import risk_answer
from toolbox.api.shapes import CostsAnswer, MeasureAnswer, MeasuresAnswer, OffersAnswer, RiskAnswer
from toolbox.catalogue.estimate_views import Shown, show
from toolbox.catalogue.forms import Answers
from toolbox.catalogue.measure_page import by_slug
from toolbox.catalogue.selection import select
from toolbox.catalogue.uncertainty_views import question_of
from toolbox.ui.clock import today
from toolbox.ui.figures import number
from toolbox.ui.rate_book import current_book

api = NinjaAPI(
    title="Inkluderingsverktøykassen",
    version="1",
    description=(
        "Support for employers in Norway who include somebody who stands outside working life: measures, "
        "which may fit, and what they cost. Estimates only: Nav decides. Nothing is stored."
    ),
    urls_namespace="v1",
    # Our own page tells of the API. The one that comes along fetches from elsewhere.
    docs_url=None,
    openapi_url=None,
    parser=ExactParser(),
    renderer=Utf8Renderer(),
)
handle_all(api)


@api.get(
    "measures",
    operation_id="measures",
    response=MeasuresAnswer,
    url_name="measures",
    summary="Every measure, or those that pass the filters",
)
def measures(request: HttpRequest, query: InQuery[MeasuresQuery]) -> Any:
    """In the order of usefulness, a page at a time."""
    teller = new_teller()
    found = select(query.filters(), teller.on, teller.rates)
    slugs = [measure.slug for measure in found]
    first = 0
    if query.cursor:
        order = [measure.slug for measure in all_measures().values()]
        first = sum(order.index(slug) <= order.index(query.cursor) for slug in slugs)
    last = first + query.limit
    following = slugs[last - 1] if last < len(slugs) else None
    return measures_answer(found[first:last], len(found), following, teller)


@api.get(
    "measures/{slug}",
    operation_id="measure",
    response=MeasureAnswer,
    url_name="measure",
    summary="One measure",
)
def measure(request: HttpRequest, slug: Path[str], query: InQuery[Query]) -> Any:
    """Words, steps, figures with their sources, and what it can stand together with."""
    found = by_slug(slug)
    if found is None:
        text = _("Ingen tiltak heter det. Hent listen over tiltak, og bruk slug derfra.")
        raise Problem("not-found", text)
    return measure_answer(found, new_teller())


@api.post(
    "offers",
    operation_id="offers",
    response=OffersAnswer,
    url_name="offers",
    summary="Which measures may fit?",
)
def offers(request: HttpRequest, question: OffersQuestion, query: InQuery[Query]) -> Any:
    """Every measure with a rule, those that may fit first, each with its reasons and what it may give."""
    teller = new_teller()
    return offers_answer(fitting(question.situation(teller.on), rates=teller.rates), teller)


@api.post(
    "costs",
    operation_id="costs",
    response=CostsAnswer,
    url_name="costs",
    summary="What does a position cost?",
)
def costs(request: HttpRequest, question: CostsQuestion, query: InQuery[Query]) -> Any:
    """With and without a wage subsidy: rows, periods, months and sums, for each percentage Nav may give."""
    teller = new_teller()
    answers, shown = _estimated(question, teller)
    return costs_answer(answers, shown, all_measures()[answers.measure], teller)


@api.post(
    "risk",
    operation_id="risk",
    response=RiskAnswer,
    url_name="risk",
    summary="How likely is a cost above our own limit?",
)
def risk(request: HttpRequest, question: RiskQuestion, query: InQuery[Query]) -> Any:
    """Simulated courses of up to three years: how the net cost spreads, and which assumption matters most."""
    teller = new_teller()
    answers, shown = _estimated(question, teller)
    own = question.own(shown.found.alternatives)
    if not own.is_valid():
        raise of_form(own, question.named)
    asked = question_of(answers, shown.found, own, teller.rates)
    try:
        simulated = simulate(asked)
    except NoAnswer as wrong:
        own.refuse(wrong)
        raise of_form(own, question.named) from wrong
    return risk_answer(asked, simulated, own, shown, all_measures()[answers.measure], teller)


@api.post(
    "costs/file",
    operation_id="costs_file",
    url_name="costs_file",
    summary="What do the positions of a file cost?",
    openapi_extra=FILE_DESCRIBED,
)
def costs_file(request: HttpRequest, query: InQuery[Query]) -> StreamingHttpResponse:
    """One line of JSON about the answer, then one for each row: what it costs, or what is wrong with it."""
    # Read whole, up to the door's limit: whoever sends and reads nothing meanwhile would wait for ever.
    file = BytesIO(request.read())
    return StreamingHttpResponse(file_answer(file, new_teller()), content_type=NDJSON)


def new_teller() -> Teller:
    """Whoever tells the answer: in the language asked for, today, with the rates in force."""
    return Teller(current_book(), today())


def _estimated(question: CostsQuestion, teller: Teller) -> tuple[Answers, Shown]:
    """The calculator's form and its estimate. Problem with what to correct."""
    form = question.form(teller.on, teller.rates)
    if not form.is_valid():
        raise of_form(form, question.named)
    answers = form.answers()
    try:
        shown = show(answers, teller.rates, question.nav_percent)
    except NoRate as missing:
        raise not_valid(body_fault("start", "no_rate", key=missing.key, on=missing.on)) from missing
    _check_percent(question, shown.found)
    return answers, shown


def _check_percent(question: CostsQuestion, found: Estimate) -> None:
    """The percentage must be one that Nav can give: the estimate would otherwise show another."""
    given = question.nav_percent
    percents = [way.percent for way in found.alternatives]
    if given is None or given in percents:
        return
    if found.measure == PERMANENT:
        raise not_valid(body_fault("nav_percent", "nav_percent_highest", highest=percents[0]))
    raise not_valid(body_fault("nav_percent", "nav_percent", percents=", ".join(map(number, percents))))
