"""What a workplace is called by what its own staff have learnt: nothing, ambassador or example.

Worked out from dated facts for any day, never kept: then no grade can be typed in, and none can
outlive what it rests on (INV-16). All spans are half-open; a date that is None is open that way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

type Day = dt.date | None


class Grade(StrEnum):
    NONE = "none"
    AMBASSADOR = "ambassador"  # somebody there has every module
    EXAMPLE = "example"  # and everybody there has those meant for the whole workforce


def _holds(since: Day, until: Day, on: dt.date) -> bool:
    return (since is None or since <= on) and (until is None or on < until)


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the training, while it belongs to it. `selected`: for the whole workforce."""

    key: str
    selected: bool = False
    since: Day = None
    until: Day = None


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the staff, and the modules they have. A day nobody knows counts from their first."""

    key: str
    since: Day = None
    until: Day = None
    done: dict[str, Day] = field(default_factory=dict)

    def there(self, on: dt.date) -> bool:
        return _holds(self.since, self.until, on)

    def has(self, keys: Iterable[str], on: dt.date) -> bool:
        return all(key in self.done and _holds(self.done[key], None, on) for key in keys)


@dataclass(frozen=True, slots=True)
class Count:
    """How many worked there and how many of them had the parts meant for all, as said that day.
    It stands for those who were there then; who is named as having come later is looked at."""

    on: dt.date
    heads: int
    trained: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """`on`: the first day of the grade; None for what has been so as long as anybody knows."""

    on: Day
    grade: Grade


def ambassadors(staff: Iterable[Worker], modules: Iterable[Module], on: dt.date) -> list[Worker]:
    """Those there that day with every module of that day. Without a module nobody is one."""
    every = [one.key for one in modules if _holds(one.since, one.until, on)]
    return [one for one in staff if every and one.there(on) and one.has(every, on)]


def grade(
    staff: Sequence[Worker],
    modules: Sequence[Module],
    on: dt.date,
    counts: Sequence[Count] = (),
) -> Grade:
    """Of one day. Where nothing is meant for the whole workforce, nobody can be an example, unless
    somebody has counted those trained in it: nineteen of twenty is not."""
    if not ambassadors(staff, modules, on):
        return Grade.NONE
    shared = [one.key for one in modules if one.selected and _holds(one.since, one.until, on)]
    there = [one for one in staff if one.there(on)]
    count = max((one for one in counts if one.on <= on), key=lambda one: one.on, default=None)
    if count is None or len(there) > count.heads:  # more named than counted: the names hold
        covered = bool(shared) and all(one.has(shared, on) for one in there)
    else:
        late = [one for one in there if one.since is not None and one.since > count.on]
        able = bool(shared) or not late
        covered = able and count.trained == count.heads and all(one.has(shared, on) for one in late)
    return Grade.EXAMPLE if covered else Grade.AMBASSADOR


def history(
    staff: Sequence[Worker],
    modules: Sequence[Module],
    to: dt.date,
    counts: Sequence[Count] = (),
) -> tuple[Change, ...]:
    """Every change up to and with a day, oldest first; the last is what holds."""
    days: set[dt.date] = {one.on for one in counts}
    spans = [(one.since, one.until) for one in staff] + [(one.since, one.until) for one in modules]
    for span in spans:
        days |= {day for day in span if day is not None}
    for one in staff:
        days |= {day for day in one.done.values() if day is not None}
    found = [Change(None, grade(staff, modules, dt.date.min, counts))]
    for day in sorted(one for one in days if one <= to):
        now = grade(staff, modules, day, counts)
        if now != found[-1].grade:
            found.append(Change(day, now))
    return tuple(found)
