"""Days on which nobody works, and where a due day that would fall on one goes.

The core reads no calendar: holidays, the municipality's closing days and the worker's leave are
handed in. Days have no hours here, so the clock changes of spring and autumn move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stegvis.core.values.periods import Period

DAY = timedelta(days=1)
SATURDAY = 6


@dataclass(frozen=True, slots=True)
class DaysOff:
    """`closed`: nobody is there (holidays, closing days; `weekends` adds Saturdays and Sundays).
    `away`: the one whose list it is has leave, and somebody else may be there."""

    closed: frozenset[date] = frozenset()
    away: tuple[Period, ...] = ()
    weekends: bool = False

    def is_open(self, day: date) -> bool:
        return day not in self.closed and not (self.weekends and day.isoweekday() >= SATURDAY)

    def is_worked(self, day: date) -> bool:
        return self.is_open(day) and not any(day in leave for leave in self.away)


ALWAYS_OPEN = DaysOff()
"""Where nothing is known of anybody's days off, no day is moved."""


@dataclass(frozen=True, slots=True)
class Placed:
    """`moved`: nothing, or the code of the sentence that says why the day is another one."""

    day: date
    moved: str = ""


def place(off: DaysOff, latest: date, *, first: date, may_wait: bool) -> Placed | None:
    """The day to plan for when `latest` is the last in time and `first` the first that counts.

    Over closed days what may wait goes forward and what must not be late goes back. Leave always
    goes back, to before it; where there is no such day somebody stands in. None: everything is
    closed from `first` to `latest`."""
    if off.is_worked(latest):
        return Placed(latest)
    is_open = off.is_open(latest)
    if may_wait and not is_open:
        after = next_open(off, latest)
        if off.is_worked(after):
            return Placed(after, "moved_after")
    stand_in: date | None = None
    day = latest
    while day >= first:
        if off.is_worked(day):
            return Placed(day, "moved_before_leave" if is_open else "moved_before")
        if stand_in is None and off.is_open(day):
            stand_in = day
        day -= DAY
    return Placed(stand_in, "moved_stand_in") if stand_in else None


def next_open(off: DaysOff, day: date) -> date:
    """The first day after `day` on which somebody works. There is one: closed days are counted."""
    day += DAY
    while not off.is_open(day):
        day += DAY
    return day
