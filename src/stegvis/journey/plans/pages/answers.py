"""Goals made of answers: one press each. The text goes into the draft, where it is written on."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.progression.plans import dates_required
from stegvis.journey.background.actions import turned_into
from stegvis.journey.background.facts import critique_to_turn
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import facts
from stegvis.journey.plans.actions import NewGoal, add_goal
from stegvis.journey.plans.models import Goal
from stegvis.journey.plans.pages.found import crumbs, enrolment
from stegvis.journey.plans.words import ANSWER_KINDS, FAULTS
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.ui.dates import short_day

MOST = 500  # letters of a goal
FIRST_LOOK = dt.timedelta(weeks=4)  # ours: the date of a goal made with one press, to be changed


@page(Role.CASE_WORKER, shows=FieldClass.WORK, person="person", writes=True)
def answers(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """What the person has answered in forms, and the critique; each may become a goal (JI-18)."""
    visit = visit_of(request)
    row = enrolment(person, visit, going=True)
    sensitive = may(visit.actor, Act.READ, person, FieldClass.SENSITIVE, on=visit.scope.on)
    lang = get_language() or "sv"
    found = facts.answers(row, on=visit.scope.on, lang=lang, sensitive=sensitive)
    if request.method == "POST":
        _make(request, row, found, visit)
        return redirect("plan_answers", person=person)
    groups = [
        {"name": name, "rows": rows}
        for kind, name in ANSWER_KINDS.items()
        if (rows := [one for one in found if one.kind == kind])
    ]
    return render(request, "plans/answers.html", crumbs(row) | {"groups": groups})


def _make(request: HttpRequest, row: Any, found: list[facts.Answer], visit: Visit) -> None:
    wanted = request.POST.get("answer", "")
    one = next((one for one in found if f"{one.kind}:{one.key}" == wanted), None)
    if not wanted:
        messages.warning(request, _("Choose the answer that is to become a goal."))
        return
    if one is None:
        raise Http404
    model = programmes({row.programme_id})[row.programme_id]
    due = visit.scope.on + FIRST_LOOK if dates_required(model) else None
    critique = one.kind == "critique"
    source = Goal.Source.MAPPING if critique else Goal.Source.FORM
    new = NewGoal(" ".join(one.goal.split())[:MOST], due=due)
    try:
        goal = add_goal(row, new, by=visit.actor, source=source, source_key=one.key)
    except NotNow as fault:
        messages.error(request, str(FAULTS[fault.code]))
        return
    if critique:
        item = next(item for item in critique_to_turn(row) if item.pk == one.key)
        turned_into(item, goal.thread, by=visit.actor)  # the thread: it follows every version
    said = _("It is a goal in the draft. Nothing applies until both have said yes.")
    if due:
        said = _("It is a goal in the draft, by %(day)s. Change the date in the plan.") % {
            "day": short_day(due, visit.scope.on)
        }
    messages.success(request, said)
