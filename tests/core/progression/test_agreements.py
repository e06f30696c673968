"""Parts, hours of a month and days of following up, as plain values."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.progression.agreements import (
    MONTH,
    PARTS,
    TAPER,
    Holding,
    Hours,
    Terms,
    lacking,
    meetings,
    month_minutes,
    months_after,
    same_function,
)

WHOLE = Terms(
    tasks=("Vande",), ordinary=Hours(240, function="Pakke"), sub_goals=("Alene en formiddag",),
    considered=True, follow_up=True, contact=True,
)  # fmt: skip
START = dt.date(2026, 12, 1)


@pytest.mark.requirement("FM-31")
def test_an_empty_agreement_lacks_all_parts_and_a_whole_one_none() -> None:
    assert set(lacking(Terms())) == set(PARTS)
    assert lacking(WHOLE) == ()


@pytest.mark.requirement("FM-33")
def test_practice_alone_needs_when_and_that_it_was_talked_about() -> None:
    alone = {"tasks": ("Vande",), "practice": Hours(720), "sub_goals": ("Et",)}
    rest = {"considered": True, "follow_up": True, "contact": True}
    assert lacking(Terms(**alone, **rest)) == ("ordinary_hours",)
    assert lacking(Terms(**alone, **rest, discussed_on=START)) == ("ordinary_hours",)
    assert lacking(Terms(**alone, **rest, discussed_on=START, ordinary_on=START)) == ()


@pytest.mark.requirement("FM-56")
@pytest.mark.parametrize("other", ["pakke", " PAKKE ", ""])
def test_the_same_function_or_none_is_found(other: str) -> None:
    both = Terms(ordinary=Hours(240, function="Pakke"), practice=Hours(720, function=other))
    assert same_function(both)


@pytest.mark.requirement("FM-45")
def test_six_hours_become_eight_from_the_day_the_change_holds() -> None:
    six, eight = Hours(360), Hours(480)
    lines = [Holding(six, dt.date(2026, 11, 2), START), Holding(eight, START)]
    assert month_minutes(lines, 2026, 11) == 21 * 72
    assert month_minutes(lines, 2026, 12) == 23 * 96


def test_hours_a_month_are_those_hours_in_every_whole_month() -> None:
    line = [Holding(Hours(1800, MONTH), dt.date(2026, 1, 1))]
    assert {month_minutes(line, 2026, month) for month in range(1, 13)} == {1800}


@pytest.mark.requirement("FM-36")
def test_weekly_four_times_then_every_other_week_then_monthly() -> None:
    days = [one.on for one in meetings(TAPER, START, dt.date(2027, 12, 1))]
    assert days[:4] == [START + dt.timedelta(weeks=n) for n in (1, 2, 3, 4)]
    assert days[4:8] == [START + dt.timedelta(weeks=n) for n in (6, 8, 10, 12)]
    assert [day.month for day in days[8:]] == [3, 4, 5, 6, 7, 8, 9, 10, 11]


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_meetings_are_weekdays_in_order_inside_the_year(start: dt.date) -> None:
    until = months_after(start, 12)
    days = [one.on for one in meetings(TAPER, start, until)]
    assert days == sorted(set(days))
    assert all(start < day < until and day.weekday() < 5 for day in days)
