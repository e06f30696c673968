"""Giving somebody an area or tasks, and deciding what becomes of it when its last day comes."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.journey.abilities.facts import model_of
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.actions import NewEnd, NewWork, decide_work, give_work
from stegvis.journey.work.facts import lacking, other_owners, speaks_against, step_of, tasks_in
from stegvis.journey.work.forms import EndForm, GiveForm
from stegvis.journey.work.models import AssignmentDecision, WorkAssignment
from stegvis.journey.work.pages.finding import WORKERS, about, open_one, written
from stegvis.journey.work.pages.offers import limit_words
from stegvis.journey.work.words import DECISIONS, LACKS
from stegvis.journey.workplaces.facts import areas_offered
from stegvis.journey.workplaces.models import JobDescription
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen


class _Catalogue:
    """What there is to give in the person's unit, and the descriptions of it. Tasks of a later step
    than the person's are not to be picked until they are asked for (AJ-58)."""

    def __init__(self, enrolment: Enrolment, on: dt.date, step: int | None, *, all_: bool) -> None:
        self.areas = {str(one.pk): one for one in areas_offered(enrolment.unit_id, on=on)}
        every = tasks_in(enrolment.unit_id, on=on)
        later = [one for one in every if step and one.min_step and one.min_step > step]
        self.later = len(later)
        self.tasks = {str(one.pk): one for one in every if all_ or one not in later}
        told = JobDescription.objects.filter(
            Q(area__in=list(self.areas.values())) | Q(task__in=list(self.tasks.values()))
        ).select_related("area", "task")
        latest = {row.area_id or row.task_id: row for row in told.order_by("number")}
        self.descriptions = {str(one.pk): one for one in latest.values()}

    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        none = [("", _("– none –"))]
        return {
            "area": [*none, *((key, one.name) for key, one in self.areas.items())],
            "tasks": [(key, one.name) for key, one in self.tasks.items()],
            "description": [
                *none,
                *((key, _described(one)) for key, one in self.descriptions.items()),
            ],
        }

    def new(self, data: dict[str, Any]) -> NewWork:
        return NewWork(
            since=data["since"],
            scope=data["scope"],
            area=self.areas.get(data["area"]),
            tasks=tuple(self.tasks[key] for key in data["tasks"]),
            hours_week=data["hours_week"],
            ends=data["ends"],
            description=self.descriptions.get(data["description"]),
            otherwise=data["otherwise"],
            despite=data["despite"],
        )

    def against(self, enrolment: Enrolment, form: GiveForm) -> list[dict[str, Any]]:
        """What speaks against what is chosen on the form so far."""
        data = form.cleaned_data if form.is_bound else {}
        if not {"area", "scope", "since", "tasks"} <= data.keys():
            return []
        area = self.areas.get(data["area"])
        whole = data["scope"] == WorkAssignment.Scope.WHOLE_AREA
        tasks = () if whole else tuple(self.tasks[key] for key in data["tasks"])
        found = speaks_against(enrolment.pk, on=data["since"], area=area, tasks=tasks)
        return [limit_words(one) for one in found]


def _described(one: JobDescription) -> str:
    what = one.area or one.task
    return _("%(what)s, version %(n)s") % {"what": what.name if what else "", "n": one.number}


@page(*WORKERS, shows=FieldClass.WORK, person="person", writes=True)
def give(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Give an area or tasks. A second owner of a whole area is shown and bars nothing (AJ-51)."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    model = model_of(enrolment)
    step = step_of(enrolment, model, on=on)
    every = bool(request.GET.get("later"))
    catalogue = _Catalogue(enrolment, on, step.ordinal if step else None, all_=every)
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        on=on,
        choices=catalogue.choices(),
        initial={"since": on, **_asked_for(request)},
    )
    if request.method == "POST" and form.is_valid():
        new = catalogue.new(form.cleaned_data)
        made: list[WorkAssignment] = []
        if written(form, lambda: made.append(give_work(enrolment, new, by=visit.actor))):
            _say(request, made[0])
            return redirect("work", person=person)
    asked = lacking(enrolment, on=on, ends=None, description=None, model=model)
    context = about(enrolment) | {
        "form": form,
        "asked": [LACKS[one] for one in asked],
        "against": catalogue.against(enrolment, form),
        "later": catalogue.later,
        "all": every,
    }
    return render(request, "work/give.html", context)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """An area one comes from is chosen already."""
    area = request.GET.get("area", "")
    scope = WorkAssignment.Scope.WHOLE_AREA if area else WorkAssignment.Scope.TASKS
    return {"scope": scope, "area": area}


def _say(request: HttpRequest, row: WorkAssignment) -> None:
    """Saved; and who else has the same whole area, of those the visitor works with."""
    others = other_owners([row]).get(row.pk, [])
    if not others:
        messages.success(request, _("Saved."))
        return
    seen([one.person_id for one in others], shows=FieldClass.WORK)
    names = ", ".join(one.person.name for one in others)
    messages.warning(
        request, _("Saved. The whole area is also given to: %(names)s.") % {"names": names}
    )


@page(Role.CASE_WORKER, shows=FieldClass.PLAN, person="person", writes=True)
def decide(request: HttpRequest, person: uuid.UUID, given: uuid.UUID) -> HttpResponse:
    """Extend or end, with grounds (AJ-33)."""
    visit = visit_of(request)
    enrolment, on = open_one(person, visit), visit.scope.on
    rows = WorkAssignment.assignments.filter(pk=given, enrolment=enrolment)
    row = rows.select_related("area", "enrolment").first()
    if row is None:
        raise Http404
    form = EndForm(
        request.POST if request.method == "POST" else None,
        on=on,
        initial={"seen": row.version, "ends": row.ends or on},
    )
    if request.method == "POST" and form.is_valid():
        new = NewEnd(**form.cleaned_data)
        if written(form, lambda: decide_work(row, new, by=visit.actor)):
            messages.success(request, _("Decided. It is kept with its grounds."))
            return redirect("work", person=person)
    taken = AssignmentDecision.objects.filter(assignment=row).select_related("by")
    decisions = [(one, DECISIONS[one.what]) for one in taken.order_by("created_at", "id")]
    context = about(enrolment) | {"form": form, "given": row, "decisions": decisions}
    return render(request, "work/decide.html", context)
