"""A week to be planned: the values, who may be where, and reading them from a file's data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

type Plan = dict[str, dict[str, str]]
"""person → half day → area"""


class InstanceError(ValueError):
    """The week cannot be read; the message is one sentence saying what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Requirement:
    ability: str
    level: int
    hard: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """`half_days`: how many of the week; None where the hours are not known, which is no limit."""

    id: str
    site: str
    name: str
    half_days: int | None
    places: int
    team: str
    closed: frozenset[str]
    must_cover: Mapping[str, int]
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Supervisor:
    id: str
    team: str
    capacity: int
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """`least`: the half days that must be; 0 for whoever may be left without one."""

    id: str
    need: int
    target: int
    sites: frozenset[str]
    available: frozenset[str]
    fixed: Mapping[str, str]
    abilities: Mapping[str, int | None]
    goal: str | None
    wishes: frozenset[str]
    last_week: Mapping[str, str]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Instance:
    """`held`: person, area and half day of what stands already and is no longer to be planned; it
    takes its places, hours and support. Who has one there has that half day among their fixed.
    `further`: aims behind the four levels, in their order (further.py)."""

    id: str
    slots: tuple[str, ...]
    areas: Mapping[str, Area]
    supervisors: tuple[Supervisor, ...]
    people: Mapping[str, Person]
    apart: tuple[tuple[str, str], ...] = field(default=())
    held: tuple[tuple[str, str, str], ...] = field(default=())
    further: tuple[str, ...] = field(default=())

    @property
    def target(self) -> int:
        return sum(person.target for person in self.people.values())

    def capacity(self, team: str, slot: str) -> int:
        """Support points of those who lead the team that half day."""
        there = (s for s in self.supervisors if s.team == team and slot not in s.absent)
        return sum(one.capacity for one in there)


def fits(person: Person, area: Area) -> bool:
    """Whether nothing known about the person forbids the area: its site and hard requirements."""
    if area.site not in person.sites:
        return False
    for one in area.requirements:
        level = person.abilities.get(one.ability)
        if one.hard and level is not None and level < one.level:
            return False
    return True


def free(person: Person, slot: str) -> bool:
    return slot in person.available and slot not in person.fixed


def allowed(person: Person, area: Area, slot: str) -> bool:
    return free(person, slot) and slot not in area.closed and fits(person, area)


def support(person: Person, area: Area) -> int:
    """Points of support a half day: one more where a hard requirement has yet to be tried."""
    hard = [one for one in area.requirements if one.hard]
    return person.need + any(person.abilities.get(one.ability) is None for one in hard)


def gap(person: Person, area: Area) -> int:
    """How far the known levels are below the soft requirements."""
    soft = [one for one in area.requirements if not one.hard]
    known = [(one.level, person.abilities.get(one.ability)) for one in soft]
    return sum(max(0, wanted - level) for wanted, level in known if level is not None)


def wish(person: Person, area: Area) -> int:
    """3 for one's own goal, else 1 for what one wishes."""
    if area.id == person.goal:
        return 3
    return int(area.id in person.wishes)


def schema() -> dict[str, Any]:
    text = files("stegvis.core.scheduling").joinpath("week-plan.schema.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def parse(data: object) -> Instance:
    """The week of parsed JSON (docs/formats/week_plan.schema.json). Raises InstanceError."""
    error = next(iter(_validator().iter_errors(data)), None)
    if error is not None or not isinstance(data, Mapping):
        raise InstanceError(_said(error) if error else "the file: a week is an object")
    fault = next(_faults(data), None)
    if fault is not None:
        raise InstanceError(fault)
    return Instance(
        id=data["id"],
        slots=tuple(data["slots"]),
        areas={one["id"]: _area(one, data["slot_hours"]) for one in data["areas"]},
        supervisors=tuple(
            Supervisor(one["id"], one["team"], one["capacity"], frozenset(one["absent"]))
            for one in data["supervisors"]
        ),
        people={one["id"]: _person(one) for one in data["people"]},
        apart=tuple((one[0], one[1]) for one in data["apart"]),
        further=tuple(data.get("further", ())),
    )


def _area(raw: Mapping[str, Any], slot_hours: float) -> Area:
    hours = raw["hours_week"]
    asked = [
        Requirement(r["ability"], r["level"], hard=r["hard"], why=r.get("why", ""))
        for r in raw["requirements"]
    ]
    return Area(
        id=raw["id"],
        site=raw["site"],
        name=raw.get("name", raw["id"]),
        half_days=None if hours is None else int(hours // slot_hours),
        places=raw["places"],
        team=raw["team"],
        closed=frozenset(raw["closed"]),
        must_cover=dict(raw["must_cover"]),
        requirements=tuple(asked),
    )


def _person(raw: Mapping[str, Any]) -> Person:
    return Person(
        id=raw["id"],
        need=raw["need"],
        target=raw["target_slots"],
        sites=frozenset(raw["sites"]),
        available=frozenset(raw["available"]),
        fixed={one["slot"]: one.get("what", "") for one in raw["fixed"]},
        abilities=dict(raw["abilities"]),
        goal=raw["goal_area"],
        wishes=frozenset(raw["wishes"]),
        last_week=dict(raw["last_week"]),
    )


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    """What a schema cannot say: names used twice, and names of nothing."""
    yield from _twice(data)
    slots = set(data["slots"])
    for place, name in _slots_named(data):
        if name not in slots:
            yield f"{place}: {name!r} is none of the week's half days"
    yield from _pairs_of_nobody(data)
    yield from _areas_of_nothing(data)


def _twice(data: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("areas", "supervisors", "people"):
        seen: set[str] = set()
        for index, one in enumerate(data[kind]):
            if one["id"] in seen:
                yield f"{kind}[{index}].id: {one['id']!r} stands there twice"
            seen.add(one["id"])


def _pairs_of_nobody(data: Mapping[str, Any]) -> Iterator[str]:
    people = {one["id"] for one in data["people"]}
    for index, pair in enumerate(data["apart"]):
        for name in pair:
            if name not in people:
                yield f"apart[{index}]: there is no person {name!r}"
        if pair[0] == pair[1]:
            yield f"apart[{index}]: {pair[0]!r} cannot be kept from themselves"


def _areas_of_nothing(data: Mapping[str, Any]) -> Iterator[str]:
    areas = {one["id"] for one in data["areas"]}
    for index, one in enumerate(data["people"]):
        goal = [] if one["goal_area"] is None else [one["goal_area"]]
        for name in (*goal, *one["wishes"], *one["last_week"].values()):
            if name not in areas:
                yield f"people[{index}] ({one['id']}): there is no area {name!r}"


def _slots_named(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    lists: Sequence[tuple[str, str]] = (
        ("areas", "closed"),
        ("areas", "must_cover"),
        ("supervisors", "absent"),
        ("people", "available"),
        ("people", "last_week"),
    )
    for kind, key in lists:
        for index, one in enumerate(data[kind]):
            yield from ((f"{kind}[{index}].{key}", name) for name in one[key])
    for index, one in enumerate(data["people"]):
        yield from ((f"people[{index}].fixed", each["slot"]) for each in one["fixed"])


def _said(error: ValidationError) -> str:
    place = ""
    for key in error.absolute_path:
        place += f"[{key}]" if isinstance(key, int) else f".{key}" if place else str(key)
    return f"{place or 'the file'}: {error.message[:200]}"


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())
