"""What an agreement on a placement lacks before it can be signed, what its hours come to in a
month, and on which days one meets.

The seven parts are those of V-13. Hours of pay and hours of practice are two lines: they are never
added to each other (INV-11), and beside pay practice is in another function.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

PARTS = (
    "tasks",
    "working_time",
    "sub_goals",
    "considerations",
    "ordinary_hours",
    "follow_up",
    "contact",
)
WEEK, MONTH = "week", "month"
WEEKS_A_MONTH = Fraction(52, 12)
WEEKDAYS = 5
YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Hours:
    """A line of working time: so many minutes a week or a month, in one function of the work."""

    minutes: int
    per: str = WEEK
    function: str = ""

    @property
    def a_month(self) -> Fraction:
        """Minutes of an average month."""
        return Fraction(self.minutes) * (WEEKS_A_MONTH if self.per == WEEK else 1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is written in a version. `considered`: whether regard for health has been gone through,
    also when there is nothing to consider or nothing the person lets be told."""

    tasks: Sequence[str] = ()
    ordinary: Hours | None = None
    practice: Hours | None = None
    ordinary_on: dt.date | None = None
    ordinary_if: str = ""
    discussed_on: dt.date | None = None
    sub_goals: Sequence[str] = ()
    considered: bool = False
    follow_up: bool = False
    contact: bool = False


def lacking(terms: Terms) -> tuple[str, ...]:
    """The parts that are not answered, in the order of the paper. Nobody signs before all are."""
    whether_and_when = terms.discussed_on and (terms.ordinary_on or terms.ordinary_if.strip())
    answered = {
        "tasks": any(one.strip() for one in terms.tasks),
        "working_time": bool(terms.ordinary or terms.practice),
        "sub_goals": any(one.strip() for one in terms.sub_goals),
        "considerations": terms.considered,
        "ordinary_hours": bool(terms.ordinary or whether_and_when),
        "follow_up": terms.follow_up,
        "contact": terms.contact,
    }
    return tuple(part for part in PARTS if not answered[part])


def same_function(terms: Terms) -> bool:
    """Whether practice beside pay would be in the work one is paid for, or nobody has said."""
    if terms.ordinary is None or terms.practice is None:
        return False
    names = [" ".join(one.function.split()).casefold() for one in (terms.ordinary, terms.practice)]
    return names[0] == names[1] or "" in names


# Hours


@dataclass(frozen=True, slots=True)
class Holding:
    """A line with the days it holds, half-open; `until` None while nothing has ended it."""

    hours: Hours
    since: dt.date
    until: dt.date | None = None


def month_minutes(lines: Iterable[Holding], year: int, month: int) -> int:
    """What was agreed for a calendar month, by the version that held each day of it. A week's hours
    lie evenly on its weekdays; nobody has agreed on which days a month is made of."""
    total = Fraction(0)
    days = [day for day in _days(year, month) if day.weekday() < WEEKDAYS]
    for line in lines:
        held = sum(line.since <= day and (line.until is None or day < line.until) for day in days)
        if line.hours.per == WEEK:
            total += Fraction(line.hours.minutes * held, WEEKDAYS)
        else:
            total += Fraction(line.hours.minutes * held, len(days))
    return round(total)


def _days(year: int, month: int) -> list[dt.date]:
    return [dt.date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]


# Following up


@dataclass(frozen=True, slots=True)
class Phase:
    """So many times with so many weeks or months between; `times` 0: until the year is over."""

    every: int
    unit: str
    times: int = 0
    way: str = "phone"


TAPER = (Phase(1, WEEK, 4, "visit"), Phase(2, WEEK, 4, "phone"), Phase(1, MONTH, 0, "meeting"))
"""Ours: close at first, then less (FM-36). The model says that support tapers, not how fast."""
RHYTHMS = {
    "taper": TAPER,
    "fortnightly": (Phase(2, WEEK, 0, "phone"),),
    "monthly": (Phase(1, MONTH, 0, "meeting"),),
}


@dataclass(frozen=True, slots=True)
class Meeting:
    on: dt.date
    way: str
    phase: int


def meetings(phases: Sequence[Phase], start: dt.date, until: dt.date) -> list[Meeting]:
    """The days of following up, after `start` and before `until`. A phase begins where the one
    before it ended; a day of a weekend is moved to Monday, and the next is counted from where it
    would have been."""
    found: list[Meeting] = []
    anchor = start
    for number, phase in enumerate(phases):
        last = anchor
        for turn, day in _turns(phase, anchor):
            if day >= until or (phase.times and turn > phase.times):
                break
            moved = _weekday(day)
            if moved < until:
                found.append(Meeting(moved, phase.way, number))
            last = day
        anchor = last
    return found


def _turns(phase: Phase, anchor: dt.date) -> Iterator[tuple[int, dt.date]]:
    turn = 0
    while True:
        turn += 1
        if phase.unit == WEEK:
            yield turn, anchor + dt.timedelta(weeks=phase.every * turn)
        else:
            yield turn, months_after(anchor, phase.every * turn)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a month that is shorter."""
    year, month = divmod(day.year * YEAR_MONTHS + day.month - 1 + months, YEAR_MONTHS)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= WEEKDAYS else day
