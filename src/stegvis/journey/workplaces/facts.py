"""What later rooms ask of the work: areas, tasks, what they require, what is lacking."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from stegvis.core.values.rest import Span
from stegvis.journey.workplaces.models import (
    BreakTime,
    Function,
    Idea,
    JobDescription,
    Requirement,
    Service,
    Task,
    WorkAnalysis,
    WorkArea,
    Workplace,
)
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.accounts.models import Role

EDITORS = (Role.UNIT_MANAGER, Role.WORK_SUPERVISOR)


def edits(actor: Actor, unit: uuid.UUID) -> bool:
    """Whether what belongs to the unit is theirs to change."""
    units = actor.units(*EDITORS)
    return None in units or unit in units


def rests_of(unit: Any) -> Any:
    """The breaks of a unit that are no work, as one column: `unit` is an OuterRef."""
    rows = BreakTime.objects.filter(unit=unit, counted=False).order_by("start", "id")
    return ArraySubquery(rows.values(span=JSONObject(start="start", end="end")))


def spans(said: Iterable[dict[str, str]] | None) -> list[Span]:
    """That column as times."""
    read = dt.time.fromisoformat
    return [(read(one["start"]), read(one["end"])) for one in said or ()]


def rests(unit: uuid.UUID) -> list[Span]:
    rows = BreakTime.objects.filter(unit=unit, counted=False).order_by("start", "id")
    return list(rows.values_list("start", "end"))


@dataclass(frozen=True, slots=True)
class Capacity:
    """Hours a week of those areas that say how many, and how many do not: never one sum (INV-21).
    `hours` is None when no area says."""

    hours: Decimal | None
    known: int
    unknown: int


def capacity(areas: Iterable[WorkArea]) -> Capacity:
    """Of these areas, summed over what is known alone."""
    every = [area.hours_week for area in areas]
    known = [hours for hours in every if hours is not None]
    total = sum(known, Decimal(0)) if known else None
    return Capacity(total, len(known), len(every) - len(known))


def workplaces(*, on: dt.date) -> list[Workplace]:
    rows = Workplace.objects.exclude(closed_on__lte=on).select_related("unit", "kind")
    return list(rows.order_by("unit__name", "name", "id"))


def areas_of(unit: uuid.UUID | None, *, on: dt.date) -> list[WorkArea]:
    """The areas in use of a unit, or (None) of every unit."""
    rows = WorkArea.areas.standing(on).exclude(workplace__closed_on__lte=on)
    rows = rows.exclude(since__gt=on)
    if unit is not None:
        rows = rows.filter(workplace__unit=unit)
    described = JobDescription.objects.filter(area=OuterRef("pk"))
    rows = rows.annotate(described=Exists(described)).select_related("workplace__unit")
    return list(rows.order_by("workplace__name", "name", "id"))


def areas_offered(unit: uuid.UUID, *, on: dt.date) -> list[WorkArea]:
    """What those enrolled in a unit are shown and offered: its areas; where it has none of its own,
    those of the whole municipality. One query."""
    every = areas_of(None, on=on)
    return [one for one in every if one.workplace.unit_id == unit] or every


def tasks_of(area: uuid.UUID, *, on: dt.date) -> list[Task]:
    """The tasks of an area that are in use."""
    return list(Task.tasks.standing(on).filter(area=area).order_by("group", "name", "id"))


def catalogue(*, on: dt.date) -> QuerySet[Task]:
    """Every task in use, with `described` and `analysed`: whether there is a version of each."""
    described = JobDescription.objects.filter(task=OuterRef("pk"))
    by_area = JobDescription.objects.filter(area=OuterRef("area"))
    analyses = WorkAnalysis.objects.filter(task=OuterRef("pk"))
    rows: QuerySet[Task] = (
        Task.tasks.standing(on)
        .exclude(workplace__closed_on__lte=on)
        .annotate(
            described=Exists(described) | Exists(by_area),
            analysed=Exists(analyses),
        )
        .select_related("workplace__unit", "area", "symbol")
        .defer("symbol__image")
        .order_by("group", "name", "id")
    )
    return rows


@dataclass(frozen=True, slots=True)
class Asked:
    """What work asks: a function, how far on the scale of function, whether it must be known
    before (`hard`) or is trained there, why, and the abilities whose observations answer it."""

    function: str
    name: str
    level: int
    hard: bool
    why: str
    weight: int
    step: int | None
    abilities: tuple[str, ...] = ()


def analyses_in_force(tasks: Iterable[uuid.UUID]) -> dict[uuid.UUID, WorkAnalysis]:
    """The newest analysis of each task that has one."""
    rows = WorkAnalysis.objects.filter(task__in=list(tasks)).select_related("by", "reviewed_by")
    return {row.task_id: row for row in rows.order_by("number", "id")}


def requirements_of(of: WorkArea | Task, *, on: dt.date) -> dict[uuid.UUID, tuple[Asked, ...]]:
    """What the newest analysis asks, by task: of the one task, or of each of the area's. A task
    nobody has taken apart is not in it: not known is not nothing. Four queries at most."""
    tasks = [of] if isinstance(of, Task) else tasks_of(of.pk, on=on)
    newest = analyses_in_force(task.pk for task in tasks)
    asked = requirements([row.pk for row in newest.values()])
    return {task: asked.get(row.pk, ()) for task, row in newest.items()}


def requirements(analyses: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[Asked, ...]]:
    """By analysis, what must be known first, then what is trained. Two queries."""
    return _asked(Requirement.objects.filter(analysis__in=analyses), "analysis_id")


def asked_of(tasks: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Asked, ...]]:
    """By task, what the newest analysis of each asks. A task nobody has taken apart is not in it,
    nor one of which nobody has said what it asks. Two queries, however many they are."""
    newest = WorkAnalysis.objects.filter(task__in=list(tasks)).order_by("task_id", "-number", "-id")
    rows = Requirement.objects.filter(analysis__in=newest.distinct("task_id").values("pk"))
    return _asked(rows, "task")


def _asked(rows: QuerySet[Requirement], by: str) -> dict[uuid.UUID, tuple[Asked, ...]]:
    functions = {row.code: row for row in Function.objects.order_by("id")}
    found: dict[uuid.UUID, list[Asked]] = {}
    rows = rows.select_related("step").annotate(task=F("analysis__task"))
    for row in rows.order_by("-hard", "function", "id"):
        known = functions.get(row.function)
        one = Asked(
            row.function,
            known.name if known else row.function,
            row.level,
            row.hard,
            row.why,
            row.weight,
            row.step.ordinal if row.step else None,
            tuple(known.abilities) if known else (),
        )
        found.setdefault(getattr(row, by), []).append(one)
    return {key: tuple(asked) for key, asked in found.items()}


def services(*, on: dt.date) -> list[Service]:
    rows = Service.services.standing(on).select_related("unit")
    return list(rows.order_by("needs", "name", "id"))


@dataclass(frozen=True, slots=True)
class Offer:
    """What a referrer is told before they ask: what is not delivered here and what is offered
    instead, what goes together with somebody, and what is offered."""

    not_here: tuple[Service, ...]
    together: tuple[Service, ...]
    here: tuple[Service, ...]


def offer(*, on: dt.date) -> Offer:
    """Of the whole municipality. One query."""
    rows = services(on=on)
    kinds = (Service.Needs.LICENSED, Service.Needs.PARTNER, Service.Needs.NOBODY)
    return Offer(*(tuple(row for row in rows if row.needs == kind) for kind in kinds))


def ideas(actor: Actor, *, on: dt.date) -> list[Idea]:
    """Those that wait, of the people whose own words this actor may read."""
    rows = Idea.objects.filter(reached(actor, FieldClass.VOICE, on=on, column="person"))
    return list(rows.filter(state=Idea.State.PROPOSED).order_by("on", "id"))
