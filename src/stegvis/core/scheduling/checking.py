"""A second reading of the rules of `week_plan_v1`, from the file's own data and nothing else.

It shares no code with the planner, so that a mistake there is not repeated here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

type Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule`: its code; `says`: one sentence with the person, half day and area it is about."""

    rule: str
    says: str


def check(data: Data, plan: Mapping[str, Mapping[str, str]]) -> list[Violation]:
    """Every rule the plan breaks, in the order of the rules. `data`: a valid week_plan file."""
    unreadable = list(_named(data, plan))
    return unreadable or [
        *_single(data, plan),
        *_together(data, plan),
        *_covered(data, plan),
        *_supported(data, plan),
        *_apart(data, plan),
        *_shares(data, plan),
    ]


def _by_id(rows: list[Data]) -> dict[str, Data]:
    return {row["id"]: row for row in rows}


def _named(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    people, areas = _by_id(data["people"]), _by_id(data["areas"])
    for who, entries in plan.items():
        if who not in people:
            yield Violation("unknown", f"There is no person {who} in the week.")
        for slot, area in entries.items():
            if slot not in data["slots"]:
                yield Violation("unknown", f"{who}: {slot} is none of the week's half days.")
            if area not in areas:
                yield Violation("unknown", f"{who}, {slot}: there is no area {area}.")


def _single(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    people, areas = _by_id(data["people"]), _by_id(data["areas"])
    for who, entries in plan.items():
        person = people[who]
        for slot, name in entries.items():
            area, here = areas[name], f"{who}, {slot}, {name}"
            if slot not in person["available"]:
                yield Violation("available", f"{here}: the person is not there that half day.")
            if any(one["slot"] == slot for one in person["fixed"]):
                yield Violation("fixed", f"{here}: the person has an appointment.")
            if area["site"] not in person["sites"]:
                yield Violation("site", f"{here}: the area's site is none of the person's.")
            if slot in area["closed"]:
                yield Violation("closed", f"{here}: the area is closed.")
            for asked in area["requirements"]:
                level = person["abilities"].get(asked["ability"])
                if asked["hard"] and level is not None and level < asked["level"]:
                    ability = asked["ability"]
                    said = f"{ability} {level} is below the {asked['level']} that must be"
                    yield Violation("requirement", f"{here}: {said}.")


def _together(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    heads: dict[tuple[str, str], int] = defaultdict(int)
    for entries in plan.values():
        for slot, name in entries.items():
            heads[name, slot] += 1
    for area in data["areas"]:
        total = 0
        for slot in data["slots"]:
            count = heads[area["id"], slot]
            total += count
            if count > area["places"]:
                said = f"{count} people, and {area['places']} places"
                yield Violation("places", f"{area['id']}, {slot}: {said}.")
        hours = data["slot_hours"] * total
        if area["hours_week"] is not None and hours > area["hours_week"]:
            said = f"{hours:g} hours planned, and {area['hours_week']:g} in the week"
            yield Violation("hours", f"{area['id']}: {said}.")


def _covered(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    for area in data["areas"]:
        for slot, least in area["must_cover"].items():
            count = sum(1 for entries in plan.values() if entries.get(slot) == area["id"])
            if count < least:
                said = f"{count} people, and at least {least} must be there"
                yield Violation("must_cover", f"{area['id']}, {slot}: {said}.")


def _supported(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    people, areas = _by_id(data["people"]), _by_id(data["areas"])
    points: dict[tuple[str, str], int] = defaultdict(int)
    for who, entries in plan.items():
        for slot, name in entries.items():
            untried = [
                one
                for one in areas[name]["requirements"]
                if one["hard"] and people[who]["abilities"].get(one["ability"]) is None
            ]
            points[areas[name]["team"], slot] += people[who]["need"] + (1 if untried else 0)
    for (team, slot), used in points.items():
        there = 0
        for one in data["supervisors"]:
            if one["team"] == team and slot not in one["absent"]:
                there += one["capacity"]
        if used > there:
            said = f"{used} support points needed, and {there} there"
            yield Violation("support", f"{team}, {slot}: {said}.")


def _apart(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    for one, other in data["apart"]:
        for slot, name in plan.get(one, {}).items():
            if plan.get(other, {}).get(slot) == name:
                yield Violation("apart", f"{one} and {other}, {slot}, {name}: never together.")


def _shares(data: Data, plan: Mapping[str, Mapping[str, str]]) -> Iterator[Violation]:
    for person in data["people"]:
        count, most = len(plan.get(person["id"], {})), person["target_slots"]
        if count < 1:
            yield Violation("at_least_one", f"{person['id']}: no half day in the week.")
        if count > most:
            yield Violation("target", f"{person['id']}: {count} half days, and at most {most}.")


def objective(data: Data, plan: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """The four figures of the plan, and those of what the week aims at beyond them, counted anew.
    Names the week does not have count nothing."""
    areas = _by_id(data["areas"])
    short = points = changes = below = 0
    for person in data["people"]:
        entries = plan.get(person["id"], {})
        short += person["target_slots"] - len(entries)
        for name in entries.values():
            if name == person["goal_area"]:
                points += 3
            elif name in person["wishes"]:
                points += 1
            asked = areas[name]["requirements"] if name in areas else []
            below += sum(_below(person, one) for one in asked if not one["hard"])
        for slot, name in person["last_week"].items():
            if entries.get(slot) != name and _may(person, areas[name], slot):
                changes += 1
    return {
        "shortfall": short,
        "wish_points": points,
        "changes": changes,
        "soft_gap": below,
        **{name: _BEYOND[name](data, plan) for name in data.get("further", ())},
    }


def _variety(_data: Data, plan: Mapping[str, Mapping[str, str]]) -> int:
    return sum(len(set(entries.values())) for entries in plan.values())


def _even_load(data: Data, plan: Mapping[str, Mapping[str, str]]) -> int:
    busiest = dict.fromkeys((area["team"] for area in data["areas"]), 0)
    for slot in data["slots"]:
        now = dict.fromkeys(busiest, 0)
        for person in data["people"]:
            name = plan.get(person["id"], {}).get(slot)
            for area in data["areas"]:
                if area["id"] == name:
                    asked = [one["ability"] for one in area["requirements"] if one["hard"]]
                    untried = any(person["abilities"].get(one) is None for one in asked)
                    now[area["team"]] += person["need"] + untried
        busiest = {team: max(points, now[team]) for team, points in busiest.items()}
    return sum(busiest.values())


_BEYOND = {"variety": _variety, "even_load": _even_load}


def _below(person: Data, asked: Data) -> int:
    level = person["abilities"].get(asked["ability"])
    return 0 if level is None else max(0, asked["level"] - level)


def _may(person: Data, area: Data, slot: str) -> bool:
    """Whether the person's entry of last week is still allowed."""
    taken = [one["slot"] for one in person["fixed"]]
    if slot not in person["available"] or slot in taken or slot in area["closed"]:
        return False
    hard = [one for one in area["requirements"] if one["hard"]]
    return area["site"] in person["sites"] and all(_below(person, one) == 0 for one in hard)
