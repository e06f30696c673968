"""People and places for the tests: small ones drawn, and a second reading of the rules that shares
no code with the product."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

FIXTURES = Path(__file__).parents[2] / "fixtures"
TODAY = "2026-11-16"
AREAS = ["kök", "trä"]
ABILITIES = ["lift", "read", "stand"]

type Figures = tuple[int, int, int, int]


def stored(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    return read


@st.composite
def crowd(draw: st.DrawFn, people: int = 4, places: int = 3) -> dict[str, Any]:
    """Small enough to try every assignment of."""
    names = [f"q{n}" for n in range(places)]
    level = st.integers(0, 4)
    mark = st.fixed_dictionaries(
        {
            "level": level,
            "source": st.sampled_from(["self", "observed"]),
            "date": st.sampled_from(["2026-05-16", "2026-05-17", "2026-11-16", "2026-11-17"]),
        }
    )
    hours = st.sampled_from([[2, 10], [10, 20], [20, 30], [5, 25]])
    xy = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(list)
    some = st.lists(st.sampled_from(names), unique=True, max_size=1)
    person = st.fixed_dictionaries(
        {
            "hours": hours,
            "xy": xy,
            "max_km": st.integers(1, 6),
            "goal_area": st.sampled_from([None, *AREAS, "nowhere"]),
            "wishes": some,
            "declined": some,
            "abilities": st.dictionaries(
                st.sampled_from(ABILITIES), st.lists(mark, max_size=3), max_size=3
            ),
        }
    )
    need = st.fixed_dictionaries(
        {"level": level, "hard": st.booleans(), "weight": st.integers(0, 3)}
    )
    asked = st.dictionaries(st.sampled_from(ABILITIES), need, max_size=3).map(
        lambda found: [{"ability": name, **one} for name, one in found.items()]
    )
    place = st.fixed_dictionaries(
        {
            "area": st.sampled_from(AREAS),
            "capacity": st.integers(0, 2),
            "hours": hours,
            "xy": xy,
            "requirements": asked,
        }
    )
    return {
        "kind": "matching",
        "id": "drawn",
        "today": TODAY,
        "stale_after_days": 183,
        "objective": "matching_v1",
        "persons": [{"id": f"p{n}", **draw(person)} for n in range(people)],
        "places": [{"id": name, **draw(place)} for name in names],
    }


def level_of(person: dict[str, Any], ability: str, data: dict[str, Any]) -> int | None:
    today = date.fromisoformat(data["today"])
    found: dict[str, tuple[date, int]] = {}
    for mark in person["abilities"].get(ability, []):
        on = date.fromisoformat(mark["date"])
        old = (today - on).days
        if old < 0 or (mark["source"] == "observed" and old > data["stale_after_days"]):
            continue
        held = found.get(mark["source"])
        if held is None or (on, -mark["level"]) > (held[0], -held[1]):
            found[mark["source"]] = (on, mark["level"])
    best = found.get("observed", found.get("self"))
    return None if best is None else best[1]


def pair(
    person: dict[str, Any], place: dict[str, Any], data: dict[str, Any]
) -> tuple[int, int, int] | None:
    """Goal, burden, km; None where it may not be."""
    km = abs(person["xy"][0] - place["xy"][0]) + abs(person["xy"][1] - place["xy"][1])
    apart = person["hours"][0] > place["hours"][1] or place["hours"][0] > person["hours"][1]
    if km > person["max_km"] or apart or place["id"] in person["declined"]:
        return None
    burden = 0
    for asked in place["requirements"]:
        level = level_of(person, asked["ability"], data)
        if level is None:
            burden += asked["weight"]
        elif level < asked["level"]:
            if asked["hard"]:
                return None
            burden += asked["weight"] * (asked["level"] - level)
    return int(place["area"] == person["goal_area"]), burden, km


def counted(data: dict[str, Any], assignment: dict[str, str]) -> Figures:
    """Placed, goal, burden, km of an assignment that keeps the rules; else it fails."""
    people = {one["id"]: one for one in data["persons"]}
    places = {one["id"]: one for one in data["places"]}
    for name, place in places.items():
        assert list(assignment.values()).count(name) <= place["capacity"], name
    found = [pair(people[who], places[where], data) for who, where in assignment.items()]
    assert None not in found
    sums = [sum(one[n] for one in found if one) for n in range(3)]
    return len(found), sums[0], sums[1], sums[2]


def best(data: dict[str, Any]) -> Figures:
    """Of every assignment there is."""
    ways = []
    for person in data["persons"]:
        may = [p["id"] for p in data["places"] if pair(person, p, data) is not None]
        ways.append([None, *may])
    room = {place["id"]: place["capacity"] for place in data["places"]}
    found = []
    for way in product(*ways):
        if all(way.count(name) <= n for name, n in room.items()):
            made = zip(data["persons"], way, strict=True)
            found.append(counted(data, {one["id"]: q for one, q in made if q is not None}))
    return min(found, key=lambda f: (-f[0], -f[1], f[2], f[3]))
