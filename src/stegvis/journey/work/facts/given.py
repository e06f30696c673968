"""What work somebody has, what lacks for it, and whose whole area is whose."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from stegvis.core.programme.model import Programme, Step
from stegvis.journey.abilities.facts import model_of
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.work.models import WorkAssignment
from stegvis.journey.workplaces.models import JobDescription

ENDS, DESCRIPTION = "ends", "description"


def step_of(enrolment: Enrolment, model: Programme, *, on: dt.date) -> Step | None:
    """The step the person stands on, on the ladder one stands on. One query."""
    rows = StepPeriod.periods.on(on).filter(enrolment=enrolment, ladder=model.primary.code)
    code = rows.values_list("step", flat=True).first()
    return next((one for one in model.primary.steps if one.code == code), None)


def asks_of_work(model: Programme, step: Step) -> frozenset[str]:
    """What the programme's own criteria ask of the work given on a step: a last day, a description
    of the job. Read from the model, so no step is known here by its name."""
    found = {ENDS} if step.time_limited else set()
    for code in step.entry:
        needs: Mapping[str, Any] = model.criteria[code].needs
        if needs.get("fact") == "work_assignment":
            found |= {ENDS} if needs.get("field") == "ends" else set()
            found |= {DESCRIPTION} if needs.get("job_description") else set()
    return frozenset(found)


def lacking(
    enrolment: Enrolment,
    *,
    on: dt.date,
    ends: dt.date | None,
    description: JobDescription | None,
    model: Programme | None = None,
) -> tuple[str, ...]:
    """What the step asks of the work and is not there, in a steady order."""
    model = model or model_of(enrolment)
    step = step_of(enrolment, model, on=on)
    asked = asks_of_work(model, step) if step else frozenset()
    have = {ENDS: ends, DESCRIPTION: description}
    return tuple(one for one in (ENDS, DESCRIPTION) if one in asked and have[one] is None)


def other_owners(given: Iterable[WorkAssignment]) -> dict[uuid.UUID, list[WorkAssignment]]:
    """Of each whole area given: the others who have it at the same time (AJ-51); shown, never a
    bar. Somebody whom the visitor may not know of is not among them: the database's wall sees to
    it. One query, none where nobody has a whole area."""
    whole = [row for row in given if row.scope == WorkAssignment.Scope.WHOLE_AREA]
    if not whole:
        return {}
    rows = WorkAssignment.assignments.filter(
        scope=WorkAssignment.Scope.WHOLE_AREA, area__in={row.area_id for row in whole}
    )
    found = list(rows.select_related("person").order_by("since", "id"))
    return {row.pk: [one for one in found if _meets(one, row)] for row in whole}


def _meets(one: WorkAssignment, row: WorkAssignment) -> bool:
    """Work lasts until somebody ends it, whatever its last day was to be."""
    if one.area_id != row.area_id or one.person_id == row.person_id:
        return False
    return (one.until or dt.date.max) > row.since and (row.until or dt.date.max) > one.since
