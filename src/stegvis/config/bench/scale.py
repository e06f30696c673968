"""A hundred times as many people in the database: a list and a page should not notice."""

from __future__ import annotations

from typing import Any

from stegvis.config.bench.blocks import Ask, compare
from stegvis.config.bench.ground import Ground, Size, key
from stegvis.config.bench.serving import Side, Visit, serving, session
from stegvis.config.bench.shape import Effort, Goal, result

AGAINST = "itself with a hundredth of the people in the database"
MOST = 1.3
LARGE, SMALL = (10_020, 1_000_020), (600, 3_000)
TENANTS = 30
PER_WORKER = 150


def scale(ground: Ground, effort: Effort) -> dict[str, Any]:
    """10,000 people against 1,000,000, in 30 municipalities; the same case worker's list."""
    few, many = SMALL if effort.small else LARGE
    names = {f"bench_{count}": Size(TENANTS, count // TENANTS) for count in (few, many)}
    for name, size in names.items():
        if name not in ground.cluster.databases():
            ground.town(name, size, advice="{}")
    small, large = names
    goals: list[Goal] = []
    told: dict[str, Any] = {}
    with serving(ground, (small, False), (large, False)) as sides:
        for what, asks in {
            "list": [_list(side) for side in sides],
            "page": [_page(side, names[side.database]) for side in sides],
        }.items():
            less, more = compare(list(zip(sides, asks, strict=True)), effort)
            goals.append(Goal(f"{what}: CPU time, times", more.cpu / less.cpu, most=MOST))
            told |= {f"{what}, {few} people": less.told(), f"{what}, {many} people": more.told()}
    return result(AGAINST, goals, **told)


def _list(side: Side) -> Ask:
    signed = session(side.ground, side.database, 1, floor=False)
    return lambda _n: Visit("/people/", signed)


def _page(side: Side, size: Size) -> Ask:
    signed = session(side.ground, side.database, 1, floor=False)
    mine = min(PER_WORKER, size.per_tenant) - 1  # the last one may be protected
    return lambda n: Visit(f"/people/{key('person', n % mine)}/", signed)
