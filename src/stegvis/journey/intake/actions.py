"""From a referral to an enrolment: receive, ask back, decline, accept, enrol, assign, leave."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, connection, transaction

from stegvis.journey.intake.facts import equal
from stegvis.journey.intake.models import (
    ANSWER_DAYS,
    Assignment,
    Enrolment,
    EqualAnswer,
    Income,
    OrderLine,
    Referral,
    ToldReferrer,
)
from stegvis.journey.intake.words import EQUAL, EQUAL_ANSWERS
from stegvis.journey.programmes.models import LicensedService, ProgrammeVersion
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind
from stegvis.platform.access.relations import is_shielded, name_officers, tie, untie
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

TIES = {
    Assignment.Part.CASE_WORKER: Kind.CASE_WORKER,
    Assignment.Part.WORK_SUPERVISOR: Kind.WORK_SUPERVISOR,
    Assignment.Part.JOB_MEDIATOR: Kind.JOB_MEDIATOR,
}


class NotNow(ValueError):
    """The act does not fit the state the row is in. `code` names the sentence to show."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be practised, trained, tried or clarified, why, and for what use."""

    verb: str
    what: str
    why: str
    leads_to: str = ""
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewReferral:
    person: uuid.UUID
    unit: uuid.UUID
    referrer_kind: str
    received_on: dt.date
    referrer_name: str = ""
    referrer_contact: str = ""
    scheme: uuid.UUID | None = None
    need: str = ""
    services: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    imported: bool = False
    apart: bool = False  # for those responsible alone: the number is somebody else's by name


def _next_number(year: int) -> str:
    """As 2026-118: counted per municipality and year. The count's row is locked while it moves, so
    two who register at once get two numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into intake_referralcount (id, version, tenant_id, year, last) "
            "values (gen_random_uuid(), 1, %s, %s, 1) "
            "on conflict (tenant_id, year) do update set last = intake_referralcount.last + 1 "
            "returning last",
            [current().tenant, year],
        )
        (last,) = cursor.fetchone()
    return f"{year}-{last}"


def receive_referral(new: NewReferral, *, submission: uuid.UUID | None = None) -> Referral:
    """Register a referral that has come in. The unit sees the person until it has answered; a
    protected person is seen by those responsible for protected identities, and by no one else."""
    tenant = current().tenant
    referral = Referral(
        tenant_id=tenant,
        person_id=new.person,
        unit_id=new.unit,
        number=_next_number(new.received_on.year),
        referrer_kind=new.referrer_kind,
        referrer_name=new.referrer_name,
        referrer_contact=new.referrer_contact,
        scheme_id=new.scheme,
        state=Referral.State.RECEIVED,
        received_on=new.received_on,
        answer_by=new.received_on + dt.timedelta(days=ANSWER_DAYS),
        need=new.need,
        services_asked=list(new.services),
        imported=new.imported,
        submission=submission or uuid7(),
    )
    referral.save(force_insert=True)
    _order(referral, new.orders)
    since = min(new.received_on, current().on)
    # For a protected person the shield stands before this tie: it opens only if that is lifted.
    if not new.apart:
        tie(new.person, Kind.INTAKE, since=since, unit=new.unit)
    if new.apart or is_shielded(new.person):
        name_officers(new.person, since=since)
    wrote("referral_received", [new.person], referral=str(referral.pk))
    return referral


def _order(referral: Referral, orders: Sequence[Order]) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(
            tenant_id=referral.tenant_id,
            referral=referral,
            person_id=referral.person_id,
            verb=order.verb,
            what=order.what,
            why=order.why,
            leads_to=order.leads_to,
            uses=list(order.uses),
        )
        for order in orders
    )


def _move(referral: Referral, to: str, by: Actor | None, *fields: str) -> None:
    permit(by, Act.WRITE, referral.person_id, FieldClass.ASKED)
    if to not in Referral.MOVES[referral.state]:
        raise NotNow("referral_already_answered")
    referral.state = to
    referral.save_if_unchanged("state", *fields)
    wrote(f"referral_{to}", [referral.person_id], referral=str(referral.pk))


def return_with_question(referral: Referral, *, by: Actor | None, question: str) -> None:
    """Back to the referrer with a question; a why that is missing is the usual one (KN-62)."""
    if not question.strip():
        raise NotNow("question_missing")
    referral.question = question.strip()
    _move(referral, Referral.State.RETURNED, by, "question")


def take_up_again(
    referral: Referral, *, by: Actor | None, orders: Sequence[Order], on: dt.date
) -> None:
    """The referrer has answered: the orders are added and the clock for our answer starts anew."""
    referral.answer_by = on + dt.timedelta(days=ANSWER_DAYS)
    _move(referral, Referral.State.RECEIVED, by, "answer_by")
    _order(referral, orders)


def answer_equal(
    referral: Referral, answers: Mapping[str, str], *, by: Actor | None
) -> list[EqualAnswer]:
    """Answers on the checklist for an equal referral (KN-96), at any time of the road: those that
    are new or otherwise than before. What is left open stays open."""
    permit(by, Act.WRITE, referral.person_id, FieldClass.ASKED)
    before = {one.question: one.answer.answer for one in equal(referral.pk) if one.answer}
    rows = [
        EqualAnswer(
            tenant_id=referral.tenant_id,
            referral=referral,
            person_id=referral.person_id,
            question=question,
            answer=answer,
            on=current().on,
            by_id=by.member if by else None,
        )
        for question, answer in answers.items()
        if question in EQUAL and answer in EQUAL_ANSWERS and before.get(question) != answer
    ]
    EqualAnswer.objects.bulk_create(rows)
    if rows:
        wrote("equal_answered", [referral.person_id], referral=str(referral.pk), n=len(rows))
    return rows


def decline(referral: Referral, *, by: Actor | None, why: str, on: dt.date) -> None:
    if not why.strip():
        raise NotNow("reason_missing")
    referral.answer, referral.answered_on = why.strip(), on
    referral.decided_by_id = by.member if by else None
    _move(referral, Referral.State.DECLINED, by, "answer", "answered_on", "decided_by")
    others = Referral.referrals.unanswered().filter(person=referral.person_id)
    if not others.filter(unit=referral.unit_id).exists():  # another one still needs the unit's eyes
        untie(referral.person_id, Kind.INTAKE, until=on, unit=referral.unit_id)


def accept(
    referral: Referral,
    *,
    by: Actor | None,
    on: dt.date,
    services: Iterable[str] = (),
    difference_told: str = "",
) -> None:
    """Accept. What was asked for and is not delivered must be answered to the referrer (KN-61);
    an assessment of work ability is never among what we deliver (INV-25)."""
    permit(by, Act.WRITE, referral.person_id, FieldClass.ASKED)
    accepted = list(dict.fromkeys(services))
    ours = LicensedService.objects.filter(code__in=accepted, deliverable=False)
    if ours.exists():
        raise NotNow("service_needs_licence")
    if not referral.lines.exists() and not referral.imported:
        raise NotNow("purpose_missing")
    if set(referral.services_asked) - set(accepted) and not difference_told.strip():
        raise NotNow("difference_untold")
    referral.services_accepted = accepted
    referral.difference_told = difference_told.strip()
    referral.answered_on = on
    referral.decided_by_id = by.member if by else None
    _move(
        referral,
        Referral.State.ACCEPTED,
        by,
        "services_accepted",
        "difference_told",
        "answered_on",
        "decided_by",
    )


def tell_referrer(
    referral: Referral, *, by: Actor | None, way: str, to: str = "", on: dt.date
) -> ToldReferrer:
    """The referrer has been told what is delivered instead, and why (KN-61). Raises NotNow:
    "nothing_to_tell"."""
    permit(by, Act.WRITE, referral.person_id, FieldClass.ASKED)
    if referral.state != Referral.State.ACCEPTED or not referral.difference_told:
        raise NotNow("nothing_to_tell")
    row = ToldReferrer(
        tenant_id=referral.tenant_id,
        referral=referral,
        person_id=referral.person_id,
        way=way,
        to=to.strip(),
        on=on,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    wrote("referrer_told", [referral.person_id], referral=str(referral.pk), way=way)
    return row


@dataclass(frozen=True, slots=True)
class NewEnrolment:
    programme: ProgrammeVersion
    since: dt.date
    agency: str
    case_worker: uuid.UUID | None = None
    income: str = "unknown"  # at entry; said as unknown rather than left out (AJ-62)
    eligibility: str = ""
    extent_percent: int | None = None
    extent_hours: Decimal | None = None


def check_enrolment(referral: Referral, new: NewEnrolment) -> Enrolment | None:
    """The person's latest enrolment, if it leaves room for the new one. Raises NotNow."""
    before = Enrolment.enrolments.filter(person=referral.person_id).order_by("-since", "-id")
    earlier: Enrolment | None = before.first()
    if earlier and earlier.until is None:
        raise NotNow("already_enrolled")
    if earlier and earlier.until and new.since < earlier.until:
        raise NotNow("before_the_earlier_ended")
    return earlier


def enrol(
    referral: Referral,
    new: NewEnrolment,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> Enrolment:
    """Open an enrolment on an accepted referral, on one programme version (INV-3). An earlier one
    is linked, never reopened (X-12)."""
    permit(by, Act.WRITE, referral.person_id, FieldClass.ASKED)
    if referral.state != Referral.State.ACCEPTED:
        raise NotNow("referral_not_accepted")
    earlier = check_enrolment(referral, new)
    enrolment = Enrolment(
        tenant_id=referral.tenant_id,
        person_id=referral.person_id,
        unit_id=referral.unit_id,
        programme=new.programme,
        referral=referral,
        earlier=earlier,
        agency=new.agency,
        eligibility=new.eligibility,
        since=new.since,
        extent_percent=new.extent_percent,
        extent_hours=new.extent_hours,
        submission=submission or uuid7(),
    )
    _open(enrolment)
    tie(referral.person_id, Kind.UNIT, since=min(new.since, current().on), unit=referral.unit_id)
    _income(enrolment, "entry", new.income, new.since)
    if new.case_worker:
        place(enrolment, new.case_worker, Assignment.Part.CASE_WORKER, since=new.since)
    # Last: from here the unit at large no longer sees the person, only those who work with them.
    untie(referral.person_id, Kind.INTAKE, until=current().on, unit=referral.unit_id)
    wrote("enrolled", [referral.person_id], enrolment=str(enrolment.pk), key=new.programme.key)
    return enrolment


def _open(enrolment: Enrolment) -> None:
    """Two who enrol the same person at once, on two referrals: the second is told."""
    try:
        with transaction.atomic():
            enrolment.save(force_insert=True)
    except IntegrityError as error:
        if "one_open_enrolment" not in str(error):
            raise
        raise NotNow("already_enrolled") from None


def assign(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    member: uuid.UUID,
    part: Assignment.Part,
    since: dt.date,
    because: str = "",
) -> Assignment:
    """Somebody works with the person from a day. A case worker takes over from the one before."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    # Two who assign at once follow each other, else there would be two case workers.
    Enrolment.enrolments.select_for_update().filter(pk=enrolment.pk).first()
    held = Assignment.assignments.filter(enrolment=enrolment, part=part, until__isnull=True)
    same = held.filter(member=member).first()
    if same:
        return same
    if part != Assignment.Part.WORK_SUPERVISOR:  # one case worker, one mediator at a time
        for before in held.order_by("id"):
            end_assignment(before, by=by, on=since)
    return place(enrolment, member, part, since=since, because=because)


def place(
    enrolment: Enrolment,
    member: uuid.UUID,
    part: Assignment.Part,
    *,
    since: dt.date,
    because: str = "",
) -> Assignment:
    """Write the assignment and the tie that opens the record, for a verb that has already asked."""
    row = Assignment(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        member_id=member,
        part=part,
        since=since,
        because=because,
    )
    row.save(force_insert=True)
    tie(enrolment.person_id, TIES[part], since=since, member=member)
    if is_shielded(enrolment.person_id):  # whoever places a protected person names who may know
        tie(enrolment.person_id, Kind.NAMED, since=since, member=member, because=part)
    wrote("assigned", [enrolment.person_id], member=str(member), part=part)
    return row


def end_assignment(row: Assignment, *, by: Actor | None, on: dt.date) -> None:
    permit(by, Act.WRITE, row.person_id, FieldClass.PLAN)
    close_assignment(row, on=on)


def close_assignment(row: Assignment, *, on: dt.date) -> None:
    """End it without asking again: the verb that does so may just have ended the asker's own."""
    row.until = max(on, row.since)
    row.save_if_unchanged("until")
    untie(row.person_id, TIES[Assignment.Part(row.part)], until=row.until, member=row.member_id)
    wrote("assignment_ended", [row.person_id], member=str(row.member_id), part=row.part)


def state_income(
    enrolment: Enrolment, *, by: Actor | None, moment: str, source: str, on: dt.date
) -> Income:
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    return _income(enrolment, moment, source, on)


def _income(enrolment: Enrolment, moment: str, source: str, on: dt.date) -> Income:
    row = Income(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        moment=moment,
        source=source,
        on=on,
    )
    row.save(force_insert=True)
    wrote("income_stated", [enrolment.person_id], moment=moment)
    return row
