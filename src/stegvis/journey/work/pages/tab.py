"""Somebody's work on one page: when they come, what they have tried, what trains the language."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.core.values.periods import add_months
from stegvis.journey.abilities.facts import model_of
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.words import LANGUAGE_NEEDS
from stegvis.journey.work.facts import Tried, language_left, other_owners, task_names, tried
from stegvis.journey.work.models import (
    LanguageExercise,
    WorkAssignment,
    WorkingDay,
    WorkingTime,
)
from stegvis.journey.work.pages.finding import READERS, WORKERS, about, latest
from stegvis.journey.work.words import CAN, LIKED, SCOPES, SIGNS, WEEKDAYS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen

DAY = dt.timedelta(days=1)


@page(*READERS, shows=FieldClass.WORK, person="person")
@require_safe
def work(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    enrolment = latest(person, visit)
    model = model_of(enrolment)
    on = visit.scope.on
    names = task_names(model)
    context = about(enrolment) | {
        "hours": _hours(enrolment, on),
        "weekdays": WEEKDAYS.values(),
        "given": _given(enrolment, on),
        "decides": enrolment.until is None and visit.actor.holds(Role.CASE_WORKER),
        "tried": [_tried(one) for one in tried(enrolment, model)],
        "need": _need(enrolment),
        "exercises": _exercises(enrolment, names),
        "writes": enrolment.until is None and visit.actor.holds(*WORKERS),
    }
    return render(request, "work/work.html", context)


@dataclass(frozen=True, slots=True)
class _Hours:
    """One set of hours. `days` has a place for each weekday, empty on a day off."""

    since: dt.date
    until: dt.date | None
    when: str  # now, later, before
    minutes: int
    days: tuple[Any, ...]

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)

    @property
    def last(self) -> dt.date | None:
        return self.until - dt.timedelta(days=1) if self.until else None


def _hours(enrolment: Enrolment, on: dt.date) -> list[_Hours]:
    """Now, then what comes, then what was. One query."""
    rows = WorkingDay.objects.filter(time__enrolment=enrolment, time__struck_on__isnull=True)
    sets: dict[WorkingTime, dict[int, WorkingDay]] = {}
    for day in rows.select_related("time").order_by("-time__since", "weekday"):
        sets.setdefault(day.time, {})[day.weekday] = day
    made = []
    for row, days in sets.items():
        when = "later" if row.since > on else "before" if row.until and row.until <= on else "now"
        place = tuple(days.get(number) for number in WEEKDAYS)
        made.append(_Hours(row.since, row.until, when, row.minutes, place))
    return sorted(made, key=lambda one: ("now", "later", "before").index(one.when))


def _given(enrolment: Enrolment, on: dt.date) -> list[dict[str, Any]]:
    """The work somebody has, and whether its last day nears, has passed, or others own the same
    area. Two queries."""
    rows = WorkAssignment.assignments.filter(enrolment=enrolment)
    rows = rows.select_related("area", "description").annotate(
        names=ArrayAgg("tasks__task__name", filter=Q(tasks__isnull=False), default=Value([]))
    )
    given = list(rows.order_by("-since", "-id"))
    others = other_owners([row for row in given if row.until is None or row.until > on])
    seen([one.person_id for found in others.values() for one in found])
    return [_work(row, others.get(row.pk, []), on) for row in given]


def _work(row: Any, others: list[WorkAssignment], on: dt.date) -> dict[str, Any]:
    asked = row.ends and row.until is None and on >= add_months(row.ends + DAY, -1)
    return {
        "row": row,
        "tasks": sorted(row.names),
        "over": row.until is not None and row.until <= on,
        "late": bool(asked and row.ends < on),
        "soon": bool(asked),
        "others": [one.person.name for one in others],
        "scope": SCOPES[row.scope],
    }


def _tried(one: Tried) -> dict[str, Any]:
    return {
        "name": one.name,
        "trials": [
            {
                "row": row,
                "can": CAN[row.can_do],
                "kind": SIGNS[row.can_do][0],
                "icon": SIGNS[row.can_do][1],
                "liked": LIKED.get(row.liked, ""),
            }
            for row in one.trials
        ],
    }


def _need(enrolment: Enrolment) -> dict[str, Any] | None:
    """What was said last of the need. No query: it came with the enrolment."""
    said = vars(enrolment)
    if said["need"] is None:
        return None
    return {"words": LANGUAGE_NEEDS[said["need"]], "need": said["need"], "on": said["need_on"]}


def _exercises(enrolment: Enrolment, names: dict[str, str]) -> list[tuple[LanguageExercise, str]]:
    rows = LanguageExercise.objects.filter(enrolment=enrolment, until__isnull=True)
    return [(row, names.get(row.task, row.task)) for row in rows.order_by("since", "id")]


@page(Role.CASE_WORKER, Role.WORK_SUPERVISOR, shows=FieldClass.PLAN)
@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Those who need to train the language and have nothing planned to train it by (AJ-46)."""
    visit = visit_of(request)
    rows = list(language_left(visit.actor, on=visit.scope.on).order_by("person__sort_key", "id"))
    seen([row.person_id for row in rows], shows=FieldClass.PLAN)
    people = [
        {"name": row.person.name, "key": row.person_id, "need": LANGUAGE_NEEDS[row.need]}
        for row in rows
    ]
    return render(request, "work/language.html", {"people": people})
