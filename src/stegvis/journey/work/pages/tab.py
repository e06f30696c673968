"""Somebody's work on one page: when they come, what they have tried, what trains the language."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.abilities.facts import model_of
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.models import LanguageNeed
from stegvis.journey.mapping.words import LANGUAGE_NEEDS
from stegvis.journey.work.facts import Tried, language_left, task_names, tried
from stegvis.journey.work.models import LanguageExercise, WorkingTime
from stegvis.journey.work.pages.finding import READERS, WORKERS, about, latest
from stegvis.journey.work.words import CAN, LIKED, SIGNS, WEEKDAYS
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen


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
    """Now, then what comes, then what was. Two queries."""
    rows = WorkingTime.times.standing().filter(enrolment=enrolment).prefetch_related("days")
    made = []
    for row in rows.order_by("-since"):
        days = {day.weekday: day for day in row.days.all()}
        when = "later" if row.since > on else "before" if row.until and row.until <= on else "now"
        place = tuple(days.get(number) for number in WEEKDAYS)
        made.append(_Hours(row.since, row.until, when, row.minutes, place))
    return sorted(made, key=lambda one: ("now", "later", "before").index(one.when))


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
    """What was said last of the need. One query."""
    row = LanguageNeed.objects.filter(enrolment=enrolment).order_by("-on", "-created_at").first()
    return {"words": LANGUAGE_NEEDS[row.need], "need": row.need, "on": row.on} if row else None


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
