"""Whose page this is. A participant's pages take nobody's key: the person is the one the visitor
is tied to as themselves, so there is no other record to ask for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stegvis.core.programme.model import Programme
from stegvis.core.progression.judgement import Judgement, judgement
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation.facts import Reach, reach, reaching
from stegvis.journey.people.models import Person
from stegvis.journey.plans.models import Acknowledgement, PlanVersion
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.reports.models import Report
from stegvis.journey.steps.facts import case_with
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.voices.models import Mood
from stegvis.platform.access.authority import authorise
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.access.models import Kind, Relation
from stegvis.platform.journal.visit import Visit, visit_of
from stegvis.platform.journal.writing import seen

WORKERS = (Assignment.Part.CASE_WORKER, Assignment.Part.JOB_MEDIATOR)


@dataclass
class Own:
    """The visitor as a person; what a page asks for is read once."""

    visit: Visit
    person: uuid.UUID

    @cached_property
    def row(self) -> Person:
        if self.enrolment:
            return self.enrolment.person  # type: ignore[no-any-return]
        found: Person | None = Person.people.filter(pk=self.person).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def enrolment(self) -> Enrolment | None:
        rows = Enrolment.enrolments.open().filter(person=self.person)
        moods = Mood.objects.filter(person=OuterRef("person"), on=self.visit.scope.on)
        latest = moods.order_by("-created_at", "-id").values("face")[:1]
        rows = rows.annotate(
            reach=reaching(self.visit.scope.on),
            face=Subquery(latest),
            plan_waits=Exists(_drafts()),
            report_waits=Exists(_reports()),
        )
        found: Enrolment | None = rows.select_related("person", "unit").first()
        return found

    @cached_property
    def latest(self) -> Enrolment | None:
        """The one they are in, else the last: what was written there stays theirs to read."""
        if self.enrolment:
            return self.enrolment
        rows = Enrolment.enrolments.filter(person=self.person).select_related("person", "unit")
        found: Enrolment | None = rows.order_by("-since", "-id").first()
        return found

    @property
    def waits(self) -> list[str]:
        """What waits for the person's own answer: of "plan" and "report"."""
        known = vars(self.enrolment) if self.enrolment else {}
        return [one for one in ("plan", "report") if known.get(f"{one}_waits")]

    @property
    def face(self) -> int:
        """How they have said they are today, or 0."""
        return vars(self.enrolment)["face"] or 0 if self.enrolment else 0

    @cached_property
    def decisions(self) -> list[StepDecision]:
        rows = StepDecision.objects.filter(enrolment=self.enrolment).defer("advice")
        return list(rows.order_by("created_at", "id"))

    @cached_property
    def model(self) -> Programme | None:
        if self.enrolment is None:
            return None
        return programmes({self.enrolment.programme_id})[self.enrolment.programme_id]

    @cached_property
    def judgement(self) -> Judgement | None:
        if self.enrolment is None or self.model is None:
            return None
        facts = case_with(self.enrolment, self.decisions)
        return judgement(self.model, facts, self.visit.scope.on)

    @property
    def track(self) -> str:
        return self.enrolment.unit.track if self.enrolment else ""

    @cached_property
    def worker(self) -> str:
        """The name of whoever holds the case: they have met."""
        running = Q(until__isnull=True) | Q(until__gt=self.visit.scope.on)
        rows = Assignment.assignments.filter(running, person=self.person, part__in=WORKERS)
        first = rows.select_related("member").order_by("part", "-since").first()
        return first.member.name if first else ""

    @property
    def reach(self) -> Reach | None:
        """How the person's mediator is reached (FM-20)."""
        return reach(vars(self.enrolment)["reach"]) if self.enrolment else None


def _drafts() -> Any:
    """A draft of the plan to which the person has not said yes as it stands."""
    said = Acknowledgement.objects.filter(
        of=OuterRef("pk"), revision=OuterRef("revision"), side=Acknowledgement.Side.PARTICIPANT
    )
    return PlanVersion.versions.drafts().filter(~Exists(said), enrolment=OuterRef("pk"))


def _reports() -> Any:
    """A report laid out for the person that they have not opened as it stands."""
    rows = Report.reports.waiting().filter(person=OuterRef("person"), shown_at__isnull=False)
    return rows.exclude(seen_revision=F("revision"), seen_at__isnull=False)


def shown(request: HttpRequest, name: str, mine: Own, **more: Any) -> HttpResponse:
    """A page of the participant's."""
    return render(request, f"participant/{name}.html", {"own": mine, **more})


def own(request: HttpRequest, shows: FieldClass) -> Own:
    """The visitor as the person they are. Answers 404 to whoever is no participant today."""
    visit = visit_of(request)
    ties = Relation.relations.held(visit.scope.on).filter(kind=Kind.SELF)
    person = ties.filter(member=visit.actor.member).values_list("person", flat=True).first()
    if person is None:
        raise Http404
    act = Act.WRITE if request.method == "POST" else Act.READ
    authorise(visit.actor, act, person, shows, on=visit.scope.on)
    seen([person], shows=shows)
    return Own(visit, person)
