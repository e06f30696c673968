"""./run match: places in order for people, each explained; or the best assignment of all."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stegvis.config.cli import weeks
from stegvis.config.faults import Unusable
from stegvis.core.matching.assign import Assigned, assign
from stegvis.core.matching.pairs import Mark, Pairs, PairsError, parse
from stegvis.core.matching.ranking import Because, Ranked, ranked
from stegvis.core.matching.scoring import Grid

FEW = 10  # places a person, where nobody was named


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("instance", type=Path, metavar="INSTANCE.json")
    parser.add_argument("--assign", action="store_true", help="the best assignment of all people")
    parser.add_argument("--person", metavar="ID", help="all places for one person")
    parser.add_argument("--seconds", type=float, default=60.0, help="for the assignment (60)")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    # Before NumPy is loaded: on blocks this small a second thread only waits, and burns a core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not 0 < args.seconds < 86_400:  # noqa: PLR2004 -- a day; also false for nan
        raise Unusable("--seconds must be above 0 and below a day.")
    try:
        pairs = parse(weeks.data(args.instance))
    except PairsError as fault:
        raise Unusable(f"{args.instance}: {fault}.") from fault
    if args.assign:
        return _assign(pairs, args)
    rows = list(_rows(pairs, args))
    if args.json:
        told = {"id": pairs.id, "ranking": [to_json(one) for one in rows]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_line(one) for one in rows))
    return 0


def _rows(pairs: Pairs, args: argparse.Namespace) -> Iterator[Ranked]:
    names = {one.id: n for n, one in enumerate(pairs.persons)}
    if args.person is not None and args.person not in names:
        raise Unusable(f"{args.instance}: there is no person {args.person!r}.")
    grid = Grid(pairs)
    some = list(names.values()) if args.person is None else [names[args.person]]
    most = FEW if args.person is None else len(pairs.places)
    for n in some:
        yield from ranked(pairs, n, most=most, grid=grid)


def _assign(pairs: Pairs, args: argparse.Namespace) -> int:
    begun = time.monotonic()
    try:
        found = assign(pairs, seconds=args.seconds, clock=time.monotonic)
    except OverflowError as fault:
        raise Unusable(f"{args.instance}: {fault}.") from fault
    spent = time.monotonic() - begun
    if args.json:
        print(json.dumps(assigned_json(found, spent), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_table(pairs, found, spent)))
    return 0


def assigned_json(found: Assigned, seconds: float) -> dict[str, Any]:
    return {
        "status": found.status,
        "assignment": found.assignment,
        "objective": found.objective,
        "bound": found.bound,
        "seconds": round(seconds, 3),
    }


def _table(pairs: Pairs, found: Assigned, seconds: float) -> Iterator[str]:
    yield f"{pairs.id}: {found.status}, {seconds:.2f} s"
    for name, figure in found.objective.items():
        bound = found.bound[name]
        yield f"  {name:<8}{figure:>8}   bound {'–' if bound is None else bound}"
    for person in pairs.persons:
        yield f"{person.id:<12}{found.assignment.get(person.id, '–')}"


def to_json(one: Ranked) -> dict[str, Any]:
    return {
        "person": one.person.id,
        "place": one.place.id,
        "own_goal": one.own_goal,
        "wished": one.wished,
        "interval": [float(one.least), float(one.most)],
        "coverage": float(one.coverage),
        "burden": one.burden,
        "km": one.km,
        "hard": [{"requirement": r.need.ability, "state": str(r.state)} for r in one.hard],
        "because": [_because(r) for r in one.because],
    }


def _because(one: Because) -> dict[str, Any]:
    return {
        "requirement": one.need.ability,
        "level": one.need.level,
        "state": str(one.state),
        "weight": one.need.weight,
        "burden": one.burden,
        "why": one.need.why,
        "evidence": None if one.mark is None else _evidence(one.mark),
    }


def _evidence(mark: Mark) -> dict[str, Any]:
    return {"level": mark.level, "source": mark.source, "date": mark.on.isoformat()}


def _line(one: Ranked) -> str:
    states = ", ".join(f"{r.need.ability} {r.state}" for r in one.because)
    goal = "own goal  " if one.own_goal else "          "
    return f"{one.person.id}  {one.place.id}  {goal}burden {one.burden}, {one.km} km: {states}"
