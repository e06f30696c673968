from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.periods import Period, Week, add_months, month_of, monthly_windows

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
MONTHS = st.integers(min_value=-240, max_value=240)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    since = draw(DAYS)
    length = draw(st.none() | st.integers(min_value=0, max_value=4000))
    return Period(since, None if length is None else since + timedelta(days=length))


@given(periods())
def test_the_end_day_is_outside(period: Period) -> None:
    if period.until is not None:
        assert period.until not in period
    assert (period.since in period) == (period.until != period.since)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2026, 1, 2), date(2026, 1, 1))


@given(periods(), periods(), DAYS)
def test_an_overlap_holds_exactly_the_days_both_hold(a: Period, b: Period, day: date) -> None:
    shared = a.overlap(b)
    assert (shared is not None and day in shared) == (day in a and day in b)
    assert shared == b.overlap(a)


@given(periods(), DAYS)
def test_days_are_counted_up_to_the_day_asked_about(period: Period, on: date) -> None:
    days = period.days(on)
    assert days == sum((period.since + timedelta(days=i)) in period for i in range(days))
    assert period.days(on + timedelta(days=1)) - days in {0, 1}


@given(DAYS, MONTHS)
def test_adding_months_lands_in_the_month_asked_for(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there + timedelta(days=1)).day == 1


def test_the_last_of_january_and_one_month_is_the_last_of_february() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


@given(DAYS)
def test_a_calendar_month_holds_its_days_and_no_other(day: date) -> None:
    month = month_of(day)
    assert day in month
    assert month.since.day == 1
    assert month.until is not None
    assert month.until.day == 1
    assert month.until - timedelta(days=1) in month


@pytest.mark.requirement("FM-35")
def test_the_third_month_window_from_15_january_is_15_march_to_14_april() -> None:
    windows = list(monthly_windows(date(2026, 1, 15), 12))
    assert len(windows) == 12
    assert windows[2] == Period(date(2026, 3, 15), date(2026, 4, 15))


@given(DAYS, st.integers(min_value=1, max_value=24))
def test_month_windows_lie_edge_to_edge(start: date, months: int) -> None:
    windows = list(monthly_windows(start, months))
    assert windows[0].since == start
    assert windows[-1].until == add_months(start, months)
    for one, following in pairwise(windows):
        assert one.until == following.since


def test_2026_has_a_week_53_and_2025_has_not() -> None:
    assert Week.of(date(2027, 1, 3)) == Week.parse("2026-W53")
    assert str(Week(2026, 53).plus(1)) == "2027-W01"
    with pytest.raises(ValueError, match="53"):
        Week(2025, 53)


@pytest.mark.parametrize("text", ["2026", "2026-53", "W53", "2026-W00", "2026-W", ""])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Week.parse(text)


@given(DAYS, st.integers(min_value=-500, max_value=500))
def test_a_week_is_seven_days_and_is_read_as_it_is_written(day: date, weeks: int) -> None:
    week = Week.of(day)
    assert day in week.period
    assert week.monday.weekday() == 0
    assert Week.parse(str(week)) == week
    assert week.plus(weeks).plus(-weeks) == week
    assert (week.plus(weeks) > week) == (weeks > 0)
