"""Looking at the goals, and what became of what was to be done: on one page, as much as one has."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.forms.beside import MarkForm, ReviewForm
from stegvis.journey.plans.pages.found import crumbs, enrolment, names
from stegvis.journey.plans.words import MARKS, STATUSES
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import visit_of

REVIEWERS = (Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR)


@page(*REVIEWERS, shows=FieldClass.WORK, person="person", writes=True)
def goals(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What is answered is written; what is left is left (AJ-48)."""
    visit = visit_of(request)
    row = enrolment(person, visit, going=True)
    data = request.POST if request.method == "POST" else None
    looked = [
        (stand, ReviewForm(data, prefix=f"g-{stand.goal.thread}"))
        for stand in facts.open_goals(row, on=visit.scope.on)
    ]
    doing = [
        (activity, became, MarkForm(data, prefix=f"a-{activity.thread}"))
        for activity, became in facts.open_activities(row)
    ]
    forms = [form for _stand, form in looked] + [form for _act, _was, form in doing]
    if data is not None and not [form for form in forms if not form.is_valid()]:
        for stand, form in looked:
            if form.cleaned_data["status"]:
                actions.review_goal(stand.goal, by=visit.actor, **form.cleaned_data)
        for activity, _was, mark in doing:
            if mark.cleaned_data["state"]:
                actions.mark_activity(activity, by=visit.actor, **mark.cleaned_data)
        return redirect("plan", person=person)
    context: dict[str, Any] = crumbs(row) | {
        "goals": [
            {"stand": stand, "form": form, "status": STATUSES.get(stand.status, "")}
            for stand, form in looked
        ],
        "actions": [
            {
                "row": activity,
                "form": form,
                "who": activity.owner_name or names(row)[activity.owner],
                "became": MARKS.get(became, ""),
            }
            for activity, became, form in doing
        ],
    }
    return render(request, "plans/goals.html", context)
