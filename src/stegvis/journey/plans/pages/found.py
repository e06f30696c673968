"""What every page of the plan looks up first, in one query: the enrolment and who works with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.urls import reverse

from stegvis.core.values.merging import Document
from stegvis.journey.background.facts import InventoryState
from stegvis.journey.background.words import PARTS
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.motivation.facts import behaviours_of
from stegvis.journey.motivation.words import GUIDES
from stegvis.journey.plans import facts
from stegvis.journey.plans.models import Goal, PlanVersion
from stegvis.journey.plans.words import owners
from stegvis.journey.standing.models import Pause
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit

WRITERS = (Role.CASE_WORKER, Role.PROTECTION_OFFICER)
READERS = (*WRITERS, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR, Role.UNIT_MANAGER)


def enrolment(person: uuid.UUID, visit: Visit, *, wanted: str = "", going: bool = False) -> Any:
    """The person's open enrolment, or their last; `wanted` names another one. `going`: only one
    that goes on. 404 where there is none."""
    on = visit.scope.on
    held = Assignment.assignments.held(on).filter(enrolment=OuterRef("pk"))
    worker = held.filter(part=Assignment.Part.CASE_WORKER).order_by("-since")
    pauses = Pause.objects.filter(enrolment=OuterRef("pk")).order_by("since", "id")
    rows = Enrolment.enrolments.visible_to(visit.actor, on).filter(person=person)
    if going:
        rows = rows.open()
    found = list(
        rows.select_related("person", "unit")
        .annotate(
            worker=Subquery(worker.values("member__name")[:1]),
            pauses_known=ArraySubquery(
                pauses.values(found=JSONObject(since="since", until="until"))
            ),
        )
        .order_by("-since", "-id")
    )
    if not found:
        raise Http404
    return next((row for row in found if str(row.pk) == wanted), found[0])


def version(person: uuid.UUID, number: int, visit: Visit, *, wanted: str = "") -> Any:
    """One version of the plan, with its enrolment. 404 where there is none."""
    row = enrolment(person, visit, wanted=wanted)
    found = PlanVersion.versions.filter(enrolment=row, number=number).first()
    if found is None:
        raise Http404
    return found


def early_goals(text: Document, person: uuid.UUID, visit: Visit) -> list[dict[str, Any]]:
    """Goals to change a behaviour that the person has not made up their mind about, with what
    helps instead. Only for those who may know of it (KN-81)."""
    if not _knows_motivation(person, visit, text):
        return []
    return [
        {"goal": one.goal, "advice": GUIDES[one.stage].focus if one.stage else ""}
        for one in facts.early(text)
    ]


def _knows_motivation(person: uuid.UUID, visit: Visit, text: Document) -> bool:
    """Asked only where there is such a goal."""
    kinds = {unit.get("kind") for unit in text.values()}
    return Goal.Kind.BEHAVIOUR in kinds and may(
        visit.actor, Act.READ, person, FieldClass.MOTIVATION, on=visit.scope.on
    )


def unfinished(state: InventoryState) -> list[str]:
    """The parts of the inventory that a plan made now would go before (JI-05)."""
    return [str(PARTS[part]) for part in state.lacking] if state.warns else []


def behaviours(row: Any, visit: Visit) -> list[tuple[str, str]]:
    """The behaviours the person has agreed to talk about, for who may know of them."""
    if not may(visit.actor, Act.READ, row.person_id, FieldClass.MOTIVATION, on=visit.scope.on):
        return []
    return [(str(one.pk), one.behaviour) for one in behaviours_of(row.pk)]


def crumbs(row: Any) -> dict[str, Any]:
    """What the frame of a page about the person needs."""
    person = row.person_id
    return {
        "person": {
            "name": row.person.name,
            "given": row.person.given_name,
            "url": reverse("person", args=[person]),
        },
        "plan_url": reverse("plan", args=[person]),
        "people_url": reverse("participants"),
    }


def names(row: Any) -> dict[str, str]:
    """Who does things in this plan, by the code of the owner."""
    return owners(row.person.given_name, (row.worker or "").partition(" ")[0])
