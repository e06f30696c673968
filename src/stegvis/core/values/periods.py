"""Half-open periods of days: the first day is in, the end day is out, None is open."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import override

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"a period cannot end {self.until} before it begins {self.since}")

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def days(self, on: date) -> int:
        """Days up to `on` or to the end, whichever comes first; 0 before the beginning."""
        last = on if self.until is None else min(on, self.until)
        return max(0, (last - self.since).days)

    def overlap(self, other: Period) -> Period | None:
        """The days both hold, or None when there are none."""
        since = max(self.since, other.since)
        ends = [end for end in (self.until, other.until) if end is not None]
        until = min(ends) if ends else None
        return None if until is not None and until <= since else Period(since, until)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day: 31 January + 1 → 28 February."""
    index = day.year * _YEAR + day.month - 1 + months
    year, month = index // _YEAR, index % _YEAR + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_of(day: date) -> Period:
    """The calendar month `day` lies in."""
    first = day.replace(day=1)
    return Period(first, add_months(first, 1))


def monthly_windows(start: date, months: int) -> Iterator[Period]:
    """`months` windows of one month each from `start`, counted from `start` so that none drifts.

    From 31 January: 31 Jan - 28 Feb, 28 Feb - 31 Mar, 31 Mar - 30 Apr.
    """
    for month in range(months):
        yield Period(add_months(start, month), add_months(start, month + 1))


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week. A year has 52 or 53; days around New Year may belong to another year's week."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)  # refuses a week the year does not have

    @classmethod
    def of(cls, day: date) -> Week:
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Week(2026, 53) from "2026-W53"; ValueError for anything else, and for the ends of the
        calendar, beside which there is no week any more."""
        year, mark, number = text.strip().upper().partition("-W")
        if not (mark and year.isdecimal() and number.isdecimal()):
            raise ValueError(f"not an ISO week: {text}")
        if not MINYEAR < int(year) < MAXYEAR:
            raise ValueError(f"no week on both sides: {text}")
        return cls(int(year), int(number))

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def period(self) -> Period:
        return Period(self.monday, self.monday + timedelta(weeks=1))

    def plus(self, weeks: int) -> Week:
        return Week.of(self.monday + timedelta(weeks=weeks))

    @override
    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"
