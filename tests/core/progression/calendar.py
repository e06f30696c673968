"""The calendar by brute force: due days found by walking one day at a time, in other words than the
core's. Nothing here adds weeks or months; it counts days and looks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from stegvis.core.progression.days_off import DaysOff
from stegvis.core.values.periods import Period

FIRST, LAST = date(2020, 1, 1), date(2045, 12, 31)
YEARS = range(2019, 2049)
ONE = timedelta(days=1)


def holidays_of(country: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=YEARS))


HOLIDAYS = {country: holidays_of(country) for country in ("SE", "DK")}


@dataclass(frozen=True)
class World:
    """What a due day depends on besides the cadence."""

    off: DaysOff
    pauses: tuple[Period, ...] = ()

    def works(self, day: date) -> bool:
        weekend = self.off.weekends and day.strftime("%u") in "67"
        leave = any(p.since <= day and (p.until is None or day < p.until) for p in self.off.away)
        return not weekend and day not in self.off.closed and not leave

    def is_open(self, day: date) -> bool:
        weekend = self.off.weekends and day.strftime("%u") in "67"
        return not weekend and day not in self.off.closed

    def paused(self, day: date) -> bool:
        return any(p.since <= day and (p.until is None or day < p.until) for p in self.pauses)


def last_day(world: World, base: date, days: int) -> date:
    """So many days after `base`, days on a pause not counted."""
    day, left = base, days
    while left or world.paused(day):
        if not world.paused(day):
            left -= 1
        day += ONE
    return day


def planned(world: World, latest: date, first: date, *, may_wait: bool) -> date | None:
    """The day somebody plans for. None: nothing is open from `first` to `latest`."""
    if world.works(latest):
        return latest
    if may_wait and not world.is_open(latest):
        after = latest
        while not world.is_open(after):
            after += ONE
        if world.works(after):
            return after
    inside = [first + n * ONE for n in range((latest - first).days + 1)]
    worked = [day for day in inside if world.works(day)]
    manned = [day for day in inside if world.is_open(day)]
    return max(worked or manned, default=None)


def weeks_around(start: date, on: date) -> list[tuple[date, date]]:
    """First and last day of each whole ISO week from `start` to the one `on` is in."""
    found: list[tuple[date, date]] = []
    day = start
    while day.isoweekday() != 1:
        day += ONE
    while day <= on:
        week = day.isocalendar()[:2]
        end = day
        while (end + ONE).isocalendar()[:2] == week:
            end += ONE
        found.append((day, end))
        day = end + ONE
    return found


def months_around(start: date, on: date) -> list[tuple[date, date]]:
    """The same for months counted from `start`: each begins on its day, or on the last of a month
    that has none."""
    found: list[tuple[date, date]] = []
    since = start
    while since <= on:
        end = since
        while not _begins(end + ONE, start):
            end += ONE
        found.append((since, end))
        since = end + ONE
    return found


def _begins(day: date, start: date) -> bool:
    return day.day == min(start.day, monthrange(day.year, day.month)[1])


def missing(
    world: World,
    windows: Sequence[tuple[date, date]],
    events: Sequence[date],
    on: date,
    *,
    let_pass: Sequence[tuple[date, date]] = (),
) -> tuple[date, date] | None:
    """The last window without, unless it has happened since; else the present one without."""
    for since, end in windows[-2:]:
        inside = [since + n * ONE for n in range((end - since).days + 1)]
        if any(day in events for day in inside) or all(world.paused(day) for day in inside):
            continue
        if (since, end) in let_pass or not any(world.is_open(day) for day in inside):
            continue
        if end < on and any(day > end for day in events):
            continue
        return since, end
    return None
