"""Offering a mediator, assigning one, and what is kept of mediators themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from stegvis.journey.intake.actions import NotNow, assign
from stegvis.journey.intake.models import Assignment, Enrolment
from stegvis.journey.mediation.facts import caseload, lacking, most_of
from stegvis.journey.mediation.models import Appointment, Mediator, Offer, Qualification
from stegvis.journey.mediation.words import QUALIFICATIONS
from stegvis.journey.screening.actions import check_group, lead
from stegvis.journey.screening.facts import model_of
from stegvis.journey.standing.actions import changed, tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.accounts.models import Grant, Role
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

PART = Assignment.Part.JOB_MEDIATOR


def _asked(enrolment: Enrolment, by: Actor | None) -> None:
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")
    # Two who do this at once follow each other.
    Enrolment.enrolments.select_for_update().filter(pk=enrolment.pk).first()


def offer(
    enrolment: Enrolment, *, by: Actor | None, on: dt.date, submission: uuid.UUID | None = None
) -> Offer:
    """A personal job mediator is offered: to everybody in group 1, to nobody else (INV-14)."""
    _asked(enrolment, by)
    check_group(enrolment)
    if Offer.objects.filter(enrolment=enrolment, answer="").exists():
        raise NotNow("offered_already")
    row = Offer(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        on=on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "assignment", source=row.pk, on=on, role=PART.value, state="offered")
    wrote("mediator_offered", [enrolment.person_id], row=str(row.pk))
    return row


def answer_offer(row: Offer, answer: str, *, by: Actor | None, on: dt.date) -> None:
    """What the person said. A no is written down and told to nobody. Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.PLAN)
    if row.answer or answer not in Offer.Answer.values:
        raise NotNow("no_open_offer")
    if on < row.on:
        raise NotNow("answered_before_it_was_offered")
    row.answer, row.answered_on = answer, on
    row.save_if_unchanged("answer", "answered_on")
    wrote("mediator_answered", [row.person_id], row=str(row.pk), answer=answer)


def appoint(
    enrolment: Enrolment,
    member: uuid.UUID,
    *,
    by: Actor | None,
    since: dt.date,
    because: str = "",
    over_because: str = "",
) -> Assignment:
    """Somebody becomes the person's mediator and leads the case day by day (FM-16, FM-17). A change
    needs a reason (FM-19). More people than agreed only by the manager, with one (FM-24). What the
    mediator lacks is kept and hinders nothing (FM-23). Raises NotNow."""
    _asked(enrolment, by)
    check_group(enrolment)
    every = Assignment.assignments.filter(enrolment=enrolment, part=PART)
    rows = list(every.order_by("since", "id"))
    same = next((row for row in rows if row.until is None and row.member_id == member), None)
    if same:
        return same
    _check(enrolment, rows, member, because)
    most = most_of(member, model_of(enrolment))
    many = caseload(member, on=current().on) + 1
    if many > most:
        _pass_the_number(by, over_because)
    lacks = lacking(member)
    row = assign(
        enrolment, by=by, member=member, part=PART, since=since, because=because.strip()[:200]
    )
    terms = Appointment(
        assignment=row, lacking=lacks, caseload=many, most=most,
        over_because=over_because.strip() if many > most else "",
    )  # fmt: skip
    _keep(terms, enrolment, by)
    changed(enrolment.pk)
    lead(row, by=by, on=max(since, current().on))
    wrote("mediator_appointed", [enrolment.person_id], member=str(member), lacking=lacks, n=many)
    return row


def _keep(terms: Appointment, enrolment: Enrolment, by: Actor | None) -> None:
    terms.tenant_id = enrolment.tenant_id
    terms.enrolment, terms.person_id = enrolment, enrolment.person_id
    terms.by_id = by.member if by else None
    terms.save(force_insert=True)


def _check(enrolment: Enrolment, rows: list[Assignment], member: uuid.UUID, because: str) -> None:
    here = Grant.grants.held(current().on).filter(member=member, role=Role.JOB_MEDIATOR)
    if not here.filter(member__left_on__isnull=True).exists():
        raise NotNow("no_such_mediator")
    latest = Offer.objects.filter(enrolment=enrolment).first()
    if latest and latest.answer == Offer.Answer.DECLINED:
        raise NotNow("declined")
    if rows and rows[-1].member_id != member and not because.strip():
        raise NotNow("reason_missing")


def _pass_the_number(by: Actor | None, because: str) -> None:
    if by is not None and not by.holds(Role.UNIT_MANAGER):
        raise NotNow("over_the_number")
    if not because.strip():
        raise NotNow("over_reason_missing")


def name_lead(row: Assignment, *, by: Actor | None, on: dt.date) -> None:
    """Another of those who work with the person leads from day to day. Raises NotNow."""
    lead(row, by=by, on=on)


# Of the mediators themselves: no person is read or written here


@dataclass(frozen=True, slots=True)
class Profile:
    profession: str = ""
    has_authority: bool = False
    max_caseload: int | None = None
    phone: str = ""
    hours: str = ""
    deputy_id: uuid.UUID | None = None
    deputy_phone: str = ""


OWN = ("phone", "hours", "deputy_id", "deputy_phone")


def keep_mediator(row: Mediator, new: Profile, *, by: Actor) -> Mediator:
    """What the manager keeps of a mediator; how they are reached, the mediator alone too. Raises
    NotNow, StaleRow."""
    manages = by.holds(Role.UNIT_MANAGER)
    if not manages and by.member != row.member_id:
        raise NotNow("not_ones_own")
    if new.deputy_id == row.member_id:
        raise NotNow("own_deputy")
    for name, value in asdict(new).items():
        if manages or name in OWN:
            setattr(row, name, value)
    if row._state.adding:
        row.tenant_id = current().tenant
        row.save(force_insert=True)
    else:
        row.save_if_unchanged(*asdict(new))
    wrote("mediator_kept", member=str(row.member_id))
    return row


def qualify(
    member: uuid.UUID, code: str, evidence: str, *, by: Actor, on: dt.date
) -> Qualification:
    """One of the three, with what shows it. Written anew, the earlier one ends."""
    if not by.holds(Role.UNIT_MANAGER):
        raise NotNow("not_ones_own")
    if not evidence.strip() or code not in QUALIFICATIONS:
        raise NotNow("evidence_missing")
    for row in Qualification.objects.filter(member=member, code=code, ended_on__isnull=True):
        end_qualification(row, by=by, on=on)
    made = Qualification(
        tenant_id=current().tenant,
        member_id=member,
        code=code,
        evidence=evidence.strip(),
        on=on,
        by_id=by.member,
    )
    made.save(force_insert=True)
    wrote("mediator_qualified", member=str(member), code=code)
    return made


def end_qualification(row: Qualification, *, by: Actor, on: dt.date) -> None:
    if not by.holds(Role.UNIT_MANAGER):
        raise NotNow("not_ones_own")
    row.ended_on = on
    row.save_if_unchanged("ended_on")
    wrote("qualification_ended", member=str(row.member_id), code=row.code)
