"""Enhetsregisteret asked: what it says is read as meant, and what goes wrong there stops nobody here."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.access.register_server import (
    BANKRUPT,
    DELETED,
    MAIN,
    REMOVED,
    SMALL,
    SUB,
    UNKNOWN,
    Register,
    register_server,
)
from toolbox.access import register as port
from toolbox.access.org_number import NotNineDigits, WrongCheckDigit, read_org_number, spaced
from toolbox.access.register import NoAnswer, Removed, Unit, Unknown, look_up


@pytest.fixture
def register(settings, monkeypatch) -> Iterator[Register]:
    settings.COMPANY_REGISTER = True
    with register_server() as (address, running):
        monkeypatch.setattr(port, "ADDRESS", address)
        yield running


@pytest.mark.parametrize(
    "written", ["974760673", "974 760 673", " 974\u00a0760\u00a0673 ", "NO974760673MVA", "no 974760673 mva"]
)
def test_a_number_may_be_written_the_way_people_write_it(written):
    assert read_org_number(written) == "974760673"
    assert spaced("974760673") == "974\u00a0760\u00a0673"


@pytest.mark.parametrize("written", ["", "97476067", "9747606733", "97476067a", "９７４７", "-74760673"])
def test_what_is_not_nine_digits_is_told_apart(written):
    with pytest.raises(NotNineDigits):
        read_org_number(written)


@pytest.mark.parametrize("written", ["974760674", "974760637", "123456789", "910000000"])
def test_a_wrong_digit_and_two_that_changed_places_are_found(written):
    with pytest.raises(WrongCheckDigit):
        read_org_number(written)


def test_a_main_unit(register):
    found = look_up(MAIN)
    assert found == Unit(MAIN, "FJORDKAFEEN AS", "", "HALDEN", 14, None, False)


def test_a_sub_unit_is_told_with_its_main_unit(register):
    found = look_up(SUB)
    assert isinstance(found, Unit)
    assert (found.name, found.parent, found.place) == ("FJORDKAFEEN AVD MOSS", MAIN, "MOSS")


def test_a_deleted_unit_answers_with_hardly_anything_but_its_day(register):
    found = look_up(DELETED)
    assert isinstance(found, Unit) and found.ended_on is not None
    assert found.ended_on.isoformat() == "2024-11-26" and found.place == ""


def test_one_removed_for_legal_reasons_one_bankrupt_and_one_that_nobody_has(register):
    assert look_up(REMOVED) == Removed()
    assert look_up(UNKNOWN) == Unknown()
    bankrupt = look_up(BANKRUPT)
    assert isinstance(bankrupt, Unit) and bankrupt.closing


def test_a_head_count_that_is_withheld_is_unknown_and_never_nought(register):
    found = look_up(SMALL)
    assert isinstance(found, Unit) and found.head_count is None


def test_an_answer_is_remembered_and_asked_for_once(register):
    assert look_up(MAIN) == look_up(MAIN)
    assert register.asked == [f"enheter/{MAIN}"]


def test_T33_whatever_goes_wrong_there_is_no_answer_and_nobody_waits(register, caplog):
    elsewhere = b'{"organisasjonsnummer": "910000012", "navn": "ANDRE", "organisasjonsform": {"kode": "AS"}}'
    here = elsewhere.replace(b"910000012", MAIN.encode())
    bad = {
        "broken": (500, b"canary-in-the-body"),
        "busy": (503, b""),
        "two megabytes": (200, b'{"navn": "' + b"x" * 2_000_000 + b'"}'),
        "not JSON": (200, b"<html>canary-in-the-body</html>"),
        "JSON of another shape": (200, b"[1, 2]"),
        "without a name": (200, here.replace(b"navn", b"name")),
        "a day that is none": (200, here[:-1] + b', "slettedato": "x"}'),
        "another number": (200, elsewhere),
        "empty": (200, b""),
    }
    for what, register.always in bad.items():
        cache.clear()
        began = time.monotonic()
        assert look_up(MAIN) == NoAnswer(), what
        assert time.monotonic() - began < port.PATIENCE
    assert "canary" not in caplog.text


def test_T33_a_redirect_is_not_followed(register):
    with register_server() as (inside, internal):
        register.headers, register.always = {"Location": f"{inside}/enheter/{MAIN}"}, (302, b"")
        assert look_up(MAIN) == NoAnswer()
        assert internal.asked == []


def test_T33_one_that_hangs_is_left_after_three_seconds_and_then_left_alone(register):
    register.slowness = 6.0
    began = time.monotonic()
    assert look_up(MAIN) == NoAnswer()
    assert time.monotonic() - began < 3.5
    began = time.monotonic()
    assert look_up(SUB) == NoAnswer()
    assert time.monotonic() - began < 0.2, "nobody else waits for a register that is silent"


def test_a_host_that_is_not_there(settings, monkeypatch):
    settings.COMPANY_REGISTER = True
    monkeypatch.setattr(port, "ADDRESS", "http://127.0.0.1:1")
    assert look_up(MAIN) == NoAnswer()


def test_nobody_is_asked_when_it_is_turned_off(register, settings):
    settings.COMPANY_REGISTER = False
    assert look_up(MAIN) == NoAnswer() and register.asked == []
