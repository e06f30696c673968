"""People and places to be matched: the values, and reading them from a file's data.

Nobody's name, sex or age is in here: there is no argument through which they could count (INV-28).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError


class PairsError(ValueError):
    """The file's data cannot be read; the message is one sentence saying what, and where."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one ability: `source` observed or self."""

    level: int
    source: str
    on: date


@dataclass(frozen=True, slots=True)
class Need:
    """`hard`: must not be known to fall short. `weight` 0 counts nothing."""

    ability: str
    level: int
    hard: bool
    weight: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """`abilities`: the mark that holds today of each that is known. Kilometres are whole. `wants`:
    places that answer the own goal, whatever their area is called."""

    id: str
    hours: tuple[float, float]
    xy: tuple[int, int]
    max_km: int
    goal: str | None
    wishes: frozenset[str]
    declined: frozenset[str]
    abilities: Mapping[str, Mark]
    wants: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    area: str
    capacity: int
    hours: tuple[float, float]
    xy: tuple[int, int]
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    id: str
    persons: tuple[Person, ...]
    places: tuple[Place, ...]


def holds(marks: Sequence[Mark], *, today: date, stale: int) -> Mark | None:
    """The newest that was observed within `stale` days, that day included; else the newest the
    person said; of the same day the lower. None: not known."""
    fresh = [one for one in marks if one.on <= today]
    seen = [m for m in fresh if m.source == "observed" and (today - m.on).days <= stale]
    said = [m for m in fresh if m.source == "self"]
    return max(seen or said, key=lambda one: (one.on, -one.level), default=None)


def burden(need: Need, mark: Mark | None) -> int:
    """What the need weighs for somebody: the gap to what is known, or once its weight where nothing
    is known."""
    return need.weight * (1 if mark is None else max(0, need.level - mark.level))


def short(need: Need, mark: Mark | None) -> bool:
    """A hard need that is known to fall short. What is not known has to be tried."""
    return need.hard and mark is not None and mark.level < need.level


def schema() -> dict[str, Any]:
    text = files("stegvis.core.matching").joinpath("matching.schema.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def parse(data: object) -> Pairs:
    """Of parsed JSON (docs/formats/matching.schema.json). Raises PairsError."""
    error = next(iter(_validator().iter_errors(data)), None)
    if error is not None or not isinstance(data, Mapping):
        raise PairsError(_said(error) if error else "the file: a matching is an object")
    fault = next(_faults(data), None)
    if fault is not None:
        raise PairsError(fault)
    today, stale = date.fromisoformat(data["today"]), data["stale_after_days"]
    return Pairs(
        id=data["id"],
        persons=tuple(_person(one, today, stale) for one in data["persons"]),
        places=tuple(_place(one) for one in data["places"]),
    )


def _person(raw: Mapping[str, Any], today: date, stale: int) -> Person:
    marks = {
        ability: holds([_mark(one) for one in rows], today=today, stale=stale)
        for ability, rows in raw["abilities"].items()
    }
    return Person(
        id=raw["id"],
        hours=(raw["hours"][0], raw["hours"][1]),
        xy=(raw["xy"][0], raw["xy"][1]),
        max_km=raw["max_km"],
        goal=raw["goal_area"],
        wishes=frozenset(raw["wishes"]),
        declined=frozenset(raw["declined"]),
        abilities={ability: mark for ability, mark in marks.items() if mark is not None},
    )


def _mark(raw: Mapping[str, Any]) -> Mark:
    return Mark(raw["level"], raw["source"], date.fromisoformat(raw["date"]))


def _place(raw: Mapping[str, Any]) -> Place:
    needs = [
        Need(r["ability"], r["level"], r["hard"], r["weight"], r.get("why", ""))
        for r in raw["requirements"]
    ]
    return Place(
        id=raw["id"],
        area=raw["area"],
        capacity=raw["capacity"],
        hours=(raw["hours"][0], raw["hours"][1]),
        xy=(raw["xy"][0], raw["xy"][1]),
        needs=tuple(needs),
    )


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    """What a schema cannot say."""
    if not _is_day(data["today"]):
        yield f"today: {data['today']!r} is no day"
    for kind in ("persons", "places"):
        seen: set[str] = set()
        for index, one in enumerate(data[kind]):
            if one["id"] in seen:
                yield f"{kind}[{index}].id: {one['id']!r} stands there twice"
            seen.add(one["id"])
            if not one["hours"][0] <= one["hours"][1]:
                yield f"{kind}[{index}].hours: from {one['hours'][0]} to {one['hours'][1]}"
    places = {one["id"] for one in data["places"]}
    for index, one in enumerate(data["persons"]):
        yield from _of_person(f"persons[{index}]", one, places)
    for index, one in enumerate(data["places"]):
        asked = [each["ability"] for each in one["requirements"]]
        for name in sorted({each for each in asked if asked.count(each) > 1}):
            yield f"places[{index}].requirements: {name!r} stands there twice"


def _of_person(at: str, one: Mapping[str, Any], places: set[str]) -> Iterator[str]:
    for name in (*one["wishes"], *one["declined"]):
        if name not in places:
            yield f"{at} ({one['id']}): there is no place {name!r}"
    for ability, rows in one["abilities"].items():
        for row in rows:
            if not _is_day(row["date"]):
                yield f"{at}.abilities.{ability}: {row['date']!r} is no day"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _said(error: ValidationError) -> str:
    place = ""
    for key in error.absolute_path:
        place += f"[{key}]" if isinstance(key, int) else f".{key}" if place else str(key)
    return f"{place or 'the file'}: {error.message[:200]}"


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())
