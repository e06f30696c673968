"""What work asks and what is known of people, as a planner weighs it.

Only what was seen at work counts here, and what is not known forbids nothing. Sex, name and age
are no part of it (INV-28).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from stegvis.core.matching.fits import STALE
from stegvis.core.scheduling.instance import Requirement
from stegvis.core.values.driving import may_drive
from stegvis.journey.abilities.models import Observation
from stegvis.journey.mapping.facts import licences
from stegvis.journey.standing.models import Pause
from stegvis.journey.work.models import AreaChoice, AssignedTask, WorkAssignment
from stegvis.journey.workplaces.facts import Asked, analyses_in_force, requirements
from stegvis.journey.workplaces.models import Function, Task

LEVELS = {"works": 4, "with_support": 2, "not_now": 0}  # on the scale of function (ours)

type Levels = dict[uuid.UUID, dict[str, int | None]]


def asked(areas: Collection[uuid.UUID], on: dt.date) -> dict[uuid.UUID, tuple[Requirement, ...]]:
    """What every task of an area asks, at the least: whoever can do one task of it may be there. A
    task nobody has taken apart asks nothing that is known. Five queries."""
    tasks: dict[uuid.UUID, list[uuid.UUID]] = {}
    rows = Task.tasks.standing(on).filter(area__in=areas).order_by("id")
    for area, task in rows.values_list("area", "pk"):
        tasks.setdefault(area, []).append(task)
    newest = analyses_in_force(task for of in tasks.values() for task in of)
    found = requirements([one.pk for one in newest.values()])
    return {
        area: _by_all([found.get(newest[task].pk, ()) if task in newest else () for task in of])
        for area, of in tasks.items()
    }


def _by_all(tasks: list[tuple[Asked, ...]]) -> tuple[Requirement, ...]:
    each = [_of_task(one) for one in tasks]
    common = set.intersection(*(set(one) for one in each)) if each else set()
    return tuple(
        Requirement(
            code,
            min(one[code][0] for one in each),
            hard=all(one[code][1] for one in each),
        )
        for code in sorted(common)
    )


def _of_task(asks: Iterable[Asked]) -> dict[str, tuple[int, bool]]:
    """By function the highest level of its steps, and whether it must be there before."""
    made: dict[str, tuple[int, bool]] = {}
    for one in asks:
        level, hard = made.get(one.function, (0, False))
        made[one.function] = (max(level, one.level), hard or one.hard)
    return made


def levels(persons: Collection[uuid.UUID], on: dt.date) -> Levels:
    """The latest that was seen of each function, unless it is too old. Two queries."""
    functions = {row.code: list(row.abilities) for row in Function.objects.order_by("id")}
    of: dict[str, list[str]] = {}
    for code, abilities in functions.items():
        for ability in abilities:
            of.setdefault(ability, []).append(code)
    found: Levels = {}
    rows = Observation.observations.filter(
        person__in=persons,
        ability__in=list(of),
        struck_on__isnull=True,
        on__gte=on - dt.timedelta(days=STALE),
        on__lte=on,
    )
    for row in rows.order_by("on", "created_at", "id"):
        for code in of[row.ability]:
            found.setdefault(row.person_id, {})[code] = LEVELS[row.seen]
    return found


def driving(licence: str) -> tuple[Requirement, ...]:
    """What an area where one drives asks beside its tasks; "" asks nothing (KN-51)."""
    return (Requirement(f"licence {licence}", 1, hard=True),) if licence else ()


def drives(
    persons: Collection[uuid.UUID], classes: Collection[str], last: dt.date
) -> dict[uuid.UUID, dict[str, int | None]]:
    """Of each, for every class of licence asked, whether they may drive it until the `last` day.
    Here what nobody has seen forbids. One query where a class is asked."""
    held = licences(persons) if classes else {}
    return {
        person: {
            one.ability: int(may_drive(held.get(person, []), code, last))
            for code in classes
            for one in driving(code)
        }
        for person in persons
    }


def work_of(
    persons: Collection[uuid.UUID], on: dt.date
) -> tuple[dict[uuid.UUID, str], Mapping[uuid.UUID, set[str]]]:
    """The area each has been given, the latest; and those they have chosen, or have tasks of. Three
    queries."""
    given: dict[uuid.UUID, str] = {}
    rows = WorkAssignment.assignments.held(on).filter(person__in=persons, area__isnull=False)
    for person, area in rows.order_by("since", "id").values_list("person", "area"):
        given[person] = str(area)
    wished: dict[uuid.UUID, set[str]] = {}
    tasks = AssignedTask.objects.filter(
        Q(assignment__until__isnull=True) | Q(assignment__until__gt=on),
        assignment__since__lte=on,
        person__in=persons,
        task__area__isnull=False,
    )
    for person, area in tasks.order_by("id").values_list("person", "task__area"):
        wished.setdefault(person, set()).add(str(area))
    choices = AreaChoice.objects.filter(person__in=persons)
    latest = choices.order_by("person_id", "area_id", "-on", "-created_at", "-id")
    for row in latest.distinct("person_id", "area_id"):
        if row.what == AreaChoice.What.CHOSEN:
            wished.setdefault(row.person_id, set()).add(str(row.area_id))
    return given, wished


def pauses(
    persons: Collection[uuid.UUID], monday: dt.date
) -> dict[uuid.UUID, list[tuple[dt.date, dt.date]]]:
    """Breaks of the road that touch the week, half-open. One query."""
    found: dict[uuid.UUID, list[tuple[dt.date, dt.date]]] = {}
    rows = Pause.objects.filter(
        Q(until__isnull=True) | Q(until__gt=monday),
        person__in=persons,
        since__lt=monday + dt.timedelta(days=5),
    )
    for row in rows.order_by("since", "id"):
        found.setdefault(row.person_id, []).append((row.since, row.until or dt.date.max))
    return found
