"""The four pages of every day, each against the same page as a bare Django writes it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from stegvis.config.bench.asked import asked
from stegvis.config.bench.blocks import Ask, compare
from stegvis.config.bench.ground import Ground, Size, key
from stegvis.config.bench.serving import Side, Visit, serving, session
from stegvis.config.bench.shape import Effort, Goal, result

AGAINST = "a bare Django page with the same rows of the same database"
LARGE = Size(tenants=3, per_tenant=3600)
SMALL = Size(tenants=2, per_tenant=240, per_unit=180, per_worker=60)
MANAGER = 500_000  # town.sql numbers members by role
KILOBYTE = 1000


@dataclass(slots=True)
class Town:
    """The two sides on one database. The first municipality is the one that is visited."""

    ground: Ground
    size: Size
    ours: Side
    floor: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.ours, self.floor

    def session(self, side: Side, member: int) -> str:
        return session(self.ground, side.database, member + 1, floor=side.is_floor)

    def people(self, *, protected: bool = False) -> list[int]:
        """The numbers of the people of the first unit who are not protected."""
        in_unit = range(min(self.size.per_tenant, self.size.per_unit))
        return [n for n in in_unit if protected or n % 200 != 199]  # noqa: PLR2004 as town.sql


@contextmanager
def town(ground: Ground, effort: Effort) -> Iterator[Town]:
    size = SMALL if effort.small else LARGE
    if "bench_pages" not in ground.cluster.databases():
        ground.town("bench_pages", size)
    with serving(ground, ("bench_pages", False), ("bench_pages", True)) as (ours, floor):
        yield Town(ground, size, ours, floor)


def caseload(ground: Ground, effort: Effort) -> dict[str, Any]:
    """A case worker's own list, a page of 50."""
    with town(ground, effort) as made:
        asks = [_same(Visit("/people/", made.session(side, 0))) for side in made.sides]
        return told(made, asks, effort, ratio=2, queries=8, kilobytes=60)


def unit(ground: Ground, effort: Effort) -> dict[str, Any]:
    """The manager's list of a unit of 3,000, a page of 50."""
    with town(ground, effort) as made:
        paths = ("/people/", "/unit/")
        asks = [
            _same(Visit(path, made.session(side, MANAGER)))
            for side, path in zip(made.sides, paths, strict=True)
        ]
        return told(made, asks, effort, ratio=2.5)


def person(ground: Ground, effort: Effort) -> dict[str, Any]:
    """A participant's page, another participant every time."""
    with town(ground, effort) as made:
        asks = [_persons(made, side) for side in made.sides]
        return told(made, asks, effort, ratio=2, queries=9)


def decision(ground: Ground, effort: Effort) -> dict[str, Any]:
    """A step decision is sent in, about another participant every time."""
    with town(ground, effort) as made:
        asks = [_decisions(made, side, turn) for turn, side in enumerate(made.sides)]
        return told(made, asks, effort, ratio=2)


def _same(visit: Visit) -> Ask:
    return lambda _n: visit


def _persons(made: Town, side: Side) -> Ask:
    mine = [n for n in made.people() if n < made.size.per_worker]
    signed = made.session(side, 0)
    return lambda n: Visit(f"/people/{key('person', mine[n % len(mine)])}/", signed)


def _decisions(made: Town, side: Side, turn: int) -> Ask:
    """Each side decides about its own half of the people; nobody is decided about twice."""
    people = made.people()[turn::2]
    signed = {n // made.size.per_worker: "" for n in people}
    signed = {worker: made.session(side, worker) for worker in signed}
    path = "/people/{}/decide/" if side.is_floor else "/people/{}/steps/new/"
    today = dt.date.today()  # noqa: DTZ011 the day the town was made on, by the same clock

    def ask(n: int) -> Visit:
        number = people[n]
        form = {
            "to": f"s{3 + (number + 1) % 4}",
            "on": today.isoformat(),
            "motivation": "Vi ses överens om att det är dags.",
            "own_words": "Jag vill prova något nytt.",
            "review_on": (today + dt.timedelta(days=30)).isoformat(),
            "seen": str(key("period", number * 3 + 2)),
            "submission": str(uuid.uuid4()),
        }
        where = path.format(key("person", number))
        return Visit(where, signed[number // made.size.per_worker], form)

    return ask


def told(
    made: Town,
    asks: list[Ask],
    effort: Effort,
    *,
    ratio: float,
    queries: int | None = None,
    kilobytes: int | None = None,
    milliseconds: float | None = None,
) -> dict[str, Any]:
    """Both sides measured, and held against the goals that are given."""
    ours, floor = compare(list(zip(made.sides, asks, strict=True)), effort)
    last = effort.asked
    counted = [
        asked(side, ask(last), ask(last + 1)) for side, ask in zip(made.sides, asks, strict=True)
    ]
    goals = [Goal("CPU time, times the floor's", ours.cpu / floor.cpu, most=ratio)]
    if milliseconds:
        goals.append(Goal("CPU milliseconds", ours.cpu, most=milliseconds))
    if queries:
        goals.append(Goal("queries", counted[0]["queries"], most=queries))
    if kilobytes and ours.last:
        goals.append(Goal("kilobytes", len(ours.last.body) / KILOBYTE, most=kilobytes))
    sides = [
        {**one.told(), "queries": count["queries"], "turns": count["turns"]}
        for one, count in zip((ours, floor), counted, strict=True)
    ]
    return result(AGAINST, goals, ours=sides[0], floor=sides[1])
