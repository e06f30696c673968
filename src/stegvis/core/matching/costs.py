"""What each allowed pair costs, as one whole number for all aims of matching_v1.

A kilometre costs one; one of burden more than the kilometres of `times` pairs; the own goal area
the same beside burden; a place at all the same beside the goal. Whether `times` was enough is not
believed but asked of the prices: taken apart again, they must prove the aims one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stegvis.core.matching.scoring import BLOCK, Block, Grid

FEW = 64  # least costs of a person or place that are looked at to tell what is cheap there
SLACK = 16  # what must not be costs so many times a place, less half: prices are far below it


@dataclass(frozen=True, slots=True)
class Weights:
    """`far` and `heavy`: more kilometres and burden than these no allowed pair has."""

    far: int
    heavy: int
    burden: int
    goal: int
    place: int

    @classmethod
    def of(cls, *, far: int, heavy: int, times: int) -> Weights:
        burden = times * far + 1
        goal = times * (heavy * burden + far) + 1
        return cls(far, heavy, burden, goal, times * (goal + heavy * burden + far) + 1)

    def prove(self, *prices: Any) -> bool:
        """Whether these prices say of the four aims in their order what they say of one number.

        A price is so many places, goals, burden and kilometres. What a pair costs beyond its
        prices is then in each so little that one of the next is more: so the number is below
        nothing only if the first of the four that is not nothing is, and nothing only if all are.
        """
        most = [0, 0, 0, 0]
        for price in prices:
            parts = self.apart(price)
            most = [n + int(abs(part).max(initial=0)) for n, part in zip(most, parts, strict=True)]
        places, goals, burden, km = most
        lesser = km + self.far
        if lesser >= self.burden:
            return False
        lesser += (burden + self.heavy) * self.burden
        if lesser >= self.goal:
            return False
        return lesser + (goals + 1) * self.goal < self.place and places < SLACK // 2

    def apart(self, price: Any) -> list[Any]:
        """Places, goals, burden and kilometres, that come to it together."""
        parts = []
        for weight in (self.place, self.goal, self.burden):
            part = (price + weight // 2) // weight
            parts.append(part)
            price = price - part * weight
        return [*parts, price]


@dataclass(frozen=True, slots=True)
class Costs:
    """`cost`: a row for each person, a column for each place; `never` where it must not be. A pair
    is told by its number in it, row after row. `person` and `place`: the least costs of each in
    parts of its row or column, for what is `likely`."""

    weights: Weights
    capacity: Any
    cost: Any
    never: int
    person: Any
    place: Any

    @property
    def places(self) -> int:
        return len(self.capacity)

    def of_pairs(self, pairs: Any) -> Any:
        """As wide numbers, for sums."""
        import numpy as np

        return self.cost.reshape(-1)[pairs].astype(np.int64)

    def likely(self, few: int, many: int) -> Any:
        """Pairs among the `few` cheapest or so of their person or of their place; of the side that
        is scarce, which chooses, `many`."""
        import numpy as np

        scarce = self.capacity.sum() < len(self.cost)
        person = _nth(self.person, few if scarce else many, self.never)
        place = _nth(self.place, many if scarce else few, self.never)
        return self._where(np.maximum, person, place)

    def cheaper(self, person: Any, place: Any) -> Any:
        """Pairs that cost less than a place's price is above a person's."""
        import numpy as np

        return self._where(np.add, -person, place)

    def _where(self, joined: Any, person: Any, place: Any) -> Any:
        """Pairs that cost less than what is said of the two, joined."""
        import numpy as np

        kind = self.cost.dtype
        person, place = person.astype(kind), place.astype(kind)
        size = max(1, BLOCK // max(1, self.places))
        limit = np.empty((min(size, len(person)), self.places), dtype=kind)
        less = np.empty(limit.shape, dtype=bool)
        found = [np.zeros(0, dtype=np.int64)]
        for first in range(0, len(person), size):
            some = self.cost[first : first + size]
            n = len(some)
            joined(person[first : first + n, None], place, out=limit[:n])
            at = np.flatnonzero(np.less(some, limit[:n], out=less[:n]))
            found.append(at + first * self.places)
        return np.concatenate(found)

    def told(self, pairs: Any) -> dict[str, int]:
        """The four aims of these pairs, added up."""
        cost = self.of_pairs(pairs)
        goal = cost < 0
        burden, km = divmod(cost + goal * self.weights.goal, self.weights.burden)
        sums = {"goal": goal, "burden": burden, "km": km}
        return {"placed": len(pairs), **{name: int(each.sum()) for name, each in sums.items()}}


def costs(grid: Grid, times: int) -> Costs:
    import numpy as np

    far = min(grid.farthest, max((one.max_km for one in grid.persons), default=0))
    weights = Weights.of(far=far, heavy=grid.scale - 1, times=times)
    people, places = len(grid.persons), len(grid.places)
    kind = np.int32 if weights.place * SLACK < np.iinfo(np.int32).max else np.int64
    never = int(np.iinfo(kind).max) // 2
    capacity = np.array([one.capacity for one in grid.places], dtype=np.int64)
    cost = np.empty((people, places), dtype=kind)
    none = np.empty((0, places), dtype=kind)
    person, place = [_least(none, FEW)], [none]
    for block in grid.blocks():
        rows = cost[block.first : block.last]
        block.allowed[:, capacity == 0] = False
        _fill(rows, block, weights, grid.scale, never)
        person.append(_least(rows, FEW))
        place.append(_least(rows, FEW * len(rows) // people + 1, axis=0))
    return Costs(weights, capacity, cost, never, np.concatenate(person), np.concatenate(place).T)


def _fill(rows: Any, block: Block, weights: Weights, scale: int, never: int) -> None:
    import numpy as np

    rows[...] = np.minimum(block.burden, scale, out=block.burden)
    rows *= weights.burden
    rows += block.km
    barred = np.logical_not(block.allowed, out=block.allowed)
    extra = np.multiply(barred, never, dtype=rows.dtype)
    rows += extra
    rows -= np.multiply(block.goal, weights.goal, dtype=rows.dtype, out=extra)


def _least(rows: Any, few: int, axis: int = 1) -> Any:
    """Least costs of parts of each row: folded, the lesser of each two, until few are left."""
    import numpy as np

    rows = rows if axis else rows.T
    while (wide := rows.shape[1]) > few:
        half = (wide + 1) // 2
        rows = np.minimum(rows[:, :half], rows[:, wide - half :])
    return rows if axis else rows.T


def _nth(least: Any, n: int, never: int) -> Any:
    """Above the `n`th of each row, and never above what may be."""
    import numpy as np

    n = min(n, least.shape[1]) - 1
    if n < 0:
        return np.full(len(least), -never, dtype=least.dtype)
    return np.minimum(np.partition(least, n, axis=1)[:, n] + 1, never // 2)
