"""What does not fit in a week as it is planned, and what would mend it.

A clash never stops anybody from planning (the person who plans knows more than the table): it is
told, with a move that would mend it and make nothing else worse, where there is one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

type Half = tuple[dt.date, str]
"""A day and "am" or "pm"."""
HALVES = ("am", "pm")
SLOT_HOURS = 4  # hours of a half day, as an area's weekly extent is counted (ours)
SUPPORT = {2: 3, 3: 2, 4: 1}
"""Support points by step of the road (ours): nearer to work, less support."""


@dataclass(frozen=True, slots=True)
class Placed:
    person: str
    day: dt.date
    half: str
    area: str

    @property
    def when(self) -> Half:
        return self.day, self.half


@dataclass(frozen=True, slots=True)
class Area:
    """`places` and `hours_week` None: not known, and then no limit. `leads`: who supervises it."""

    places: int | None = None
    hours_week: Decimal | None = None
    leads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lead:
    """Someone who supervises: support points for a half day, and the days they are away."""

    capacity: int | None = None
    away: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, slots=True)
class Week:
    """A week as planned. `free`: the half days each person can be there; a person who is not in it
    has no hours known, and is never told to be there at the wrong time. `apart`: pairs that are
    not to be in one place at one time, whatever the reason."""

    placed: tuple[Placed, ...]
    areas: Mapping[str, Area]
    free: Mapping[str, frozenset[Half]] = field(default_factory=dict)
    need: Mapping[str, int] = field(default_factory=dict)
    leads: Mapping[str, Lead] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    closed: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """`to` None: taken away from there."""

    person: str
    day: dt.date
    half: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """`kind`: closed, away, places, hours, lead, support, apart. `n` of `most` where it is a
    number: people, hours or points. A clash of hours is of the whole week and has no day."""

    kind: str
    area: str
    day: dt.date | None = None
    half: str = ""
    persons: tuple[str, ...] = ()
    n: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    mends: Move | None = None

    @property
    def what(self) -> tuple[str, str, dt.date | None, str, tuple[str, ...]]:
        """What makes it the same clash after something was moved."""
        return self.kind, self.area, self.day, self.half, self.persons if self.n == 0 else ()


def clashes(week: Week) -> list[Clash]:
    """In the order of the week, each with a move that mends it where one was found."""
    found = list(_found(week))
    return [replace(one, mends=_mend(week, one, found)) for one in found]


def _found(week: Week) -> Iterator[Clash]:
    cells: dict[tuple[dt.date, str, str], list[str]] = {}
    for one in week.placed:
        cells.setdefault((one.day, one.half, one.area), []).append(one.person)
    for day, half, area in sorted(cells):
        people = sorted(cells[day, half, area])
        yield from _of_cell(week, day, half, area, people)
    yield from _support(week)
    yield from _hours(week)


def _of_cell(week: Week, day: dt.date, half: str, area: str, people: list[str]) -> Iterator[Clash]:
    frame = week.areas.get(area, Area())
    if day in week.closed:
        yield Clash("closed", area, day, half, tuple(people))
        return
    for person in people:
        if person in week.free and (day, half) not in week.free[person]:
            yield Clash("away", area, day, half, (person,))
    if frame.places is not None and len(people) > frame.places:
        n, most = Decimal(len(people)), Decimal(frame.places)
        yield Clash("places", area, day, half, tuple(people), n, most)
    here = [lead for lead in frame.leads if day not in week.leads.get(lead, Lead()).away]
    if frame.leads and not here:
        yield Clash("lead", area, day, half, tuple(people))
    for pair in sorted(week.apart, key=sorted):
        if pair <= set(people):
            yield Clash("apart", area, day, half, tuple(sorted(pair)))


def _support(week: Week) -> Iterator[Clash]:
    """Points of those a lead supervises, against what the lead can give. An area with several
    leads weighs on each of them that is there in equal parts."""
    parts: dict[tuple[dt.date, str, str], Decimal] = {}
    for one in week.placed:
        leads = week.areas.get(one.area, Area()).leads
        here = [lead for lead in leads if one.day not in week.leads.get(lead, Lead()).away]
        for lead in here:
            key = (one.day, one.half, lead)
            share = Decimal(week.need.get(one.person, 1)) / len(here)
            parts[key] = parts.get(key, Decimal(0)) + share
    for day, half, lead in sorted(parts):
        capacity = week.leads.get(lead, Lead()).capacity
        if capacity is not None and parts[day, half, lead] > capacity:
            n = parts[day, half, lead]
            yield Clash("support", lead, day, half, (), n, Decimal(capacity))


def booked(week: Week) -> dict[str, Decimal]:
    """Hours booked in the week, by area."""
    planned = Counter(one.area for one in week.placed)
    return {area: Decimal(n * SLOT_HOURS) for area, n in sorted(planned.items())}


def _hours(week: Week) -> Iterator[Clash]:
    for area, hours in booked(week).items():
        most = week.areas.get(area, Area()).hours_week
        if most is not None and hours > most:
            yield Clash("hours", area, None, "", (), hours, most)


def _mend(week: Week, clash: Clash, before: list[Clash]) -> Move | None:
    """The first move that ends the clash, or makes it smaller, and makes no other."""
    for move in _moves(week, clash):
        after = list(_found(moved(week, move)))
        if _is_better(clash, before, after):
            return move
    return None


def _is_better(clash: Clash, before: list[Clash], after: list[Clash]) -> bool:
    known = {one.what: one.n for one in before}
    if any(one.what not in known or one.n > known[one.what] for one in after):
        return False
    left = [one for one in after if one.what == clash.what]
    return all(one.n < clash.n for one in left)


def _moves(week: Week, clash: Clash) -> Iterator[Move]:
    if clash.day is None or not clash.persons:
        return
    if clash.kind in ("closed", "away"):
        if len(clash.persons) == 1:
            yield Move(clash.persons[0], clash.day, clash.half, None)
        return
    for person in clash.persons:
        for area in _familiar(week, person, clash.area):
            yield Move(person, clash.day, clash.half, area)


def _familiar(week: Week, person: str, but: str) -> list[str]:
    """Areas the person works in that week, the most frequent first: nobody is sent by a table to
    work they have never seen."""
    mine = Counter(one.area for one in week.placed if one.person == person and one.area != but)
    return [area for area, _n in sorted(mine.items(), key=lambda pair: (-pair[1], pair[0]))]


def moved(week: Week, move: Move) -> Week:
    """The week after the move."""
    rest = tuple(
        one
        for one in week.placed
        if (one.person, one.day, one.half) != (move.person, move.day, move.half)
    )
    there = () if move.to is None else (Placed(move.person, move.day, move.half, move.to),)
    return replace(week, placed=rest + there)
