"""The resource team: asking for somebody of it from the case, and the manager's answer (KN-123)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stegvis.journey.background import actions, words
from stegvis.journey.background.forms import TeamAnswerForm, TeamForm
from stegvis.journey.background.models import TeamRequest
from stegvis.journey.background.pages.roads import framed, road_of
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen
from stegvis.platform.tenancy.models import StaleRow

ASKERS = (Role.CASE_WORKER, Role.UNIT_MANAGER)
TAGS = {
    "asked": ("info", "hourglass"),
    "granted": ("ok", "check"),
    "declined": ("", "circle-x"),
}


@page(*ASKERS, shows=FieldClass.PLAN, person="person", writes=True)
def team(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    visit = visit_of(request)
    road = road_of(person, visit)
    rows = list(
        TeamRequest.requests.filter(person=person).select_related("asked_by", "answered_by")
    )
    sheet = _Team(road, rows, visit, request)
    if request.method == "POST" and sheet.written():
        messages.success(request, _("Saved."))
        return redirect("team", person=person)
    return render(request, "background/team.html", sheet.context())


class _Team:
    def __init__(
        self, road: Enrolment, rows: list[TeamRequest], visit: Visit, request: HttpRequest
    ) -> None:
        self.road, self.rows, self.visit = road, rows, visit
        self.do, _sep, self.about = request.POST.get("do", "").partition(":")
        self.manages = visit.actor.holds(Role.UNIT_MANAGER)
        self.ask = TeamForm(request.POST if self.do == "ask" else None)
        self.answers = {
            row.pk: TeamAnswerForm(
                request.POST if (self.do, self.about) == ("answer", str(row.pk)) else None,
                prefix=f"a{at}",
            )
            for at, row in enumerate(rows)
            if row.state == "asked" and self.manages
        }

    def written(self) -> bool:
        if self.do == "ask":
            return self.ask.is_valid() and self._asked(self.ask.cleaned_data)
        if not self.do:
            return False  # nothing was pressed: the page as it is
        row = next((row for row in self.rows if str(row.pk) == self.about), None)
        if self.do != "answer" or row is None or not self.manages:
            raise Http404
        form = self.answers.get(row.pk)
        if form is None:  # answered meanwhile: the page shows by whom
            return True
        return form.is_valid() and self._answered(row, form)

    def _asked(self, said: dict[str, Any]) -> bool:
        if self.road.until is not None:
            return False
        actions.ask_team(self.road, said["role"], said["what"], by=self.visit.actor)
        return True

    def _answered(self, row: TeamRequest, form: TeamAnswerForm) -> bool:
        said = form.cleaned_data
        try:
            actions.answer_team(row, said["state"], said["answer"], by=self.visit.actor)
        except (NotNow, StaleRow):
            form.add_error(None, str(words.FAULTS["already_answered"]))
            return False
        return True

    def context(self) -> dict[str, Any]:
        return {
            **framed(self.road),
            "requests": [self._shown(row) for row in self.rows],
            "form": self.ask,
            "open": self.road.until is None,
        }

    def _shown(self, row: TeamRequest) -> dict[str, Any]:
        kind, icon = TAGS[row.state]
        return {
            "key": row.pk,
            "role": words.TEAM[row.role],
            "what": row.what,
            "asked_on": row.asked_on,
            "asked_by": row.asked_by.name if row.asked_by else "",
            "kind": kind,
            "icon": icon,
            "state": words.ANSWERS[row.state],
            "answer": row.answer,
            "answered_on": row.answered_on,
            "answered_by": row.answered_by.name if row.answered_by else "",
            "form": self.answers.get(row.pk),
        }


@page(Role.UNIT_MANAGER, shows=FieldClass.PLAN)
@require_safe
def team_requests(request: HttpRequest) -> HttpResponse:
    """What waits for the manager's answer, the oldest first."""
    visit = visit_of(request)
    theirs = reached(visit.actor, FieldClass.PLAN, on=visit.scope.on, column="person_id")
    rows = list(
        TeamRequest.requests.filter(theirs, state="asked")
        .select_related("person", "asked_by")
        .order_by("asked_on", "id")[:200]
    )
    seen([row.person_id for row in rows], shows=FieldClass.PLAN)
    context = {
        "requests": [
            {
                "name": row.person.name,
                "url": reverse("team", args=[row.person_id]),
                "role": words.TEAM[row.role],
                "what": row.what,
                "asked_on": row.asked_on,
                "asked_by": row.asked_by.name if row.asked_by else "",
            }
            for row in rows
        ]
    }
    return render(request, "background/team_requests.html", context)
