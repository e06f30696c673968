"""The best of all plans there are, fast enough for six people in four half days.

Two areas give 3⁶ ways a half day, and 3²⁴ plans. What ties the half days together is how many each
person and each area has had; so each half of the week is boiled down to the cheapest way to each
such state, and the halves are put side by side. A state is one whole number: a few bits a person
and an area, with a bit between that shows where a bound is passed. Nothing of the planner's own
code is used, and nothing of a person's place in the list counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

BITS = 6  # a field: up to 31, and one that shows a bound passed
BASE = 1000  # more than any figure of so small a week

type Ways = tuple[Any, Any]
"""States and the cost of each, as arrays."""


def best(data: dict[str, Any]) -> tuple[int, int, int, int] | None:
    """Shortfall, wish points as a cost, changes, soft gap; None where no plan keeps the rules."""
    week = _Week(data)
    first, *more = (week.ways(slot) for slot in data["slots"])
    slots = [first, *more]
    middle = (len(slots) + 1) // 2
    left, right = week.joined(slots[:middle]), week.joined(slots[middle:])
    cheapest = week.cheapest(left, right)
    return None if cheapest is None else week.figures(cheapest)


class _Week:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data, self.people, self.areas = data, data["people"], data["areas"]
        self.fields = len(self.people) + len(self.areas)
        most = [one["target_slots"] for one in self.people]
        most += [_half_days(one, data["slot_hours"]) for one in self.areas]
        self.most = sum(n << (BITS * k) for k, n in enumerate(most))
        self.least = sum(1 << (BITS * k) for k in range(len(self.people)))
        self.bounds = sum(1 << (BITS * k + BITS - 1) for k in range(self.fields))

    def ways(self, slot: str) -> Ways:
        """Every lawful way to fill one half day."""
        choices = [[None, *self._may(one, slot)] for one in self.people]
        lawful = [way for way in product(*choices) if self._lawful(way, slot)]
        states = [self._state(way) for way in lawful]
        costs = [self._cost(way, slot) for way in lawful]
        return np.array(states, dtype=np.int64), np.array(costs, dtype=np.int64)

    def _may(self, person: Any, slot: str) -> Iterator[int]:
        for index, area in enumerate(self.areas):
            known = [(r, person["abilities"].get(r["ability"])) for r in area["requirements"]]
            short = any(r["hard"] and n is not None and n < r["level"] for r, n in known)
            shut = slot in area["closed"] or area["site"] not in person["sites"]
            if not short and not shut and slot in person["available"] and not person["fixed"]:
                yield index

    def _lawful(self, way: tuple[int | None, ...], slot: str) -> bool:
        for index, area in enumerate(self.areas):
            n = way.count(index)
            if n > area["places"] or n < area["must_cover"].get(slot, 0):
                return False
        names = [one["id"] for one in self.people]
        for one, other in self.data["apart"]:
            here = way[names.index(one)]
            if here is not None and here == way[names.index(other)]:
                return False
        load: dict[str, int] = {}
        for person, index in zip(self.people, way, strict=True):
            if index is not None:
                area = self.areas[index]
                untried = any(
                    r["hard"] and person["abilities"].get(r["ability"]) is None
                    for r in area["requirements"]
                )
                load[area["team"]] = load.get(area["team"], 0) + person["need"] + untried
        return all(n <= self._capacity(team, slot) for team, n in load.items())

    def _capacity(self, team: str, slot: str) -> int:
        led = (one for one in self.data["supervisors"] if one["team"] == team)
        return sum(one["capacity"] for one in led if slot not in one["absent"])

    def _state(self, way: tuple[int | None, ...]) -> int:
        shift = len(self.people)
        return sum(
            (1 << (BITS * k)) + (1 << (BITS * (shift + index)))
            for k, index in enumerate(way)
            if index is not None
        )

    def _cost(self, way: tuple[int | None, ...], slot: str) -> int:
        short = wish = changes = below = 0
        for person, index in zip(self.people, way, strict=True):
            last = person["last_week"].get(slot)
            name = self.areas[index]["id"] if index is not None else None
            may = [self.areas[n]["id"] for n in self._may(person, slot)]
            changes += last in may and last != name
            if index is None:
                continue
            short -= 1
            wish -= 3 if name == person["goal_area"] else int(name in person["wishes"])
            for asked in self.areas[index]["requirements"]:
                level = person["abilities"].get(asked["ability"])
                if not asked["hard"] and level is not None:
                    below += max(0, asked["level"] - level)
        return ((short * BASE + wish) * BASE + changes) * BASE + below

    def joined(self, slots: list[Ways]) -> Ways:
        """The cheapest way to each state after these half days."""
        states, costs = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        for more, cost in slots:
            both = (states[:, None] + more[None, :]).ravel()
            paid = (costs[:, None] + cost[None, :]).ravel()
            kept = self._within(both)
            both, paid = both[kept], paid[kept]
            order = np.lexsort((paid, both))
            both, paid = both[order], paid[order]
            new = np.ones(len(both), dtype=bool)
            new[1:] = both[1:] != both[:-1]
            states, costs = both[new], paid[new]
        return states, costs

    def _within(self, states: Any) -> Any:
        return ((self.most | self.bounds) - states) & self.bounds == self.bounds

    def cheapest(self, left: Ways, right: Ways) -> int | None:
        found: int | None = None
        for state, cost in zip(*left, strict=True):
            both = right[0] + state
            kept = self._within(both)
            kept &= ((both | self.bounds) - self.least) & self.bounds == self.bounds
            if kept.any():
                here = int(cost + right[1][kept].min())
                found = here if found is None else min(found, here)
        return found

    def figures(self, cost: int) -> tuple[int, int, int, int]:
        """Taken apart again from the last, which are never below nothing."""
        rest, below = divmod(cost, BASE)
        rest, changes = divmod(rest, BASE)
        short = -((-rest) // BASE)
        wish = rest - short * BASE
        target = sum(one["target_slots"] for one in self.people)
        return target + short, wish, changes, below


def _half_days(area: Any, slot_hours: float) -> int:
    hours = area["hours_week"]
    return 2 ** (BITS - 1) - 1 if hours is None else int(hours // slot_hours)
