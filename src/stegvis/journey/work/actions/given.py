"""Giving work, and deciding what becomes of it. No day ends anything by itself (INV-15)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell
from stegvis.journey.work.facts.fits import Against, speaks_against
from stegvis.journey.work.facts.given import lacking
from stegvis.journey.work.models import AssignedTask, AssignmentDecision, WorkAssignment
from stegvis.journey.workplaces.models import JobDescription, Task, WorkArea
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class NewWork:
    """`ends`: the last day as planned. `otherwise`: why it is given although something lacks;
    `despite`: why although a known limit speaks against it."""

    since: dt.date
    scope: str = WorkAssignment.Scope.TASKS
    area: WorkArea | None = None
    tasks: tuple[Task, ...] = ()
    hours_week: Decimal | None = None
    ends: dt.date | None = None
    description: JobDescription | None = None
    otherwise: str = ""
    despite: str = ""


def give_work(
    enrolment: Enrolment,
    new: NewWork,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> WorkAssignment:
    """Give an area or tasks. Where the person's step asks for a last day or a description of the
    job and it lacks, or a known limit speaks against what it asks, only with a written reason.
    Raises NotNow: "ended", "nothing_given", "ends_before", "work_lacks", "speaks_against"."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    lacks, against = _check(enrolment, new)
    row = WorkAssignment(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        scope=new.scope,
        area=new.area,
        hours_week=new.hours_week,
        since=new.since,
        ends=new.ends,
        description=new.description,
        otherwise=new.otherwise.strip() if lacks else "",
        despite=[one.function for one in against],
        despite_words=new.despite.strip() if against else "",
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    _add_tasks(row, new)
    _tell(row)
    wrote(
        "work_given", [row.person_id],
        assignment=str(row.pk), scope=row.scope, lacks=list(lacks), despite=len(against),
    )  # fmt: skip
    return row


def _add_tasks(row: WorkAssignment, new: NewWork) -> None:
    about = {"tenant_id": row.tenant_id, "assignment": row, "person_id": row.person_id}
    AssignedTask.objects.bulk_create([AssignedTask(**about, task=task) for task in new.tasks])


def _check(enrolment: Enrolment, new: NewWork) -> tuple[tuple[str, ...], tuple[Against, ...]]:
    """What the step asks for and lacks, and the known limits that speak against it: said why."""
    _coherent(enrolment, new)
    lacks = lacking(enrolment, on=new.since, ends=new.ends, description=new.description)
    if lacks and not new.otherwise.strip():
        raise NotNow("work_lacks")
    whole = new.scope == WorkAssignment.Scope.WHOLE_AREA
    tasks = () if whole else new.tasks
    against = speaks_against(enrolment.pk, on=new.since, area=new.area, tasks=tasks)
    if against and not new.despite.strip():
        raise NotNow("speaks_against")
    return lacks, against


def _coherent(enrolment: Enrolment, new: NewWork) -> None:
    if enrolment.until is not None:
        raise NotNow("ended")
    whole = new.scope == WorkAssignment.Scope.WHOLE_AREA
    if new.scope not in WorkAssignment.Scope.values or (whole and new.area is None):
        raise NotNow("nothing_given")
    if not whole and not new.tasks and new.area is None:
        raise NotNow("nothing_given")
    if new.ends is not None and new.ends < new.since:
        raise NotNow("ends_before")


def _tell(row: WorkAssignment) -> None:
    """The place itself is not told: whoever reads the plan need not know where somebody is."""
    tell(
        row.enrolment,
        "work_assignment",
        source=row.pk,
        on=row.since,
        until=row.until,
        scope=row.scope,
        hours_week=float(row.hours_week) if row.hours_week is not None else None,
        job_description=row.description_id is not None,
        ends=row.ends,
    )


@dataclass(frozen=True, slots=True)
class NewEnd:
    """`ends`: the new last day, of more work or of this."""

    what: str
    grounds: str
    ends: dt.date
    seen: int


def decide_work(
    assignment: WorkAssignment, new: NewEnd, *, by: Actor, submission: uuid.UUID | None = None
) -> AssignmentDecision:
    """Extend or end, with grounds (AJ-33). `seen`: the version of the work the decider had before
    them. Raises NotNow: "work_over", "grounds_missing", "not_longer", "ends_before"; StaleRow."""
    permit(by, Act.WRITE, assignment.person_id, FieldClass.PLAN)
    on = current().on
    if assignment.until is not None:
        raise NotNow("work_over")
    if new.what not in AssignmentDecision.What.values or not new.grounds.strip():
        raise NotNow("grounds_missing")
    if new.ends < assignment.since:
        raise NotNow("ends_before")
    extends = new.what == AssignmentDecision.What.EXTEND
    if extends and new.ends <= max(on, assignment.ends or assignment.since):
        raise NotNow("not_longer")
    assignment.version = new.seen
    assignment.ends = new.ends
    assignment.until = None if extends else new.ends + dt.timedelta(days=1)
    assignment.save_if_unchanged("ends", "until")
    row = AssignmentDecision(
        tenant_id=assignment.tenant_id,
        assignment=assignment,
        person_id=assignment.person_id,
        what=new.what,
        grounds=new.grounds.strip(),
        ends=new.ends,
        on=on,
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    _tell_decision(assignment, row)
    wrote("work_decided", [row.person_id], assignment=str(assignment.pk), decision=new.what)
    return row


def _tell_decision(assignment: WorkAssignment, row: AssignmentDecision) -> None:
    """The core knows one last day of a step: while the person has other work, the end of this work
    is not the end of that."""
    enrolment = assignment.enrolment
    if assignment.until is not None:
        others = WorkAssignment.assignments.held(row.on).filter(
            enrolment=enrolment, ends__isnull=False
        )
        if others.exclude(pk=assignment.pk).exists():
            assignment.ends = None
            _tell(assignment)
            return
    tell(enrolment, "decision", source=row.pk, on=row.on, what=row.what, ends=row.ends)
