"""The best assignment of many people to scarce places, with its proof (objective matching_v1).

Two problems of least cost, one after the other: most people placed and then most of them in their
own goal area; of all that reach that, the least burden and then the fewest kilometres. Each is a
flow from people to places along a few likely pairs. The prices that prove the flow best among
them are then asked of every allowed pair: one that would be cheaper is added and the flow made
again, until there is none. So too few likely pairs cost time and never the optimum.

What reaches the first optimum is told by its prices alone: pairs that cost nothing beyond them,
places that must be full, people who may be left out. The second is sought among those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from stegvis.core.matching.pairs import Pairs
from stegvis.core.matching.scoring import Grid

type Clock = Callable[[], float]
LIKELY = 12  # pairs a person to begin with; ours, and only a matter of speed
MORE = 8  # pairs a person that are added at a time
LIMIT = 2**62  # what a sum of costs must stay below


@dataclass(frozen=True, slots=True)
class Assigned:
    """`bound`: what no assignment betters; None of a figure that is not proven."""

    status: Literal["optimal", "feasible"]
    assignment: dict[str, str]
    objective: dict[str, int]
    bound: dict[str, int | None]


class _Late(Exception):
    """The time is over; what was found so far is kept."""


@dataclass(slots=True)
class _Table:
    """Every allowed pair, by person: whose, where, in the own goal area, burden, kilometres."""

    people: int
    person: Any
    place: Any
    goal: Any
    burden: Any
    km: Any
    capacity: Any


@dataclass(slots=True)
class _Problem:
    """`pairs`: which of the table may be; `cost`: of each of these. `left_out`: what a person
    without a place costs, for those who `may` be so. `full`: places that must be."""

    people: int
    person: Any
    place: Any
    cost: Any
    left_out: int
    may: Any
    full: Any
    capacity: Any


@dataclass(slots=True)
class _Flow:
    """`likely`: pairs of the problem, by place and person; `used`: which of them; `out`: people
    without a place."""

    likely: Any
    used: Any
    out: Any


@dataclass(slots=True)
class _Prices:
    person: Any
    place: Any
    end: int

    def beyond(self, problem: _Problem) -> Any:
        """What each pair costs more than its prices say; never below nothing in the best."""
        return problem.cost + self.person[problem.person] - self.place[problem.place]


def assign(pairs: Pairs, *, seconds: float, clock: Clock) -> Assigned:
    """The same people and places give the same assignment. `clock` gives seconds that only rise."""
    import numpy as np

    begun = clock()
    made = _table(Grid(pairs))
    chosen: Any = None  # pairs of the table
    proven: list[str] = []
    late = _late(lambda: clock() - begun, seconds)
    try:
        problem, prices = _first(made), None
        goals_first = made.burden - made.goal * (int(made.burden.max(initial=0)) + 1)
        for flow, said in _solved(problem, _likely(problem, goals_first), late):
            chosen, prices = flow.likely[flow.used], said
        assert prices is not None  # noqa: S101  there is a first flow
        proven += ["placed", "goal"]
        kept, problem = _second(made, problem, prices)
        start = np.union1d(_likely(problem, made.burden[kept]), np.searchsorted(kept, chosen))
        for flow, _prices in _solved(problem, start, late):
            chosen = kept[flow.likely[flow.used]]
        proven += ["burden", "km"]
    except _Late:
        pass
    return _told(pairs, made, chosen, proven)


def _late(spent: Callable[[], float], seconds: float) -> Callable[[], None]:
    def check() -> None:
        if spent() > seconds:
            raise _Late

    return check


def _table(grid: Grid) -> _Table:
    import numpy as np

    capacity = np.array([one.capacity for one in grid.places], dtype=np.int64)
    found: dict[str, list[Any]] = {name: [] for name in ("person", "place", "goal", "burden", "km")}
    for block in grid.blocks():
        at = np.flatnonzero(block.allowed & (capacity > 0)[None, :])
        found["person"].append(at // len(capacity) + block.first)
        found["place"].append(at % len(capacity))
        for name in ("goal", "burden", "km"):
            found[name].append(getattr(block, name).ravel()[at].astype(np.int64))
    none = [np.zeros(0, dtype=np.int64)]
    made = {name: np.concatenate(parts or none) for name, parts in found.items()}
    return _Table(people=len(grid.persons), capacity=capacity, **made)


def _first(made: _Table) -> _Problem:
    """Each goal saves one; each person without a place costs more than all goals together."""
    import numpy as np

    return _Problem(
        people=made.people,
        person=made.person,
        place=made.place,
        cost=-made.goal,
        left_out=made.people + 1,
        may=np.ones(made.people, dtype=bool),
        full=np.zeros(len(made.capacity), dtype=bool),
        capacity=made.capacity,
    )


def _second(made: _Table, first: _Problem, prices: _Prices) -> tuple[Any, _Problem]:
    """Among all that reach the first optimum: burden, and far below one of it a kilometre. With
    which pairs of the table are left."""
    import numpy as np

    weight = int(made.km.max(initial=0)) * made.people + 1
    if weight * (int(made.burden.max(initial=0)) + 1) * max(1, made.people) > LIMIT:
        raise OverflowError("the burdens and kilometres of so many people cannot be added exactly")
    gain = prices.place - prices.end
    # A place whose gain is above nothing is empty in every best assignment.
    kept = np.flatnonzero((prices.beyond(first) == 0) & (gain[first.place] <= 0))
    problem = _Problem(
        people=made.people,
        person=made.person[kept],
        place=made.place[kept],
        cost=made.burden[kept] * weight + made.km[kept],
        left_out=0,
        may=first.left_out + prices.person - prices.end == 0,
        full=gain < 0,
        capacity=made.capacity,
    )
    return kept, problem


def _likely(problem: _Problem, by: Any) -> Any:
    """Each person's pairs that cost least by `by`, which need be no more than near the cost."""
    import numpy as np

    return _cheapest(problem, np.arange(len(problem.cost)), by, LIKELY)


def _cheapest(problem: _Problem, some: Any, key: Any, n: int) -> Any:
    """Of these pairs the first `n` of each person by `key`; pairs stand by person."""
    import numpy as np

    order = _order(key)
    order = order[_order(problem.person[some][order])]
    begins = np.flatnonzero(np.diff(problem.person[some], prepend=-1))
    turn = np.arange(len(some)) - np.repeat(begins, np.diff(begins, append=len(some)))
    return np.sort(some[order[turn < n]])


def _order(key: Any) -> Any:
    """From the least; what is alike stays in its order. Small numbers are sorted far faster."""
    import numpy as np

    if len(key):
        key = key - key.min()
        if key.max() < 2**16:
            key = key.astype(np.uint16)
    return np.argsort(key, kind="stable")


def _solved(
    problem: _Problem, likely: Any, late: Callable[[], None]
) -> Iterator[tuple[_Flow, _Prices]]:
    """The flow along the likely pairs and its prices, again and again; after the last one no pair
    is cheaper than they say."""
    import numpy as np

    while True:
        late()
        likely = likely[np.lexsort((problem.person[likely], problem.place[likely]))]
        flow = _flow(problem, likely)
        prices = _prices(problem, flow)
        yield flow, prices
        beyond = prices.beyond(problem)
        cheaper = np.flatnonzero(beyond < 0)
        if not len(cheaper):
            return
        likely = np.union1d(likely, _cheapest(problem, cheaper, beyond[cheaper], MORE))


def _flow(problem: _Problem, likely: Any) -> _Flow:
    """Of least cost along these pairs. Nodes: people, places, and the end where those come who are
    left out and all that the places which need not be full have taken."""
    import numpy as np
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    people, places = problem.people, len(problem.capacity)
    end = people + places
    out, rest = np.flatnonzero(problem.may), np.flatnonzero(~problem.full)
    n, m = len(likely), len(out)
    tails = np.concatenate([problem.person[likely], out, people + rest])
    heads = np.concatenate([people + problem.place[likely], np.full(m + len(rest), end)])
    room = np.concatenate([np.ones(n + m, dtype=np.int64), problem.capacity[rest]])
    costs = np.concatenate([problem.cost[likely], np.full(m, problem.left_out), 0 * rest])
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, room, costs)
    must = np.where(problem.full, problem.capacity, 0)
    supplies = np.concatenate([np.ones(people, dtype=np.int64), -must, [int(must.sum()) - people]])
    solver.set_nodes_supplies(np.arange(end + 1), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow has no answer: {status}")
    flows = solver.flows(arcs)
    alone = np.zeros(people, dtype=bool)
    alone[out] = flows[n : n + m] > 0
    return _Flow(likely, flows[:n] > 0, alone)


def _prices(problem: _Problem, flow: _Flow) -> _Prices:
    """Shortest ways in what the flow leaves open (Bellman and Ford, all nodes at once). There is no
    way round that costs less than nothing, or the flow would not be the cheapest."""
    import numpy as np

    people, places = problem.people, len(problem.capacity)
    whose, where, cost = (
        each[flow.likely] for each in (problem.person, problem.place, problem.cost)
    )
    placed, at, paid = whose[flow.used], where[flow.used], cost[flow.used]
    taken = np.bincount(at, minlength=places)
    free = ~problem.full & (taken < problem.capacity)
    some = ~problem.full & (taken > 0)
    begins = np.flatnonzero(np.diff(where, prepend=-1))
    there, out = where[begins], np.flatnonzero(problem.may)
    person, place, end = np.zeros(people, np.int64), np.zeros(places, np.int64), 0
    for _ in range(2 * (people + places) + 3):
        before = (int(person.sum()), int(place.sum()), end)
        person[placed] = np.minimum(person[placed], place[at] - paid)
        person[flow.out] = np.minimum(person[flow.out], end - problem.left_out)
        if len(begins):
            near = np.minimum.reduceat(person[whose] + cost, begins)
            place[there] = np.minimum(place[there], near)
        end = min(end, int(place[free].min(initial=end)))
        end = min(end, int((person[out] + problem.left_out).min(initial=end)))
        place[some] = np.minimum(place[some], end)
        if before == (int(person.sum()), int(place.sum()), end):
            return _Prices(person, place, end)
    raise ArithmeticError("the flow is not the cheapest along its own pairs")


def _told(pairs: Pairs, made: _Table, chosen: Any, proven: list[str]) -> Assigned:
    names = ("placed", "goal", "burden", "km")
    some = [] if chosen is None else sorted(chosen.tolist())
    sums = {name: int(getattr(made, name)[some].sum()) for name in names[1:]}
    figures = {"placed": len(some), **sums}
    return Assigned(
        "optimal" if len(proven) == len(names) else "feasible",
        {pairs.persons[made.person[n]].id: pairs.places[made.place[n]].id for n in some},
        figures,
        {name: figures[name] if name in proven else None for name in names},
    )
