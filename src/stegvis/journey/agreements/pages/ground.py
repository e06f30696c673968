"""What every page of the agreement looks up first: whose, for which placement, in which version."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from stegvis.core.progression.agreements import Hours
from stegvis.journey.agreements.facts import placements_of
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.people.models import Person
from stegvis.journey.placements.models import Placement
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.accounts.models import Role
from stegvis.platform.tenancy.keys import uuid7

WRITERS = (Role.JOB_MEDIATOR, Role.CASE_WORKER, Role.PROTECTION_OFFICER)
READERS = (*WRITERS, Role.UNIT_MANAGER)
GOAL = "ordinary_hours"
"""The setting of a programme that says how many ordinary hours a month it leads to."""


def chosen(rows: list[Placement], wanted: str) -> Placement | None:
    """The one asked for, else the one that began last of those not over, else the last."""
    found = next((row for row in rows if str(row.pk) == wanted), None)
    if wanted and found is None:
        raise Http404
    return found or next((row for row in rows if row.until is None), rows[0] if rows else None)


def placement_of(person: uuid.UUID, placement: uuid.UUID) -> Placement:
    found = next((row for row in placements_of(person) if row.pk == placement), None)
    if found is None:
        raise Http404
    return found


def crumbs(person: uuid.UUID) -> dict[str, Any]:
    """The name; asked for where no placement has told it."""
    row = Person.people.filter(pk=person).first()
    if row is None:
        raise Http404
    return named(row)


def named(row: Person) -> dict[str, Any]:
    return {
        "person": {"key": row.pk, "name": row.name, "given": row.given_name,
                   "url": reverse("person", args=[row.pk])},
        "people_url": reverse("participants"),
    }  # fmt: skip


def submission(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid7()


def towards(version: AgreementVersion) -> dict[str, Any] | None:
    """How far the paid hours of an average month reach towards what the programme leads to. Hours
    of practice are never in it."""
    model = programmes({version.enrolment.programme_id})[version.enrolment.programme_id]
    setting = model.settings.get(GOAL)
    if setting is None or not setting.value:
        return None
    goal = float(setting.value)
    minutes = float(version.ordinary.a_month) if version.ordinary else 0.0
    weekly = goal * 60 / float(Hours(1).a_month)
    needed = -(-weekly // 60)  # whole hours a week that reach it
    return {"has": round(minutes / 60), "goal": round(goal), "weekly": int(needed)}
