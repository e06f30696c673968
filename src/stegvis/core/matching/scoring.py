"""Burden, kilometres and what is allowed, of many people and places at once.

A need's burden depends on one of six things known of the person (nothing, or a level 0-4), so all
burdens are one product of two matrices: who has which of the six, and what each weighs at a place.
All figures are whole and stay far below what a float holds exactly; `Grid` refuses others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stegvis.core.matching.pairs import Need, Pairs, Person, Place

STATES = 6  # not known, and the levels 0 to 4
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


class Grid:
    """The people and places as arrays."""

    def __init__(self, pairs: Pairs) -> None:
        import numpy as np

        self.persons, self.places = pairs.persons, pairs.places
        asked = sorted({need.ability for place in pairs.places for need in place.needs})
        self.at = {ability: n for n, ability in enumerate(asked)}
        self.weighs, self.scale = self._weights()
        self.hours = _array([one.hours for one in self.places], 2, np.float64)
        self.xy = _array([one.xy for one in self.places], 2, np.int32)
        names = {one.id: n for n, one in enumerate(self.places)}
        self.number = names
        areas = sorted({one.area for one in self.places})
        self.area = {area: n for n, area in enumerate(areas)}
        self.areas = np.array([self.area[one.area] for one in self.places], dtype=np.int32)

    def _weights(self) -> tuple[Any, int]:
        """Of each state and place, the burden; and `scale` times one where it must not be."""
        import numpy as np

        whole = max((_most(place) for place in self.places), default=0) + 1
        # A place's hard needs that fall short are counted above the largest burden.
        many = max((len(place.needs) for place in self.places), default=0) + 1
        kind = np.float32 if whole * many < EXACT else np.float64
        table = np.zeros((max(1, len(self.at)) * STATES, len(self.places)), dtype=kind)
        for column, place in enumerate(self.places):
            for need in place.needs:
                first = self.at[need.ability] * STATES
                table[first : first + STATES, column] = _six(need, whole)
        return table, whole

    def blocks(self) -> Iterator[Block]:
        size = max(1, BLOCK // max(1, len(self.places)))
        for first in range(0, len(self.persons), size):
            yield self.block(first, min(first + size, len(self.persons)))

    def block(self, first: int, last: int) -> Block:
        import numpy as np

        people = self.persons[first:last]
        burden = self._known(people) @ self.weighs
        xy = _array([one.xy for one in people], 2, np.int32)
        km = np.abs(xy[:, None, 0] - self.xy[None, :, 0])
        km += np.abs(xy[:, None, 1] - self.xy[None, :, 1])
        reach = km <= _array([one.max_km for one in people], 0, np.int32)[:, None]
        hours = _array([one.hours for one in people], 2, np.float64)
        reach &= hours[:, None, 0] <= self.hours[None, :, 1]
        reach &= self.hours[None, :, 0] <= hours[:, None, 1]
        for row, one in enumerate(people):
            if one.declined:
                reach[row, [self.number[name] for name in one.declined]] = False
        goals = [self.area.get(one.goal, -1) if one.goal is not None else -1 for one in people]
        goal = np.array(goals, dtype=np.int32)[:, None] == self.areas[None, :]
        for row, one in enumerate(people):
            if one.wants:
                goal[row, [self.number[name] for name in one.wants]] = True
        return Block(first, last, reach, reach & (burden < self.scale), goal, burden, km)

    def _known(self, people: Sequence[Person]) -> Any:
        import numpy as np

        known = np.zeros((len(people), max(1, len(self.at)) * STATES), dtype=self.weighs.dtype)
        known[:, ::STATES] = 1
        rows, columns = [], []
        for row, one in enumerate(people):
            for ability, mark in one.abilities.items():
                column = self.at.get(ability)
                if column is not None:
                    rows.append(row)
                    columns.append(column * STATES + 1 + mark.level)
        at = np.array(columns, dtype=np.int64)
        known[rows, at - at % STATES] = 0
        known[rows, at] = 1
        return known


def _six(need: Need, whole: int) -> list[int]:
    """The burden if nothing is known, and at each level; where a hard need falls short, no burden
    is asked for any more."""
    known = [
        whole if need.hard and level < need.level else need.weight * max(0, need.level - level)
        for level in range(STATES - 1)
    ]
    return [need.weight, *known]


def _most(place: Place) -> int:
    return sum(need.weight * max(1, need.level) for need in place.needs)


def _array(rows: Sequence[Any], width: int, kind: Any) -> Any:
    import numpy as np

    made = np.array(rows, dtype=kind)
    return made.reshape(-1, width) if width else made
