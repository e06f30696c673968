"""A week planned: four levels in their order, two at a time, each pair frozen before the next.

Two levels are one sum where a unit of the first weighs more than all the second can be; HiGHS
proves such a sum faster than the two apart, and faster than CP-SAT at every size tried (decision
0024). The first pair's relaxation says what no plan betters, and which columns no plan so good can
have: among the others one is looked for first. What it rules out is left out of the second pair.
What a municipality aims at beyond them comes after, one by one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from stegvis.core.scheduling import engines
from stegvis.core.scheduling.engines import Found, Relaxed, Task
from stegvis.core.scheduling.explain import Unmet, blocking, unmet
from stegvis.core.scheduling.further import Aim, aims, figures
from stegvis.core.scheduling.instance import Instance, Plan
from stegvis.core.scheduling.model import Level, Model, Row, model
from stegvis.core.values.sentences import Sentence

type Clock = Callable[[], float]
type Progress = Callable[[dict[str, int], float], None]
"""Called with the bounds proven so far and the seconds spent, after each pair of levels."""
type Status = Literal["optimal", "feasible", "infeasible", "unknown"]

FIRST_SHARE = 0.8  # of the time, ours: the rest is kept for finding any plan at all
NEAR_SHARE = 0.5  # of that, for a plan as good as the relaxation; most weeks have one


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` unknown: the time ran out before a plan or a proof. `bound`: what no plan betters;
    None for a level behind one that is not proven, where a bound says nothing."""

    status: Status
    plan: Plan = field(default_factory=dict)
    objective: dict[str, int] = field(default_factory=dict)
    bound: dict[str, int | None] = field(default_factory=dict)
    unmet: tuple[Unmet, ...] = ()
    blocked_by: tuple[Sentence, ...] = ()
    seconds: float = 0.0


def plan(
    week: Instance,
    *,
    seconds: float,
    seed: int,
    clock: Clock,
    progress: Progress | None = None,
) -> Answer:
    """The best plan of `week` found in `seconds` of search (loading an engine comes on top).

    The same week, seed and enough time give the same plan. `clock` gives seconds that only rise.
    """
    engines.load()
    begun = clock()
    made = model(week)
    further = tuple(aims(week, made))
    search = _Search(made, lambda: seconds - (clock() - begun), seed, further)
    for _ in search.run():
        if progress is not None:
            progress(dict(search.bounds), clock() - begun)
    if search.none:
        left = max(1.0, seconds - (clock() - begun))
        why = blocking(week, made, seconds=left, seed=seed)
        return Answer("infeasible", blocked_by=why, seconds=clock() - begun)
    if search.best is None:
        return Answer("unknown", seconds=clock() - begun)
    chosen = set(search.best)
    costs = {level.name: level.told(level.cost(chosen)) for level in made.levels}
    costs |= figures(week, made.plan(chosen))
    done = all(search.bounds.get(name) == cost for name, cost in costs.items())
    return Answer(
        "optimal" if done else "feasible",
        made.plan(chosen),
        costs,
        {name: search.bounds.get(name) for name in costs},
        unmet(week, made.plan(chosen)),
        seconds=clock() - begun,
    )


class _Search:
    """The best columns so far, and what is proven of each level."""

    def __init__(
        self, made: Model, left: Callable[[], float], seed: int, further: tuple[Aim, ...]
    ) -> None:
        self.made, self.left, self.seed, self.further = made, left, seed, further
        self.best: frozenset[int] | None = None
        self.bounds: dict[str, int] = {}
        self.none = False

    def run(self) -> Iterator[None]:
        """Ends a turn after each pair, and after each aim beyond them."""
        rows, out = list(self.made.rows), frozenset[int]()
        levels = self.made.levels
        for pair in (levels[:2], levels[2:]):
            weight = _span(self.made, pair[1]) + 1
            costs = _joined(pair, weight)
            first = self.best is None
            share = FIRST_SHARE if first else 1.0
            task = Task(len(self.made.keys), rows, costs, self.left() * share, self.seed, out=out)
            relaxed = engines.relaxed(task) if first else None
            found = self._found(task, relaxed, share)
            if found.chosen is not None and not engines.holds(rows, found.chosen):
                found = Found(None, found.bound, proven=False)
            if first and found.chosen is None and not found.proven:
                found = self._any(task, found.bound)
            self._take(pair, weight, found)
            yield
            if self.none or not found.proven or self.best is None or self.left() <= 0:
                return
            chosen = set(self.best)
            rows += [_frozen(level, chosen) for level in pair]
            if first and relaxed is not None:
                out = relaxed.rules_out(_cost(task, chosen))
        yield from self._beyond(rows, out)

    def _found(self, task: Task, relaxed: Relaxed | None, share: float) -> Found:
        """Proven at once where a plan costs what the relaxation does, else by HiGHS over all."""
        near = None
        if relaxed is not None:
            out = task.out | relaxed.rules_out(relaxed.least)
            seconds = self.left() * share * NEAR_SHARE
            near = engines.highs(replace(task, seconds=seconds, out=out)).chosen
            if near is not None and not engines.holds(task.rows, near):
                near = None
            if near is not None and _cost(task, near) == relaxed.least:
                return Found(near, relaxed.least, proven=True)
        found = engines.highs(replace(task, seconds=self.left() * share))
        if found.chosen is None and near is not None:
            found = Found(near, found.bound, proven=False)
        return found

    def _beyond(self, rows: list[Row], out: frozenset[int]) -> Iterator[None]:
        """One aim after the other; what the plan had stays where time runs out."""
        for aim in self.further:
            rows += aim.rows
            columns = aim.first + aim.columns
            task = Task(columns, rows, aim.level.terms, self.left(), self.seed, out=out)
            found = engines.highs(task)
            if found.chosen is None or not engines.holds(rows, found.chosen):
                return
            self.best = found.chosen
            if found.bound is not None:
                self.bounds[aim.level.name] = aim.level.told(found.bound + aim.level.base)
            yield
            if not found.proven or self.left() <= 0:
                return
            rows.append(_frozen(aim.level, set(found.chosen)))

    def _any(self, task: Task, bound: int | None) -> Found:
        """A plan rather than none: what CP-SAT finds in the time that is left."""
        rest = Task(task.columns, task.rows, task.costs, self.left(), self.seed)
        found = engines.cp_sat(rest)
        known = [one for one in (bound, found.bound) if one is not None]
        return Found(found.chosen, max(known, default=None), proven=found.proven)

    def _take(self, pair: tuple[Level, ...], weight: int, found: Found) -> None:
        if found.chosen is None and found.proven:
            # Behind a frozen pair there is a plan: then the engine's word is not taken.
            self.none = self.best is None
            return
        if found.chosen is not None:
            self.best = found.chosen
        if self.best is None or found.bound is None:
            return
        first, second = pair
        # The bound is of weight × first + second, and second lies between its least and most.
        most = _span(self.made, second) if second.sign > 0 else 0
        least = math.ceil((found.bound - most) / weight) + first.base
        here = first.cost(set(self.best))
        self.bounds[first.name] = first.told(min(least, here))
        if least >= here:
            rest = found.bound - weight * (here - first.base) + second.base
            self.bounds[second.name] = second.told(min(rest, second.cost(set(self.best))))


def _cost(task: Task, chosen: Iterable[int]) -> int:
    return sum(task.costs.get(column, 0) for column in chosen)


def _frozen(level: Level, chosen: set[int]) -> Row:
    return Row("frozen", {}, level.terms, most=level.cost(chosen) - level.base)


def _joined(pair: tuple[Level, ...], weight: int) -> dict[int, int]:
    costs: dict[int, int] = defaultdict(int)
    for level, factor in zip(pair, (weight, 1), strict=True):
        for column, cost in level.terms.items():
            costs[column] += factor * cost
    return dict(costs)


def _span(made: Model, level: Level) -> int:
    """How large the level's sum can be, either way: each half day of a person at its dearest."""
    dearest: dict[tuple[str, str], int] = defaultdict(int)
    for column, cost in level.terms.items():
        who, _, slot = made.keys[column]
        dearest[who, slot] = max(dearest[who, slot], abs(cost))
    return sum(dearest.values())
