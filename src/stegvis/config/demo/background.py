"""What a unit had on paper when it decided: attendance lists, a mapping, an agreement.

The rooms that keep such things are not built yet. Without them every advice of the past two years
would say that nothing was known; with them it says what it would have said. They are dated facts
like any other, and stand behind stored advice only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from stegvis.core.programme.model import Criterion, Programme
from stegvis.core.progression.events import patterns
from stegvis.core.progression.facts import Fact
from stegvis.core.values.periods import Week

KEPT = frozenset({"assignment", "screening", "category", "exit", "scale_reading"})  # have rows
_ATTENDED_DAYS = 35  # a week more than the window, so that the window is covered
_SATURDAY = 5

type Maker = Callable[[Programme, Criterion, dt.date], list[Fact]]


def kept_elsewhere(programme: Programme, criterion: Criterion, on: dt.date) -> list[Fact]:
    """Facts that meet a criterion read by a computer; none where the rooms keep them already."""
    make = _MAKERS.get(criterion.measure)
    return make(programme, criterion, on) if make else []


def _recorded(programme: Programme, criterion: Criterion, on: dt.date) -> list[Fact]:
    kind, wanted = patterns(str(criterion.needs["fact"]))[0]
    if kind in KEPT:
        return []
    further = {name: value for name, value in criterion.needs.items() if name != "fact"}
    return [Fact(on, kind, {**_first(wanted), **further, **_fields(programme, kind, on)})]


def _answered(programme: Programme, criterion: Criterion, on: dt.date) -> list[Fact]:
    kind = str(criterion.needs["fact"])
    return [Fact(on, kind, _fields(programme, kind, on))]


def _fields(programme: Programme, kind: str, on: dt.date) -> dict[str, Any]:
    """Every field of the kind that some criterion asks to be filled in."""
    asked = [one.needs for one in programme.criteria.values() if one.measure == "answered"]
    fields = [str(needs["field"]) for needs in asked if needs["fact"] == kind]
    return {
        name: on + dt.timedelta(weeks=26) if name == "ends" else "written down" for name in fields
    }


def _first(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value[0] if isinstance(value, tuple) else value for name, value in wanted.items()}


def _attendance(programme: Programme, criterion: Criterion, on: dt.date) -> list[Fact]:
    past = [on - dt.timedelta(days=back) for back in range(_ATTENDED_DAYS, 0, -1)]
    there = {"status": "present", "expected_hours": 4, "attended_hours": 4}
    return [Fact(day, "attendance", there) for day in past if day.weekday() < _SATURDAY]


def _planned(programme: Programme, criterion: Criterion, on: dt.date) -> list[Fact]:
    monday = on - dt.timedelta(days=on.weekday() + 7)
    whole = {"days": 5, "days_planned": 5, "days_done": 5}
    week = {"week": str(Week.of(monday)), "planned_by": "participant"}
    return [Fact(monday + dt.timedelta(days=4), "planned_week", {**week, **whole})]


def _hours(programme: Programme, criterion: Criterion, on: dt.date) -> list[Fact]:
    before = on.replace(day=1) - dt.timedelta(days=1)
    return [Fact(on, "hours", {"month": f"{before:%Y-%m}", "ordinary": 32, "employer": "e1"})]


_MAKERS: Mapping[str, Maker] = {
    "recorded": _recorded,
    "answered": _answered,
    "attendance_share": _attendance,  # lateness is read from the same lists
    "planned_weeks": _planned,
    "ordinary_hours_in_month": _hours,
}
