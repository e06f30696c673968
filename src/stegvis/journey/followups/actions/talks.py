"""Notes and contacts."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from stegvis.journey.followups.models import ContactEvent, Note
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

TOLD_AS: dict[str, str] = {"employer": "employer_contact", "AF": "af_contact"}
"""Which contacts with others the core is told of by name. That there was one with psychiatry or
addiction care says something about health, so of the rest it learns only that there was one."""


def part_of(enrolment: Enrolment | None, by: Actor | None) -> str:
    """What whoever writes is to the person: a mediator first, as programmes count their contacts.
    Whoever holds no part writes as their role allows."""
    if by is None:
        return ""
    held = Assignment.assignments.held(current().on).filter(member=by.member)
    parts = set(held.filter(enrolment=enrolment).values_list("part", flat=True))
    for part in (Role.JOB_MEDIATOR, Role.CASE_WORKER):
        if part in parts:
            return part
    return next((r for r in (Role.CASE_WORKER, Role.JOB_MEDIATOR) if by.holds(r)), "")


def note(
    person: uuid.UUID,
    text: str,
    *,
    by: Actor | None,
    on: dt.date,
    enrolment: Enrolment | None = None,
    about: str = "",
    submission: uuid.UUID | None = None,
) -> Note:
    """A few lines. The words are kept as they were written, whatever is asked about them."""
    permit(by, Act.WRITE, person, FieldClass.TALKS)
    if not text.strip():
        raise NotNow("text_missing")
    row = Note(
        tenant_id=current().tenant,
        enrolment=enrolment,
        person_id=person,
        on=on,
        about=about,
        text=text,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("note_written", [person], note=str(row.pk))
    return row


def correct_note(row: Note, text: str, *, by: Actor, about: str = "") -> Note:
    """One's own note, put right; what stood there before is kept. Raises StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.TALKS)
    if row.by_id != by.member:
        raise NotNow("not_ones_own")
    if not text.strip():
        raise NotNow("text_missing")
    row.text, row.about = text, about
    row.save_if_unchanged("text", "about")
    wrote("note_corrected", [row.person_id], note=str(row.pk))
    return row


@dataclass(frozen=True, slots=True)
class NewContact:
    party: str
    way: str
    on: dt.date
    reached: bool = True
    accompanied: bool = False
    outcome: str = ""
    minutes: int | None = None


def contact(
    person: uuid.UUID,
    new: NewContact,
    *,
    by: Actor | None,
    enrolment: Enrolment | None = None,
    submission: uuid.UUID | None = None,
) -> ContactEvent:
    """A contact with the person or, for their sake, with somebody else (AJ-42). Only one that came
    about is told the core: a mediator who got no answer has had no contact (FM-35)."""
    permit(by, Act.WRITE, person, FieldClass.TALKS)
    row = ContactEvent(
        tenant_id=current().tenant,
        enrolment=enrolment,
        person_id=person,
        on=new.on,
        party=new.party,
        way=new.way,
        reached=new.reached,
        accompanied=new.accompanied,
        outcome=new.outcome,
        minutes=new.minutes,
        part=part_of(enrolment, by),
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    if enrolment is not None and new.reached:
        _tell(enrolment, row)
    wrote("contact_written", [person], contact=str(row.pk), way=new.way)
    return row


def _tell(enrolment: Enrolment, row: ContactEvent) -> None:
    by = row.part or None
    if row.party == "participant":
        said: dict[str, Any] = {"with": "participant", "way": row.way, "by": by}
        tell(enrolment, "contact", source=row.pk, on=row.on, **said)
    else:
        what = TOLD_AS.get(row.party, "other_contact")
        tell(enrolment, "event", source=row.pk, on=row.on, what=what, by=by)
