"""A job goal, and the talk that helps to find one. The talk proposes, the person picks."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stegvis.core.programme.model import Programme
from stegvis.journey.mapping import actions, facts
from stegvis.journey.mapping.forms import GoalForm, TalkForm
from stegvis.journey.mapping.models import JobGoal
from stegvis.journey.mapping.pages.ground import WRITERS, about, done, enrolment_of, model_of
from stegvis.journey.mapping.pages.overview import goal_words
from stegvis.journey.mapping.words import STUDIES, named, word
from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.journal.visit import Visit, visit_of

SAID = ("work", "education", "leisure")


@page(*WRITERS, shows=FieldClass.SENSITIVE, person="person", writes=True)
def job_goal(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """The talk tells of the home and the family, so the page is read like the life areas; the goal
    that comes of it is a fact of the plan."""
    visit = visit_of(request)
    enrolment = enrolment_of(person, visit, open_only=True)
    sheet = _Sheet(request, model_of(enrolment), visit)

    def set_goal() -> None:
        actions.set_job_goal(enrolment, sheet.new(), by=visit.actor, interview=sheet.interview())

    if sheet.saving and sheet.valid() and done(sheet.goal, set_goal):
        messages.success(request, _("Saved."))
        return redirect("papers", person=person)
    known = facts.job_goals(enrolment)
    context = about(
        enrolment,
        talk=sheet.talk,
        form=sheet.goal,
        proposed=sheet.proposed,
        asked=sheet.asked,
        now=goal_words(sheet.model, vars(known[0]), known[0].on) if known else None,
    )
    return render(request, "mapping/goal.html", context)


class _Sheet:
    """Two forms in one: "propose" reads the talk and stores nothing, "save" stores both."""

    def __init__(self, request: HttpRequest, model: Programme, visit: Visit) -> None:
        self.model, self.on = model, visit.scope.on
        sent = request.POST if request.method == "POST" else None
        self.asked = sent is not None and sent.get("do") == "propose"
        self.saving = sent is not None and not self.asked
        home = named(model, "job_goal_sources")
        doing = [(code, one.name) for code, one in home.items() if code not in SAID]
        self.talk = TalkForm(sent, on=self.on, options={"done": doing})
        self.talk.is_valid()
        self.proposed = self._proposed() if sent is not None else []
        initial = {"on": self.on, "kind": request.GET.get("kind", ""), "strength": "own"}
        if self.proposed:
            initial |= {"kind": "area"}
        self.goal = GoalForm(
            sent if self.saving else None, on=self.on, options=self._options(), initial=initial
        )

    def _proposed(self) -> list[Any]:
        data = getattr(self.talk, "cleaned_data", {})
        return facts.proposals(data.get("done", ()), [data.get(one, "") for one in SAID])

    def _options(self) -> dict[str, list[tuple[str, Any]]]:
        kinds = [(code, one.name) for code, one in named(self.model, "job_goal_kinds").items()]
        strengths = named(self.model, "job_goal_strengths").items()
        return {
            "kind": [*kinds, (JobGoal.STUDIES, str(STUDIES).capitalize())],
            "strength": [(code, one.name) for code, one in strengths],
            "area": [(one.code, one.name) for one in self.proposed],
        }

    def valid(self) -> bool:
        return self.talk.is_valid() and self.goal.is_valid()

    def new(self) -> actions.NewGoal:
        data = self.goal.cleaned_data
        text = data["text"].strip() or word(self.model, "job_areas", data["area"])
        return actions.NewGoal(
            kind=data["kind"],
            text=text,
            strength=data["strength"],
            on=data["on"],
            area=data["area"],
            why=data["why"],
        )

    def interview(self) -> actions.NewInterview | None:
        data = self.talk.cleaned_data
        talk = actions.NewInterview(tuple(data["done"]), {one: data[one] for one in SAID})
        return talk or None
