"""Who was there: the time of a day between its bounds, the share over days, and which of several
statements about one day holds when they were made on several tablets without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

UNKNOWN = "unknown"
THERE = frozenset({"present", "late"})
AWAY = frozenset({"absent", "sick"})


def between(
    status: str, expected: Decimal, *, attended: Decimal | None = None, late: Decimal | None = None
) -> tuple[Decimal, Decimal]:
    """The least and the most minutes somebody was there. What nobody wrote down lies between none
    and all: unknown is neither presence nor absence."""
    if attended is not None:
        there = min(attended, expected)
        return there, there
    if status == "present" or (status == "late" and late is not None):
        there = max(Decimal(), expected - (late or Decimal()))
        return there, there
    if status in AWAY:
        return Decimal(), Decimal()
    return Decimal(), expected  # late or sent home, nobody wrote how long; or unknown


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one person; `expected` in minutes, None where no hours were agreed. `leave`: it
    was granted, and is in neither sum."""

    status: str
    expected: int | None
    late: int | None = None
    attended: int | None = None
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes: attended between `least` and `most`, of `expected`. `days` were counted, `unweighed`
    could not be, because nobody has said how long the day was to be."""

    least: int
    most: int
    expected: int
    days: int
    unweighed: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that it never says more than there was; None where it is not known."""
        if not self.expected or self.least != self.most:
            return None
        return self.least * 100 // self.expected

    @property
    def bounds(self) -> tuple[int, int] | None:
        if not self.expected:
            return None
        return self.least * 100 // self.expected, self.most * 100 // self.expected


def share(days: Iterable[Day]) -> Share:
    """INV-22: attended of expected time; granted leave in neither; late minutes taken off."""
    least, most, expected, counted, unweighed = Decimal(), Decimal(), 0, 0, 0
    for day in days:
        if day.leave:
            continue
        if day.expected is None:
            unweighed += 1
            continue
        low, high = between(
            day.status,
            Decimal(day.expected),
            attended=None if day.attended is None else Decimal(day.attended),
            late=None if day.late is None else Decimal(day.late),
        )
        least, most, expected = least + low, most + high, expected + day.expected
        counted += 1
    return Share(int(least), int(most), expected, counted, unweighed)


@dataclass(frozen=True, slots=True, order=True)
class Stated:
    """One statement about one day, in the order in which it counts: when it was said, by the clock
    of whoever said it; then its own key, so that any two are in order. `device` and `turn`: on one
    tablet a later touch goes before an earlier one, whatever the network did on the way."""

    at: dt.datetime
    key: str
    device: str
    turn: int
    says: str
    over: str = ""
    """What the tablet showed of the day when it was touched."""


def holding(stated: Iterable[Stated]) -> Stated | None:
    """The one that holds: of each tablet its last, of these the latest. The same for any order in
    which they arrived and however often: nothing is lost and nothing counts twice."""
    last: dict[str, Stated] = {}
    for one in stated:
        known = last.get(one.device)
        if known is None or (known.turn, known) < (one.turn, one):
            last[one.device] = one
    return max(last.values(), default=None)


def disputed(stated: Iterable[Stated]) -> bool:
    """Another tablet has last said something else of the day, and whoever made the statement that
    holds did not have it before their eyes: somebody should look."""
    rows = list(stated)
    held = holding(rows)
    if held is None:
        return False
    last: dict[str, Stated] = {}
    for one in sorted(rows, key=lambda row: (row.turn, row)):
        last[one.device] = one
    others = [one for device, one in last.items() if device != held.device]
    return any(one.says not in {held.says, held.over} for one in others)
