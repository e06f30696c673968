"""Aims behind the four levels of `week_plan_v1`, by a municipality's choice and in its order.

variety: in how many areas people are in the week, added up over people; more is better.
even_load: the support points of each team's busiest half day, added up over teams; less is better.
Both are counted from a plan (`figures`), and sought with columns of their own (`aims`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from stegvis.core.scheduling.instance import Instance, Plan, support
from stegvis.core.scheduling.model import Level, Model, Row

FURTHER = ("variety", "even_load")


@dataclass(frozen=True, slots=True)
class Aim:
    """`columns`: how many of its own, numbered from `first`; its rows bind them to the plan's."""

    level: Level
    rows: tuple[Row, ...]
    first: int
    columns: int


def figures(week: Instance, plan: Plan) -> dict[str, int]:
    """Of what the week asks for beyond the four levels, what stands beside the plan counted in."""
    there = {(who, area, slot) for who, at in plan.items() for slot, area in at.items()}
    there |= set(week.held)
    counted = {"variety": _variety, "even_load": _even_load}
    return {name: counted[name](week, there) for name in week.further}


def _variety(_week: Instance, there: set[tuple[str, str, str]]) -> int:
    return len({(who, area) for who, area, _slot in there})


def _even_load(week: Instance, there: set[tuple[str, str, str]]) -> int:
    busiest: dict[str, int] = {}
    for (team, _slot), points in _loads(week, there).items():
        busiest[team] = max(points, busiest.get(team, 0))
    return sum(busiest.values())


def _loads(week: Instance, there: set[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    points: Counter[tuple[str, str]] = Counter()
    for who, area, slot in there:
        points[week.areas[area].team, slot] += support(week.people[who], week.areas[area])
    return points


def aims(week: Instance, made: Model) -> Iterator[Aim]:
    """In the week's order, each with columns behind those of the aims before it."""
    first = len(made.keys)
    for name in week.further:
        aim = {"variety": _many_areas, "even_load": _even}[name](week, made, first)
        first += aim.columns
        yield aim


def _many_areas(week: Instance, made: Model, first: int) -> Aim:
    """A column for each person and area they are not in yet: no more than their half days there."""
    held = {(who, area) for who, area, _slot in week.held}
    of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for column, (who, area, _slot) in enumerate(made.keys):
        if (who, area) not in held:
            of[who, area].append(column)
    rows = tuple(
        Row("variety", {}, {first + n: 1, **dict.fromkeys(columns, -1)}, most=0)
        for n, columns in enumerate(of.values())
    )
    wanted = dict.fromkeys(range(first, first + len(of)), -1)
    return Aim(Level("variety", -len(held), wanted, sign=-1), rows, first, len(of))


def _even(week: Instance, made: Model, first: int) -> Aim:
    """A column for each point a team's busiest half day may have above what stands already."""
    at: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for column, (who, area, slot) in enumerate(made.keys):
        there = week.areas[area]
        at[there.team, slot][column] = support(week.people[who], there)
    held = _loads(week, set(week.held))
    stands: dict[str, int] = defaultdict(int)
    for (team, _slot), points in held.items():
        stands[team] = max(stands[team], points)
    rows: list[Row] = []
    steps: dict[int, int] = {}
    column = first
    for team in sorted({team for team, _slot in at}):
        mine = {key: terms for key, terms in at.items() if key[0] == team}
        most = max(held[key] + _heaviest(made, terms) for key, terms in mine.items())
        above = range(column, column + max(0, most - stands[team]))
        rows += [
            Row(
                "even_load",
                {},
                {**terms, **dict.fromkeys(above, -1)},
                most=stands[team] - held[key],
            )
            for key, terms in mine.items()
        ]
        steps |= dict.fromkeys(above, 1)
        column = above.stop
    level = Level("even_load", sum(stands.values()), steps)
    return Aim(level, tuple(rows), first, column - first)


def _heaviest(made: Model, terms: dict[int, int]) -> int:
    """The most points the half day can come to: each person once, where they weigh most."""
    dearest: dict[str, int] = {}
    for column, points in terms.items():
        who = made.keys[column][0]
        dearest[who] = max(points, dearest.get(who, 0))
    return sum(dearest.values())
