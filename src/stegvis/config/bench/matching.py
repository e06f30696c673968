"""Matching, beside what one would write first: a loop over people, and SciPy's exact assignment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from stegvis.config.bench.ground import Ground
from stegvis.config.bench.shape import Effort, Goal, result
from stegvis.core.matching.assign import Assigned, assign
from stegvis.core.matching.pairs import Mark, Need, Pairs, Person, Place
from stegvis.core.matching.ranking import ranked
from stegvis.core.matching.scoring import Grid

LOOP = "a loop over people, each against all places in NumPy"
SCIPY = "SciPy's linear_sum_assignment on every pair, a column for each place"
ABILITIES, AREAS, TODAY = 24, 12, date(2026, 11, 16)
TURNS = 3
EXACT = 2**52  # whole numbers a float adds without a rest


def score(ground: Ground, effort: Effort) -> dict[str, Any]:
    """All burdens of 10,000 people at 2,000 places of 20 needs each; and one person explained."""
    people, places = (400, 100) if effort.small else (10_000, 2_000)
    pairs = crowd(people, places, needs=20)
    grid = Grid(pairs)
    ours = _spent(lambda: _done(grid.blocks()))
    loop = _spent(lambda: _done(_looped(pairs, grid)))
    one = min(_spent(partial(ranked, pairs, n, most=10, grid=grid)) for n in range(5))
    goals = [
        Goal("CPU time, times faster", loop / ours, least=10),
        Goal("CPU milliseconds, one person's ten best explained", one * 1000, most=5),
    ]
    return result(LOOP, goals, ours={"cpu_s": round(ours, 3)}, loop={"cpu_s": round(loop, 3)})


def of_1000(ground: Ground, effort: Effort) -> dict[str, Any]:
    return _assigned(100 if effort.small else 1_000, milliseconds=60, faster=None)


def of_10000(ground: Ground, effort: Effort) -> dict[str, Any]:
    return _assigned(200 if effort.small else 10_000, milliseconds=2_000, faster=10)


def _assigned(people: int, *, milliseconds: float, faster: float | None) -> dict[str, Any]:
    """Each side in turn; of each the least, for what else the machine does only adds to it.

    Both sides take every pair's burden and distance from the same scoring, which has a figure of
    its own above. To compare the assignments, it is timed alone and taken off both; what each then
    makes of it, costs in one number with all, stays in.
    """
    pairs = crowd(people, people // 5, needs=6)
    assign(crowd(20, 5, needs=2), seconds=60, clock=time.monotonic)  # loads the engine
    found, values, ours, peer, scoring = [], [], [], [], []
    for _ in range(TURNS):
        scoring.append(_spent(lambda: _done(Grid(pairs).blocks())))
        ours.append(_spent(lambda: found.append(_best(pairs))))
        peer.append(_spent(lambda: values.append(_scipy(pairs))))
    same = all(list(one.objective.values()) == values[0] for one in found)
    proven = all(one.status == "optimal" for one in found)
    goals = [
        Goal("CPU milliseconds, proven", min(ours) * 1000, most=milliseconds),
        Goal("the value is SciPy's and proven", float(same and proven), least=1),
    ]
    alone, exact = (min(side) - min(scoring) for side in (ours, peer))
    if faster is not None:
        goals.append(Goal("CPU time of the assignment, times faster", exact / alone, least=faster))
    with_scoring = round(min(peer) / min(ours), 1)
    told: dict[str, Any] = {"cpu_s": round(min(ours), 3), "assignment_s": round(alone, 3)}
    told |= {"objective": found[0].objective, "times_faster_with_scoring": with_scoring}
    scipy = {"cpu_s": round(min(peer), 3), "assignment_s": round(exact, 3), "value": values[0]}
    return result(SCIPY, goals, ours=told, scipy=scipy)


def _best(pairs: Pairs) -> Assigned:
    return assign(pairs, seconds=600, clock=time.monotonic)


def _done(found: Iterator[Any]) -> None:
    for _ in found:
        pass


def _spent(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def crowd(people: int, places: int, *, needs: int) -> Pairs:
    """Drawn, the same each time; distances and levels as in a town's own lists."""
    drawn = random.Random(people)  # noqa: S311 nothing secret
    abilities = [f"a{n}" for n in range(ABILITIES)]

    def person(n: int) -> Person:
        least = drawn.randint(5, 20)
        known = drawn.sample(abilities, 16)
        marks = {one: Mark(drawn.randint(0, 4), "observed", TODAY) for one in known}
        goal = f"area{drawn.randrange(AREAS)}" if drawn.random() < 0.8 else None  # noqa: PLR2004
        xy = (drawn.randint(0, 20), drawn.randint(0, 20))
        hours = (least, least + 12)
        nothing: frozenset[str] = frozenset()
        return Person(f"p{n}", hours, xy, drawn.randint(5, 20), goal, nothing, nothing, marks)

    def place(n: int) -> Place:
        least = drawn.randint(5, 30)
        asked = [
            Need(one, drawn.randint(1, 3), drawn.random() < 0.2, drawn.randint(1, 2))  # noqa: PLR2004
            for one in drawn.sample(abilities, needs)
        ]
        xy = (drawn.randint(0, 20), drawn.randint(0, 20))
        area = f"area{drawn.randrange(AREAS)}"
        return Place(f"q{n}", area, drawn.randint(1, 4), (least, least + 10), xy, tuple(asked))

    return Pairs("crowd", tuple(map(person, range(people))), tuple(map(place, range(places))))


def _looped(pairs: Pairs, grid: Grid) -> Iterator[Any]:
    """The same of each person in turn: what is short, how far, which hours, and what it weighs."""
    import numpy as np

    at = grid.at
    level = np.zeros((len(pairs.places), len(at)), dtype=np.int64)
    weight, hard = np.zeros_like(level), np.zeros(level.shape, dtype=bool)
    for row, place in enumerate(pairs.places):
        for need in place.needs:
            level[row, at[need.ability]] = need.level
            weight[row, at[need.ability]] = need.weight
            hard[row, at[need.ability]] = need.hard
    areas = np.array([one.area for one in pairs.places])
    where = np.array([one.xy for one in pairs.places])
    for one in pairs.persons:
        known = np.full(len(at), -1)
        for ability, mark in one.abilities.items():
            if ability in at:
                known[at[ability]] = mark.level
        gap = np.where(known < 0, 1, np.maximum(0, level - known))
        km = np.abs(where - np.array(one.xy)).sum(axis=1)
        may = (km <= one.max_km) & (grid.hours[:, 0] <= one.hours[1])
        may &= (grid.hours[:, 1] >= one.hours[0]) & ~(hard & (known >= 0) & (gap > 0)).any(axis=1)
        yield (weight * gap).sum(axis=1), km, may, areas == one.goal


def _scipy(pairs: Pairs) -> list[int]:
    """Placed, goal, burden, km of an exact assignment of least cost, all four in one number."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    n = len(pairs.persons)
    shape = (n, len(pairs.places))
    allowed, goal = np.empty(shape, dtype=bool), np.empty(shape, dtype=bool)
    lasts, km = np.empty(shape, dtype=np.float32), np.empty(shape, dtype=np.int32)
    for one in Grid(pairs).blocks():
        rows = slice(one.first, one.last)
        allowed[rows], goal[rows], lasts[rows], km[rows] = one.allowed, one.goal, one.burden, one.km
    of_burden = int(km[allowed].max(initial=0)) * n + 1
    of_goal = of_burden * (int(lasts[allowed].max(initial=0)) * n + 1)
    of_place = of_goal * (n + 1)
    if of_place > EXACT:
        raise OverflowError("so many people are more than SciPy's floats hold exactly")
    cost = np.where(allowed, lasts * float(of_burden) + km - goal * float(of_goal) - of_place, 0.0)
    seats = np.repeat(np.arange(len(pairs.places)), [one.capacity for one in pairs.places])
    rows, columns = linear_sum_assignment(cost[:, seats])
    where = seats[columns]
    kept = allowed[rows, where]
    pairs_of = rows[kept], where[kept]
    return [int(kept.sum()), *(int(each[pairs_of].sum()) for each in (goal, lasts, km))]
