"""Breaks are no work, counted in one place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.rest import Span, minute, resting, worked

LUNCH = (dt.time(11), dt.time(12))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
spans = st.tuples(times, times).map(lambda two: (min(two), max(two)))


@pytest.mark.requirement("KN-52")
def test_lunch_from_eleven_to_twelve_is_not_counted_as_work() -> None:
    assert worked(dt.time(7), dt.time(15), [LUNCH]) == 7 * 60
    assert worked(dt.time(8), dt.time(11, 30), [LUNCH]) == 3 * 60
    assert worked(dt.time(11, 15), dt.time(11, 45), [LUNCH]) == 0


@pytest.mark.requirement("KN-52")
def test_a_break_somebody_agreed_on_is_not_taken_off_twice() -> None:
    assert worked(dt.time(7), dt.time(15), [LUNCH], agreed=30) == 7 * 60
    assert worked(dt.time(7), dt.time(15), [LUNCH], agreed=90) == 6 * 60 + 30
    assert worked(dt.time(7), dt.time(15), agreed=30) == 7 * 60 + 30


@pytest.mark.requirement("KN-52")
@given(spans, st.lists(spans, max_size=6))
def test_a_minute_of_the_day_is_either_work_or_rest(day: Span, breaks: list[Span]) -> None:
    """Held against counting minute by minute."""
    start, end = day
    rest = sum(
        any(minute(one) <= at < minute(other) for one, other in breaks)
        for at in range(minute(start), minute(end))
    )
    assert resting(start, end, breaks) == rest
    assert worked(start, end, breaks) == minute(end) - minute(start) - rest


@pytest.mark.requirement("KN-52")
@given(spans, st.lists(spans, max_size=6), spans, st.integers(0, 600))
def test_one_more_break_never_makes_more_work(
    day: Span, breaks: list[Span], more: Span, agreed: int
) -> None:
    less = worked(*day, [*breaks, more], agreed=agreed)
    assert 0 <= less <= worked(*day, breaks, agreed=agreed) <= worked(*day)
