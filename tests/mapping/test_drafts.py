"""A mapping's answers: kept as long as we say, opened by address or code alone, and sent in once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings

from inclusion_rules.periods import add_months
from tests.mapping.any_answers import any_answers
from toolbox.console import main
from toolbox.mapping import drafts
from toolbox.mapping.answers import DONT_KNOW, unpack
from toolbox.mapping.instrument import instrument
from toolbox.mapping.models import Answered, Mapping, Response
from toolbox.mapping.scoring import FULL, SHORT

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = "hemmelig"
FACTS = {"B1": "C", "B2": "20-49", "B3": "3107"}


def begin(form: str = SHORT, key: str = "k" * 24, on: date = TODAY) -> drafts.Begun:
    return drafts.begin(form, key=key, secret=SECRET, on=on)


def begun(form: str = SHORT, key: str = "k" * 24) -> Mapping:
    mapping = drafts.find(begin(form, key).token, TODAY)
    assert mapping is not None
    return mapping


def fresh(mapping: Mapping) -> Mapping:
    return Mapping.objects.select_related("response").get(pk=mapping.pk)


def store(mapping: Mapping, given: drafts.Answers, upon: int = 0, now: datetime = NOW) -> None:
    drafts.store(mapping, given, upon=upon, now=now)


def everything_stored() -> str:
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("mapping_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows += cursor.fetchall()
    return str(rows)


# Beginning, and finding again


def test_D10_the_same_form_begins_once_and_gives_the_same_address_and_code():
    assert begin() == begin()
    assert Mapping.objects.count() == 1


def test_another_press_of_another_form_is_another_mapping():
    assert len({begin(form, key).token for form in (SHORT, FULL) for key in ("a" * 24, "b" * 24)}) == 4


def test_a_code_can_be_read_aloud():
    """Ten letters, and none that is taken for another or for a digit."""
    code = begin().code
    assert len(code) == 11 and code[5] == "-"
    assert not set(code) & set("ILOQ01UW")


@pytest.mark.parametrize(
    "written", ["{}", " {} ", "lower", "spaced", "no hyphen", "en dash"], ids=lambda each: each
)
def test_a_code_is_read_however_it_is_written(written):
    found = begin()
    code = found.code
    text = {
        "lower": code.lower(),
        "spaced": " ".join(code.replace("-", "")),
        "no hyphen": code.replace("-", ""),
        "en dash": code.replace("-", " – "),
    }.get(written, written.format(code))
    assert drafts.by_code(text, secret=SECRET, on=TODAY) == found.token


@pytest.mark.parametrize("written", ["", "-", "AAAAA-AAAAA", "A" * 40, "1234567890", "ÆØÅ", "\x00"])
def test_another_code_opens_nothing(written):
    begin()
    assert drafts.by_code(written, secret=SECRET, on=TODAY) is None


def test_who_reads_the_database_can_open_nothing():
    found = begin()
    read = drafts.read_token(found.token, SECRET)
    stored = everything_stored()
    for secret in (found.token, read, found.code, found.code.replace("-", "")):
        assert secret not in stored
    assert drafts.by_code(found.code, secret="en annen hemmelighet", on=TODAY) is None


def test_the_reading_address_opens_for_reading_only():
    found = begin()
    read = drafts.read_token(found.token, SECRET)
    assert drafts.find_to_read(read, TODAY) == drafts.find(found.token, TODAY)
    assert drafts.find(read, TODAY) is None
    assert drafts.find_to_read(found.token, TODAY) is None


# Answering


def test_an_answer_stands_until_it_is_given_anew():
    mapping = begun()
    store(mapping, {"N1": 2, "A1": DONT_KNOW})
    store(mapping, {"A1": 4})
    assert drafts.answers_of(fresh(mapping)) == {"N1": 2, "A1": 4}
    assert Answered.objects.count() == 2


def test_answers_to_what_is_no_longer_asked_do_not_count_and_come_back_with_the_branch():
    mapping = begun(FULL)
    store(mapping, {"E1": ("practice",), "E3": 4})
    store(mapping, {"E1": ("none",)})
    assert drafts.answers_of(fresh(mapping)) == {"E1": ("none",)}
    store(mapping, {"E1": ("mentor",)})
    assert drafts.answers_of(fresh(mapping)) == {"E1": ("mentor",), "E3": 4}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(answers=any_answers())
def test_any_answers_are_the_same_as_rows_and_sent_in(answers):
    Mapping.objects.all().delete()
    mapping = begun(FULL)
    store(mapping, answers)
    assert drafts.answers_of(fresh(mapping)) == answers == found_at_once()
    response = drafts.submit(mapping, upon=0, on=TODAY)
    assert drafts.answers_of(fresh(mapping)) == answers == found_at_once()
    assert unpack(instrument(response.instrument), response.packed) == answers


def found_at_once() -> drafts.Answers:
    """The answers that come with the mapping, which is as Django reads it."""
    mapping, answers = drafts.find_answered(begin(FULL).token, TODAY)
    read = Mapping.objects.get()
    for field in Mapping._meta.concrete_fields:
        assert getattr(mapping, field.attname) == getattr(read, field.attname)
    return answers


def test_what_is_over_or_never_was_is_not_found_with_its_answers():
    begun_ = begin()
    assert drafts.find_answered(begun_.token, begun_.expires_on) is not None
    assert drafts.find_answered(begun_.token, begun_.expires_on + timedelta(days=1)) is None
    assert drafts.find_answered("0" * 48, TODAY) is None


# Sending in


def test_sent_in_rows_become_one_response_with_the_version_they_were_given_to():
    mapping = begun()
    store(mapping, FACTS | {"N1": 2})
    response = drafts.submit(mapping, upon=0, on=TODAY)
    asked = instrument()
    assert (response.instrument, asked.hash[:16]) == (asked.version, response.instrument_hash)
    assert (response.form, response.submitted_on) == (SHORT, TODAY)
    assert not Answered.objects.exists()
    assert fresh(mapping).version == 1
    assert not drafts.waits(fresh(mapping))


def test_T35_D10_the_same_answers_sent_in_again_are_one_response():
    """From another device, by a second press, or ten minutes later by «reload»."""
    mapping = begun()
    store(mapping, {"N1": 2})
    first = drafts.submit(mapping, upon=0, on=TODAY)
    for upon in (0, 1):
        assert drafts.submit(mapping, upon=upon, on=TODAY + timedelta(days=1)) == first
    assert Response.objects.get().submitted_on == TODAY
    assert fresh(mapping).version == 1


def test_D11_an_edit_after_sending_in_replaces_the_response():
    mapping = begun()
    store(mapping, FACTS | {"N1": 2})
    drafts.submit(mapping, upon=0, on=TODAY)
    store(mapping, {"N1": 0}, upon=1)
    assert drafts.waits(fresh(mapping))
    assert drafts.answers_of(fresh(mapping))["N1"] == 0
    drafts.submit(mapping, upon=1, on=TODAY)
    assert Response.objects.count() == 1
    assert drafts.answers_of(fresh(mapping)) == FACTS | {"N1": 0}


def test_D11_what_was_chosen_on_an_older_page_is_neither_kept_nor_sent_in_unseen():
    mapping = begun()
    store(mapping, {"N1": 2})
    drafts.submit(mapping, upon=0, on=TODAY)
    with pytest.raises(drafts.Overtaken):
        store(mapping, {"N1": 0}, upon=0)
    store(mapping, {"N1": 1}, upon=1)
    with pytest.raises(drafts.Overtaken):
        drafts.submit(mapping, upon=0, on=TODAY)
    assert drafts.answers_of(fresh(mapping)) == {"N1": 1}
    assert Response.objects.get().packed.count("2") == 1


def test_going_on_to_the_full_form_keeps_the_answers_and_can_be_sent_in():
    mapping = begun()
    store(mapping, {"N1": 2})
    drafts.submit(mapping, upon=0, on=TODAY)
    drafts.go_on_to_full(mapping)
    assert drafts.answers_of(fresh(mapping)) == {"N1": 2}
    assert drafts.waits(fresh(mapping))
    assert drafts.submit(mapping, upon=1, on=TODAY).form == FULL


@pytest.mark.parametrize(
    ("facts", "counts"),
    [(FACTS, True), (FACTS | {"B2": DONT_KNOW}, False), ({"B1": "C", "B2": "1-4"}, False), ({}, False)],
)
def test_who_does_not_tell_of_place_industry_and_size_is_in_no_table(facts, counts):
    mapping = begun()
    store(mapping, facts | {"N1": 2})
    assert drafts.submit(mapping, upon=0, on=TODAY).in_tables is counts


# Twenty at once


def at_once(times: int, act) -> list:
    def once(_number: int):
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


@pytest.mark.django_db(transaction=True)
def test_D10_twenty_at_once_begin_answer_and_send_in_one():
    tokens = at_once(20, lambda: begin().token)
    assert len(set(tokens)) == 1 and Mapping.objects.count() == 1

    mapping = begun()
    at_once(20, lambda: store(mapping, {"N1": 2, "A1": 3}))
    assert sorted(Answered.objects.values_list("item", "value")) == [("A1", "3"), ("N1", "2")]

    sent = at_once(20, lambda: drafts.submit(mapping, upon=0, on=TODAY).pk)
    assert len(set(sent)) == 1 and Response.objects.count() == 1
    assert fresh(mapping).version == 1


# How long, and taking away


@pytest.mark.parametrize(("days", "opens"), [(89, True), (90, True), (91, False)])
def test_P14_a_draft_lives_ninety_days_after_the_last_change(days, opens, settings):
    found = begin(on=TODAY - timedelta(days=200))
    mapping = Mapping.objects.get()
    store(mapping, {"N1": 2})
    settings.TOOLBOX_TODAY = last = TODAY + timedelta(days=days)
    assert (drafts.find(found.token, last) is not None) is opens
    assert (drafts.by_code(found.code, secret=SECRET, on=last) is not None) is opens
    assert main(["purge"]) == 0 and Mapping.objects.count() == 1
    assert main(["purge", "--delete"]) == 0
    assert Mapping.objects.count() == Answered.objects.count() == opens


def test_P14_sent_in_answers_live_thirteen_months_and_their_response_two_years(settings):
    found = begin()
    mapping = begun()
    store(mapping, FACTS)
    drafts.submit(mapping, upon=0, on=TODAY)
    last = add_months(TODAY, 13)
    assert drafts.find(found.token, last) and not drafts.find(found.token, last + timedelta(days=1))

    settings.TOOLBOX_TODAY = last + timedelta(days=1)
    main(["purge", "--delete"])
    assert not Mapping.objects.exists()
    assert Response.objects.get().mapping_id is None, "no address leads to it"

    for day, left in ((add_months(TODAY, 24), 1), (add_months(TODAY, 24) + timedelta(days=1), 0)):
        settings.TOOLBOX_TODAY = day
        main(["purge", "--delete"])
        assert Response.objects.count() == left


def test_an_edit_never_shortens_how_long_answers_are_kept():
    mapping = begun()
    store(mapping, FACTS)
    drafts.submit(mapping, upon=0, on=TODAY)
    store(mapping, {"N1": 1}, upon=1)
    assert fresh(mapping).expires_on == add_months(TODAY, 13)


def test_the_owner_takes_everything_away_at_once():
    found, mapping = begin(), begun()
    store(mapping, FACTS)
    drafts.submit(mapping, upon=0, on=TODAY)
    store(mapping, {"N1": 1}, upon=1)
    drafts.delete(mapping)
    drafts.delete(mapping)
    assert not (Mapping.objects.exists() or Answered.objects.exists() or Response.objects.exists())
    assert drafts.find(found.token, TODAY) is None
    assert drafts.by_code(found.code, secret=SECRET, on=TODAY) is None


def test_a_million_responses_stay_small():
    """The longest set there can be, packed: a million are well below a gigabyte."""
    longest = {}
    for item in instrument().items.values():
        values = [option.value for option in item.options if not option.alone] or [item.high or "3101"]
        longest[item.id] = tuple(values[: item.at_most]) if item.kind == "multi" else max(values, key=repr)
    mapping = begun(FULL)
    store(mapping, longest)
    assert len(drafts.submit(mapping, upon=0, on=TODAY).packed) < 400
