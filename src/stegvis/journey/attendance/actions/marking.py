"""Marking who came: a whole list in one go, in as many statements for twenty as for one.

What is sent in is written down as it was said; what holds of a day is then worked out anew from
all that was said of it. So it is the same in whatever order tablets reach the server.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stegvis.core.values.presence import disputed, holding
from stegvis.journey.attendance.actions.weeks import tell_weeks
from stegvis.journey.attendance.facts import Expected, stated
from stegvis.journey.attendance.models import Attendance, DayMark, HowSaid, Statement, Status, What
from stegvis.journey.attendance.words import Named, reasons
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import Telling, tell_many
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

FAR_BACK = dt.timedelta(days=60)
HELD = (
    "enrolment_id", "status", "minutes", "attended", "reason", "leave", "starts", "expected", "how",
    "by_id", "at", "disputed",
)  # fmt: skip
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """One touch. `key` is made where it was made."""

    enrolment: Enrolment
    status: str
    at: dt.datetime
    minutes: int | None = None
    reason: str = ""
    attended: int | None = None
    key: uuid.UUID | None = None
    device: str = ""
    turn: int = 0
    over: str = ""
    how: str = HowSaid.SUPERVISOR


def mark(
    marks: Sequence[Mark],
    day: dt.date,
    hours: Mapping[uuid.UUID, Expected],
    *,
    by: Actor | None,
    what: str = What.WORK,
    imported: bool = False,
    known: Mapping[str, Named] | None = None,
) -> list[Attendance]:
    """What holds of the day for each of them now. Whoever calls has fetched the enrolments as rows
    the visitor may write about, and holds them (facts.group); a job is asked here. `known`: the
    reasons, where the caller has read them. Raises NotNow: "day_ahead", "day_far_back"."""
    on = current().on
    if not imported and day > on:  # a file is judged by its own day
        raise NotNow("day_ahead")
    if not imported and day < on - FAR_BACK:
        raise NotNow("day_far_back")
    if not marks:
        return []
    if by is None:
        permit(None, Act.WRITE, marks[0].enrolment.person_id, FieldClass.WORK)
    known = reasons() if known is None else known
    rows = [_statement(one, day, what, by) for one in marks]
    Statement.objects.bulk_create(rows, ignore_conflicts=True)
    people = {one.enrolment.person_id: one.enrolment for one in marks}
    held = _work_out(people, day, what, hours, known)
    if what in {What.WORK, What.BREAKFAST}:
        _tell(held, people)
    if what == What.WORK:
        tell_weeks(people, day)
    wrote("attendance_marked", people, on=day.isoformat(), to=what, n=len(held))
    return held


def _statement(one: Mark, day: dt.date, what: str, by: Actor | None) -> Statement:
    return Statement(
        tenant_id=one.enrolment.tenant_id,
        enrolment=one.enrolment,
        person_id=one.enrolment.person_id,
        on=day,
        what=what,
        status=one.status,
        minutes=one.minutes if one.status == Status.LATE else None,
        attended=one.attended,
        reason=one.reason if one.status == Status.ABSENT else "",
        how=one.how,
        by_id=by.member if by else None,
        at=one.at,
        device=one.device,
        turn=one.turn,
        over=one.over,
        submission=one.key or uuid7(),
    )


def _work_out(
    people: Mapping[uuid.UUID, Enrolment],
    day: dt.date,
    what: str,
    hours: Mapping[uuid.UUID, Expected],
    known: Mapping[str, Named],
) -> list[Attendance]:
    """All that was said of these people's day, and from it what holds. Two statements: a row is
    made once, and then only changed."""
    said: dict[uuid.UUID, list[Statement]] = {}
    for row in Statement.objects.filter(person__in=list(people), on=day, what=what).order_by("id"):
        said.setdefault(row.person_id, []).append(row)
    rows = [
        _held(rows_of, hours.get(person, Expected()), known) for person, rows_of in said.items()
    ]
    Attendance.attendances.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "person", "on", "what"],
        update_fields=[name.removesuffix("_id") for name in HELD],
    )
    return rows


def _held(rows: list[Statement], hours: Expected, known: Mapping[str, Named]) -> Attendance:
    by_key = {str(row.submission): row for row in rows}
    all_said = [stated(row) for row in rows]
    won = holding(all_said)
    assert won is not None  # noqa: S101  there is at least the one just said
    row = by_key[won.key]
    granted = row.status == Status.ABSENT and row.reason in known and known[row.reason].leave
    return Attendance(
        # Always the same key for the same day: what was told of it is told anew, not once more.
        id=uuid.uuid5(row.person_id, f"{row.tenant_id} {row.on} {row.what}"),
        tenant_id=row.tenant_id,
        enrolment_id=row.enrolment_id,
        person_id=row.person_id,
        on=row.on,
        what=row.what,
        status=row.status,
        minutes=row.minutes,
        attended=row.attended,
        reason=row.reason,
        leave=granted,
        starts=hours.start,
        expected=hours.minutes,
        how=row.how,
        by_id=row.by_id,
        at=row.at,
        disputed=disputed(all_said),
    )


def _tell(rows: Iterable[Attendance], people: Mapping[uuid.UUID, Enrolment]) -> None:
    """Codes alone, and of an illness no more than that the person was not there for a reason."""
    told = [_telling(row, people[row.person_id]) for row in rows]
    tell_many([one for one in told if one is not None])


def _telling(row: Attendance, enrolment: Enrolment) -> Telling | None:
    if row.what != What.WORK:
        if row.status not in {Status.PRESENT, Status.LATE}:
            return None
        return Telling(enrolment, "activity", row.pk, row.on, {"what": str(row.what)})
    values: dict[str, Any] = {
        "status": "leave" if row.leave else str(row.status),
        "expected_hours": None if row.expected is None else round(row.expected / MINUTES, 4),
        "attended_hours": None if row.attended is None else round(row.attended / MINUTES, 4),
        "late_minutes": row.minutes,
        "reason": row.reason or None,
        "stated_by": str(row.how),
        "imported": True if row.how == HowSaid.IMPORTED else None,
    }
    return Telling(enrolment, "attendance", row.pk, row.on, values)


def close_day(day: dt.date, *, by: Actor, what: str = What.WORK) -> None:
    """The list is done. Twice is once; marks that come later still count."""
    row = DayMark(tenant_id=current().tenant, member_id=by.member, on=day, what=what)
    DayMark.objects.bulk_create([row], ignore_conflicts=True)
    wrote("attendance_day_closed", on=day.isoformat(), to=what)


def settle(row: Attendance, *, by: Actor) -> None:
    """Somebody has looked at what two tablets said: what holds may stand."""
    permit(by, Act.WRITE, row.person_id, FieldClass.WORK)
    row.disputed = False
    row.save_if_unchanged("disputed")
    wrote("attendance_settled", [row.person_id], row=str(row.pk))
