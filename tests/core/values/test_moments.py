"""Times on the wall, also on the nights when the clock is moved."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.core.values.moments import closes_at, moments_of, months_later, opens_at

ZONES = [ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Copenhagen")]
WALLS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2045, 12, 31)).map(
    lambda wall: wall.replace(second=0, microsecond=0)
)
NIGHTS = [  # day, first minute in doubt, how long it lasts
    (dt.datetime(2026, 10, 25, 2, 0), 60),  # lived twice
    (dt.datetime(2027, 3, 28, 2, 0), 60),  # skipped
]


@pytest.mark.parametrize("zone", ZONES)
@given(wall=WALLS)
def test_what_opens_never_opens_before_and_what_closes_never_closes_after_the_wall_says(
    wall: dt.datetime, zone: ZoneInfo
) -> None:
    first, last = moments_of(wall, zone)
    assert closes_at(wall, zone) == first <= last == opens_at(wall, zone)
    assert last - first in (dt.timedelta(0), dt.timedelta(hours=1))
    if first == last:
        assert first.astimezone(zone).replace(tzinfo=None) == wall


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("night", "minutes"), NIGHTS)
def test_every_minute_in_doubt_is_read_the_careful_way(
    night: dt.datetime, minutes: int, zone: ZoneInfo
) -> None:
    for minute in range(-60, minutes + 60):
        wall = night + dt.timedelta(minutes=minute)
        doubtful = 0 <= minute < minutes
        assert (opens_at(wall, zone) - closes_at(wall, zone)) == dt.timedelta(hours=doubtful)


@pytest.mark.parametrize("zone", ZONES)
@given(wall=WALLS, months=st.integers(0, 12))
def test_months_later_is_the_same_hour_on_the_same_day_or_the_last_of_the_month(
    wall: dt.datetime, months: int, zone: ZoneInfo
) -> None:
    begun = opens_at(wall, zone)
    there = begun.astimezone(zone)
    ended = months_later(begun, months, zone)
    seen = ended.astimezone(zone)
    assert (seen.year * 12 + seen.month) - (there.year * 12 + there.month) == months
    assert seen.day == there.day or (seen + dt.timedelta(days=1)).day == 1
    doubtful = moments_of(seen.replace(tzinfo=None), zone)
    if doubtful[0] == doubtful[1] and seen.hour not in (1, 3):
        assert (seen.hour, seen.minute) == (there.hour, there.minute)


def test_half_a_year_from_the_last_of_august_ends_in_february() -> None:
    begun = dt.datetime(2026, 8, 31, 12, 30, tzinfo=dt.UTC)
    ended = months_later(begun, 6, ZONES[0]).astimezone(ZONES[0])
    assert ended.replace(tzinfo=None) == dt.datetime(2027, 2, 28, 14, 30)
