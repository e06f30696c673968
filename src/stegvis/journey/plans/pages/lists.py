"""Who has no plan yet, and what waits for others: one's own people, or the unit's (KN-124)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.plans import facts
from stegvis.journey.plans.models import ParallelMeasure
from stegvis.journey.plans.words import MEASURE_STATES
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen

PAGE = 50


@page(Role.CASE_WORKER, Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    rows = facts.with_plan(_enrolments(visit))
    held = Assignment.assignments.held(visit.scope.on).filter(
        enrolment=OuterRef("pk"), part=Assignment.Part.CASE_WORKER
    )
    lacking = rows.filter(has_plan=False).annotate(
        worker=Subquery(held.order_by("-since").values("member__name")[:1])
    )
    found = lacking.select_related("person").order_by("since", "id")
    part = Paginator(found, PAGE).get_page(request.GET.get("page"))
    waiting = _waiting(visit)
    left = _left(visit)
    persons = [row.person_id for row in part.object_list]
    also = [*(one["row"].person_id for one in waiting), *(one["person"] for one in left)]
    seen([*persons, *also], shows=FieldClass.PLAN)
    context = {
        "page": part,
        "page_query": "",
        "of": rows.count(),
        "rows": [_row(row, visit.scope.on) for row in part.object_list],
        "waiting": waiting,
        "left": left,
    }
    return render(request, "plans/plans.html", context)


def _enrolments(visit: Visit) -> Any:
    """Whoever manages a unit sees the unit's, others their own people: as on the long list."""
    on = visit.scope.on
    rows = Enrolment.enrolments.visible_to(visit.actor, on).open()
    if visit.actor.holds(Role.UNIT_MANAGER):
        return rows
    held = Assignment.assignments.held(on).filter(member=visit.actor.member)
    return rows.filter(pk__in=held.filter(part=Assignment.Part.CASE_WORKER).values("enrolment"))


def _row(row: Any, on: dt.date) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "person": row.person_id,
        "since": row.since,
        "days": (on - row.since).days,
        "draft": row.draft_begun,
        "worker": row.worker or "",
    }


def _left(visit: Visit) -> list[dict[str, Any]]:
    """People with goals that nobody has looked at in two rounds, the longest waiting first
    (AJ-48)."""
    rows = _enrolments(visit)
    found: dict[Any, dict[str, Any]] = {}
    for one in facts.forgotten_goals(rows.values("pk"), on=visit.scope.on):
        row: dict[str, Any] = {
            "since": one.reviewed_on or one.set_on,
            "looked": one.reviewed_on,
            "goals": [],
        }
        found.setdefault(one.goal.enrolment_id, row)["goals"].append(one.goal.text)
    shown = list(found)[:PAGE]
    people = {row.pk: row.person for row in rows.filter(pk__in=shown).select_related("person")}
    return [
        {**found[key], "person": people[key].pk, "name": people[key].name}
        for key in shown
        if key in people
    ]


def _waiting(visit: Visit) -> list[dict[str, Any]]:
    """Asked of another actor without an answer, or seen to be needed and not yet asked (KN-33).
    Names of measures that tell of health are for the case worker alone, and so is the row."""
    may = reached(visit.actor, FieldClass.SENSITIVE, on=visit.scope.on, column="person_id")
    rows = ParallelMeasure.measures.filter(may, enrolment__in=_enrolments(visit).values("pk"))
    found = (rows.unanswered() | rows.to_ask()).select_related("person")
    ordered = found.order_by("requested_on", "created_at", "id")[:PAGE]
    return [{"row": row, "state": MEASURE_STATES[row.state]} for row in ordered]
