"""Writing down where someone stands. Steps are opened and closed by decisions (the room of steps)
and by history that is read in; here are the rows those verbs share, and the dated facts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from stegvis.core.programme.model import Step
from stegvis.core.progression.kinds import EVERY, KINDS
from stegvis.core.values.periods import Period
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import (
    Category,
    DatedFact,
    Duty,
    Exemption,
    Judged,
    NextDue,
    Pause,
    ScaleReading,
    StepPeriod,
)
from stegvis.journey.standing.words import EXEMPTIONS
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7


def tell(
    enrolment: Enrolment,
    kind: str,
    *,
    source: uuid.UUID,
    on: dt.date,
    until: dt.date | None = None,
    **values: Any,
) -> None:
    """Tell the core of a row that a room has just written, or has corrected: one fact per row and
    kind, the latest telling counts. The row's own verb has asked for permission and keeps the
    journal. Raises ValueError for a kind or a field the core does not know."""
    tell_many([Telling(enrolment, kind, source, on, values, until=until)])


@dataclass(frozen=True, slots=True)
class Telling:
    enrolment: Enrolment
    kind: str
    source: uuid.UUID
    on: dt.date
    values: Mapping[str, Any]
    until: dt.date | None = None


def tell_many(told: Sequence[Telling]) -> None:
    """The same for the rows of a whole list. Two statements, however many they are."""
    rows = [_fact(one) for one in told]
    if not rows:
        return
    DatedFact.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "source", "kind"],
        update_fields=["on", "until", "values", "struck"],
    )
    NextDue.objects.filter(enrolment__in={one.enrolment.pk for one in told}).update(stale=True)


def _fact(one: Telling) -> DatedFact:
    known = KINDS.get(one.kind)
    unknown = (
        [one.kind] if known is None else sorted(one.values.keys() - known.keys() - EVERY.keys())
    )
    if unknown:
        raise ValueError(f"the core knows no {unknown[0]!r} of {one.kind!r}")
    return DatedFact(
        tenant_id=one.enrolment.tenant_id,
        enrolment=one.enrolment,
        person_id=one.enrolment.person_id,
        source=one.source,
        kind=one.kind,
        on=one.on,
        until=one.until,
        values={name: _plain(value) for name, value in one.values.items() if value is not None},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def untell(source: uuid.UUID) -> None:
    """The row was a mistake: what was told of it counts no more."""
    told = DatedFact.objects.filter(source=source)
    told.update(struck=True)
    NextDue.objects.filter(enrolment__in=told.values("enrolment")).update(stale=True)


def changed(enrolment: uuid.UUID) -> None:
    """Something was written that may change what is due: what was worked out before is old."""
    NextDue.objects.filter(enrolment=enrolment).update(stale=True)


@dataclass(frozen=True, slots=True)
class Landing:
    """The step a period is on, as the programme's model names it."""

    ladder: str
    step: str
    ordinal: int
    attempt: int = 1
    support: str = ""
    purpose: str = ""
    note: str = ""


def open_period(
    enrolment: Enrolment,
    landing: Landing,
    *,
    since: dt.date,
    until: dt.date | None = None,
    imported: bool = False,
    closes: StepPeriod | None = None,
) -> StepPeriod:
    """A period from a day, on which the one it `closes` ends. The database refuses one that
    overlaps or a second open one. Raises StaleRow."""
    if closes:
        closes.until = since
        closes.save_if_unchanged("until")
    row = StepPeriod(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        ladder=landing.ladder,
        step=landing.step,
        ordinal=landing.ordinal,
        attempt=landing.attempt,
        support=landing.support,
        purpose=landing.purpose,
        note=landing.note,
        since=since,
        until=until,
        imported=imported,
    )
    row.save(force_insert=True)
    changed(enrolment.pk)
    return row


def close_period(period: StepPeriod, *, on: dt.date) -> None:
    period.until = on
    period.save_if_unchanged("until")
    changed(period.enrolment_id)


def reopen_period(period: StepPeriod) -> None:
    """The decision that closed it has been corrected."""
    period.until = None
    period.save_if_unchanged("until")
    changed(period.enrolment_id)


def void_period(period: StepPeriod) -> None:
    """The decision that opened it has been corrected: it stays to be read and counts no more."""
    period.voided_at = timezone.now()
    period.save_if_unchanged("voided_at")


def change_support(period: StepPeriod, *, by: Actor | None, support: str, note: str) -> None:
    """The support differs from what the step usually gives, and why (AJ-06)."""
    permit(by, Act.WRITE, period.person_id, FieldClass.PLAN)
    if not note.strip():
        raise NotNow("reason_missing")
    period.support, period.note = support, note
    period.save_if_unchanged("support", "note")
    wrote("support_changed", [period.person_id], support=support)


def set_purpose(period: StepPeriod, *, by: Actor | None, purpose: str) -> None:
    """What the person is on the step for, where the programme asks (AJ-18)."""
    permit(by, Act.WRITE, period.person_id, FieldClass.PLAN)
    period.purpose = purpose
    period.save_if_unchanged("purpose")
    wrote("purpose_set", [period.person_id], purpose=purpose)


def begin_pause(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    since: dt.date,
    reason: str,
    until: dt.date | None = None,
    note: str = "",
    submission: uuid.UUID | None = None,
) -> Pause:
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    row = Pause(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        since=since,
        until=until,
        reason=reason,
        note=note,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    changed(enrolment.pk)
    wrote("paused", [enrolment.person_id], reason=reason)
    return row


def end_pause(pause: Pause, *, by: Actor | None, on: dt.date) -> None:
    """End a pause, or bring its planned end forward or back."""
    permit(by, Act.WRITE, pause.person_id, FieldClass.PLAN)
    if on <= pause.since:
        raise NotNow("before_the_pause")
    pause.until = on
    pause.save_if_unchanged("until")
    changed(pause.enrolment_id)
    wrote("pause_ended", [pause.person_id])


@dataclass(frozen=True, slots=True)
class NewCategory:
    category_set: str
    code: str
    on: dt.date
    instrument: str = ""
    grounds: str = ""


def set_category(enrolment: Enrolment, new: NewCategory, *, by: Actor | None) -> Category:
    """A new dated record; an earlier one stays as it was (INV-5)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    row = Category(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        category_set=new.category_set,
        code=new.code,
        on=new.on,
        instrument=new.instrument,
        grounds=new.grounds,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    changed(enrolment.pk)
    wrote("category_set", [enrolment.person_id], set=new.category_set, code=new.code)
    return row


@dataclass(frozen=True, slots=True)
class NewReading:
    ladder: str
    level: str
    ordinal: int
    on: dt.date
    grounds: str
    persons_own: int | None = None


def read_scale(enrolment: Enrolment, new: NewReading, *, by: Actor | None) -> ScaleReading:
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    row = ScaleReading(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        ladder=new.ladder,
        level=new.level,
        ordinal=new.ordinal,
        on=new.on,
        grounds=new.grounds,
        persons_own=new.persons_own,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    changed(enrolment.pk)
    wrote("scale_read", [enrolment.person_id], ladder=new.ladder, ordinal=new.ordinal)
    return row


def judge(
    enrolment: Enrolment, *, by: Actor | None, criterion: str, met: bool, basis: str, on: dt.date
) -> Judged:
    """A person's judgement of one criterion; a later one does not erase it."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    row = Judged(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        criterion=criterion,
        met=met,
        basis=basis,
        on=on,
        by_id=by.member if by else None,
    )
    row.save(force_insert=True)
    wrote("criterion_judged", [enrolment.person_id], criterion=criterion, met=met)
    return row


def let_pass(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    cadence: str,
    window: Period,
    reason: str,
    submission: uuid.UUID | None = None,
) -> Exemption:
    """One window of a cadence asks for nothing, and why. Whether it may is asked of the core by the
    verb that knows the judgement (steps.actions.exempt). Raises NotNow."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    if reason not in EXEMPTIONS or window.until is None:
        raise NotNow("not_due" if reason in EXEMPTIONS else "exemption_reason_missing")
    row = Exemption(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        cadence=cadence,
        since=window.since,
        until=window.until,
        reason=reason,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(
        enrolment,
        "exemption",
        source=row.pk,
        on=row.since,
        until=row.until,
        cadence=cadence,
        reason=reason,
    )
    wrote("let_pass", [enrolment.person_id], cadence=cadence, reason=reason)
    return row


def open_duties(period: StepPeriod, step: Step) -> None:
    """What the programme names for staff on this step, as to-dos of this stay. Twice is once: what
    has been settled stays, and another version of the programme only adds."""
    rows = [
        Duty(
            tenant_id=period.tenant_id,
            enrolment_id=period.enrolment_id,
            person_id=period.person_id,
            period=period,
            code=duty.code,
            optional=duty.optional,
        )
        for duty in step.duties
    ]
    Duty.objects.bulk_create(rows, ignore_conflicts=True)


def settle_duty(duty: Duty, *, by: Actor | None, state: str, on: dt.date) -> None:
    """Done, not needed, or open again. What the programme always asks cannot be called not needed.
    Raises NotNow, StaleRow."""
    permit(by, Act.WRITE, duty.person_id, FieldClass.PLAN)
    if state == Duty.State.NOT_NEEDED and not duty.optional:
        raise NotNow("always_asked")
    if duty.state == state:
        return
    duty.state = state
    duty.settled_on = None if state == Duty.State.OPEN else on
    duty.by_id = by.member if by else None
    duty.save_if_unchanged("state", "settled_on", "by_id")
    wrote("duty_settled", [duty.person_id], duty=duty.code, state=state)
