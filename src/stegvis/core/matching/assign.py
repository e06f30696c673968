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
    """All pairs: allowed, in the own goal area, burden, kilometres. Rows are people."""

    allowed: Any
    goal: Any
    burden: Any
    km: Any
    capacity: Any


@dataclass(slots=True)
class _Flow:
    """`person`, `place`: the likely pairs; `used`: which of them; `out`: people without a place."""

    person: Any
    place: Any
    used: Any
    out: Any


@dataclass(slots=True)
class _Prices:
    person: Any
    place: Any
    end: int


@dataclass(slots=True)
class _Problem:
    """`cost`: of every pair; `open`: pairs that may be; `left_out`: what a person without a place
    costs, None where that may not be; `full`: places that must be."""

    cost: Any
    open: Any
    left_out: int
    may_be_out: Any
    full: Any
    capacity: Any


def assign(pairs: Pairs, *, seconds: float, clock: Clock) -> Assigned:
    """The same people and places give the same assignment. `clock` gives seconds that only rise."""
    import numpy as np

    begun = clock()
    made = _table(Grid(pairs))
    flow: _Flow | None = None
    proven: list[str] = []
    try:
        late = _late(lambda: clock() - begun, seconds)
        first = _first(made)
        start = _likely(first, made.burden)
        for flow, prices in _solved(first, start, late):
            pass
        proven += ["placed", "goal"]
        second = _second(made, first, prices)
        mine = (flow.person[flow.used], flow.place[flow.used])
        likely = _likely(second, second.cost)
        start = _joined(np.concatenate([likely[0], mine[0]]), np.concatenate([likely[1], mine[1]]))
        for flow, _prices in _solved(second, start, late):
            pass
        proven += ["burden", "km"]
    except _Late:
        pass
    return _told(pairs, made, flow, proven)


def _late(spent: Callable[[], float], seconds: float) -> Callable[[], None]:
    def check() -> None:
        if spent() > seconds:
            raise _Late

    return check


def _table(grid: Grid) -> _Table:
    import numpy as np

    parts = list(grid.blocks())
    size = (0, len(grid.places))

    def whole(name: str, kind: Any) -> Any:
        rows = [getattr(one, name).astype(kind) for one in parts]
        return np.concatenate(rows) if rows else np.zeros(size, dtype=kind)

    capacity = np.array([one.capacity for one in grid.places], dtype=np.int64)
    allowed = whole("allowed", bool) & (capacity > 0)[None, :]
    return _Table(
        allowed, whole("goal", bool), whole("burden", np.int32), whole("km", np.int32), capacity
    )


def _first(made: _Table) -> _Problem:
    """Each goal saves one; each person without a place costs more than all goals together."""
    import numpy as np

    people = made.allowed.shape[0]
    cost = np.where(made.goal, -1, 0).astype(np.int64)
    may = np.ones(people, dtype=bool)
    full = np.zeros(len(made.capacity), dtype=bool)
    return _Problem(cost, made.allowed, people + 1, may, full, made.capacity)


def _second(made: _Table, first: _Problem, prices: _Prices) -> _Problem:
    """Among all that reach the first optimum: burden, and far below one of it a kilometre."""
    import numpy as np

    people = made.allowed.shape[0]
    most = int(made.km[made.allowed].max(initial=0))
    weight = most * people + 1
    if weight * (int(made.burden.max(initial=0)) + 1) * max(1, people) > LIMIT:
        raise OverflowError("the burdens and kilometres of so many people cannot be added exactly")
    cost = made.burden.astype(np.int64) * weight + made.km
    beyond = first.cost + prices.person[:, None] - prices.place[None, :]
    open_ = first.open & (beyond == 0)
    may = first.left_out + prices.person - prices.end == 0
    gain = prices.place - prices.end
    open_ &= (gain <= 0)[None, :]  # where it is above, a place is empty in every best assignment
    return _Problem(cost, open_, 0, may, gain < 0, first.capacity)


def _likely(problem: _Problem, by: Any) -> tuple[Any, Any]:
    """Each person's cheapest pairs by cost and then by `by`."""
    import numpy as np

    people, places = problem.open.shape
    if not people or not places:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    span = int(by.max(initial=0)) + 1 if by is not problem.cost else 1
    key = problem.cost * span + (by if by is not problem.cost else 0)
    return _cheapest(np.where(problem.open, key, np.iinfo(np.int64).max), problem.open, LIKELY)


def _cheapest(key: Any, open_: Any, n: int) -> tuple[Any, Any]:
    import numpy as np

    n = min(n, key.shape[1])
    near = np.argpartition(key, n - 1, axis=1)[:, :n]
    person = np.repeat(np.arange(key.shape[0]), n)
    place = near.ravel()
    kept = open_[person, place]
    return _joined(person[kept], place[kept])


def _joined(person: Any, place: Any) -> tuple[Any, Any]:
    """Sorted by place, then person; each pair once."""
    import numpy as np

    both = np.unique(np.stack([place, person], axis=1), axis=0)
    return both[:, 1], both[:, 0]


def _solved(
    problem: _Problem, start: tuple[Any, Any], late: Callable[[], None]
) -> Iterator[tuple[_Flow, _Prices]]:
    """The flow along the likely pairs and its prices, again and again; after the last one no open
    pair is cheaper than they say."""
    import numpy as np

    person, place = start
    while True:
        flow = _flow(problem, person, place)
        prices = _prices(problem, flow)
        yield flow, prices
        beyond = problem.cost + prices.person[:, None] - prices.place[None, :]
        cheaper = problem.open & (beyond < 0)
        if not cheaper.any():
            return
        late()
        rows = np.flatnonzero(cheaper.any(axis=1))
        key = np.where(cheaper[rows], beyond[rows], np.iinfo(np.int64).max)
        new_person, new_place = _cheapest(key, cheaper[rows], MORE)
        person, place = _joined(
            np.concatenate([person, rows[new_person]]), np.concatenate([place, new_place])
        )


def _flow(problem: _Problem, person: Any, place: Any) -> _Flow:
    """Of least cost along these pairs. Nodes: people, places, and the end where those come who are
    left out and all that the places which need not be full have taken."""
    import numpy as np
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    people, places = problem.open.shape
    end = people + places
    out = np.flatnonzero(problem.may_be_out)
    rest = np.flatnonzero(~problem.full)
    tails = np.concatenate([person, out, people + rest])
    heads = np.concatenate([people + place, np.full(len(out), end), np.full(len(rest), end)])
    room = np.concatenate([np.ones(len(person) + len(out), dtype=np.int64), problem.capacity[rest]])
    costs = np.concatenate([
        problem.cost[person, place],
        np.full(len(out), problem.left_out, dtype=np.int64),
        np.zeros(len(rest), dtype=np.int64),
    ])  # fmt: skip
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, room, costs)
    must = np.where(problem.full, problem.capacity, 0)
    supplies = np.concatenate([np.ones(people, dtype=np.int64), -must, [int(must.sum()) - people]])
    solver.set_nodes_supplies(np.arange(end + 1), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow has no answer: {status}")
    flows = solver.flows(arcs)
    used = flows[: len(person)] > 0
    alone = np.zeros(people, dtype=bool)
    alone[out] = flows[len(person) : len(person) + len(out)] > 0
    return _Flow(person, place, used, alone)


def _prices(problem: _Problem, flow: _Flow) -> _Prices:
    """Shortest ways in what the flow leaves open (Bellman and Ford, all nodes at once). There is no
    way round that costs less than nothing, or the flow would not be the cheapest."""
    import numpy as np

    people, places = problem.open.shape
    cost = problem.cost[flow.person, flow.place]
    at = np.full(people, -1)
    at[flow.person[flow.used]] = flow.place[flow.used]
    paid = np.zeros(people, dtype=np.int64)
    paid[flow.person[flow.used]] = cost[flow.used]
    taken = np.bincount(flow.place[flow.used], minlength=places)
    free = ~problem.full & (taken < problem.capacity)
    some = ~problem.full & (taken > 0)
    begins = np.flatnonzero(np.diff(flow.place, prepend=-1)) if len(flow.place) else []
    there = flow.place[begins] if len(flow.place) else np.zeros(0, dtype=np.int64)
    out, placed = np.flatnonzero(problem.may_be_out), at >= 0
    person, place = np.zeros(people, dtype=np.int64), np.zeros(places, dtype=np.int64)
    end = 0
    for _ in range(2 * (people + places) + 3):
        before = (int(person.sum()), int(place.sum()), end)
        person[placed] = np.minimum(person[placed], place[at[placed]] - paid[placed])
        person[flow.out] = np.minimum(person[flow.out], end - problem.left_out)
        if len(begins):
            near = np.minimum.reduceat(person[flow.person] + cost, begins)
            place[there] = np.minimum(place[there], near)
        end = min(end, int(place[free].min(initial=end)))
        end = min(end, int((person[out] + problem.left_out).min(initial=end)))
        place[some] = np.minimum(place[some], end)
        if before == (int(person.sum()), int(place.sum()), end):
            return _Prices(person, place, end)
    raise ArithmeticError("the flow is not the cheapest along its own pairs")


def _told(pairs: Pairs, made: _Table, flow: _Flow | None, proven: list[str]) -> Assigned:
    names = ("placed", "goal", "burden", "km")
    chosen: list[tuple[int, int]] = []
    if flow is not None:
        rows, columns = flow.person[flow.used].tolist(), flow.place[flow.used].tolist()
        chosen = sorted(zip(rows, columns, strict=True))
    figures = {
        "placed": len(chosen),
        "goal": sum(bool(made.goal[pair]) for pair in chosen),
        "burden": sum(int(made.burden[pair]) for pair in chosen),
        "km": sum(int(made.km[pair]) for pair in chosen),
    }
    return Assigned(
        "optimal" if len(proven) == len(names) else "feasible",
        {pairs.persons[p].id: pairs.places[q].id for p, q in chosen},
        figures,
        {name: figures[name] if name in proven else None for name in names},
    )
