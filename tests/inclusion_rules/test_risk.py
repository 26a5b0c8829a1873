"""The simulation of one hire: repeatable, right where a hand can reckon, and closed to nonsense."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inclusion_rules import risk
from inclusion_rules.estimate import Position, estimate
from inclusion_rules.inputs import NoAnswer
from inclusion_rules.parameters import all_parameters, parameter
from inclusion_rules.rates import shipped_rates
from inclusion_rules.risk import ASSUMPTIONS, RETENTION, Range, ask, rules_on, simulate, support_by_month
from inclusion_rules.subsidy import PERMANENT, SUMMER_JOB, TEMPORARY

BOOK = shipped_rates()
START = date(2027, 2, 1)
CAFE = Position(
    wage=Decimal(200),
    per_hour=True,
    position_percent=Decimal(60),
    holiday_percent=Decimal(12),
    pension_percent=Decimal(2),
    contribution_percent=Decimal("14.1"),
)
#: Fewer courses than the page uses, so that a test is quick.
FEW = 400


def question(measure=TEMPORARY, way=0, start=START, end=None, limit=100_000, paths=FEW, **more):
    found = estimate(measure, CAFE, start=start, end=end, rates=BOOK)
    chosen = None if way is None else found.alternatives[way]
    return ask(found, chosen, CAFE, BOOK, limit=limit, paths=paths, **more)


def exactly(value):
    return Range(Decimal(str(value)), Decimal(str(value)), Decimal(str(value)))


#: Nobody leaves, nobody is away, nothing is adapted: only what a hand can reckon is left.
CERTAIN = {
    **{key: exactly(1) for key in RETENTION},
    "absence_rate_ordinary": exactly(0),
    "absence_multiplier_inclusion": exactly(1),
    "absence_spell_days": exactly(10),
    "absence_week_extra_cost": exactly(0),
    "accommodation_zero_share": exactly(1),
    "accommodation_oneoff_nok": exactly(0),
    "prod_start_inclusion": exactly("0.5"),
    "prod_ramp_months": exactly(6),
    "prod_plateau": exactly("0.9"),
    "mentor_h_week_1_4": exactly(8),
    "mentor_h_week_5_12": exactly(4),
    "mentor_h_week_13_26": exactly(2),
    "mentor_h_after_26": exactly("0.5"),
    "leader_h_week_1_12": exactly(1),
    "admin_h_per_case": exactly(10),
}


def test_without_chance_every_course_is_the_hand_calculation():
    found = simulate(
        question(overrides=CERTAIN, mentor_hour_cost=300, leader_hour_cost=500, mentor_grant=4_000)
    )

    by_hand = {
        "wages": 36 * 25_418,
        # Weeks 1–4, 5–12, 13–26, and 27 to the end of 36 months.
        "mentor": 300 * (4 * 8 + 8 * 4 + 14 * 2 + (156 - 26) * Decimal("0.5")),
        "leader": 500 * 12 * 1,
        # Ten hours a year while there is support: twelve months.
        "paperwork": 500 * 10,
        "accommodation": 0,
        "absence": 0,
        "search": 0,
        # Six months on the way from 0.5 to 0.9, then thirty at 0.9.
        "work": -25_418 * (6 * Decimal("0.7") + 30 * Decimal("0.9")),
        "support": -(6 * 10_167 + 6 * 7_625),
        "grant": -6 * 4_000,
    }
    parts = found.with_measures.parts
    assert {name: parts[name] - round(amount) for name, amount in by_hand.items() if name != "work"} == {
        name: 0 for name in by_hand if name != "work"
    }
    assert abs(parts["work"] - by_hand["work"]) < 1
    assert set(found.with_measures.quantiles.values()) == {found.with_measures.mean}
    assert [count for count in found.with_measures.bins if count] == [FEW]
    assert found.without.mean == found.with_measures.mean + 6 * 10_167 + 6 * 7_625 + 24_000 - 5_000
    assert all(swing.size == 0 for swing in found.swings)


def test_who_leaves_at_once_costs_one_month():
    gone = {key: exactly(0) for key in RETENTION}
    found = simulate(question(overrides={**CERTAIN, **gone, RETENTION[0]: exactly("0.0000000001")}))

    assert found.without.quantiles[50] > 0
    assert 0 < found.without.parts["wages"] <= 2 * 25_418


def test_as_many_are_left_as_the_assumption_says():
    left = dict(zip(RETENTION, map(exactly, ("0.8", "0.6", "0.4")), strict=True))
    paths = 20_000
    found = simulate(question(overrides={**CERTAIN, **left}, paths=paths, end=date(2029, 1, 31)))
    # Straight lines of the logarithm between the times we know: the paid months, month by month.
    survival = [0.8 ** (m / 6) for m in range(6)]
    survival += [0.8 * (0.6 / 0.8) ** (m / 6) for m in range(6)]
    survival += [0.6 * (0.4 / 0.6) ** (m / 12) for m in range(12)]
    assert found.without.parts["wages"] == pytest.approx(sum(survival) * 25_418, rel=0.01)


def test_the_employer_pays_the_first_sixteen_days_and_none_in_the_first_four_weeks():
    """An absence every month, of the same mean length, and work worth nothing: only pay and extra cost."""
    sick = {
        **CERTAIN,
        "prod_start_inclusion": exactly(0),
        "prod_plateau": exactly(0),
        "absence_rate_ordinary": exactly(1),
        "absence_spell_days": exactly("30.4375"),
        "absence_week_extra_cost": exactly(10_000),
    }
    rules = rules_on(START, BOOK)
    assert (rules.employer_days, rules.qualifying_days, rules.sick_pay_ceiling) == (16, 28, 68_275)

    first_month = simulate(question(overrides=sick, end=date(2027, 2, 28), paths=4_000))
    # Nothing extra is paid by the employer: only the wage is saved, while the absence lasts.
    assert -19_500 <= first_month.without.parts["absence"] < 0

    paid_longer = simulate(
        replace(question(overrides=sick, paths=4_000), rules=replace(rules, employer_days=30))
    )
    usual = simulate(question(overrides=sick, paths=4_000))
    assert paid_longer.without.parts["absence"] > usual.without.parts["absence"]


def test_nav_pays_no_more_than_the_ceiling():
    long = {**CERTAIN, "absence_rate_ordinary": exactly("0.5"), "absence_spell_days": exactly(60)}
    asked = replace(question(overrides=long), monthly_wage=100_000)
    capped = simulate(asked).without.parts["absence"]
    assert capped == simulate(replace(asked, monthly_wage=68_275)).without.parts["absence"]
    assert (
        capped
        > simulate(replace(asked, rules=replace(asked.rules, sick_pay_ceiling=100_000))).without.parts[
            "absence"
        ]
    )


def test_same_question_same_bytes():
    first = simulate(question(count_search=True, mentor_grant=3_000))
    risk._luck.cache_clear()
    assert repr(simulate(question(count_search=True, mentor_grant=3_000))) == repr(first)
    assert repr(simulate(question(count_search=True, mentor_grant=3_000, seed=7))) != repr(first)


def test_with_and_without_meet_the_same_courses():
    found = simulate(question())
    shared = set(found.without.parts)
    assert {name: found.with_measures.parts[name] for name in shared} == dict(found.without.parts)
    assert set(found.with_measures.parts) - shared == {"paperwork", "support", "grant"}


def test_parts_sum_to_the_mean_and_every_course_is_in_a_bin():
    found = simulate(question(mentor_grant=5_000))
    for outcome in (found.with_measures, found.without):
        assert outcome.mean == sum(outcome.parts.values())
        assert sum(outcome.bins) == FEW
        assert len(outcome.bins) == len(found.edges) - 1 <= 12
        assert list(outcome.quantiles.values()) == sorted(outcome.quantiles.values())


def test_over_the_limit_counts_courses_above_it():
    assert simulate(question(limit=10**9)).without.over_limit == 0
    assert simulate(question(limit=-(10**9))).without.over_limit == FEW
    low, high = (simulate(question(limit=limit)).without.over_limit for limit in (50_000, 200_000))
    assert low > high
    # Exactly the limit is not above it.
    certain = simulate(question(overrides=CERTAIN))
    at = replace(question(overrides=CERTAIN), limit=certain.without.mean + 1)
    assert simulate(at).without.over_limit == 0


@given(more=st.lists(st.integers(0, 20_000), min_size=36, max_size=36), grant=st.integers(0, 20_000))
@settings(max_examples=25, deadline=None)
def test_more_support_never_raises_the_mean_cost(more, grant):
    usual = question(mentor_grant=1_000)
    better = replace(
        usual,
        support=tuple(old + extra for old, extra in zip(usual.support, more, strict=True)),
        mentor_grant=1_000 + grant,
    )
    # The hours of claims are the same: they follow how long there is support, not how much.
    hours = {"admin_h_per_case": exactly(0)}
    before = simulate(replace(usual, overrides=hours))
    after = simulate(replace(better, overrides=hours))
    assert after.with_measures.mean <= before.with_measures.mean
    assert after.without == before.without or after.edges != before.edges


def test_swings_come_by_size_one_for_each_assumption():
    found = simulate(question())
    sizes = [swing.size for swing in found.swings]
    assert sizes == sorted(sizes, reverse=True)
    told = [key for swing in found.swings for key in swing.keys]
    assert sorted(told) == sorted(key for key in ASSUMPTIONS if not key.startswith("hiring_"))
    mean = found.with_measures.mean
    plateau = next(swing for swing in found.swings if swing.keys == ("prod_plateau",))
    assert plateau.high < mean < plateau.low


def test_an_assumption_without_a_range_has_no_swing():
    found = simulate(question(overrides={"prod_plateau": exactly("0.9")}))
    assert next(swing for swing in found.swings if swing.keys == ("prod_plateau",)).size == 0


def test_search_is_saved_when_counted_and_needed_again_by_who_leaves():
    weekly = Decimal(19_500) * 12 / 52
    fixed = {
        "hiring_cost_weeks_total": exactly(16),
        "hiring_share_search": exactly("0.25"),
    }
    stays = simulate(question(count_search=True, overrides={**CERTAIN, **fixed}))
    assert stays.without.parts["search"] == -round(16 * weekly / 4)
    left = {key: exactly("0.0000000001") for key in RETENTION}
    assert (
        simulate(question(count_search=True, overrides={**CERTAIN, **fixed, **left})).without.parts["search"]
        == 0
    )
    assert simulate(question()).without.parts["search"] == 0


def test_support_is_laid_on_months_by_its_days():
    found = estimate(TEMPORARY, CAFE, start=date(2027, 2, 15), end=None, rates=BOOK)
    months = support_by_month(found.alternatives[0], date(2027, 2, 15), Decimal(36))
    assert months[:12] == (10_167,) * 6 + (7_625,) * 6
    assert months[12:] == (0,) * 24


def test_support_without_an_end_goes_on():
    found = estimate(PERMANENT, CAFE, start=START, end=None, rates=BOOK)
    assert support_by_month(found.alternatives[0], START, Decimal(36))[-1] > 0


def test_a_summer_job_is_followed_to_its_end_and_no_longer():
    asked = question(SUMMER_JOB, start=date(2027, 6, 21))
    assert asked.months == Decimal("0.9333333333")
    found = simulate(replace(asked, overrides=CERTAIN))
    assert found.without.parts["wages"] == round(25_418 * 28 / 30)
    assert found.with_measures.parts["support"] == -round(12_709 * 28 / 30)


def test_a_job_without_support_is_the_same_with_and_without():
    found = simulate(question(way=None))
    assert found.with_measures.mean == found.without.mean


@pytest.mark.parametrize(
    ("override", "field"),
    [
        (Range(Decimal("NaN"), Decimal(1), Decimal(1)), "prod_plateau.low"),
        (Range(Decimal(0), Decimal(1), Decimal("Infinity")), "prod_plateau.high"),
        (Range(Decimal(-1), Decimal(0), Decimal(1)), "prod_plateau.low"),
        (Range(Decimal(0), Decimal(1), Decimal(10) ** 30), "prod_plateau.high"),
        (Range(Decimal(0), Decimal(1), Decimal(2)), "prod_plateau.high"),
        (Range(Decimal("0.9"), Decimal("0.5"), Decimal(1)), "prod_plateau.mid"),
        (Range(Decimal("0.2"), Decimal("0.9"), Decimal("0.5")), "prod_plateau.high"),
        (Range(None, Decimal(1), Decimal(1)), "prod_plateau.low"),
        (Range("0.5", Decimal(1), Decimal(1)), "prod_plateau.low"),
        (Range(True, Decimal(1), Decimal(1)), "prod_plateau.low"),
    ],
)
def test_hostile_assumption_is_refused_with_its_field(override, field):
    with pytest.raises(NoAnswer) as refused:
        simulate(question(overrides={"prod_plateau": override}))
    assert refused.value.field == field
    assert "write" in str(refused.value) or "needed" in str(refused.value)


@pytest.mark.parametrize("key", ["reputation_value", "luck", "turnover_cost_share", "wage_loading_factor"])
def test_what_is_no_assumption_of_the_model_is_refused(key):
    with pytest.raises(NoAnswer) as refused:
        simulate(question(overrides={key: exactly(1)}))
    assert refused.value.field == key


def test_a_curve_that_rises_is_refused():
    with pytest.raises(NoAnswer) as refused:
        simulate(question(overrides={RETENTION[1]: exactly("0.9")}))
    assert (refused.value.code, refused.value.field) == ("rising", f"{RETENTION[1]}.low")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"monthly_cost": -1}, "monthly_cost"),
        ({"monthly_cost": 10**15}, "monthly_cost"),
        ({"mentor_hour_cost": Decimal("NaN")}, "mentor_hour_cost"),
        ({"leader_hour_cost": "500"}, "leader_hour_cost"),
        ({"limit": 10**12}, "limit"),
        ({"months": Decimal(480)}, "months"),
        ({"months": Decimal(-1)}, "months"),
        ({"support": (1,)}, "support"),
        ({"support": (-1,) * 36}, "support"),
        ({"mentor_grant": -5}, "mentor_grant"),
        ({"paths": 0}, "paths"),
        ({"paths": 10**9}, "paths"),
        ({"seed": -1}, "seed"),
        ({"position_percent": Decimal(101)}, "position_percent"),
    ],
)
def test_hostile_question_is_refused_with_its_field(change, field):
    with pytest.raises(NoAnswer) as refused:
        simulate(replace(question(), **change))
    assert refused.value.field == field


def test_the_widest_assumptions_we_accept_give_finite_answers():
    """Every assumption at the least and the most a reader may write: nothing breaks, nothing is NaN."""
    from inclusion_rules.parameters import limits

    for end in (0, 1):
        overrides = {key: exactly(limits(parameter(key).unit)[end]) for key in ASSUMPTIONS}
        found = simulate(question(overrides=overrides, count_search=True))
        assert sum(found.without.bins) == FEW


def test_c3_the_wage_cost_is_never_loaded_twice():
    assert "wage_loading_factor" not in ASSUMPTIONS
    assert "turnover_cost_share" not in ASSUMPTIONS


def test_no_evidence_note_is_in_the_model():
    notes = {key for key, each in all_parameters().items() if not each.use_in_model}
    assert notes.isdisjoint(ASSUMPTIONS)
    texts = {
        node.value for node in ast.walk(ast.parse(inspect.getsource(risk))) if isinstance(node, ast.Constant)
    }
    assert notes.isdisjoint(texts)


def test_it_says_what_it_does_not_know():
    assert "What the model does not know" in risk.__doc__
