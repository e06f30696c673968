"""Three weeks planned half day by half day, of those who work at an area of their unit."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, Row

WEEKS = (-1, 0, 1)  # the last, this one and the next, which is not shown yet
MOST = 30  # people of a unit who have a week
HALVES = (("am", dt.time(12), dt.time.min), ("pm", dt.time.max, dt.time(12)))
DAYS = 5


def week(made: Plan, going: Sequence[Case]) -> None:
    monday = made.today - dt.timedelta(days=made.today.weekday())
    homes = {row["id"]: row.get("unit_id") for row in made.of("accounts.Member")}
    found = _areas(made)
    for unit, areas in found.items():
        cases = [case for case in going if _works_in(case, homes) == unit][:MOST]
        for case in cases:
            own, other = made.rng.choice(areas), made.rng.choice(areas)
            for n in WEEKS:
                _week(made, case, (own, other), unit, monday + dt.timedelta(weeks=n))
        if cases:
            _shown(made, unit, cases, monday)
            _leads(made, areas)


def _works_in(case: Case, homes: dict[uuid.UUID, uuid.UUID | None]) -> uuid.UUID | None:
    """Where whoever supervises them works; else where they are enrolled."""
    for row in case.of("intake.Assignment"):
        if row["part"] == "work_supervisor" and row.get("until") is None:
            return homes.get(row["member_id"])
    unit: uuid.UUID = case.enrolment["unit_id"]
    return unit


def _areas(made: Plan) -> dict[uuid.UUID, list[Row]]:
    """Areas by unit: of each unit those of its first workplace that has any."""
    units = {row["id"]: row["unit_id"] for row in made.of("workplaces.Workplace")}
    found: dict[uuid.UUID, list[Row]] = {}
    for row in made.of("workplaces.WorkArea"):
        found.setdefault(units[row["workplace_id"]], []).append(row)
    return found


def _week(made: Plan, case: Case, areas: tuple[Row, Row], unit: uuid.UUID, monday: dt.date) -> None:
    if monday < case.enrolment["since"]:
        return
    for row in case.of("work.WorkingDay")[:DAYS]:
        day = monday + dt.timedelta(days=row["weekday"] - 1)
        for half, until, since in HALVES:
            if row["start"] < until and row["end"] > since and made.some(0.85):
                area = areas[1] if made.some(0.2) else areas[0]
                case.dated(
                    "week.Slot",
                    min(made.today, monday - dt.timedelta(days=4)),
                    unit_id=unit,
                    day=day,
                    half=half,
                    area_id=area["id"],
                    trying=area is areas[1] and made.some(0.3),
                    planned_by="staff",
                    by_id=case.worker,
                )


def _shown(made: Plan, unit: uuid.UUID, cases: Sequence[Case], monday: dt.date) -> None:
    for n in WEEKS[:2]:
        first = monday + dt.timedelta(weeks=n)
        on = first - dt.timedelta(days=3)
        made.add("week.Published", on, unit_id=unit, monday=first, by_id=cases[0].worker)


def _leads(made: Plan, areas: Sequence[Row]) -> None:
    held = [row for row in made.of("accounts.Grant") if row["role"] == "work_supervisor"]
    members = list(dict.fromkeys(row["member_id"] for row in held))
    for turn, area in enumerate(areas):
        if members:
            who = members[turn % len(members)]
            made.add("week.Lead", made.today, area_id=area["id"], member_id=who, capacity=12)
