"""The best assignment of many people to scarce places, with its proof (objective matching_v1).

A flow of least cost from people to places, along a few likely pairs, where one number holds all
four aims. The prices that prove the flow best among these are then asked of every allowed pair:
those that would be cheaper are added and the flow made again, until there are none. So too few
likely pairs cost time and never the optimum. Where the prices cannot tell the aims apart, the
numbers are made wider and all is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from stegvis.core.matching.costs import Costs, costs
from stegvis.core.matching.pairs import Pairs
from stegvis.core.matching.scoring import Grid

type Clock = Callable[[], float]
FEW, LIKELY = 4, 32  # pairs of each to begin with: of the many, and of what is scarce; ours
MOST = 32  # of them a person keeps, where many are alike
MORE = 8  # pairs a person that are added at a time
TIMES = 16  # how far one aim is from the next to begin with
LIMIT = 2**62  # what a cost times the nodes of the flow must stay below


@dataclass(frozen=True, slots=True)
class Assigned:
    """`bound`: what no assignment betters; None of a figure that is not proven."""

    status: Literal["optimal", "feasible"]
    assignment: dict[str, str]
    objective: dict[str, int]
    bound: dict[str, int | None]


class _Late(Exception):
    """The time is over; what was found so far is kept."""


@dataclass(frozen=True, slots=True)
class _Found:
    pairs: Any
    proven: bool


@dataclass(frozen=True, slots=True)
class _Flow:
    """`likely`: pairs that were offered, by person; `used`: which of them; `out`: people without a
    place."""

    likely: Any
    used: Any
    out: Any


def assign(pairs: Pairs, *, seconds: float, clock: Clock) -> Assigned:
    """The same people and places give the same assignment. `clock` gives seconds that only rise."""
    import numpy as np

    begun = clock()

    def late() -> None:
        if clock() - begun > seconds:
            raise _Late

    grid, times = Grid(pairs), TIMES
    made = costs(grid, times)
    found = _Found(np.zeros(0, dtype=np.int64), proven=False)
    try:
        while True:
            for better in _solved(made, np.union1d(_likely(made), found.pairs), late):
                found = better
                late()
            if found.proven:
                break
            times *= TIMES
            made = costs(grid, times)
    except _Late:
        pass
    return _told(pairs, made, found)


def _solved(made: Costs, likely: Any, late: Callable[[], None]) -> Iterator[_Found]:
    """The flow along the likely pairs, again and again, until no pair is cheaper than its prices
    say; at last proven, if these tell all four aims apart."""
    import numpy as np

    if made.weights.place * (sum(made.cost.shape) + 2) > LIMIT:
        raise OverflowError("the burdens and kilometres of so many people cannot be added exactly")
    while True:
        late()
        flow = _flow(made, likely)
        chosen = likely[flow.used]
        yield _Found(chosen, proven=False)
        prices = _prices(made, flow)
        if prices is None:
            return
        person, place = prices
        cheaper = made.cheaper(person, place)
        if not len(cheaper):
            yield _Found(chosen, proven=made.weights.prove(person, place))
            return
        whose, where = divmod(cheaper, made.places)
        beyond = made.of_pairs(cheaper) + person[whose] - place[where]
        likely = np.union1d(likely, _cheapest(made, cheaper, beyond, MORE))


def _likely(made: Costs) -> Any:
    pairs = made.likely(min(FEW, LIKELY), LIKELY)
    return _cheapest(made, pairs, made.of_pairs(pairs), MOST)


def _cheapest(made: Costs, pairs: Any, key: Any, n: int) -> Any:
    """Of these pairs, which stand by person, the first `n` of each by `key`, if there are more in
    all. Of those alike, others for each person, so that not all are offered the same few places."""
    import numpy as np

    if len(pairs) <= n * len(made.cost):
        return pairs
    whose, where = divmod(pairs, made.places)
    turned = (where - whose) % made.places
    order = np.lexsort((turned, key, whose))
    count = np.bincount(whose)
    turn = np.arange(len(pairs)) - np.repeat(np.cumsum(count) - count, count)
    return np.sort(pairs[order[turn < n]])


def _flow(made: Costs, likely: Any) -> _Flow:
    """Most people placed along these pairs, and of that the least cost. Nodes: people, places, and
    the end where all places lead."""
    import numpy as np
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    people, places = made.cost.shape
    end, n = people + places, len(likely)
    whose, where = divmod(likely, places)
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([whose, np.arange(people, end)]),
        np.concatenate([people + where, np.full(places, end)]),
        np.concatenate([np.ones(n, dtype=np.int64), made.capacity]),
        np.concatenate([made.of_pairs(likely), np.zeros(places, dtype=np.int64)]),
    )
    supplies = np.concatenate([np.ones(people), np.zeros(places), [-people]]).astype(np.int64)
    solver.set_nodes_supplies(np.arange(end + 1), supplies)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow has no answer: {status}")
    used = solver.flows(arcs[:n]) > 0
    out = np.ones(people, dtype=bool)
    out[whose[used]] = False
    return _Flow(likely, used, out)


def _prices(made: Costs, flow: _Flow) -> tuple[Any, Any] | None:
    """Of people and places; the end's is nothing. Shortest ways in what the flow leaves open
    (Bellman and Ford, all nodes at once), where people come to the end who are left out, at what a
    place is worth. None: there is a way round that costs less than nothing, because so many lesser
    aims together weigh more than a place."""
    import numpy as np

    people, places = made.cost.shape
    left_out = made.weights.place
    by_place = _order(flow.likely % places)
    likely, used = flow.likely[by_place], flow.used[by_place]
    (whose, where), cost = divmod(likely, places), made.of_pairs(likely)
    placed, at, paid = whose[used], where[used], cost[used]
    taken = np.bincount(at, minlength=places)
    free, some = taken < made.capacity, taken > 0
    begins = np.flatnonzero(np.diff(where, prepend=-1))
    there = where[begins]
    person, place, end = np.zeros(people, np.int64), np.zeros(places, np.int64), 0
    for _ in range(2 * (people + places) + 3):
        before = (int(person.sum()), int(place.sum()), end)
        person[placed] = np.minimum(person[placed], place[at] - paid)
        person[flow.out] = np.minimum(person[flow.out], end - left_out)
        if len(begins):
            near = np.minimum.reduceat(person[whose] + cost, begins)
            place[there] = np.minimum(place[there], near)
        end = min(end, int(place[free].min(initial=end)), int(person.min(initial=end)) + left_out)
        place[some] = np.minimum(place[some], end)
        if before == (int(person.sum()), int(place.sum()), end):
            return person - end, place - end
    return None


def _order(places: Any) -> Any:
    """From the first; of one place as they stood. Small numbers are sorted far faster."""
    import numpy as np

    small = places.max(initial=0) < 2**16
    return np.argsort(places.astype(np.uint16) if small else places, kind="stable")


def _told(pairs: Pairs, made: Costs, found: _Found) -> Assigned:
    figures = made.told(found.pairs)
    whose, where = divmod(found.pairs, max(1, made.places))
    named = zip(whose.tolist(), where.tolist(), strict=True)
    return Assigned(
        "optimal" if found.proven else "feasible",
        {pairs.persons[person].id: pairs.places[place].id for person, place in named},
        figures,
        {name: figure if found.proven else None for name, figure in figures.items()},
    )
