"""The week planner, beside a plain CP-SAT model of the same week: level by level on both cores."""

from __future__ import annotations

import json
import time
from typing import Any

from stegvis.config.bench.ground import Ground
from stegvis.config.bench.shape import Effort, Goal, result
from stegvis.config.checkout import ROOT
from stegvis.core.scheduling import engines
from stegvis.core.scheduling.engines import Task
from stegvis.core.scheduling.instance import Instance, parse
from stegvis.core.scheduling.model import Row, model
from stegvis.core.scheduling.repair import repair
from stegvis.core.scheduling.solve import plan

AGAINST = "a plain CP-SAT model of the same week, level by level, two workers"
MOST = 60.0  # seconds given to the plain model; where it needs more, the ratio is a least
CLOSE = 0.01


def week_22(ground: Ground, effort: Effort) -> dict[str, Any]:
    return _compare("w022-a", budget=2, effort=effort, faster=None)


def week_60(ground: Ground, effort: Effort) -> dict[str, Any]:
    return _compare("w022-a" if effort.small else "w060-a", budget=5, effort=effort, faster=3)


def week_200(ground: Ground, effort: Effort) -> dict[str, Any]:
    return _compare("w022-a" if effort.small else "w200-a", budget=15, effort=effort, faster=3)


def repaired(ground: Ground, effort: Effort) -> dict[str, Any]:
    """One participant ill all week, each of twelve in turn; the peer plans the week anew."""
    week = _week("w022-a" if effort.small else "w060-a")
    begun = time.monotonic()
    published = plan(week, seconds=MOST, seed=0, clock=time.monotonic).plan
    anew, took, moved = time.monotonic() - begun, [], []
    away = frozenset(week.slots)
    _load()
    for ill in list(published)[:: max(1, len(published) // 12)]:
        found = repair(week, published, absent={ill: away}, seconds=5, seed=0, clock=time.monotonic)
        took.append(found.seconds)
        moved.append(len(found.moved))
    goals = [
        Goal("seconds, the slowest", max(took), most=1),
        Goal("others moved, the most", max(moved), most=3),
    ]
    ours = {"seconds": [round(one, 2) for one in took], "moved": moved}
    return result("planning the week anew", goals, ours=ours, anew={"seconds": round(anew, 2)})


def _compare(name: str, *, budget: float, effort: Effort, faster: float | None) -> dict[str, Any]:
    """In turns; medians would hide that a machine is shared, so every round is told."""
    week = _week(name)
    _load()
    rounds = 1 if effort.small else 3
    gaps, close, whole, plain = [], [], [], []
    for _ in range(rounds):
        reached: list[float] = []

        def told(bounds: dict[str, int], spent: float, into: list[float] = reached) -> None:
            into.append(spent)

        found = plan(week, seconds=budget, seed=0, clock=time.monotonic, progress=told)
        gaps.append(gap(found.objective, found.bound))
        # Until the first pair of levels is whole: the plain model is timed to the same place.
        close.append(reached[0])
        whole.append(found.seconds)
        plain.append(_plain(week))
    goals = [Goal("gap, first unproven level", max(gaps), most=CLOSE if faster else 0)]
    if faster is None:
        goals.append(Goal("seconds until proven, the slowest", max(whole), most=budget))
    else:
        times = sorted(plain)[rounds // 2] / sorted(close)[rounds // 2]
        goals.append(Goal("times faster to 1 %", times, least=faster))
    ours = {"close_s": _short(close), "whole_s": _short(whole), "gaps": gaps}
    return result(AGAINST, goals, ours=ours, plain={"close_s": _short(plain)})


def gap(figures: dict[str, int], bounds: dict[str, int | None]) -> float:
    """Of the first level where plan and bound differ, as a share of the bound; 1: no bound."""
    for name, figure in figures.items():
        bound = bounds[name]
        if bound is None:
            return 1.0
        if bound != figure:
            return abs(figure - bound) / max(1, abs(bound))
    return 0.0 if figures else 1.0


def _plain(week: Instance) -> float:
    """Seconds until the shortfall is proven and the wish points are within 1 %."""
    from ortools.sat.python import cp_model

    begun = time.monotonic()
    made = model(week)
    built = cp_model.CpModel()
    x = [built.new_bool_var("") for _ in made.keys]
    for row in made.rows:
        total = sum(weight * x[column] for column, weight in row.terms.items())
        built.add_linear_constraint(total, row.least, row.most)
    for level, close in ((made.levels[0], 0.0), (made.levels[1], CLOSE)):
        total = sum(weight * x[column] for column, weight in level.terms.items())
        built.minimize(total)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.relative_gap_limit = close
        solver.parameters.max_time_in_seconds = max(0.1, MOST - (time.monotonic() - begun))
        solver.solve(built)
        built.add(total <= round(solver.objective_value))
    return time.monotonic() - begun


def _short(figures: list[float]) -> list[float]:
    return [round(one, 2) for one in figures]


def _week(name: str) -> Instance:
    file = ROOT / "tests" / "fixtures" / f"{name}.json"
    return parse(json.loads(file.read_text("utf-8")))


def _load() -> None:
    """Both engines, so that neither side's figure holds an import."""
    task = Task(1, [Row("warm", {}, {0: 1}, most=1)], {0: 1}, 1.0)
    for engine in (engines.cp_sat, engines.highs):
        engine(task)
