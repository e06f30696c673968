"""What is known of a behaviour, and whether a plan for it would help now."""

from __future__ import annotations

import uuid

from stegvis.journey.motivation.models import Stage, TargetBehaviour

Code = Stage.Code
EARLY = frozenset({Code.PRECONTEMPLATION, Code.CONTEMPLATION})
"""In these a plan for the behaviour is of little use: the person does not see a concern, or has
not made up their mind (KN-81). A worker may open one all the same, with the reason."""


def stage_of(behaviour: uuid.UUID) -> Stage | None:
    rows = Stage.objects.filter(behaviour=behaviour)
    found: Stage | None = rows.order_by("on", "created_at", "id").last()
    return found


def ready_for_a_plan(behaviour: uuid.UUID) -> bool:
    """Whether the person has made up their mind. Nothing known is not readiness."""
    stage = stage_of(behaviour)
    return stage is not None and stage.stage not in EARLY


def behaviours_of(enrolment: uuid.UUID) -> list[TargetBehaviour]:
    """Those agreed on and going on, for the plan and for the person's own page."""
    rows = TargetBehaviour.behaviours.going().filter(enrolment=enrolment)
    return list(rows.order_by("-agreed_on", "id"))
