"""Seeking a job, and being soon ready to."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.followups.facts import may_seek
from stegvis.journey.followups.models import JobSearch, ReadySoon
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7


@dataclass(frozen=True, slots=True)
class NewJobSearch:
    kind: str
    on: dt.date
    employer: str = ""
    result: str = JobSearch.Result.WAITING


def log_job_search(
    enrolment: Enrolment,
    new: NewJobSearch,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> JobSearch:
    """By the person, or by a worker on their behalf. Where the programme keeps job seeking for
    those who are soon ready, somebody must have said so first (AJ-36). Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.VOICE)
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")
    if not may_seek(enrolment):
        raise NotNow("not_job_seeking_yet")
    row = JobSearch(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        on=new.on,
        kind=new.kind,
        employer=new.employer,
        result=new.result,
        by_participant=by is not None and by.holds(Role.PARTICIPANT),
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "event", source=row.pk, on=row.on, what="job_search", about=row.kind)
    wrote("job_search_logged", [enrolment.person_id], job_search=str(row.pk), kind=new.kind)
    return row


def answer_job_search(row: JobSearch, result: str, *, by: Actor | None) -> None:
    """The employer has answered. Raises StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.VOICE)
    row.result = result
    row.save_if_unchanged("result")
    wrote("job_search_answered", [row.person_id], job_search=str(row.pk), result=result)


def say_ready_soon(
    enrolment: Enrolment, *, ready: bool, grounds: str, by: Actor | None, on: dt.date
) -> ReadySoon:
    """A person judges whether somebody is ready within reasonable time, and says why."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    if not grounds.strip():
        raise NotNow("grounds_missing")
    row = ReadySoon(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        on=on,
        ready=ready,
        grounds=grounds,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    result = "ready" if ready else "not_ready"
    tell(enrolment, "event", source=row.pk, on=on, what="ready_soon", result=result)
    wrote("ready_soon_said", [enrolment.person_id], ready=ready)
    return row
