"""A new value for a rate: where it fits, what it changes, and what is refused (T11, S10)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from inclusion_rules.rates import Misfit, NewValue, NoRate, RateBook, Source, shipped_rates
from inclusion_rules.worked_cases import CaseFileError, cafe_estimate, changed_cases, situation, worked_cases

CONTRIBUTION = "shared.contribution_zone_1"
GUIDANCE = "midlertidig_lonnstilskudd.percent_guidance_start"
NEW_YEAR = date(2027, 1, 1)


def new(key: str = CONTRIBUTION, value: str = "15.1", **changes) -> NewValue:
    fields = {
        "key": key,
        "value": Decimal(value),
        "valid_from": NEW_YEAR,
        "known_to": date(2027, 12, 31),
        "law": "Stortingets vedtak for 2027",
        "source": Source("Skatteetaten", "https://www.skatteetaten.no/"),
        "checked": date(2026, 11, 24),
    }
    return NewValue(**{**fields, **changes})


def changed(**changes) -> RateBook:
    return shipped_rates().with_value(new(**changes))


def test_S10_the_old_value_to_new_year_and_the_new_one_after():
    rates = changed()
    before, after = rates.rate(CONTRIBUTION, date(2026, 12, 31)), rates.rate(CONTRIBUTION, NEW_YEAR)
    assert (before.value, before.valid_to) == (Decimal("14.1"), date(2026, 12, 31))
    assert (after.value, after.law, after.source.title) == (
        Decimal("15.1"),
        "Stortingets vedtak for 2027",
        "Skatteetaten",
    )
    assert not after.assumed and after.known_to == date(2027, 12, 31)
    assert after.checked == date(2026, 11, 24)
    assert rates.rate(CONTRIBUTION, date(2028, 6, 1)).assumed
    with pytest.raises(NoRate):
        rates.rate(CONTRIBUTION, date(2029, 1, 1))
    # The book it was made from is as before.
    assert shipped_rates().rate(CONTRIBUTION, NEW_YEAR).assumed


def test_S10_an_agreement_that_spans_the_change_has_two_periods():
    rates = changed(key=GUIDANCE, value="45", known_to=None)
    spanning = cafe_estimate(date(2026, 12, 1), rates).alternatives[0].periods
    assert [(p.start, p.percent) for p in spanning[:2]] == [
        (date(2026, 12, 1), Decimal(40)),
        (NEW_YEAR, Decimal(45)),
    ]
    assert cafe_estimate(NEW_YEAR, rates).alternatives[0].first.percent == 45


def test_a_value_between_two_others_lasts_until_the_next():
    rates = changed(key="shared.base_amount", value="120000", valid_from=date(2023, 9, 1))
    assert rates.rate("shared.base_amount", date(2023, 9, 1)).valid_to == date(2024, 4, 30)
    assert rates.value("shared.base_amount", date(2026, 11, 24)) == 136549
    assert rates.rate("shared.base_amount", date(2026, 11, 24)).known_to == date(2027, 4, 30)


def test_a_value_that_is_wrong_is_replaced_on_its_own_day():
    rates = changed(value="14.2", valid_from=date(2026, 1, 1), replaces=True)
    assert rates.value(CONTRIBUTION, date(2026, 6, 1)) == Decimal("14.2")


def test_each_new_value_gives_a_revision_of_its_own():
    found = {changed().revision, changed(value="15.2").revision, shipped_rates().revision}
    assert len(found) == 3 and changed().revision in found


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"value": "-1"}, "value", "out_of_range"),
        ({"value": "1000"}, "value", "out_of_range"),
        ({"value": "NaN"}, "value", "not_a_number"),
        ({"value": "Infinity"}, "value", "not_a_number"),
        ({"value": "14.123"}, "value", "too_many_decimals"),
        ({"key": "mentor.max_months_general", "value": "6.5"}, "value", "not_whole"),
        ({"valid_from": date(2026, 1, 1)}, "valid_from", "overlap"),
        ({"replaces": True}, "valid_from", "nothing_to_replace"),
        ({"valid_from": date(2027, 1, 2)}, "valid_from", "gap"),
        ({"known_to": None}, "known_to", "no_last_day"),
        ({"known_to": date(2026, 12, 31)}, "known_to", "last_day_first"),
        ({"known_to": date(2029, 1, 1)}, "known_to", "lasts_too_long"),
    ],
)
def test_T11_what_does_not_fit_is_refused(changes, field, problem):
    with pytest.raises(Misfit) as told:
        changed(**changes)
    assert (told.value.field, told.value.problem) == (field, problem)


def test_only_the_worked_cases_that_change_are_told():
    assert list(changed_cases(shipped_rates(), shipped_rates())) == []
    found = list(changed_cases(shipped_rates(), changed(key=GUIDANCE, value="45", known_to=None)))
    assert found and {case.measure.key for case, _, _ in found} == {"midlertidig_lonnstilskudd"}
    case, before, after = found[0]
    assert case.name == "Kafé i Halden trenger kjøkkenhjelp, og ingen vet hvilken sats Nav gir"
    assert [value for _, value, _ in before.amounts] == [40, 60]
    assert [value for _, value, _ in after.amounts] == [45, 60]
    assert len(found) < len(worked_cases())


def test_a_fact_that_is_none_is_told():
    with pytest.raises(CaseFileError, match="on"):
        situation({True: "2026-11-24"})
