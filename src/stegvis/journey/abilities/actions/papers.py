"""The papers of a step: its planning document, mapping ordered at a workshop, where it is done."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from stegvis.journey.abilities import facts
from stegvis.journey.abilities.models import PlanningDocument, StepPlace, WorkshopOrder
from stegvis.journey.intake.actions import NotNow, close_assignment, place
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.standing.actions import set_purpose, tell
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class Planned:
    """One answer. `picked`: codes of the programme's terms that the question also takes."""

    answer: str = ""
    not_relevant: bool = False
    picked: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        return bool(self.answer.strip() or self.picked or self.not_relevant)


@dataclass(frozen=True, slots=True)
class NewPlanning:
    """Answers in the order of the form's questions. `seen`: the number of the version the writer
    had before them, 0 for none."""

    document: str
    answers: tuple[Planned, ...]
    on: dt.date
    seen: int = 0


def write_planning(
    enrolment: Enrolment, new: NewPlanning, *, by: Actor, submission: uuid.UUID | None = None
) -> PlanningDocument:
    """A new version; the earlier ones stay as they were. Raises NotNow: "no_such_document",
    "not_answered"; StaleRow when a colleague has written a version meanwhile."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    form = facts.forms(facts.model_of(enrolment)).get(new.document)
    if form is None:
        raise NotNow("no_such_document")
    if len(new.answers) != len(form.fields) or not all(one.is_given for one in new.answers):
        raise NotNow("not_answered")
    # Two who write at once follow each other.
    Enrolment.enrolments.select_for_update().filter(pk=enrolment.pk).first()
    rows = PlanningDocument.objects.filter(enrolment=enrolment, document=new.document)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    if last != new.seen:
        raise StaleRow
    row = PlanningDocument(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        document=new.document,
        number=last + 1,
        answers=[
            {
                "question": dict(question),
                "answer": "" if one.not_relevant else one.answer.strip(),
                "not_relevant": one.not_relevant,
                "picked": [] if one.not_relevant else list(one.picked),
            }
            for question, one in zip(form.fields, new.answers, strict=True)
        ],
        on=new.on,
        by_id=by.member,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "document", source=row.pk, on=new.on, document=new.document, state="written")
    wrote("planned", [enrolment.person_id], document=new.document, number=row.number)
    return row


@dataclass(frozen=True, slots=True)
class NewOrder:
    site: str
    questions: tuple[str, ...]
    supervisor: uuid.UUID
    since: dt.date
    due_on: dt.date


def order_mapping(
    enrolment: Enrolment,
    new: NewOrder,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> WorkshopOrder:
    """Order in-depth mapping at a workshop. The supervisor there is tied to the person, so that
    they see the order, its questions and the work, and no more. Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    if enrolment.until is not None:
        raise NotNow("ended")
    questions = [one.strip() for one in new.questions if one.strip()]
    if not questions:
        raise NotNow("nothing_asked")
    if new.due_on <= new.since:
        raise NotNow("backwards")
    row = WorkshopOrder(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        site=new.site,
        questions=questions,
        supervisor_id=new.supervisor,
        assignment=_tied(enrolment, new),
        since=new.since,
        due_on=new.due_on,
        ordered_by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    about = [enrolment.person_id]
    wrote("mapping_ordered", about, order=str(row.pk), member=str(new.supervisor))
    return row


def _tied(enrolment: Enrolment, new: NewOrder) -> Assignment | None:
    """The assignment that comes and goes with the order; none where the supervisor has one."""
    part = Assignment.Part.WORK_SUPERVISOR
    held = Assignment.assignments.filter(enrolment=enrolment, part=part, until__isnull=True)
    if held.filter(member=new.supervisor).exists():
        return None
    since = min(new.since, current().on)  # they prepare before the first day
    return place(enrolment, new.supervisor, part, since=since, because="workshop_order")


def answer_order(row: WorkshopOrder, answers: Sequence[str], *, by: Actor | None) -> None:
    """What the workshop found, question by question; what is empty is not answered yet."""
    permit(by, Act.WRITE, row.person_id, FieldClass.WORK)
    if row.closed_on is not None:
        raise NotNow("order_is_closed")
    row.answers = [
        answers[n].strip() if n < len(answers) else "" for n in range(len(row.questions))
    ]
    row.save_if_unchanged("answers")
    wrote("mapping_answered", [row.person_id], order=str(row.pk))


def close_order(row: WorkshopOrder, *, by: Actor | None) -> None:
    """The workshop is done; whoever was tied for its sake is tied no more. A person does this,
    never a day (N-13)."""
    permit(by, Act.WRITE, row.person_id, FieldClass.PLAN)
    if row.closed_on is not None:
        raise NotNow("order_is_closed")
    row.closed_on = current().on
    row.save_if_unchanged("closed_on")
    if row.assignment is not None and row.assignment.until is None:
        close_assignment(row.assignment, on=current().on)
    wrote("mapping_order_closed", [row.person_id], order=str(row.pk))


@dataclass(frozen=True, slots=True)
class NewPlace:
    site: str
    purpose: str = ""
    reason: str = ""


def place_step(enrolment: Enrolment, period: StepPeriod, new: NewPlace, *, by: Actor) -> StepPlace:
    """Where the step is done and for what. Raises NotNow: "no_such_place", "reason_missing";
    StaleRow when the period or the place has changed meanwhile."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    model = facts.model_of(enrolment)
    site = facts.places(model, period.step).get(new.site)
    purposes = facts.purposes(model, period.step)
    if site is None or (new.purpose and new.purpose not in purposes):
        raise NotNow("no_such_place")
    rare = facts.is_rare(site)
    if rare and not new.reason.strip():
        raise NotNow("reason_missing")
    if new.purpose != period.purpose:
        set_purpose(period, by=by, purpose=new.purpose)
    row = StepPlace.objects.filter(period=period).first() or StepPlace(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        period=period,
        version=0,
    )
    row.site, row.rare, row.reason, row.by_id = new.site, rare, new.reason.strip(), by.member
    if row.version:
        row.save_if_unchanged("site", "rare", "reason", "by_id")
    else:
        row.version = 1
        row.save(force_insert=True)
    wrote("step_placed", [enrolment.person_id], site=new.site, rare=rare, purpose=new.purpose)
    return row
