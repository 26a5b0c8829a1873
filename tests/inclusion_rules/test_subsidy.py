"""Percentages, steps and periods by law, and what happens when an agreement grows or shrinks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inclusion_rules.agreement import NotLonger, NotShorter, PeriodState, extend, shorten
from inclusion_rules.operations import NavTables
from inclusion_rules.periods import ReversedPeriod, add_months
from inclusion_rules.rates import NoRate, RateBook, load_rates, shipped_rates
from inclusion_rules.subsidy import (
    ADAPTED_WORK,
    FOUR_YEAR,
    INCLUSION_GRANT,
    MENTOR,
    PERMANENT,
    SUMMER_JOB,
    TEMPORARY,
    Agreement,
    EffortGroup,
    TooLong,
    rate_steps,
    subsidy_periods,
    support_steps,
)

RATES = shipped_rates()
NAV = NavTables(RATES)


def shown(steps):
    return [(str(s.start), str(s.end), s.percent, s.amount_per_month, s.assumed) for s in steps]


def test_temporary_goes_down_after_half_a_year():
    steps = support_steps(TEMPORARY, EffortGroup.GUIDANCE, date(2027, 2, 1), date(2028, 1, 31), 39104, RATES)
    assert shown(steps) == [
        ("2027-02-01", "2027-07-31", 40, 15642, False),
        ("2027-08-01", "2028-01-31", 30, 11731, False),
    ]
    assert [[rate.key for rate in step.rates] for step in steps] == [
        [f"{TEMPORARY}.percent_guidance_start"],
        [f"{TEMPORARY}.percent_guidance_reduced"],
    ]


def test_four_years_of_steps_and_not_a_day_more():
    start = date(2026, 8, 1)
    steps = support_steps(FOUR_YEAR, None, start, date(2030, 7, 31), 20885, RATES)
    assert [(step.percent, step.amount_per_month) for step in steps] == [
        (70, 14620),
        (60, 12531),
        (50, 10443),
        (35, 7310),
    ]
    with pytest.raises(TooLong) as told:
        support_steps(FOUR_YEAR, None, start, date(2030, 8, 1), 20885, RATES)
    assert told.value.first_day_without == date(2030, 8, 1)
    with pytest.raises(NoRate):
        support_steps(FOUR_YEAR, None, date(2026, 7, 31), date(2027, 1, 31), 20885, RATES)


def test_permanent_is_a_ceiling_over_the_chosen_percentage():
    start, end = date(2027, 1, 1), date(2028, 12, 31)
    percents = {
        chosen: [step.percent for step in support_steps(PERMANENT, None, start, end, 40000, RATES, chosen)]
        for chosen in (None, Decimal(80), Decimal(68), Decimal(67), Decimal(30))
    }
    assert percents == {None: [75, 67], 80: [75, 67], 68: [68, 67], 67: [67], 30: [30]}


def test_summer_job_follows_the_group_until_a_percentage_is_chosen():
    start, end = date(2027, 6, 21), date(2027, 7, 18)

    def percent(group, chosen=None):
        (step,) = support_steps(SUMMER_JOB, group, start, end, 40000, RATES, chosen)
        return step.percent, [rate.key for rate in step.rates]

    general, reduced = ([f"{SUMMER_JOB}.{name}"] for name in ("percent_general", "percent_reduced_capacity"))
    assert percent(EffortGroup.GUIDANCE) == (50, general)
    assert percent(EffortGroup.PARTIAL_WORK) == (75, reduced)
    assert percent(EffortGroup.GUIDANCE, Decimal(75)) == (75, reduced)
    assert percent(EffortGroup.GUIDANCE, Decimal(60)) == (60, [])


def test_where_no_percentage_is_given():
    start, end = date(2027, 1, 1), date(2027, 3, 31)
    (mentor,) = support_steps(MENTOR, None, start, end, 8000, RATES)
    assert (mentor.percent, mentor.amount_per_month) == (100, 8000)
    for measure in (ADAPTED_WORK, INCLUSION_GRANT):
        assert support_steps(measure, EffortGroup.SMALL_CHANCE, start, end, 8000, RATES) == ()
    for group in (None, EffortGroup.GOOD_CHANCES, EffortGroup.UNKNOWN):
        assert support_steps(TEMPORARY, group, start, end, 8000, RATES) == ()


def test_what_is_asked_wrongly_is_refused():
    with pytest.raises(ReversedPeriod):
        support_steps(TEMPORARY, None, date(2027, 1, 2), date(2027, 1, 1), 1, RATES)
    with pytest.raises(ValueError, match="none of NAV's agreements"):
        support_steps("temporary", None, date(2027, 1, 1), date(2027, 1, 2), 1, RATES)


@pytest.fixture
def changed_rates(tmp_path) -> RateBook:
    """A book in which the first percentage is known for 2027 only, and changes on 1 April that year."""
    folder = tmp_path / "measures" / TEMPORARY
    folder.mkdir(parents=True)
    source = "{title: t, url: 'https://lovdata.no'}"
    for name, unit, known_to, values in (
        ("percent_guidance_start", "percent", "2027-12-31", "{2027-01-01: 40, 2027-04-01: 45}"),
        ("percent_guidance_reduced", "percent", "open", "{2027-01-01: 30}"),
        ("months_to_reduction_guidance", "months", "open", "{2027-01-01: 24}"),
    ):
        with (folder / "rates.yaml").open("a") as file:
            file.write(
                f"{name}: {{name: {{nb: n, nn: n, en: n}}, unit: {unit}, law: l, source: {source}, "
                f"checked: 2027-01-01, checked_by: c, known_to: {known_to}, values: {values}}}\n"
            )
    return load_rates(tmp_path)


def test_a_step_ends_where_its_rate_changes_or_stops_being_known(changed_rates):
    start = date(2027, 2, 1)
    steps = support_steps(TEMPORARY, EffortGroup.GUIDANCE, start, date(2028, 6, 30), 10000, changed_rates)
    assert shown(steps) == [
        ("2027-02-01", "2027-03-31", 40, 4000, False),
        ("2027-04-01", "2027-12-31", 45, 4500, False),
        ("2028-01-01", "2028-06-30", 45, 4500, True),
    ]
    assert (
        len(support_steps(TEMPORARY, EffortGroup.GUIDANCE, start, date(2028, 12, 31), 1, changed_rates)) == 3
    )
    with pytest.raises(NoRate):
        support_steps(TEMPORARY, EffortGroup.GUIDANCE, start, date(2029, 1, 1), 10000, changed_rates)


GROUPS = st.sampled_from([None, *EffortGroup])


@st.composite
def agreements(draw):
    measure = draw(st.sampled_from([TEMPORARY, PERMANENT, SUMMER_JOB, MENTOR, ADAPTED_WORK, FOUR_YEAR]))
    start = draw(st.dates(date(2022, 1, 1), date(2028, 12, 31)))
    longest = (add_months(start, 4 * 12) - start).days - 1
    return Agreement(
        measure=measure,
        group=draw(GROUPS),
        start=start,
        end=start + timedelta(days=draw(st.integers(0, longest))),
        monthly_total=draw(st.integers(0, 90_000)),
        chosen_percent=draw(st.one_of(st.none(), st.integers(0, 100).map(Decimal))),
    )


@given(agreements())
def test_periods_cover_the_agreement_and_follow_the_steps(agreement):
    periods = subsidy_periods(agreement, NAV)
    assert periods[0].start == agreement.start
    assert periods[-1].end == agreement.end
    assert all(b.start == a.end + timedelta(days=1) for a, b in zip(periods, periods[1:], strict=False))
    steps = rate_steps(agreement, NAV)
    assert (steps[0].start, steps[-1].end) == (agreement.start, agreement.end)
    if agreement.measure != ADAPTED_WORK:
        for period in periods:
            (step,) = [step for step in steps if step.start <= period.start and period.end <= step.end]
            assert period.percent == step.percent


@given(agreements(), st.data())
def test_extend_and_shorten_undo_each_other(agreement, data):
    days = (agreement.end - agreement.start).days
    assume(days >= 1)
    middle = agreement.start + timedelta(days=data.draw(st.integers(0, days - 1)))
    whole = subsidy_periods(agreement, NAV)
    shorter = shorten(agreement, middle, NAV)
    cut = Agreement(
        measure=agreement.measure,
        group=agreement.group,
        start=agreement.start,
        end=middle,
        monthly_total=agreement.monthly_total,
        chosen_percent=agreement.chosen_percent,
    )
    assert shorter == subsidy_periods(cut, NAV)
    # An undecided last period is laid out anew, so nothing tells that the agreement was ever shorter.
    longer = extend(cut, agreement.end, PeriodState.UNDECIDED, NAV)
    assert (longer.active, longer.annulled) == (whole, ())


@given(agreements(), st.sampled_from(PeriodState))
def test_extension_keeps_every_day_once(agreement, state):
    new_end = agreement.end + timedelta(days=45)
    assume(agreement.measure != FOUR_YEAR or new_end < add_months(agreement.start, 4 * 12))
    longer = extend(agreement, new_end, state, NAV)
    assert longer.active[0].start == agreement.start
    assert longer.active[-1].end == new_end
    assert all(
        b.start == a.end + timedelta(days=1) for a, b in zip(longer.active, longer.active[1:], strict=False)
    )
    assert set(longer.annulled) <= set(subsidy_periods(agreement, NAV))


def test_reduction_on_the_last_day_gives_a_step_of_one_day():
    end = date(2024, 7, 1)
    steps = support_steps(TEMPORARY, EffortGroup.GUIDANCE, date(2024, 1, 1), end, 10000, RATES)
    assert [(step.start, step.end, step.percent) for step in steps][-1] == (end, end, 30)
    day_before = support_steps(TEMPORARY, EffortGroup.GUIDANCE, date(2024, 1, 1), date(2024, 6, 30), 1, RATES)
    assert [step.percent for step in day_before] == [40]


def test_refunded_month_cut_short_is_continued_not_redone():
    agreement = Agreement(
        measure=TEMPORARY,
        group=EffortGroup.GUIDANCE,
        start=date(2026, 3, 1),
        end=date(2026, 5, 15),
        monthly_total=39104,
    )
    longer = extend(agreement, date(2026, 6, 10), PeriodState.REFUNDED, NAV)
    assert [str(period.start) for period in longer.active[-2:]] == ["2026-05-16", "2026-06-01"]
    assert longer.annulled == ()
    with pytest.raises(NotLonger):
        extend(agreement, date(2026, 5, 15), PeriodState.REFUNDED, NAV)
    with pytest.raises(NotShorter):
        shorten(agreement, date(2026, 5, 15), NAV)


def test_unknown_amounts_are_empty_not_zero():
    agreement = Agreement(measure=ADAPTED_WORK, start=date(2026, 12, 1), end=date(2027, 1, 31))
    assert [period.amount for period in subsidy_periods(agreement, NAV)] == [7321, None]


def test_without_dates_or_cost_there_is_nothing_to_lay_out():
    start, end = date(2026, 1, 1), date(2026, 12, 31)
    whole = Agreement(measure=TEMPORARY, group=EffortGroup.GUIDANCE, start=start, end=end)
    assert subsidy_periods(whole, NAV) == ()
    assert [step.amount_per_month for step in rate_steps(whole, NAV)] == [None, None]
    open_ended = Agreement(measure=TEMPORARY, group=EffortGroup.GUIDANCE, start=start, monthly_total=1)
    assert subsidy_periods(open_ended, NAV) == rate_steps(open_ended, NAV) == ()
