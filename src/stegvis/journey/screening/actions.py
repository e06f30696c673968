"""Screening somebody: the talk, the group, and what is written down of what follows.

The system decides nothing here: not the group, not what the team recommends, not what the
municipality decides (N-04). What follows from a group is a task, never an automatic step.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.intake.actions import NotNow, close_assignment
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.screening.facts import first_talk, group_of, model_of, screens
from stegvis.journey.screening.models import (
    SET,
    DailyLead,
    Notice,
    Rehabilitation,
    Screening,
    Talk,
)
from stegvis.journey.standing.actions import NewCategory, changed, set_category, tell
from stegvis.journey.standing.models import DatedFact, StepPeriod
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7

HELD = FieldClass.SENSITIVE
"""Of the case: whoever holds it screens, and no mediator or manager does (FM-04, FM-51)."""


def _asked(enrolment: Enrolment, by: Actor | None) -> None:
    permit(by, Act.WRITE, enrolment.person_id, HELD)
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")
    if not screens(model_of(enrolment)):
        raise NotNow("no_screening")
    # Two who screen at once follow each other, else there would be two groups.
    Enrolment.enrolments.select_for_update().filter(pk=enrolment.pk).first()


def hold_talk(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    on: dt.date,
    in_course: bool = False,
    submission: uuid.UUID | None = None,
) -> Talk:
    """The first talk about screening. The road begins with it (FM-03): the enrolment is dated to
    it, and so is step 1. Raises NotNow, StaleRow."""
    _asked(enrolment, by)
    if Talk.objects.filter(enrolment=enrolment).exists():
        raise NotNow("held_already")
    earlier = enrolment.earlier
    if earlier and earlier.until and on < earlier.until:
        raise NotNow("within_an_earlier")
    periods = StepPeriod.periods.standing().filter(enrolment=enrolment)
    began = periods.order_by("since").values_list("since", flat=True).first()
    if began is not None and began != on:
        raise NotNow("step_began_otherwise")
    row = Talk(**_common(enrolment, by), on=on, in_course=in_course)
    row.submission = submission or row.submission
    row.save(force_insert=True)
    if enrolment.since != on:
        enrolment.since = on
        enrolment.save_if_unchanged("since")
    changed(enrolment.pk)
    wrote("screening_talk_held", [enrolment.person_id], row=str(row.pk))
    return row


def _common(enrolment: Enrolment, by: Actor | None) -> dict[str, object]:
    return {
        "tenant_id": enrolment.tenant_id,
        "enrolment": enrolment,
        "person_id": enrolment.person_id,
        "by_id": by.member if by else None,
    }


@dataclass(frozen=True, slots=True)
class NewScreening:
    group: int
    on: dt.date
    grounds: str
    own_words: str = ""
    own_words_missing: str = ""
    exception: str = ""


def screen(
    enrolment: Enrolment,
    new: NewScreening,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Screening:
    """The outcome: from here it is the current one, and the earlier stays to be read. In another
    group than 1 nobody has a mediator: one who is there ends that day (INV-14). Raises NotNow."""
    _asked(enrolment, by)
    before = Screening.objects.filter(enrolment=enrolment, current=True).first()
    _check(enrolment, new, before)
    if before:
        before.current = False
        before.save_if_unchanged("current")
    if new.group != Screening.PROJECT:
        _end_mediators(enrolment, on=new.on)
    category = set_category(enrolment, NewCategory(SET, str(new.group), new.on), by=by)
    row = Screening(
        **_common(enrolment, by),
        category=category,
        group=new.group,
        on=new.on,
        grounds=new.grounds.strip(),
        own_words=new.own_words.strip(),
        own_words_missing="" if new.own_words.strip() else new.own_words_missing,
        exception=new.exception,
        ordinary_effort=new.group == Screening.SOCIAL,
        closed_on=None if new.group == Screening.SOCIAL else new.on,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    if new.group == Screening.REHABILITATION:
        common = _common(enrolment, by)
        Rehabilitation(**common, screening=row, due_on=new.on).save(force_insert=True)
    wrote("screened", [enrolment.person_id], row=str(row.pk), group=new.group)
    return row


def _check(enrolment: Enrolment, new: NewScreening, before: Screening | None) -> None:
    if new.group not in {Screening.PROJECT, Screening.REHABILITATION, Screening.SOCIAL}:
        raise NotNow("no_such_group")
    if not new.grounds.strip():
        raise NotNow("grounds_missing")
    if not new.own_words.strip() and not new.own_words_missing:
        raise NotNow("own_words_missing")
    talk = first_talk(enrolment.pk)
    if talk is None and not StepPeriod.periods.standing().filter(enrolment=enrolment).exists():
        raise NotNow("talk_first")
    if talk is not None and new.on < talk:
        raise NotNow("before_the_talk")
    if before and new.on < before.on:
        raise NotNow("before_the_present")


def _end_mediators(enrolment: Enrolment, *, on: dt.date) -> None:
    rows = Assignment.assignments.filter(enrolment=enrolment, until__isnull=True)
    for row in rows.filter(part=Assignment.Part.JOB_MEDIATOR).order_by("id"):
        close_assignment(row, on=on)


@dataclass(frozen=True, slots=True)
class NewNotice:
    to: str
    on: dt.date
    reason: str
    support: tuple[str, ...] = ()
    support_words: str = ""


def notify(
    screening: Screening,
    new: NewNotice,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Notice:
    """The notice to the social administration has been sent: the screening is closed with it, and
    the ordinary effort goes on (FM-06). Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, screening.person_id, HELD)
    if screening.group != Screening.SOCIAL or not screening.current:
        raise NotNow("not_group_3")
    if screening.notice_id:
        raise NotNow("notice_sent_already")
    if not new.to.strip():
        raise NotNow("addressee_missing")
    if not new.reason.strip():
        raise NotNow("reason_missing")
    row = Notice(
        **_common(screening.enrolment, by),
        to=new.to.strip(),
        on=new.on,
        reason=new.reason.strip(),
        support=list(new.support),
        support_words=new.support_words.strip(),
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    screening.notice = row
    close(screening, by=by, on=max(new.on, screening.on))
    wrote("notice_sent", [screening.person_id], row=str(row.pk))
    return row


def close(screening: Screening, *, by: Actor | None, on: dt.date) -> None:
    """Group 3 is closed by the notice alone (FM-06). Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, screening.person_id, HELD)
    if screening.group == Screening.SOCIAL and screening.notice_id is None:
        raise NotNow("notice_missing")
    screening.closed_on = on
    screening.save_if_unchanged("closed_on", "notice")
    wrote("screening_closed", [screening.person_id], row=str(screening.pk))


# The way to the rehabilitation team


def begin(row: Rehabilitation, *, by: Actor | None, on: dt.date) -> None:
    """The preparatory part has begun."""
    _next(row, "begun_on", on, by=by)


def send(row: Rehabilitation, *, by: Actor | None, on: dt.date) -> None:
    """The case has been sent to the team."""
    _next(row, "sent_on", on, by=by)


def recommended(row: Rehabilitation, words: str, *, by: Actor | None, on: dt.date) -> None:
    """What the team recommends, in its words."""
    if not words.strip():
        raise NotNow("recommendation_missing")
    row.recommendation = words.strip()
    _next(row, "recommended_on", on, "recommendation", by=by)


def decided(
    row: Rehabilitation, decision: str, *, by: Actor | None, on: dt.date, words: str = ""
) -> None:
    """What the municipality has decided on the recommendation: written down, never proposed."""
    if decision not in Rehabilitation.Decision.values:
        raise NotNow("no_such_decision")
    row.decision, row.decision_words = decision, words.strip()
    _next(row, "decided_on", on, "decision", "decision_words", by=by)


def _next(row: Rehabilitation, name: str, on: dt.date, *also: str, by: Actor | None) -> None:
    permit(by, Act.WRITE, row.person_id, HELD)
    at = row.DAYS.index(name)
    before = getattr(row, row.DAYS[at - 1]) if at else None
    if getattr(row, name) is not None:
        raise NotNow("said_already")
    if at and before is None:
        raise NotNow("not_in_order")
    if on < (before or row.due_on):
        raise NotNow("day_out_of_order")
    setattr(row, name, on)
    row.save_if_unchanged(name, *also)
    wrote("rehabilitation_moved", [row.person_id], row=str(row.pk), status=row.status)


# The exception after a drop-out


def make_exception(
    enrolment: Enrolment,
    new: NewScreening,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Screening:
    """Instead of a new attempt: the target group is another, the course is broken off and the case
    prepared for the rehabilitation team (FM-51). Only whoever coordinates the case; the step itself
    is decided apart. Raises NotNow."""
    _asked(enrolment, by)
    rule = model_of(enrolment).transitions.drop_out
    if rule is None or new.exception not in rule.exceptions:
        raise NotNow("no_exception")
    dropped = DatedFact.objects.filter(enrolment=enrolment, kind="drop_out", struck=False)
    if not dropped.filter(on__lte=new.on).exists():
        raise NotNow("no_drop_out")
    row = screen(enrolment, new, by=by, submission=submission)
    tell(enrolment, "exception", source=row.pk, on=new.on, code=new.exception, by=rule.exception_by)
    wrote("exception_made", [enrolment.person_id], row=str(row.pk), code=new.exception)
    return row


def check_group(enrolment: Enrolment) -> None:
    """For the verbs that give somebody a mediator: only group 1 has one (INV-14). The database
    refuses the rest. Raises NotNow."""
    if not screens(model_of(enrolment)):
        return
    group = group_of(enrolment.pk)
    if group is None:
        raise NotNow("not_screened")
    if group != str(Screening.PROJECT):
        raise NotNow("not_in_group_one")


# Who leads from day to day


def lead(assignment: Assignment, *, by: Actor | None, on: dt.date) -> DailyLead:
    """One at a time: whoever led before does so no more. Raises NotNow."""
    permit(by, Act.WRITE, assignment.person_id, FieldClass.PLAN)
    if assignment.until is not None:
        raise NotNow("nobody_to_lead")
    Enrolment.enrolments.select_for_update().filter(pk=assignment.enrolment_id).first()
    before = DailyLead.objects.filter(enrolment=assignment.enrolment_id, until__isnull=True).first()
    if before and before.assignment_id == assignment.pk:
        return before
    if before:
        before.until = max(on, before.since)
        before.save_if_unchanged("until")
    row = DailyLead(**_common(assignment.enrolment, by), assignment=assignment, since=on)
    row.save(force_insert=True)
    wrote("lead_named", [assignment.person_id], member=str(assignment.member_id))
    return row
