"""What is asked before somebody leaves, and how it went afterwards."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.journey.followups.facts.counted import RETENTION, TOLERANCE
from stegvis.journey.followups.models import Evaluation, NeedResult, OutcomeCheck
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment, OrderLine
from stegvis.journey.standing.actions import tell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.access.models import Kind
from stegvis.platform.access.relations import tie
from stegvis.platform.journal.writing import wrote


@dataclass(frozen=True, slots=True)
class NewEvaluation:
    """Were the measures the right ones? `missing`: why there is no answer."""

    of: str  # participant or case_worker
    right: str = ""
    words: str = ""
    missing: str = ""


def evaluate(
    enrolment: Enrolment, new: NewEvaluation, *, by: Actor | None, on: dt.date
) -> Evaluation:
    """One side's answer before the exit (AJ-49); not asked, or no answer, is kept as such."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.VOICE)
    row = Evaluation(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        of=new.of,
        on=on,
        right=new.right,
        words=new.words,
        missing="" if new.right else new.missing or "not_asked",
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    tell(enrolment, "event", source=row.pk, on=on, what="measure_evaluation", about=new.of)
    wrote("measures_evaluated", [enrolment.person_id], of=new.of, answered=bool(new.right))
    return row


@dataclass(frozen=True, slots=True)
class NewNeed:
    line: uuid.UUID
    result: str
    words: str = ""


def answer_need(enrolment: Enrolment, new: NewNeed, *, by: Actor | None, on: dt.date) -> NeedResult:
    """What came of a line of the referral (KN-05); left, it says why. Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    if not OrderLine.objects.filter(pk=new.line, referral=enrolment.referral_id).exists():
        raise NotNow("no_such_line")
    left = new.result in {NeedResult.Result.NOT_WORKED_ON, NeedResult.Result.LEFT_OPEN}
    if left and not new.words.strip():
        raise NotNow("reason_missing")
    row = NeedResult(
        tenant_id=enrolment.tenant_id,
        line_id=new.line,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        on=on,
        result=new.result,
        words=new.words,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    wrote("need_answered", [enrolment.person_id], line=str(new.line), result=new.result)
    return row


def tie_after(enrolment: Enrolment, member: uuid.UUID, *, on: dt.date) -> None:
    """Whoever held the case may ask once more how it went, until the time for it is over (0031)."""
    over = on + RETENTION + TOLERANCE + dt.timedelta(days=1)
    person = enrolment.person_id
    tie(person, Kind.AFTER, since=on, until=over, member=member, because="how it went")


def check_outcome(
    enrolment: Enrolment, status: str, *, by: Actor | None, on: dt.date, source: str
) -> OutcomeCheck:
    """How it goes after the exit: on the day itself, or later (KN-04). Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.OUTCOME)
    if enrolment.until is None or on < enrolment.until:
        raise NotNow("still_enrolled")
    row = OutcomeCheck(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        on=on,
        days_after=(on - enrolment.until).days,
        status=status,
        source=source,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    days = row.days_after
    tell(enrolment, "outcome_check", source=row.pk, on=on, status=status, days_after=days)
    wrote("outcome_checked", [enrolment.person_id], status=status, days_after=days)
    return row
