"""The week's rules as columns of zeros and ones, and rows over them.

A column is one person in one area in one half day; only those nothing forbids exist. Every row
carries the rule it stands for, so that what blocks can be said in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from stegvis.core.scheduling.instance import Instance, Plan, fits, free, gap, support, wish

MANY = 10**6
"""No bound: more than any row can add up to."""
LEVELS = ("shortfall", "wish_points", "changes", "soft_gap")

type Key = tuple[str, str, str]
"""person, area, half day"""


@dataclass(frozen=True, slots=True)
class Row:
    """least ≤ Σ weight × column ≤ most; `rule` and `values` name it in sentences.toml."""

    rule: str
    values: Mapping[str, Any]
    terms: Mapping[int, int]
    least: int = -MANY
    most: int = MANY


@dataclass(frozen=True, slots=True)
class Level:
    """To be made as small as can be: base + Σ weight × column. `sign` -1 where more is better."""

    name: str
    base: int
    terms: Mapping[int, int]
    sign: int = 1

    def cost(self, chosen: set[int]) -> int:
        return self.base + sum(self.terms.get(column, 0) for column in chosen)

    def told(self, cost: int) -> int:
        """The figure as people know it: wish points are counted up, and costs down."""
        return self.sign * cost


@dataclass(frozen=True, slots=True)
class Model:
    keys: tuple[Key, ...]
    rows: tuple[Row, ...]
    levels: tuple[Level, ...]

    def plan(self, chosen: set[int]) -> Plan:
        made: Plan = defaultdict(dict)
        for column in sorted(chosen):
            if column >= len(self.keys):  # of an aim beyond the levels (further.py)
                break
            person, area, slot = self.keys[column]
            made[person][slot] = area
        return dict(made)

    def columns(self, plan: Plan) -> set[int]:
        """Those of the plan's entries that may be at all."""
        wanted = {(who, area, slot) for who, day in plan.items() for slot, area in day.items()}
        return {index for index, key in enumerate(self.keys) if key in wanted}


def model(week: Instance) -> Model:
    keys = tuple(_keys(week))
    return Model(keys, tuple(_rows(week, keys)), _levels(week, keys))


def bare(week: Instance) -> Model:
    """The rules alone, for whoever has aims of their own."""
    keys = tuple(_keys(week))
    return Model(keys, tuple(_rows(week, keys)), ())


def _keys(week: Instance) -> Iterator[Key]:
    """Those columns that nothing forbids; as `allowed` says, asked once a person and area."""
    for person in week.people.values():
        mine = [slot for slot in week.slots if free(person, slot)]
        for area in week.areas.values():
            if area.places and fits(person, area):
                yield from ((person.id, area.id, s) for s in mine if s not in area.closed)


def _rows(week: Instance, keys: tuple[Key, ...]) -> Iterator[Row]:
    yield from _of_people(week, keys)
    yield from _of_areas(week, keys)
    yield from _of_teams(week, keys)
    yield from _of_pairs(week, keys)


def _grouped(keys: tuple[Key, ...], *parts: int) -> dict[Any, dict[int, int]]:
    """The columns by the given parts of their keys: one part by itself, several as a tuple."""
    found: dict[Any, dict[int, int]] = defaultdict(dict)
    name = itemgetter(*parts)
    for index, key in enumerate(keys):
        found[name(key)][index] = 1
    return found


def _of_people(week: Instance, keys: tuple[Key, ...]) -> Iterator[Row]:
    for (who, slot), terms in _grouped(keys, 0, 2).items():
        yield Row("one_area", {"person": who, "slot": slot}, terms, most=1)
    of = _grouped(keys, 0)
    for person in week.people.values():
        named = {"person": person.id}
        yield Row("person_week", named, of[person.id], person.least, person.target)


def _of_areas(week: Instance, keys: tuple[Key, ...]) -> Iterator[Row]:
    at, of = _grouped(keys, 1, 2), _grouped(keys, 1)
    heads = Counter((area, slot) for _who, area, slot in week.held)
    spent = Counter(area for _who, area, _slot in week.held)
    for area in week.areas.values():
        named: dict[str, Any]
        for slot in week.slots:
            terms, here = at[area.id, slot], heads[area.id, slot]
            least = max(0, area.must_cover.get(slot, 0) - here)
            named = {"area": area.id, "slot": slot}
            if terms:
                most = max(0, area.places - here)
                yield Row("places", {**named, "n": area.places}, terms, most=most)
            if least:
                yield Row("must_cover", {**named, "n": least}, terms, least=least)
        if area.half_days is not None and of[area.id]:
            named = {"area": area.id, "n": area.half_days}
            left = max(0, area.half_days - spent[area.id])
            yield Row("hours", named, of[area.id], most=left)


def _of_teams(week: Instance, keys: tuple[Key, ...]) -> Iterator[Row]:
    loads: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    points: dict[tuple[str, str], int] = {}
    for index, (who, area, slot) in enumerate(keys):
        there = week.areas[area]
        if (who, area) not in points:
            points[who, area] = support(week.people[who], there)
        loads[there.team, slot][index] = points[who, area]
    taken: Counter[tuple[str, str]] = Counter()
    for who, area, slot in week.held:
        taken[week.areas[area].team, slot] += support(week.people[who], week.areas[area])
    for (team, slot), terms in loads.items():
        n = week.capacity(team, slot)
        most = n if n >= MANY else max(0, n - taken[team, slot])
        yield Row("support", {"team": team, "slot": slot, "n": n}, terms, most=most)


def _of_pairs(week: Instance, keys: tuple[Key, ...]) -> Iterator[Row]:
    index = {key: column for column, key in enumerate(keys)}
    for one, other in week.apart:
        for (who, area, slot), column in index.items():
            if who == one and (other, area, slot) in index:
                named = {"person": one, "other": other, "area": area, "slot": slot}
                yield Row("apart", named, {column: 1, index[other, area, slot]: 1}, most=1)
    held = set(week.held)
    for column, (who, area, slot) in enumerate(keys if held else ()):
        for pair in week.apart:
            other = pair[1] if pair[0] == who else pair[0]
            if who in pair and (other, area, slot) in held:
                named = {"person": who, "other": other, "area": area, "slot": slot}
                yield Row("apart", named, {column: 1}, most=0)


def _levels(week: Instance, keys: tuple[Key, ...]) -> tuple[Level, ...]:
    people, areas = week.people, week.areas
    pairs = {(who, area) for who, area, _ in keys}
    wished = {one: -wish(people[one[0]], areas[one[1]]) for one in pairs}
    below = {one: gap(people[one[0]], areas[one[1]]) for one in pairs}
    wishes = {i: wished[who, area] for i, (who, area, _) in enumerate(keys)}
    kept = {i: -1 for i, (who, area, s) in enumerate(keys) if people[who].last_week.get(s) == area}
    gaps = {i: below[who, area] for i, (who, area, _) in enumerate(keys)}
    return (
        Level("shortfall", week.target, dict.fromkeys(range(len(keys)), -1)),
        Level("wish_points", 0, _some(wishes), sign=-1),
        Level("changes", len(kept), kept),
        Level("soft_gap", 0, _some(gaps)),
    )


def _some(terms: dict[int, int]) -> dict[int, int]:
    return {column: weight for column, weight in terms.items() if weight}
