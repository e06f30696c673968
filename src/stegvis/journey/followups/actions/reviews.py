"""Follow-ups: the week, the three-party talk, the review of a step."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.followups.actions.talks import part_of
from stegvis.journey.followups.models import FollowUp, Pulse
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7

Kind = FollowUp.Kind


@dataclass(frozen=True, slots=True)
class NewPulse:
    """Each from 1 to 5, or unanswered."""

    thriving: int | None = None
    belonging: int | None = None
    needed: int | None = None

    @property
    def answered(self) -> bool:
        return any((self.thriving, self.belonging, self.needed))


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """`goals`: whether the goals were gone through; what became of each is the room of plans'."""

    kind: str
    on: dt.date
    participants: tuple[str, ...]
    goals: bool = False
    result: str = ""
    own_step: str = ""
    worker_step: str = ""
    own_words: str = ""
    own_words_missing: str = ""
    note: str = ""
    next_step: str = ""
    next_on: dt.date | None = None
    next_at: dt.time | None = None
    minutes: int | None = None
    pulse: NewPulse = NewPulse()


def follow_up(
    enrolment: Enrolment,
    new: NewFollowUp,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> FollowUp:
    """Write down a follow-up. It is a review, not a decision: nothing about the step changes by it
    (AJ-30). Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.TALKS)
    _check(enrolment, new)
    row = FollowUp(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        kind=new.kind,
        on=new.on,
        participants=list(dict.fromkeys(new.participants)),
        minutes=new.minutes,
        result=new.result,
        own_step=new.own_step,
        worker_step=new.worker_step,
        own_words=new.own_words,
        own_words_missing="" if new.own_words.strip() else new.own_words_missing,
        note=new.note,
        next_step=new.next_step,
        next_on=new.next_on,
        next_at=new.next_at,
        part=part_of(enrolment, by),
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    if new.pulse.answered:
        _pulse(row, enrolment, new.pulse)
    _tell(enrolment, row, goals=new.goals)
    wrote("followed_up", [enrolment.person_id], follow_up=str(row.pk), kind=new.kind)
    return row


def _check(enrolment: Enrolment, new: NewFollowUp) -> None:
    if enrolment.until is not None and new.kind != Kind.AFTER_CARE:
        raise NotNow("enrolment_ended")
    if new.on < enrolment.since:
        raise NotNow("not_before_the_enrolment")
    if not new.participants:
        raise NotNow("nobody_there")
    if new.kind == Kind.STEP_REVIEW and not new.result:
        raise NotNow("result_missing")
    if new.result and not (new.own_words.strip() or new.own_words_missing):
        raise NotNow("own_words_missing")
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    steps = {step.code for step in model.primary.steps}
    if {new.own_step, new.worker_step} - steps - {""}:
        raise NotNow("no_such_step")


def _pulse(row: FollowUp, enrolment: Enrolment, new: NewPulse) -> None:
    pulse = Pulse(
        tenant_id=row.tenant_id,
        follow_up=row,
        person_id=row.person_id,
        unit_id=enrolment.unit_id,
        on=row.on,
        thriving=new.thriving,
        belonging=new.belonging,
        needed=new.needed,
    )
    pulse.save(force_insert=True)


def _tell(enrolment: Enrolment, row: FollowUp, *, goals: bool) -> None:
    """Who took part, the result and both placings. It counts as a follow-up of step 3 only with
    person, supervisor and case worker, which the core looks at (core/progression/events)."""
    tell(
        enrolment,
        "follow_up",
        source=row.pk,
        on=row.on,
        participants=row.participants,
        what="goals" if goals else row.kind,
        result=row.result or None,
        own_step=row.own_step or None,
        worker_step=row.worker_step or None,
        by=row.part or None,
    )
