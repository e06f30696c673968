"""What a company says by its link, what the person says, and what colleagues do about it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from stegvis.journey.agreements.facts.answers import bounds
from stegvis.journey.agreements.models import (
    CallAsked,
    EmployerHours,
    EmployerLink,
    FollowUpDate,
    WorkplaceForm,
)
from stegvis.journey.employers.models import Opening
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.placements.models import Placement
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import authorise, permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current

ACUTE = "acute_contact"  # the event as programmes call it


def _month(month: str, placement: Placement) -> None:
    """Raises NotNow for a month that has not come, or outside the placement."""
    first, last = bounds(month)
    if first > current().on:
        raise NotNow("ahead")
    if last < placement.since or (placement.until and first >= placement.until):
        raise NotNow("over")


def confirm_hours(
    link: EmployerLink,
    month: str,
    weeks: Mapping[str, Mapping[str, int]],
    *,
    as_agreed: bool,
    submission: uuid.UUID,
) -> list[EmployerHours]:
    """Kind → week → minutes. A proposal: the ledger is written by people of the municipality. The
    same form again is the same rows. Raises NotNow."""
    permit(None, Act.WRITE, link.person_id, FieldClass.WORK)
    _month(month, link.placement)
    keys = {kind: uuid.uuid5(submission, f"{month}:{kind}") for kind in weeks}
    sent = EmployerHours.objects.filter(submission__in=keys.values())
    if before := list(sent.order_by("id")):
        return before
    rows = [
        EmployerHours(
            tenant_id=link.tenant_id, person_id=link.person_id, enrolment_id=link.enrolment_id,
            placement_id=link.placement_id, link=link, month=month, kind=kind,
            minutes=sum(several.values()), weeks=dict(several), as_agreed=as_agreed,
            submission=keys[kind],
        )
        for kind, several in weeks.items()
    ]  # fmt: skip
    for row in rows:
        row.save(force_insert=True)
    wrote("employer_hours_said", [link.person_id], month=month, placement=str(link.placement_id))
    return rows


@dataclass(frozen=True, slots=True)
class Answers:
    month: str
    came: str
    guided: str
    tasks_go: str
    belongs: str
    hours_fit: str
    regard_fits: str
    days_agreed: int | None = None
    days_came: int | None = None
    reasons: dict[str, int] = field(default_factory=dict)
    goes_well: str = ""
    needs_more: str = ""
    other: str = ""


def answer_by_link(link: EmployerLink, said: Answers, *, submission: uuid.UUID) -> WorkplaceForm:
    """The company's answers for a month, once. Raises NotNow."""
    permit(None, Act.WRITE, link.person_id, FieldClass.WORK)
    row = WorkplaceForm(respondent="employer", link=link, submission=submission, **asdict(said))
    return _answered(row, link.placement)


def answer_form(
    placement: Placement, said: Answers, *, by: Actor, submission: uuid.UUID
) -> WorkplaceForm:
    """The person's, from their own page or as said to a colleague. Raises NotNow, Hidden."""
    allowed = authorise(by, Act.WRITE, placement.person_id, FieldClass.VOICE, on=current().on)
    row = WorkplaceForm(
        respondent="participant", submission=submission,
        written_for=allowed.basis is not Kind.SELF, **asdict(said),
    )  # fmt: skip
    return _answered(row, placement)


def _answered(row: WorkplaceForm, placement: Placement) -> WorkplaceForm:
    _month(row.month, placement)
    same: WorkplaceForm | None = WorkplaceForm.objects.filter(submission=row.submission).first()
    if same is not None:
        return same
    row.tenant_id, row.person_id = placement.tenant_id, placement.person_id
    row.enrolment_id, row.placement = placement.enrolment_id, placement
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "workplace_form_once" not in str(fault):
            raise
        raise NotNow("answered") from None
    respondent = row.respondent
    tell(
        placement.enrolment, "workplace_form", source=row.pk, on=current().on, respondent=respondent
    )
    wrote("workplace_form_answered", [row.person_id], month=row.month, respondent=respondent)
    return row


# Call me


def ask_call(link: EmployerLink, *, submission: uuid.UUID) -> CallAsked:
    """One call waits at a time: who presses again is already on the list."""
    permit(None, Act.WRITE, link.person_id, FieldClass.WORK)
    waits = CallAsked.objects.filter(placement=link.placement_id, handled_at__isnull=True)
    if (same := waits.first()) is not None:
        return same
    row = CallAsked(
        tenant_id=link.tenant_id, person_id=link.person_id, enrolment_id=link.enrolment_id,
        placement_id=link.placement_id, link=link, on=current().on, at=timezone.now(),
        submission=submission,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        if "one_call_waits" in str(fault) and (same := waits.first()) is not None:
            return same
        raise
    wrote("call_asked", [row.person_id], placement=str(row.placement_id))
    return row


def handle_call(row: CallAsked, *, by: Actor) -> None:
    """Somebody has called. Raises NotNow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.TALKS)
    if row.handled_at is not None:
        raise NotNow("taken")
    row.handled_at, row.handled_by_id = timezone.now(), by.member
    row.save_if_unchanged("handled_at", "handled_by_id")
    tell(row.enrolment, "event", source=row.pk, on=current().on, what=ACUTE)
    wrote("call_handled", [row.person_id], call=str(row.pk))


# A place, and the days of following up


@dataclass(frozen=True, slots=True)
class Offer:
    name: str
    tasks: str = ""
    hours_from: Decimal | None = None
    places: int | None = None


def offer_place(link: EmployerLink, said: Offer, *, submission: uuid.UUID) -> Opening:
    """Work the company offers, to be looked at. It is the company's row and knows nobody."""
    permit(None, Act.WRITE, link.person_id, FieldClass.WORK)
    same: Opening | None = Opening.openings.filter(submission=submission).first()
    if same is not None:
        return same
    row = Opening(
        tenant_id=link.tenant_id, site_id=link.placement.site_id, name=said.name.strip(),
        tasks=said.tasks.strip(), hours_from=said.hours_from, places=said.places,
        state=Opening.State.PROPOSED, since=current().on, submission=submission,
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("opening_proposed", opening=str(row.pk))
    return row


def note_held(row: FollowUpDate, *, by: Actor, on: dt.date) -> None:
    """A day of the plan was held. What was said there is a contact, written where contacts are."""
    permit(by, Act.WRITE, row.person_id, FieldClass.WORK)
    if row.state != FollowUpDate.State.PLANNED:
        return
    row.state, row.held_on = FollowUpDate.State.HELD, on
    row.save_if_unchanged("state", "held_on")
    wrote("follow_up_held", [row.person_id], date=str(row.pk))


__all__ = [
    "Answers",
    "Offer",
    "answer_by_link",
    "answer_form",
    "ask_call",
    "confirm_hours",
    "handle_call",
    "note_held",
    "offer_place",
]
