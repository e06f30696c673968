"""How far ahead somebody plans, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.scheduling.own import carried_out, horizon, own_days

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=n) for n in range(5)]
HALVES = ("am", "pm")


def whole(*numbers: int) -> set[tuple[date, str]]:
    return {(WEEK[n], half) for n in numbers for half in HALVES}


@pytest.mark.requirement("AJ-26")
def test_who_fills_monday_to_wednesday_alone_plans_three_days_ahead() -> None:
    days = own_days(whole(0, 1, 2), whole(3, 4))
    assert horizon(days, WEEK) == 3


@pytest.mark.requirement("AJ-26")
def test_a_day_off_breaks_no_run_and_a_day_planned_by_others_does() -> None:
    assert horizon({WEEK[0], WEEK[2]}, [WEEK[0], WEEK[2]]) == 2
    assert horizon({WEEK[0], WEEK[2]}, WEEK) == 1


@pytest.mark.requirement("AJ-31")
def test_a_day_with_a_half_left_open_is_not_planned() -> None:
    free = whole(0, 1)
    half = {(WEEK[0], "am"), *whole(1)}
    assert own_days(half, (), (), free) == {WEEK[1]}
    assert own_days(half, (), {(WEEK[0], "pm")}, free) == {WEEK[0], WEEK[1]}, "taken is no gap"
    assert own_days(half, {(WEEK[1], "pm")}) == {WEEK[0]}, "what staff planned is not their own"


@pytest.mark.requirement("AJ-31")
def test_what_is_not_marked_is_not_known_and_what_was_missed_is() -> None:
    days = frozenset(WEEK)
    assert carried_out(days, dict.fromkeys(WEEK, True)) == 5
    assert carried_out(days, dict.fromkeys(WEEK[:4], True)) is None
    assert carried_out(days, {**dict.fromkeys(WEEK[:3], True), WEEK[3]: False}) == 3


@given(st.sets(st.sampled_from(WEEK)), st.sets(st.sampled_from(WEEK)))
def test_the_horizon_is_never_longer_than_what_was_planned(
    days: set[date], working: set[date]
) -> None:
    assert 0 <= horizon(days, sorted(working)) <= len(days & working)
    assert horizon(working, sorted(working)) == len(working)
