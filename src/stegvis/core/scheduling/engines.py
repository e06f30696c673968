"""Two ways to solve a model: CP-SAT of OR-Tools, and HiGHS through SciPy.

Both are heavy to import (two seconds each), so they are imported where they are used.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stegvis.core.scheduling.model import MANY, Row


@dataclass(frozen=True, slots=True)
class Task:
    """Make Σ weight × column as small as can be, under the rows. `start`: columns to begin with.
    `known`: hardly anything of the start has to change, so CP-SAT need not simplify all of it first
    (of a repair that was more than half of the time)."""

    columns: int
    rows: Sequence[Row]
    costs: Mapping[int, int]
    seconds: float
    seed: int = 0
    start: frozenset[int] | None = None
    out: frozenset[int] = frozenset()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """`chosen` None: none was found. `bound`: no choice costs less; None: not known. `proven`:
    it is the best, or
    there is none."""

    chosen: frozenset[int] | None
    bound: int | None
    proven: bool


def holds(rows: Iterable[Row], chosen: frozenset[int]) -> bool:
    """Whether whole numbers keep what an engine of decimals says it kept."""
    sums = ((row, sum(w for column, w in row.terms.items() if column in chosen)) for row in rows)
    return all(row.least <= total <= row.most for row, total in sums)


def load() -> None:
    """Load HiGHS, by using it on one column: SciPy loads it at its first use, which takes seconds,
    and the time given for a search is the search's."""
    highs(Task(1, [Row("warm", {}, {0: 1}, most=1)], {0: 1}, 1.0))


def cp_sat(task: Task) -> Found:
    from ortools.sat.python import cp_model

    made = cp_model.CpModel()
    x = [made.new_bool_var("") for _ in range(task.columns)]
    for row in task.rows:
        weighed = _sum(cp_model, x, row.terms)
        made.add_linear_constraint(weighed, row.least, row.most)
    made.minimize(_sum(cp_model, x, task.costs))
    for column, one in enumerate(x if task.start is not None else ()):
        made.add_hint(one, column in (task.start or ()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, task.seconds)
    solver.parameters.random_seed = task.seed
    solver.parameters.num_workers = 1  # the same seed, the same plan
    solver.parameters.cp_model_presolve = not task.known
    status = solver.solve(made)
    if status == cp_model.INFEASIBLE:
        return Found(None, None, proven=True)
    bound = math.ceil(solver.best_objective_bound - 1e-6)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(None, bound, proven=False)
    chosen = frozenset(column for column, one in enumerate(x) if solver.boolean_value(one))
    return Found(chosen, bound, proven=status == cp_model.OPTIMAL)


def _sum(cp_model: Any, x: Sequence[Any], terms: Mapping[int, int]) -> Any:
    columns = [x[column] for column in terms]
    return cp_model.LinearExpr.weighted_sum(columns, list(terms.values()))


def highs(task: Task) -> Found:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not task.columns:
        possible = all(row.least <= 0 <= row.most for row in task.rows)
        return Found(frozenset() if possible else None, 0 if possible else None, proven=True)
    matrix, costs = _matrix(task)
    least = np.array([-np.inf if r.least == -MANY else r.least for r in task.rows])
    most = np.array([np.inf if r.most == MANY else r.most for r in task.rows])
    done = milp(
        costs,
        integrality=np.ones(task.columns),
        bounds=Bounds(0, _most(task)),
        constraints=LinearConstraint(matrix, least, most),
        options={"time_limit": max(0.01, task.seconds), "mip_rel_gap": 0.0},
    )
    if done.status == 2:  # noqa: PLR2004 -- SciPy's number for infeasible
        return Found(None, None, proven=True)
    dual = done.mip_dual_bound
    bound = None if dual is None or not math.isfinite(dual) else math.ceil(dual - 1e-6)
    if done.x is None:
        return Found(None, bound, proven=False)
    chosen = frozenset(int(column) for column in np.flatnonzero(done.x > 0.5))  # noqa: PLR2004
    return Found(chosen, bound, proven=done.status == 0)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best where parts of columns may be chosen. `least`: no whole choice costs less. `beyond`:
    what each column that is not in it would cost more."""

    value: float
    least: int
    beyond: Any

    def rules_out(self, best: int) -> frozenset[int]:
        """Columns in no choice that costs `best` or less: each alone would cost more than what lies
        between the relaxation and `best`."""
        import numpy as np

        dear = self.beyond > best - self.value + 1e-4
        return frozenset(int(column) for column in np.flatnonzero(dear))


def relaxed(task: Task) -> Relaxed | None:
    """None where the time is not enough, or where there is nothing to choose."""
    if not task.columns:
        return None
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    matrix, costs = _matrix(task)
    sides: list[tuple[Any, Any]] = []
    least = np.array([row.least for row in task.rows])
    most = np.array([row.most for row in task.rows])
    for sign, side, kept in ((1, most, most < MANY), (-1, least, least > -MANY)):
        sides.append((sign * matrix[np.flatnonzero(kept)], sign * side[kept]))
    done = linprog(
        costs,
        A_ub=vstack([one for one, _ in sides]),
        b_ub=np.concatenate([one for _, one in sides]),
        bounds=np.column_stack([np.zeros(task.columns), _most(task)]),
        method="highs",
        options={"time_limit": max(0.01, task.seconds)},
    )
    if done.status != 0:
        return None
    return Relaxed(done.fun, math.ceil(done.fun - 1e-6), done.lower.marginals)


def _matrix(task: Task) -> tuple[Any, Any]:
    """The rows as a sparse matrix, and the costs as a vector."""
    import numpy as np
    from scipy.sparse import csr_array

    costs = np.zeros(task.columns)
    costs[list(task.costs)] = list(task.costs.values())
    where = np.array([(n, c) for n, row in enumerate(task.rows) for c in row.terms], dtype=int)
    where = where.reshape(-1, 2)
    weights = np.array([w for row in task.rows for w in row.terms.values()], dtype=float)
    shape = (len(task.rows), task.columns)
    return csr_array((weights, (where[:, 0], where[:, 1])), shape=shape), costs


def _most(task: Task) -> Any:
    import numpy as np

    most = np.ones(task.columns)
    most[list(task.out)] = 0
    return most
