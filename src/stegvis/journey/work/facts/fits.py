"""What fits: what tasks ask beside what is known of somebody, and which limits speak against.

Of the body nothing enters here but limits agreed with the person: what they rate of it is theirs
and their case worker's, and must not be read off a list of tasks (N-15). Levels: 0 (not now) to 4.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from stegvis.core.matching.fits import (
    Evidence,
    Fit,
    Limit,
    Requirement,
    State,
    Verdict,
    against,
    fit,
    in_order,
)
from stegvis.journey.abilities.facts import known_marks
from stegvis.journey.work.models import AreaChoice, FunctionLimit
from stegvis.journey.workplaces.facts import Asked, asked_of
from stegvis.journey.workplaces.models import Task, WorkArea

type Marks = Mapping[str, Sequence[tuple[str, int, dt.date]]]
"""By ability: what kind of evidence, which level, which day."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person that work may ask after."""

    marks: dict[str, list[tuple[str, int, dt.date]]] = field(default_factory=dict)
    agreed: list[FunctionLimit] = field(default_factory=list)

    @property
    def limits(self) -> list[Limit]:
        return [Limit(row.function, row.at_most) for row in self.agreed]

    def of(self, asked: Iterable[Asked]) -> list[Evidence]:
        """The marks of the abilities that answer what is asked."""
        return [
            Evidence(one.function, kind, level, on)
            for one in asked
            for ability in one.abilities
            for kind, level, on in self.marks.get(ability, ())
        ]


def known_of(enrolments: Collection[uuid.UUID], *, on: dt.date) -> dict[uuid.UUID, Known]:
    """Of each: the latest that was seen and said of every ability, and the limits that hold. Two
    queries, however many they are."""
    found = {one: Known() for one in enrolments}
    for key, code, kind, level, day in known_marks(enrolments, on=on):
        found[key].marks.setdefault(code, []).append((kind, level, day))
    for row in _limits(enrolments, on=on):
        found[row.enrolment_id].agreed.append(row)
    return found


def _limits(enrolments: Collection[uuid.UUID], *, on: dt.date) -> Iterable[FunctionLimit]:
    rows = FunctionLimit.objects.filter(enrolment__in=enrolments, since__lte=on)
    return rows.exclude(until__lte=on).select_related("by").order_by("function", "id")


def limits_of(
    enrolments: Collection[uuid.UUID], on: dt.date
) -> Mapping[uuid.UUID, Sequence[Limit]]:
    """What was agreed with each that work is not to ask, for the rooms before this one."""
    found: dict[uuid.UUID, list[Limit]] = {}
    for row in _limits(enrolments, on=on):
        found.setdefault(row.enrolment_id, []).append(Limit(row.function, row.at_most))
    return found


@dataclass(frozen=True, slots=True)
class TaskFit:
    """One task beside one person. `against`: the limits that speak against it; they make it "not
    now" whatever was seen. `names`: of the functions, by code. `later`: its first step if the
    person has not come so far."""

    task: Task
    verdict: Verdict
    fit: Fit
    against: tuple[Limit, ...]
    names: Mapping[str, str]
    later: int | None = None


def task_fit(
    task: Task, asked: Sequence[Asked], known: Known, *, on: dt.date, step: int | None = None
) -> TaskFit:
    asks = [_requirement(one) for one in asked]
    limits = against(asks, known.limits)
    made = fit(asks, known.of(asked), on=on)
    names = {one.function: one.name for one in asked}
    later = task.min_step if step and task.min_step and task.min_step > step else None
    return TaskFit(task, Verdict.NOT_NOW if limits else made.verdict, made, limits, names, later)


def _requirement(one: Asked) -> Requirement:
    return Requirement(one.function, one.level, one.hard, Decimal(one.weight), one.why)


def tasks_in(unit: uuid.UUID, *, on: dt.date, enrolment: uuid.UUID | None = None) -> list[Task]:
    """The tasks in use of a unit, or of all where it has none of its own; each with what this
    person last said of its area (`said`). One query."""
    said = AreaChoice.objects.filter(enrolment=enrolment, area=OuterRef("area"))
    rows = Task.tasks.standing(on).exclude(workplace__closed_on__lte=on)
    rows = rows.exclude(area__until__lte=on)
    latest = said.order_by("-on", "-created_at", "-id").values("what")[:1]
    rows = rows.annotate(said=Subquery(latest)).select_related("area", "workplace")
    every = list(rows.order_by("group", "name", "id"))
    return [one for one in every if one.workplace.unit_id == unit] or every


def what_fits(
    known: Known, tasks: Sequence[Task], *, on: dt.date, step: int | None
) -> list[TaskFit]:
    """Every task beside one person, those of the areas they chose first, then by how it fits.
    `step`: the number of the step they are on. Two queries."""
    asked = asked_of(one.pk for one in tasks)
    made = {
        str(one.pk): task_fit(one, asked.get(one.pk, ()), known, on=on, step=step) for one in tasks
    }
    chosen = AreaChoice.What.CHOSEN
    wanted = frozenset(k for k, one in made.items() if vars(one.task).get("said") == chosen)
    return [made[key] for key in in_order({k: one.fit for k, one in made.items()}, wanted=wanted)]


@dataclass(frozen=True, slots=True)
class Against:
    """A function of which work asks more than there is. `at_most`: as agreed or as seen; `tasks`:
    those that ask it."""

    function: str
    name: str
    asks: int
    at_most: int
    agreed: bool
    tasks: tuple[str, ...]


def speaks_against(
    enrolment: uuid.UUID,
    *,
    on: dt.date,
    area: WorkArea | None = None,
    tasks: Sequence[Task] = (),
) -> tuple[Against, ...]:
    """Known limits that speak against giving these tasks, or the area with all of its tasks: what
    was agreed, and what must be there before and was seen not to be. Something to talk about, never
    a bar (KN-99). No query where nothing is named, else five at most."""
    if not tasks and area is not None:
        tasks = list(Task.tasks.standing(on).filter(area=area.pk).order_by("name", "id"))
    if not tasks:
        return ()
    known = known_of([enrolment], on=on)[enrolment]
    asked = asked_of(task.pk for task in tasks)
    found: dict[str, Against] = {}
    for task in tasks:
        for one in _against(task_fit(task, asked.get(task.pk, ()), known, on=on)):
            held = found.get(one.function)
            found[one.function] = _both(held, one) if held else one
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def _against(made: TaskFit) -> Iterable[Against]:
    """The limits, then the hard requirements that fall short, each function once."""
    asks = {one.requirement.function: 0 for one in made.fit.terms}
    for one in made.fit.terms:
        asks[one.requirement.function] = max(asks[one.requirement.function], one.requirement.level)
    most = {one.function: (one.at_most, True) for one in made.against}
    for one in made.fit.of(State.SHORT, hard=True):
        if one.evidence is not None:
            most.setdefault(one.requirement.function, (one.evidence.level, False))
    for code, (at_most, agreed) in most.items():
        yield Against(code, made.names[code], asks[code], at_most, agreed, (made.task.name,))


def _both(one: Against, other: Against) -> Against:
    return Against(
        one.function, one.name, max(one.asks, other.asks), min(one.at_most, other.at_most),
        one.agreed or other.agreed, (*one.tasks, *other.tasks),
    )  # fmt: skip
