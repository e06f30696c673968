"""Burden, kilometres and what is allowed, of many people and places at once.

A need's burden depends on what is known of the person (nothing, or a level below the top, at which
no need weighs), so all burdens are one product of two matrices: who has which of these five, and
what each weighs at a place.
All figures are whole and stay far below what a float holds exactly; `Grid` refuses others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

from stegvis.core.matching.fits import TOP
from stegvis.core.matching.pairs import Need, Pairs, Person, Place

STATES = 1 + TOP  # not known, and the levels below the top
BLOCK = 400_000  # pairs held at once: some 10 MB
EXACT = 2**24  # below it a 32-bit float is every whole number


@dataclass(frozen=True, slots=True)
class Block:
    """Persons `first` to `last`, each a row; a column for each place. All whole; `burden` is
    meant where no hard need falls short, else it is above every other. `reach`: hours and distance
    suit and the person has not declined; `allowed`: and no hard need is known to fall short."""

    first: int
    last: int
    reach: Any
    allowed: Any
    goal: Any
    burden: Any
    km: Any


class _Desk:
    """Where blocks are worked out, one upon the other: new memory for each costs more than the
    sums do."""

    def __init__(self, rows: int, grid: Grid) -> None:
        import numpy as np

        shape = (rows, len(grid.places))
        self.reach, self.allowed, self.goal = (np.empty(shape, dtype=bool) for _ in range(3))
        self.burden = np.empty(shape, dtype=grid.weighs.dtype)
        self.km, self.north = (np.empty(shape, dtype=grid.whole) for _ in range(2))


class Grid:
    """The people and places as arrays."""

    def __init__(self, pairs: Pairs) -> None:
        import numpy as np

        self.persons, self.places = pairs.persons, pairs.places
        asked = sorted({need.ability for place in pairs.places for need in place.needs})
        self.at = {ability: n for n, ability in enumerate(asked)}
        self.weighs, self.scale = self._weights()
        self.hours = _array([one.hours for one in self.places], 2, np.float64)
        self.whole, self.farthest = _whole([*pairs.persons, *pairs.places])
        self.east = _array([one.xy[0] for one in self.places], 0, self.whole)
        self.north = _array([one.xy[1] for one in self.places], 0, self.whole)
        self.number = {one.id: n for n, one in enumerate(self.places)}
        self.area = {area: n for n, area in enumerate(sorted({one.area for one in self.places}))}
        self.areas = _array([self.area[one.area] for one in self.places], 0, np.int32)

    def _weights(self) -> tuple[Any, int]:
        """Of each state and place, the burden; and `scale` times one where it must not be."""
        import numpy as np

        whole = max((_most(place) for place in self.places), default=0) + 1
        # A place's hard needs that fall short are counted above the largest burden.
        many = max((len(place.needs) for place in self.places), default=0) + 1
        kind = np.float32 if whole * many < EXACT else np.float64
        table = np.zeros((max(1, len(self.at)), STATES, len(self.places)), dtype=kind)
        needs = [(n, need) for n, place in enumerate(self.places) for need in place.needs]
        ability = [self.at[need.ability] for _, need in needs]
        table[ability, :, [n for n, _ in needs]] = _weighed([need for _, need in needs], whole)
        return table.reshape(table.shape[0] * STATES, len(self.places)), whole

    def blocks(self) -> Iterator[Block]:
        """Each is written over by the next."""
        size = max(1, BLOCK // max(1, len(self.places)))
        desk = _Desk(min(size, len(self.persons)), self)
        for first in range(0, len(self.persons), size):
            yield self.block(first, min(first + size, len(self.persons)), desk)

    def block(self, first: int, last: int, desk: _Desk | None = None) -> Block:
        import numpy as np

        people, n = self.persons[first:last], last - first
        on = desk or _Desk(n, self)
        reach, allowed, goal = on.reach[:n], on.allowed[:n], on.goal[:n]
        burden, km = on.burden[:n], on.km[:n]
        np.matmul(self._known(people), self.weighs, out=burden)
        self._far(people, km, on.north[:n])
        farthest = np.iinfo(self.whole).max
        near = _array([min(one.max_km, farthest) for one in people], 0, self.whole)
        _shared([one.hours for one in people], self._meets, allowed)
        np.less_equal(km, near[:, None], out=reach)
        reach &= allowed
        for row, one in enumerate(people):
            if one.declined:
                reach[row, [self.number[name] for name in one.declined]] = False
        np.less(burden, self.scale, out=allowed)
        allowed &= reach
        _shared([one.goal for one in people], self._within, goal)
        for row, one in enumerate(people):
            if one.wants:
                goal[row, [self.number[name] for name in one.wants]] = True
        return Block(first, last, reach, allowed, goal, burden, km)

    def _far(self, people: Sequence[Person], km: Any, north: Any) -> None:
        import numpy as np

        xy = _array([one.xy for one in people], 2, self.whole)
        np.abs(np.subtract(xy[:, None, 0], self.east, out=km), out=km)
        np.abs(np.subtract(xy[:, None, 1], self.north, out=north), out=north)
        km += north

    def _meets(self, hours: tuple[float, float]) -> Any:
        return (hours[0] <= self.hours[:, 1]) & (self.hours[:, 0] <= hours[1])

    def _within(self, goal: str | None) -> Any:
        return self.areas == (-1 if goal is None else self.area.get(goal, -1))

    def _known(self, people: Sequence[Person]) -> Any:
        """Of each person and ability, which of the states; none of them at the top level."""
        import numpy as np

        many, states = max(1, len(self.at)), STATES + 1
        marks = [one.abilities for one in people]
        names = map(self.at.get, chain.from_iterable(marks), repeat(-1))
        ability = np.fromiter(names, dtype=np.int64)
        levels = map(attrgetter("level"), chain.from_iterable(one.values() for one in marks))
        level = np.fromiter(levels, dtype=np.int64, count=len(ability))
        row = np.repeat(np.arange(len(people)), [len(one) for one in marks])
        some = ability >= 0
        known = np.zeros((len(people), many, states), dtype=self.weighs.dtype)
        known[:, :, 0] = 1
        row, ability = row[some], ability[some]
        known[row, ability, 0] = 0
        known[row, ability, level[some] + 1] = 1
        return known[:, :, :STATES].reshape(len(people), many * STATES)


def _shared(values: Sequence[Hashable], row: Callable[[Any], Any], out: Any) -> None:
    """A row for each value; what is alike is asked once."""
    import numpy as np

    rows = {value: n for n, value in enumerate(dict.fromkeys(values))}
    # "clip" writes straight into `out`.
    table = np.array([row(value) for value in rows])
    np.take(table, [rows[value] for value in values], axis=0, out=out, mode="clip")


def _weighed(needs: Sequence[Need], barred: int) -> Any:
    """Of each, the burden if nothing is known, and at each level below the top, where nothing is
    short; where a hard need falls short, `barred`, for no burden is asked for any more."""
    import numpy as np

    rows = [(need.level, need.weight, need.hard) for need in needs]
    asked, weight, hard = _array(rows, 3, np.int64).T[:, :, None]
    short = np.maximum(0, asked - np.arange(TOP))
    known = np.where((hard > 0) & (short > 0), barred, weight * short)
    return np.concatenate([weight, known], axis=1)


def _most(place: Place) -> int:
    return sum(need.weight * max(1, need.level) for need in place.needs)


def _whole(found: Sequence[Person | Place]) -> tuple[Any, int]:
    """The smallest whole numbers that hold every distance, for they are added fastest; and more
    than the farthest."""
    import numpy as np

    farthest = 2 * max((abs(x) + abs(y) for x, y in (one.xy for one in found)), default=0)
    return np.int16 if farthest < 2**15 else np.int32, farthest


def _array(rows: Sequence[Any], width: int, kind: Any) -> Any:
    import numpy as np

    made = np.array(rows, dtype=kind)
    return made.reshape(-1, width) if width else made
