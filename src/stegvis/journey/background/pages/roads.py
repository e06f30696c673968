"""Whose page it is, and the way between the pages of this room."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.visit import Visit

MAPPERS = (Role.CASE_WORKER,)  # whoever may see what concerns health and the years before


def road_of(person: uuid.UUID, visit: Visit) -> Enrolment:
    """The enrolment that is open, else the latest."""
    rows = Enrolment.enrolments.visible_to(visit.actor, visit.scope.on).filter(person=person)
    row: Enrolment | None = rows.select_related("person", "unit").order_by("-since", "-id").first()
    if row is None:
        raise Http404
    return row


def framed(road: Enrolment) -> dict[str, Any]:
    """What every page of this room has around it."""
    person = road.person_id
    return {
        "person": {"name": road.person.name, "url": reverse("person", args=[person])},
        "people_url": reverse("participants"),
    }


def adding(person: uuid.UUID, what: str) -> str:
    return reverse("new_note", args=[person, what])


def changing(person: uuid.UUID, what: str, note: uuid.UUID) -> str:
    return reverse("change_note", args=[person, what, note])
