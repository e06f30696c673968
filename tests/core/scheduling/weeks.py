"""Weeks for the tests: small ones drawn, large ones from the fixtures."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count, product
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

FIXTURES = Path(__file__).parents[2] / "fixtures"
SLOTS = ["mon_am", "mon_pm", "tue_am", "tue_pm"]


def stored(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    return read


def still() -> Callable[[], float]:
    """A clock of steps so small that a minute never passes."""
    ticks = count()
    return lambda: next(ticks) * 1e-6


def area(name: str, **more: Any) -> dict[str, Any]:
    usual = {"hours_week": None, "places": 2, "team": "t", "closed": [], "must_cover": {}}
    return {"id": name, "site": "s", "requirements": [], **usual, **more}


def person(name: str, **more: Any) -> dict[str, Any]:
    usual = {"need": 1, "target_slots": 2, "sites": ["s"], "available": SLOTS, "fixed": []}
    rest = {"abilities": {}, "goal_area": None, "wishes": [], "last_week": {}}
    return {"id": name, **usual, **rest, **more}


def week(people: list[Any], areas: list[Any], **more: Any) -> dict[str, Any]:
    usual = {
        "supervisors": [{"id": "h", "team": "t", "capacity": 6, "absent": []}],
        "apart": [],
        "slots": SLOTS,
    }
    head = {"kind": "week_plan", "id": "w", "slot_hours": 4, "objective": "week_plan_v1"}
    return {**head, "people": people, "areas": areas, **usual, **more}


@st.composite
def small(draw: st.DrawFn, people: int = 3, slots: int = 2) -> dict[str, Any]:
    """A week small enough to try every plan of."""
    halves = SLOTS[:slots]
    names = ["a", "b"]
    some = st.lists(st.sampled_from(halves), unique=True)
    level = st.none() | st.integers(0, 4)
    ask = st.fixed_dictionaries(
        {"ability": st.just("lift"), "level": st.integers(1, 3), "hard": st.booleans()}
    )
    areas = [
        area(
            name,
            places=draw(st.integers(1, 2)),
            hours_week=draw(st.sampled_from([None, 4, 10, 16])),
            closed=draw(some) if draw(st.booleans()) else [],
            must_cover=draw(st.dictionaries(st.sampled_from(halves), st.just(1), max_size=1)),
            requirements=draw(st.lists(ask, max_size=2)),
        )
        for name in names
    ]
    several = [
        person(
            f"p{n}",
            need=draw(st.integers(1, 3)),
            target_slots=draw(st.integers(1, slots)),
            available=halves if draw(st.booleans()) else draw(some),
            abilities={"lift": draw(level)},
            goal_area=draw(st.sampled_from([None, *names])),
            wishes=draw(st.lists(st.sampled_from(names), unique=True)),
            last_week=draw(st.dictionaries(st.sampled_from(halves), st.sampled_from(names))),
        )
        for n in range(people)
    ]
    pairs = [["p0", "p1"]] if draw(st.booleans()) else []
    led = [{"id": "h", "team": "t", "capacity": draw(st.integers(2, 7)), "absent": []}]
    return week(several, areas, slots=halves, apart=pairs, supervisors=led)


def every_plan(data: dict[str, Any]) -> list[dict[str, dict[str, str]]]:
    """All ways to give each person an area or none in each half day."""
    names = [None, *(one["id"] for one in data["areas"])]
    weeks = [
        {slot: name for slot, name in zip(data["slots"], chosen, strict=True) if name}
        for chosen in product(names, repeat=len(data["slots"]))
    ]
    people = [one["id"] for one in data["people"]]
    return [dict(zip(people, way, strict=True)) for way in product(weeks, repeat=len(people))]
